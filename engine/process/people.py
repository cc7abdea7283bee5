"""Who fills which role, who does which task."""

from __future__ import annotations

from engine.pilot.blockers import Refused
from engine.pilot.events import NewEvent
from engine.pilot.view import find_task
from engine.process.commands import Assign, AssignTask
from engine.process.context import Context, Decision, Trouble, must_run, refuse
from engine.process.fields import unknown_name
from engine.text import listed, say


def assign(context: Context, command: Assign) -> Decision:
    """Add people to a role, or take them away. A role never holds more than its upper bound."""
    must_run(context, also_on_hold=True)
    book = context.book
    role = book.roles.get(command.role) or next((r for r in book.roles.values() if r.title == command.role), None)
    if role is None:
        raise Refused((unknown_name("role", command.role, {r.id: r.title for r in book.roles.values()}),))
    trouble = Trouble()
    for name in command.people:
        trouble.text(role.id, name)
        if len(name) > 40 or not name.strip():
            trouble.add("bad-name", role.id, say("姓名应为1–40个字", "a name has 1 to 40 characters"))
    trouble.stop()
    old = context.pilot.people.get(role.id, ())
    names = tuple(dict.fromkeys(n.strip() for n in command.people))
    if command.remove:
        absent = [n for n in names if n not in old]
        if absent:
            raise refuse(
                "not-assigned",
                role.id,
                say("“{role}”里没有：{names}", "not in '{role}': {names}", role=role.title, names=listed(absent)),
            )
        new = tuple(n for n in old if n not in names)
    else:
        new = tuple(dict.fromkeys((*old, *names)))
    if role.count.maximum is not None and len(new) > role.count.maximum:
        raise refuse(
            "too-many-people",
            role.id,
            say(
                "“{role}”最多{n}人，这样会有{count}人：{names}",
                "'{role}' takes at most {n} people; this would make {count}: {names}",
                role=role.title,
                n=role.count.maximum,
                count=len(new),
                names=listed(new),
            ),
            commands=tuple(f"assign {role.id} {n} --remove" for n in old),
        )
    if new == old:
        return Decision(())
    return Decision((NewEvent("assigned", {"role": role.id, "people": list(new)}),))


def assign_task(context: Context, command: AssignTask) -> Decision:
    """Name the person who does this one task, in place of everyone who fills its role."""
    must_run(context, also_on_hold=True)
    view = find_task(context.views, command.task)
    trouble = Trouble()
    trouble.text(view.key, command.person)
    trouble.stop()
    return Decision((NewEvent("task_assigned", {"task": view.key, "person": command.person.strip()}),))
