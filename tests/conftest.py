"""What holds for every test: the language is Chinese, nothing of this machine's settings leaks in, skips are counted.

A test that needs a big system part (LibreOffice, Node …) skips with a reason that begins with `needs` or
`not installed`. Where the parts are required ($PLAYBOOK_PARTS=required, as in CI) such a skip is a failure.
"""

from __future__ import annotations

import os
import re
from collections.abc import Generator

import pytest

from engine.text import use_language

_FOR_LACK = re.compile(r"^(Skipped: )?(needs|not installed)\b")
_ENVIRONMENT = ("PLAYBOOK_LANG", "PLAYBOOK_WORKSPACE", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "NO_COLOR")


@pytest.fixture(autouse=True)
def plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> Generator[None]:
    for name in _ENVIRONMENT:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    use_language("zh")
    yield
    use_language("zh")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.skipped and os.environ.get("PLAYBOOK_PARTS") == "required" and isinstance(report.longrepr, tuple):
        reason = str(report.longrepr[2])
        if _FOR_LACK.match(reason):
            report.outcome = "failed"
            report.longrepr = f"{item.nodeid}: {reason}; parts are required here (PLAYBOOK_PARTS=required)"
    return report
