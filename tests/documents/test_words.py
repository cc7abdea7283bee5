from datetime import date
from decimal import Decimal

import pytest

from engine.documents.words import day_text, duration_text, figure, listing
from engine.model import Duration


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
