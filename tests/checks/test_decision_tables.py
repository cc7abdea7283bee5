import pytest

from engine.checks import decision_tables
from tests.checks.books import whole

TABLE = """decisions:
  t:
    title: 表
    hit: HIT
    inputs: INPUTS
    outputs: {out: {title: 结果, options: {a: 甲, b: 乙}}}
    rows: ROWS
"""
NUMBER = "{n: {title: 数, value: visits.a, min: 0}}"


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        ('[{n: "<5", out: a}, {n: ">=5", out: b}]', []),
        ('[{n: "<5", out: a}, {n: ">5", out: b}]', ["decision-gap"]),
        ('[{n: "<=5", out: a}, {n: ">=5", out: b}]', ["decision-overlap"]),
        ('[{n: "<5", out: a}, {n: ">=5", out: c}]', ["decision-result"]),
        ('[{n: "<5"}, {n: ">=5", out: b}]', ["decision-result"]),
        ('[{m: "<5", out: a}, {n: ">=5", out: b}]', ["decision-column"]),
        ('[{n: "小于五", out: a}, {n: ">=5", out: b}]', ["decision-cell"]),
        ('[{n: "5..3", out: a}]', ["decision-cell"]),
    ],
)
def test_rows_of_a_table(rows: str, codes: list[str]) -> None:
    text = TABLE.replace("HIT", "unique").replace("INPUTS", NUMBER).replace("ROWS", rows)
    assert [p.code for p in decision_tables.check(whole(text))] == codes


@pytest.mark.parametrize(
    ("hit", "inputs", "rows", "codes"),
    [
        ("first", NUMBER, "[{out: a}, {n: '5', out: b}]", ["decision-hidden"]),
        ("first", NUMBER, "[{n: '5', out: a}, {out: b}]", []),
        ("collect", NUMBER, "[{n: '5', out: a}, {out: b}]", []),
        ("priority", NUMBER, "[{n: '5', out: a}, {out: b}]", []),
        ("first", "{n: {title: 城市, type: choice}}", "[{out: a}]", ["decision-input"]),
        ("first", "{n: {title: 数, value: visits.nowhere}}", "[{out: a}]", ["unknown-name"]),
        ("first", "{n: {title: 数, value: tasks.t.done}}", "[{out: a}]", ["expression-type"]),
        ("first", "{n: {title: 数, type: yes_no, value: tasks.t.done}}", "[{n: yes, out: a}, {n: no, out: b}]", []),
        ("first", "{n: {title: 数, value: row.x}}", "[{out: a}]", ["unknown-name"]),
    ],
)
def test_tables(hit: str, inputs: str, rows: str, codes: list[str]) -> None:
    text = TABLE.replace("HIT", hit).replace("INPUTS", inputs).replace("ROWS", rows)
    assert [p.code for p in decision_tables.check(whole(text))] == codes
