"""A copy of the same kind in which what must not be seen is masked, character for character; all else stays as it is."""

from __future__ import annotations

import re
from typing import Any

from engine.compliance.marking.hidden import mask_hidden
from engine.compliance.marking.masks import Hiding, masked, merged, part_of
from engine.compliance.marking.relate import unrelate
from engine.compliance.reading.cells import S
from engine.compliance.reading.encoding import Decoded
from engine.compliance.reading.extracted import Reading
from engine.compliance.reading.package import Package
from engine.compliance.reading.sheets import WorkbookText
from engine.compliance.reading.word import WordText

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f]")


def redact_text(reading: Reading, decoded: Decoded, hide: Hiding) -> bytes:
    """A text or Markdown file: what the reader sees and what the source says besides (a picture's address, a code's word)."""
    spans = [s for start, end in hide(reading.text) for s in reading.source_spans(start, end)]
    wide = reading.kind == "markdown"
    once = masked(decoded.text, merged(spans), wide=wide)
    return decoded.encode(masked(once, hide(once), wide=wide))


def redact_word(package: Package, hide: Hiding) -> bytes:
    """The package is used up."""
    text = WordText(package)
    spans = merged(hide(text.text))
    for atom in text.atoms:
        own = part_of(spans, atom.start, atom.end)
        if own and atom.element.tag.endswith("}t"):
            atom.element.text = masked(atom.element.text or "", own)
            package.change(atom.part)
    mask_hidden(package, hide)
    return package.save()


def redact_workbook(package: Package, hide: Hiding) -> bytes:
    """The package is used up. A number that is masked becomes a text; a formula that gave what is masked goes."""
    text = WorkbookText(package)
    spans = merged(hide(text.text))
    shown = text.text
    formulas = False
    masks: dict[Any, list[tuple[int, int]]] = {}
    for atom in text.atoms:
        own = part_of(spans, atom.start, atom.end)
        if not own:
            continue
        package.change(atom.part)
        if atom.element.tag == f"{S}v":
            formulas |= _as_text(atom.block, masked(shown[atom.start : atom.end], own))
        else:
            # A shared string is shown by many cells: what one of them hides, none may show.
            masks.setdefault(atom.element, []).extend(own)
            if text.shared_part:
                package.change(text.shared_part)
    for element, own in masks.items():
        _set(element, masked(_shown(element), merged(own)))
    if formulas:
        for part in package.related(text.main, "calcChain"):
            unrelate(package, part)
    mask_hidden(package, hide)
    return package.save()


def _as_text(cell: Any, words: str) -> bool:
    """Make a cell say `words`; true when a formula was taken out of it."""
    formula = cell.find(f"{S}f")
    # The first cell of a shared formula is needed by the others.
    keep = formula is not None and formula.get("t") in ("shared", "array") and formula.get("ref")
    if keep:
        cell.set("t", "str")
        _set(cell.find(f"{S}v"), words)
        return False
    for child in [c for c in cell if c.tag in (f"{S}f", f"{S}v")]:
        cell.remove(child)
    cell.set("t", "inlineStr")
    holder, text = cell.makeelement(f"{S}is"), cell.makeelement(f"{S}t")
    _set(text, words)
    holder.append(text)
    cell.insert(0, holder)
    return formula is not None


def _shown(element: Any) -> str:
    from engine.compliance.reading.cells import unescaped

    return unescaped(element.text or "")


def _set(element: Any, text: str) -> None:
    element.text = _CONTROL.sub(lambda m: m[0] if m[0] in "\n\t" else f"_x{ord(m[0]):04X}_", text)
    if text != text.strip():
        element.set(_SPACE, "preserve")
