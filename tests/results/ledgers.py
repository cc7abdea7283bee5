"""Ledgers for tests: a file written from rows, an import into memory, the totals worked out by other means."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from io import StringIO
from pathlib import Path

from engine.errors import UserError
from engine.results.reading import open_ledger
from engine.results.refusal import BadRow
from engine.results.vocabulary import LedgerKind

TODAY = date(2026, 11, 23)


def csv_text(rows: Sequence[Sequence[object]], separator: str = ",") -> str:
    text = StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return text.getvalue()


def read(
    path: Path, kind: LedgerKind = "aggregate", **more: object
) -> tuple[list[dict[str, object]], list[tuple[int, str]]]:
    """(rows by column, bad rows as (number, code)) of a file. Raises UserError."""
    good, bad = [], []
    with open_ledger(path, kind, today=TODAY, **more) as file:  # type: ignore[arg-type]
        for item in file.rows():
            if isinstance(item, BadRow):
                bad.append((item.row, item.code))
            else:
                good.append(dict(zip(file.fields, item[1], strict=True)))
    return good, bad


def refusal(path: Path, kind: LedgerKind = "aggregate", **more: object) -> str:
    """The code with which a file is refused as a whole; empty when it is not."""
    try:
        read(path, kind, **more)
    except UserError as error:
        assert str(error.message) and error.message.en
        return error.code
    return ""
