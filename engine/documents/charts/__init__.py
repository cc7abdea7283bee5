"""Charts as plain SVG: one look for every paper, readable in black and white, told in words as well."""

from engine.documents.charts.bars import bars
from engine.documents.charts.before_after import before_after
from engine.documents.charts.budget import budget
from engine.documents.charts.funnel import funnel
from engine.documents.charts.matrix import matrix
from engine.documents.charts.timeline import timeline
from engine.documents.charts.values import Bar, Card, Figures, FunnelStep, Item, Pair, Part, Series, Target, Tier
from engine.documents.charts.words import alt_text

__all__ = [
    "Bar",
    "Card",
    "Figures",
    "FunnelStep",
    "Item",
    "Pair",
    "Part",
    "Series",
    "Target",
    "Tier",
    "alt_text",
    "bars",
    "before_after",
    "budget",
    "funnel",
    "matrix",
    "timeline",
]
