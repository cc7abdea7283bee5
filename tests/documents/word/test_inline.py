import pytest
from docx.oxml.ns import qn

from engine.documents.markdown import parser
from engine.documents.word.inline import runs, visible
from engine.documents.word.look import AMBER, MUTED


def texts(markdown: str) -> list[tuple[str, str | None, bool]]:
    """(text, colour, bold) of each run."""
    tokens = parser().parseInline(markdown)[0].children or []
    found = []
    for made in runs(tokens):
        color = made.rPr.find(qn("w:color"))
        text = "".join(t.text for t in made.iter(qn("w:t")))
        found.append(
            (text, color.get(qn("w:val")) if color is not None else None, made.rPr.find(qn("w:b")) is not None)
        )
    return found


def test_emphasis_becomes_colour_and_weight() -> None:
    assert texts("平**粗**") == [("平", None, False), ("粗", None, True)]
    assert texts("*灰* ***待补充***") == [("灰", MUTED, False), (" ", None, False), ("待补充", AMBER, True)]


@pytest.mark.parametrize(("source", "shown"), [("甲\n乙", "甲乙"), ("one\ntwo", "one two"), ("甲\ntwo", "甲two")])
def test_a_line_end_is_a_space_only_between_words(source: str, shown: str) -> None:
    assert "".join(text for text, _, _ in texts(source)) == shown


def test_links_and_html_leave_only_text() -> None:
    assert "".join(text for text, _, _ in texts("[看](http://x) <b>粗</b>")) == "看 粗"


def test_visible_drops_only_what_xml_cannot_hold() -> None:
    assert visible("a\x00\x0b\ud800\uffff😀\t中") == "a😀\t中"
