"""A board row as JSON and back."""

from __future__ import annotations

import json
import unicodedata
from datetime import date, datetime
from typing import Any

from engine.store import BoardRow

_TUPLES = ("stages", "stage_titles", "owners")


def folded(name: str) -> str:
    """The form in which names are compared: NFKC, case folded, no surrounding space."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def to_json(row: BoardRow) -> str:
    data: dict[str, Any] = {key: getattr(row, key) for key in BoardRow.__slots__}
    data["dues"] = [d.isoformat() for d in row.dues]
    data["timer"] = row.timer.isoformat() if row.timer else None
    data["as_of"] = row.as_of.isoformat()
    data["started"] = row.started.isoformat()
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> BoardRow:
    data = json.loads(text)
    for key in _TUPLES:
        data[key] = tuple(data[key])
    data["dues"] = tuple(map(date.fromisoformat, data["dues"]))
    data["timer"] = datetime.fromisoformat(data["timer"]) if data["timer"] else None
    data["as_of"] = datetime.fromisoformat(data["as_of"])
    data["started"] = date.fromisoformat(data["started"])
    data["blockers"] = tuple(data["blockers"])
    return BoardRow(**data)
