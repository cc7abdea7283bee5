"""`playbook done`: tasks are finished, with the fields they ask for, their evidence and their signature."""

from __future__ import annotations

from engine.commands._frame import option, pilot_option, verb, words
from engine.commands._pilot import by_title, knows_task, need, pairs, split
from engine.commands._session import Session
from engine.commands._shared import existing_file, show_outcome, usage
from engine.text import say


@verb(
    "done",
    say("完成任务", "Complete tasks"),
    words(
        say("[试点] 任务…", "[PILOT] TASK…"),
        say("任务编号、id 或标题开头；可一次写几项", "number, id or beginning of a title; several at once"),
    ),
    pilot_option(),
    option(
        "--set",
        "values",
        multiple=True,
        metavar=say("字段=内容", "FIELD=VALUE"),
        help=say("顺便填写字段", "set a field on the way"),
    ),
    option(
        "--attach",
        "files",
        multiple=True,
        metavar=say("文件", "FILE"),
        help=say("附上证据文件", "attach a file as evidence"),
    ),
    option(
        "--signed-by",
        "signer",
        metavar=say("姓名", "NAME"),
        help=say("签字批准的人（不能是记录人自己）", "who signed (not the one who records it)"),
    ),
    examples=("done 3", "done 1 --set authorisation_ends=2026-06-30 --attach 授权书.pdf", "done 8 --signed-by 李院长"),
)
def command(
    session: Session,
    words: tuple[str, ...],
    pilot: str | None,
    values: tuple[str, ...],
    files: tuple[str, ...],
    signer: str | None,
) -> int:
    from engine.process.commands import Batch, CompleteTask

    ref, tasks = split(session, words, pilot, least=1, means=knows_task(session))
    need(1, tasks, say("done 任务编号", "done TASK"))
    if len(tasks) > 1 and files:
        raise usage(say("--attach 只能用于一项任务，请分开写", "--attach goes with one task; use one command each"))
    desk = session.desk()
    titles = {f.id: f.title for f in desk.view(ref).book.fields.values()}
    given = by_title(pairs(values), titles)
    paths = [existing_file(f) for f in files]
    attachments = tuple(desk.attachment(p) for p in paths)
    completed = [CompleteTask(task, given, signer or "", attachments) for task in tasks]
    chosen = completed[0] if len(completed) == 1 else Batch(tuple(completed))
    return show_outcome(session, desk.run(ref, chosen, files=paths))
