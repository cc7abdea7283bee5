"""What every decision is made from, gathered once per command."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field
from datetime import date, datetime
from typing import cast

from engine.calendar import Calendar
from engine.expressions import Verdict, evaluate
from engine.frozen import cached, changeable, frozen
from engine.model import BACK, Expr, Playbook
from engine.pilot.blockers import PLACEHOLDERS, Blocker, Refused
from engine.pilot.events import Envelope, Event, NewEvent
from engine.pilot.facts import facts_of
from engine.pilot.fold import apply
from engine.pilot.state import Pilot
from engine.pilot.view import TaskView, active_stages, views_of_task
from engine.privacy import describe, find_identifiers
from engine.text import Message, say


@frozen
class Spawn:
    """A child pilot that a decision asks for; the shell starts it in the same transaction."""

    playbook: str
    name: str


@frozen
class Decision:
    """What a command does: events to write, children to start, sentences worth telling."""

    events: tuple[NewEvent, ...]
    spawns: tuple[Spawn, ...] = ()
    notices: tuple[Message, ...] = ()


@frozen
class Context:
    """(playbook, pilot, now, calendar, actor): everything a decision may depend on."""

    book: Playbook
    pilot: Pilot
    now: datetime
    calendar: Calendar
    actor: str = ""

    @cached
    def today(self) -> date:
        return self.calendar.today(self.now)

    @cached
    def facts(self) -> Callable[[str], object]:
        return self._with_decisions(facts_of(self.book, self.pilot, self.today))

    def group_facts(self, channel: str) -> Callable[[str], object]:
        """The same names, asked about one channel: decision tables see its row."""
        from engine.pilot.groups import group_facts

        return self._with_decisions(
            facts_of(self.book, self.pilot, self.today), group_facts(self.book, self.pilot, channel)
        )

    def row_facts(self, row: Mapping[str, object]) -> Callable[[str], object]:
        """The same names, asked about one row of a record: decision tables see it."""
        return self._with_decisions(facts_of(self.book, self.pilot, self.today), row)

    def _with_decisions(
        self, facts: Callable[[str], object], row: Mapping[str, object] | None = None
    ) -> Callable[[str], object]:
        if not self.book.decisions:
            return facts

        def fact(name: str) -> object:
            if name.startswith("decisions."):
                from engine.decisions.facts import decision_fact

                return decision_fact(self.book, fact, name.removeprefix("decisions."), row)
            return facts(name)

        return fact

    def verdict(self, expr: Expr) -> Verdict:
        """Decide a condition on the whole pilot; once for the same pilot, playbook and day.

        What blocks the way on is worked out when something was written; the next command asks the same.
        """
        key = (id(self.book), self.today, expr.source)
        known = self.pilot.memory.get(key)
        if known is None:
            # The playbook is kept beside it, so that no other one can come to have its identity.
            known = self.pilot.memory[key] = (evaluate(self.book, expr, self.facts), self.book)
        return cast("tuple[Verdict, Playbook]", known)[0]

    @cached
    def views(self) -> tuple[TaskView, ...]:
        """Every task of the playbook. A decision that needs a few asks `views_of`: most of the work is in the dates."""
        return tuple(view for task in self.book.tasks for view in self.views_of(task))

    @property
    def active_views(self) -> Iterator[TaskView]:
        """The tasks of the active stages."""
        return (v for name in self.active for t in self.book.all_stages[name].tasks for v in self.views_of(t))

    def views_of(self, task: str) -> tuple[TaskView, ...]:
        """The instances of one task, worked out once."""
        found = self._views.get(task)
        if found is None:
            found = self._views[task] = views_of_task(
                self.book, self.pilot, self.book.tasks[task], self._active, self.calendar, self.now
            )
        return found

    @cached
    def _views(self) -> dict[str, tuple[TaskView, ...]]:
        return {}

    @cached
    def _active(self) -> frozenset[str]:
        return frozenset(self.active)

    @cached
    def view_of(self) -> Mapping[str, TaskView]:
        return {view.key: view for view in self.views}

    @cached
    def active(self) -> tuple[str, ...]:
        return active_stages(self.book, self.pilot)

    def role_title(self, role: str) -> str:
        found = self.book.roles.get(role)
        return found.title if found else role

    def people(self, *roles: str | None) -> tuple[str, ...]:
        """Everyone who fills one of the roles, without repetition."""
        return tuple(dict.fromkeys(p for role in roles if role for p in self.pilot.people.get(role, ())))

    def after(self, events: Iterable[NewEvent], at: datetime | None = None) -> Context:
        """The context once these events are written: the same book and clock, the pilot moved on."""
        pilot = self.pilot
        for new in events:
            event = Event(pilot.seq + 1, new.type, at or self.now, self.actor, "", new.data, new.texts)
            pilot = apply(pilot, event)
        return Context(self.book, pilot, self.now, self.calendar, self.actor)


@changeable
class Trouble:
    """Collects everything that stands in the way of one command, so that all of it is said at once."""

    blockers: list[Blocker] = field(default_factory=list)

    def add(self, code: str, item: str, message: Message, **rest: object) -> None:
        self.blockers.append(Blocker(code, item, message, **rest))  # type: ignore[arg-type]

    def text(self, item: str, text: str, *, landlines: bool = False) -> None:
        """Refuse identity and phone numbers in free text: no patient identity is ever stored. And words of a suggested
        command that were meant to be replaced: a signature of “签字人” would be nobody's. `landlines` lets fixed lines
        pass: what a hospital publishes may carry its own number."""
        if text.strip() in PLACEHOLDERS or text.strip() in PLACEHOLDERS.values():
            self.add(
                "placeholder",
                item,
                say(
                    "请把“{t}”换成实际的内容", "'{t}' stands for what only you know; write that instead", t=text.strip()
                ),
            )
        found = [one for one in find_identifiers(text) if not (landlines and one.kind == "phone")]
        if found:
            self.add(
                "identity",
                item,
                say(
                    "内容里有个人身份信息（{what}），不能保存。请删去后重试，需要指代时用“患者A”这样的代号。",
                    "the text holds personal identifiers ({what}) and is not stored; remove them, use a code name",
                    what=describe(found),
                ),
            )

    def stop(self) -> None:
        if self.blockers:
            raise Refused(tuple(self.blockers))


def refuse(code: str, item: str, message: Message, **rest: object) -> Refused:
    """A refusal with one reason."""
    return Refused((Blocker(code, item, message, **rest),))  # type: ignore[arg-type]


def must_run(context: Context, *, also_on_hold: bool = False) -> None:
    """Refuse a command on a pilot that is finished, or (unless it makes sense there) on hold."""
    pilot = context.pilot
    if pilot.status == "finished":
        raise refuse(
            "finished",
            pilot.id,
            say(
                "试点“{name}”已经结束，不能再改动。",
                "the pilot '{name}' is finished and cannot be changed",
                name=pilot.name,
            ),
            commands=("history",),
        )
    if pilot.status == "on_hold" and not also_on_hold:
        stage = context.book.all_stages[pilot.at[0]]
        raise refuse(
            "on-hold",
            stage.id,
            say(
                "试点“{name}”目前处于“{stage}”，先恢复再继续。",
                "the pilot '{name}' is on hold ({stage}); resume it first",
                name=pilot.name,
                stage=stage.title,
            ),
            commands=tuple(f"advance --to {t.id}" for t in stage.transitions.values() if t.to == BACK),
        )


__all__ = ["Context", "Decision", "Envelope", "Spawn", "Trouble", "must_run", "refuse"]
