"""Pages checked by axe (in a browser) and html-validate (in Node); tests that need them are skipped where they are not."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.documents.page.browser import Browser
from tests.documents.page.npm import find_part

_AXE = (
    "axe.run().then(r => ({passes: r.passes.length, wrong: r.violations.map(v => [v.id, v.nodes.map(n => n.html)])}))"
)


def axe_script() -> str:
    script = find_part("axe-core/axe.min.js")
    if script is None:
        pytest.skip("needs axe-core (npm; see CONTRIBUTING.md), PLAYBOOK_PAGE_CHECKS")
    return script.read_text(encoding="utf-8") + ";0"


def axe(browser: Browser, script: str) -> Any:
    """What is wrong with the page that is open (rule, elements), and how many rules it passed."""
    browser.evaluate(script)
    return browser.evaluate(_AXE)


def html_validate(folder: Path) -> dict[str, list[str]]:
    """The names of the pages in `folder` that are not valid, with the rules they break; a bad page of our own is among them."""
    program = find_part("html-validate/bin/html-validate.mjs") or find_part("html-validate/bin/html-validate.js")
    if program is None or shutil.which("node") is None:
        pytest.skip("needs html-validate (npm; see CONTRIBUTING.md), PLAYBOOK_PAGE_CHECKS")
    (folder / "bad.html").write_text("<!DOCTYPE html><html lang=zh><title>x</title><p><div></p>", encoding="utf-8")
    words = ["node", str(program), "--preset", "recommended", "--formatter", "json", *map(str, folder.glob("*.html"))]
    made = subprocess.run(words, capture_output=True, timeout=120, cwd=folder, check=False)
    return {Path(f["filePath"]).name: [m["ruleId"] for m in f["messages"]] for f in json.loads(made.stdout)}
