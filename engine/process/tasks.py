"""The checklist: begin, complete, skip, reopen; evidence and notes."""

from __future__ import annotations

from engine.pilot.blockers import Refused
from engine.pilot.events import Json, NewEvent
from engine.pilot.facts import settled
from engine.pilot.view import TaskView, find_task
from engine.process.commands import AddNote, Attach, Attachment, BeginTask, CompleteTask, ReopenTask, SkipTask
from engine.process.context import Context, Decision, Trouble, must_run, refuse
from engine.process.fields import field_event, field_events, unknown_name
from engine.process.supply import assignment, day_of, done_command, signer_word
from engine.text import Message, listed, say


def begin_task(context: Context, command: BeginTask) -> Decision:
    must_run(context)
    view = _reached(context, command.task)
    trouble = Trouble()
    _check_needs(context, view, trouble)
    trouble.stop()
    if not view.is_open:
        raise _already(view)
    return Decision((NewEvent("task_begun", {"task": view.key}),) if view.status == "open" else ())


def complete_task(context: Context, command: CompleteTask) -> Decision:
    """Done means: what it needs is done, the fields it sets are filled, evidence and signature are there."""
    must_run(context)
    view = _reached(context, command.task)
    if view.status == "done":
        raise _already(view)
    trouble = Trouble()
    _check_needs(context, view, trouble)
    attached = _attached_events(context, command.attachments, trouble, task=view.key)
    events = [*attached, *field_events(context, command.values, trouble)]
    events += _file_fields(context, view, command, attached)
    after = context.after(events)
    for name in view.task.sets:
        field = context.book.fields.get(name)
        if field is not None and name not in after.pilot.fields and name not in command.values:
            file = field.type == "file"
            trouble.add(
                "field-empty",
                name,
                say("完成它要填“{title}”", "it asks for '{title}'", title=field.title),
                roles=(field.owner or view.task.role,),
                people=context.people(field.owner or view.task.role),
                commands=(
                    f"done {view.number} --attach 文件路径"
                    if file
                    else f"done {view.number} --set {assignment(field)}",
                ),
            )
    has_evidence = bool(command.attachments) or any(not e.erased for e in view.evidence)
    if view.task.evidence == "required" and not has_evidence:
        trouble.add(
            "evidence-missing",
            view.task.id,
            say(
                "任务 {n}“{title}”要附证据文件",
                "task {n} '{title}' needs a file as evidence",
                n=view.number,
                title=view.title,
            ),
            roles=(view.task.role,),
            people=view.people,
            due=day_of(view),
            commands=(f"done {view.number} --attach 文件路径",),
        )
    if view.task.approval:
        _check_signer(context, view, command.signer.strip(), has_evidence, trouble)
    trouble.text(view.key, command.signer)
    trouble.stop()
    data: dict[str, Json] = {"task": view.key}
    if command.signer.strip():
        data["signer"] = command.signer.strip()
        signed = [one for one in context.book.content.values() if one.sign == view.task.id]
        if signed:
            from engine.pilot.content import text_digest

            # What is signed is the text as it stands: a later change asks for a new signature.
            data["signed"] = {one.id: text_digest(context.book, after.pilot, one) for one in signed}
    return Decision((*events, NewEvent("task_done", data)))


def skip_task(context: Context, command: SkipTask) -> Decision:
    must_run(context)
    view = _reached(context, command.task)
    trouble = Trouble()
    trouble.text(view.key, command.reason)
    if not command.reason.strip():
        trouble.add(
            "reason-missing",
            view.key,
            say("跳过任务要写明原因", "skipping a task takes a reason"),
            commands=(f"skip {view.number} --reason 原因",),
        )
    if view.status == "done":
        raise _already(view)
    trouble.stop()
    notices: tuple[Message, ...] = ()
    if view.task.required and not view.task.skippable:
        notices = (
            say(
                "注意：这是必做任务，跳过后仍会挡住下一步", "note: a required task still blocks the way on when skipped"
            ),
        )
    return Decision(
        (NewEvent("task_skipped", {"task": view.key}, {"reason": command.reason.strip()}),), notices=notices
    )


def reopen_task(context: Context, command: ReopenTask) -> Decision:
    must_run(context)
    view = _reached(context, command.task)
    trouble = Trouble()
    trouble.text(view.key, command.reason)
    trouble.stop()
    if view.status == "open":
        raise refuse(
            "not-done",
            view.key,
            say(
                "任务 {n}“{title}”本来就是未完成", "task {n} '{title}' is open already", n=view.number, title=view.title
            ),
        )
    texts = {"reason": command.reason.strip()} if command.reason.strip() else {}
    return Decision((NewEvent("task_reopened", {"task": view.key}, texts),))


def attach(context: Context, command: Attach) -> Decision:
    """Evidence for a task, the value of a file field, or just for the pilot."""
    must_run(context, also_on_hold=True)
    trouble = Trouble()
    key = None
    if command.task is not None:
        key = find_task(context.views, command.task).key
    events = _attached_events(context, (command.attachment,), trouble, task=key, field=command.field)
    if command.field is not None:
        field = context.book.fields.get(command.field)
        if field is None or field.type != "file":
            files = {f.id: f.title for f in context.book.fields.values() if f.type == "file"}
            raise Refused((unknown_name("field", command.field, files),))
        events.append(field_event(field, f"E{context.pilot.next_evidence}"))
    trouble.stop()
    number = context.pilot.next_evidence
    return Decision(tuple(events), notices=(say("已存为证据 E{n}", "kept as evidence E{n}", n=number),))


def add_note(context: Context, command: AddNote) -> Decision:
    text = command.text.strip()
    trouble = Trouble()
    trouble.text("note", text)
    if not text:
        trouble.add("empty", "note", say("备注是空的", "the note is empty"), commands=("note 内容",))
    if len(text) > 4000:
        trouble.add(
            "too-long",
            "note",
            say("备注最多4000字，现在{n}字", "a note has at most 4000 characters, not {n}", n=len(text)),
        )
    key = find_task(context.views, command.task).key if command.task else None
    trouble.stop()
    data = {"note": context.pilot.next_note} | ({"task": key} if key else {})
    return Decision((NewEvent("noted", data, {"text": text}),))


def _reached(context: Context, ref: str) -> TaskView:
    view = find_task(context.views, ref)
    if not view.reached:
        raise refuse(
            "stage-not-reached",
            view.stage,
            say(
                "任务 {n}“{title}”属于“{stage}”，还没有走到那一步",
                "task {n} '{title}' belongs to '{stage}', which has not been reached",
                n=view.number,
                title=view.title,
                stage=view.stage_title,
            ),
            commands=("status",),
        )
    return view


def _already(view: TaskView) -> Refused:
    return refuse(
        "already-done",
        view.key,
        say("任务 {n}“{title}”已经完成", "task {n} '{title}' is done already", n=view.number, title=view.title),
        commands=(f"reopen {view.number} --reason 原因",),
    )


def _check_needs(context: Context, view: TaskView, trouble: Trouble) -> None:
    for need in view.task.needs:
        if settled(context.book, context.pilot, need):
            continue
        for other in context.views_of(need):
            if other.status != "done":
                trouble.add(
                    "needs",
                    other.key,
                    say(
                        "要先完成任务 {n}“{title}”", "task {n} '{title}' comes first", n=other.number, title=other.title
                    ),
                    roles=(other.task.role,),
                    people=other.people,
                    due=day_of(other),
                    commands=(done_command(context, other),),
                )


def _check_signer(context: Context, view: TaskView, signer: str, has_page: bool, trouble: Trouble) -> None:
    """An approval needs a signer other than the one who records it, or an attached signed page."""
    expected = view.people
    who = say("“{title}”要由另一人签字", "'{title}' is signed by somebody else", title=view.title)
    command = f"done {view.number} --signed-by {signer_word(context, view)}"
    page = f"done {view.number} --attach 签字页文件"
    if signer and signer == context.actor:
        trouble.add(
            "signer",
            view.task.id,
            say(
                "签字人不能是记录人本人（{name}）", "the signer cannot be the one who records it ({name})", name=signer
            ),
            roles=(view.task.role,),
            people=expected,
            commands=(command, page),
        )
    elif signer and expected and signer not in expected:
        trouble.add(
            "signer",
            view.task.id,
            say(
                "“{name}”不在可签字的人里：{people}",
                "'{name}' is not among those who sign: {people}",
                name=signer,
                people=listed(expected),
            ),
            roles=(view.task.role,),
            people=expected,
            commands=(command,),
        )
    elif not signer and not has_page:
        trouble.add("signer", view.task.id, who, roles=(view.task.role,), people=expected, commands=(command, page))


def _attached_events(
    context: Context,
    attachments: tuple[Attachment, ...],
    trouble: Trouble,
    task: str | None = None,
    field: str | None = None,
) -> list[NewEvent]:
    events = []
    for number, file in enumerate(attachments, context.pilot.next_evidence):
        trouble.text(file.name, file.name)
        data: dict[str, object] = {"evidence": number, "sha256": file.sha256, "size": file.size, "media": file.media}
        if task is not None:
            data["task"] = task
        if field is not None:
            data["field"] = field
        events.append(NewEvent("attached", data, {"name": file.name}))
    return events


def _file_fields(context: Context, view: TaskView, command: CompleteTask, attached: list[NewEvent]) -> list[NewEvent]:
    """Files given with `done` also fill the file fields the task sets, in order; the last file serves those left over."""
    if not attached:
        return []
    empty = [
        field
        for name in view.task.sets
        if (field := context.book.fields.get(name)) is not None
        and field.type == "file"
        and name not in command.values
        and name not in context.pilot.fields
    ]
    refs = [f"E{event.data['evidence']}" for event in attached]
    return [field_event(f, refs[min(i, len(refs) - 1)]) for i, f in enumerate(empty)]
