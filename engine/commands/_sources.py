"""`--sources`: where a paper has every figure and claim from, on the screen or as a file beside it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from engine.commands._session import Session
from engine.errors import width
from engine.text import current_language, say

if TYPE_CHECKING:
    from engine.documents.render import Paper
    from engine.documents.sources import Claim

SCREEN, FILE = "screen", "file"


def split_sources(words: Sequence[str], sources: str | None) -> tuple[tuple[str, ...], str | None]:
    """`--sources` takes a word only when it is one of its own; any other belongs to the command (`--sources 眼科试点`)."""
    if sources is None or sources in (SCREEN, FILE):
        return tuple(words), sources
    return (sources, *words), SCREEN


def write_sources(paper: Paper, folder: Path) -> Path:
    """The appendix beside the paper."""
    from engine.documents.files import paper_name, write_atomically
    from engine.documents.sources import listing

    assert paper.sourced is not None
    name = f"{paper_name(paper)}-{'来源' if paper.language == 'zh' else 'sources'}.md"
    path = folder / name
    write_atomically(path, listing(paper.sourced, paper.title, paper.language).encode())
    return path


def show_sources(session: Session, paper: Paper) -> None:
    """Section by section the values as written and, under those that share it, their source; then what has none."""
    if session.json or paper.sourced is None:
        return
    claims = paper.sourced.claims
    session.say("", say("数字与说法的来源（{n}处）：", "sources of figures and claims ({n}):", n=len(claims)))
    section = None
    for (title, source), same in groupby(claims, key=lambda claim: (claim.section, _source(claim))):
        if title != section:
            session.say("", title)
            section = title
        for claim in same:
            session.say(*_under(f"  {claim.title}  ", claim.short))
        session.say(*_under("    ← ", source))
    if paper.sourced.unsourced:
        numbers = "、".join(paper.sourced.unsourced)
        session.say("", say("没有来源的数字：{n}", "numbers without a source: {n}", n=numbers))


def _source(claim: Claim) -> str:
    from engine.documents.sources import source_words

    return source_words(claim, current_language()) or str(say("无", "none"))


def _under(head: str, text: str) -> list[str]:
    """A line that goes on under its own beginning."""
    from engine.commands._wrap import room, wrap

    columns, indent = room(), width(head)
    if not columns:
        return [head + text]
    first, *rest = wrap(text, max(20, columns - indent))
    return [head + first, *(" " * indent + line for line in rest)]
