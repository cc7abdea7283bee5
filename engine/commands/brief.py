"""`playbook brief`: the results brief of a pilot."""

from __future__ import annotations

from engine.commands._frame import pilot_option, verb, words
from engine.commands._paper import make_paper
from engine.commands._paper_options import paper_options
from engine.commands._pilot import split
from engine.commands._session import Session
from engine.text import say


@verb(
    "brief",
    say("生成成果简报", "Write the results brief"),
    words(say("[试点]", "[PILOT]"), say("默认为当前试点", "default: the current one")),
    pilot_option(),
    *paper_options(),
    examples=("brief", "brief --final", "brief --format docx"),
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
    return make_paper(session, ref, "brief", final=final, gaps=gaps, formats=formats, output=output)
