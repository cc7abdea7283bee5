"""The row with the column names: found under titles, matched with the names hospitals use."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from engine.frozen import frozen
from engine.results.vocabulary import COLUMNS, FORBIDDEN, MEASURES, Column, LedgerKind

SEARCHED = 30  # rows in which the header is looked for


@frozen
class Header:
    """`row` counts from 1. `places`: column id → position in the row; `factors`: what a money column is multiplied by
    (hundredths per unit written). `doubles`: (column id, positions) named twice."""

    row: int
    cells: tuple[str, ...]
    places: Mapping[str, int]
    factors: Mapping[str, int]
    doubles: tuple[tuple[str, tuple[int, ...]], ...]


def folded(text: str) -> str:
    """A header as it is compared: without blanks, brackets with units, and signs."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = re.sub(r"\([^()]*\)|\[[^\[\]]*\]|【[^】]*】", "", text)
    return re.sub(r"[\s_\-/:：*、.]+", "", text)


def names_of(kind: LedgerKind, more: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Folded header → column id. The playbook's names win over the built-in ones."""
    found: dict[str, str] = {}
    for column in COLUMNS[kind].values():
        for name in (column.id, column.title.zh, column.title.en, *column.names):
            found.setdefault(folded(name), column.id)
    for column_id, names in more.items():
        if column_id in COLUMNS[kind]:
            found |= {folded(name): column_id for name in names if folded(name)}
    return found


def find_header(
    rows: Sequence[Sequence[str]], kind: LedgerKind, more: Mapping[str, Sequence[str]], given: Mapping[str, str]
) -> Header | None:
    """The row with the most columns we know, at least two; None when there is none."""
    names = names_of(kind, more) | {folded(header): column for header, column in given.items()}
    best: Header | None = None
    for number, row in enumerate(rows[:SEARCHED], 1):
        header = _read(number, row, names, kind)
        if len(header.places) >= 2 and (best is None or len(header.places) > len(best.places)):
            best = header
    return best


def _read(number: int, row: Sequence[str], names: Mapping[str, str], kind: LedgerKind) -> Header:
    cells = tuple(" ".join(str(cell).split()) for cell in row)
    places: dict[str, int] = {}
    twice: dict[str, list[int]] = {}
    factors: dict[str, int] = {}
    for index, cell in enumerate(cells):
        column = names.get(folded(cell)) if cell else None
        if column is None:
            continue
        if column in places:
            twice.setdefault(column, [places[column]]).append(index)
            continue
        places[column] = index
        factors[column] = _factor(cell, COLUMNS[kind][column])
    return Header(number, cells, places, factors, tuple((c, tuple(at)) for c, at in twice.items()))


def _factor(header: str, column: Column) -> int:
    """`花费（万元）` counts in ten thousands."""
    if column.type not in ("money", "count"):
        return 1
    unit = re.search(r"[(（\[【]\s*(万|千|百万|亿)", header)
    return {"千": 1_000, "万": 10_000, "百万": 1_000_000, "亿": 100_000_000}[unit[1]] if unit else 1


def forbidden(cell: str) -> str | None:
    """The kind of identity a header stands for (a key of FORBIDDEN), if it does."""
    name = folded(cell)
    return next((kind for kind, (_, names) in FORBIDDEN.items() if name in {folded(n) for n in names}), None)


def needed(kind: LedgerKind) -> tuple[str, ...]:
    return tuple(c.id for c in COLUMNS[kind].values() if c.required)


def has_measure(header: Header) -> bool:
    return any(column in MEASURES for column in header.places)
