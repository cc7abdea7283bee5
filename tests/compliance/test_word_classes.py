"""Which word classes stand in a text."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from engine.compliance import load_pack
from engine.compliance.patterns import choice_of
from engine.compliance.word_classes import ClassFinder

CLASSES = ClassFinder(
    {
        "sure": choice_of(("保证", "一定(会|能)", "包"), lambda name: None),
        "many": choice_of(("{number}位", "不少"), lambda name: None),
    }
)


def test_a_class_stands_where_one_of_its_entries_does() -> None:
    assert CLASSES.standing_in("我们保证") == {"sure"}
    assert CLASSES.standing_in("一定") == set()
    assert CLASSES.standing_in("有不少人一定能来") == {"sure", "many"}
    assert CLASSES.standing_in("接待了三位") == {"many"}


def test_nothing_is_compiled_for_a_text_that_fits_nothing() -> None:
    finder = ClassFinder({"sure": choice_of(("保证",), lambda name: None)})
    assert finder.standing_in("今天天气很好") == set() and not finder.ready


@given(st.text(alphabet="保证一定会能包不少位三十,。好的", max_size=30))
def test_screening_loses_nothing(text: str) -> None:
    plain = {name for name, node in CLASSES.classes.items() if re.search(node.expression, text)}
    assert CLASSES.standing_in(text) == plain


def test_screening_loses_nothing_in_the_shipped_pack() -> None:
    finder = load_pack().classes_of_second
    for text in (
        "我院专家用药三天见效,有效率高达98%",
        "国家级名医亲自手术,患者都说好",
        "请各位家属按时探视",
        "返现200元,带朋友来再减",
    ):
        assert finder.standing_in(text) == {
            name for name, node in finder.classes.items() if re.search(node.expression, text)
        }
