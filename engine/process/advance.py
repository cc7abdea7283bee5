"""Moving on: which ways lead out, what blocks each, and what taking one does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import cast

from engine.frozen import frozen
from engine.machine import flow_of
from engine.model import BACK, NEXT, Playbook, Stage, Task, Timer, Transition
from engine.pilot.blockers import Blocker, Refused, told_once
from engine.pilot.events import NewEvent
from engine.pilot.facts import instance_keys
from engine.pilot.view import holds_of
from engine.process.children import spawns_on_entry
from engine.process.commands import Advance
from engine.process.context import Context, Decision, Spawn, Trouble, must_run, refuse
from engine.process.gate import gate_blockers, guard_blockers
from engine.text import Message, entitled, listed, say

_MOST_TIMERS = 100  # a playbook whose timers chase each other stops here instead of looping for ever


@frozen
class Way:
    """One way out: declared on `stage` (None: on the whole playbook), with all that blocks it now."""

    stage: str | None
    transition: Transition
    blockers: tuple[Blocker, ...]

    @property
    def id(self) -> str:
        return self.transition.id

    @property
    def open(self) -> bool:
        return not self.blockers


def ways(context: Context, *, only: str | None = None) -> tuple[Way, ...]:
    """Every way on from where the pilot stands (or those called `only`): inner stages before outer ones, `next` first."""
    if context.pilot.status == "finished":
        return ()
    return tuple(
        Way(stage.id if stage else None, transition, _way_blockers(context, stage, transition))
        for stage, transition in _declared(context)
        if only is None or transition.id == only
    )


def next_blockers(context: Context) -> tuple[Blocker, ...]:
    """Everything that blocks the way on (`next` of every active stage), each thing once."""
    if context.pilot.status != "running":
        return ()
    return tuple(dict.fromkeys(b for way in ways(context, only=NEXT) for b in way.blockers))


def near_ways(context: Context) -> tuple[Way, ...]:
    """The ways on that have their turn now: a stage whose inner stages still run has its own when they are through."""
    if context.pilot.status != "running":
        return ()
    found = ways(context, only=NEXT)
    inner = tuple(way for way in found if not any(b.code == "stage-open" for b in way.blockers))
    return inner or found


def near_blockers(context: Context) -> tuple[Blocker, ...]:
    """What blocks the very next step. Each thing once, as a person reads it (`told_once`)."""
    return told_once(b for way in near_ways(context) for b in way.blockers)


def advance(context: Context, command: Advance) -> Decision:
    """Take a transition by name. Refused with everything that blocks it; nothing is written then."""
    must_run(context, also_on_hold=True)
    trouble = Trouble()
    trouble.text("reason", command.reason)
    trouble.stop()
    way = _choose(context, command)
    if way.blockers:
        raise Refused(way.blockers)
    if way.transition.reason == "required" and not command.reason.strip():
        title = way.transition.title or way.id
        raise refuse(
            "reason-missing",
            way.id,
            say("“{title}”要写明原因", "'{title}' takes a reason", title=title),
            commands=(f"advance --to {way.id} --reason 原因",),
        )
    return _take(context, way.stage, way.transition, context.now, command.reason.strip())


def settle(context: Context) -> Decision:
    """Timed transitions that are due by now, in the order in which they fell due."""
    events: list[NewEvent] = []
    spawns: list[Spawn] = []
    notices: list[Message] = []
    for _ in range(_MOST_TIMERS):
        due = min(due_timers(context), default=None, key=lambda found: found[0])
        if due is None or due[0] > context.now:
            break
        moment, stage, timer = due
        transition = Transition(timer.id, timer.to, timer.title, reason="none")
        decision = _take(context, stage.id, transition, moment, "")
        context = context.after(decision.events)
        events.extend(decision.events)
        spawns.extend(decision.spawns)
        notices.append(
            say(
                "“{stage}”的时限已到（{day}），自动进入“{to}”",
                "the time for '{stage}' ran out on {day}; it went on to '{to}'",
                stage=stage.title,
                day=moment.date().isoformat(),
                to=context.book.all_stages[timer.to].title,
            )
        )
    for moment, task, key in expiries(context):
        if moment <= context.now:
            reason = say("签字已过有效期", "the signature is no longer valid")
            events.append(NewEvent("task_reopened", {"task": key}, {"reason": str(reason)}))
            notices.append(
                say("“{t}”的签字已过有效期，任务重开", "'{t}' is no longer valid and open again", t=task.title)
            )
    return Decision(tuple(events), tuple(spawns), tuple(notices))


def expiries(context: Context) -> Iterator[tuple[datetime, Task, str]]:
    """When each signature that expires does: (moment, task, key of the instance). A day is over when it ends."""
    if context.pilot.status != "running":
        return
    for task in context.book.expiring:
        for key in instance_keys(context.book, context.pilot, task.id):
            state = context.pilot.tasks.get(key)
            if state is None or state.status != "done" or state.at is None:
                continue
            if task.valid is not None:
                yield context.calendar.add(state.at, task.valid, ()), task, key
            until = context.pilot.fields.get(task.valid_until or "")
            if isinstance(until, date):
                yield context.calendar.end_of(until), task, key


def due_timers(context: Context, *, guarded: bool = True) -> Iterator[tuple[datetime, Stage, Timer]]:
    """When each timer of the active stages runs out. With `guarded`, only those whose condition holds now."""
    if context.pilot.status != "running":
        return
    for name in context.active:
        stage = context.book.all_stages[name]
        for timer in stage.timers:
            if guarded and timer.when and not context.verdict(timer.when).ok:
                continue
            holds = holds_of(context.pilot, context.now)
            entered = context.pilot.entered[name]
            yield context.calendar.add(entered, timer.wait, holds), stage, timer


_Declared = tuple[tuple[Stage | None, Transition], ...]


def _declared(context: Context) -> _Declared:
    """The ways the playbook declares from the active stages, `next` first; the same for every pilot that stands there."""
    at, running = context.pilot.at, context.pilot.status == "running"
    key = ("declared", at, running)
    known = context.book.memory.get(key)
    if known is None:
        known = context.book.memory[key] = tuple(_ways_from(context.book, at, running))
    return cast("_Declared", known)


def _ways_from(book: Playbook, leaves: tuple[str, ...], running: bool) -> Iterator[tuple[Stage | None, Transition]]:
    found = {s for leaf in leaves for s in (leaf, *book.ancestors(leaf))}
    # Inner stages before outer ones; beside each other in the order of the file.
    for stage in sorted(
        (s for s in book.all_stages.values() if s.id in found), key=lambda s: -len(book.ancestors(s.id))
    ):
        if stage.next is not None:
            yield stage, Transition(NEXT, stage.next, reason="optional", gated=True, place=stage.place)
        for transition in stage.transitions.values():
            yield stage, transition
    if running and not any(book.all_stages[s].final for s in leaves if s in book.stages):
        for transition in book.transitions.values():
            yield None, transition


def _way_blockers(context: Context, stage: Stage | None, transition: Transition) -> tuple[Blocker, ...]:
    found: list[Blocker] = []
    if transition.gated and stage is not None:
        found.extend(gate_blockers(context, stage))
    elif transition.gated:
        for name in context.pilot.at:
            found.extend(gate_blockers(context, context.book.all_stages[name]))
    found.extend(guard_blockers(context, transition.id, transition.when, transition.otherwise, transition.by))
    if context.pilot.firings:
        from engine.process.rules import rule_blockers

        found.extend(rule_blockers(context, stage.id if stage else None, transition.id))
    return tuple(found)


def _choose(context: Context, command: Advance) -> Way:
    wanted = command.to
    declared = _declared(context)
    chosen = [d for d in declared if d[1].id == wanted] or [
        d for d in declared if wanted and (d[1].title == wanted or d[1].to == wanted != BACK)
    ]
    named = [Way(stage.id if stage else None, t, _way_blockers(context, stage, t)) for stage, t in chosen]
    if command.stage is not None:
        in_stage = [w for w in named if command.stage in (w.stage, _title(context, w.stage))]
        if not in_stage and named:
            raise refuse(
                "not-active",
                command.stage,
                say(
                    "现在不在“{stage}”",
                    "the pilot is not in '{stage}' now",
                    stage=_title(context, command.stage) or command.stage,
                ),
                commands=tuple(f"advance --to {w.id} --stage {w.stage}" for w in named if w.stage),
            )
        named = in_stage
    if not named:
        raise _no_way(context, wanted)
    if len(named) == 1:
        return named[0]
    free = [w for w in named if w.open]
    if len(free) == 1:
        return free[0]
    if not free:
        # Several active stages, none can move: everything that blocks any of them, each thing once.
        merged = tuple(dict.fromkeys(b for w in named for b in w.blockers))
        return Way(named[0].stage, named[0].transition, merged)
    raise refuse(
        "which-stage",
        wanted,
        say("有几处都可以往下走，请指明哪一处", "several stages can move on; say which"),
        commands=tuple(f"advance --to {w.id} --stage {w.stage}" for w in free),
    )


def _no_way(context: Context, wanted: str) -> Refused:
    here = listed(context.book.all_stages[s].title for s in context.pilot.at)
    there = ways(context)
    known = listed(dict.fromkeys(entitled(w.id, w.transition.title or _title(context, w.transition.to)) for w in there))
    return refuse(
        "no-transition",
        wanted,
        say(
            "从“{here}”没有“{wanted}”这一步；可以走的有：{listed}",
            "there is no '{wanted}' from '{here}'; there are: {listed}",
            here=here,
            wanted=wanted,
            listed=known,
        ),
        commands=tuple(dict.fromkeys(_line(w) for w in there)),
    )


def _line(way: Way) -> str:
    return f"advance --to {way.id}" + (" --reason 原因" if way.transition.reason == "required" else "")


def _title(context: Context, stage: str | None) -> str:
    found = context.book.all_stages.get(stage or "")
    return found.title if found else ("" if stage is None or stage == BACK else stage)


def _take(context: Context, stage: str | None, transition: Transition, moment: datetime, reason: str) -> Decision:
    book, pilot = context.book, context.pilot
    move = flow_of(book).take(pilot.at, stage, transition.id, pilot.back)
    holds_now = any(book.all_stages[s].holds for s in move.at)
    data = {
        "transition": transition.id,
        "stage": stage,
        "source": list(pilot.at),
        "at": list(move.at),
        "left": list(move.left),
        "entered": list(move.entered),
        "effective": moment.isoformat(),
        "reopened": list(_reopened(context, transition)),
    }
    if holds_now and pilot.status == "running":
        data["hold"] = "began"
    elif pilot.status == "on_hold" and not holds_now:
        data["hold"] = "ended"
    events = [NewEvent("advanced", data, {"reason": reason} if reason else {})]
    outcome = next((book.stages[s].final for s in move.at if s in book.stages and book.stages[s].final), None)
    if outcome is not None:
        events.append(NewEvent("finished", {"outcome": outcome}))
        return Decision(tuple(events))
    if any(book.all_stages[s].starts for s in move.entered):
        return Decision(tuple(events), spawns_on_entry(context.after(events), move))
    return Decision(tuple(events))


def _reopened(context: Context, transition: Transition) -> Iterator[str]:
    """Keys of tasks that a transition opens again: of the stage it leads to, with everything nested in it."""
    if transition.reopens == "none" or transition.to == BACK:
        return
    inside = {transition.to} | {s for s in context.book.all_stages if transition.to in context.book.ancestors(s)}
    for task in context.book.tasks.values():
        named = task.stage in inside if transition.reopens == "all" else task.id in transition.reopens
        for key in instance_keys(context.book, context.pilot, task.id) if named else ():
            state = context.pilot.tasks.get(key)
            if state is not None and state.status != "open":
                yield key
