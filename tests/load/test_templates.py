"""Templates that belong to a playbook."""

from pathlib import Path

import pytest

from engine.errors import PlaybookError
from engine.load import load
from engine.load.templates import templates_for
from tests.load.folder import BASE, OURS, write

DOCUMENTS = "documents: {brief: {title: 简报, template: brief.md.j2}, own: {title: 清单, template: tasks.md.j2}}\n"


def folder(path: Path, **templates: str) -> Path:
    (path / "templates").mkdir(parents=True, exist_ok=True)
    for name, text in templates.items():
        (path / "templates" / f"{name.replace('__', '.')}.md.j2").write_text(text, encoding="utf-8")
    return path


def test_named_ones_their_languages_and_parts(tmp_path: Path) -> None:
    folder(tmp_path, brief="简报", brief__en="brief", _part="部分", other="别的")
    write(tmp_path, base=BASE + DOCUMENTS)
    assert load(tmp_path / "base.yaml").bundle.templates == {
        "brief.md.j2": "简报",
        "brief.en.md.j2": "brief",
        "_part.md.j2": "部分",
    }


def test_none_beside_the_playbook(tmp_path: Path) -> None:
    folder(tmp_path, _part="部分")
    write(tmp_path, base=BASE + DOCUMENTS)
    assert load(tmp_path / "base.yaml").bundle.templates == {}


def test_the_variant_s_own_win(tmp_path: Path) -> None:
    write(folder(tmp_path / "base", brief="原", tasks="清单"), base=BASE + DOCUMENTS)
    write(folder(tmp_path, brief="本院"), ours=OURS.replace("base.yaml", "base/base.yaml"))
    assert load(tmp_path / "ours.yaml").bundle.templates == {"brief.md.j2": "本院", "tasks.md.j2": "清单"}


def test_unreadable_template(tmp_path: Path) -> None:
    folder(tmp_path)
    (tmp_path / "templates" / "brief.md.j2").write_bytes(b"\xff\x00")
    with pytest.raises(PlaybookError):
        templates_for({"documents": {"b": {"template": "brief.md.j2"}}}, [tmp_path])
