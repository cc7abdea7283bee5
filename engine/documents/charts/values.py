"""What charts are given: figures to draw, and beside each the text that says it. A chart formats no figure itself."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from engine.frozen import frozen

State = Literal["done", "running", "planned"]


@frozen
class Series:
    """Figures of one kind in the order of a chart's labels; None where one is not known. `texts` say them."""

    name: str
    values: tuple[Decimal | int | None, ...]
    texts: tuple[str, ...]


@frozen
class Figures:
    """What a picture was drawn from, for formats that draw it themselves or show it as a table. `form` is how the values
    are written along an axis: as a share of one, or as an amount."""

    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    form: Literal["share", "amount"] = "amount"


@frozen
class FunnelStep:
    """A link of a funnel. `note`: what else to say about it, such as its share of the link before."""

    label: str
    value: int
    text: str
    note: str = ""


@frozen
class Pair:
    """The same figure before and after; None where it is not known, and the text then says so."""

    label: str
    before: Decimal | int | None
    before_text: str
    after: Decimal | int | None
    after_text: str
    note: str = ""


@frozen
class Bar:
    """A figure. `met`: whether its target is met (only the caller knows in which direction), None without a target."""

    label: str
    value: Decimal | int | None
    text: str
    note: str = ""
    met: bool | None = None


@frozen
class Target:
    """A line across all bars."""

    value: Decimal | int
    text: str


@frozen
class Item:
    """A stretch of time, or a moment (`end` None). `status` is the state in words."""

    label: str
    start: date
    end: date | None = None
    state: State = "planned"
    status: str = ""


@frozen
class Part:
    """A part of a budget: what it may cost, and what of it is used (None: not known)."""

    label: str
    limit: Decimal | int
    text: str
    used: Decimal | int | None = None
    note: str = ""


@frozen
class Card:
    """One product of a matrix. `onward`: the key of the card it leads to, None where it leads nowhere."""

    key: int
    label: str
    text: str
    note: str = ""
    onward: int | None = None


@frozen
class Tier:
    """A column of a matrix, the one that comes first at the left. `band`: what its products have in common."""

    title: str
    band: str
    cards: tuple[Card, ...] = ()
