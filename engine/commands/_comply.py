"""What `comply` does: read, judge, write the copies, tell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from engine.commands import _comply_inputs as inputs
from engine.commands._session import Session
from engine.frozen import cached, frozen
from engine.text import say, use_language

if TYPE_CHECKING:
    from engine.compliance import Finding, Pack, Verdict
    from engine.compliance.marking.identities import Identities
    from engine.compliance.reading import Reading, Source
    from engine.workspace import Settings

_PACK = "medical-ads"


@frozen
class Asked:
    """`annotate`, `redact`: a file or folder, empty for beside the file, None for no copy."""

    channel: str
    purpose: str | None
    pack: str | None
    facts: tuple[str, ...]
    evidence: tuple[str, ...]
    annotate: str | None
    redact: str | None
    strict: bool


@frozen
class Checked:
    """One file with what was found in it."""

    path: Path | None
    source: Source
    reading: Reading
    identities: Identities
    verdict: Verdict

    @cached
    def findings(self) -> tuple[Finding, ...]:
        """What the text rules found, then the conditions that are broken (of the piece as a whole: 0 to 0)."""
        from engine.compliance import Finding

        broken = [j.rule for j in self.verdict.conditions if j.outcome == "broken"]
        return (
            *self.verdict.findings,
            *(Finding(r.id, r.severity, 0, 0, "", r.basis_text, r.words.rewrite, r.words.explanation) for r in broken),
        )

    def count(self, severity: str) -> int:
        return sum(finding.severity == severity for finding in self.findings)


@frozen
class Copy:
    """A copy that was, or is to be, written."""

    path: Path
    content: bytes
    redacted: bool
    of: Checked


def run(session: Session, words: Sequence[str], asked: Asked) -> int:
    """The exit code: 1 when something must be mended (with `strict`: or is worth a look), else 0."""
    from engine.commands import _comply_screen as screen
    from engine.compliance import load_pack

    root, settings = _workspace(session)
    now = session.now() if session.now else datetime.now(UTC)
    today = _today(now, settings)
    pack = load_pack(asked.pack or _PACK, root)
    facts = inputs.facts_of(asked.facts, today)
    evidence = inputs.evidence_of(asked.evidence, pack)
    hospital = settings.hospital if settings else ""
    checked = [
        _check(path, source, pack, asked, facts, evidence, today, hospital) for path, source in inputs.sources_of(words)
    ]
    copies = _copies(checked, asked, pack, now)
    for copy in copies:
        from engine.documents.files import write_atomically

        write_atomically(copy.path, copy.content)
    bad = any(c.count("block") or (asked.strict and c.count("warn")) for c in checked)
    if session.json:
        session.answer({"ok": not bad, **screen.as_json(checked, copies, asked, pack)})
    else:
        session.say(*screen.lines(session, checked, copies, asked, pack))
    return 1 if bad else 0


def _workspace(session: Session) -> tuple[Path | None, Settings | None]:
    """The workspace, if there is one; its language is the screen's unless another was asked for."""
    from engine.workspace import find_root, read_settings

    root = find_root(session.folder)
    if root is None:
        return None, None
    settings = read_settings(root)
    if settings.language and not session.chosen:
        use_language("en" if settings.language.lower().startswith("en") else "zh")
    return root, settings


def _today(now: datetime, settings: Settings | None) -> date:
    from zoneinfo import ZoneInfo

    return now.astimezone(ZoneInfo(settings.zone if settings else "Asia/Shanghai")).date()


def _check(
    path: Path | None,
    source: Source,
    pack: Pack,
    asked: Asked,
    facts: dict[str, object],
    evidence: tuple[str, ...],
    today: date,
    hospital: str,
) -> Checked:
    from engine.compliance import judge
    from engine.compliance.marking.identities import Identities
    from engine.compliance.reading import read

    reading = read(source)
    verdict = judge(
        pack, reading.text, asked.channel, asked.purpose, facts, today, hospital=hospital, evidence=evidence
    )
    return Checked(path, source, reading, Identities(reading), verdict)


def _copies(checked: Sequence[Checked], asked: Asked, pack: Pack, now: datetime) -> list[Copy]:
    """All copies are made, and no name is wrong, before any is written."""
    from engine.commands._comply_screen import notes_of
    from engine.compliance.marking import annotated, annotated_suffix, redacted

    given = [c.path for c in checked if c.path is not None]
    many = len(checked) > 1
    made: list[Copy] = []
    for one in checked:
        for redact, where in ((False, asked.annotate), (True, asked.redact)):
            if where is None:
                continue
            option = "--redact" if redact else "--annotate"
            suffix = one.source.suffix if redact else annotated_suffix(one.source)
            mark = say("遮盖", "masked") if redact else say("批注", "remarks")
            target = inputs.output_of(option, where, one.path, one.source, suffix, mark, many=many)
            inputs.refuse_overwriting(target, given, [c.path for c in made])
            if redact:
                content = redacted(one.source, one.identities.hide)
            else:
                content = annotated(one.source, notes_of(one, pack), "playbook comply", now)
            made.append(Copy(target, content, redact, one))
    return made
