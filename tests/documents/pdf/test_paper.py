"""The PDF of a paper read back by other programs: the same words, on A4, so many pages, the same bytes each time."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from engine.documents.charts import FunnelStep, funnel
from engine.documents.markdown import escape
from engine.documents.pdf import svg_to_png, to_pdf
from engine.documents.pdf.paper import page_count
from tests.documents.word.test_writer import paper

pytest.importorskip("typst", reason="not installed: typst")

FUNNEL = funnel([FunnelStep("咨询", 100, "100"), FunnelStep("预约", 15, "15", "占上一环 15%")], title="漏斗")
TEXT = """# 科室指南

> ***草稿*** · 2026-03-02 · 仅供内部讨论

<!-- toc -->

<!-- numbered -->

## 承诺与标准

- [ ] 断点当天登记
- [x] 修复后复走

1. 先做
2. 后做

<!-- cards -->

| 新患者 | 预约率 |
| --- | --- |
| 340人 | 15.0% |
| 比之前多 130 | |

| 承诺 | 标准 |
| --- | ---: |
| 九十分钟内拿到说明 | 1,200.50元 |

“引号”与——破折号、**加粗**、`playbook brief P1`

> 引用的话

```
第一行
  缩进
```

![漏斗：咨询 100](chart:funnel)

![没有画出的图](chart:none)
"""


def need(*programs: str) -> None:
    lacking = [name for name in programs if shutil.which(name) is None]
    if lacking:
        pytest.skip(f"not installed: {', '.join(lacking)}")


def run(tmp_path: Path, program: str, content: bytes, *options: str) -> str:
    (tmp_path / "a.pdf").write_bytes(content)
    line = [program, *options, "a.pdf"] if program != "pdftotext" else [program, *options, "a.pdf", "-"]
    return subprocess.run(line, cwd=tmp_path, check=True, capture_output=True, timeout=60).stdout.decode()


def words(tmp_path: Path, content: bytes) -> str:
    """All text of the PDF without spaces and line ends."""
    return re.sub(r"\s+", "", run(tmp_path, "pdftotext", content))


def pages(tmp_path: Path, content: bytes) -> int:
    found = re.search(r"Pages:\s+(\d+)", run(tmp_path, "pdfinfo", content, "-isodates"))
    assert found
    return int(found[1])


def test_another_program_reads_the_same_words(tmp_path: Path) -> None:
    need("pdftotext")
    shown = words(tmp_path, to_pdf(paper(TEXT, draft=True, charts={"funnel": FUNNEL})).content)
    for part in (
        "科室指南", "目录", "一、承诺与标准", "断点当天登记", "修复后复走", "1.先做", "2.后做", "新患者", "340人", "15.0%",
        "比之前多130", "九十分钟内拿到说明", "1,200.50元", "“引号”与——破折号、加粗、playbookbriefP1", "引用的话", "第一行",
        "咨询", "占上一环15%", "没有画出的图", "示范市第一人民医院", "眼科试点", "第1页/共1页", "草稿",
    ):  # fmt: skip
        assert part in shown, part
    assert "chart:" not in shown and "<!--" not in shown


def test_a_final_paper_has_no_mark_of_a_draft(tmp_path: Path) -> None:
    need("pdftotext")
    assert "草稿" not in words(tmp_path, to_pdf(paper("# 题\n\n正文")).content)


def test_an_english_paper_has_english_words_around_it(tmp_path: Path) -> None:
    need("pdftotext")
    made = to_pdf(paper("# Brief\n\n<!-- toc -->\n\n## A\n", language="en", draft=True, hospital="H", pilot="P"))
    shown = words(tmp_path, made.content)
    assert "Contents" in shown and "Page1of1" in shown and "DRAFT" in shown and "页" not in shown


@pytest.mark.parametrize(
    "text",
    [
        '#import "x": y', "#panic()", "$x^2$", "*a* _b_", "[b]", "\\", "@ref", "<label>", "= h", "//c /*d*/", "~",
        "`c`", '"q"', "--- a", "https://a.example/b", "#set page(width: 1pt)", "sys.inputs.data", "\\u{41}", "{{7*7}}",
    ],
)  # fmt: skip
def test_injected_text_stays_text_wherever_it_stands(tmp_path: Path, text: str) -> None:
    need("pdftotext")
    safe = escape(text)
    chart = funnel([FunnelStep(text, 5, "5")], title=text)
    made = to_pdf(
        paper(
            f"# {safe}\n\n段 {safe}\n\n- {safe}\n\n| {safe} |\n| --- |\n| {safe} |\n\n```\n{text}\n```\n\n![x](chart:c)\n",
            hospital=text,
            pilot=text,
            title=text,
            charts={"c": chart},
        )
    )
    flat = text.replace(" ", "")
    # head (hospital, title), letterhead (hospital, pilot), title, paragraph, list, table twice, code, chart, foot
    assert words(tmp_path, made.content).count(flat) >= 11
    assert made.pages == 1


def test_markdown_of_a_user_cannot_reach_files_or_other_charts(tmp_path: Path) -> None:
    need("pdftotext")
    (tmp_path / "secret.svg").write_text("<svg/>", encoding="utf-8")
    made = to_pdf(paper(f"# x\n\n![替代文字]({tmp_path / 'secret.svg'})\n\n![另一个](../fonts/OFL.txt)\n"))
    assert "替代文字" in words(tmp_path, made.content)


@pytest.mark.parametrize("count", [1, 3, 40])
def test_pages_are_counted_as_another_program_counts_them(tmp_path: Path, count: int) -> None:
    need("pdfinfo")
    text = "# x\n\n" + "\n\n<!-- pagebreak -->\n\n".join(f"第{n}张" for n in range(count))
    made = to_pdf(paper(text))
    assert made.pages == pages(tmp_path, made.content) == count


def test_text_that_speaks_of_pages_is_not_counted(tmp_path: Path) -> None:
    need("pdfinfo")
    made = to_pdf(
        paper("# /Type /Pages /Count 99\n\n正文", title="/Type /Pages /Count 77", pilot="<< /Type /Pages /Count 88 >>")
    )
    assert made.pages == pages(tmp_path, made.content) == 1


def test_a_file_without_a_page_tree_is_refused() -> None:
    for content in (b"", b"%PDF-1.7\nstartxref\n0\n%%EOF", b"x" * 100):
        with pytest.raises(ValueError, match=r"PDF|table"):
            page_count(content)


def test_page_is_a4_with_title_and_day_and_no_clock(tmp_path: Path) -> None:
    need("pdfinfo")
    said = run(tmp_path, "pdfinfo", to_pdf(paper("# 题\n")).content, "-isodates")
    assert "A4" in said and "成果简报" in said and "2026-03-02" in said


def test_same_paper_same_bytes() -> None:
    one = paper(TEXT, charts={"funnel": FUNNEL})
    assert to_pdf(one) == to_pdf(one)
    assert to_pdf(one).content != to_pdf(paper(TEXT)).content


def test_bold_is_a_bold_font_and_both_are_embedded(tmp_path: Path) -> None:
    need("pdffonts")
    fonts = run(tmp_path, "pdffonts", to_pdf(paper("普通 **粗**")).content)
    embedded = [row for row in fonts.splitlines() if "NotoSansSC" in row]
    assert len(embedded) == 2 and all(re.search(r"Identity-H\s+yes yes", row) for row in embedded)


def test_long_cells_and_names_stay_on_the_page(tmp_path: Path) -> None:
    """No word's box reaches over the edge of the text, or of the next column."""
    need("pdftotext")
    cells = ["https://example.com/" + "a" * 120, "X" * 90, "很长的中文" * 30, "2026-03-02"]
    row = "| " + " | ".join(map(escape, cells)) + " |\n"
    text = f"# {'W' * 200}\n\n{'Z' * 500}\n\n" + "| 甲 | 乙 | 丙 | 日期 |\n| --- | --- | --- | --- |\n" + row * 3
    wide = "| " + " | ".join(["1,234,567.00"] * 14) + " |\n"
    text += "\n## 宽表\n\n" + wide + "|" + " --- |" * 14 + "\n" + wide
    text += f"\n<!-- cards -->\n\n| {'C' * 80} | 乙 |\n| --- | --- |\n| {'9' * 60} | 3 |\n\n`{'c' * 300}`\n"
    made = to_pdf(paper(text, hospital="H" * 250, pilot="P" * 250, title="很长的题目" * 50, draft=True))
    shown = run(tmp_path, "pdftotext", made.content, "-bbox")
    found = [(float(a), float(b)) for a, b in re.findall(r'xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)"', shown)]
    margin = 2.0 / 2.54 * 72
    assert len(found) > 50
    assert min(a for a, _ in found) >= margin - 1 and max(b for _, b in found) <= 595.3 - margin + 2
    assert {"2026-03-02"} <= set(re.findall(r">([^<]+)</word>", shown))  # a date is not torn apart


def test_a_short_table_and_the_line_before_it_go_to_the_next_page_together(tmp_path: Path) -> None:
    need("pdftotext")
    filler = "\n\n".join(f"第{n}段" for n in range(36))
    text = f"# 题\n\n{filler}\n\n领着表的话\n\n| 甲 | 乙 |\n| --- | --- |\n" + "| 一 | 二 |\n" * 8
    first, second, *_ = run(tmp_path, "pdftotext", to_pdf(paper(text)).content).split("\f")
    assert "第30段" in first.replace(" ", "")
    assert "领着表的话" not in first and "领着表的话" in second and second.count("二") == 8


def test_deep_and_odd_markdown_is_set() -> None:
    deep = "".join("  " * depth + "- a\n" for depth in range(60)) + "\n" + ">" * 100 + " b\n"
    for text in (
        "",
        "# x",
        deep,
        "- \n- [ ]\n\n1.\n",
        "<!-- cards -->\n\n段\n\n| a |\n|--|\n",
        "| a |\n|--|\n",
        "a\x0b\x00b",
    ):
        assert to_pdf(paper(text)).pages == 1


def test_characters_that_no_font_has_are_named() -> None:
    made = to_pdf(paper("# 题\n\n甲\U0010fffd乙☐", hospital="\u0378院"))
    assert made.undrawable == "\u0378\U0010fffd"
    assert to_pdf(paper(TEXT)).undrawable == ""


def test_a_chart_as_png_has_the_width_asked_for() -> None:
    made = svg_to_png(FUNNEL, 1280)
    assert made.startswith(b"\x89PNG") and int.from_bytes(made[16:20], "big") == 1280
    assert made == svg_to_png(FUNNEL, 1280)


def test_a_soft_break_keeps_what_follows_whole_and_begins_no_page_where_there_is_room(tmp_path: Path) -> None:
    def made(before: int, after: int, word: str = "soft", rest: str = "") -> int:
        def text(mark: str, count: int) -> str:
            return "\n\n".join(f"{mark}{n}" for n in range(count))

        return to_pdf(
            paper(f"# x\n\n{text('前', before)}\n\n<!-- pagebreak {word} -->\n\n{text('后', after)}\n\n{rest}")
        ).pages

    assert made(5, 5) == 1  # room enough
    assert made(35, 15) == 2  # would be torn
    assert made(5, 36) == 2  # longer than it may be: a page of its own
    assert (
        made(5, 20, rest="# y\n\n## 章\n\n" + "\n\n".join(f"三{n}" for n in range(15))) == 2
    )  # the chapter after flows


def test_a_hard_break_after_a_soft_one_still_breaks() -> None:
    assert to_pdf(paper("# x\n\n<!-- pagebreak soft -->\n\n一\n\n<!-- pagebreak -->\n\n二\n")).pages == 2


def test_what_stands_behind_a_soft_break_is_on_one_page(tmp_path: Path) -> None:
    need("pdftotext")
    before, after = ("\n\n".join(f"{mark}{n}号" for n in range(count)) for mark, count in (("前", 30), ("后", 15)))
    made = to_pdf(paper(f"# x\n\n{before}\n\n<!-- pagebreak soft -->\n\n{after}\n"))
    second = run(tmp_path, "pdftotext", made.content, "-f", "2", "-l", "2")
    assert made.pages == 2 and "后0号" in second and "前29号" not in second
