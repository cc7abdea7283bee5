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


def test_libreoffice_shows_the_same_text(tmp_path: Path) -> None:
    need("soffice", "pdftotext", "pdfinfo")
    from engine.documents.word import to_docx

    (tmp_path / "a.docx").write_bytes(to_docx(paper(TEXT.replace("<标签>", "\\<标签>"), draft=True)))
    profile = (tmp_path / "profile").as_uri()
    subprocess.run(
        ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "a.docx"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        timeout=180,
    )
    shown = subprocess.run(
        ["pdftotext", "-layout", "a.pdf", "-"], cwd=tmp_path, check=True, capture_output=True, timeout=60
    ).stdout.decode()
    flat = re.sub(r"\s+", "", shown)
    for words in (
        "一、承诺与标准",
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
