"""`playbook assign`: people to a role, or one person to one task."""

from __future__ import annotations

from engine.commands._frame import flag, pilot_option, verb, words
from engine.commands._pilot import knows, knows_task, need, pairs, split
from engine.commands._session import Session
from engine.commands._shared import people, show_outcome, usage
from engine.text import say


@verb(
    "assign",
    say("安排人员", "Assign people"),
    words(
        say("[试点] 角色|任务 姓名… 或 角色=姓名…", "[PILOT] ROLE|TASK NAME… or ROLE=NAME…"),
        say(
            "角色的 id 或名称，或任务编号；姓名可写几个；角色=姓名 可一次写多对",
            "a role's id or title, or a task's number; several names for a role; ROLE=NAME as many as there are",
        ),
    ),
    pilot_option(),
    flag("--remove", help=say("从角色中去掉这些人", "take these people away from the role")),
    examples=(
        "assign ops_lead 王蕾",
        "assign 科室主任 李主任、周主任",
        "assign 运营负责人=王蕾 科室主任=李主任、周主任 宣传人员=周敏",
        "assign 7 小陈",
        "assign director 周主任 --remove",
    ),
)
def command(session: Session, words: tuple[str, ...], pilot: str | None, remove: bool) -> int:
    from engine.process.commands import Assign, AssignTask, Batch

    role_known, task_known = knows(session, "roles"), knows_task(session)
    several = any("=" in word or "＝" in word for word in words)
    ref, rest = split(
        session, words, pilot, least=1 if several else 2, means=lambda word: role_known(word) or task_known(word)
    )
    if several:
        given = pairs(rest, say("角色=姓名", "ROLE=NAME"))
        unnamed = [role for role, names in given.items() if not people([names])]
        if unnamed:
            raise usage(say("还缺姓名：assign {t}=姓名", "a name is missing: assign {t}=NAME", t=unnamed[0]))
        steps = tuple(Assign(role, people([names]), remove) for role, names in given.items())
        return show_outcome(session, session.desk().run(ref, Batch(steps)))
    need(2, rest, say("assign 角色 姓名", "assign ROLE NAME"))
    target, names = rest[0], people(rest[1:])
    if not names:
        raise usage(say("还缺姓名：assign {t} 姓名", "a name is missing: assign {t} NAME", t=target))
    desk = session.desk()
    roles = desk.view(ref).book.roles.values()
    if any(target in (r.id, r.title) for r in roles) or not _is_task(session, ref, target):
        return show_outcome(session, desk.run(ref, Assign(target, names, remove)))
    if remove or len(names) != 1:
        raise usage(say("一项任务指定一个人：assign {t} 姓名", "a task goes to one person: assign {t} NAME", t=target))
    return show_outcome(session, desk.run(ref, AssignTask(target, names[0])))


def _is_task(session: Session, ref: str | None, word: str) -> bool:
    from engine.errors import UserError
    from engine.pilot.view import find_task

    try:
        return bool(find_task(session.desk().view(ref).tasks, word))
    except UserError:
        # A number can only have meant a task: let that complaint be heard.
        return word.replace(".", "").isdigit()
