"""`playbook guide`: the guide of a pilot, from its own evidence."""

from __future__ import annotations

from engine.commands._frame import pilot_option, verb, words
from engine.commands._paper import make_paper
from engine.commands._paper_options import paper_options
from engine.commands._pilot import split
from engine.commands._session import Session
from engine.text import say


@verb(
    "guide",
    say("生成操作指南", "Write the guide"),
    words(say("[试点]", "[PILOT]"), say("默认为当前试点", "default: the current one")),
    pilot_option(),
    *paper_options(),
    examples=("guide", "guide --final", "guide --format docx"),
)
def command(
    session: Session,
    words: tuple[str, ...],
    pilot: str | None,
    final: bool,
    gaps: bool,
    formats: tuple[str, ...],
    output: str | None,
) -> int:
    ref, _ = split(session, words, pilot)
    return make_paper(session, ref, "guide", final=final, gaps=gaps, formats=formats, output=output)
