"""The workbook: a pilot as one Excel file that a department fills in, and the way back as commands.

Export writes every value twice: where people edit it, and on a hidden sheet as it was. Reading compares both with the
pilot as it stands now: only what somebody changed is changed, and never what somebody else changed meanwhile.
"""

from __future__ import annotations

from engine.documents.workbook.changes import Changes, compare
from engine.documents.workbook.export import export_workbook
from engine.documents.workbook.read import Filled, read_workbook

__all__ = ["Changes", "Filled", "compare", "export_workbook", "read_workbook"]
