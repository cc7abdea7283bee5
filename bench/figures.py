"""A figure: ours, the floor, their ratio, and the ratio we promise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Figure:
    """`ours` and `floor` in `unit`; the promise is `ratio` at most (or at least, with `at_least`) `target`."""

    name: str
    ours: float
    floor: float
    unit: str
    ratio: float
    target: float | None  # None: nothing is promised, the figure is shown
    at_least: bool = False

    @property
    def kept(self) -> bool:
        if self.target is None:
            return True
        return self.ratio >= self.target if self.at_least else self.ratio <= self.target


def in_turn(ours: Callable[[], object], floor: Callable[[], object], rounds: int) -> tuple[float, float, float]:
    """Seconds of ours and of the floor (medians), and the median of the ratios pair by pair.

    Taking turns lets the comparison hold when the machine's speed drifts.
    """
    a, b = [], []
    ours()
    floor()
    for _ in range(rounds):
        a.append(_timed(ours))
        b.append(_timed(floor))
    return median(a), median(b), median(x / y for x, y in zip(a, b, strict=True))


def _timed(act: Callable[[], object]) -> float:
    start = perf_counter()
    act()
    return perf_counter() - start
