"""Small packs for tests."""

from __future__ import annotations

from pathlib import Path

RULE = """\
    title: 试
    severity: {severity}
    statutory: {statutory}
    basis: [{{law: 某法, articles: 第一条, in_force: 2021-01-01}}]
    explanation: 说明
    rewrite: 改法
"""


def pack_text(rules: str = "", head: str = "", severity: str = "block", statutory: str = "true") -> str:
    """A pack with one rule X-ONE-01 whose other keys are `rules` (indented by four)."""
    body = RULE.format(severity=severity, statutory=statutory)
    return f"pack: small\ntitle: 小包\n{head}rules:\n  X-ONE-01:\n{body}{rules}"


def written(folder: Path, text: str, name: str = "small.yaml") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)
