"""Pictures of a pilot's results, by name: the same ones for papers and pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from engine.documents.views import View
from engine.frozen import frozen
from engine.text import Language

if TYPE_CHECKING:
    from engine.service.results import Results


@frozen
class Drawing:
    """An SVG and what it shows, in words."""

    svg: str
    alt: str


def drawings(results: Results | None, said: View, language: Language) -> Mapping[str, Drawing]:
    """`funnel`, `change` (of the first funnel), `channels`, `budget`: those for which there are figures."""
    return {}
