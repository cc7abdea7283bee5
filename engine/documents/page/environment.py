"""Our own HTML templates with everybody's data: every value is escaped, an unknown name is an error of ours."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined


def render_page(name: str, data: dict[str, Any]) -> str:
    """A page from `engine/documents/page/templates/`."""
    return _environment().get_template(name).render(data)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FunctionLoader(_source), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


def _source(name: str) -> str:
    return (resources.files("engine.documents.page") / "templates" / name).read_text(encoding="utf-8")
