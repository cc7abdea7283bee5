"""Run every benchmark and print a Markdown table (docs/bench.md holds the last one that was kept).

Usage: python -m bench [name …]
"""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable

from bench import board, check, durable, process
from bench.figures import Figure

BENCHES: dict[str, Callable[[], list[Figure]]] = {
    "process": process.measure,
    "durable": durable.measure,
    "check": check.measure,
    "board": board.measure,
}


def main(names: list[str]) -> int:
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores\n")
    print("| figure | ours | floor | ratio | promise | kept |")
    print("|---|---|---|---|---|---|")
    missed = 0
    for name in names or list(BENCHES):
        for figure in BENCHES[name]():
            sign = "≥" if figure.at_least else "≤"
            print(
                f"| {figure.name} | {figure.ours:.4g} {figure.unit} | {figure.floor:.4g} {figure.unit} "
                f"| {figure.ratio:.2f} | {sign} {figure.target:g} | {'yes' if figure.kept else 'NO'} |",
                flush=True,
            )
            missed += not figure.kept
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
