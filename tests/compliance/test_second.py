"""The second opinion: what a sentence is made of, how it is scored, and what it may say beside the patterns."""

from __future__ import annotations

from itertools import pairwise

import pytest

from engine.compliance import load_pack, scan
from engine.compliance.load import find_pack
from engine.compliance.patterns import choice_of
from engine.compliance.second import (
    LONGEST,
    MOST,
    Judge,
    Second,
    class_finder,
    clauses,
    features,
    read_second,
    units,
)
from engine.compliance.word_classes import ClassFinder
from engine.frozen import replace

CLASSES = ClassFinder({"sure": choice_of(("保证", "一定"), lambda name: None)})
NONE = ClassFinder({})


def test_features_are_characters_pairs_classes_and_the_channel() -> None:
    assert features("保证 3天", "kepu", CLASSES) == {"保", "证", "0", "天", "保证", "证0", "0天", "c:sure", "h:kepu"}
    assert features("1,000", "", NONE) == features("2,345", "", NONE)


def test_a_score_adds_up_weights_and_bias() -> None:
    second = Second((Judge("R-1", -1.0, 0.7, 0.0), Judge("R-2", 0.0, 0.7, 0.0)), {"好": (0, 200)}, ())
    first, other = second.scores("好", "ad", NONE)
    assert first == pytest.approx(1 / (1 + 2.718281828**-1)) and other == pytest.approx(0.5)


def test_the_clause_that_speaks_most_is_pointed_at() -> None:
    second = Second((Judge("R-1", 0.0, 0.7, 0.0),), {"好": (0, 200)}, ())
    text = "门诊在一楼,看了就好,欢迎"
    start, end = second.where(text, 0, NONE)
    assert text[start:end] == "看了就好"


def test_units_cover_a_text_and_short_sentences_go_with_the_next() -> None:
    assert list(units("短文。两句。")) == [(0, 6)]
    text = "好。" + "这一句长一些,讲清楚门诊的时间和地点。" * 12
    found = list(units(text))
    assert found[0][0] == 0 and found[-1][1] == len(text)
    assert all(a[1] == b[0] for a, b in pairwise(found))
    assert all(end - start <= LONGEST for start, end in found)


def test_clauses_leave_out_the_marks() -> None:
    text = "甲,乙。丙"
    assert [text[a:b] for a, b in clauses(text)] == ["甲", "乙", "丙"]


def test_it_speaks_up_where_no_pattern_does_and_says_so() -> None:
    pack = load_pack()
    assert pack.second is not None
    odd = "蓝色的窗帘挂在走廊尽头"
    silent = replace(pack.second, weights={}, judges=(Judge("MED-EFF-01", -9.0, 0.7, 0.0),))
    assert scan(replace(pack, second=silent), odd, "self_media") == ()
    loud = replace(pack.second, weights={}, judges=(Judge("MED-EFF-01", 9.0, 0.7, 0.0),))
    [finding] = scan(replace(pack, second=loud), odd, "self_media")
    assert (finding.rule, finding.likened, finding.as_dict()["second_opinion"]) == ("MED-EFF-01", True, True)
    assert scan(replace(pack, second=loud), odd, "internal") == ()  # the rule does not hold there
    assert scan(replace(pack, second=loud), "错误示例：\n- " + odd, "self_media") == ()


def test_it_may_doubt_a_pattern() -> None:
    pack = load_pack()
    assert pack.second is not None
    text = "我们保证三天根治"
    plain = replace(pack, second=None)
    assert "MED-EFF-01" in {f.rule for f in scan(plain, text, "self_media")}
    doubting = replace(pack.second, weights={}, judges=(Judge("MED-EFF-01", -9.0, 0.7, 0.05),))
    assert "MED-EFF-01" not in {f.rule for f in scan(replace(pack, second=doubting), text, "self_media")}


def test_lawful_sentences_beside_a_hit_do_not_excuse_it() -> None:
    beside = "您好，这里是示范市第一人民医院皮肤科，门诊时间是周一至周五8:00至17:30，电话0571-88880000。\n"
    found = {f.rule for f in scan(load_pack(), beside + "这个治疗三天保证根治，治不好全额退款。", "self_media")}
    assert {"MED-EFF-01", "PRICE-REFUND-01"} <= found


def test_a_book_is_left_to_the_patterns() -> None:
    pack = load_pack()
    assert pack.second is not None
    loud = replace(pack, second=replace(pack.second, weights={}, judges=(Judge("MED-EFF-01", 9.0, 0.7, 0.0),)))
    assert scan(loud, "今天天气很好。" * (MOST // 7 + 1), "self_media") == ()


def test_the_shipped_file_fits_the_shipped_pack() -> None:
    pack = load_pack()
    second = read_second(find_pack("medical-ads"))
    assert second is not None and second.sentences > 2000
    blocks = {rule.id for rule in pack.rules if rule.severity == "block"}
    assert {judge.rule for judge in second.judges} == blocks - {"PI-ID-01", "PI-NAME-01"}
    assert set(class_finder(pack, second.classes).classes) == set(second.classes)
