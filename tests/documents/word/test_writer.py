"""The DOCX of a paper read back: real styles, lists, tables, boxes; the same bytes each time; everything as text."""

import io
import zipfile
from datetime import date
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt

from engine.documents.markdown import escape
from engine.documents.render import Paper
from engine.documents.word import to_docx

W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"


def paper(markdown: str, **changes: Any) -> Paper:
    values: dict[str, Any] = {
        "id": "brief",
        "title": "成果简报",
        "markdown": markdown,
        "words": 1,
        "sha256": "0" * 64,
        "problems": (),
        "hospital": "示范市第一人民医院",
        "pilot": "眼科试点",
        "draft": False,
        "language": "zh",
        "day": date(2026, 3, 2),
    }
    return Paper(**(values | changes))


def read(markdown: str, **changes: Any) -> Any:
    return Document(io.BytesIO(to_docx(paper(markdown, **changes))))


def styled(document: Any) -> list[tuple[str, str]]:
    return [(p.style.style_id, p.text) for p in document.paragraphs if p.text]


def test_headings_are_real_styles_with_outline_levels() -> None:
    document = read("# 题\n\n## 一级\n\n### 二级\n\n正文")
    assert styled(document)[1:] == [("Title", "题"), ("Heading1", "一级"), ("Heading2", "二级"), ("Normal", "正文")]
    assert document.styles["Heading 1"].element.pPr.find(qn("w:outlineLvl")).get(qn("w:val")) == "0"


def test_check_boxes_are_content_controls_with_their_state() -> None:
    document = read("- [ ] 未做\n- [x] 已做\n\n| 事 | 完成 |\n| --- | --- |\n| 甲 | [ ] |\n")
    boxes = list(document.element.body.iter(f"{W14}checkbox"))
    assert [box.find(f"{W14}checked").get(f"{W14}val") for box in boxes] == ["0", "1", "0"]
    numbers = [
        sdt.find(qn("w:sdtPr")).find(qn("w:id")).get(qn("w:val")) for sdt in document.element.body.iter(qn("w:sdt"))
    ]
    assert len(set(numbers)) == 3
    assert [t.text for t in document.element.body.iter(qn("w:t")) if t.text in "☐☑"] == ["☐", "☑", "☐"]
    assert "未做" in [p.text.strip() for p in document.paragraphs]


def test_a_users_brackets_are_not_a_box() -> None:
    document = read(f"- {escape('[ ] 待办')}\n")
    assert not list(document.element.body.iter(f"{W14}checkbox"))
    assert document.paragraphs[-1].text == "[ ] 待办"


def test_tables_repeat_their_header_and_keep_rows_whole() -> None:
    document = read("| 甲 | 数 |\n| --- | ---: |\n| 一 | 1 |\n| 二 | 2 |\n")
    (table,) = document.tables
    assert [[c.text for c in row.cells] for row in table.rows] == [["甲", "数"], ["一", "1"], ["二", "2"]]
    assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows] == [True, False, False]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert table.rows[1].cells[1].paragraphs[0].alignment is not None


@pytest.mark.parametrize("columns", [1, 2, 3, 7])
def test_tables_are_as_wide_as_the_text(columns: int) -> None:
    row = "|" + " 内容很长" * 9 + " |" * columns + "\n"
    document = read(row + "|" + " --- |" * columns + "\n" + row)
    section = document.sections[0]
    width = section.page_width - section.left_margin - section.right_margin
    total = sum(int(column.get(qn("w:w"))) for column in document.tables[0]._tbl.tblGrid)
    assert abs(total * 635 - width) < 2000


def test_ordered_lists_start_anew() -> None:
    document = read("1. 甲\n2. 乙\n\n段\n\n1. 丙\n")
    numbers = [p._p.pPr.numPr.numId.val for p in document.paragraphs if p._p.pPr.numPr is not None]
    assert numbers[0] == numbers[1] != numbers[2]


def test_page_is_a4_with_page_numbers_and_running_head() -> None:
    document = read("# 题\n", draft=True)
    section = document.sections[0]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)
    assert "示范市第一人民医院" in section.header.paragraphs[0].text
    assert "草稿" in section.header.paragraphs[0].text
    codes = [c.text.strip() for c in section.footer._element.iter(qn("w:instrText"))]
    assert codes == ["PAGE", "NUMPAGES"]


def test_table_of_contents_links_to_its_headings() -> None:
    document = read("# 题\n\n<!-- toc -->\n\n<!-- numbered -->\n\n## 甲\n\n### 子\n\n## 乙\n")
    links = list(document.element.body.iter(qn("w:hyperlink")))
    assert ["".join(t.text for t in link.iter(qn("w:t"))) for link in links] == ["一、甲", "（一）子", "二、乙"]
    marks = {m.get(qn("w:name")): m for m in document.element.body.iter(qn("w:bookmarkStart"))}
    assert all(link.get(qn("w:anchor")) in marks for link in links)
    assert marks[links[1].get(qn("w:anchor"))].getparent().pPr.pStyle.val == "Heading2"


def test_same_paper_same_bytes_and_no_clock_inside() -> None:
    text = "# 题\n\n- [ ] 甲\n\n| 一 | 二 |\n| --- | --- |\n| 1 | 2 |\n"
    made = to_docx(paper(text))
    assert made == to_docx(paper(text))
    package = zipfile.ZipFile(io.BytesIO(made))
    assert {entry.date_time for entry in package.infolist()} == {(2026, 3, 2, 0, 0, 0)}
    core = package.read("docProps/core.xml").decode()
    assert "2026-03-02T00:00:00Z" in core and "python-docx" not in core
    assert package.testzip() is None


def test_every_relation_points_at_a_part_that_is_there() -> None:
    package = zipfile.ZipFile(io.BytesIO(to_docx(paper("# 题\n"))))
    names = set(package.namelist())
    assert not [n for n in names if "thumbnail" in n or "customXml" in n]
    types = package.read("[Content_Types].xml").decode()
    import re

    assert {f"/{n}" for n in names} >= set(re.findall(r'PartName="([^"]+)"', types))


@pytest.mark.parametrize(
    "text", ["{{7*7}}", "<script>x</script>", "=HYPERLINK()", "a & b <c>", "\u202e倒", "😀", "\x0b\x00"]
)
def test_injected_text_comes_out_as_text(text: str) -> None:
    from engine.documents.markdown import clean

    document = read(
        f"# 题\n\n段 {escape(text)}\n\n| 头 |\n| --- |\n| {escape(text) or '空'} |\n", pilot=clean(text) or "试点"
    )
    assert f"段 {clean(text)}".strip() in [p.text for p in document.paragraphs]
    assert document.tables[0].rows[1].cells[0].text == (clean(text) or "空")


def test_chinese_runs_ask_for_the_chinese_font() -> None:
    document = read("“引号”与——破折号\n")
    (run,) = document.paragraphs[-1].runs
    assert run._r.rPr.rFonts.get(qn("w:hint")) == "eastAsia"
    defaults = document.styles.element.find(qn("w:docDefaults"))
    assert next(defaults.iter(qn("w:rFonts"))).get(qn("w:eastAsia")) == "微软雅黑"


def test_word_opens_it_in_its_own_mode() -> None:
    settings = read("# 题").settings.element
    found = {s.get(qn("w:name")): s.get(qn("w:val")) for s in settings.iter(qn("w:compatSetting"))}
    assert found["compatibilityMode"] == "15"


def kept(document: Any) -> list[tuple[str, bool]]:
    """Every paragraph of the body, and whether it stays with the next one."""
    return [(p.text, p._p.pPr.find(qn("w:keepNext")) is not None) for p in document.paragraphs if p.text]


def test_what_leads_to_a_list_stays_with_it_and_an_item_on_one_page() -> None:
    more = f"- {'长' * 300}\n"  # a short list would stay together as a whole
    document = read(f"引\n\n- [ ] 甲\n\n  怎样做\n\n  做到什么\n- [ ] 乙\n{more}\n末\n")
    assert [(text.strip(), stays) for text, stays in kept(document)] == [
        ("引", True),
        ("甲", True),
        ("怎样做", True),
        ("做到什么", False),
        ("乙", False),
        ("长" * 300, False),
        ("末", False),
    ]


def test_behind_the_last_table_no_line_is_left_that_could_fill_a_page() -> None:
    def gaps(text: str) -> list[str]:
        found = [p.pPr.find(qn("w:spacing")) for p in read(text).element.body.iter(qn("w:p"))]
        return [s.get(qn("w:line")) for s in found if s is not None and s.get(qn("w:lineRule")) == "exact"]

    grid = "| 甲 |\n| --- |\n| 一 |\n"
    assert gaps(f"{grid}\n段\n\n{grid}") == ["160", "20"]
    assert gaps(f"{grid}\n段\n") == ["160"]


def test_a_paper_may_ask_to_be_set_closer() -> None:
    roomy, dense = read("# 题\n\n段\n"), read("# 题\n\n<!-- dense -->\n\n段\n")
    assert dense.sections[0].top_margin < roomy.sections[0].top_margin
    assert [p.text for p in dense.paragraphs] == [p.text for p in roomy.paragraphs]


def test_a_table_does_not_touch_the_list_before_it() -> None:
    document = read("- 甲\n- 乙\n\n| 丙 |\n| --- |\n| 一 |\n\n- [ ] 丁\n\n  怎样做\n\n| 戊 |\n| --- |\n| 一 |\n")
    assert [p.text for p in document.paragraphs if p.paragraph_format.space_after == Pt(6)] == ["乙", "怎样做"]
    children = [child.tag for child in document.paragraphs[-2]._p.pPr]
    assert children.index(qn("w:spacing")) < children.index(qn("w:ind"))  # as the schema has them
