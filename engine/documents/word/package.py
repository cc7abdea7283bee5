"""The file itself: only the parts a paper needs, in a fixed order and with fixed times."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date

# Leftovers of the sample documents of python-docx and python-pptx.
_UNUSED = re.compile(
    r"^(docProps/thumbnail\.jpeg|docProps/app\.xml|customXml/.*|word/stylesWithEffects\.xml|word/webSettings\.xml|"
    r"ppt/printerSettings/.*)$"
)
_FIRST = ("[Content_Types].xml", "_rels/.rels")


def fixed(content: bytes, day: date) -> bytes:
    """The same package with its parts sorted, unused ones left out, and every time stamp set to `day`."""
    stamp = (max(day.year, 1980), day.month, day.day, 0, 0, 0)
    source = zipfile.ZipFile(io.BytesIO(content))
    names = [name for name in source.namelist() if not _UNUSED.match(name)]
    names.sort(key=lambda name: (name not in _FIRST, name))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in names:
            entry = zipfile.ZipInfo(name, stamp)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # the same on Windows as elsewhere
            entry.external_attr = 0o600 << 16
            target.writestr(entry, _without_unused(name, source.read(name)))
    return made.getvalue()


def _without_unused(name: str, content: bytes) -> bytes:
    """Relations and content types that point at a part which was left out go with it."""
    if name.endswith(".rels") or name == "[Content_Types].xml":
        text = content.decode()
        text = re.sub(
            r"<(?:Relationship|Override)\b[^>]*(?:thumbnail|docProps/app|customXml|stylesWithEffects|webSettings|printerSettings)[^>]*/>",
            "",
            text,
        )
        return text.encode()
    return content
