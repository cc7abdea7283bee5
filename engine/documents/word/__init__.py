"""DOCX: the Markdown of a paper as a Word document with real styles, lists, tables and check boxes."""

from engine.documents.word.writer import to_docx

__all__ = ["to_docx"]
