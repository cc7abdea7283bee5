"""The three ways in: the wheel in a fresh environment, an editable install, the checkout. Nothing here needs the network."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest

import engine

ROOT = Path(__file__).resolve().parents[1]
ON_WINDOWS = os.name == "nt"


def run(*words: object, cwd: Path, code: int = 0) -> str:
    """A program, away from this process' settings; what it printed. It must end with `code`."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "PLAYBOOK", "PIP_", "LC_", "COV_"))}
    environment = {**kept, "LANG": "zh_CN.UTF-8", "LANGUAGE": "", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    done = subprocess.run([str(w) for w in words], cwd=cwd, env=environment, capture_output=True, check=False)
    said = done.stdout.decode("utf-8", "replace") + done.stderr.decode("utf-8", "replace")
    assert done.returncode == code, f"{words} ended with {done.returncode}:\n{said}"
    return said


def program(environment: Path, name: str) -> Path:
    return environment / ("Scripts" if ON_WINDOWS else "bin") / (f"{name}.exe" if ON_WINDOWS else name)


def fresh(environment: Path, wheel: Path) -> Path:
    """An environment of its own that has this one's libraries, but not this one's playbook; then the wheel in it."""
    run(sys.executable, "-m", "venv", "--without-pip", environment, cwd=ROOT)
    python = program(environment, "python")
    where = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=environment).strip()
    # A .pth file adds the folder, but reads no .pth files in it: an editable install here stays invisible there.
    folders = dict.fromkeys(sysconfig.get_path(kind) for kind in ("purelib", "platlib"))
    (Path(where) / "libraries.pth").write_text("\n".join(folders) + "\n", encoding="utf-8")
    pip = (sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", "--no-index")
    run(*pip, wheel, cwd=environment)
    return environment


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist, and the wheel made from it."""
    for module in ("pip", "build", "hatchling"):
        pytest.importorskip(module, reason=f"not installed here: {module}")
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    return folder


def names_in(archive: Path) -> set[str]:
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            return set(wheel.namelist())
    with tarfile.open(archive) as sdist:
        return {name.partition("/")[2] for name in sdist.getnames()}


def shipped(folder: str) -> set[str]:
    """Files of the checkout that users need, by their path in it."""
    return {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_wheel_holds_everything_the_program_reads(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    names = names_in(wheel)
    wanted = {f"engine/_data/{name}" for folder in ("playbooks", "schemas") for name in shipped(folder)}
    wanted |= shipped("engine") | {"cli.py"}
    assert not wanted - names
    # Said by name, in case a folder moves: an empty wish is always granted.
    for name in (
        "engine/py.typed",
        "engine/store/migrations/0001.sql",
        "engine/documents/templates/guide.md.j2",
        "engine/_data/playbooks/four-step-pilot.yaml",
        "engine/_data/playbooks/templates/guide.md.j2",
        "engine/_data/playbooks/samples/four-step-pilot/evidence/spend.csv",
        "engine/_data/schemas/playbook.schema.json",
        "engine/_data/schemas/compliance.schema.json",
        "engine/_data/playbooks/compliance/medical-ads.yaml",
        "engine/_data/docs/dsl.md",
        "engine/_data/docs/authoring.zh-CN.md",
    ):
        assert name in names


def test_wheel_holds_nothing_else(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    tops = {name.split("/")[0] for name in names_in(wheel)}
    assert tops == {"cli.py", "engine", f"playbook_engine-{engine.__version__}.dist-info"}
    assert not [name for name in names_in(wheel) if "__pycache__" in name]


def test_sdist_can_be_built_and_tested(built: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    names = names_in(sdist)
    for name in (
        "README.md",
        "pyproject.toml",
        "tasks.py",
        "docs/tour.md",
        "tests/test_packaging.py",
        "tests/conftest.py",
    ):
        assert name in names
    assert not [n for n in names if n.startswith((".git/", ".venv", "dist/")) or "__pycache__" in n or "_cache/" in n]


def test_wheel_keeps_sample_files_byte_for_byte(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        for name in shipped("playbooks/samples"):
            assert archive.read(f"engine/_data/{name}") == (ROOT / name).read_bytes()


def test_git_keeps_sample_evidence_byte_for_byte() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("this is not a git checkout")
    evidence = sorted(name for name in shipped("playbooks/samples") if "/evidence/" in name)
    assert evidence
    told = run("git", "check-attr", "text", *evidence, cwd=ROOT).splitlines()
    assert [line for line in told if not line.endswith(": text: unset")] == []


def test_sample_tables_have_windows_line_ends() -> None:
    """As departments send them. A clone that lost them was committed before .gitattributes said so."""
    tables = [ROOT / name for name in shipped("playbooks/samples") if name.endswith(".csv")]
    assert tables
    assert not [table.name for table in tables if table.read_bytes().count(b"\r\n") != table.read_bytes().count(b"\n")]


def test_wheel_works_in_a_fresh_environment(built: Path, tmp_path: Path) -> None:
    (wheel,) = built.glob("*.whl")
    environment = fresh(tmp_path / "环境 1", wheel)
    playbook = program(environment, "playbook")
    away = tmp_path / "别处"
    away.mkdir()
    found = run(program(environment, "python"), "-c", "import engine; print(engine.__file__)", cwd=away).strip()
    assert Path(found).is_relative_to(environment), "this must not be the checkout"
    assert run(playbook, "--version", cwd=away) == f"playbook {engine.__version__}{os.linesep}"
    assert {"four-step-pilot", "phased-plan"} <= set(run(playbook, "list", cwd=away).split())
    assert run(playbook, "check", "four-step-pilot", "phased-plan", cwd=away).count("✓") == 2
    assert "✓" in run(playbook, "test", "phased-plan", cwd=away)
    assert "结束：成功" in run(playbook, "demo", "演示", cwd=away)
    papers = sorted(path.suffix for path in (away / "演示" / "papers").iterdir())
    assert papers == [*[".docx"] * 6, ".ics", *[".md"] * 3, ".pdf", ".pptx", ".svg", ".xlsx"]
    assert "眼科干眼长期管理试点" in run(playbook, "board", "--workspace", "演示", cwd=away)


def test_editable_install_works(tmp_path: Path) -> None:
    """`tasks.py` installs so; the environment it makes is the one to look at."""
    environment = Path(sys.prefix)
    playbook = program(environment, "playbook")
    if not playbook.exists():
        pytest.skip("this environment runs the checkout and has no playbook of its own")
    found = run(program(environment, "python"), "-c", "import engine; print(engine.__file__)", cwd=tmp_path).strip()
    assert Path(found) == ROOT / "engine" / "__init__.py"
    assert run(playbook, "--version", cwd=tmp_path).split() == ["playbook", engine.__version__]
    assert "✓" in run(playbook, "check", "four-step-pilot", cwd=tmp_path)


def test_checkout_works_without_installing(tmp_path: Path) -> None:
    cli = ROOT / "cli.py"
    assert run(sys.executable, cli, "--version", cwd=tmp_path).split() == ["playbook", engine.__version__]
    assert "✓" in run(sys.executable, cli, "check", "four-step-pilot", cwd=tmp_path)
