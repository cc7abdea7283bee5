"""docs/checks.md: a heading for every code there is, and samples that are as wrong and as right as they say."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from engine.checks import CHECKS
from engine.errors import PlaybookError
from engine.load import load
from engine.source import parse

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")
BASE = ROOT / "tests" / "golden_ok" / "base.yaml"
SECTIONS = dict(re.findall(r"^### `([a-z0-9-]+)`\n(.*?)(?=^##|\Z)", TEXT, re.MULTILINE | re.DOTALL))
WITH_SAMPLES = sorted(code for code, text in SECTIONS.items() if "```yaml" in text)
MAKERS = ("Problem", "_one", "_refusal")
CHECK_CODES = sorted(code for module in CHECKS for code in module.CODES)


def codes_in(tree: ast.AST) -> Iterator[str]:
    """What a module lists in CODES, and codes it writes straight into a Problem (`_one`, `_refusal` make one)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "CODES" for t in node.targets):
            yield from ast.literal_eval(node.value)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MAKERS:
            for value in node.args[:3]:
                if isinstance(value, ast.Constant) and re.fullmatch(r"[a-z0-9-]{4,}", str(value.value)):
                    yield str(value.value)


def all_codes() -> set[str]:
    files = sorted((ROOT / "engine").rglob("*.py"))
    return {code for file in files for code in codes_in(ast.parse(file.read_text(encoding="utf-8")))}


def merged(base: Any, change: Any) -> Any:
    """Maps merge by key, everything else is replaced: as `extends` does."""
    if not (isinstance(base, dict) and isinstance(change, dict)):
        return change
    return base | {key: merged(base.get(key), value) for key, value in change.items()}


def codes_of(sample: str, folder: Path) -> set[str]:
    """Codes reported about the base playbook with the sample read into it, or about the sample if it is no YAML."""
    try:
        base, change = (parse(text, "sample").data for text in (BASE.read_text(encoding="utf-8"), sample))
        target = folder / "sample.yaml"
        text = yaml.safe_dump(merged(base, change), allow_unicode=True, sort_keys=False)
        target.write_text(text if isinstance(change, dict) else sample, encoding="utf-8")
        return {problem.code for problem in load(target).warnings}
    except PlaybookError as error:
        return {problem.code for problem in error.problems}


def test_every_code_has_its_heading_and_every_heading_a_code() -> None:
    assert set(SECTIONS) == all_codes()


def test_every_code_of_a_check_has_samples() -> None:
    assert set(CHECK_CODES) <= set(WITH_SAMPLES)


@pytest.mark.parametrize("code", WITH_SAMPLES)
def test_samples_are_as_wrong_and_as_right_as_they_say(code: str, tmp_path: Path) -> None:
    wrong, right = re.findall(r"```yaml\n# (?:wrong|right)\n(.*?)```", SECTIONS[code], re.DOTALL)
    assert code in codes_of(wrong, tmp_path)
    assert codes_of(right, tmp_path) == set()
