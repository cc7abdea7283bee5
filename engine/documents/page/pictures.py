"""Charts of a pilot's results."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.documents.views import View
from engine.text import Language

if TYPE_CHECKING:
    from engine.service.results import Results


def pictures(results: Results, said: View, language: Language) -> dict[str, Any]:
    """funnels and changes by funnel id, channels, budget: SVG ready to stand in a page."""
    return {"funnels": {}, "changes": {}, "channels": "", "budget": ""}
