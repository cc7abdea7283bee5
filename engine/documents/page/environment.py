"""Our own HTML templates with everybody's data: every value is escaped, an unknown name is an error of ours.

The filter `whole` keeps a date, a share with its base and an option of the command line on one line each.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup, escape

_TOGETHER = re.compile(
    r"\d{4}年\d{1,2}月\d{1,2}日"
    r"|[+-]?\d[\d,.]*%(?:（[\d,.]{1,12}/[\d,.]{1,12}）| \([\d,.]{1,12}/[\d,.]{1,12}\))"
    r"|--[a-z][a-z-]{1,20}"
)
_ISO_DAY = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")


def render_page(name: str, data: dict[str, Any]) -> str:
    """A page from `engine/documents/page/templates/`."""
    return _environment().get_template(name).render(data)


def whole(text: str) -> Markup:
    """The text escaped, with what belongs on one line marked."""
    marked = _TOGETHER.sub(r'<span class="whole">\g<0></span>', str(escape(text)))
    return Markup(_ISO_DAY.sub(r'<span class="day">\g<0></span>', marked))


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FunctionLoader(_source), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.filters["whole"] = whole
    return made


def _source(name: str) -> str:
    return (resources.files("engine.documents.page") / "templates" / name).read_text(encoding="utf-8")
