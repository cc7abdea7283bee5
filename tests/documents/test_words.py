from datetime import date
from decimal import Decimal

import pytest

from engine.documents.words import day_text, due_rule, duration_text, figure, listing
from engine.model import Due, Duration
from tests.documents import sample


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("86000", "86,000"),
        ("208.737", "208.74"),
        ("0.005", "0.01"),
        ("-0.001", "0"),
        ("1200.50", "1,200.5"),
        ("100", "100"),
        ("1E+3", "1,000"),
    ],
)
def test_figure(number: str, text: str) -> None:
    assert figure(Decimal(number)) == text


def test_dates_and_lists_follow_the_language() -> None:
    assert day_text(date(2026, 3, 2), "zh") == "2026年3月2日"
    assert day_text(date(2026, 3, 2), "en") == "2026-03-02"
    assert listing(["甲", "乙"], "zh") == "甲、乙" and listing(["a", "b"], "en") == "a, b"


def test_durations_follow_the_language() -> None:
    assert duration_text(Duration(10, "workdays"), "zh") == "10 个工作日"
    assert duration_text(Duration(1, "months"), "en") == "1 month"
    assert duration_text(None, "zh") == ""


@pytest.mark.parametrize(
    ("due", "zh", "en"),
    [
        (Due(Duration(3, "workdays")), "进入本阶段后 3 个工作日", "3 workdays after entering the stage"),
        (Due(Duration(1, "weeks"), "pilot"), "启动后 1 周", "1 week after the start"),
        (Due(Duration(2, "days"), "task", "train"), "“培训技师”完成后 2 天", "2 days after '培训技师' is done"),
        (Due(Duration(2, "days"), "field", "opened", before=True), "“启用日期”前 2 天", "2 days before '启用日期'"),
        (None, "", ""),
    ],
)
def test_the_rule_behind_a_due_date(due: Due | None, zh: str, en: str) -> None:
    assert due_rule(due, sample.book(), "zh") == zh
    assert due_rule(due, sample.book(), "en") == en
