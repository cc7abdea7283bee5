"""One calendar for all pilots, or for one with everything under it."""

from __future__ import annotations

from tests.commands.runner import Shell


def test_all_dates_of_all_pilots_and_of_a_family(shell: Shell) -> None:
    shell.type("start", "bakery", "西街店")
    shell.type("start", "bakery", "西街店·分号", "--parent", "西街店")
    everything = shell.json("calendar")["dates"]
    assert len(everything) == 3 and {d["date"] for d in everything} == {"2026-03-09"}
    family = shell.json("calendar", "西街店")["dates"]
    assert [d["pilot"] for d in family] == ["西街店", "西街店·分号"]
    assert "找铺面" in shell.type("calendar")


def test_only_one_persons_dates(shell: Shell) -> None:
    shell.type("assign 店主 王蕾")
    assert len(shell.json("calendar", "--person", "王蕾")["dates"]) == 1
    assert "没有要记的日期" in shell.type("calendar --person 李四")


def test_the_file_gets_its_ending_and_holds_every_date(shell: Shell) -> None:
    answer = shell.json("calendar", "-o", str(shell.root / "日历"))
    assert answer["file"].endswith("日历.ics")
    assert (shell.root / "日历.ics").read_bytes().count(b"BEGIN:VEVENT") == answer["dates"] == 1


def test_an_ended_pilot_has_none(shell: Shell) -> None:
    shell.type("advance --to stop --reason 资金不足")
    assert "没有要记的日期" in shell.type("calendar")
