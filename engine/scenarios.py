"""Scenarios: tests as data. Each case starts a pilot in memory, gives it commands and says what must come of it.

Runs on the pure core: no store, no clock, no files. A step that fails points at its line in the scenario file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.calendar import Calendar
from engine.errors import NOWHERE, Place, PlaybookError, Problem, UserError
from engine.frozen import cached, frozen
from engine.model import Playbook
from engine.pilot.blockers import Blocker, Refused
from engine.pilot.events import Event, NewEvent
from engine.pilot.fold import apply, fold
from engine.pilot.state import Pilot
from engine.pilot.values import show
from engine.process import Context, Decision, decide
from engine.process import commands as c
from engine.process.advance import next_blockers, settle
from engine.process.undo import undo
from engine.text import Message, join, listed, say

if TYPE_CHECKING:
    from engine.content_checks import Checker
    from engine.results.sums import Sums
    from engine.scenario_ledger import ScenarioLedger

_AT = time(9, 0)  # a day's steps happen at nine in the morning unless the step names an hour
_ACTOR = "测试"


@frozen
class CaseResult:
    """One case: passed when `problems` is empty; each problem has the place of the step that failed."""

    name: str
    place: Place
    problems: tuple[Problem, ...] = ()

    @property
    def passed(self) -> bool:
        return not self.problems


class _Failed(Exception):
    def __init__(self, message: Message, hint: Message | None = None, key: tuple[str | int, ...] = ()) -> None:
        super().__init__(message.en)
        self.message, self.hint, self.key = message, hint, key


def run_file(path: Path, *, calendar: Calendar, folder: Path | None = None) -> list[CaseResult]:
    """Run every case of a scenario file. Raises PlaybookError when the file or its playbook cannot be read."""
    from engine.load import load
    from engine.schema import validate
    from engine.source import parse, read_text

    text = read_text(path)
    source = parse(text, str(path))
    problems = validate(source, "scenarios")
    if problems:
        raise PlaybookError(problems, {source.file: text})
    beside = path.parent / str(source.data["scenarios"])
    book = load(beside if beside.exists() else source.data["scenarios"], folder=folder).playbook
    results = []
    for number, case in enumerate(source.data["cases"]):
        place = source.values.get(("cases", number), NOWHERE)

        def where(*path: str | int, case: int = number) -> Place:
            key: tuple[str | int, ...] = ("cases", case, *path)
            while key and key not in source.values:
                key = key[:-1]
            return source.keys.get(key) or source.values.get(key, NOWHERE)

        results.append(CaseResult(case["name"], place, tuple(run_case(book, case, calendar, where, path.parent))))
    return results


def run_case(
    book: Playbook, case: Mapping[str, Any], calendar: Calendar, where: Callable[..., Place], folder: Path = Path()
) -> Iterable[Problem]:
    """Problems of one case, in order; it stops at the first step whose command fails, since later ones rest on it."""
    yield from _problems(_Runner(book, calendar, folder), case, where)


@frozen
class Played:
    """A case as its last step left it; `sums` answers from its ledger. With `problems` it did not come to its end."""

    context: Context
    events: tuple[Event, ...]
    sums: Sums
    problems: tuple[Problem, ...] = ()


def play_case(
    book: Playbook, case: Mapping[str, Any], calendar: Calendar, folder: Path = Path(), actor: str = _ACTOR
) -> Played:
    """Play a case and keep what came of it, for whoever makes papers of sample data. `actor` does what no `as` names."""
    from engine.results.sums import NoLedger
    from engine.scenario_ledger import PILOT

    runner = _Runner(book, calendar, folder, actor)
    problems = tuple(_problems(runner, case, lambda *_: NOWHERE))
    context = runner.context()
    sums: Sums = runner.ledger.store.ledger.of(PILOT) if context.pilot.live_imports else NoLedger()
    return Played(context, tuple(runner.events), sums, problems)


def _problems(runner: _Runner, case: Mapping[str, Any], where: Callable[..., Place]) -> Iterable[Problem]:
    steps: list[tuple[tuple[str | int, ...], Mapping[str, Any]]] = [(("start",), {"start": case.get("start") or {}})]
    steps += [(("steps", i), step) for i, step in enumerate(case.get("steps") or ())]
    for path, step in steps:
        try:
            runner.step(step)
        except _Failed as failed:
            yield Problem(where(*path, *failed.key), "scenario", failed.message, failed.hint)
            if "expect" not in step:
                return
        except UserError as error:
            yield Problem(where(*path), "scenario", error.message, error.hint)
            return


class _Runner:
    def __init__(self, book: Playbook, calendar: Calendar, folder: Path, actor: str = _ACTOR) -> None:
        self.book, self.calendar = book, calendar
        self.actor = actor
        self.now = datetime.combine(date(2026, 1, 5), _AT, calendar.zone)
        self.events: list[Event] = []
        self.pilot: Pilot | None = None
        self.count = 0
        self.folder = folder
        self._ledger: ScenarioLedger | None = None

    @property
    def ledger(self) -> ScenarioLedger:
        if self._ledger is None:
            from engine.scenario_ledger import ScenarioLedger

            self._ledger = ScenarioLedger(self.book)
        return self._ledger

    @property
    def today(self) -> date:
        return self.calendar.today(self.now)

    def recount(self) -> None:
        """What `tick` does on a pilot with a ledger: count anew, judge the rules."""
        if self._ledger is not None and self.pilot is not None:
            self.do(self._ledger.recount(self.pilot, self.today))

    def step(self, step: Mapping[str, Any]) -> None:
        if "on" in step:
            self.move_clock(str(step["on"]))
        previous = self.actor
        self.actor = str(step.get("as", previous))
        try:
            for kind, handler in _STEPS.items():
                if kind in step and not (kind == "set" and "done" in step):
                    self._expecting(step, lambda h=handler: h(self, step))  # type: ignore[misc]
        finally:
            self.actor = previous

    def _expecting(self, step: Mapping[str, Any], act: Callable[[], None]) -> None:
        wanted = [str(w) for w in step.get("refused", ())]
        try:
            act()
        except Refused as refusal:
            if not wanted:
                raise _Failed(
                    say("这一步被拒绝了：{why}", "this step was refused: {why}", why=_listed(refusal.blockers))
                ) from None
            _compare_refusals(wanted, refusal.blockers)
            return
        if wanted:
            raise _Failed(
                say(
                    "这一步本该被拒绝（{w}），却通过了",
                    "this step should have been refused ({w}) but went through",
                    w=listed(wanted),
                ),
                key=("refused",),
            )

    def context(self) -> Context:
        assert self.pilot is not None
        return Context(self.book, self.pilot, self.now, self.calendar, self.actor)

    def do(self, command: c.Command) -> None:
        self.write(decide(self.book, self.pilot, command, self.now, self.calendar, self.actor))

    def write(self, decision: Decision) -> None:
        self.count += 1
        for new in decision.events:
            self._append(new)
        self._recheck()
        for spawn in decision.spawns:
            self._append(
                NewEvent(
                    "linked",
                    {
                        "relation": "child",
                        "pilot": f"child:{spawn.name}",
                        "playbook": spawn.playbook,
                        "name": spawn.name,
                    },
                )
            )

    def _recheck(self) -> None:
        """What goes out is checked whenever it changes, as in a workspace."""
        if not self.book.content or self.pilot is None or self.pilot.status == "finished":
            return
        from engine.content_checks import check_events

        for new in check_events(self.checker, self.context()):
            self._append(new)

    @cached
    def checker(self) -> Checker:
        from functools import cache

        from engine.compliance import load_pack
        from engine.content_checks import Checker

        # A scenario's files are names without content: there is nothing to read in them.
        return Checker(
            cache(lambda ref: load_pack(ref, folder=self.folder)), lambda _pilot, evidence: str(evidence.name)
        )

    def _append(self, new: NewEvent) -> None:
        event = Event(len(self.events) + 1, new.type, self.now, self.actor, f"step-{self.count}", new.data, new.texts)
        self.events.append(event)
        self.pilot = fold(self.events) if new.type == "undone" else apply(self.pilot, event)

    def move_clock(self, text: str) -> None:
        day, _, hour = text.strip().partition(" ")
        try:
            at = time.fromisoformat(hour) if hour else _AT
            moment = datetime.combine(date.fromisoformat(day), at, self.calendar.zone)
        except ValueError:
            raise _Failed(
                say("“{text}”不是日期（2026-03-02）", "'{text}' is not a date (2026-03-02)", text=text), key=("on",)
            ) from None
        if self.events and moment < self.now:
            raise _Failed(say("时间不能倒退", "the clock cannot go back"), key=("on",))
        self.now = moment
        if self.pilot is not None and self.pilot.status == "running":
            self.write(settle(self.context()))
            self.recount()
            self._recheck()


def _listed(blockers: Iterable[Blocker]) -> Message:
    told = [say("{m}（{i}/{c}）", "{m} ({i}/{c})", m=b.message, i=b.item, c=b.code) for b in blockers]
    return join(told, "；", "; ")


def _compare_refusals(wanted: list[str], blockers: tuple[Blocker, ...]) -> None:
    """Exactly these: every wanted name meets a blocker (by item or code), every blocker a wanted name."""
    unmet = [w for w in wanted if not any(w in (b.item, b.code) for b in blockers)]
    extra = [b for b in blockers if not any(w in (b.item, b.code) for w in wanted)]
    if unmet or extra:
        parts = []
        if unmet:
            parts.append(say("没有因“{w}”被拒绝", "not refused for '{w}'", w=listed(unmet)))
        if extra:
            parts.append(say("另外还因这些被拒绝：{x}", "refused for more: {x}", x=_listed(extra)))
        raise _Failed(
            say("{a}", "{a}", a=join(parts, "；", "; ")),
            key=("refused",),
        )


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "、".join(str(v) for v in value) if isinstance(value, list) else str(value)


def _texts(values: Mapping[str, Any]) -> dict[str, str]:
    return {str(k): _as_text(v) for k, v in values.items()}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _start(run: _Runner, step: Mapping[str, Any]) -> None:
    given = step["start"]
    run.actor = str(given.get("as", run.actor))
    if "on" in given:
        run.move_clock(str(given["on"]))
    command = c.Start(
        pilot="scenario",
        name=str(given.get("name", "测试试点")),
        pin="",
        day=run.now.date(),
        values=_texts(given.get("set", {})),
        people={role: tuple(map(str, _list(names))) for role, names in given.get("assign", {}).items()},
    )
    run.do(command)


def _assign(run: _Runner, step: Mapping[str, Any]) -> None:
    for kind in ("assign", "unassign"):
        for role, names in step.get(kind, {}).items():
            run.do(c.Assign(role, tuple(map(str, _list(names))), remove=kind == "unassign"))


def _set(run: _Runner, step: Mapping[str, Any]) -> None:
    _set_fields(run, step)
    run.recount()


def _set_fields(run: _Runner, step: Mapping[str, Any]) -> None:
    run.do(c.SetFields(_texts(step["set"])))


def _add(run: _Runner, step: Mapping[str, Any]) -> None:
    for record, rows in step["add"].items():
        for row in _list(rows):
            run.do(c.AddRow(record, _texts(row)))


def _edit(run: _Runner, step: Mapping[str, Any]) -> None:
    for record, rows in step["edit"].items():
        for number, values in rows.items():
            run.do(c.EditRow(record, int(number), _texts(values)))


def _remove(run: _Runner, step: Mapping[str, Any]) -> None:
    for record, rows in step["remove"].items():
        for number in _list(rows):
            run.do(c.RemoveRow(record, int(number)))


def _done(run: _Runner, step: Mapping[str, Any]) -> None:
    """Evidence that a task demands is supplied as a file of the same name, unless the step says `evidence: none`."""
    for name in _list(step["done"]):
        task = run.book.tasks.get(str(name).partition("@")[0])
        files = any(f in run.book.fields and run.book.fields[f].type == "file" for f in (task.sets if task else ()))
        wants = task is not None and (task.evidence == "required" or files) and step.get("evidence") != "none"
        file = c.Attachment(f"{name}.pdf", "0" * 64, 1024, "application/pdf")
        run.do(
            c.CompleteTask(
                str(name),
                _texts(step.get("set", {})),
                str(step.get("signed_by", "")),
                (file,) if wants else (),
            )
        )
    if "set" in step:
        run.recount()


def _begin(run: _Runner, step: Mapping[str, Any]) -> None:
    for name in _list(step["begin"]):
        run.do(c.BeginTask(str(name)))


def _skip(run: _Runner, step: Mapping[str, Any]) -> None:
    for name in _list(step["skip"]):
        run.do(c.SkipTask(str(name), str(step.get("reason", ""))))


def _reopen(run: _Runner, step: Mapping[str, Any]) -> None:
    for name in _list(step["reopen"]):
        run.do(c.ReopenTask(str(name), str(step.get("reason", ""))))


def _waive(run: _Runner, step: Mapping[str, Any]) -> None:
    for content, rules in step["waive"].items():
        for rule in _list(rules):
            run.do(c.Waive(content, str(rule), str(step.get("reason", ""))))


def _advance(run: _Runner, step: Mapping[str, Any]) -> None:
    run.do(c.Advance(str(step["advance"] or "next"), str(step.get("reason", "")), step.get("stage")))


def _final(run: _Runner, step: Mapping[str, Any]) -> None:
    for name in _list(step["final"]):
        run.do(c.Finalise(str(name), "0" * 64, 0))


def _note(run: _Runner, step: Mapping[str, Any]) -> None:
    run.do(c.AddNote(str(step["note"])))


def _attach(run: _Runner, step: Mapping[str, Any]) -> None:
    for target, file in step["attach"].items():
        attachment = c.Attachment(Path(str(file)).name, "0" * 64, 1024, "application/pdf")
        field = target if target in run.book.fields else None
        run.do(c.Attach(attachment, None if field else str(target), field))


def _successor(run: _Runner, step: Mapping[str, Any]) -> None:
    for name in _list(step["successor"]):
        run.do(c.RecordLink("successor", f"successor:{name}", run.book.id, str(name)))


def _child(run: _Runner, step: Mapping[str, Any]) -> None:
    given = step["child"]
    assert run.pilot is not None
    name = str(given["name"])
    link = next(
        (k for k in run.pilot.links if k.relation == "child" and (k.name == name or k.name.endswith(f"·{name}"))), None
    )
    if link is None:
        run.do(c.RecordLink("child", f"child:{name}", str(given.get("playbook", "")), name))
    if given.get("outcome"):
        run.do(c.RecordLinkFinished(link.pilot if link else f"child:{name}", str(given["outcome"])))


def _import(run: _Runner, step: Mapping[str, Any]) -> None:
    run.do(run.ledger.take_file(run.folder / str(step["import"]), run.today))
    run.recount()


def _ledger(run: _Runner, step: Mapping[str, Any]) -> None:
    run.do(run.ledger.take_rows(_list(step["ledger"]), run.today))
    run.recount()


def _undo(run: _Runner, step: Mapping[str, Any]) -> None:
    run.write(undo(run.book, run.events, str(step.get("reason", ""))))


def _expect(run: _Runner, step: Mapping[str, Any]) -> None:  # noqa: C901, PLR0912 - one case per key
    context = run.context()
    pilot = context.pilot
    for key, wanted in step["expect"].items():
        path: tuple[str | int, ...] = ("expect", key)
        if key == "stage":
            _same(path, sorted(map(str, _list(wanted))), sorted(pilot.at))
        elif key == "status":
            _same(path, wanted, pilot.status)
        elif key == "outcome":
            _same(path, wanted, pilot.outcome)
        elif key == "blocked_by":
            _compare_blocked(path, [str(w) for w in wanted], next_blockers(context))
        elif key in ("done", "open"):
            statuses = {v.key: v.is_open for v in context.views}
            for task in _list(wanted):
                if task not in statuses:
                    raise _Failed(say("没有任务“{t}”", "no task '{t}'", t=task), key=path)
                _same((*path, task), key == "open", statuses[task], subject=str(task))
        elif key == "due":
            dues = {v.key: v.due.date().isoformat() if v.due else None for v in context.views}
            for task, day in wanted.items():
                _same((*path, task), None if day is None else str(day), dues.get(task), subject=task)
        elif key == "fields":
            for name, text in wanted.items():
                value = pilot.fields.get(name)
                _same(
                    (*path, name),
                    _as_text(text),
                    "" if value is None else show(run.book.fields[name], value),
                    subject=name,
                )
        elif key == "firing":
            fired = [f"{rule}@{group}" if group else rule for rule, group in pilot.firings]
            _same(path, sorted(map(str, _list(wanted))), sorted(fired))
        elif key == "children":
            _same(path, sorted(map(str, wanted)), sorted(k.name for k in pilot.links if k.relation == "child"))


def _same(path: tuple[str | int, ...], wanted: object, found: object, subject: str = "") -> None:
    if wanted != found:
        wanted, found = _shown(wanted), _shown(found)
        raise _Failed(
            say(
                "{s}期望 {wanted}，实际是 {found}",
                "{s}expected {wanted}, found {found}",
                s=f"{subject}：" if subject else "",
                wanted=wanted,
                found=found,
            ),
            key=path,
        )


def _shown(value: object) -> object:
    return "、".join(map(str, value)) if isinstance(value, list) else "—" if value is None else value


def _compare_blocked(path: tuple[str | int, ...], wanted: list[str], blockers: tuple[Blocker, ...]) -> None:
    try:
        _compare_refusals(wanted, blockers)
    except _Failed as failed:
        raise _Failed(failed.message, failed.hint, path) from None


_STEPS: dict[str, Callable[[_Runner, Mapping[str, Any]], None]] = {
    "start": _start,
    "assign": _assign,
    "unassign": _assign,
    "set": _set,
    "add": _add,
    "edit": _edit,
    "remove": _remove,
    "attach": _attach,
    "begin": _begin,
    "done": _done,
    "skip": _skip,
    "reopen": _reopen,
    "final": _final,
    "note": _note,
    "successor": _successor,
    "child": _child,
    "waive": _waive,
    "undo": _undo,
    "import": _import,
    "ledger": _ledger,
    "advance": _advance,
    "expect": _expect,
}
