"""What a package holds besides the text one reads: deleted words, field codes, link targets, properties, caches. Masked alike."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.compliance.marking.masks import Hiding, mask_group, masked
from engine.compliance.marking.relate import unrelate
from engine.compliance.reading.cells import S
from engine.compliance.reading.package import Package
from engine.compliance.reading.paragraphs import W
from engine.compliance.reading.word import DRAWING, FALLBACK

# Attributes in which people's words stand; all others are numbers and names of the format.
_ATTRIBUTES = (
    "descr",
    "title",
    "alt",
    "tooltip",
    "display",
    "Target",
    "prompt",
    "promptTitle",
    f"{W}tooltip",
    f"{W}val",
)
_VALUES_IN = ("xl/pivotCache/", "xl/tables/")
_DELETED = (f"{W}delText", f"{W}instrText", f"{W}delInstrText")


def mask_hidden(package: Package, hide: Hiding) -> None:
    """Mask in every XML part what the main text does not show; drop the picture of the first page."""
    for name in [n for n in package.names if n.startswith("docProps/thumbnail.")]:
        unrelate(package, name)
    for part in package.xml_names():
        if part == "[Content_Types].xml":
            continue
        root = package.tree(part)
        changed = False
        for group in _groups(root):
            changed |= mask_group(group, hide)
        for element in root.iter():
            if isinstance(element.tag, str):
                changed |= _mask_element(element, part, hide)
        if changed:
            package.change(part)


def _groups(root: Any) -> Iterator[list[Any]]:
    """Elements whose texts belong together: one identifier may be spread over several runs."""
    for paragraph in root.iter(f"{W}p"):
        for tag in _DELETED:
            yield list(paragraph.iter(tag))
    for old in root.iter(FALLBACK):
        for paragraph in old.iter(f"{W}p"):
            yield list(paragraph.iter(f"{W}t"))
    for paragraph in root.iter(f"{DRAWING}p"):
        yield list(paragraph.iter(f"{DRAWING}t"))
    for tag in (f"{S}si", f"{S}is", f"{S}text"):
        for item in root.iter(tag):
            yield list(item.iter(f"{S}t"))


def _mask_element(element: Any, part: str, hide: Hiding) -> bool:
    changed = False
    # Values of cells are masked as cells; a number must not become a text here.
    if element.text and element.tag != f"{S}v" and (spans := hide(element.text)):
        element.text = masked(element.text, spans)
        changed = True
    names = (*_ATTRIBUTES, "v", "name") if part.startswith(_VALUES_IN) else _ATTRIBUTES
    for name in names:
        value = element.get(name)
        if value and (spans := hide(value)):
            is_number = element.tag == f"{S}n"
            element.set(name, "0" if is_number else masked(value, spans).replace("*", "x" if name == "Target" else "*"))
            changed = True
    return changed
