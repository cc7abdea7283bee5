import timeit

import pytest

from engine.documents.charts.measure import em, fit, tidy, widest, width, wrap


def test_a_chinese_character_is_one_em_wide_and_a_letter_less() -> None:
    assert em("患") == em("，") == em("…") == 1.0
    assert 0 < em("i") < em("a") < em("M") < 1.0 < em("😀")
    assert width("预约", 13) == 26 and width("", 13) == 0


def test_marks_that_stand_on_another_character_take_no_room() -> None:
    assert em("\u0301") == em("\ufe0f") == em("\u200d") == 0


@pytest.mark.parametrize(
    "text", ["预约", "预约率（咨询到预约）", "appointment confirmed", "预" * 30, "a" * 10_000, "😀" * 50]
)
def test_a_fitted_text_is_never_wider_than_its_room(text: str) -> None:
    for most in (40.0, 100.0, 195.0):
        assert width(fit(text, most, 13), 13) <= most
        assert all(width(line, 13) <= most for line in wrap(text, most, 13))
        assert len(wrap(text, most, 13, 3)) <= 3


def test_a_text_that_fits_is_left_alone_and_one_that_does_not_ends_in_an_ellipsis() -> None:
    assert fit("预约", 26, 13) == "预约"
    assert fit("预约率", 38, 13) == "预…"
    assert wrap("一二三四五六", 39, 13) == ["一二三", "四五六"]
    assert wrap("一二三四五六七", 39, 13) == ["一二三", "四五…"]


def test_a_latin_word_is_not_torn_apart() -> None:
    assert wrap("confirmed appointments", 110, 13) == ["confirmed", "appointments"]


def test_widest_is_the_longest_but_at_most_the_room() -> None:
    assert widest(["预", "预约"], 10, 100) == 20
    assert widest(["预" * 30], 10, 100) == 100
    assert widest([], 10, 100) == 0


def test_text_is_one_line_without_marks_of_direction() -> None:
    assert tidy(" 甲\n\t乙\u202e丙\x00 ") == "甲 乙丙"


def test_a_very_long_text_costs_little() -> None:
    text = "预约" * 50_000
    assert timeit.timeit(lambda: fit(text, 195, 13), number=1) < 2
