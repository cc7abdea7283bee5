"""Our own HTML templates with everybody's data: every value is escaped, an unknown name is an error of ours.

The filter `whole` keeps on one line what is read in one piece: a date, a share with its base, a number with its unit, a few
words in brackets, an option of the command line, a short entry between dots ("4 授权签字 · 截止 2026年3月12日 · 赵立").
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup, escape

from engine.errors import width

_UNITS = "个工作日|个百分点|个月|元/人|分钟|小时|[元人位条处项次份天年月日周步稿章级号版篇张件例名家科个]"
_MARKED = re.compile(
    r"(?P<whole>[+-]?\d[\d,.]*%(?:（[\d,.]{1,12}/[\d,.]{1,12}）| \([\d,.]{1,12}/[\d,.]{1,12}\))"
    r"|\d{4}年\d{1,2}月\d{1,2}日 \d{2}:\d{2}"
    r"|--[a-z][a-z-]{1,20})"
    # Short enough for every column of a table.
    r"|(?P<day>\d{4}年\d{1,2}月\d{1,2}日"
    r"|(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)"
    r"|(?<![A-Za-z0-9-])[A-Z]{1,3}-\d{1,6}(?![\d-])"
    r"|第[一二三四五六七八九十百]{1,5}[条款项章]"
    r"|（[^\s（）·&]{1,5}）"
    rf"|(?:第 ?|(?<![\d,.])[+-]?)\d[\d,.]{{0,10}}(?:/\d{{1,5}})? ?(?:{_UNITS}))"
)
_DOT = " · "
_SHORT_ENTRY = 26  # half characters: fits a phone also in the letters of a heading


def render_page(name: str, data: dict[str, Any]) -> str:
    """A page from `engine/documents/page/templates/`."""
    return _environment().get_template(name).render(data)


def whole(text: str) -> Markup:
    """The text escaped, with what belongs on one line marked; a dot stays with the entry before it."""
    *before, last = text.split(_DOT)
    if not before:
        return Markup(_marked(last))
    return Markup(" ".join(_entry(entry) for entry in [*(f"{one}\N{NO-BREAK SPACE}·" for one in before), last]))


def _entry(text: str) -> str:
    return f'<span class="whole">{escape(text)}</span>' if 0 < width(text) <= _SHORT_ENTRY else _marked(text)


def _marked(text: str) -> str:
    return _MARKED.sub(lambda found: f'<span class="{found.lastgroup}">{found[0]}</span>', str(escape(text)))


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FunctionLoader(_source), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.filters["whole"] = whole
    return made


def _source(name: str) -> str:
    return (resources.files("engine.documents.page") / "templates" / name).read_text(encoding="utf-8")
