"""Pages for a browser: one file, nothing loaded from anywhere, readable on paper too."""

from engine.documents.page.dashboard import render_dashboard
from engine.documents.page.paper import to_html

__all__ = ["render_dashboard", "to_html"]
