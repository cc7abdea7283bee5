"""`playbook guide`: the guide of a pilot, from its own evidence."""

from __future__ import annotations

from typing import Any

from engine.commands._frame import pilot_option, verb, words
from engine.commands._paper import make_paper
from engine.commands._paper_options import order_of, paper_options, whom_options
from engine.commands._pilot import split
from engine.commands._session import Session
from engine.commands._sources import split_sources
from engine.frozen import replace
from engine.text import say


@verb(
    "guide",
    say("生成操作指南", "Write the guide"),
    words(say("[试点]", "[PILOT]"), say("默认为当前试点", "default: the current one")),
    pilot_option(),
    *whom_options(),
    *paper_options(),
    examples=("guide", "guide --final", "guide --for 眼科 --on 2026-08-03", "guide --role assistant", "guide --all"),
)
def command(session: Session, words: tuple[str, ...], pilot: str | None, **given: Any) -> int:
    order = order_of(given)
    words, sources = split_sources(words, order.sources)
    order = replace(order, sources=sources)
    ref, _ = split(session, words, pilot)
    if order.everything:
        from engine.commands._batch import make_all

        return make_all(session, ref, "guide", order)
    return make_paper(session, ref, "guide", order)
