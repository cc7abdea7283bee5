"""Killed at any moment: no acknowledged event lost, no half command, the log verifies.

PLAYBOOK_KILLS sets how often (60; the soak task 500). The process is killed with SIGKILL at a random moment of its work,
start-up included, and started again on the same workspace.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from engine.service import Desk
from engine.workspace import init_workspace
from tests.process.world import BAKERY

KILLS = int(os.environ.get("PLAYBOOK_KILLS", "60"))
ROOT = Path(__file__).resolve().parents[2]
# How many events a command of the writer makes, told from the type of its first event.
WHOLE = {"field_set": 2, "noted": 3, "attached": 1, "advanced": 1}


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a POSIX signal")
def test_killed_at_any_moment_loses_nothing_acknowledged(tmp_path: Path) -> None:
    init_workspace(tmp_path, me="王蕾")
    (tmp_path / "playbooks" / "bakery.yaml").write_text(BAKERY, encoding="utf-8")
    (tmp_path / "lease.pdf").write_bytes(b"%PDF-1.4 lease")
    with Desk.open(tmp_path) as desk:
        desk.start("bakery", "东街店")
    chance = random.Random(20261123)
    acknowledged: dict[str, int] = {}
    for number in range(KILLS):
        log = tmp_path / f"ack-{number}"
        with log.open("wb") as out:
            process = subprocess.Popen([sys.executable, "-m", "tests.soak.writer", str(tmp_path)], cwd=ROOT, stdout=out)
            time.sleep(chance.uniform(0.02, 0.9))
            process.kill()
            process.wait()
        for line in log.read_text(encoding="utf-8").splitlines(keepends=True):
            if line.endswith("\n"):  # the last line may be cut by the kill; it was not acknowledged then
                command, seq = line.split()
                acknowledged[command] = int(seq)
    with Desk.open(tmp_path) as desk:
        events = desk.view().events
        assert desk.verify() == []
    assert len(acknowledged) > KILLS, "the writer was killed before it did anything worth testing"
    assert [e.seq for e in events] == list(range(1, len(events) + 1))
    last = {e.command: e.seq for e in events}
    assert all(last.get(command) == seq for command, seq in acknowledged.items())
    counts = Counter(e.command for e in events[1:])
    first = {e.command: e.type for e in reversed(events[1:])}
    assert all(counts[command] == WHOLE[kind] for command, kind in first.items())
