from engine.documents.charts.words import alt_text, broken, chosen, more, told
from engine.text import say


def test_words_follow_the_language_of_the_paper() -> None:
    assert chosen(say("甲", "a"), "zh") == "甲" and chosen(say("甲", "a"), "en") == "a"
    assert more(3, "zh") == "另有 3 项没有画出" and more(3, "en") == "3 more are not drawn"
    assert "（甲、乙）" in broken(["甲", "乙"], "zh") and "(a, b)" in broken(["a", "b"], "en")


def test_a_label_of_many_characters_is_told_in_part() -> None:
    assert len(told("题", [("长" * 10_000, "1")], (), "zh")) < 300


def test_nothing_to_tell_is_said() -> None:
    assert told("题", [], (), "zh") == "题：还没有可画的数据"


def test_alt_text_is_read_back_from_the_picture() -> None:
    assert alt_text('<svg><desc id="d">a &lt;b&gt; &amp; c</desc></svg>') == "a <b> & c"
    assert alt_text("<svg/>") == ""
