"""A real office program opens the DOCX and shows the same words, on A4, with its boxes."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.documents.word.test_writer import paper

TEXT = """# 科室指南

<!-- toc -->

<!-- numbered -->

## 承诺与标准

- [ ] 断点当天登记
- [x] 修复后复走

| 承诺 | 标准 |
| --- | ---: |
| 九十分钟内拿到说明 | 1,200.50元 |

“引号”与——破折号、😀 与 <标签>
"""


def need(*programs: str) -> None:
    """Skip where a program is not installed; where every part is required, conftest makes a failure of it."""
    lacking = [name for name in programs if shutil.which(name) is None]
    if lacking:
        pytest.skip(f"not installed: {', '.join(lacking)}")


def office(folder: Path, *words: str) -> None:
    profile = (folder / "profile").as_uri()
    subprocess.run(
        ["soffice", f"-env:UserInstallation={profile}", "--headless", *words],
        cwd=folder,
        check=True,
        capture_output=True,
        timeout=180,
    )


def shown(path: Path) -> str:
    return subprocess.run(
        ["pdftotext", "-layout", path, "-"], check=True, capture_output=True, timeout=60
    ).stdout.decode()


def test_libreoffice_shows_the_same_text(tmp_path: Path) -> None:
    need("soffice", "pdftotext", "pdfinfo")
    from engine.documents.word import to_docx

    (tmp_path / "a.docx").write_bytes(to_docx(paper(TEXT.replace("<标签>", "\\<标签>"), draft=True)))
    office(tmp_path, "--convert-to", "pdf", "a.docx")
    flat = re.sub(r"\s+", "", shown(tmp_path / "a.pdf"))
    for words in (
        "一、承诺与标准按住Ctrl点一条，跳到那里；要看页码，在目录上按右键，选“更新域”。一、承诺与标准",
        "☐断点当天登记",
        "☑修复后复走",
        "九十分钟内拿到说明",
        "1,200.50元",
        "“引号”与——破折号",
        "<标签>",
    ):
        assert words in flat, words
    assert "示范市第一人民医院" in flat and "草稿" in flat and "第1页/共1页" in flat
    info = subprocess.run(
        ["pdfinfo", "a.pdf"], cwd=tmp_path, check=True, capture_output=True, timeout=60
    ).stdout.decode()
    assert "A4" in info and "Pages:           1" in info


_RENEW = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Renew(source As String, target As String)
 Dim hidden(0) As New com.sun.star.beans.PropertyValue
 hidden(0).Name = "Hidden" : hidden(0).Value = True
 doc = StarDesktop.loadComponentFromURL(source, "_blank", 0, hidden())
 doc.getDocumentIndexes().getByIndex(0).update()
 Dim how(0) As New com.sun.star.beans.PropertyValue
 how(0).Name = "FilterName" : how(0).Value = "writer_pdf_Export"
 doc.storeToURL(target, how())
 doc.close(True)
End Sub
</script:module>
"""
_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Module1"/></library:library>
"""


def test_libreoffice_puts_the_pages_in_when_the_contents_are_renewed(tmp_path: Path) -> None:
    """Entries are links before; afterwards each has its page, and the line that says how is gone."""
    need("soffice", "pdftotext", "pdftohtml")
    from engine.documents.word import to_docx

    text = "# 题\n\n<!-- toc 1 -->\n\n<!-- numbered -->\n\n## 甲章\n\n" + "".join(
        f"<!-- pagebreak -->\n\n## {name}\n\n" for name in ("乙章", "丙章")
    )
    (tmp_path / "a.docx").write_bytes(to_docx(paper(text)))
    office(tmp_path, "--convert-to", "pdf", "a.docx")
    before = shown(tmp_path / "a.pdf").partition("\f")[0]
    assert "选“更新域”" in before and "..." not in before
    links = subprocess.run(["pdftohtml", "-xml", "-i", "-stdout", tmp_path / "a.pdf"], check=True, capture_output=True)
    targets = dict(re.findall(r'<a href="a.html#(\d)">(.)', re.sub(r"</?b>", "", links.stdout.decode())))
    assert targets == {"1": "一", "2": "二", "3": "三"}

    basic = tmp_path / "profile" / "user" / "basic" / "Standard"
    basic.mkdir(parents=True, exist_ok=True)
    (basic / "Module1.xba").write_text(_RENEW, encoding="utf-8")
    (basic / "script.xlb").write_text(_LIBRARY, encoding="utf-8")
    source, target = (tmp_path / "a.docx").as_uri(), (tmp_path / "new.pdf").as_uri()
    office(tmp_path, f'macro:///Standard.Module1.Renew("{source}","{target}")')
    first = shown(tmp_path / "new.pdf").partition("\f")[0]
    assert re.findall(r"、 *(.章)\.+ ?(\d)", first) == [("甲章", "1"), ("乙章", "2"), ("丙章", "3")]
    assert "更新域" not in first


def test_libreoffice_tears_no_figure_of_a_table(tmp_path: Path) -> None:
    """Its font for Arial is wider, and it would end a line before a unit."""
    need("soffice", "pdftotext")
    from engine.documents.word import to_docx

    rows = [
        "重点科室收入相当于之前 | 131.0%（6,550,000/5,000,000） | 宣传投入58,600元 ÷ 优质患者61人 | 不低于 130%",
        "患者满意度 | 91.5分 | 满意58,600人 ÷ 收回的问卷61,000份 | 不低于 90分",
    ]
    table = "".join(f"| {row} |\n" for row in ("指标 | 结果 | 算法 | 目标", "--- | ---: | --- | ---", *rows))
    (tmp_path / "a.docx").write_bytes(to_docx(paper(f"# 题\n\n<!-- widths 5 5 4 2 -->\n\n{table}")))
    office(tmp_path, "--convert-to", "pdf", "a.docx")
    found = [re.sub(r"\s+", "", line) for line in shown(tmp_path / "a.pdf").splitlines()]
    for whole in ("131.0%（6,550,000/5,000,000）", "不低于130%", "91.5分", "不低于90分", "58,600元", "÷优质患者61人"):
        assert any(whole in line for line in found), whole
