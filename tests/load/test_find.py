"""Names of playbooks → files."""

from pathlib import Path

import pytest

from engine.errors import UserError
from engine.load import find_playbook
from engine.load.find import find_base, playbooks_in, shown_path
from engine.resources import playbooks_folder
from tests.load.folder import BASE, write


def test_a_path_is_a_path(tmp_path: Path) -> None:
    assert find_playbook("some/where.yaml") == Path("some/where.yaml")
    assert find_playbook(str(tmp_path / "x.yml")) == tmp_path / "x.yml"


def test_shipped_by_id() -> None:
    assert find_playbook("four-step-pilot") == playbooks_folder() / "four-step-pilot.yaml"


def test_workspace_comes_first(tmp_path: Path) -> None:
    (tmp_path / "playbooks").mkdir()
    write(tmp_path / "playbooks", **{"four-step-pilot": BASE})
    assert find_playbook("four-step-pilot", tmp_path) == tmp_path / "playbooks" / "four-step-pilot.yaml"


def test_by_the_id_inside_the_file(tmp_path: Path) -> None:
    (tmp_path / "playbooks").mkdir()
    write(tmp_path / "playbooks", file=BASE)
    assert find_playbook("base", tmp_path) == find_playbook("file", tmp_path)


def test_unknown_id_has_a_suggestion() -> None:
    with pytest.raises(UserError) as caught:
        find_playbook("four-step-pilt")
    assert caught.value.code == "unknown-playbook"
    assert "four-step-pilot" in str(caught.value.hint)


def test_overlays_and_scenarios_are_no_playbooks(tmp_path: Path) -> None:
    write(tmp_path, base=BASE, base__en="overlay: base", base__scenarios="scenarios: base.yaml")
    assert set(playbooks_in(tmp_path)) == {"base"}


def test_base_by_id_beside_the_file(tmp_path: Path) -> None:
    write(tmp_path, base=BASE)
    assert find_base("base", tmp_path, [tmp_path], None) == tmp_path / "base.yaml"
    assert find_base("four-step-pilot", tmp_path, [tmp_path], None) == playbooks_folder() / "four-step-pilot.yaml"
    assert find_base("nothing", tmp_path, [tmp_path], None) is None
    assert find_base("nothing.yaml", tmp_path, [tmp_path], None) is None


def test_base_may_not_be_reached_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    write(tmp_path, secret=BASE)
    try:
        (tmp_path / "in" / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    except OSError:
        pytest.skip("links need a privilege on this system")
    with pytest.raises(ValueError, match="link"):
        find_base("link.yaml", tmp_path / "in", [tmp_path / "in"], None)


def test_shown_path_is_never_absolute(tmp_path: Path) -> None:
    assert shown_path(tmp_path / "a" / "b.yaml", tmp_path) == "a/b.yaml"
    assert shown_path(playbooks_folder() / "x.yaml", tmp_path) == "x.yaml"
    assert shown_path(Path("/elsewhere/x.yaml"), tmp_path) == "x.yaml"
