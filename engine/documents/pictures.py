"""Pictures of a pilot's results, by name: the same ones for papers and pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from engine.documents.charts import (
    Card,
    Figures,
    FunnelStep,
    Item,
    Pair,
    Part,
    Series,
    Tier,
    alt_text,
    before_after,
    budget,
    funnel,
    matrix,
    timeline,
)
from engine.documents.views import View
from engine.documents.words import value_text
from engine.frozen import frozen
from engine.model import Field, Playbook, Record
from engine.pilot.fold import undone_seqs
from engine.pilot.state import Pilot, Value
from engine.results.plain_words import percent
from engine.results.report import FunnelReport, channel_fields
from engine.text import Language

if TYPE_CHECKING:
    from engine.service.results import Results


@frozen
class Drawing:
    """An SVG, what it shows in words, and the figures in it."""

    svg: str
    alt: str
    figures: Figures | None = None


def drawings(results: Results | None, said: View, language: Language) -> Mapping[str, Drawing]:
    """`funnel`, `change` (of the first funnel), `channels`, `budget`: those for which there are figures."""
    if results is None or not said["ledger"]:
        return {}
    found: dict[str, Drawing | None] = {}
    report = next((one for one in results.funnels if len(one.links) > 1), None)
    if report is not None:
        found["funnel"] = _funnel(report, language)
        found["change"] = _change(report, language)
    found["channels"] = _channels(results, language)
    found["budget"] = _budget(results, language)
    return {name: one for name, one in found.items() if one is not None}


def matrix_drawing(book: Playbook, pilot: Pilot, language: Language) -> Drawing | None:
    """The first record whose rows have a choice (their tier), an amount (their price) and lead to each other."""
    for record in book.records.values():
        tier, price = _first(record, "choice"), _first(record, "money")
        onward = next((c for c in record.columns.values() if c.type == "ref" and c.to == record.id), None)
        if tier and price and onward and pilot.rows.get(record.id):
            tiers = [
                _tier(record, pilot.rows[record.id], (tier, price, onward), option, language) for option in tier.options
            ]
            return _drawing(matrix(tiers, title=record.title, arrow=onward.title, language=language))
    return None


def stages_drawing(results: Results, language: Language) -> Drawing | None:
    """The stages the pilot went through, and the one it is in, on one line of time."""
    view = results.view
    calendar, today = view.context.calendar, view.context.today
    entered: dict[str, date] = {}
    items: list[Item] = []
    stays: list[str] = []  # of the same length: which stage each of them is
    gone = undone_seqs(view.events)
    for event in view.events:
        if event.seq in gone or event.type not in ("started", "advanced"):
            continue
        day = calendar.today(datetime.fromisoformat(event.data.get("effective") or event.data["moment"]))
        for name in event.data.get("left", ()):
            if name in view.book.stages and name in entered:
                items.append(Item(view.book.stages[name].title, entered.pop(name), day, "done"))
                stays.append(name)
        entered |= {name: day for name in event.data["entered"] if name in view.book.stages}
    running = {name: day for name, day in entered.items() if not view.book.stages[name].final}
    items += [Item(view.book.stages[name].title, day, today, "running") for name, day in running.items()]
    stays += running
    if not items:
        return None
    items = [replace(i, label=_turn(i.label, stays, n, language)) for n, i in enumerate(items)]
    title = "各阶段的起止" if language == "zh" else "The stages in time"
    end = max([today if view.pilot.status != "finished" else items[-1].start, *(i.end or i.start for i in items)])
    start = min(view.pilot.started, *(i.start for i in items))
    shown = today if view.pilot.status != "finished" else None
    return _drawing(timeline(items, start, end, title=title, language=language, today=shown))


def _turn(title: str, stays: Sequence[str], number: int, language: Language) -> str:
    """`复盘（第2次）`: a stage that the pilot was in more than once is told apart by how often."""
    if stays.count(stays[number]) == 1:
        return title
    turn = stays[: number + 1].count(stays[number])
    return f"{title}（第{turn}次）" if language == "zh" else f"{title} (turn {turn})"


def _first(record: Record, kind: str) -> Field | None:
    return next((column for column in record.columns.values() if column.type == kind), None)


def _tier(
    record: Record,
    rows: Mapping[int, Mapping[str, Value]],
    columns: tuple[Field, Field, Field],
    option: str,
    language: Language,
) -> Tier:
    """The rows of one option: each with its name, its price and its first number, such as how often it is used."""
    tier, price, onward = columns
    name, often = record.columns[record.label], _first(record, "number")
    inside = {number: row for number, row in rows.items() if row.get(tier.id) == option}
    prices = sorted(value for row in inside.values() if isinstance(value := row.get(price.id), Decimal))
    ends = [value_text(price, value, language) for value in dict.fromkeys(prices[:1] + prices[-1:])]
    cards = []
    for number, row in inside.items():
        goal = row.get(onward.id)
        cards.append(
            Card(
                number,
                value_text(name, row.get(name.id), language) or str(number),
                value_text(price, row.get(price.id), language),
                value_text(often, row.get(often.id), language) if often else "",
                int(goal) if isinstance(goal, str) and goal.isdigit() else None,
            )
        )
    return Tier(tier.options[option], "–".join(ends), tuple(cards))


def _drawing(svg: str, figures: Figures | None = None) -> Drawing:
    return Drawing(svg, alt_text(svg), figures)


def _pairs(title: str, rows: list[Pair], before: str, after: str, form: Literal["share", "amount"]) -> Figures:
    """The two bars of each pair as two series."""
    series = (
        Series(before, tuple(p.before for p in rows), tuple(p.before_text for p in rows)),
        Series(after, tuple(p.after for p in rows), tuple(p.after_text for p in rows)),
    )
    return Figures(title, tuple(p.label for p in rows), series, form)


def _funnel(report: FunnelReport, language: Language) -> Drawing:
    earlier = {link.id: link.count for link in report.before}
    rates = {rate.link.id: rate for rate in report.rates}
    zh = language == "zh"
    steps = []
    for link in report.links:
        rate = rates.get(link.id)
        notes = []
        if rate is not None and rate.rate is not None:
            base = f"{rate.numerator:,}/{rate.base:,}"
            notes.append(f"占上一环 {percent(rate.rate)}（{base}）" if zh else f"{percent(rate.rate)} ({base})")
        if link.id in earlier:
            notes.append(f"之前 {earlier[link.id]:,}" if zh else f"before {earlier[link.id]:,}")
        steps.append(FunnelStep(link.title, link.count, f"{link.count:,}", ("；" if zh else "; ").join(notes)))
    texts = tuple(f"{s.text}（{s.note}）" if zh and s.note else f"{s.text} {s.note}".rstrip() for s in steps)
    counts = Series("数量" if zh else "Count", tuple(s.value for s in steps), texts)
    figures = Figures(report.funnel.title, tuple(s.label for s in steps), (counts,))
    return _drawing(funnel(steps, title=report.funnel.title, language=language), figures)


def _change(report: FunnelReport, language: Language) -> Drawing | None:
    """The rates from link to link, before and now, each with its base."""
    if not report.before:
        return None
    earlier = {link.id: link for link in report.before}
    order = [link.id for link in report.links]
    rows = []
    for rate in report.rates:
        then, base = earlier[rate.link.id].count, earlier[order[order.index(rate.link.id) - 1]]
        if rate.rate is None or not base.count:
            continue
        before = Decimal(then) / Decimal(base.count)
        rows.append(
            Pair(
                f"{base.title}→{rate.link.title}",
                before,
                _share(before, then, base.count, language),
                Decimal(rate.numerator) / Decimal(rate.base),
                _share(rate.rate, rate.numerator, rate.base, language),
            )
        )
    if not rows:
        return None
    title = "各环节比例，前后对比" if language == "zh" else "Rates of the links, before and after"
    names = ("之前同样长的一段", "统计期") if language == "zh" else ("the same length of time before", "now")
    drawn = before_after(rows, title=title, language=language, one_scale=True, before=names[0], after=names[1])
    return _drawing(drawn, _pairs(title, rows, *names, "share"))


def _share(share: Decimal | Fraction, part: int, whole: int, language: Language) -> str:
    base = f"{part:,}/{whole:,}"
    return f"{percent(share)}（{base}）" if language == "zh" else f"{percent(share)} ({base})"


def _channels(results: Results, language: Language) -> Drawing | None:
    """What each channel cost and what it brought, on one scale."""
    fields = {f.ledger.measure: f for f in channel_fields(results.view.book) if f.ledger}
    revenue, spend = fields.get("revenue"), fields.get("spend")
    if revenue is None or spend is None:
        return None
    rows = []
    for row in results.channels:
        came, cost = row.values.get(revenue.id), row.values.get(spend.id)
        if isinstance(came, Decimal) and isinstance(cost, Decimal) and revenue.id not in row.hidden:
            texts = value_text(spend, cost, language), value_text(revenue, came, language)
            rows.append(Pair(row.title, cost, texts[0], came, texts[1]))
    if not rows:
        return None
    title = "各渠道的收入与花费" if language == "zh" else "Revenue and spending by channel"
    names = {"before": spend.title, "after": revenue.title}
    drawn = before_after(rows, title=title, language=language, one_scale=True, **names)
    return _drawing(drawn, _pairs(title, rows, spend.title, revenue.title, "amount"))


def _budget(results: Results, language: Language) -> Drawing | None:
    book, pilot = results.view.book, results.view.pilot
    rows = []
    for field in book.counted.values():
        limit = book.fields.get(field.ledger.within or "") if field.ledger else None
        spent = pilot.fields.get(field.id)
        most = pilot.fields.get(limit.id) if limit else None
        if limit is None or not isinstance(spent, Decimal) or not isinstance(most, Decimal) or most <= 0:
            continue
        text = f"{value_text(field, spent, language)} / {value_text(limit, most, language)}"
        rows.append(Part(field.title, most, text, spent, percent(spent / most)))
    if not rows:
        return None
    title = "预算用了多少" if language == "zh" else "How much of the budgets is used"
    names = ("已用", "上限") if language == "zh" else ("used", "limit")
    series = (
        Series(names[0], tuple(p.used for p in rows), tuple(f"{p.text} · {p.note}" for p in rows)),
        Series(names[1], tuple(p.limit for p in rows), tuple("" for _ in rows)),
    )
    return _drawing(budget(rows, title=title, language=language), Figures(title, tuple(p.label for p in rows), series))
