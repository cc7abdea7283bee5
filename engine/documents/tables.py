"""Decision tables in a paper: their rows in words, so that a paper and `playbook decide` say the same."""

from __future__ import annotations

from engine.decisions.show import result_words
from engine.documents.views import Named, View
from engine.model import DecisionTable, Playbook


def table_views(book: Playbook) -> Named:
    """id, title, help, inputs and outputs (id, title), rows; a row: cells (as written), results (in words)."""
    return Named({table.id: _table_view(table) for table in book.decisions.values()})


def _table_view(table: DecisionTable) -> View:
    return {
        "id": table.id,
        "title": table.title,
        "help": table.help,
        "inputs": [{"id": c.id, "title": c.title, "unit": c.unit} for c in table.inputs.values()],
        "outputs": [{"id": o.id, "title": o.title} for o in table.outputs.values()],
        "rows": [
            {
                "cells": {c.id: row.cells.get(c.id, "") for c in table.inputs.values()},
                "results": {
                    o.id: result_words(o, row.results[o.id]) if o.id in row.results else ""
                    for o in table.outputs.values()
                },
            }
            for row in table.rows
        ],
        "declared": True,
    }
