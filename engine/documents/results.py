"""What a paper may say of a pilot's results: how sure each metric is, the funnel, the channels, rules that fire.

Everything is the same that `metric --explain` and `funnel` print; a paper has no arithmetic of its own. Event rows never
come in: small groups are already hidden, and keys are nowhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.decisions.show import result_words
from engine.documents.views import View
from engine.documents.words import day_text, in_language, value_text
from engine.pilot.groups import CHANNELS, group_metrics
from engine.process.figures import metric_text
from engine.process.rules import sentence
from engine.results.plain_words import NO_CAUSE, TOO_FEW, percent
from engine.results.report import SMALLEST_GROUP, FunnelReport, channel_fields
from engine.results.say import measured_sentence
from engine.text import Language, say

if TYPE_CHECKING:
    from engine.results.windows import Span
    from engine.service.results import Results

_SIDES = {"online": say("线上", "online"), "offline": say("线下", "offline")}


def result_views(results: Results | None, language: Language) -> View:
    """ledger (is there one), counted_on, imports, rows, sure (metric id → sentence), funnels, channels, alerts."""
    if results is None:
        return {
            "ledger": False,
            "sure": {},
            "few": {},
            "funnels": [],
            "channels": {"rows": [], "columns": []},
            "alerts": [],
        }
    pilot = results.view.pilot
    live = pilot.live_imports
    return {
        "ledger": bool(live),
        "counted_on": day_text(pilot.counted_on, language) if pilot.counted_on else "",
        "imports": len(live),
        "rows": figure_of(sum(one.rows for one in live)),
        "sure": {m: in_language(measured_sentence(one), language) for m, one in results.metrics.items()},
        "few": {m: one.few for m, one in results.metrics.items()},
        "before": {
            m: metric_text(one.metric, {p.field.id: p.value for p in one.before.parts if p.value is not None}) or ""
            for m, one in results.metrics.items()
            if one.before is not None
        },
        "funnels": [funnel_view(one, language) for one in results.funnels if one.links],
        "channels": channels_view(results, language),
        "alerts": alerts_view(results, language),
        "no_cause": in_language(NO_CAUSE, language),
        "too_few": in_language(TOO_FEW, language),
    }


def figure_of(number: int) -> str:
    return f"{number:,}"


def funnel_view(report: FunnelReport, language: Language) -> View:
    """id, title, links (title, count, of_before, before), span, span_before, change, bottleneck, notes (anomalies,
    reputation), owner of the bottleneck's link."""
    from engine.results.funnel_words import anomaly_words, bottleneck_words, decomposition_words, reputation_words

    rates = {rate.link.id: rate for rate in report.rates}
    earlier = {link.id: link.count for link in report.before}
    links = []
    for link in report.links:
        rate = rates.get(link.id)
        share = ""
        if rate is not None and rate.rate is not None:
            share = f"{percent(rate.rate)}（{link.count:,}/{rate.base:,}）"
        links.append(
            {
                "id": link.id,
                "title": link.title,
                "count": figure_of(link.count),
                "number": link.count,
                "of_before": share if language == "zh" else share.replace("（", " (").replace("）", ")"),
                "before": figure_of(earlier[link.id]) if link.id in earlier else "",
                "before_number": earlier.get(link.id),
            }
        )
    notes = [anomaly_words(one) for one in report.anomalies]
    if report.reputation is not None:
        notes.append(reputation_words(report.reputation))
    return {
        "id": report.funnel.id,
        "title": report.funnel.title,
        "help": report.funnel.help,
        "links": links,
        "span": span_text(report.span, language),
        "span_before": span_text(report.span_before, language) if report.before else "",
        "change": in_language(decomposition_words(report.parts, report.before, report.links), language)
        if report.before
        else "",
        "bottleneck": in_language(bottleneck_words(report.bottleneck), language),
        "has_bottleneck": report.bottleneck is not None,
        "notes": [in_language(one, language) for one in notes],
        "compared": bool(report.before),
    }


def span_text(span: Span | None, language: Language) -> str:
    if span is None or (span.first is None and span.last is None):
        return ""
    first = day_text(span.first, language) if span.first else ""
    last = day_text(span.last, language) if span.last else ""
    return f"{first}至{last}" if language == "zh" else f"{first} to {last}"


def channels_view(results: Results, language: Language) -> View:
    """columns (id, title) and rows (title, side, cells by column id, moves: output → text); `hidden`: a note when small
    groups were left out."""
    book = results.view.book
    rows = results.channels
    fields = [f for f in channel_fields(book) if any(r.values.get(f.id) for r in rows)]
    metrics = [m for m in group_metrics(book) if m.denominator and any(m.id in r.metrics for r in rows)]
    metrics = [m for m in metrics if results.metrics[m.id].shape != "growth" and (m.kpi or m.unit != "percent")]
    tables = [t for t in book.decisions.values() if t.each == CHANNELS]
    few = f"<{SMALLEST_GROUP}"
    views = []
    for row in rows:
        cells = {
            f.id: few if f.id in row.hidden else value_text(f, row.values.get(f.id), language) or "—" for f in fields
        }
        cells |= {m.id: few if m.id in row.hidden else metric_text(m, row.values) or "—" for m in metrics}
        moves = {}
        for table in tables:
            outcome = results.decision(table, row.title)
            for output in table.outputs.values():
                found = outcome.results.get(output.id, ())
                moves[output.id] = "、".join(result_words(output, one) for one in found) or "—"
        side = _SIDES.get(row.side)
        views.append(
            {"title": row.title, "side": in_language(side, language) if side else "", "cells": cells, "moves": moves}
        )
    columns: list[View] = [{"id": f.id, "title": f.title} for f in fields] + [
        {"id": m.id, "title": m.title} for m in metrics
    ]
    columns += [{"id": o.id, "title": o.title, "move": True} for t in tables for o in t.outputs.values()]
    hidden = say("不到{n}人的组不显示具体数字", "groups of fewer than {n} persons are not shown", n=SMALLEST_GROUP)
    return {
        "columns": columns,
        "rows": views,
        "hidden": in_language(hidden, language) if any(r.hidden for r in rows) else "",
    }


def alerts_view(results: Results, language: Language) -> list[View]:
    """Rules that fire: title, group, text, since, then, who."""
    context = results.view.context
    return [
        {
            "title": rule.title,
            "group": firing.group,
            "text": in_language(sentence(context, rule, firing.group, dict(firing.values)), language),
            "since": day_text(context.calendar.today(firing.at), language),
            "then": rule.then,
            "who": context.role_title(rule.by) if rule.by else "",
            "fix": rule.fix,
        }
        for rule, firing in results.firings
    ]
