"""The gallery of papers, made for one paper with the programs that are here, and with none of them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PIL import Image

from engine.text import use_language
from scripts.gallery import pictures
from scripts.gallery.samples import playbooks, sample_of
from scripts.make_gallery import made_up_look, main, make_gallery


def test_one_paper_is_shown_with_what_is_here(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    use_language("zh")
    assert main([str(tmp_path), "funnel-cycle.note"]) == 0
    files = sorted(path.suffix for path in (tmp_path / "files").iterdir())
    assert files == [".docx", ".html", ".pdf"]
    made = sorted(path.name for path in (tmp_path / "pictures").iterdir())
    kinds = {name.split(".")[2].split("-")[0] for name in made}
    wanted = set()
    if shutil.which("pdftoppm"):
        wanted |= {"pdf", "grey"} | ({"docx"} if pictures.find_office() else set())
    if pictures.find_browser():
        wanted |= {"desktop", "phone"}
        with Image.open(tmp_path / "pictures" / "funnel-cycle.note.phone-1.png") as phone:
            assert phone.width == 375
    assert kinds == wanted
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert all(f'src="pictures/{name}"' in page for name in made)
    assert f"{len(made)} pictures" in capsys.readouterr().out


def test_grey_is_grey(tmp_path: Path) -> None:
    if not shutil.which("pdftoppm"):
        pytest.skip("needs pdftoppm")
    shown, _ = make_gallery(tmp_path, ["funnel-cycle.note"])
    grey = [one for one in shown if one.kind == "grey"]
    colour = [one for one in shown if one.kind == "pdf"]
    assert len(grey) == len(colour) == 1

    def shades_only(path: Path) -> bool:
        with Image.open(path) as picture:
            red, green, blue = (band.tobytes() for band in picture.convert("RGB").split())
        return red == green == blue

    assert shades_only(grey[0].path) and not shades_only(colour[0].path)


def test_what_is_absent_is_told_on_the_screen_and_on_the_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert main([str(tmp_path), "funnel-cycle.note"]) == 0
    told = capsys.readouterr().out
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    for what in ("no LibreOffice (soffice): no pictures of DOCX, PPTX and XLSX", "no pdftoppm", "no Chromium"):
        assert f"missing: {what}" in told and what in page
    assert "No pictures." in page and not list((tmp_path / "pictures").iterdir())
    assert (tmp_path / "files" / "funnel-cycle.note.docx").is_file()


def test_a_name_nobody_knows_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path), "nothing.guide"]) == 2
    assert main([]) == 2
    assert "not known: nothing.guide" in capsys.readouterr().err


@pytest.mark.parametrize("name", playbooks())
def test_every_shipped_playbook_has_a_sample_to_make_papers_of(name: str) -> None:
    sample = sample_of(name)
    assert sample.played.context.book.id == name and len(sample.played.events) > 10


def test_records_of_a_sample_are_kept_by_whoever_started_it() -> None:
    events = sample_of("four-step-pilot").played.events
    assert {event.actor for event in events if event.type == "attached"} == {"王蕾"}


def test_the_made_up_look_has_everything() -> None:
    look = made_up_look()
    assert look.headed and look.logo is not None and look.fonts.serif and look.names("示范市第一人民医院")
