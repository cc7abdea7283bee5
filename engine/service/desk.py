"""The desk: a workspace with its store, and the calls a shell makes on it.

This is the thin shell around the pure core: it reads the clock, makes ids, loads and appends. One command is one
transaction; what a command starts elsewhere (children, news for a parent) is in the same transaction.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Self

from engine.calendar import Calendar
from engine.errors import UserError
from engine.frozen import cached, frozen, replace
from engine.model import Playbook
from engine.pilot.events import Envelope, Event, NewEvent
from engine.pilot.fold import apply, fold
from engine.pilot.state import Pilot
from engine.process import Context, Decision, Spawn, decide
from engine.process import commands as c
from engine.process.advance import settle
from engine.service.names import one_pilot
from engine.service.summary import summarise
from engine.service.views import Outcome, PilotView
from engine.store import Append, BoardRow, Conflict, Erasing, LogProblem, Progress
from engine.text import current_language, say

if TYPE_CHECKING:
    from pathlib import Path

    from engine.content_checks import Checker
    from engine.store.sqlite import SqliteStore
    from engine.workspace import Workspace

SYSTEM = "系统"  # the actor of timed transitions and of news between pilots


@frozen
class _Loaded:
    book: Playbook
    pilot: Pilot
    events: tuple[Event, ...]


class Desk:
    """A workspace, opened. Not shared between threads; any number of processes may have the same workspace open."""

    def __init__(
        self,
        workspace: Workspace,
        actor: str | None = None,
        now: Callable[[], datetime] | None = None,
    ) -> None:
        from engine.store.sqlite import SqliteStore

        self.workspace = workspace
        self._actor = actor or workspace.settings.me
        self._now = now or (lambda: datetime.now(UTC))
        self.store: SqliteStore = SqliteStore(workspace.database)
        self._books: dict[tuple[str, str], Playbook] = {}
        self._loaded: dict[str, _Loaded] = {}
        self._calendar: Calendar | None = None

    @classmethod
    def open(
        cls,
        folder: str | os.PathLike[str] | None = None,
        actor: str | None = None,
        now: Callable[[], datetime] | None = None,
    ) -> Desk:
        """Find the workspace at or above `folder` (or the current folder). Raises UserError `no-workspace`."""
        from engine.workspace import open_workspace

        return cls(open_workspace(folder), actor, now)

    def close(self) -> None:
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *details: object) -> None:
        self.close()

    # -- what time it is, who acts

    @property
    def now(self) -> datetime:
        return self._now().astimezone(self.calendar.zone)

    @property
    def actor(self) -> str:
        if not self._actor:
            raise UserError(
                "no-actor",
                say("不知道是谁在操作", "nobody is named as the one who acts"),
                say(
                    "用 --as 姓名，或在工作区设置里写 me: 姓名",
                    "give --as NAME, or write `me: NAME` in the workspace settings",
                ),
            )
        return self._actor

    @property
    def calendar(self) -> Calendar:
        if self._calendar is None:
            from engine.service.days import workspace_calendar

            self._calendar = workspace_calendar(self.store, self.workspace.settings, self._now())
        return self._calendar

    @cached
    def checker(self) -> Checker:
        """What checks the texts that go out; made where there are any."""
        from engine.service.content import checker_of

        return checker_of(self)

    # -- names

    def find(self, ref: str | None = None) -> BoardRow:
        """The pilot a person means: an exact name, a unique beginning, an id; None: the current one."""
        return one_pilot(self.store, ref)

    def use(self, ref: str) -> BoardRow:
        row = self.find(ref)
        self.store.put_setting("current", row.pilot)
        return row

    def pilots(self) -> list[BoardRow]:
        return self.store.rows()

    # -- reading

    def view(self, ref: str | None = None, as_of: date | None = None) -> PilotView:
        """A pilot as it stands (timers that fell due are settled first), or as it stood at the end of a day."""
        row = self.find(ref)
        if as_of is None:
            self._settle(row.pilot)
            return self._view(self._load(row.pilot))
        moment = datetime.combine(as_of, time(23, 59, 59), self.calendar.zone)
        events = self.store.history(row.pilot, moment)
        if not events:
            raise UserError(
                "not-started",
                say(
                    "“{name}”到{day}还没有任何记录",
                    "nothing was recorded of '{name}' by {day}",
                    name=row.name,
                    day=as_of,
                ),
            )
        loaded = _Loaded(self._book(row.pin), fold(events), tuple(events))
        return self._view(loaded, moment)

    def _view(self, loaded: _Loaded, now: datetime | None = None) -> PilotView:
        moment = now or self.now
        context = Context(loaded.book, loaded.pilot, moment, self.calendar, self._actor or "")
        return PilotView(context, loaded.events, moment)

    def playbook(self, pin: str) -> Playbook:
        """The playbook that was pinned under this digest, in the language of the screen."""
        return self._book(pin)

    # -- commands

    def start(
        self,
        target: str,
        name: str,
        *,
        day: date | None = None,
        values: Mapping[str, str] | None = None,
        people: Mapping[str, tuple[str, ...]] | None = None,
        parent: str | None = None,
        origin: str | None = None,
        then: c.Command | None = None,
    ) -> PilotView:
        """Start a pilot of a playbook (id or path). `parent`/`origin` are names of pilots. The new one becomes current.

        `then` is done to it in the same transaction, as a command of its own that can be taken back."""
        now = self.now
        book, pin = self._pin(target)
        self.free_name(name)
        command = c.Start(
            pilot=_new_id(),
            name=name.strip(),
            pin=pin,
            day=day or self.calendar.today(now),
            parent=self.find(parent).pilot if parent else None,
            origin=self.find(origin).pilot if origin else None,
            values=values or {},
            people=people or {},
        )
        decision = decide(book, None, command, now, self.calendar, self.actor)
        envelope = Envelope(self.actor, now, _new_id())
        batches = self._starting(book, decision, envelope)
        if then is not None:
            batches += self._next(book, batches[0], then)
        for other, relation in ((command.parent, "child"), (command.origin, "successor")):
            if other:
                link = c.RecordLink(relation, command.pilot, book.id, command.name)
                batches.append(self._more(other, link, envelope))
        self.store.append(batches)
        self._forget(command.parent, command.origin)
        self.store.put_setting("current", command.pilot)
        return self._view(self._load(command.pilot))

    def run(
        self,
        ref: str | None,
        command: c.Command,
        *,
        command_id: str | None = None,
        dry_run: bool = False,
        files: Sequence[Path] = (),
    ) -> Outcome:
        """Do one command. `files` are the files behind its attachments, copied in only once it is accepted.

        Raises Refused (nothing was written), UserError, or Conflict when somebody else moved this pilot meanwhile.
        """
        pilot_id, seq = self._id(ref)
        if command_id and (done := self.store.seen(pilot_id, command_id)):
            return Outcome(self._view(self._load(pilot_id)), tuple(done), again=True)
        loaded = self._load(pilot_id, seq)
        if not dry_run and (self._settle(pilot_id, loaded) or self.check_content(pilot_id, loaded)):
            loaded = self._load(pilot_id)
        now = self.now
        decision = decide(loaded.book, loaded.pilot, command, now, self.calendar, self.actor)
        decision = self._with_counts(loaded, decision, now)
        if dry_run or not decision.events:
            return self.rehearsed(loaded, decision, now, dry_run=dry_run)
        for file in files:
            self.workspace.keep(file)
        decision = self._with_checks(loaded, decision, now)
        envelope = Envelope(self.actor, now, command_id or _new_id())
        written = self._write(loaded, decision, envelope)
        names = tuple(s.name for s in decision.spawns)
        known = self._loaded.get(pilot_id) or self._load(pilot_id)
        return Outcome(self._view(known), tuple(written), decision.notices, names)

    def rehearsed(self, loaded: _Loaded, decision: Decision, now: datetime, *, dry_run: bool = True) -> Outcome:
        """What a decision would do, without writing it."""
        context = Context(loaded.book, loaded.pilot, now, self.calendar, self.actor)
        view = PilotView(context.after(decision.events), loaded.events, now)
        envelope = Envelope(self.actor, now, "")
        would = tuple(_provisional(new, loaded, i, envelope) for i, new in enumerate(decision.events, 1))
        return Outcome(view, would, decision.notices, tuple(s.name for s in decision.spawns), dry_run=dry_run)

    def _with_counts(self, loaded: _Loaded, decision: Decision, now: datetime) -> Decision:
        """When a command moves a window, what is counted in it moves with it, in the same step."""
        if not loaded.pilot.live_imports:
            return decision
        from engine.results.counting import moves_windows
        from engine.service.ledger import count_again

        if not moves_windows(loaded.book, (e.data["field"] for e in decision.events if e.type == "field_set")):
            return decision
        context = Context(loaded.book, loaded.pilot, now, self.calendar, self.actor).after(decision.events)
        return replace(decision, events=(*decision.events, *count_again(self, context)))

    def _with_checks(self, loaded: _Loaded, decision: Decision, now: datetime) -> Decision:
        """When a command changes a text that goes out, it is checked in the same step."""
        if not loaded.book.content or not decision.events:
            return decision
        from engine.content_checks import check_events

        context = Context(loaded.book, loaded.pilot, now, self.calendar, self.actor).after(decision.events)
        return replace(decision, events=(*decision.events, *check_events(self.checker, context)))

    def check_content(self, pilot_id: str, loaded: _Loaded | None = None) -> Outcome | None:
        """Check contents that were not checked as they stand or whose check is over; None when there are none."""
        loaded = loaded or self._load(pilot_id)
        if not loaded.book.content or loaded.pilot.status == "finished":
            return None
        from engine.content_checks import check_events

        context = Context(loaded.book, loaded.pilot, self.now, self.calendar, SYSTEM)
        events = check_events(self.checker, context)
        if not events:
            return None
        written = self._write(loaded, Decision(events), Envelope(SYSTEM, context.now, _new_id()))
        return Outcome(self._view(self._load(pilot_id)), tuple(written))

    system = SYSTEM

    @staticmethod
    def new_id() -> str:
        return _new_id()

    def attachment(self, path: Path) -> c.Attachment:
        """Look at a file somebody wants to attach: name, hash, size. Raises UserError when it cannot be taken."""
        return self.workspace.inspect(path)

    def attach(self, ref: str | None, path: Path, *, task: str | None = None, field: str | None = None) -> Outcome:
        return self.run(ref, c.Attach(self.attachment(path), task, field), files=(path,))

    def undo(self, ref: str | None, reason: str, command: str | None = None) -> Outcome:
        """Take back the last command, or the named one (its id, or `#N`, the number of one of its events)."""
        from engine.process.undo import undo

        pilot_id, _ = self._id(ref)
        loaded = self._load(pilot_id)
        decision = undo(loaded.book, loaded.events, reason, command)
        envelope = Envelope(self.actor, self.now, _new_id())
        if loaded.pilot.live_imports:
            # What was typed may have moved a window; what is counted follows what remains.
            from engine.service.ledger import count_again

            counted = count_again(self, self._after(loaded, decision, envelope))
            decision = replace(decision, events=(*decision.events, *counted))
        written = self._write(loaded, decision, envelope)
        return Outcome(self._view(self._load(pilot_id)), tuple(written))

    def erase(self, ref: str | None, item: str, reason: str) -> Outcome:
        """Delete content for good and leave a tombstone; the log still verifies."""
        from engine.process.erase import erase

        pilot_id, _ = self._id(ref)
        loaded = self._load(pilot_id)
        erasure = erase(loaded.book, loaded.events, item, reason)
        now = self.now
        decision = Decision((erasure.event,))
        append = self._batch(loaded, decision, Envelope(self.actor, now, _new_id()))
        digests = [d for n in erasure.evidence if (d := self.store.evidence_hash(pilot_id, n))]
        written = self.store.erase(Erasing(erasure.contents, erasure.evidence, append))
        for digest in digests:
            # Two pieces of evidence may have the same content; the file goes with the last of them.
            if not self.store.holds_file(digest):
                self.workspace.evidence_file(digest).unlink(missing_ok=True)
        self._forget(pilot_id)
        return Outcome(self._view(self._load(pilot_id)), tuple(written))

    def evidence_path(self, ref: str | None, number: int) -> Path | None:
        """The file behind a piece of evidence; None when it was erased."""
        digest = self.store.evidence_hash(self.find(ref).pilot, number)
        return self.workspace.evidence_file(digest) if digest else None

    def verify(self, ref: str | None = None, progress: Progress | None = None) -> list[LogProblem]:
        """What is wrong with the log (of one pilot, or of all): an empty list when nothing is. Files are checked too."""
        pilot_id = self.find(ref).pilot if ref else None
        found = self.store.verify(pilot_id, progress)
        for pilot, number, digest in self.store.evidence_files(pilot_id):
            file = self.workspace.evidence_file(digest)
            if not file.is_file():
                found.append(LogProblem(pilot, 0, "file-missing", f"E{number}"))
            elif self.workspace.hash_of(file) != digest:
                found.append(LogProblem(pilot, 0, "file-changed", f"E{number}"))
        return found

    def settle_all(self) -> list[Outcome]:
        """Settle timers that are due, count ledgers anew, judge the rules on numbers, in every pilot. Safe to call from a scheduler at any time."""
        now = self.now
        found = []
        for row in self.store.rows():
            if row.status == "finished":
                continue
            if row.status == "running" and row.timer is not None and row.timer <= now:
                outcome = self._settle(row.pilot)
                if outcome is not None:
                    found.append(outcome)
            book = self._book(row.pin)
            if book.content and (outcome := self.check_content(row.pilot)) is not None:
                found.append(outcome)
            if book.rules or book.counted:
                from engine.service.ledger import recounted

                outcome = recounted(self, row.pilot)
                if outcome is not None:
                    found.append(outcome)
        return found

    # -- how it is done

    def _id(self, ref: str | None) -> tuple[str, int]:
        """The id and the number of the last event, without reading the pilot's row where the name is exact."""
        found = self.store.find_id(ref) if ref else None
        if found is None:
            row = self.find(ref)
            found = row.pilot, row.seq
        return found

    def _settle(self, pilot_id: str, loaded: _Loaded | None = None) -> Outcome | None:
        loaded = loaded or self._load(pilot_id)
        if loaded.pilot.status != "running" or not _has_timers(loaded):
            return None
        context = Context(loaded.book, loaded.pilot, self.now, self.calendar, SYSTEM)
        decision = settle(context)
        if not decision.events:
            return None
        written = self._write(loaded, decision, Envelope(SYSTEM, context.now, _new_id()))
        return Outcome(self._view(self._load(pilot_id)), tuple(written), decision.notices)

    def _write(self, loaded: _Loaded, decision: Decision, envelope: Envelope, retries: int = 3) -> list[Event]:
        after = self._after(loaded, decision, envelope)
        batches = [_append(loaded, decision, envelope, after)]
        for spawn in decision.spawns:
            child, rest = self._child(loaded.pilot.id, spawn, envelope)
            batches[0] = self._linked(batches[0], loaded, child, spawn, envelope)
            batches.extend(rest)
        outcome = next((e.data["outcome"] for e in decision.events if e.type == "finished"), None)
        if outcome is not None:
            for other in {loaded.pilot.parent, loaded.pilot.origin} - {None}:
                assert other is not None
                news = c.RecordLinkFinished(loaded.pilot.id, outcome)
                batch = self._more(other, news, replace(envelope, actor=SYSTEM))
                if batch.events:
                    batches.append(batch)
        try:
            written = self.store.append(batches)
        except Conflict as conflict:
            self._forget(*(b.pilot for b in batches))
            if conflict.pilot != loaded.pilot.id and retries:
                # Only the news for another pilot came too late; that is worked out anew.
                return self._write(loaded, decision, envelope, retries - 1)
            raise
        self._remember(loaded, written[0], after.pilot)
        self._forget(*(b.pilot for b in batches[1:]))
        return written[0]

    def _batch(self, loaded: _Loaded, decision: Decision, envelope: Envelope) -> Append:
        return _append(loaded, decision, envelope, self._after(loaded, decision, envelope))

    def _after(self, loaded: _Loaded, decision: Decision, envelope: Envelope) -> Context:
        """The pilot as it will be once this is written."""
        context = Context(loaded.book, loaded.pilot, envelope.at, self.calendar, envelope.actor)
        events = decision.events
        after = context.after(events)
        if any(e.type == "undone" for e in events):
            # Taking back is not a step forward: the state is folded anew without what was taken back.
            provisional = [_provisional(n, loaded, i, envelope) for i, n in enumerate(events, 1)]
            after = replace(context, pilot=fold((*loaded.events, *provisional)))
        return after

    def _more(self, pilot_id: str, command: c.Command, envelope: Envelope) -> Append:
        """A batch for another pilot, in the same transaction."""
        loaded = self._load(pilot_id)
        decision = decide(loaded.book, loaded.pilot, command, envelope.at, self.calendar, envelope.actor)
        return self._batch(loaded, decision, envelope)

    def _starting(self, book: Playbook, decision: Decision, envelope: Envelope) -> list[Append]:
        """The batches that start a pilot and, recursively, the children its first stages ask for."""
        first = decision.events[0]
        event = Event(1, "started", envelope.at, envelope.actor, envelope.command, first.data)
        pilot = apply(None, event)
        context = Context(book, pilot, envelope.at, self.calendar, envelope.actor)
        events: list[NewEvent] = list(decision.events)
        rest: list[Append] = []
        for spawn in decision.spawns:
            child, more = self._child(pilot.id, spawn, envelope)
            events.append(_link_event(child, spawn))
            rest.extend(more)
        after = context.after(events[1:])
        return [Append(pilot.id, 0, tuple(events), envelope, summarise(after)), *rest]

    def _next(self, book: Playbook, first: Append, command: c.Command) -> list[Append]:
        """The batch of one more command on top of one that is not written yet; none where it changes nothing."""
        given = first.envelope
        events = tuple(
            Event(n, e.type, given.at, given.actor, given.command, e.data, e.texts)
            for n, e in enumerate(first.events, 1)
        )
        loaded = _Loaded(book, fold(events), events)
        decision = decide(book, loaded.pilot, command, given.at, self.calendar, self.actor)
        decision = self._with_checks(loaded, decision, given.at)
        return [self._batch(loaded, decision, replace(given, command=_new_id()))] if decision.events else []

    def _child(self, parent: str, spawn: Spawn, envelope: Envelope) -> tuple[str, list[Append]]:
        book, pin = self._pin(spawn.playbook)
        name = self._unique_name(spawn.name)
        command = c.Start(_new_id(), name, pin, self.calendar.today(envelope.at), parent=parent)
        decision = decide(book, None, command, envelope.at, self.calendar, envelope.actor)
        return command.pilot, self._starting(book, decision, envelope)

    def _linked(self, batch: Append, loaded: _Loaded, child: str, spawn: Spawn, envelope: Envelope) -> Append:
        events = (*batch.events, _link_event(child, spawn))
        context = Context(loaded.book, loaded.pilot, envelope.at, self.calendar, envelope.actor)
        return replace(batch, events=events, row=summarise(context.after(events)))

    def free_name(self, name: str) -> None:
        """Raises UserError `name-taken`."""
        taken = [row for row in self.store.find(name) if row.name.strip().casefold() == name.strip().casefold()]
        if taken:
            raise UserError(
                "name-taken",
                say("已经有名为“{name}”的试点", "there is a pilot named '{name}' already", name=name),
                say("换一个名称，例如“{name}2”", "choose another name, such as '{name}2'", name=name),
            )

    def _unique_name(self, name: str) -> str:
        taken = {row.name for row in self.store.rows()}
        number, free = 2, name
        while free in taken:
            free, number = f"{name}{number}", number + 1
        return free

    def _pin(self, target: str) -> tuple[Playbook, str]:
        from engine.load import load

        loaded = load(target, folder=self.workspace.root, language=current_language())
        digest = self.store.put_pin(loaded.bundle.to_json())
        return loaded.playbook, digest

    def _book(self, pin: str) -> Playbook:
        key = (pin, current_language())
        if key not in self._books:
            from engine.load import Bundle, unpack

            self._books[key] = unpack(Bundle.from_json(self.store.pin(pin)), current_language())
        return self._books[key]

    def _load(self, pilot_id: str, seq: int | None = None) -> _Loaded:
        """The pilot as it stands; `seq` is the number of its last event where the caller has just read it."""
        known = self._loaded.get(pilot_id)
        if known is not None and known.pilot.seq == (self.store.seq(pilot_id) if seq is None else seq):
            return known
        events = tuple(self.store.history(pilot_id))
        pilot = fold(events)
        loaded = self._loaded[pilot_id] = _Loaded(self._book(pilot.pin), pilot, events)
        return loaded

    def _remember(self, loaded: _Loaded, written: Sequence[Event], ahead: Pilot) -> None:
        """Fold on instead of reading the whole log again, except after an undo.

        `ahead` was folded before writing; it is the same unless the store added something: hashes of files, other events.
        """
        if any(e.type == "undone" for e in written) or written[0].seq != loaded.pilot.seq + 1:
            self._forget(loaded.pilot.id)
            return
        pilot: Pilot = loaded.pilot
        if ahead.seq == written[-1].seq and not any(e.type == "attached" for e in written):
            pilot = ahead
        else:
            for event in written:
                pilot = apply(pilot, event)
        self._loaded[pilot.id] = _Loaded(loaded.book, pilot, (*loaded.events, *written))

    def _forget(self, *pilots: str | None) -> None:
        for pilot in pilots:
            if pilot is not None:
                self._loaded.pop(pilot, None)


def _append(loaded: _Loaded, decision: Decision, envelope: Envelope, after: Context) -> Append:
    return Append(loaded.pilot.id, loaded.pilot.seq, tuple(decision.events), envelope, summarise(after))


def _new_id() -> str:
    return os.urandom(8).hex()


def _has_timers(loaded: _Loaded) -> bool:
    stages = loaded.book.all_stages
    return bool(loaded.book.expiring) or any(
        stages[s].timers for leaf in loaded.pilot.at for s in (leaf, *loaded.book.ancestors(leaf))
    )


def _provisional(new: NewEvent, loaded: _Loaded, offset: int, envelope: Envelope) -> Event:
    seq = loaded.pilot.seq + offset
    return Event(seq, new.type, envelope.at, envelope.actor, envelope.command, new.data, new.texts)


def _link_event(child: str, spawn: Spawn) -> NewEvent:
    data = {"relation": "child", "pilot": child, "playbook": spawn.playbook, "name": spawn.name}
    return NewEvent("linked", data)


__all__ = ["SYSTEM", "Desk"]
