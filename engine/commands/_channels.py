"""The channels of a pilot in a table."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from engine.commands._session import Session
from engine.decisions.show import result_words
from engine.pilot.groups import CHANNELS, group_metrics
from engine.pilot.values import plain_number, show
from engine.process.figures import metric_text
from engine.results.report import SMALLEST_GROUP, ChannelRow, channel_fields
from engine.service.results import Results
from engine.text import say

SIDES = {"online": say("线上", "online"), "offline": say("线下", "offline")}


def show_channels(session: Session, results: Results, only: list[str] | None = None) -> int:
    """Counted fields and metrics of every channel, and what the decision tables say of it."""
    from engine.commands._wrap import table

    book = results.view.book
    rows = results.channels
    session.answer({"ok": True, "pilot": results.view.pilot.name, "channels": [_json(results, r) for r in rows]})
    if session.json:
        return 0
    if not rows:
        session.say(say("台账里还没有渠道", "the ledger has no channels yet"))
        return 0
    fields = [f for f in channel_fields(book) if any(r.values.get(f.id) for r in rows)] if not only else []
    metrics = [m for m in group_metrics(book) if (m.kpi and m.denominator if only is None else m.id in only)]
    metrics = [m for m in metrics if any(m.id in r.metrics for r in rows)]
    tables = [t for t in book.decisions.values() if t.each == CHANNELS] if not only else []
    head = [str(say("渠道", "channel")), "", *(f.title for f in fields), *(m.title for m in metrics)]
    head += [o.title for t in tables for o in t.outputs.values()]
    cells = []
    for row in rows:
        line = [row.title, str(SIDES.get(row.side, ""))]
        line += [_hidden(row, f.id) or (show(f, row.values[f.id]) if f.id in row.values else "—") for f in fields]
        line += [_hidden(row, m.id) or metric_text(m, row.values) or "—" for m in metrics]
        for t in tables:
            outcome = results.decision(t, row.title)
            line += [
                "、".join(result_words(o, v) for v in outcome.results.get(o.id, ())) or "—" for o in t.outputs.values()
            ]
        cells.append(line)
    session.say(*table(cells, head))
    if any(r.hidden for r in rows):
        session.say(
            "", say("不到 {n} 人的组不显示具体数字", "groups of fewer than {n} persons are not shown", n=SMALLEST_GROUP)
        )
    return 0


def _hidden(row: ChannelRow, name: str) -> str:
    return f"<{SMALLEST_GROUP}" if name in row.hidden else ""


def _json(results: Results, row: ChannelRow) -> dict[str, object]:
    def figure(value: object) -> object:
        return (
            str(value)
            if not isinstance(value, Decimal)
            else plain_number(value.quantize(Decimal("0.0001"), ROUND_HALF_UP))
        )

    values = {**row.values, **row.metrics}
    return {
        "channel": row.title,
        "side": row.side,
        "values": {name: None if name in row.hidden else figure(v) for name, v in values.items()},
        "hidden": sorted(row.hidden),
        "decisions": {
            t.id: dict(results.decision(t, row.title).results)
            for t in results.view.book.decisions.values()
            if t.each == CHANNELS
        },
    }
