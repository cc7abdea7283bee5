#!/usr/bin/env python3
"""Every verb a developer (or a first-time user) needs; needs nothing but Python 3.11 or newer.

    python3 tasks.py demo      set everything up and see the whole of it work, on sample data
    python3 tasks.py test      lint, types and tests
    python3 tasks.py           list all verbs

Libraries go into `.venv` beside this file (or into $PLAYBOOK_VENV), never into the system.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = Path(os.environ.get("PLAYBOOK_VENV") or ROOT / ".venv")
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
CODE = ("engine", "cli.py", "tasks.py", "tests", "scripts", "bench")


def demo(*args: str) -> int:
    """Run the main job on sample data: `python3 tasks.py demo [DIR]`."""
    setup()
    return run(PYTHON, "-X", "utf8", ROOT / "cli.py", "demo", *args)


def test(*args: str) -> int:
    """Lint, types and tests; the exit code is 0 when all three pass."""
    codes = {"lint": lint(), "types": types(), "tests": tests(*args)}
    failed = [name for name, code in codes.items() if code]
    print(f"failed: {', '.join(failed)}" if failed else "lint, types and tests passed")
    return 1 if failed else 0


def tests(*args: str) -> int:
    """Tests only; further words go to pytest (`python3 tasks.py tests -k calendar`)."""
    setup(dev=True)
    return run(PYTHON, "-X", "utf8", "-m", "pytest", "-n", os.environ.get("PLAYBOOK_JOBS", "2"), *args)


def lint() -> int:
    """Ruff: rules and formatting."""
    setup(dev=True)
    code = present(CODE)
    return run(PYTHON, "-m", "ruff", "check", *code) or run(PYTHON, "-m", "ruff", "format", "--check", *code)


def format_() -> int:
    """Let ruff format everything and mend what it can."""
    setup(dev=True)
    code = present(CODE)
    return run(PYTHON, "-m", "ruff", "check", "--fix", "--quiet", *code) or run(PYTHON, "-m", "ruff", "format", *code)


def types() -> int:
    """Mypy, strict, over the product and this file."""
    setup(dev=True)
    return run(PYTHON, "-m", "mypy", "--strict", "engine", "cli.py", "tasks.py")


def ci() -> int:
    """What CI runs: makes its own environment, installs the big parts, then `test`."""
    return run("bash", ROOT / ".ci" / "run")


def bench(*args: str) -> int:
    """Measure, and write docs/bench.md."""
    setup(dev=True)
    return run(PYTHON, "-X", "utf8", "-m", "bench", "--write", *args)


def soak(*args: str) -> int:
    """Kill the program 500 times in the middle of its work; nothing acknowledged may be lost."""
    setup(dev=True)
    os.environ.setdefault("PLAYBOOK_KILLS", "500")
    return run(PYTHON, "-X", "utf8", "-m", "pytest", "-q", "-k", "kill", *args)


def docs() -> int:
    """Write the generated parts of the docs anew (the CLI reference, the tables of docs/dsl.md)."""
    setup(dev=True)
    scripts = sorted(path for path in (ROOT / "scripts").glob("make_*.py") if path.stem != "make_gallery")
    return max((run(PYTHON, "-X", "utf8", script) for script in scripts), default=0)


def wheel() -> int:
    """Build the sdist, and the wheel from it, into dist/."""
    setup(dev=True)
    return run(PYTHON, "-m", "build", "--outdir", ROOT / "dist", ROOT)


def clean() -> int:
    """Remove what these verbs made: .venv, dist, caches."""
    for name in (".venv", "dist", "build", ".cache", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis"):
        shutil.rmtree(ROOT / name, ignore_errors=True)
    return 0


def setup(dev: bool = False) -> int:
    """Make the environment and install the product into it; does nothing when that was done for this pyproject.toml."""
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()
    stamp = VENV / "playbook-installed"
    have = stamp.read_text(encoding="utf-8").split() if stamp.is_file() else []
    if PYTHON.exists() and have[:1] == [wanted] and (not dev or "dev" in have):
        return 0
    if not PYTHON.exists():
        print(f"making {VENV} …", flush=True)
        make_venv()
    target = f"{ROOT}[dev]" if dev else str(ROOT)
    print("installing libraries (the first time takes a minute) …", flush=True)
    code = run(*pip(), "install", "--quiet", "--disable-pip-version-check", "--editable", target)
    if code:
        sys.exit("the libraries could not be installed; see the lines above (is the package index reachable?)")
    stamp.write_text(f"{wanted} {'dev' if dev or 'dev' in have else ''}\n", encoding="utf-8")
    return 0


def make_venv() -> None:
    """A virtual environment; without ensurepip (as on a bare Debian) one without pip, filled by the pip outside."""
    if subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True, check=False).returncode == 0:
        return
    shutil.rmtree(VENV, ignore_errors=True)
    made = subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(VENV)], check=False).returncode
    outside = subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True, check=False).returncode
    if made or outside:
        shutil.rmtree(VENV, ignore_errors=True)
        sys.exit(
            "no environment could be made: this Python has neither ensurepip nor pip (Debian: apt install python3-venv)"
        )


def pip() -> tuple[str, ...]:
    """The pip of the environment, or the outer one told to work there."""
    inside = subprocess.run([str(PYTHON), "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0
    return (str(PYTHON), "-m", "pip") if inside else (sys.executable, "-m", "pip", "--python", str(PYTHON))


def run(*words: object) -> int:
    """Run a program here; its exit code. Chinese output must not depend on the console's code page."""
    environment = {**os.environ, "PYTHONUTF8": "1"}
    try:
        return subprocess.run([str(w) for w in words], cwd=ROOT, env=environment, check=False).returncode
    except KeyboardInterrupt:
        return 130
    except FileNotFoundError:
        print(f"not found: {words[0]}", file=sys.stderr)
        return 1


def present(names: Sequence[str]) -> list[str]:
    return [name for name in names if (ROOT / name).exists()]


VERBS: dict[str, Callable[..., int]] = {
    "demo": demo,
    "test": test,
    "tests": tests,
    "lint": lint,
    "format": format_,
    "types": types,
    "ci": ci,
    "bench": bench,
    "soak": soak,
    "docs": docs,
    "wheel": wheel,
    "setup": setup,
    "clean": clean,
}


def main() -> int:
    name, args = (sys.argv[1] if len(sys.argv) > 1 else ""), sys.argv[2:]
    if name in VERBS:
        return VERBS[name](*args)
    print(__doc__)
    for verb, function in VERBS.items():
        print(f"    {verb:<8} {(function.__doc__ or '').splitlines()[0]}")
    return 0 if name in ("", "help", "--help", "-h") else 2


if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036  (an old Python must be told so, not fail on syntax)
        sys.exit("Python 3.11 or newer is needed")
    sys.exit(main())
