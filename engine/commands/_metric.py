"""A metric and a funnel on the screen and as JSON."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from engine.model import Metric
from engine.pilot.state import Ratio
from engine.pilot.values import plain_number, show
from engine.process.figures import metric_text
from engine.results.intervals import Interval
from engine.results.measure import Figure, Measured, Part
from engine.results.plain_words import chosen, how, percent
from engine.results.report import FunnelReport
from engine.results.say import measured_sentence
from engine.results.windows import Span
from engine.text import listed, say


def figure_text(metric: Metric, figure: Figure) -> str:
    """`26.4%（173/656）`; a dash while it cannot be worked out."""
    values = {p.field.id: p.value for p in figure.parts if p.value is not None}
    return metric_text(metric, values) or "—"


def target_text(metric: Metric, met: bool | None) -> str:
    if metric.target is None:
        return ""
    sign = "≥" if metric.direction == "up" else "≤"
    unit = "%" if metric.unit == "percent" else metric.unit
    state = "" if met is None else str(say("，达到", ", met") if met else say("，未达到", ", not met"))
    return str(
        say("目标 {s} {t}{u}{m}", "target {s} {t}{u}{m}", s=sign, t=plain_number(metric.target), u=unit, m=state)
    )


def formula_text(metric: Metric, figure: Figure) -> str:
    parts = " ÷ ".join(p.field.title for p in figure.parts)
    return f"{parts} × 100" if metric.unit == "percent" and len(figure.parts) == 2 else parts


def lacks_text(figure: Figure) -> str:
    missing = [p.field.title for p in figure.parts if p.value is None]
    return str(say("还缺：{m}", "missing: {m}", m=listed(missing))) if missing else ""


def explain_lines(measured: Measured) -> list[str]:
    """Formula, inputs with window and rows, interval, the time before, the other departments, one plain sentence."""
    metric = measured.metric
    lines = [f"  {say('公式', 'formula')}  {formula_text(metric, measured.now)}"]
    if metric.help:
        lines.append(f"  {say('口径', 'how it is counted')}  {metric.help}")
    lines += [f"  {part_text(p)}" for p in measured.now.parts]
    if measured.now.interval is not None:
        lines.append(f"  {interval_text(metric, measured.now.interval)}")
    if measured.before is not None:
        span = _span(measured.before.parts[0].span)
        lines.append("  " + str(say("之前", "before")) + f"  {figure_text(metric, measured.before)}  {span}")
    if measured.change is not None:
        lines.append("  " + str(say("变化", "change")) + f"  {interval_text(metric, measured.change, points=True)}")
    if measured.control is not None:
        then, now = measured.control
        lines.append(
            "  "
            + str(say("其他科室", "other departments"))
            + f"  {figure_text(metric, then)} → {figure_text(metric, now)}"
        )
    if measured.beside is not None:
        lines.append(
            "  " + str(say("比对照多变", "apart")) + f"  {interval_text(metric, measured.beside, points=True)}"
        )
    lines.append("  " + str(say("一句话", "in a sentence")) + f"  {measured_sentence(measured)}")
    return lines


def part_text(part: Part) -> str:
    """`咨询量 656人  2026-04-01 至 2026-04-30，150 行`"""
    value = "—" if part.value is None else show(part.field, part.value)
    if part.span is None:
        return f"{part.field.title} {value}  {say('（人工填写）', '(typed)')}"
    if part.span.lacks:
        return f"{part.field.title} —  {say('（时间段还没有填：{f}）', '(its window is not filled in: {f})', f=part.span.lacks)}"
    return f"{part.field.title} {value}  {_span(part.span)}{say('，{n} 行', ', {n} rows', n=f'{part.rows:,}')}"


def _span(span: Span | None) -> str:
    if span is None:
        return ""
    return str(say("{a} 至 {b}", "{a} to {b}", a=span.first or "…", b=span.last or "…"))


def interval_text(metric: Metric, interval: Interval, *, points: bool = False) -> str:
    """`95% 区间 23.1% 至 29.9%（Wilson…）`"""
    scale = 100 if metric.unit == "percent" else 1
    unit = str(say("个百分点", " points")) if points and scale == 100 else "%" if scale == 100 else metric.unit
    low, high = (
        Decimal(repr(end * scale)).quantize(Decimal("0.1"), ROUND_HALF_UP) for end in (interval.low, interval.high)
    )
    return str(
        say(
            "{p} 区间 {l}{u} 至 {h}{u}（{how}）",
            "{p} interval {l}{u} to {h}{u} ({how})",
            p=chosen(interval.level),
            l=f"{low:,}",
            h=f"{high:,}",
            u=unit,
            how=how(interval),
        )
    )


def measured_json(measured: Measured) -> dict[str, object]:
    metric = measured.metric
    return {
        "id": metric.id,
        "title": metric.title,
        "unit": metric.unit,
        "shape": measured.shape,
        "formula": formula_text(metric, measured.now),
        "target": metric.target,
        "met": measured.met,
        "few": measured.few,
        "now": _figure_json(measured.now),
        "before": _figure_json(measured.before) if measured.before else None,
        "change": _interval_json(measured.change),
        "other_departments": [_figure_json(f) for f in measured.control] if measured.control else None,
        "difference_in_differences": _interval_json(measured.beside),
        "sentence": str(measured_sentence(measured)),
    }


def _figure_json(figure: Figure) -> dict[str, object]:
    return {
        "value": figure.value,
        "inputs": [_part_json(p) for p in figure.parts],
        "interval": _interval_json(figure.interval),
    }


def _part_json(part: Part) -> dict[str, object]:
    value: object = part.value
    if isinstance(part.value, Ratio):
        value = {"numerator": part.value.numerator, "base": part.value.base}
    return {
        "field": part.field.id,
        "title": part.field.title,
        "value": value,
        "measure": part.field.ledger.measure if part.field.ledger else None,
        "from": part.span.first if part.span else None,
        "to": part.span.last if part.span else None,
        "rows": part.rows,
    }


def _interval_json(interval: Interval | None) -> dict[str, object] | None:
    if interval is None:
        return None
    return {
        "estimate": float(interval.estimate),
        "low": interval.low,
        "high": interval.high,
        "level": interval.level,
        "method": interval.method,
        "made_from": {name: float(value) for name, value in interval.made_from},
    }


def funnel_lines(report: FunnelReport) -> list[str]:
    """The links with their rates, what each contributed to the change, the bottleneck with its reason."""
    from engine.commands._wrap import table
    from engine.results import funnel_words as w
    from engine.results.plain_words import NO_CAUSE

    rows = []
    earlier = {link.id: link for link in report.before}
    rates = {rate.link.id: rate for rate in report.rates}
    for link in report.links:
        rate = rates.get(link.id)
        share = percent(rate.rate) if rate and rate.rate is not None else ""
        base = f"（{link.count:,}/{rate.base:,}）" if share and rate else ""
        then = f"{earlier[link.id].count:,}" if link.id in earlier else ""
        rows.append([link.title, f"{link.count:,}", f"{share}{base}", then])
    head = [
        say("环节", "link"),
        say("人数", "count"),
        say("上一环的", "of the one before"),
        say("之前", "before"),
    ]
    lines = [report.funnel.title, *(f"  {line}" for line in table(rows, head))]
    if report.span is not None:
        lines.append(
            f"  {_span(report.span)}"
            + (f"；{say('之前', 'before')} {_span(report.span_before)}" if report.before else "")
        )
    if report.lacks:
        lines.append("  " + str(say("还没有数字：{l}", "no figures yet: {l}", l=listed(report.lacks))))
    lines += [f"  ⚠ {w.anomaly_words(one)}" for one in report.anomalies]
    if report.before:
        lines.append(f"  {w.decomposition_words(report.parts, report.before, report.links)}")
    if report.links:
        lines.append("  " + str(say("瓶颈：", "bottleneck: ")) + str(w.bottleneck_words(report.bottleneck)))
    if report.reputation is not None:
        lines.append(f"  {w.reputation_words(report.reputation)}")
    if report.before:
        lines.append(f"  {NO_CAUSE}")
    return lines


def funnel_json(report: FunnelReport) -> dict[str, object]:
    from engine.results import funnel_words as w

    found = report.bottleneck
    return {
        "id": report.funnel.id,
        "title": report.funnel.title,
        "links": [{"field": link.id, "title": link.title, "count": link.count} for link in report.links],
        "rates": [{"field": r.link.id, "numerator": r.numerator, "base": r.base} for r in report.rates],
        "before": [link.count for link in report.before] or None,
        "contributions": [{"step": p.step, "amount": float(p.amount)} for p in report.parts] or None,
        "anomalies": [{"field": a.link.id, "earlier": a.earlier.id} for a in report.anomalies],
        "bottleneck": {"field": found.now.link.id, "kind": found.kind, "reason": str(w.bottleneck_words(found))}
        if found
        else None,
        "reputation": str(w.reputation_words(report.reputation)) if report.reputation else None,
        "lacks": list(report.lacks),
    }
