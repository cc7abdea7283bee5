"""Text out of files, each character with its place in the file."""

from engine.compliance.reading.door import Source, open_source, read, source_of
from engine.compliance.reading.extracted import Reading, Spot

__all__ = ["Reading", "Source", "Spot", "open_source", "read", "source_of"]
