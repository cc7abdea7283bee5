"""`playbook funnel`: the links of a pilot's funnels, what changed where, which link holds the others up."""

from __future__ import annotations

from engine.commands._frame import pilot_option, verb, words
from engine.commands._pilot import split
from engine.commands._session import Session
from engine.text import say


@verb(
    "funnel",
    say("看漏斗：各环节比例、变化、瓶颈", "The funnel: rates, changes, the bottleneck"),
    words(say("[试点]", "[PILOT]"), say("默认为当前试点", "default: the current one")),
    pilot_option(),
    examples=("funnel",),
)
def command(session: Session, words: tuple[str, ...], pilot: str | None) -> int:
    from engine.commands._metric import funnel_json, funnel_lines
    from engine.service.results import results_of

    ref, _ = split(session, words, pilot)
    desk = session.desk()
    results = results_of(desk, desk.view(ref))
    session.answer({"ok": True, "funnels": [funnel_json(one) for one in results.funnels]})
    if not results.funnels:
        session.say(say("这个方案没有漏斗", "this playbook has no funnel"))
    for number, one in enumerate(results.funnels):
        session.say(*([""] if number else []), *funnel_lines(one))
    return 0
