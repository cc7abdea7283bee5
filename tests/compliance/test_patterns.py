"""The language of patterns: what it means, and what it refuses."""

import re

import pytest

from engine.compliance.patterns import MAX_GAP, PatternError, choice_of, expression, keys, parse

CLASSES = {"own": ("我院", "我科"), "good": ("好(的)?", "优")}


def lookup(name: str):
    return choice_of(CLASSES[name], lookup) if name in CLASSES else None


def found(pattern: str, text: str) -> str | None:
    match = re.search(expression(parse(pattern, lookup)), text)
    return match[0] if match else None


@pytest.mark.parametrize(
    ("pattern", "text", "hit"),
    [
        ("最好", "这是最好的", "最好"),
        ("{own}..3{good}", "我院真的好", "我院真的好"),
        ("{own}..3{good}", "我院这一次真的好", None),
        ("{own}..9{good}", "我院,很好", None),
        ("{own}...9{good}", "我院,很好", "我院,很好"),
        ("{own}...9{good}", "我院。很好", None),
        ("(包|保)(你|您)?治好", "保治好", "保治好"),
        ("最大!(心率)", "最大心率", None),
        ("~(拿)不准", "拿不准", None),
        ("^没有", "我没有", None),
        ("治好$", "治好,再见", "治好"),
        ("有效率..4{percent}", "有效率高达98.6%", "有效率高达98.6%"),
        ("{percent}", "百分之九十五", "百分之九十五"),
        ("{percent}", "九成八", "九成八"),
        ("{percent}", "十有八九", "十有八九"),
        ("{money}", "返现200元", "200元"),
        ("甲|乙", "乙", "乙"),
        (r"a\?b", "a?b", "a?b"),
    ],
)
def test_meaning(pattern: str, text: str, hit: str | None) -> None:
    assert found(pattern, text) == hit


@pytest.mark.parametrize(
    ("pattern", "at"),
    [
        ("a*", 1),
        ("a+", 1),
        ("(a|b", 0),
        ("a)", 1),
        ("{nothing}", 0),
        ("{own", 0),
        ("?a", 0),
        ("a??", 2),
        ("(a|)", 0),
        (f"a..{MAX_GAP + 1}b", 1),
        ("a..40b..40c..40d..40e", 0),
        ("a?", 0),
        ("..5", 0),
        ("((((a))))", 3),
        ("a\\", 1),
        ("~({own})a", 1),
    ],
)
def test_refusals_say_where(pattern: str, at: int) -> None:
    with pytest.raises(PatternError) as caught:
        parse(pattern, lookup)
    assert caught.value.at == at
    assert caught.value.message.zh and caught.value.message.en


def test_keys_are_pairs_one_of_which_must_be_there() -> None:
    assert keys(parse("{own}..3治好", lookup)) == [frozenset({"我院", "我科"}), frozenset({"治好"})]
    assert keys(parse("(甲|乙丙)?丁", lookup)) == [frozenset({"丁"})]
