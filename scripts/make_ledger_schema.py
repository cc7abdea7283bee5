"""Write schemas/ledger.schema.json, which describes the rows of a ledger to other programs, from the vocabulary.

Run it after changing the vocabulary: `python -m scripts.make_ledger_schema`. A test fails when it was forgotten.
"""

from __future__ import annotations

import json
from typing import Any

from engine.resources import schemas_folder
from engine.results.vocabulary import COLUMNS, Column, LedgerKind

_TYPES: dict[str, dict[str, Any]] = {
    "day": {"type": "string", "format": "date"},
    "text": {"type": "string", "maxLength": 100},
    "count": {"type": "integer", "minimum": 0},
    "money": {"type": "number", "minimum": 0, "multipleOf": 0.01},
    "key": {"type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]{1,63}$"},
}


def ledger_schema() -> dict[str, Any]:
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "台账的一行 / a row of a ledger",
        "description": "由 engine/results/vocabulary.py 生成，请勿手改。汇总表一行是某天、某渠道、某项目的合计；逐人记录一行是一个代号的"
        "一次接触，只在确有需要时使用。 / Made from engine/results/vocabulary.py; do not edit. An aggregate row is a total of one "
        "day, channel and project; an event row is one touch under a pseudonymous key.",
        "anyOf": [{"$ref": "#/definitions/aggregate"}, {"$ref": "#/definitions/events"}],
        "definitions": {kind: _row(kind) for kind in COLUMNS},
    }


def _row(kind: LedgerKind) -> dict[str, Any]:
    columns = COLUMNS[kind].values()
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [column.id for column in columns if column.required],
        "properties": {column.id: _column(column) for column in columns},
    }


def _column(column: Column) -> dict[str, Any]:
    kind = {"enum": list(column.options or {})} if column.type == "choice" else _TYPES[column.type]
    return {
        **kind,
        "title": f"{column.title.zh} / {column.title.en}",
        "description": " / ".join(part for part in (column.help.zh, column.help.en) if part)
        or f"{column.title.zh} / {column.title.en}",
        "x-names": list(column.names),
    }


if __name__ == "__main__":
    text = json.dumps(ledger_schema(), ensure_ascii=False, indent=2) + "\n"
    (schemas_folder() / "ledger.schema.json").write_text(text, encoding="utf-8", newline="\n")
