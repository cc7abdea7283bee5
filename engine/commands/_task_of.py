"""The task behind a field or a file: what `set` and `attach` offer to finish."""

from __future__ import annotations

from collections.abc import Iterable

from engine.commands._session import Session
from engine.errors import UserError
from engine.pilot.view import TaskView
from engine.service.views import PilotView
from engine.text import say


def task_asking(view: PilotView, field: str) -> TaskView:
    """The open task that asks for this field. Raises UserError `no-task`."""
    found = [t for t in view.tasks if field in t.task.sets and t.is_open and t.reached]
    if not found:
        raise UserError(
            "no-task",
            say("没有等着填写“{field}”的任务", "no open task asks for '{field}'", field=field),
            say("去掉 --done 再试一次", "try again without --done"),
        )
    return next((t for t in found if t.active), found[0])


def offer_task(session: Session, view: PilotView, fields: Iterable[str] = (), task: str | None = None) -> None:
    """Say which tasks have now all they ask for, with the command that finishes them."""
    from engine.commands._failure import pilot_suffix
    from engine.pilot.blockers import command_words
    from engine.process.supply import done_command

    if view.pilot.status != "running":
        return
    names = set(fields)
    for found in view.tasks:
        if not (found.is_open and found.active and found.available):
            continue
        if found.key != task and not names & set(found.task.sets):
            continue
        command = done_command(view.context, found)
        words = (
            say("任务 {n}“{title}”做完了吗？", "is task {n} '{title}' done?", n=found.number, title=found.title)
            if command == f"done {found.number}"
            else say(
                "任务 {n}“{title}”做完时还要写上：",
                "when task {n} '{title}' is done, it asks for more:",
                n=found.number,
                title=found.title,
            )
        )
        session.say(f"{words} playbook {command_words(command)}{pilot_suffix(session)(command)}")
