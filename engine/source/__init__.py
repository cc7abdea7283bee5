"""File → text → plain data, with a Place for each key and value. The only importer of yaml.

YAML 1.2 as people mean it: only `true`, `false`, `null` and numbers are anything but text (see `scalars`); keys are
always text. Duplicate keys, tags, merge keys (`<<`), several documents and oversized or endless files are refused.
Anchors and aliases are read; what they stand for counts towards the limit of values.
"""

from engine.source.files import MAX_BYTES, read_text
from engine.source.places import Path, Source
from engine.source.reader import MAX_DEPTH, MAX_NODES, parse
from engine.source.scalars import plain_scalar

__all__ = ["MAX_BYTES", "MAX_DEPTH", "MAX_NODES", "Path", "Source", "parse", "plain_scalar", "read_text"]
