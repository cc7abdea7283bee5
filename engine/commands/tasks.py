"""`playbook tasks`: the task list of a pilot, on the screen or as a file for Word, Excel or the calendar."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.commands._frame import flag, option, pilot_option, verb, words
from engine.commands._pilot import split
from engine.commands._session import Session
from engine.commands._shared import shown
from engine.text import listed, say

if TYPE_CHECKING:
    from engine.documents.tasklist import TaskList


@verb(
    "tasks",
    say("任务清单（屏幕、Markdown、CSV、Excel、日历）", "The task list (screen, Markdown, CSV, Excel, calendar)"),
    words(say("[试点]", "[PILOT]"), say("默认为当前试点", "default: the current one")),
    pilot_option(),
    option(
        "--stage",
        default="",
        metavar=say("阶段", "STAGE"),
        help=say("只看一个阶段（id 或名称）", "one stage only (id or title)"),
    ),
    option("--role", default="", metavar=say("角色", "ROLE"), help=say("只看一个角色", "one role only")),
    option("--person", default="", metavar=say("姓名", "NAME"), help=say("只看一个人", "one person only")),
    flag("--open", "still_open", help=say("只看未完成的", "unsettled ones only")),
    option(
        "--format",
        "form",
        type=click.Choice(["md", "csv", "xlsx", "ics"]),
        help=say("写成文件：Markdown、CSV、Excel 或日历", "write a file: Markdown, CSV, Excel or calendar"),
    ),
    option(
        "--output",
        "-o",
        metavar=say("文件", "FILE"),
        help=say("文件名（默认在 papers/；- 表示打印）", "the file (default: in papers/; - prints it)"),
    ),
    examples=("tasks", "tasks --person 王蕾 --open", "tasks --format xlsx", "tasks --role 科室主任 -o 主任任务.ics"),
)
def command(
    session: Session,
    words: tuple[str, ...],
    pilot: str | None,
    stage: str,
    role: str,
    person: str,
    still_open: bool,
    form: str | None,
    output: str | None,
) -> int:
    from engine.commands._json import task_json
    from engine.documents.tasklist import Filter, task_list
    from engine.text import current_language

    ref, _ = split(session, words, pilot)
    desk = session.desk()
    view = desk.view(ref)
    tasks = task_list(
        view.book,
        view.pilot,
        desk.calendar,
        desk.now,
        language=current_language(),
        hospital=desk.workspace.settings.hospital,
        only=Filter(stage, role, person, still_open),
    )
    if form is None and output not in (None, "-"):
        form = Path(str(output)).suffix.lstrip(".").lower() or None
    if form is not None:
        if form == "xlsx":
            from engine.documents.look.read import read_look
            from engine.frozen import replace

            tasks = replace(tasks, look=read_look(desk.workspace))
        return _write(session, tasks, form, output)
    keys = {row.key for row in tasks.rows}
    session.answer({"ok": True, "pilot": view.pilot.name, "tasks": [task_json(t) for t in view.tasks if t.key in keys]})
    if not session.json:
        from engine.documents.tasklist.terminal import to_terminal

        columns = shutil.get_terminal_size().columns if sys.stdout.isatty() else 100
        session.say(to_terminal(tasks, width=columns, color=session.color).rstrip("\n"))
    return 0


def _write(session: Session, tasks: TaskList, form: str, output: str | None) -> int:
    from engine.documents.files import safe_name, write_atomically
    from engine.documents.tasklist import WRITERS
    from engine.errors import UserError

    if form not in WRITERS:
        raise UserError(
            "unknown-format",
            say("不支持的格式：{f}", "unknown format: {f}", f=form),
            say("可用的格式：{all}", "formats: {all}", all=listed(WRITERS)),
        )
    content = WRITERS[form](tasks)
    if output == "-":
        sys.stdout.buffer.write(content)
        return 0
    name = safe_name(str(say("{p}-任务清单", "{p}-tasks", p=tasks.pilot)))
    path = Path(output).expanduser() if output else session.desk().workspace.papers / f"{name}.{form}"
    write_atomically(path, content)
    session.answer({"ok": True, "file": str(path), "tasks": len(tasks.rows)})
    session.say(say("✓ {n}项任务，已写入 {p}", "✓ {n} tasks written to {p}", n=len(tasks.rows), p=shown(path)))
    session.say(*(f"  {note}" for note in tasks.notes))
    return 0
