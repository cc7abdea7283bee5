"""The calendar file, read back."""

from __future__ import annotations

from datetime import date, timedelta

import icalendar

from engine.documents.agenda import agenda_ics
from engine.documents.tasklist import task_list
from engine.documents.tasklist.ics import to_ics
from engine.frozen import replace
from engine.process import commands as c
from engine.process.dates import dates_of
from tests.process.world import Bench


def written(bench: Bench) -> list[icalendar.Event]:
    dates = [("p1", bench.pilot.name, bench.pilot.seq, one) for one in dates_of(bench.context)]
    content = agenda_ics(dates, bench.now, "zh", "日历")
    assert content == agenda_ics(dates, bench.now, "zh", "日历")
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


def test_a_day_is_a_whole_day_with_a_reminder_the_morning_before() -> None:
    [event] = written(Bench().do(c.Assign("owner", ("王蕾",))))
    assert event["summary"] == "1 找铺面 · 东街店"
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2026, 3, 9), date(2026, 3, 10))
    [alarm] = event.walk("VALARM")
    assert alarm["trigger"].dt == timedelta(hours=-15)
    assert "店主 王蕾" in event["description"]


def test_an_hour_is_a_moment_with_a_reminder_before_it() -> None:
    text = Bench.__init__.__defaults__
    assert text
    book = str(text[0]).replace("{id: too_slow, wait: 30 workdays", "{id: too_slow, wait: 4 hours")
    events = written(Bench(book).to_bake())
    [timer] = [e for e in events if e["categories"].to_ical() == "时限".encode()]
    assert timer["dtstart"].dt.isoformat() == "2026-03-02T05:00:00+00:00"
    [alarm] = timer.walk("VALARM")
    assert alarm["trigger"].dt == timedelta(hours=-2)


def test_an_entry_keeps_its_id_when_its_day_moves() -> None:
    early, late = Bench(), Bench(day="2026-03-03")
    assert written(early)[0]["uid"] == written(late)[0]["uid"]
    assert written(early)[0]["dtstart"].dt != written(late)[0]["dtstart"].dt


def test_a_task_is_the_same_entry_as_in_its_task_list() -> None:
    bench = Bench()
    tasks = replace(task_list(bench.book, bench.pilot, bench.calendar, bench.now), pilot_id="p1")
    [listed] = icalendar.Calendar.from_ical(to_ics(tasks)).walk("VEVENT")
    [dated] = written(bench)
    assert (listed["uid"], listed["dtstart"].dt) == (dated["uid"], dated["dtstart"].dt)
