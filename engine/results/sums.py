"""What can be asked of a ledger: sums of measures over some rows. The store answers; who counts does not know how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from typing import Literal, Protocol

from engine.frozen import frozen

Grouping = Literal["channel", "day", "department"]


@frozen
class Query:
    """Which rows of a pilot's ledger: from `first` to `last` (both within, None: open), of the own department (named by
    `own`; empty: of any) or of all others, and with one of these values in a dimension."""

    measures: tuple[str, ...]
    first: date | None = None
    last: date | None = None
    own: str = ""
    others: bool = False
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@frozen
class Sum:
    """Sums by measure (counts; money in hundredths), absent where no row has the measure. `rows` went into it, from day
    `first` to day `last`; `side` of a channel; `persons` is true when event rows went into it."""

    values: Mapping[str, int]
    rows: int = 0
    first: date | None = None
    last: date | None = None
    side: str = ""
    persons: bool = False


class Sums(Protocol):
    """A pilot's ledger, to be asked."""

    def total(self, query: Query) -> Sum: ...
    def by(self, group: Grouping, query: Query) -> Mapping[str, Sum]: ...


class NoLedger:
    """The ledger of a pilot that has none."""

    def total(self, query: Query) -> Sum:
        return Sum({})

    def by(self, group: Grouping, query: Query) -> Mapping[str, Sum]:
        return {}
