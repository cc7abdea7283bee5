"""A chart on a phone: its figures as rows with bars, since the letters of the picture would be too small there."""

from __future__ import annotations

from decimal import Decimal

from engine.documents.charts import Figures
from engine.frozen import frozen


@frozen
class Bar:
    """`share`: the length in percent of the longest; 0 where there is nothing to draw. `last`: of the last series, which
    the others are compared with."""

    name: str
    text: str
    share: int
    last: bool


@frozen
class Row:
    label: str
    bars: tuple[Bar, ...]


def bars_of(figures: Figures | None) -> list[Row]:
    """A row per label with a bar for each series that says something; none for a picture without figures. Shares of one
    are drawn of a hundred percent."""
    if figures is None:
        return []
    values = [value for one in figures.series for value in one.values if value is not None]
    longest = max([Decimal(value) for value in values], default=Decimal())
    whole = max(longest, Decimal(1)) if figures.form == "share" else longest
    shown = [one for one in figures.series if any(one.texts)]
    return [
        Row(
            label,
            tuple(Bar(one.name, one.texts[at], _share(one.values[at], whole), one is shown[-1]) for one in shown),
        )
        for at, label in enumerate(figures.labels)
    ]


def _share(value: Decimal | int | None, whole: Decimal) -> int:
    if value is None or value <= 0 or whole <= 0:
        return 0
    return max(round(Decimal(value) / whole * 100), 1)
