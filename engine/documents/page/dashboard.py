"""The dashboard of a pilot: figures against targets, the funnel, channels, budgets, what happened, rules that fired."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from engine.documents.markdown import clean
from engine.documents.page.bars import bars_of
from engine.documents.page.environment import render_page
from engine.documents.pictures import drawings, stages_drawing
from engine.documents.results import result_views
from engine.documents.views import View
from engine.documents.words import PILOT_STATES, day_text, figure, in_language, value_text
from engine.pilot.fold import undone_seqs
from engine.process.figures import metric_text
from engine.text import Language

if TYPE_CHECKING:
    from engine.service.results import Results

_MOST_EVENTS = 60


def render_dashboard(results: Results, *, hospital: str, language: Language) -> str:
    """One HTML file. Nothing in it comes from a network; the same input gives the same bytes."""
    view = results.view
    book, pilot, context = view.book, view.pilot, view.context
    said = result_views(results, language)
    charts = {name: (one.svg, bars_of(one.figures)) for name, one in drawings(results, said, language).items()}
    data: dict[str, Any] = {
        "language": "zh-CN" if language == "zh" else "en",
        "zh": language == "zh",
        "hospital": clean(hospital),
        "pilot": clean(pilot.name),
        "playbook": book.title,
        "state": in_language(PILOT_STATES[pilot.status], language),
        "stages": [book.all_stages[s].title for s in pilot.at],
        "today": day_text(context.today, language),
        "started": day_text(pilot.started, language),
        "results": said,
        "metrics": metric_cards(results, said, language),
        "budgets": budget_views(results, language),
        "events": timeline_views(results, language),
        "charts": {name: {"svg": svg, "bars": bars} for name, (svg, bars) in charts.items()},
        "bars": sorted({bar.share for _, bars in charts.values() for row in bars for bar in row.bars} - {0}),
        "stages_chart": stages_drawing(results, language),
    }
    return render_page("dashboard.html.j2", data)


def metric_cards(results: Results, said: View, language: Language) -> list[View]:
    """Metrics that have a value: those with a target or meant for the board first."""
    cards = []
    for one in results.metrics.values():
        metric = one.metric
        if one.now.value is None:
            continue
        values = {p.field.id: p.value for p in one.now.parts if p.value is not None}
        unit = "%" if metric.unit == "percent" else metric.unit
        target = ""
        if metric.target is not None:
            sign = {"up": ("不低于", "at least "), "down": ("不高于", "at most ")}[metric.direction]
            target = f"{sign[0] if language == 'zh' else sign[1]}{figure(metric.target)}{unit}"
        met = one.met
        shown, bracket, base = (metric_text(metric, values) or "—").partition("（")
        cards.append(
            {
                "title": metric.title,
                "value": shown,
                "base": f"{bracket}{base}",
                "target": target,
                "met": met,
                "met_text": "" if met is None else _met(met, language),
                "sure": said["sure"].get(metric.id, ""),
                "before": said["before"].get(metric.id, "") if "before" in said else "",
                "first": metric.kpi or metric.target is not None,
            }
        )
    return sorted(cards, key=lambda card: not card["first"])


def _met(met: bool, language: Language) -> str:
    if language == "zh":
        return "达到" if met else "未达到"
    return "met" if met else "not met"


def budget_views(results: Results, language: Language) -> list[View]:
    """Counted money with the budget it should stay within: spent, budget, share in percent, over."""
    book, pilot = results.view.book, results.view.pilot
    found = []
    for field in book.counted.values():
        limit = book.fields.get(field.ledger.within or "") if field.ledger else None
        spent = pilot.fields.get(field.id)
        budget = pilot.fields.get(limit.id) if limit else None
        if limit is None or not isinstance(spent, Decimal) or not isinstance(budget, Decimal) or not budget:
            continue
        share = spent / budget * 100
        found.append(
            {
                "title": field.title,
                "limit": limit.title,
                "spent": value_text(field, spent, language),
                "budget": value_text(limit, budget, language),
                "spent_number": spent,
                "budget_number": budget,
                "share": f"{figure(share, 1)}%",
                "over": spent > budget,
            }
        )
    return found


def timeline_views(results: Results, language: Language) -> list[View]:
    """What happened on which day: moves between stages, imports, rules that fired, final papers; the newest first."""
    view = results.view
    book, calendar = view.book, view.context.calendar
    gone = undone_seqs(view.events)
    found: list[View] = []
    for event in view.events:
        text = _happened(book, event, language) if event.seq not in gone else ""
        if text:
            moment = event.data.get("effective") or event.data.get("moment")
            at = datetime.fromisoformat(moment) if moment else event.at
            found.append({"day": day_text(calendar.today(at), language), "text": text, "kind": event.type})
    return found[-_MOST_EVENTS:][::-1]


def _happened(book: Any, event: Any, language: Language) -> str:
    data, zh = event.data, language == "zh"
    if event.type == "started":
        return "启动" if zh else "started"
    if event.type == "advanced":
        stages = [book.all_stages[s].title for s in data["at"] if s in book.all_stages]
        names = ("、" if zh else ", ").join(stages)
        return f"进入“{names}”" if zh else f"on to '{names}'"
    if event.type == "finished":
        return "结束" if zh else "finished"
    if event.type == "imported":
        rows, first, last = f"{data['rows']:,}", data["first"], data["last"]
        return f"导入台账 {rows} 行（{first} 至 {last}）" if zh else f"ledger imported: {rows} rows, {first} to {last}"
    if event.type == "withdrawn":
        return f"撤回第{data['import']}次导入" if zh else f"import {data['import']} withdrawn"
    if event.type in ("rule_fired", "rule_cleared"):
        rule = book.rules.get(data["rule"])
        title = rule.title if rule else data["rule"]
        group = f"（{data['group']}）" if data["group"] else ""
        done = ("触发" if zh else "fired") if event.type == "rule_fired" else ("解除" if zh else "cleared")
        return f"规则“{title}”{group}{done}" if zh else f"rule '{title}'{group} {done}"
    if event.type == "document_final":
        document = book.documents.get(data["document"])
        title = document.title if document else data["document"]
        return f"{title}定稿" if zh else f"{title} final"
    return ""
