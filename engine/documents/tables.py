"""Decision tables in a paper: their rows in words, so that a paper and `playbook decide` say the same."""

from __future__ import annotations

from engine.decisions.cells import CellProblem, Choices, Interval, Numbers, options_of, parse_cell
from engine.decisions.show import result_words
from engine.documents.views import Named, View
from engine.documents.words import figure, listing
from engine.model import DecisionInput, DecisionTable, Playbook
from engine.text import Language


def table_views(book: Playbook, language: Language = "zh") -> Named:
    """id, title, help, inputs and outputs (id, title), rows; a row: cells (as written), words (the cells in words, "" for
    whatever fits), results (in words)."""
    return Named({table.id: _table_view(table, language) for table in book.decisions.values()})


def cell_words(column: DecisionInput, text: str, language: Language) -> str:
    """What fits a cell, for a reader who knows no brackets: `[500..1000)` → `500元及以上、不到1,000元`; "" for anything."""
    try:
        fits = parse_cell(column, text)
    except CellProblem:
        return text
    if isinstance(fits, Choices):
        options = options_of(column)
        return listing([options[key] for key in options if key in fits.ids], language)
    if not isinstance(fits, Numbers):
        return ""
    words = listing([_interval_words(one, column.unit, language) for one in fits.intervals], language)
    return (f"不是{words}" if language == "zh" else f"not {words}") if fits.outside else words


def _interval_words(found: Interval, unit: str, language: Language) -> str:
    zh = language == "zh"
    low = None if found.low is None else figure(found.low) + unit
    high = None if found.high is None else figure(found.high) + unit
    if low is not None and high is not None and not (found.open_low or found.open_high):
        return low if low == high else f"{low}至{high}" if zh else f"{low} to {high}"
    parts = []
    if low is not None:
        over = f"超过{low}" if zh else f"over {low}"
        parts.append(over if found.open_low else f"{low}及以上" if zh else f"{low} or more")
    if high is not None:
        under = f"不到{high}" if zh else f"under {high}"
        parts.append(under if found.open_high else f"不超过{high}" if zh else f"at most {high}")
    return ("、" if zh else ", ").join(parts)


def _table_view(table: DecisionTable, language: Language) -> View:
    return {
        "id": table.id,
        "title": table.title,
        "help": table.help,
        "inputs": [{"id": c.id, "title": c.title, "unit": c.unit} for c in table.inputs.values()],
        "outputs": [{"id": o.id, "title": o.title} for o in table.outputs.values()],
        "rows": [
            {
                "cells": {c.id: row.cells.get(c.id, "") for c in table.inputs.values()},
                "words": {c.id: cell_words(c, row.cells.get(c.id, ""), language) for c in table.inputs.values()},
                "results": {
                    o.id: result_words(o, row.results[o.id]) if o.id in row.results else ""
                    for o in table.outputs.values()
                },
            }
            for row in table.rows
        ],
        "declared": True,
    }
