"""Task lists to write down: the sample pilot's, and one whose texts try to be something else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from engine.documents.tasklist.rows import TaskList, TaskRow, task_list
from tests.documents import sample


def listed(**more: Any) -> TaskList:
    return task_list(sample.book(), sample.pilot(), sample.calendar(), sample.NOW, **more)


def with_row(made: TaskList, **changes: Any) -> TaskList:
    """The list with only its second row (open), changed."""
    row: TaskRow = replace(made.rows[1], **changes)
    return replace(made, rows=(row,))
