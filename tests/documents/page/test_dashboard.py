"""The dashboard: one file, nothing from outside, the same figures as the metrics; opened in a real browser."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest

from engine.documents.page import render_dashboard
from engine.process.figures import metric_text
from engine.resources import playbooks_folder
from engine.service import Desk
from engine.service.ledger import Taking, import_ledger
from engine.service.results import Results, results_of
from engine.workspace import init_workspace

LEDGER = playbooks_folder() / "samples" / "four-step-pilot" / "ledger" / "渠道日报.csv"
EVIL = '"><script>alert(1)</script>&amp;'


def results(folder: Path, *, name: str = "皮肤科试点", ledger: bool = True) -> Results:
    init_workspace(folder, "示范<b>医院", "王蕾")
    desk = Desk.open(folder, "王蕾", lambda: datetime(2026, 6, 18, 4, tzinfo=UTC))
    values = {
        "department": "皮肤科",
        "period_start": "2026-04-13",
        "period_end": "2026-06-12",
        "authorisation_budget": "5万",
    }
    desk.start("four-step-pilot", name, day=date(2026, 3, 2), values=values)
    if ledger:
        import_ledger(desk, name, LEDGER, Taking())
    found = results_of(desk, desk.view(name))
    found.metrics, found.funnels  # noqa: B018 - worked out while the desk is open
    return found


def test_figures_are_those_of_the_metrics(tmp_path: Path) -> None:
    found = results(tmp_path)
    page = render_dashboard(found, hospital="医院", language="zh")
    for one in found.metrics.values():
        if one.now.value is not None:
            values = {p.field.id: p.value for p in one.now.parts if p.value is not None}
            shown = str(metric_text(one.metric, values)).replace("（", "<span>（")
            assert shown in page
    for words in ("就诊漏斗", "各渠道的收入与花费", "预算", "投入超出授权", "58,600元", "超支"):
        assert words in page


def test_charts_have_their_figures_as_rows_for_a_phone_and_channels_become_cards(tmp_path: Path) -> None:
    page = render_dashboard(results(tmp_path), hospital="医院", language="zh")
    assert page.count('class="numbers"') == 4 and page.count('<section class="chart"') == 1
    assert page.count("左右滑动看全图") == 1  # no bar is missed
    assert '<th scope="row">咨询量</th><td><div>386（之前 291）<span class="bar b100"></span></div></td>' in page
    assert 'data-label="单位获客成本">' in page and '<th scope="col"></th>' not in page


def test_nothing_comes_from_outside_and_the_bytes_are_the_same(tmp_path: Path) -> None:
    found = results(tmp_path)
    page = render_dashboard(found, hospital="医院", language="zh")
    assert page == render_dashboard(found, hospital="医院", language="zh")
    outside = re.findall(r'(?:src|href|url|@import)\s*[=(]\s*["\']?(?!#)[^"\')\s>]+', page)
    assert [o for o in outside if "hatch" not in o] == []
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "").replace("http-equiv", "")


def test_texts_of_people_stay_text(tmp_path: Path) -> None:
    page = render_dashboard(results(tmp_path, name=EVIL), hospital=EVIL, language="en")
    assert "<script" not in page and "&lt;script&gt;" in page

    class Balanced(HTMLParser):
        open: list[str] = []  # noqa: RUF012

        def handle_starttag(self, tag: str, attrs: object) -> None:
            if tag not in ("meta", "line", "rect", "br"):
                self.open.append(tag)

        def handle_startendtag(self, tag: str, attrs: object) -> None:
            pass

        def handle_endtag(self, tag: str) -> None:
            assert self.open.pop() == tag

    parser = Balanced()
    parser.feed(page)
    assert parser.open == []


def test_a_pilot_without_a_ledger_says_what_to_do(tmp_path: Path) -> None:
    page = render_dashboard(results(tmp_path, ledger=False), hospital="", language="zh")
    assert "还没有数字" in page and "playbook import" in page and page.count("<svg") == 1


def test_a_real_browser_shows_and_prints_it(tmp_path: Path) -> None:
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("not installed: chromium")
    path = tmp_path / "d.html"
    path.write_text(render_dashboard(results(tmp_path, name=EVIL), hospital="医院", language="zh"), encoding="utf-8")
    base = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND", f"--user-data-dir={tmp_path / 'profile'}"]  # fmt: skip
    shown = subprocess.run([*base, "--dump-dom", path.as_uri()], capture_output=True, check=True, timeout=120)
    dom = shown.stdout.decode()
    assert "<script" not in dom and dom.count("<svg") == 5 and dom.count("<article") >= 8
    pdf = tmp_path / "d.pdf"
    subprocess.run([*base, f"--print-to-pdf={pdf}", "--no-pdf-header-footer", path.as_uri()], capture_output=True, check=True, timeout=120)  # fmt: skip
    assert pdf.read_bytes().startswith(b"%PDF") and pdf.stat().st_size > 20_000
