"""Papers as PDF, set with typst from the same Markdown as every other format."""

from engine.documents.pdf.paper import Pdf, svg_to_png, to_pdf

__all__ = ["Pdf", "svg_to_png", "to_pdf"]
