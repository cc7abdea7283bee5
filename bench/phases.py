"""Where the time of a durable advance goes: medians of its parts, measured around the same calls in a run of its own."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import engine.service.desk as desk_module
from bench.durable import prepared
from engine.process.commands import Advance

_RUNS = 400


def phases() -> list[tuple[str, float]]:
    """(part, median in microseconds), the whole first. What is left over is the glue between the parts."""
    times: dict[str, list[float]] = defaultdict(list)

    def timed(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **kwargs: Any) -> Any:
            start = perf_counter()
            result = call(*args, **kwargs)
            times[name].append(perf_counter() - start)
            return result

        return run

    decide, summarise = desk_module.decide, desk_module.summarise
    with tempfile.TemporaryDirectory(dir=".") as folder:
        desk = prepared(Path(folder))
        desk.store._db = _Watched(desk.store._db, timed)  # type: ignore[assignment]
        desk_module.decide = timed("decide: gate, conditions, machine, events", decide)
        desk_module.summarise = timed("summarise: the board's row with the next blockers", summarise)
        try:
            whole = timed("the whole step", desk.run)
            for _ in range(_RUNS):
                whole("来回一", Advance())
        finally:
            desk_module.decide, desk_module.summarise = decide, summarise
        desk.close()
    # Each part happens once per step, except SQL statements, which are added up.
    found = {name: median(values) * len(values) / _RUNS * 1e6 for name, values in times.items()}
    order = ["the whole step", *sorted((n for n in found if n != "the whole step"), key=lambda n: -found[n])]
    return [(name, found[name]) for name in order]


class _Watched:
    """A connection whose statements are timed: COMMIT (which waits for the disk), and all others."""

    def __init__(self, db: Any, timed: Callable[[str, Callable[..., Any]], Callable[..., Any]]) -> None:
        self.db = db
        self.commit = timed("COMMIT: the write that survives a power cut", db.execute)
        self.other = timed("other SQL", db.execute)

    def execute(self, sql: str, *values: Any) -> Any:
        return (self.commit if sql == "COMMIT" else self.other)(sql, *values)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.db, name)
