"""The bakery, ready to be typed at."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.runner import Shell, bakery


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    return bakery(tmp_path, capsys)
