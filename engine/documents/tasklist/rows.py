"""The rows every form of the task list is made of: one pure function, so that all forms say the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from difflib import get_close_matches

from engine.calendar import Calendar, hour_of
from engine.documents.look import PLAIN, Look
from engine.documents.markdown import clean
from engine.errors import UserError
from engine.frozen import frozen
from engine.model import EvidenceNeed, Playbook
from engine.pilot.state import Pilot, PilotStatus, TaskStatus
from engine.pilot.values import clean as without_marks
from engine.pilot.view import TaskView, normal, task_views
from engine.text import Language, Message, listed, say


@frozen
class Filter:
    """Which tasks: of one stage (with what is nested in it), one role, one person; `still_open`: only unsettled ones.

    Stage and role are called by id or title, a person by name. Empty: no matter.
    """

    stage: str = ""
    role: str = ""
    person: str = ""
    still_open: bool = False


@frozen
class TaskRow:
    """One task as papers show it. Texts are clean: one line each, but for `help` and `done_when`.

    `due` is the day in the hospital's zone; `moment` the aware moment behind it. `waits_for` are numbers of tasks that
    come first and are not settled yet. `attached` counts the pieces of evidence there are.
    """

    number: str
    key: str
    stage: str
    stage_title: str
    title: str
    role: str
    role_title: str
    people: tuple[str, ...]
    due: date | None
    moment: datetime | None
    status: TaskStatus
    overdue: bool
    required: bool
    evidence: EvidenceNeed
    attached: int
    waits_for: tuple[str, ...]
    help: str
    done_when: str
    active: bool
    reached: bool

    @property
    def hour(self) -> str:
        """The hour at which it is due, `14:30`; empty where the day is enough."""
        return hour_of(self.moment)

    @property
    def is_open(self) -> bool:
        return self.status in ("open", "in_progress")


@frozen
class TaskList:
    """A task list with what its head says. `notes` are sentences a reader of the dates has to know."""

    pilot: str
    pilot_id: str
    playbook: str
    hospital: str
    now: datetime
    seq: int
    status: PilotStatus
    language: Language
    rows: tuple[TaskRow, ...]
    notes: tuple[Message, ...] = ()
    look: Look = PLAIN

    @property
    def day(self) -> date:
        return self.now.date()


def task_list(
    book: Playbook,
    pilot: Pilot,
    calendar: Calendar,
    now: datetime,
    *,
    language: Language = "zh",
    hospital: str = "",
    only: Filter | None = None,
    look: Look = PLAIN,
) -> TaskList:
    """The tasks of a pilot in the order of its playbook.

    Raises UserError `unknown-stage`, `unknown-role` or `unknown-person` for a filter that means nothing.
    """
    only = only or Filter()
    views = task_views(book, pilot, calendar, now)
    stages = _stages(book, only.stage)
    roles = _roles(book, only.role)
    person = _person(pilot, views, only.person)
    unsettled: dict[str, list[str]] = {}
    for view in views:
        if view.is_open:
            unsettled.setdefault(view.task.id, []).append(view.number)
    rows = tuple(
        _row(view, unsettled, calendar)
        for view in views
        if (not only.stage or view.stage in stages)
        and (not only.role or view.task.role in roles)
        and (not person or person in {normal(p) for p in view.people})
        and (not only.still_open or view.is_open)
    )
    return TaskList(
        pilot=clean(pilot.name),
        pilot_id=pilot.id,
        playbook=clean(book.title),
        hospital=clean(hospital),
        now=now.astimezone(calendar.zone),
        seq=pilot.seq,
        status=pilot.status,
        language=language,
        rows=rows,
        notes=tuple(_notes(rows, calendar)),
        look=look,
    )


def _row(view: TaskView, unsettled: Mapping[str, list[str]], calendar: Calendar) -> TaskRow:
    return TaskRow(
        number=view.number,
        key=view.key,
        stage=view.stage,
        stage_title=clean(view.stage_title),
        title=clean(view.title),
        role=view.task.role,
        role_title=clean(view.role_title),
        people=tuple(clean(p) for p in view.people),
        due=calendar.today(view.due) if view.due else None,
        moment=view.due,
        status=view.status,
        overdue=view.overdue,
        required=view.task.required,
        evidence=view.task.evidence,
        attached=sum(not e.erased for e in view.evidence),
        waits_for=tuple(n for need in view.task.needs for n in unsettled.get(need, ())) if view.is_open else (),
        help=without_marks(view.task.help).strip(),
        done_when=without_marks(view.task.done_when).strip(),
        active=view.active,
        reached=view.reached,
    )


def _notes(rows: Iterable[TaskRow], calendar: Calendar) -> Iterable[Message]:
    """Dates beyond the published calendar are an estimate, and a paper has to say so."""
    latest = max((row.due for row in rows if row.due and row.is_open), default=None)
    if latest is not None and calendar.known_until is not None and latest > calendar.known_until:
        yield say(
            "{year}年的放假调休安排尚未公布：{day}之后的截止日期按周一至周五推算，公布后可能变动",
            "public holidays and make-up days of {year} are not announced yet: due dates after {day} may still move",
            year=calendar.known_until.year + 1,
            day=calendar.known_until.isoformat(),
        )


def _stages(book: Playbook, wanted: str) -> set[str]:
    if not wanted:
        return set()
    titles = {s.id: s.title for s in book.all_stages.values()}
    found = _called(titles, wanted)
    if not found:
        raise _unknown("unknown-stage", say("阶段", "stage"), wanted, titles)
    return {s for s in book.all_stages if found & {s, *book.ancestors(s)}}


def _roles(book: Playbook, wanted: str) -> set[str]:
    if not wanted:
        return set()
    titles = {r.id: r.title for r in book.roles.values()}
    found = _called(titles, wanted)
    if not found:
        raise _unknown("unknown-role", say("角色", "role"), wanted, titles)
    return found


def _person(pilot: Pilot, views: Iterable[TaskView], wanted: str) -> str:
    if not wanted:
        return ""
    names = [*(n for people in pilot.people.values() for n in people), *(p for v in views for p in v.people)]
    known = {normal(n): n for n in names}
    if normal(wanted) not in known:
        raise _unknown("unknown-person", say("人员", "person"), wanted, dict.fromkeys(known.values(), ""))
    return normal(wanted)


def _called(titles: Mapping[str, str], wanted: str) -> set[str]:
    """The ids of that id or title; else those of which it is the one beginning (`第一步`)."""
    word = normal(wanted)
    exact = {i for i, title in titles.items() if word in (normal(i), normal(title))}
    begun = {i for i, title in titles.items() if normal(i).startswith(word) or normal(title).startswith(word)}
    return exact or (begun if len(begun) == 1 else set())


def _unknown(code: str, kind: Message, wanted: str, titles: Mapping[str, str]) -> UserError:
    by_name = {t: i for i, t in titles.items() if t} | {i: i for i in titles}
    near = [by_name[n] for n in get_close_matches(wanted, by_name, n=3, cutoff=0.5)] or list(titles)
    known = listed(say("{t}（{i}）", "{t} ({i})", t=titles[i], i=i) if titles[i] else i for i in dict.fromkeys(near))
    return UserError(
        code,
        say("没有{kind}“{name}”", "no {kind} '{name}'", kind=kind, name=wanted),
        say("有这些：{listed}", "there are: {listed}", listed=known) if near else None,
    )
