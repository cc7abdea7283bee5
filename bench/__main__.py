"""Run every benchmark and print a Markdown table; `--write` keeps it in docs/bench.md with where the time goes.

Usage: python -m bench [--write] [name …]
"""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bench import board, check, compliance, durable, ledger, papers, process
from bench.figures import Figure

BENCHES: dict[str, Callable[[], list[Figure]]] = {
    "process": process.measure,
    "durable": durable.measure,
    "check": check.measure,
    "board": board.measure,
    "compliance": compliance.measure,
    "ledger": ledger.measure,
    "papers": papers.measure,
}
_PAGE = Path(__file__).resolve().parents[1] / "docs" / "bench.md"
_HEAD = """# How fast it is

Each figure is ours beside a floor or a peer, measured in turns in one run; what counts is the ratio. Written by
`python3 tasks.py bench` (the times are those of the machine it ran on, the ratios travel better).

"""


def main(words: list[str]) -> int:
    write = "--write" in words
    lines = [
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, "
        f"{datetime.now(UTC).date()}",
        "",
        "| figure | ours | floor | ratio | promise | kept |",
        "|---|---|---|---|---|---|",
    ]
    print("\n".join(lines), flush=True)
    missed = 0
    for name in [w for w in words if w != "--write"] or list(BENCHES):
        for figure in BENCHES[name]():
            lines.append(row(figure))
            print(lines[-1], flush=True)
            missed += not figure.kept
    if write:
        _PAGE.write_text(_HEAD + "\n".join([*lines, *parts()]) + "\n", encoding="utf-8")
    return 1 if missed else 0


def row(figure: Figure) -> str:
    return (
        f"| {figure.name} | {figure.ours:.4g} {figure.unit} | {figure.floor:.4g} {figure.unit} | {figure.ratio:.2f} "
        + ("| – | – |" if figure.target is None else f"| {_promise(figure)} | {'yes' if figure.kept else 'NO'} |")
    )


def _promise(figure: Figure) -> str:
    return f"{'≥' if figure.at_least else '≤'} {figure.target:g}"


def parts() -> list[str]:
    """The parts of a durable advance as a table."""
    from bench.phases import phases

    head = ["", "## Where a durable advance spends its time", "", "| part | median |", "|---|---|"]
    return [*head, *(f"| {name} | {micros:.0f} µs |" for name, micros in phases())]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
