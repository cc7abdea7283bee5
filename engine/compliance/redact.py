"""A copy of a text in which numbers and names of patients are replaced: numbers by their mask, names by 患者A, 患者B, …"""

from __future__ import annotations

from engine.compliance.model import Finding, Pack
from engine.compliance.scan import scan


def redacted(pack: Pack, text: str, *, hospital: str = "") -> str:
    """`text` with what its privacy rules find in it replaced; the same name is the same letter throughout."""
    names = {rule.id for rule in pack.rules if any(d.what == "names" for d in rule.detect)}
    numbers = {
        rule.id for rule in pack.rules if any(d.what in ("resident_ids", "mobiles", "records") for d in rule.detect)
    }
    letters: dict[str, str] = {}
    parts: list[str] = []
    last = 0
    for finding in scan(pack, text, "internal", hospital=hospital):
        if finding.rule not in names | numbers or finding.start < last:
            continue
        written = text[finding.start : finding.end]
        new = letters.setdefault(written, _letter(len(letters))) if finding.rule in names else _mask(finding)
        parts += [text[last : finding.start], new]
        last = finding.end
    return "".join([*parts, text[last:]])


def _letter(number: int) -> str:
    return "患者" + (chr(ord("A") + number) if number < 26 else str(number + 1))


def _mask(finding: Finding) -> str:
    return finding.text
