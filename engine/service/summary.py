"""A pilot in one row: what the board shows, computed when something happens and kept beside the events.

Due dates are stored, so that what is overdue is always as of today; blockers are as of the last event and dated so.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.process.advance import due_timers, expiries, near_blockers
from engine.process.context import Context
from engine.store import BoardRow


def summarise(context: Context) -> BoardRow:
    """The board's row for this pilot as of `context.now`."""
    pilot, book = context.pilot, context.book
    running = pilot.status != "finished"
    stages = pilot.back or pilot.at
    here = [v for v in context.active_views if v.is_open] if running else []
    owners = dict.fromkeys(p for v in here if v.task.required for p in v.people)
    moments = (
        [m for m, *_ in due_timers(context, guarded=False)] + [m for m, *_ in expiries(context)] if running else []
    )
    timer = min(moments, default=None)
    return BoardRow(
        pilot=pilot.id,
        name=pilot.name,
        playbook=pilot.playbook,
        title=book.title,
        version=pilot.version,
        pin=pilot.pin,
        status=pilot.status,
        outcome=pilot.outcome,
        stages=list(stages),
        stage_titles=[book.all_stages[s].title for s in stages],
        owners=list(owners),
        open_tasks=sum(v.task.required for v in here),
        done_tasks=sum(state.status == "done" for state in pilot.tasks.values()),
        due_days=sorted(v.due.date().isoformat() for v in here if v.due is not None),
        timer_at=timer.isoformat() if timer else None,
        blockers=[
            {"code": b.code, "item": b.item, "zh": b.message.zh, "en": b.message.en} for b in near_blockers(context)
        ],
        written_at=context.now.isoformat(),
        seq=pilot.seq,
        parent=pilot.parent,
        origin=pilot.origin,
        started_on=pilot.started.isoformat(),
        kpi=list(_kpi(context)),
        alerts=[book.rules[one.rule].title for one in pilot.firings.values() if one.rule in book.rules],
    )


def _kpi(context: Context) -> Iterator[tuple[str, str, bool | None]]:
    """The metrics for the board that have a value, each with its base."""
    fields = context.pilot.fields
    shown = [m for m in context.book.metrics.values() if m.kpi and m.numerator in fields]
    if not shown:
        return
    from engine.pilot.facts import metric_of
    from engine.process.figures import is_met, metric_text

    for metric in shown:
        if (value := metric_of(metric, fields)) is not None:
            yield metric.title, metric_text(metric, fields) or "", is_met(metric, value)
