"""`playbook metric`: the metrics of a pilot, one of them explained, or by channel."""

from __future__ import annotations

from collections.abc import Mapping

import click

from engine.commands._frame import flag, option, pilot_option, verb, words
from engine.commands._pilot import knows, split
from engine.commands._session import Session
from engine.errors import UserError
from engine.model import Metric
from engine.text import entitled, listed, say


@verb(
    "metric",
    say("看指标：怎么算的、有多大把握", "Metrics: how they are worked out, how sure they are"),
    words(
        say("[试点] [指标]…", "[PILOT] [METRIC]…"),
        say("指标的 id 或名称；不写就列出全部", "ids or titles; without them, all of them"),
    ),
    pilot_option(),
    flag(
        "--explain",
        help=say(
            "公式、每个数的来源和时间段、误差范围、前后对比", "formula, inputs, windows, intervals, before and after"
        ),
    ),
    option("--by", type=click.Choice(["channel"]), help=say("分渠道", "for each channel")),
    examples=("metric", "metric 咨询预约率 --explain", "metric --by channel"),
)
def command(session: Session, words: tuple[str, ...], pilot: str | None, explain: bool, by: str | None) -> int:
    from engine.commands import _metric as shown
    from engine.service.results import results_of

    ref, rest = split(session, words, pilot, means=knows(session, "metrics"))
    desk = session.desk()
    view = desk.view(ref)
    results = results_of(desk, view)
    metrics = [_named(view.book.metrics, word) for word in rest] or list(view.book.metrics.values())
    if by is not None:
        from engine.commands._channels import show_channels

        return show_channels(session, results, [m.id for m in metrics] if rest else None)
    found = [results.metric(metric) for metric in metrics]
    counted_on = view.pilot.counted_on
    session.answer(
        {
            "ok": True,
            "pilot": view.pilot.name,
            "counted_on": counted_on,
            "metrics": [shown.measured_json(m) for m in found],
        }
    )
    if session.json:
        return 0
    if not found:
        session.say(say("这个方案没有指标", "this playbook has no metrics"))
        return 0
    if explain:
        for number, one in enumerate(found):
            target = shown.target_text(one.metric, one.met)
            session.say(
                *([""] if number else []),
                f"{one.metric.title}  {shown.figure_text(one.metric, one.now)}" + (f"  {target}" if target else ""),
                *shown.explain_lines(one),
            )
        return 0
    from engine.commands._wrap import table

    rows = [
        [
            m.metric.title,
            shown.figure_text(m.metric, m.now),
            shown.target_text(m.metric, m.met),
            shown.lacks_text(m.now) if m.now.value is None else "",
        ]
        for m in found
    ]
    session.say(*table(rows))
    if counted_on is not None:
        session.say("", say("台账计到 {d}", "counted from the ledger on {d}", d=counted_on))
    session.say(say("怎么算的：playbook metric 指标 --explain", "how: `playbook metric METRIC --explain`"))
    return 0


def _named(metrics: Mapping[str, Metric], word: str) -> Metric:
    for metric in metrics.values():
        if word in (metric.id, metric.title):
            return metric
    known = listed(entitled(m.id, m.title) for m in metrics.values())
    raise UserError(
        "unknown-metric",
        say("没有指标“{w}”", "there is no metric '{w}'", w=word),
        say("可用的有：{k}", "there are: {k}", k=known),
    )
