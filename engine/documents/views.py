"""Shapes a template sees: plain dicts, lists and texts, and `Named`, a list whose items can also be called by id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.documents.markdown import escape

View = dict[str, Any]


class Named:
    """Items in order, each with an id: `{% for f in fields %}` runs over the items, `fields.spend` is one of them."""

    __slots__ = ("_items",)

    def __init__(self, items: Mapping[str, View]) -> None:
        self._items = dict(items)

    def __getitem__(self, key: str) -> View:
        return self._items[key]

    def __iter__(self) -> Iterator[View]:
        return iter(self._items.values())

    def __len__(self) -> int:
        return len(self._items)

    def __contains__(self, key: object) -> bool:
        return key in self._items

    def ids(self) -> tuple[str, ...]:
        return tuple(self._items)


def names_in(value: object) -> tuple[str, ...]:
    """The names by which something inside `value` can be called (for "did you mean")."""
    if isinstance(value, Named):
        return value.ids()
    return tuple(str(key) for key in value) if isinstance(value, Mapping) else ()


class Text(str):
    """Somebody's text on its way into a paper. Wherever Jinja2 joins it with markup, it is escaped as Markdown."""

    __slots__ = ()

    def __html__(self) -> str:
        return escape(self)


def protect(value: Any) -> Any:
    """`value` with every text in it marked as somebody's text; markup of the engine's own stays as it is."""
    if isinstance(value, str):
        return value if hasattr(value, "__html__") else Text(value)
    if isinstance(value, Named):
        return Named({key: protect(value[key]) for key in value.ids()})
    if isinstance(value, Mapping):
        return {key: protect(item) for key, item in value.items()}
    return [protect(item) for item in value] if isinstance(value, list | tuple) else value
