"""Pictures of files: Office files through LibreOffice and PDF, PDF in colour and in grey, pages in a browser at two widths.

A program that is absent is told once, with the formats of which there are no pictures for want of it.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.documents.page.browser import Browser, find_browser

OFFICE = ("docx", "pptx", "xlsx")
WIDTHS = {"desktop": 1280, "phone": 375}
_DOTS = "72"  # per inch: an A4 page is 595 wide
_SECONDS = 900


@dataclass(frozen=True, slots=True)
class Picture:
    """`file`: of what it is; `kind`: the way it was looked at (docx, pdf, grey, desktop, phone …)."""

    path: Path
    file: Path
    kind: str


def find_office() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


def absent() -> list[str]:
    """What cannot be shown here, and which program is missing for it."""
    told = []
    if find_office() is None:
        told.append("no LibreOffice (soffice): no pictures of DOCX, PPTX and XLSX")
    if shutil.which("pdftoppm") is None:
        told.append("no pdftoppm (poppler-utils): no pictures of PDF, DOCX, PPTX and XLSX")
    if find_browser() is None:
        told.append("no Chromium: no pictures of HTML")
    return told


def pictures_of(files: Iterable[Path], folder: Path) -> Iterator[Picture]:
    """Pictures of all files that can be shown here, page by page."""
    files = sorted(files)
    folder.mkdir(parents=True, exist_ok=True)
    office, paged = find_office(), shutil.which("pdftoppm")
    with tempfile.TemporaryDirectory(prefix="gallery-") as name:
        work = Path(name)
        if paged:
            for path in files:
                if path.suffix == ".pdf":
                    yield from _pages(path, path, folder, "pdf")
                    yield from _pages(path, path, folder, "grey", "-gray")
        if paged and office:
            for ending in OFFICE:
                chosen = [path for path in files if path.suffix == f".{ending}"]
                for path, pdf in _printed(office, chosen, work / ending):
                    yield from _pages(pdf, path, folder, ending)
        browser = find_browser()
        pages = [path for path in files if path.suffix == ".html"]
        if browser and pages:
            yield from _browsed(browser, pages, folder, work)


def _printed(office: str, files: list[Path], folder: Path) -> Iterator[tuple[Path, Path]]:
    """(file, its PDF); a file that LibreOffice does not open is an error."""
    if not files:
        return
    folder.mkdir()
    words = [office, "--headless", "--norestore", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    words += ["--convert-to", "pdf", "--outdir", str(folder), *map(str, files)]
    subprocess.run(words, check=True, capture_output=True, timeout=_SECONDS)  # noqa: S603 - our own words
    for path in files:
        pdf = folder / f"{path.stem}.pdf"
        if not pdf.is_file():
            raise RuntimeError(f"LibreOffice made no PDF of {path.name}")
        yield path, pdf


def _pages(pdf: Path, file: Path, folder: Path, kind: str, *more: str) -> Iterator[Picture]:
    start = f"{file.stem}.{kind}"
    subprocess.run(  # noqa: S603 - our own words
        ["pdftoppm", "-png", "-r", _DOTS, *more, str(pdf), str(folder / start)],  # noqa: S607
        check=True,
        timeout=_SECONDS,
    )
    for path in sorted(folder.glob(f"{start}-*.png")):
        yield Picture(path, file, kind)


def _browsed(program: str, pages: list[Path], folder: Path, work: Path) -> Iterator[Picture]:
    browser = Browser(program, work / "browser")
    try:
        for page in pages:
            for kind, width in WIDTHS.items():
                path = folder / f"{page.stem}.{kind}-1.png"
                browser.open(page.resolve(), width)
                browser.picture(path)
                yield Picture(path, page, kind)
    finally:
        browser.close()
