"""The PDF: the same words as every other format, pages counted right, nobody's text ever a command."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest

from engine.documents.charts import FunnelStep, funnel
from engine.documents.pages import with_pages
from engine.documents.pdf import svg_to_png, to_pdf
from engine.documents.pdf.glyphs import fonts_folder, rare, undrawable
from engine.documents.render import Paper
from engine.frozen import replace
from tests.documents.word.test_office import need

CHART = funnel([FunnelStep("咨询", 40, "40"), FunnelStep("到诊", 12, "12")], title="漏斗")
TEXT = """# 成果简报

> ***草稿*** · 2026年6月23日

<!-- cards -->

| 投入 | 新患者 |
| --- | --- |
| 58,600元 | 104人 |
| 从启动起 | 首次到院 |

## 结果

带来新患者**104人**，其中~~60~~61人*符合*定义。`playbook brief`

![咨询 40；到诊 12](chart:funnel)

- 第一条
- [ ] 没做
  1. 里层

| 渠道 | 花费 |
| --- | ---: |
| 公众号 | 12,800元 |

<!-- form 2 2 -->

| 编制 | 领导 |
| --- | --- |
| 签字： | 签字： |
"""


def paper(markdown: str = TEXT, **more: object) -> Paper:
    base = Paper("brief", "成果简报", markdown, 100, "0" * 64, (), "示范医院", "皮肤科试点", True, "zh", date(2026, 6, 23), charts={"funnel": CHART})  # fmt: skip
    return replace(base, **more)


def words(content: bytes, folder: Path) -> str:
    need("pdftotext")
    path = folder / "a.pdf"
    path.write_bytes(content)
    return subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True).stdout.decode()


def test_every_word_is_in_it(tmp_path: Path) -> None:
    text = words(to_pdf(paper()).content, tmp_path).replace(" ", "")
    for part in ("成果简报", "示范医院", "皮肤科试点", "草稿", "58,600", "104人", "第一条", "没做", "里层", "公众号", "12,800元", "签字", "playbookbrief", "咨询", "第1页/共1页"):  # fmt: skip
        assert part in text, part
    assert "<!--" not in text and "**" not in text


def test_the_same_paper_is_the_same_bytes() -> None:
    assert to_pdf(paper()).content == to_pdf(paper()).content


@pytest.mark.parametrize("count", [1, 2, 5])
def test_pages_are_counted_as_another_program_counts_them(tmp_path: Path, count: int) -> None:
    need("pdfinfo")
    made = to_pdf(paper("# 题\n\n" + "\n\n<!-- pagebreak -->\n\n".join(["一段话。"] * count) + "\n"))
    path = tmp_path / "a.pdf"
    path.write_bytes(made.content)
    shown = subprocess.run(["pdfinfo", str(path)], capture_output=True, check=True).stdout.decode()
    assert made.pages == count and f"Pages:           {count}" in shown


@pytest.mark.parametrize(
    "text",
    ['#import "x"', "$x^2$", "\\*星\\*", "#{1+1}", "@ref", "\\<label\\>", '#eval("1")', "{{7\\*7}}", "= 题", "//注释", "\\\\反斜线", '"引号"'],
)  # fmt: skip
def test_text_is_never_a_command(tmp_path: Path, text: str) -> None:
    shown = words(to_pdf(paper(f"# 题\n\n前{text}后\n\n| 甲 |\n| --- |\n| {text} |\n")).content, tmp_path).replace(
        " ", ""
    )
    plain = text.replace("\\\\", "\0").replace("\\", "").replace("\0", "\\").replace(" ", "")
    assert shown.count(plain) == 2


def test_too_many_pages_is_an_error_that_names_what_to_cut() -> None:
    long = "# 题\n\n## 短的\n\n一句。\n\n## 长的一节\n\n" + "很长的一段话。" * 900 + "\n"
    found = with_pages(paper(long, most_pages=2))
    [problem] = [p for p in found.problems if p.severity == "error"]
    assert problem.code == "too-long" and found.pages is not None and found.pages > 2
    assert problem.hint is not None and "“长的一节”" in problem.hint.zh.split("、")[0]
    assert with_pages(paper(most_pages=2)).problems == ()


def test_characters_without_a_glyph_are_found() -> None:
    assert rare("成果简报 ABC，（）“”—…✓□→≥") == undrawable("成果简报 ABC，（）“”—…✓□→≥") == ""
    assert rare("甲😀乙𠮷") == "😀𠮷"  # what a font of the system may still draw
    assert undrawable("甲\U0010fffd") in ("", "\U0010fffd")
    assert {path.name for path in fonts_folder().iterdir()} >= {
        "NotoSansSC-Regular.ttf",
        "NotoSansSC-Bold.ttf",
        "OFL.txt",
    }


def test_a_chart_becomes_a_picture_for_word() -> None:
    png = svg_to_png(CHART, 640)
    assert png.startswith(b"\x89PNG") and int.from_bytes(png[16:20], "big") == 640
