"""The first step of a pilot: its name, its day, who and what is known from the start."""

from __future__ import annotations

from datetime import date

import pytest

from engine.pilot.blockers import Refused
from engine.process import commands as c
from engine.process import decide
from tests.process.world import Bench


def started(**more: object) -> Bench:
    bench = Bench()
    bench.events.clear()
    values: dict[str, object] = {"pilot": "p1", "name": "东街店", "pin": "pin", "day": date(2026, 3, 2)}
    return bench.do(c.Start(**(values | more)))  # type: ignore[arg-type]


def test_it_enters_the_first_stage_on_its_day() -> None:
    pilot = started(day=date(2026, 2, 2)).pilot
    assert pilot.at == ("prepare",) and pilot.started == date(2026, 2, 2)
    assert pilot.entered["prepare"].isoformat() == "2026-02-02T00:00:00+08:00"


def test_people_and_fields_are_set_in_the_same_step() -> None:
    bench = started(values={"rent": "1.2万"}, people={"owner": ("王蕾",)})
    assert len({e.command for e in bench.events}) == 1
    assert str(bench.pilot.fields["rent"]) == "12000.00" and bench.pilot.people["owner"] == ("王蕾",)


@pytest.mark.parametrize("name", ["", "  ", "12", "a=b", "长" * 81, "东街店13812345678"])
def test_a_name_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(Refused):
        started(name=name)


def test_a_value_that_is_none_starts_nothing() -> None:
    bench = Bench()
    command = c.Start("p1", "东街店", "pin", bench.now.date(), values={"rent": "很贵"})
    with pytest.raises(Refused):
        decide(bench.book, None, command, bench.now, bench.calendar, "王蕾")
