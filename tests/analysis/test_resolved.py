"""The resolved text is the same playbook, with the origin of each line."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.analysis.resolved import resolved_text
from engine.errors import Place
from engine.load import Bundle, load
from engine.load.door import Loaded
from engine.resources import shipped_playbooks
from engine.source import parse
from tests.load.folder import ours

OK = sorted((Path(__file__).resolve().parents[1] / "golden_ok").glob("*.yaml"))


@pytest.mark.parametrize("path", [*OK, *shipped_playbooks().values()], ids=lambda p: p.stem)
def test_read_again_it_is_the_same(path: Path) -> None:
    loaded = load(path)
    assert parse(resolved_text(loaded), "again").data == loaded.bundle.data


def test_every_line_says_where_it_is_from(tmp_path: Path) -> None:
    text = resolved_text(ours(tmp_path, "stages: {prepare: {gate: [{id: enough, else: 还差一点}]}}\n"))
    rows = {row.partition("  #")[0].strip(): row.rpartition("# ")[2] for row in text.splitlines()}
    assert rows["title: 本院"] == "ours.yaml:4"
    assert rows["else: 还差一点"] == "ours.yaml:5"
    assert rows["when: fields.score >= 90"] == "base.yaml:17"
    assert rows["- id: gate_2"] == "base.yaml:18"
    assert rows["nurse:"] == "base.yaml:6"
    assert str(tmp_path) not in text


_TEXTS = st.text(max_size=12) | st.sampled_from(
    ["a\nb", "a\nb\n", " a\nb", "x: y", "no", "12", "- a", '"', "'", "a #b", "", "a\n\nb"]
)
_DATA: st.SearchStrategy[Any] = st.recursive(
    st.booleans() | st.integers(-5, 5) | st.floats(-3, 3) | _TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXTS.filter(lambda k: k != "<<"), inner, max_size=3),
    max_leaves=8,
)


class _Anywhere(dict[Any, Place]):
    def __contains__(self, path: object) -> bool:
        return True

    def __missing__(self, path: object) -> Place:
        return Place("f", 1, 1)


@given(st.dictionaries(st.sampled_from(["a", "b", "c"]), _DATA, min_size=1))
def test_any_data_is_written_so_that_it_is_read_back(data: dict[str, Any]) -> None:
    book: Any = None
    text = resolved_text(Loaded(book, Bundle("a", "1.0.0", data), (), {}, _Anywhere()))
    assert parse(text, "again").data == data
