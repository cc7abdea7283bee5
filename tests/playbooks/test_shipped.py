"""The shipped playbooks as they run: their scenarios, their English, and the data of the demo."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from engine.build import item_id
from engine.calendar import calendar_for
from engine.load import load
from engine.load.bundle import LISTS
from engine.model import Playbook
from engine.privacy import find_identifiers
from engine.resources import playbooks_folder
from engine.scenarios import run_file
from engine.source import parse, read_text

SHIPPED = (
    "four-step-pilot",
    "phased-plan",
    "social-media",
    "content-piece",
    "opinion-incident",
    "patient-funnel",
    "funnel-cycle",
    "service-products",
)
SAMPLE = playbooks_folder() / "samples" / "four-step-pilot"
MRI = Path(__file__).parent.parent / "data" / "mri"
SCENARIOS = {
    **{name: playbooks_folder() / f"{name}.scenarios.yaml" for name in SHIPPED},
    "demo": SAMPLE / "demo.yaml",
    "mri": MRI / "mri-commissioning.scenarios.yaml",
}


def playbook_file(name: str) -> Path:
    return MRI / "mri-commissioning.yaml" if name == "mri" else playbooks_folder() / f"{name}.yaml"


def data_of(path: Path) -> dict[str, Any]:
    data = parse(read_text(path), str(path)).data
    assert isinstance(data, dict)
    return data


@pytest.mark.parametrize("name", SCENARIOS)
def test_scenarios_pass(name: str) -> None:
    calendar = calendar_for(ZoneInfo("Asia/Shanghai"), [2026, 2027], {})
    results = run_file(SCENARIOS[name], calendar=calendar)
    failed = [f"{r.name}: {p.place} {p.message}" for r in results for p in r.problems]
    assert not failed, "\n".join(failed)


@pytest.mark.parametrize(("name", "least"), [("four-step-pilot", 8), *((name, 5) for name in SHIPPED[1:])])
def test_scenarios_are_many_enough(name: str, least: int) -> None:
    assert len(data_of(SCENARIOS[name])["cases"]) >= least


@pytest.mark.parametrize("name", [*SHIPPED, "mri"])
def test_every_gate_is_seen_to_refuse(name: str) -> None:
    """A gate that no scenario ever meets closed might as well not be there."""
    refusing = {
        str(w) for case in data_of(SCENARIOS[name])["cases"] for step in case["steps"] for w in step.get("refused", ())
    }
    unseen = [item for item in gate_items(load(playbook_file(name)).playbook) if item not in refusing]
    assert not unseen


def gate_items(book: Playbook) -> Iterator[str]:
    """Ids of gate items. `roles: all` refuses under the names of the roles, so it is left to their own case."""
    for stage in book.all_stages.values():
        yield from (item.id for item in stage.gate if item.kind != "roles")


@pytest.mark.parametrize("name", [*SHIPPED, "mri"])
def test_playbook_has_no_problems_and_no_warnings(name: str) -> None:
    assert not load(playbook_file(name)).warnings


@pytest.mark.parametrize("name", SHIPPED)
def test_every_gate_item_has_an_id_of_its_own(name: str) -> None:
    def items(stages: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        for stage in stages.values():
            yield from stage.get("gate", ())
            yield from items(stage.get("stages", {}))
            yield from items(stage.get("parallel", {}))

    assert [item for item in items(data_of(playbook_file(name))["stages"]) if "id" not in item] == []


@pytest.mark.parametrize("name", SHIPPED)
def test_english_covers_every_title_sentence_and_option(name: str) -> None:
    bundle = load(playbook_file(name)).bundle
    missing = [path for path in texts(bundle.data) if path not in bundle.overlays["en"]]
    assert not missing


def texts(node: Mapping[str, Any], path: tuple[str, ...] = ()) -> Iterator[str]:
    """Dotted paths of what a reader of English cannot do without."""
    for key, value in node.items():
        here = (*path, key)
        if isinstance(value, dict):
            yield from texts(value, here)
        elif isinstance(value, list) and key in LISTS:
            for index, item in enumerate(value):
                yield from texts(item, (*here, item_id(LISTS[key], item, index)))
        elif isinstance(value, list) and key == "duties":
            yield from (".".join((*here, str(index))) for index in range(len(value)))
        elif (key in ("title", "else", "fix", "goal") or here == ("purpose",)) or (path and path[-1] == "options"):
            yield ".".join(here)


@pytest.mark.parametrize("name", SHIPPED)
def test_english_holds_no_chinese(name: str) -> None:
    overlay = load(playbook_file(name)).bundle.overlays["en"]
    assert [path for path, text in overlay.items() if re.search(r"[\u4e00-\u9fff]", text)] == []


@pytest.mark.parametrize("name", SHIPPED)
def test_every_task_says_what_to_do_and_when_it_is_done(name: str) -> None:
    tasks = load(playbook_file(name)).playbook.tasks.values()
    assert [t.id for t in tasks if not (t.help and t.done_when and t.due)] == []


# The demo


def demo_steps() -> list[dict[str, Any]]:
    (case,) = data_of(SAMPLE / "demo.yaml")["cases"]
    steps: list[dict[str, Any]] = case["steps"]
    return steps


def demo_fields() -> dict[str, str]:
    """What the demo types, and what its ledger adds up to, worked out here by other means than the engine's."""
    return {**typed_fields(), **ledger_fields()}


def ledger_fields() -> dict[str, str]:
    rows = pd.read_csv(SAMPLE / "ledger" / "渠道日报.csv", encoding="gb18030", skiprows=1, dtype=str)
    rows = rows[(rows["日期"] != "合计") & (rows["科室"] == "皮肤科")]
    days = pd.to_datetime(rows["日期"])
    period = rows[(days >= "2026-04-13") & (days <= "2026-06-12")]
    before = rows[(days >= "2026-02-11") & (days <= "2026-04-12")]

    def total(part: pd.DataFrame, column: str) -> str:
        amount = sum(map(Decimal, part[column].dropna()))
        return str(int(amount)) if amount == int(amount) else str(amount)

    counts = {
        "enquiries": "咨询量",
        "bookings": "预约量",
        "arrivals": "到诊人数",
        "new_patients": "初诊人数",
        "quality_patients": "优质患者",
    }
    return {
        **{field: total(period, column) for field, column in counts.items()},
        "spend": total(rows, "花费（元）"),
        "growth_revenue": total(period[period["来源渠道"].notna()], "业务收入（元）"),
        "period_revenue": total(period, "业务收入（元）"),
        "baseline_revenue": total(before, "业务收入（元）"),
        "satisfaction": f"{total(period, '满意份数')}/{total(period, '收回份数')}",
    }


def typed_fields() -> dict[str, str]:
    return {key: str(value) for step in demo_steps() for key, value in step.get("set", {}).items()}


def table(name: str) -> list[list[str]]:
    with (SAMPLE / "evidence" / name).open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


def test_demo_attaches_only_files_that_exist_and_all_of_them() -> None:
    attached = {str(file) for step in demo_steps() for file in step.get("attach", {}).values()}
    assert attached == {f"evidence/{path.name}" for path in (SAMPLE / "evidence").iterdir()}


def test_demo_attaches_evidence_wherever_a_task_demands_it() -> None:
    attached = {target for step in demo_steps() for target in step.get("attach", {})}
    tasks = load(playbook_file("four-step-pilot")).playbook.tasks.values()
    assert {t.id for t in tasks if t.evidence == "required"} <= attached


def test_demo_is_refused_before_it_goes_on_in_every_step() -> None:
    refused = {str(w) for step in demo_steps() for w in step.get("refused", ())}
    assert {"sign_authorisation", "labels_one_or_two", "promises_backed", "breakpoints_closed"} <= refused
    assert {"consents_valid", "brief_final", "guide_final", "next_pilot_started"} <= refused


@pytest.mark.parametrize(
    ("file", "columns"),
    [
        ("funnel.csv", ("enquiries", "bookings", "arrivals")),
        ("patients.csv", ("new_patients", "quality_patients")),
    ],
)
def test_demo_figures_are_the_sums_of_their_evidence(file: str, columns: tuple[str, ...]) -> None:
    rows = [row for row in table(file)[1:] if "日" in row[0]]
    total = next(row for row in table(file) if row[0] == "合计")
    fields = demo_fields()
    for index, column in enumerate(columns, 1):
        assert sum(int(row[index]) for row in rows) == int(total[index]) == int(fields[column])


def test_demo_spend_is_the_sum_of_its_list() -> None:
    rows = table("spend.csv")
    amounts = [int(row[2]) for row in rows[1:] if row[0] != "合计"]
    assert sum(amounts) == int(rows[-1][2]) == int(demo_fields()["spend"])


def test_demo_revenue_and_satisfaction_match_their_evidence() -> None:
    revenue = [row[2] for row in table("revenue.csv")[1:]]
    fields = demo_fields()
    assert revenue == [fields["growth_revenue"], fields["period_revenue"], fields["baseline_revenue"]]
    forms = dict(table("satisfaction.csv"))
    assert fields["satisfaction"] == f"{forms['满意']}/{forms['收回问卷']}"


def test_demo_channels_bring_the_new_patients() -> None:
    channels = next(step["add"]["channels"] for step in demo_steps() if "channels" in step.get("add", {}))
    assert sum(int(row["patients"]) for row in channels) == int(demo_fields()["new_patients"])


@pytest.mark.parametrize("path", sorted(SAMPLE.rglob("*.*")), ids=lambda p: p.name)
def test_samples_hold_no_identity_or_phone_numbers(path: Path) -> None:
    text = path.read_bytes().decode("gb18030") if path.name == "渠道日报.csv" else read_text(path)
    assert find_identifiers(text) == ()


@pytest.mark.parametrize(
    "path", sorted([*playbooks_folder().glob("*.yaml"), SAMPLE / "demo.yaml"]), ids=lambda p: p.name
)
def test_lines_stay_readable(path: Path) -> None:
    assert [n for n, line in enumerate(read_text(path).splitlines(), 1) if len(line) > 160] == []
