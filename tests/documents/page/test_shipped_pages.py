"""The pages of every paper and the dashboard of every shipped playbook, in a hospital's look: valid, accessible, legible on a phone."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.documents.files import WRITERS
from engine.documents.look.web import dress
from engine.documents.page import render_dashboard
from engine.documents.render import Paper
from engine.service.results import Results
from engine.service.views import PilotView
from scripts.gallery.samples import items_of, playbooks, sample_of
from scripts.make_gallery import made_up_look
from tests.documents.page.browser import Browser
from tests.documents.page.checkers import axe, axe_script, html_validate

# Cells whose characters would stand one below the other: room for less than 2.5 of them, and more than three to show.
_THIN = """[...document.querySelectorAll('main td, main th')].filter(e => { const s = getComputedStyle(e);
  const room = e.clientWidth - parseFloat(s.paddingLeft) - parseFloat(s.paddingRight);
  return e.offsetHeight && e.textContent.trim().replace(/[!-~]{2}/g, '一').length > 3 && room < 2.5 * parseFloat(s.fontSize); })
  .map(e => e.textContent)"""
# Letters of pictures that do not scroll are as large as those of a printed page at least.
_SMALL = """[...document.querySelectorAll('svg text')].filter(e => e.getBoundingClientRect().width &&
  parseFloat(getComputedStyle(e).fontSize) * e.getScreenCTM().a < 10).map(e => e.textContent)"""
_TAPS = """[...document.querySelectorAll('nav a, label, main input')].filter(e => { const r = e.getBoundingClientRect();
  return r.height && Math.min(r.width, r.height) < 24; }).map(e => e.outerHTML)"""

_SCROLLING = """[...document.querySelectorAll('.scroll')].filter(e => e.scrollWidth > e.clientWidth)
  .map(e => e.getAttribute('aria-label'))"""
_PHONE = {"thin": _THIN, "small": _SMALL, "taps": _TAPS, "scrolling": _SCROLLING}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    look = made_up_look()
    for name in playbooks():
        sample = sample_of(name)
        for item in items_of(sample, look):
            if isinstance(item.made, Paper):
                (folder / f"{item.stem}.html").write_bytes(WRITERS["html"](item.made))
        context = sample.played.context
        results = Results(PilotView(context, sample.played.events, context.now), sample.played.sums)
        dashboard = dress(render_dashboard(results, hospital="", language="zh"), look)
        (folder / f"{name}.dashboard.html").write_text(dashboard, encoding="utf-8")
    return folder


def test_there_are_pages_of_every_playbook(pages: Path) -> None:
    assert {path.name.partition(".")[0] for path in pages.glob("*.html")} == set(playbooks())


def test_on_a_phone_nothing_is_cut_torn_or_too_small(pages: Path, browser: Browser) -> None:
    wrong = {}
    for path in sorted(pages.glob("*.html")):
        browser.open(path, 360)
        found = {
            "wide": browser.evaluate("Math.max(document.documentElement.scrollWidth - 360, 0)"),
            "scrolling": browser.evaluate(
                "[...document.querySelectorAll('.scroll')].filter(e => e.scrollWidth > e.clientWidth).length"
            ),
            **{
                name: browser.evaluate(script) for name, script in (("thin", _THIN), ("small", _SMALL), ("taps", _TAPS))
            },
        }
        wrong |= {f"{path.stem} {name}": value for name, value in found.items() if value}
    assert wrong == {}


def test_no_column_is_torn_on_a_screen(pages: Path, browser: Browser) -> None:
    wrong = {}
    for path in sorted(pages.glob("*.html")):
        browser.open(path, 1280)
        wrong[path.stem] = browser.evaluate(_THIN) + browser.evaluate(_SCROLLING)
    assert not {name: found for name, found in wrong.items() if found}


def test_axe_finds_nothing(pages: Path, browser: Browser) -> None:
    script = axe_script()
    wrong = {}
    for path in sorted(pages.glob("*.html")):
        browser.open(path, 375)
        found = axe(browser, script)
        assert found["passes"] > 20
        wrong |= {path.stem: found["wrong"]} if found["wrong"] else {}
    assert wrong == {}


def test_html_validate_finds_nothing(pages: Path) -> None:
    assert set(html_validate(pages)) == {"bad.html"}
    (pages / "bad.html").unlink()
