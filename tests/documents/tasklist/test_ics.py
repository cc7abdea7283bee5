from dataclasses import replace
from datetime import date, timedelta

import icalendar
import pytest
import vobject  # type: ignore[import-untyped]

from engine.documents.tasklist.ics import to_ics
from tests.documents import sample
from tests.documents.tasklist.lists import listed, with_row

Entry = dict[str, str]
END_OF_APRIL_1 = sample.NOW.replace(hour=23, minute=59, second=59)


def read(content: bytes) -> list[Entry]:
    """A strict reader of RFC 5545 written for this test: CRLF, 75 octets a line, folding, nesting, escapes."""
    assert content.endswith(b"\r\n")
    lines: list[bytes] = []
    for raw in content[:-2].split(b"\r\n"):
        assert b"\n" not in raw
        assert len(raw) <= 75
        raw.decode()  # no character is cut in two
        if raw.startswith(b" "):
            lines[-1] += raw[1:]
        else:
            lines.append(raw)
    entries: list[Entry] = []
    open_parts: list[str] = []
    for line in lines:
        name, _, value = line.decode().partition(":")
        if name == "BEGIN":
            open_parts.append(value)
            if value == "VEVENT":
                entries.append({})
        elif name == "END":
            assert open_parts.pop() == value
        elif open_parts[-1] == "VEVENT":
            entries[-1][name] = _unescaped(value)
        elif open_parts[-1] == "VALARM":
            entries[-1][f"ALARM {name}"] = _unescaped(value)
    assert open_parts == []
    return entries


def _unescaped(value: str) -> str:
    out, rest = "", iter(value)
    for ch in rest:
        if ch != "\\":
            assert ch not in ";,"
            out += ch
        else:
            out += {"n": "\n", "N": "\n"}.get(following := next(rest), following)
    return out


def due(**changes: object) -> list[Entry]:
    moment = sample.NOW.replace(hour=23, minute=59, second=59)
    return read(to_ics(with_row(listed(), **{"due": moment.date(), "moment": moment, **changes})))


def test_an_open_task_is_a_whole_day_with_a_reminder_the_day_before() -> None:
    (entry,) = due()
    assert (entry["DTSTART;VALUE=DATE"], entry["DTEND;VALUE=DATE"]) == ("20260401", "20260402")
    assert entry["SUMMARY"] == "测量承重 · 东院磁共振"
    assert entry["DTSTAMP"] == "20260401T010000Z"
    assert (entry["ALARM TRIGGER"], entry["TRANSP"], entry["SEQUENCE"]) == ("-PT15H", "TRANSPARENT", "4")


def test_a_task_due_by_the_hour_is_a_moment() -> None:
    (entry,) = due(moment=sample.NOW + timedelta(hours=4))
    assert entry["DTSTART"] == "20260401T050000Z"
    assert "DTEND" not in entry
    assert entry["ALARM TRIGGER"] == "-PT2H"


def test_texts_come_through_whole() -> None:
    help_text = "带上；逗号,分号;反斜杠\\与\n换行。" + "很长的一句话，" * 40
    (entry,) = due(help=help_text, title="甲,乙;丙\\丁")
    assert help_text in entry["DESCRIPTION"]
    assert entry["SUMMARY"] == "甲,乙;丙\\丁 · 东院磁共振"


def test_an_entry_keeps_its_uid_and_no_two_share_one() -> None:
    assert due()[0]["UID"] == due(status="in_progress", title="改名")[0]["UID"]
    assert due()[0]["UID"] != due(key="measure@甲")[0]["UID"]
    assert due(key="measure@甲")[0]["UID"].isascii()


def test_only_what_lies_ahead_is_listed() -> None:
    assert due(status="done") == due(status="skipped") == []
    assert due(active=False, reached=True) == []
    assert len(due(active=False, reached=False)) == 1
    assert due(due=None, moment=None) == []
    made = with_row(listed(), due=sample.NOW.date(), moment=sample.NOW)
    assert read(to_ics(replace(made, status="finished"))) == []


def test_another_library_reads_the_same_dates_and_alarms() -> None:
    made = listed(language="zh")
    (day,) = vobject.readOne(to_ics(with_row(made, due=date(2026, 4, 1), moment=END_OF_APRIL_1)).decode()).vevent_list
    assert (day.dtstart.value, day.dtend.value) == (date(2026, 4, 1), date(2026, 4, 2))
    assert day.summary.value == "测量承重 · 东院磁共振"
    assert (day.valarm.action.value, day.valarm.trigger.value) == ("DISPLAY", timedelta(hours=-15))
    (hour,) = vobject.readOne(to_ics(with_row(made, due=sample.NOW.date(), moment=sample.NOW)).decode()).vevent_list
    assert (hour.dtstart.value, hour.valarm.trigger.value) == (sample.NOW, timedelta(hours=-2))


@pytest.mark.parametrize(
    "text", ["{{7*7}}", "<script>", "=HYPERLINK()", "BEGIN:VEVENT", "😀👨‍👩‍👧", "长" * 10_000, "a\r\nEND:VCALENDAR"]
)
def test_texts_of_people_stay_text(text: str) -> None:
    content = to_ics(with_row(listed(), title=text, help=text, due=date(2026, 4, 1), moment=END_OF_APRIL_1))
    (entry,) = vobject.readOne(content.decode()).vevent_list
    assert entry.summary.value == f"{text} · 东院磁共振".replace("\r\n", "\n")
    assert text.replace("\r\n", "\n") in entry.description.value


def test_another_reader_agrees() -> None:
    made = with_row(listed(language="en"), due=sample.NOW.date(), moment=sample.NOW)
    assert to_ics(made) == to_ics(made)
    (event,) = icalendar.Calendar.from_ical(to_ics(made)).walk("VEVENT")
    assert event["SUMMARY"] == "测量承重 · 东院磁共振"
    assert event.decoded("DTSTART") == sample.NOW
