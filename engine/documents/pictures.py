"""Pictures of a pilot's results, by name: the same ones for papers and pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from engine.documents.drawing.charts import Budget, Names, Pair, Step, budgets, funnel, pairs
from engine.documents.views import View
from engine.documents.words import figure, value_text
from engine.frozen import frozen
from engine.model import Field
from engine.results.plain_words import percent
from engine.results.report import FunnelReport, channel_fields
from engine.text import Language

if TYPE_CHECKING:
    from engine.service.results import Results

_MOST_CHANNELS = 10


@frozen
class Drawing:
    """An SVG and what it shows, in words."""

    svg: str
    alt: str


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


def _names(language: Language, now: str, before: str, now_en: str, before_en: str) -> Names:
    if language == "zh":
        return Names(now, before, "有的条太长，已截断（白色斜线处），以数字为准", "还没有数字")
    return Names(
        now_en, before_en, "a bar too long to draw is cut (white strokes); the figures count", "no figures yet"
    )


def _funnel(report: FunnelReport, language: Language) -> Drawing:
    earlier = {link.id: link.count for link in report.before}
    rates = {rate.link.id: rate for rate in report.rates}
    steps = []
    for link in report.links:
        rate = rates.get(link.id)
        share = ""
        if rate is not None and rate.rate is not None:
            base = f"{rate.numerator:,}/{rate.base:,}"
            share = f"占上一环 {percent(rate.rate)}（{base}）" if language == "zh" else f"{percent(rate.rate)} ({base})"
        steps.append(Step(link.title, link.count, share, earlier.get(link.id)))
    told = [f"{s.title} {s.count:,}" + (f"，{s.share}" if s.share else "") for s in steps]
    alt = _alt(report.funnel.title, told, language)
    names = _names(language, "统计期", "之前同样长的一段", "now", "the same length of time before")
    return Drawing(funnel(report.funnel.title, steps, names, alt), alt)


def _change(report: FunnelReport, language: Language) -> Drawing | None:
    """The rates from link to link, now and before, each with its base."""
    if not report.before:
        return None
    earlier = {link.id: link.count for link in report.before}
    order = [link.id for link in report.links]
    rows = []
    for rate in report.rates:
        base_id = order[order.index(rate.link.id) - 1]
        then, base = earlier[rate.link.id], earlier[base_id]
        if rate.rate is None or not base:
            continue
        before = Decimal(then) / Decimal(base)
        earlier_title = next(link.title for link in report.links if link.id == base_id)
        rows.append(
            Pair(
                f"{earlier_title}→{rate.link.title}",
                Decimal(rate.numerator) / Decimal(rate.base),
                f"{percent(rate.rate)}（{rate.numerator:,}/{rate.base:,}）",
                before,
                f"{percent(before)}（{then:,}/{base:,}）",
            )
        )
    if not rows:
        return None
    title = "各环节比例，前后对比" if language == "zh" else "Rates of the links, before and after"
    alt = _alt(
        title,
        [f"{r.title} {r.text}" + ("，之前 " if language == "zh" else ", before ") + r.before_text for r in rows],
        language,
    )
    names = _names(language, "统计期", "之前同样长的一段", "now", "the same length of time before")
    return Drawing(pairs(title, rows, names, alt), alt)


def _channels(results: Results, language: Language) -> Drawing | None:
    """What each channel brought and what it cost, on one scale."""
    fields = {f.ledger.measure: f for f in channel_fields(results.view.book) if f.ledger}
    revenue, spend = fields.get("revenue"), fields.get("spend")
    if revenue is None or spend is None:
        return None
    rows = []
    for row in results.channels[:_MOST_CHANNELS]:
        came, cost = row.values.get(revenue.id), row.values.get(spend.id)
        if isinstance(came, Decimal) and isinstance(cost, Decimal) and revenue.id not in row.hidden:
            rows.append(Pair(row.title, came, _money(revenue, came, language), cost, _money(spend, cost, language)))
    if not rows:
        return None
    title = "各渠道的收入与花费" if language == "zh" else "Revenue and spending by channel"
    alt = _alt(title, [f"{r.title} {revenue.title} {r.text}，{spend.title} {r.before_text}" for r in rows], language)
    names = _names(language, revenue.title, spend.title, revenue.title, spend.title)
    return Drawing(pairs(title, rows, names, alt), alt)


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
        rows.append(Budget(field.title, spent, most, f"{text}（{figure(spent / most * 100, 1)}%）"))
    if not rows:
        return None
    title = "预算用了多少" if language == "zh" else "How much of the budgets is used"
    alt = _alt(title, [f"{r.title} {r.text}" for r in rows], language)
    return Drawing(budgets(title, rows, _names(language, "", "", "", ""), alt), alt)


def _money(field: Field, value: Decimal, language: Language) -> str:
    return value_text(field, value, language)


def _alt(title: str, parts: Iterable[str], language: Language) -> str:
    return f"{title}：{'；'.join(parts)}" if language == "zh" else f"{title}: {'; '.join(parts)}"
