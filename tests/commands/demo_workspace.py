"""The workspace of the demo, told once per run and copied for each test that wants a whole pilot."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest

from cli import run
from engine.commands._session import Session
from tests.commands.runner import Shell

PARENT = "皮肤科湿疹长期管理试点"
SUCCESSOR = "眼科干眼长期管理试点"
_TOLD: list[Path] = []


def told(base: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    """A copy of the demo's workspace in `base`, ready to be typed at on the day after its last step."""
    if not _TOLD:
        root = Path(tempfile.mkdtemp(prefix="demo-")) / "示范"
        assert run(("demo", str(root)), Session()) == 0
        _TOLD.append(root)
    target = base / "示范"
    shutil.copytree(_TOLD[0], target)
    return Shell(target, capsys).on("2026-07-10")
