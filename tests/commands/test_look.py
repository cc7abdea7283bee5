"""The hospital's own look, typed: papers in it, a broken one told before anything is written."""

import io
from pathlib import Path

from docx import Document
from openpyxl import load_workbook  # type: ignore[import-untyped]

from engine.documents.look.colours import contrast
from engine.workspace import MARKER
from tests.commands.runner import Shell
from tests.documents.look.making import SVG, letter, png


def settings(shell: Shell, look: str) -> None:
    path = shell.root / MARKER
    path.write_text(path.read_text(encoding="utf-8") + look, encoding="utf-8")


def test_papers_carry_it(shell: Shell) -> None:
    (shell.root / "logo.png").write_bytes(png())
    settings(shell, 'look: {letterhead: [面包总店], logo: logo.png, colour: "#7A1F2B"}\n')
    shell.type("paper tasks --format docx --format md")
    written = next((shell.root / "papers").glob("*.docx"))
    section = Document(io.BytesIO(written.read_bytes())).sections[0]
    assert section.first_page_header.tables[0].cell(0, 1).text == "面包总店"
    shell.type("dashboard")
    page = next((shell.root / "papers").glob("*.html")).read_text(encoding="utf-8")
    assert "<p>面包总店</p>" in page and "--teal: #7A1F2B" in page and "data:image/png;base64," in page
    assert "0F6E84" not in page


def test_the_dashboard_names_the_hospital_once(shell: Shell) -> None:
    settings(shell, "look: {letterhead: [示范院门诊部]}\n")
    shell.type("dashboard")
    page = next((shell.root / "papers").glob("*.html")).read_text(encoding="utf-8")
    assert page.count("<p>示范院") == 1


def test_the_task_list_for_excel_carries_it(shell: Shell) -> None:
    settings(shell, 'look: {letterhead: [面包总店], colour: "#7A1F2B", fonts: {chinese: 仿宋}}\n')
    shell.type("tasks --format xlsx")
    sheet = load_workbook(next((shell.root / "papers").glob("*.xlsx"))).worksheets[0]
    assert sheet.oddHeader.left.text.startswith("&B面包总店&B")
    assert (sheet.cell(1, 1).font.name, sheet.cell(1, 1).font.color.rgb) == ("仿宋", "FF58161F")


def test_old_workspaces_give_the_same_page(shell: Shell) -> None:
    shell.type("dashboard")
    path = next((shell.root / "papers").glob("*.html"))
    before = path.read_bytes()
    settings(shell, 'look: {colour: "#0f6e84"}\n')  # the program's own colour, asked for
    shell.type("dashboard")
    assert path.read_bytes() == before


def test_a_broken_look_is_told_at_its_line_and_nothing_written(shell: Shell) -> None:
    settings(shell, 'look:\n  logo: nothing.png\n  colour: "#FFD700"\n')
    lines = (shell.root / MARKER).read_text(encoding="utf-8").splitlines()
    for command in ("paper tasks", "dashboard", "brief"):
        out = shell.type(command, code=1)
        assert f"{MARKER}:{lines.index('  logo: nothing.png') + 1}:9: 找不到文件：nothing.png [look-file]" in out
        assert '换成深一些的，例如同一色调的 "#8A7400"' in out and '  colour: "#FFD700"' in out
    assert not list((shell.root / "papers").iterdir())
    assert contrast("8A7400", "FFFFFF") >= 4.5


def test_other_commands_do_not_mind_a_broken_look(shell: Shell) -> None:
    settings(shell, "look: {logo: nothing.png}\n")
    shell.type("status")
    shell.type("tasks")
    shell.type("tasks --format ics")


def test_the_doctor_looks_at_it(shell: Shell, tmp_path: Path) -> None:
    (shell.root / "logo.svg").write_bytes(SVG)
    letter(shell.root / "信纸.docx")
    settings(shell, "look: {logo: logo.svg, word: 信纸.docx}\n")
    assert "✓ 本院的抬头、颜色和字体可用" in shell.type("doctor")
    (shell.root / "信纸.docx").write_bytes(b"x")
    assert "Word 模板用不了" in shell.type("doctor", code=1)
