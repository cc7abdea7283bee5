"""`--sources`: where a paper has every figure and claim from, on the screen or as a file beside it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from engine.commands._session import Session
from engine.text import current_language, say

if TYPE_CHECKING:
    from engine.documents.render import Paper

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
    """A table on the screen, and what has no source."""
    if session.json or paper.sourced is None:
        return
    from engine.commands._wrap import room, table
    from engine.documents.sources import source_words

    zh = current_language()
    none = str(say("无", "none"))
    head = [say("章节", "section"), say("内容", "what"), say("写法", "as written"), say("来源", "source")]
    rows = [[c.section, c.title, c.short, source_words(c, zh) or none] for c in paper.sourced.claims]
    session.say("", say("数字与说法的来源（{n}处）：", "sources of figures and claims ({n}):", n=len(rows)))
    session.say(*table(rows, head, room()))
    if paper.sourced.unsourced:
        numbers = "、".join(paper.sourced.unsourced)
        session.say(say("没有来源的数字：{n}", "numbers without a source: {n}", n=numbers))
