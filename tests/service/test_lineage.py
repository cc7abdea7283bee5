"""The chain of ancestors."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.service.lineage import ancestors
from tests.commands.demo_workspace import PARENT, told


def test_the_whole_chain_with_dates_and_outcomes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shell = told(tmp_path, capsys)
    shell.type("replicate", PARENT, "--department", "骨科")
    shell.on("2026-07-20").type("replicate", "骨科试点", "--department", "康复科")
    from engine.service import Desk

    with Desk.open(shell.root, "王蕾", lambda: shell.now) as desk:
        found = ancestors(desk, desk.find("康复科试点").origin)
        assert [(a.name, a.started.isoformat(), a.ended and a.ended.isoformat(), a.outcome) for a in found] == [
            ("骨科试点", "2026-07-10", None, None),
            (PARENT, "2026-03-02", "2026-07-09", "succeeded"),
        ]
        assert ancestors(desk, None) == () and ancestors(desk, "gone") == ()
