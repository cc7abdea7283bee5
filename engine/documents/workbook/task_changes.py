"""Changes of the task sheet: statuses become commands in the order in which tasks need each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from engine.documents.workbook.diff import Diff
from engine.documents.workbook.keyed import keyed_rows, unknown_row
from engine.documents.workbook.layout import TASKS
from engine.documents.workbook.read import FilledRow, FilledSheet
from engine.frozen import frozen
from engine.pilot.view import TaskView
from engine.process.commands import AssignTask, BeginTask, Command, CompleteTask, ReopenTask, SkipTask
from engine.text import Message, say


@frozen
class _Move:
    view: TaskView
    status: str
    signer: str
    reason: str


def task_commands(views: Sequence[TaskView], diff: Diff) -> list[Command]:
    by_key = {view.key: view for view in views}
    people: list[Command] = []
    moves: list[_Move] = []
    for sheet, row, key in keyed_rows(diff, TASKS):
        view = by_key.get(key)
        if view is None:
            if any(diff.edited(sheet, row, key, c) for c in ("status", "person")):
                diff.problems.append(unknown_row(sheet, row))
            continue
        name = f"{view.number} {view.title}"
        person = diff.changed(sheet, row, key, "person", name)
        if person is not None:
            people.append(AssignTask(key, person))
        status = diff.changed(sheet, row, key, "status", name)
        if status == "":
            diff.problems.append(_empty_status(sheet, row, name))
        elif status is not None:
            moves.append(_Move(view, status, row.cells.get("signer", ""), _new(diff, sheet, row, key, "reason")))
        elif any(diff.edited(sheet, row, key, c) for c in ("signer", "reason")):
            diff.notices.append(
                say(
                    "{place}“{name}”：状态没有变，签字人和原因不会记录",
                    "{place} '{name}': its status did not change, so signer and reason are not recorded",
                    place=sheet.place(row.line, "status"),
                    name=name,
                )
            )
    return [*people, *(command for move in _in_order(moves) for command in _commands(move))]


def _commands(move: _Move) -> Iterable[Command]:
    key, was = move.view.key, move.view.status
    if move.status == "done":
        yield CompleteTask(key, signer=move.signer)
    elif move.status == "skipped":
        if was == "done":
            yield ReopenTask(key, move.reason)
        yield SkipTask(key, move.reason)
    elif move.status == "in_progress":
        if was in ("done", "skipped"):
            yield ReopenTask(key, move.reason)
        yield BeginTask(key)
    else:
        yield ReopenTask(key, move.reason)


def _in_order(moves: Sequence[_Move]) -> list[_Move]:
    """What others need comes first."""
    by_task: dict[str, list[_Move]] = {}
    for move in moves:
        by_task.setdefault(move.view.task.id, []).append(move)
    ordered: list[_Move] = []
    seen: set[str] = set()

    def visit(task_id: str) -> None:
        if task_id in seen or task_id not in by_task:
            return
        seen.add(task_id)
        for need in by_task[task_id][0].view.task.needs:
            visit(need)
        ordered.extend(by_task[task_id])

    for move in moves:
        visit(move.view.task.id)
    return ordered


def _new(diff: Diff, sheet: FilledSheet, row: FilledRow, key: str, column: str) -> str:
    """What was written anew; an old reason is not given again for another step."""
    return row.cells.get(column, "") if diff.edited(sheet, row, key, column) else ""


def _empty_status(sheet: FilledSheet, row: FilledRow, name: str) -> Message:
    return say(
        "{place}“{name}”：状态不能为空",
        "{place} '{name}': the status must not be empty",
        place=sheet.place(row.line, "status"),
        name=name,
    )
