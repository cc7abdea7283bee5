"""PPTX: the Markdown of a paper as slides; what does not fit on one is told, never printed over its edge."""

from engine.documents.slides.plan import check_slides
from engine.documents.slides.writer import to_pptx

__all__ = ["check_slides", "to_pptx"]
