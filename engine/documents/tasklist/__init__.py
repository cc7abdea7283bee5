"""The task list of a pilot, in the form each reader wants: screen, Markdown, CSV, Excel, calendar."""

from __future__ import annotations

from collections.abc import Callable

from engine.documents.tasklist.rows import Filter, TaskList, TaskRow, task_list


def _markdown(tasks: TaskList) -> bytes:
    from engine.documents.tasklist.markdown import to_markdown

    return to_markdown(tasks).encode()


def _csv(tasks: TaskList) -> bytes:
    from engine.documents.tasklist.csv_ import to_csv

    return to_csv(tasks)


def _xlsx(tasks: TaskList) -> bytes:
    from engine.documents.tasklist.xlsx import to_xlsx

    return to_xlsx(tasks)


def _ics(tasks: TaskList) -> bytes:
    from engine.documents.tasklist.ics import to_ics

    return to_ics(tasks)


# ending of the file → who writes it; what a writer needs is imported when it is used
WRITERS: dict[str, Callable[[TaskList], bytes]] = {"md": _markdown, "csv": _csv, "xlsx": _xlsx, "ics": _ics}

__all__ = ["WRITERS", "Filter", "TaskList", "TaskRow", "task_list"]
