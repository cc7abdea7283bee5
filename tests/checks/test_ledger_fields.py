import pytest

from engine.checks import ledger_fields
from tests.checks.books import whole

BASE = "fields:\n  f: {title: 数, type: TYPE, ledger: COUNT}\n  d: {title: 日, type: date}\n"


@pytest.mark.parametrize(
    ("kind", "count", "codes"),
    [
        ("number", "enquiries", []),
        ("number", "{sum: arrivals}", []),
        ("money", "{sum: spend}", []),
        ("percent", "{sum: satisfied, over: surveyed}", []),
        ("number", "{sum: spend}", ["wrong-counting"]),
        ("money", "{sum: clicks}", ["wrong-counting"]),
        ("percent", "{sum: satisfied}", ["wrong-counting"]),
        ("number", "{sum: satisfied, over: surveyed}", ["wrong-counting"]),
        ("number", "{sum: clicks, during: w}", []),
        ("number", "{sum: clicks, during: v}", ["unknown-window"]),
    ],
)
def test_a_counted_field_fits_its_column(kind: str, count: str, codes: list[str]) -> None:
    text = BASE.replace("TYPE", kind).replace("COUNT", count) + "windows:\n  w: {from: d}\n"
    assert [p.code for p in ledger_fields.check(whole(text))] == codes


@pytest.mark.parametrize(
    ("windows", "codes"),
    [
        ("{a: {from: started}, b: {before: a}, c: {before: b}}", []),
        ("{a: {last: 3 months, before: started}}", []),
        ("{a: {before: b}, b: {before: a}}", ["window-circle", "window-circle"]),
        ("{a: {before: a}}", ["window-circle"]),
        ("{a: {before: z}}", ["unknown-window"]),
    ],
)
def test_windows_lead_to_a_day(windows: str, codes: list[str]) -> None:
    assert [p.code for p in ledger_fields.check(whole(f"windows: {windows}\n"))] == codes
