"""Valid files with something changed at random."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from engine.source import Source, parse

ROOT = Path(__file__).resolve().parents[1]
_KEYS = st.sampled_from(
    "title type when count each else id min max to due role stages tasks gate next final 负责人 请,复核 nxt".split()
)
_VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 3)
    | st.floats(-2, 2)
    | st.sampled_from(
        ["", "x", "3 days", "1..2", "choice", "all", "none", "today", "Bad Id", "3 days\n", "lead", "1.0.0"]
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=3),
    max_leaves=5,
)


def sample(name: str) -> Source:
    path = ROOT / "golden_ok" / f"{name}.yaml"
    return parse(path.read_text(encoding="utf-8"), name)


@st.composite
def mutated(draw: st.DrawFn, sources: tuple[Source, ...]) -> tuple[Source, Any]:
    """A source and a copy of its data with one to three changes."""
    source = draw(st.sampled_from(sources))
    data = copy.deepcopy(source.data)
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from([p for p in source.values if p]))
        _change(draw, data, path)
    return source, data


def _change(draw: st.DrawFn, data: Any, path: tuple[str | int, ...]) -> None:
    try:
        for step in path[:-1]:
            data = data[step]
        old = data[path[-1]]
    except (KeyError, IndexError, TypeError):
        return
    kind = draw(st.sampled_from(["replace", "delete", "add", "rename"]))
    if kind == "add" and isinstance(old, dict):
        old[draw(_KEYS)] = draw(_VALUES)
    elif kind == "delete":
        del data[path[-1]]
    elif kind == "rename" and isinstance(data, dict):
        data[draw(_KEYS)] = data.pop(path[-1])
    else:
        data[path[-1]] = draw(_VALUES)
