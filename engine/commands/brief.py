"""`playbook brief`: the results brief of a pilot."""

from __future__ import annotations

from typing import Any

from engine.commands._frame import pilot_option, verb, words
from engine.commands._paper import make_paper
from engine.commands._paper_options import order_of, paper_options
from engine.commands._pilot import split
from engine.commands._session import Session
from engine.commands._sources import split_sources
from engine.frozen import replace
from engine.text import say


@verb(
    "brief",
    say("生成成果简报", "Write the results brief"),
    words(say("[试点]", "[PILOT]"), say("默认为当前试点", "default: the current one")),
    pilot_option(),
    *paper_options(),
    examples=("brief", "brief --final", "brief --format docx", "brief --sources"),
)
def command(session: Session, words: tuple[str, ...], pilot: str | None, **given: Any) -> int:
    order = order_of(given)
    words, sources = split_sources(words, order.sources)
    order = replace(order, sources=sources)
    ref, _ = split(session, words, pilot)
    if order.everything:
        from engine.commands._batch import make_all

        return make_all(session, ref, "brief", order)
    return make_paper(session, ref, "brief", order)
