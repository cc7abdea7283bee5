"""Bundles: canonical text, hash, and reading one back without yaml or jsonschema."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from engine.load import Bundle, load, unpack
from engine.load.bundle import applied, in_language
from tests.load.folder import BASE, ours, write

DATA: dict[str, Any] = {
    "playbook": "a",
    "title": "甲",
    "roles": {"r": {"title": "角色", "duties": ["一", "二"]}},
    "stages": {
        "s": {
            "title": "阶段",
            "gate": [{"id": "x", "when": "true", "else": "甲"}, {"roles": "all"}],
            "after_time": [{"wait": "1 day", "to": "s"}],
            "starts": [{"playbook": "b", "title": "子"}],
        }
    },
}


def test_round_trip_keeps_the_order(tmp_path: Path) -> None:
    bundle = ours(tmp_path).bundle
    again = Bundle.from_json(bundle.to_json())
    assert again == bundle
    assert again.digest == bundle.digest
    assert list(again.data["stages"]) == ["prepare", "done", "stopped"]
    assert json.loads(bundle.to_json())["sources"]["base.yaml"] == BASE


def test_the_same_content_is_the_same_text() -> None:
    one = Bundle("a", "1.0.0", DATA, {"en": {"x": "1", "a": "2"}}, {"f": "t", "e": "u"})
    two = Bundle("a", "1.0.0", DATA, {"en": {"a": "2", "x": "1"}}, {"e": "u", "f": "t"})
    assert one.to_json() == two.to_json()
    assert len(one.digest) == 64


def test_another_order_of_stages_is_another_bundle() -> None:
    one = Bundle("a", "1.0.0", {"stages": {"a": 1, "b": 2}})
    two = Bundle("a", "1.0.0", {"stages": {"b": 2, "a": 1}})
    assert one.digest != two.digest


def test_a_bundle_names_no_folder(tmp_path: Path) -> None:
    assert str(tmp_path) not in ours(tmp_path).bundle.to_json()


def test_unpack_gives_the_playbook(tmp_path: Path) -> None:
    loaded = ours(tmp_path)
    again = unpack(Bundle.from_json(loaded.bundle.to_json()))
    assert (again.id, list(again.tasks), list(again.all_stages)) == (
        loaded.playbook.id,
        list(loaded.playbook.tasks),
        list(loaded.playbook.all_stages),
    )


def test_unpack_in_another_language(tmp_path: Path) -> None:
    write(tmp_path, base=BASE, base__en="overlay: base\nlanguage: en\ntitle: Base\nroles: {lead: {title: Lead}}\n")
    bundle = load(tmp_path / "base.yaml").bundle
    english, chinese = unpack(bundle, "en"), unpack(bundle, "zh")
    assert (english.title, english.roles["lead"].title, english.roles["nurse"].title) == ("Base", "Lead", "护士")
    assert chinese.title == "原方案"
    assert bundle.data["title"] == "原方案"


def test_applied_addresses_lists_by_id() -> None:
    overlay = {
        "roles.r.duties.1": "two",
        "stages.s.gate.x.else": "no",
        "stages.s.gate.gate_2.fix": "go",
        "stages.s.after_time.timer_1.title": "late",
        "stages.s.starts.start_1.title": "child",
        "stages.nothing.title": "lost",
    }
    made = applied(DATA, overlay)
    stage = made["stages"]["s"]
    assert made["roles"]["r"]["duties"] == ["一", "two"]
    assert (stage["gate"][0]["else"], stage["gate"][1]["fix"]) == ("no", "go")
    assert (stage["after_time"][0]["title"], stage["starts"][0]["title"]) == ("late", "child")
    assert "nothing" not in made["stages"]
    assert DATA["stages"]["s"]["gate"][0]["else"] == "甲"


def test_in_language_takes_the_overlay_that_fits() -> None:
    overlays = {"en-GB": {"title": "A"}, "zh-CN": {"title": "乙"}}
    assert in_language(DATA, overlays, "en")["title"] == "A"
    assert in_language(DATA, overlays, "zh") is DATA
    assert in_language(DATA, {}, "en") is DATA
    assert in_language({**DATA, "language": "en"}, overlays, "zh")["title"] == "乙"


@given(st.dictionaries(st.text("abgs.12", max_size=8), st.text(max_size=3), max_size=6))
def test_applied_never_fails_on_distinct_paths(overlay: dict[str, str]) -> None:
    kept = {k: v for k, v in overlay.items() if not any(o != k and o.startswith(f"{k}.") for o in overlay)}
    applied(DATA, kept)


def test_unpacking_is_light() -> None:
    """`playbook advance` must not pay for reading and checking YAML."""
    code = "import sys; from engine.load import Bundle, unpack; print([m for m in ('yaml', 'jsonschema', 'jinja2') if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]
    )
    assert done.stdout.strip() == "[]"
