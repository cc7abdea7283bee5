from hypothesis import given
from hypothesis import strategies as st

from engine.documents.slides.measure import lines, shorten
from engine.documents.slides.outline import words


def part(text: str, look: str = "") -> dict[str, str]:
    return {"t": text, "s": look}


def test_lines_are_counted_by_width() -> None:
    assert lines([part("")], 20, 200) == 1
    assert lines([part("九个汉字占九个字宽")], 20, 200) == 1
    assert lines([part("十" * 10)], 20, 200) == 2  # a little of each line is kept free
    assert lines([part("甲"), part("", "br"), part("乙")], 20, 200) == 2
    assert lines([part("a" * 60)], 20, 200) == 4  # a long word is broken where it must be
    assert lines([part("word word")], 20, 60) == 2


def test_a_shortened_text_fits_and_nothing_of_it_is_lost() -> None:
    parts = [part("甲" * 30), part("乙" * 30, "strong")]
    kept, over = shorten(parts, 2, 20, 200)
    assert lines(kept, 20, 200) == 2
    assert words(kept).endswith("…") and words(kept)[:-1] + over == "甲" * 30 + "乙" * 30


def test_what_fits_is_not_touched() -> None:
    assert shorten([part("短")], 1, 20, 200) == ([part("短")], "")


@given(st.text(max_size=300), st.integers(1, 4))
def test_any_text_can_be_shortened(text: str, most: int) -> None:
    kept, _ = shorten([part(text)], most, 18, 150)
    assert lines(kept, 18, 150) <= most
