"""The hospital's look in PDF: letterhead on the first page, colours, and its own font where that has every character."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from engine.documents.look import Logo, Look
from engine.documents.look.colours import palette_of
from engine.documents.look.font import read_font
from engine.documents.pages import with_pages
from engine.documents.pdf import glyphs, to_pdf
from engine.documents.render import Paper
from tests.documents.look.making import SVG, font, png
from tests.documents.word.test_office import need
from tests.documents.word.test_writer import paper

pytest.importorskip("typst", reason="not installed: typst")

LONG = "# 题\n\n" + "\n\n".join(f"第{n}段正文。" for n in range(120))


def run(tmp_path: Path, made: Paper, *line: str) -> str:
    need(line[0])
    (tmp_path / "a.pdf").write_bytes(to_pdf(made).content)
    program = shutil.which(line[0])
    assert program is not None
    return subprocess.run([program, *line[1:]], cwd=tmp_path, check=True, capture_output=True).stdout.decode()


def page(tmp_path: Path, made: Paper, number: int) -> str:
    return run(tmp_path, made, "pdftotext", "-layout", "-f", str(number), "-l", str(number), "a.pdf", "-")


def test_the_letterhead_is_on_the_first_page_only(tmp_path: Path) -> None:
    made = paper(LONG, look=Look(("湖畔医院", "宣传科")))
    first, second = page(tmp_path, made, 1), page(tmp_path, made, 2)
    assert first.index("湖畔医院") < first.index("宣传科") < first.index("题")
    assert "成果简报" not in first and "成果简报" in second and "湖畔医院" not in second


@pytest.mark.parametrize("logo", [Logo(png(), "image/png", 40, 20, png()), Logo(SVG, "image/svg+xml", 200, 100, png())])
def test_the_logo_is_drawn_in_its_colour(tmp_path: Path, logo: Logo) -> None:
    run(tmp_path, paper("# 题", look=Look(logo=logo)), "pdftoppm", "-r", "50", "-f", "1", "-l", "1", "a.pdf", "p")
    dots = next(tmp_path.glob("p*.ppm")).read_bytes()
    assert dots.count(bytes((0x7A, 0x1F, 0x2B))) > 500


def test_colours_are_the_hospital_s(tmp_path: Path) -> None:
    made = paper("# 题\n\n## 章", look=Look(colours=palette_of("7A1F2B")))
    run(tmp_path, made, "pdftoppm", "-r", "80", "a.pdf", "p")
    dots = next(tmp_path.glob("p*.ppm")).read_bytes()
    assert bytes((0x7A, 0x1F, 0x2B)) in dots and bytes((0x0F, 0x6E, 0x84)) not in dots


def test_its_own_font_is_used_where_it_has_every_character(tmp_path: Path) -> None:
    (tmp_path / "院.ttf").write_bytes(font())
    made = paper("# 题\n\n正文 `命令` 123", look=Look(pdf_fonts=(read_font(tmp_path / "院.ttf"),)))
    assert to_pdf(made).lacking == ""
    plain = run(tmp_path, paper("# 题\n\n正文"), "pdffonts", "a.pdf")
    # A PDF names fonts by their PostScript name, which is the same in both: the shipped bold is what tells them apart.
    assert len(re.findall("NotoSansSC", plain)) == 2
    assert len(re.findall("NotoSansSC", run(tmp_path, made, "pdffonts", "a.pdf"))) == 1


def test_a_font_that_lacks_a_character_is_not_used_and_that_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "院.ttf").write_bytes(font())
    own = read_font(tmp_path / "院.ttf")
    real = glyphs.code_points

    def without(path: Path, index: int = 0) -> frozenset[int]:
        return real(path, index) - {ord("膀")} if path.name == "院.ttf" else real(path, index)

    monkeypatch.setattr(glyphs, "code_points", without)
    look = Look(pdf_fonts=(own,))
    made = to_pdf(paper("# 题\n\n臂膀 😀", look=look))
    assert made.lacking == "膀"
    assert made.content == to_pdf(paper("# 题\n\n臂膀 😀")).content
    found = with_pages(paper("# 题\n\n臂膀", look=look, formats=("pdf",))).problems
    assert [(p.code, p.severity) for p in found] == [("font-lacks", "warning")] and "膀" in found[0].message.zh
    assert with_pages(paper("# 题\n\n臂", look=look, formats=("pdf",))).problems == ()


def test_the_same_look_gives_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "院.ttf").write_bytes(font())
    look = Look(("湖畔医院",), Logo(SVG, "image/svg+xml", 200, 100, png()), pdf_fonts=(read_font(tmp_path / "院.ttf"),))
    assert to_pdf(paper("# 题", look=look)).content == to_pdf(paper("# 题", look=look)).content
