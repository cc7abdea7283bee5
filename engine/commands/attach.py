"""`playbook attach`: a file is copied into the workspace as evidence."""

from __future__ import annotations

from engine.commands._frame import flag, pilot_option, verb, words
from engine.commands._pilot import knows, knows_task, need, split
from engine.commands._session import Session
from engine.commands._shared import existing_file, show_outcome, usage
from engine.commands._task_of import offer_task, task_asking
from engine.errors import UserError
from engine.service.views import PilotView
from engine.text import entitled, listed, say


@verb(
    "attach",
    say("附上证据文件", "Attach a file as evidence"),
    words(
        say("[试点] [任务|字段] 文件", "[PILOT] [TASK|FIELD] FILE"),
        say(
            "任务编号或文件类字段；都不写就附在试点上",
            "a task's number or a file field; neither: for the pilot as a whole",
        ),
    ),
    pilot_option(),
    flag("--done", help=say("同时完成这项任务", "also complete the task")),
    examples=("attach 1 授权书.pdf", "attach 现场照片.jpg", "attach signed_page 签字页.pdf --done"),
)
def command(session: Session, words: tuple[str, ...], pilot: str | None, done: bool) -> int:
    from engine.process.commands import Attach, Batch, CompleteTask

    field_known, task_known = knows(session, "fields"), knows_task(session)
    ref, rest = split(session, words, pilot, least=1, means=lambda w: field_known(w) or task_known(w))
    need(1, rest, say("attach 任务编号 文件", "attach TASK FILE"))
    if len(rest) > 2:
        raise usage(
            say(
                "一次附一个文件：attach 任务编号 文件；文件名含空格时加引号",
                "one file at a time: attach TASK FILE; quote a name with spaces",
            )
        )
    desk = session.desk()
    view = desk.view(ref)
    task, field = _target(view, rest[0]) if len(rest) == 2 else (None, None)
    path = existing_file(rest[-1])
    attachment = desk.attachment(path)
    if done:
        key = task or (task_asking(view, field).key if field else None)
        if key is None:
            raise usage(
                say("--done 要写明任务：attach 任务编号 文件 --done", "--done needs the task: attach TASK FILE --done")
            )
        steps = (Attach(attachment, task, field), CompleteTask(key))
        return show_outcome(session, desk.run(ref, Batch(steps), files=(path,)))
    outcome = desk.run(ref, Attach(attachment, task, field), files=(path,))
    code = show_outcome(session, outcome)
    offer_task(session, outcome.view, [field] if field else [], task)
    return code


def _target(view: PilotView, word: str) -> tuple[str | None, str | None]:
    """(task key, None) or (None, field id). Raises UserError for a word that is neither."""
    from engine.pilot.view import find_task

    for field in view.book.fields.values():
        if word in (field.id, field.title):
            return None, field.id
    try:
        return find_task(view.tasks, word).key, None
    except UserError as error:
        files = [entitled(f.id, f.title) for f in view.book.fields.values() if f.type == "file"]
        if error.code != "unknown-task" or word.replace(".", "").isdigit() or not files:
            raise
        raise UserError(
            "unknown-target",
            say("没有任务或文件字段“{w}”", "no task and no file field '{w}'", w=word),
            say("文件字段有：{f}；任务用编号", "file fields: {f}; tasks go by number", f=listed(files)),
        ) from None
