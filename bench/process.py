"""The whole process: `playbook advance` through a real gate, against a bare click program that reads one small YAML file.

Wall time from outside, and the peak memory of the process. Every round advances a fresh copy of the same workspace.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from bench.figures import Figure, in_turn
from engine.process import commands as c
from engine.service import Desk
from engine.workspace import init_workspace

ROOT = Path(__file__).resolve().parents[1]
_BARE = """
import click, yaml

@click.group()
def cli(): pass

@cli.command()
@click.argument("file")
def show(file):
    with open(file, encoding="utf-8") as text:
        click.echo(yaml.load(text, Loader=yaml.CSafeLoader)["title"])

cli()
"""
# The kernel's own mark of the process (VmHWM, KiB). The peak that wait4 reports would include this benchmark, whose memory
# the child shares until it becomes another program.
_PEAK = """
import atexit, re, runpy, sys
target = sys.argv.pop(1)
def mark():
    with open("/proc/self/status") as status, open(target, "w") as file:
        file.write(re.search(r"VmHWM:\\s+(\\d+)", status.read())[1])
atexit.register(mark)
sys.argv[0] = "cli.py"
sys.path.insert(0, "")
runpy.run_path("cli.py", run_name="__main__")
"""


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "bare.py").write_text(_BARE, encoding="utf-8")
        (folder / "small.yaml").write_text("title: 小\nstages: {a: {title: 甲}}\n", encoding="utf-8")
        prepared = _prepared(folder / "prepared")
        copies = iter(range(10_000))
        # Compiled modules are kept, as they are in every installation.
        environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}

        def ready() -> Path:
            target = folder / f"copy{next(copies)}"
            shutil.copytree(prepared, target)
            return target

        def run(*args: str) -> None:
            process = subprocess.Popen(
                [sys.executable, *args], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL
            )
            if process.wait():
                raise RuntimeError(f"{args} ended with {process.returncode}")

        waiting = [ready() for _ in range(23)]
        advance: Callable[[], None] = lambda: run("cli.py", "--workspace", str(waiting.pop()), "advance")  # noqa: E731
        wall, floor, ratio = in_turn(
            advance, lambda: run(str(folder / "bare.py"), "show", str(folder / "small.yaml")), 21
        )
        peak = folder / "peak"
        run("-c", _PEAK, str(peak), "--workspace", str(waiting.pop()), "advance")
        memory = int(peak.read_text()) / 1024
    return [
        Figure("whole-process `playbook advance` against click + PyYAML", wall * 1000, floor * 1000, "ms", ratio, 2),
        Figure("peak memory of `playbook advance` against the 60 MiB allowed", memory, 60, "MiB", memory / 60, 1),
    ]


def _prepared(folder: Path) -> Path:
    """A workspace whose one pilot of the four-step playbook stands before the open gate of its first stage."""
    init_workspace(folder, "示范医院", "王蕾")
    page = folder / "signed.pdf"
    page.write_bytes(b"%PDF-1.4 signed page")
    with Desk.open(folder) as desk:
        desk.start("four-step-pilot", "皮肤科试点")
        view = desk.view()
        for role in view.book.roles.values():
            if role.count.minimum:
                desk.run(None, c.Assign(role.id, tuple(f"{role.title}{n}" for n in range(role.count.minimum))))
        values = {
            "department": "皮肤科",
            "service": "慢性荨麻疹随访门诊",
            "willingness": "volunteered",
            "authorisation_scope": "试点相关的跨科协调",
            "authorisation_resources": "宣传人员每周一天",
            "authorisation_budget": "3万",
            "authorisation_ends": (desk.calendar.today(desk.now) + timedelta(days=90)).isoformat(),
        }
        desk.run(None, c.SetFields({k: v for k, v in values.items() if k in view.book.fields}))
        for task in desk.view().tasks:
            if task.active and task.task.required:
                file = (page,)
                desk.run(None, c.CompleteTask(task.key, attachments=(desk.attachment(page),)), files=file)
        assert not desk.view().blockers, [b.message.zh for b in desk.view().blockers]
    return folder
