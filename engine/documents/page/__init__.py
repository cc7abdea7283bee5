"""Pages for a browser: one file, nothing loaded from anywhere, readable on paper too."""

from engine.documents.page.dashboard import render_dashboard

__all__ = ["render_dashboard"]
