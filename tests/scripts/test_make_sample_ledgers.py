"""The sample ledgers are those the script makes, and what event rows add up to is worked out again with pandas."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from scripts.make_sample_ledgers import FILES, SAMPLES
from tests.results.world import World

READ = {
    "four-step-pilot": {"encoding": "utf-8-sig", "sep": ";"},
    "phased-plan": {"encoding": "utf-8"},
    "patient-funnel": {"encoding": "gb18030", "sep": "\t"},
}


@pytest.mark.parametrize("name", [n for n in FILES if not n.endswith(".xlsx")])
def test_files_are_up_to_date(name: str) -> None:
    assert (SAMPLES / name).read_bytes() == FILES[name](), "run: python -m scripts.make_sample_ledgers"


@pytest.mark.parametrize("sample", READ)
def test_persons_are_counted_once_for_each_step(sample: str, tmp_path: Path) -> None:
    rows = pd.read_csv(SAMPLES / sample / "ledger" / "逐人记录.csv", dtype=str, **READ[sample]).drop_duplicates()
    first = rows.sort_values("日期").drop_duplicates(["代号", "环节"])
    steps = first["环节"].value_counts()
    new = set(rows[rows["初诊"] == "是"]["代号"]) & set(first[first["环节"] == "到诊"]["代号"])
    treated = set(first[first["环节"] == "治疗"]["代号"])
    quality = treated & set(first[first["环节"] == "到诊"]["代号"]) & set(rows[rows["适应证相符"] == "是"]["代号"])
    world = World()
    head = ["代号", "日期", "科室", "环节", "渠道", "初诊", "适应证相符", "收入"]
    taken = pd.read_csv(SAMPLES / sample / "ledger" / "逐人记录.csv", dtype=str, keep_default_na=False, **READ[sample])
    repeated, clashes, _ = world.take(tmp_path, taken[head].values.tolist(), head=head, kind="events")
    assert (repeated, clashes) == (4, [])
    total = "sum(enquiries), sum(bookings), sum(arrivals), sum(treatments), sum(new_patients), sum(quality_patients), sum(revenue)"
    found = world.store._db.execute(f"SELECT {total} FROM ledger").fetchone()
    revenue = round(rows["收入"].dropna().astype(float).sum() * 100)
    wanted = (steps["咨询"], steps["预约"], steps["到诊"], steps["治疗"], len(new), len(quality), revenue)
    assert found == tuple(int(n) for n in wanted)
