from typing import Any

import pytest
from docx.oxml.ns import qn

from engine.documents.markdown import parser
from engine.documents.word.frame import contents


@pytest.mark.parametrize(("depth", "texts"), [(1, ["甲", "乙"]), (2, ["甲", "子", "乙"])])
def test_contents_go_as_deep_as_asked(depth: int, texts: list[str]) -> None:
    made = contents(parser().parse("# 题\n\n## 甲\n\n### 子\n\n#### 孙\n\n## 乙\n"), "zh", depth)
    assert ["".join(t.text for t in link.iter(qn("w:t"))) for link in made.iter(qn("w:hyperlink"))] == texts


@pytest.mark.parametrize(
    ("language", "hint"), [("zh", "要看页码，在目录上按右键，选“更新域”"), ("en", "choose Update Field")]
)
def test_contents_show_no_page_and_say_how_to_have_them(language: Any, hint: str) -> None:
    made = contents(parser().parse("# 题\n\n## 甲\n\n## 乙\n"), language, 1)
    (code,) = made.iter(qn("w:instrText"))
    assert r"\n" not in code.text  # with it the pages would stay away when the field is updated
    assert not [node for node in made.iter() if node.get(qn("w:dirty"))]  # Word would ask before it shows the paper
    last = list(made.iter(qn("w:p")))[-1]
    assert hint in "".join(t.text for t in last.iter(qn("w:t")))
    # Inside the field, so that it goes when the field is updated.
    assert [mark.get(qn("w:fldCharType")) for mark in last.iter(qn("w:fldChar"))] == ["end"]


def test_contents_of_nothing_have_no_open_field() -> None:
    made = contents(parser().parse("正文\n"), "en", 2)
    assert not list(made.iter(qn("w:fldChar")))
    assert [t.text for t in made.iter(qn("w:t"))] == ["Contents"]
