"""Other people's text stays text, wherever it stands; words are counted as people count them."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.documents.markdown import clean, code, count_words, escape, parser, plain, sections

NASTY = [
    "{{7*7}}",
    "<script>alert(1)</script>",
    "a | b",
    "# 标题",
    "- 项",
    "1. 项",
    "* _ [x](http://x) ![y](z) `c` ~~d~~ $e$",
    "[ ] 待办",
    "> 引用",
    "---",
    "===",
    "&lt; &amp; &#65;",
    "a\\",
    "a_b_ _c_ __d__",
    "一行\n\n二行\t三",
    "<!-- pagebreak -->",
    '=HYPERLINK("http://x")',
    "😀👩‍⚕️",
]
TEXT = st.one_of(st.text(), st.text(alphabet="#-+*_`[]()<>|!~$&;\\ \n1.=:ab患"), st.sampled_from(NASTY))


def shown(markdown: str, wanted: str) -> list[str]:
    """The visible texts of the inline tokens inside elements called `wanted`, and nothing but them."""
    tokens = parser().parse(markdown)
    assert not [t for t in tokens if t.type in ("html_block", "code_block", "fence", "hr")]
    texts = []
    for before, token in pairwise(tokens):
        if token.type == "inline":
            assert before.type == wanted
            texts.append(plain(token.children or ()))
            kinds = {child.type for child in token.children or ()}
            assert kinds <= {"text", "softbreak"}, kinds
    return texts


@given(TEXT)
@example("1) a")
@example("第 1 ##")
@example("\u202eabc\u2066")
@example("\ud800")
def test_escape_shows_the_same_text_everywhere(text: str) -> None:
    wanted, made = clean(text), escape(text)
    assert "\n" not in made
    expected = [wanted] if wanted else []
    assert shown(made, "paragraph_open") == expected
    assert shown(f"## 题 {made}", "heading_open") == [f"题 {wanted}".strip()]
    assert shown(f"- 项 {made}", "paragraph_open") == [f"项 {wanted}".strip()]
    assert shown(f"- {made}", "paragraph_open") == expected


@given(TEXT)
def test_escape_stays_inside_its_table_cell(text: str) -> None:
    tokens = parser().parse(f"| 一 | 二 |\n| --- | --- |\n| {escape(text)} | 终 |\n")
    cells = [plain(t.children or ()) for t in tokens if t.type == "inline"]
    assert cells == ["一", "二", clean(text), "终"]


@given(st.lists(TEXT, min_size=2, max_size=3))
def test_escaped_values_side_by_side_stay_text(texts: list[str]) -> None:
    made = "".join(escape(text) for text in texts)
    kinds = {t.type for t in parser().parse(made)}
    assert kinds <= {"paragraph_open", "inline", "paragraph_close"}


@pytest.mark.parametrize("text", ["\u202e倒", "\u200f\u2067右", "零\u0000\u0007宽\u200b\ufeff"])
def test_clean_takes_direction_and_control_marks_away(text: str) -> None:
    assert all(ch.isprintable() for ch in clean(text))


def test_code_survives_backticks_and_table_bars() -> None:
    made = f"| {code('set a=`x`|y')} | 终 |"
    tokens = parser().parse(f"| 一 | 二 |\n| --- | --- |\n{made}\n")
    cells = [plain(t.children or ()) for t in tokens if t.type == "inline"]
    assert cells[2:] == ["set a=`x`/y", "终"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("科室主任", 4),
        ("8.6万元", 3),
        ("two words", 2),
        ("GB/T 37964-2019 标准", 4),
        ("1,200.50", 1),
        ("，。！", 0),
        ("A组B", 3),
    ],
)
def test_count_words(text: str, words: int) -> None:
    assert count_words(text) == words


def test_sections_add_up_to_the_whole() -> None:
    parts = list(
        sections(
            "# 总题\n\n开头\n\n## 甲\n\n一二三\n\n### 子\n\n| 表 | 头 |\n| --- | --- |\n| 四 | 五 |\n\n"
            "## 乙\n\n- [ ] 做\n"
        )
    )
    assert [(p.title, p.words) for p in parts] == [("", 4), ("甲", 9), ("乙", 2)]
