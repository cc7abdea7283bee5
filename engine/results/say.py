"""How sure a measured metric is, in one plain sentence; the same on the screen, in the brief and on the dashboard."""

from __future__ import annotations

from engine.model import Metric
from engine.results.measure import Measured
from engine.results.plain_words import Words, sure
from engine.text import Message, listed, say


def measured_sentence(measured: Measured) -> Message:
    """The strongest that can be said: beside other departments, else before and after, else the figure alone."""
    metric = measured.metric
    best = measured.beside or measured.change or measured.now.interval
    if measured.now.value is None:
        missing = [p.field.title for p in measured.now.parts if p.value is None]
        return say("还算不出来（还缺：{m}）", "cannot be worked out (missing: {m})", m=listed(missing))
    if measured.shape == "plain":
        return say("这是一个数，不是比例，没有误差范围", "this is a count, it has no interval")
    if best is None and any(p.span is None for p in measured.now.parts):
        return say(
            "数字是人工填写的，没有逐日的记录，估不出误差范围",
            "the figures were typed; without daily records nothing can be said of their spread",
        )
    if best is None and measured.shape == "ratio" and len({p.span for p in measured.now.parts}) > 1:
        return say(
            "两个数不是同一段日子的，只作参照，不估误差范围",
            "the two figures are of different days; for orientation only, without an interval",
        )
    return sure(best, fewest=metric.least, words=words_of(metric))


def words_of(metric: Metric) -> Words:
    """What the metric counts and in which unit."""
    unit = metric.unit.partition("/")[0] if metric.unit != "percent" else ""
    return Words(counted=say("人", " people"), unit=say("{u}", " {u}", u=unit) if unit else say("", ""))
