"""Shipped files are found."""

import pytest

from engine import resources


def test_schemas_are_there() -> None:
    names = {path.name for path in resources.schemas_folder().glob("*.json")}
    assert {
        f"{n}.schema.json" for n in ("playbook", "variant", "overlay", "scenarios", "workspace", "compliance")
    } <= names
    assert resources.schema_text("playbook").startswith("{")


def test_unknown_schema() -> None:
    with pytest.raises(FileNotFoundError):
        resources.schema_text("nothing")


def test_shipped_playbooks_leave_out_overlays_and_scenarios() -> None:
    found = resources.shipped_playbooks()
    assert "four-step-pilot" in found
    assert all("." not in name and path.is_file() for name, path in found.items())


def test_a_wheel_keeps_them_inside_the_package(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "engine" / "_data" / "playbooks").mkdir(parents=True)
    monkeypatch.setattr(resources, "_HERE", tmp_path / "engine")
    assert resources.playbooks_folder() == tmp_path / "engine" / "_data" / "playbooks"
    assert resources.schemas_folder() == tmp_path / "schemas"
