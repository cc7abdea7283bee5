"""Importing a ledger: a CSV of a million rows, a workbook of 200,000, against reading the same file with polars alone.

Each import runs in a process of its own, into a fresh workspace; time and peak memory are those of that process, start-up
included. There is no promise here: the figures show what checking every cell, refusing identities and counting cost.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter

from bench.figures import Figure

CSV_ROWS, XLSX_ROWS = 1_000_000, 200_000
_HEAD = ("日期", "渠道", "明细", "曝光", "点击", "咨询", "预约", "到诊", "收入", "花费")
_CHANNELS = ("公众号", "短视频", "搜索", "社区讲座", "熟人介绍")
_START = date(2024, 1, 1)


def measure() -> list[Figure]:
    found = []
    with tempfile.TemporaryDirectory(dir=".") as folder:
        for name, rows, write in (("a.csv", CSV_ROWS, _csv), ("a.xlsx", XLSX_ROWS, _xlsx)):
            path = Path(folder) / name
            write(path, rows)
            ours, floor = _child("import", path), _child("polars", path)
            assert ours["enquiries"] == floor["enquiries"], (ours, floor)
            a, b = rows / ours["seconds"], rows / floor["seconds"]
            title = (
                f"import of {rows:,} rows ({name[2:]}), peak {ours['mib']:.0f} MiB, polars alone {floor['mib']:.0f} MiB"
            )
            found.append(Figure(title, a / 1000, b / 1000, "k rows/s", a / b, None, at_least=True))
    return found


def _rows(count: int) -> Iterator[tuple[object, ...]]:
    for n in range(count):
        day = _START + timedelta(days=n % 800)
        k = n % 7
        yield day.isoformat(), _CHANNELS[n % 5], f"计划{n // 800}", 900 + n % 99, 40 + n % 13, k, k // 2, k // 3, f"{k * 120}.50", f"{n % 90}.25"  # fmt: skip


def _csv(path: Path, count: int) -> None:
    import csv

    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_HEAD)
        writer.writerows(_rows(count))


def _xlsx(path: Path, count: int) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, _HEAD)
    for number, row in enumerate(_rows(count), 1):
        cells = [float(c) if i > 7 else c for i, c in enumerate(row)]  # type: ignore[arg-type]
        sheet.write_row(number, 0, cells)
    book.close()


def _child(what: str, path: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.ledger", what, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        raise SystemExit(f"bench.ledger {what}: {done.stderr[-800:]}")
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _import(path: Path) -> int:
    from engine.service import Desk
    from engine.service.ledger import Taking, import_ledger
    from engine.workspace import init_workspace

    with tempfile.TemporaryDirectory(dir=".") as folder:
        init_workspace(Path(folder), "院", "王蕾")
        with Desk.open(folder, "王蕾", lambda: datetime(2026, 11, 1, tzinfo=UTC)) as desk:
            values = {"period_start": "2024-01-01", "period_end": "2026-10-01"}
            desk.start("four-step-pilot", "试点", values=values)
            view = import_ledger(desk, "试点", path, Taking()).outcome.view
            return int(view.pilot.fields["enquiries"])  # type: ignore[call-overload, no-any-return]


def _polars(path: Path) -> int:
    import polars as pl

    frame = pl.read_csv(path) if path.suffix == ".csv" else pl.read_excel(path, engine="calamine")
    return int(frame["咨询"].sum())


if __name__ == "__main__":
    start = perf_counter()
    enquiries = (_import if sys.argv[1] == "import" else _polars)(Path(sys.argv[2]))
    seconds = perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "mib": peak, "enquiries": enquiries}))
