"""What an author sees in an editor, from the real yaml-language-server: completion, explanation, underlining."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli import run
from engine.commands._session import Session
from engine.resources import playbooks_folder, schemas_folder
from tests.editor.language_server import LanguageServer, find_server

SERVER = find_server()
pytestmark = [
    pytest.mark.skipif(shutil.which("node") is None, reason="needs Node.js"),
    pytest.mark.skipif(
        SERVER is None, reason="needs yaml-language-server (npm; see CONTRIBUTING.md), PLAYBOOK_YAML_LS"
    ),
]

PLAYBOOK = """\
# yaml-language-server: $schema=../schemas/playbook.schema.json
playbook: sample
version: 1.0.0
title: 样例
roles:
  lead: {title: 负责人}
stages:
  only:
    title: 唯一
    tasks:
      plan:
        title: 写计划
        role: lead
        evidence: must
        du
    gate:
      - count: cases
        mi
    nxt: done
    final: succeeded
"""
VARIANT = """\
# yaml-language-server: $schema=../schemas/playbook.schema.json
playbook: ours
extends: sample
version: 1.0.0
title: 本院样例
stages:
  only:
    tasks:
      plan: {due: 3 workdays}
      meet: {evidence: must}
"""

SCENARIOS = """\
# yaml-language-server: $schema=../schemas/scenarios.schema.json
scenarios: sample.yaml
cases:
  - name: 走通
    start: {on: 2026-03-02, as: 王蕾}
    steps:
      - done: plan
        signd_by: 李院长
      - expect: {stage: only, status: stuck}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("editor")
    shutil.copytree(schemas_folder(), root / "schemas")
    (root / "playbooks").mkdir()
    return root


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[LanguageServer]:
    assert SERVER is not None
    running = LanguageServer(SERVER, folder)
    yield running
    running.close()


def opened(server: LanguageServer, folder: Path, name: str, text: str) -> str:
    path = folder / "playbooks" / name
    path.write_text(text, encoding="utf-8")
    return server.open(path)


def position(text: str, part: str) -> tuple[int, int]:
    line = next(n for n, row in enumerate(text.split("\n")) if part in row)
    return line, text.split("\n")[line].index(part)


def test_keys_are_completed(server: LanguageServer, folder: Path) -> None:
    text = PLAYBOOK.replace("        mi\n", "")
    uri = opened(server, folder, "keys.yaml", text)
    line, _ = position(text, "        du")
    items = server.at("textDocument/completion", uri, line, len("        du"))["items"]
    assert "due" in [item["label"] for item in items]


def test_keys_of_a_gate_item_are_completed(server: LanguageServer, folder: Path) -> None:
    text = PLAYBOOK.replace("        du\n", "")
    uri = opened(server, folder, "gate.yaml", text)
    line, _ = position(text, "        mi")
    items = server.at("textDocument/completion", uri, line, len("        mi"))["items"]
    assert {"min", "max", "where"} & {item["label"] for item in items}


def test_values_are_completed(server: LanguageServer, folder: Path) -> None:
    text = PLAYBOOK.replace("        du\n", "").replace("        mi\n", "").replace("evidence: must", "evidence: ")
    uri = opened(server, folder, "values.yaml", text)
    line, _ = position(text, "evidence:")
    items = server.at("textDocument/completion", uri, line, len("        evidence: "))["items"]
    assert {"none", "optional", "required"} <= {item["label"] for item in items}


def test_hover_explains_in_chinese(server: LanguageServer, folder: Path) -> None:
    text = PLAYBOOK.replace("        du\n", "").replace("        mi\n", "")
    uri = opened(server, folder, "hover.yaml", text)
    line, col = position(text, "evidence:")
    said = server.at("textDocument/hover", uri, line, col + 2)["contents"]
    assert "凭证" in (said if isinstance(said, str) else said["value"])


def test_mistakes_are_underlined(server: LanguageServer, folder: Path) -> None:
    text = PLAYBOOK.replace("        du\n", "").replace("        mi\n", "")
    uri = opened(server, folder, "mistakes.yaml", text)
    found = {(d["range"]["start"]["line"], d["range"]["start"]["character"]) for d in server.diagnostics(uri)}
    enum_line, enum_col = position(text, "must")
    assert found == {(enum_line, enum_col), position(text, "nxt")}


def test_a_variant_says_only_what_differs(server: LanguageServer, folder: Path) -> None:
    uri = opened(server, folder, "variant.yaml", VARIANT)
    found = {(d["range"]["start"]["line"], d["range"]["start"]["character"]) for d in server.diagnostics(uri)}
    assert found == {position(VARIANT, "must")}


def test_a_scenario_file_is_checked_and_explained(server: LanguageServer, folder: Path) -> None:
    uri = opened(server, folder, "sample.scenarios.yaml", SCENARIOS)
    found = {(d["range"]["start"]["line"], d["range"]["start"]["character"]) for d in server.diagnostics(uri)}
    assert found == {position(SCENARIOS, "signd_by"), position(SCENARIOS, "stuck")}
    line, col = position(SCENARIOS, "expect")
    said = server.at("textDocument/hover", uri, line, col + 2)["contents"]
    assert any("\u4e00" <= ch <= "\u9fff" for ch in (said if isinstance(said, str) else said["value"]))


def test_steps_of_a_scenario_are_completed(server: LanguageServer, folder: Path) -> None:
    text = SCENARIOS.replace("signd_by: 李院长", "si")
    uri = opened(server, folder, "steps.scenarios.yaml", text)
    line, _ = position(text, "        si")
    items = server.at("textDocument/completion", uri, line, len("        si"))["items"]
    assert "signed_by" in [item["label"] for item in items]


SHIPPED = sorted(path.name for path in playbooks_folder().glob("*.yaml"))


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_files_are_clean(server: LanguageServer, folder: Path, name: str) -> None:
    """Playbooks, overlays and scenarios, each by the schema its own first line names."""
    text = (playbooks_folder() / name).read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=../schemas/")
    assert server.diagnostics(opened(server, folder, name, text)) == []


def test_what_new_makes_is_explained_in_a_workspace(server: LanguageServer, tmp_path: Path) -> None:
    """The schema the first line names is there for the editor, also where there is no checkout."""
    root = tmp_path / "医院"
    for words in (["init", str(root)], ["new", "eye-pilot"], ["new", "our-pilot", "--from", "four-step-pilot"]):
        assert run(words, Session(folder=root if root.exists() else None)) == 0
    for name in ("eye-pilot", "our-pilot"):
        path = root / "playbooks" / f"{name}.yaml"
        uri = server.open(path)
        assert server.diagnostics(uri) == []
        line, col = position(path.read_text(encoding="utf-8"), "version:")
        said = server.at("textDocument/hover", uri, line, col + 2)["contents"]
        assert "版本" in (said if isinstance(said, str) else said["value"])
