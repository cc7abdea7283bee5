"""`playbook start`: a pilot begins. It keeps the playbook's text as it is now, whatever happens to the file later."""

from __future__ import annotations

from engine.commands._frame import argument, option, verb
from engine.commands._pilot import by_title, pairs
from engine.commands._session import Session
from engine.commands._shared import parse_day, people, show_outcome
from engine.model import Playbook
from engine.text import say


@verb(
    "start",
    say("启动一个试点", "Start a pilot"),
    argument(
        "target",
        say("方案", "PLAYBOOK"),
        say("方案的 id 或文件（playbook list 列出）", "a playbook's id or file (`playbook list` shows them)"),
    ),
    argument("name", say("名称", "NAME"), say("给试点起的名字，例如“眼科试点”", "what to call this pilot")),
    option(
        "--on",
        "day",
        metavar=say("日期", "DATE"),
        help=say("从哪一天开始（默认今天）", "the day it starts (default: today)"),
    ),
    option(
        "--set",
        "values",
        multiple=True,
        metavar=say("字段=内容", "FIELD=VALUE"),
        help=say("一开始就填好的字段", "a field to fill in at once"),
    ),
    option(
        "--assign",
        "roles",
        multiple=True,
        metavar=say("角色=姓名、姓名", "ROLE=NAMES"),
        help=say("一开始就安排的人员", "people to assign at once"),
    ),
    option("--from", "origin", metavar=say("试点", "PILOT"), help=say("由哪个试点推广而来", "the pilot it replicates")),
    option("--parent", metavar=say("试点", "PILOT"), help=say("属于哪个上级试点", "the pilot it is part of")),
    examples=(
        "start four-step-pilot 眼科试点",
        "start four-step-pilot 骨科试点 --on 2026-03-02 --assign ops_lead=王蕾 --from 眼科试点",
    ),
)
def command(
    session: Session,
    target: str,
    name: str,
    day: str | None,
    values: tuple[str, ...],
    roles: tuple[str, ...],
    origin: str | None,
    parent: str | None,
) -> int:
    from engine.service.views import Outcome

    desk = session.desk()
    given = pairs(values)
    assigned = {role: people([names]) for role, names in pairs(roles, say("角色=姓名", "ROLE=NAMES")).items()}
    if given or assigned:
        book = _book(session, target)
        given = by_title(given, {f.id: f.title for f in book.fields.values()})
        titles = {r.title: r.id for r in book.roles.values()}
        assigned = {titles.get(role, role): names for role, names in assigned.items()}
    view = desk.start(
        target,
        name,
        day=parse_day(day, desk.calendar.today(desk.now)),
        values=given,
        people=assigned,
        origin=origin,
        parent=parent,
    )
    return show_outcome(session, Outcome(view, view.events))


def _book(session: Session, target: str) -> Playbook:
    from engine.load import load

    return load(target, folder=session.desk().workspace.root).playbook
