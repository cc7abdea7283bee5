"""Runs of a Word paragraph: cut where a remark begins or ends, coloured where it applies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy
from itertools import groupby
from typing import Any

from engine.compliance.reading.paragraphs import W
from engine.compliance.reading.word import MATH, Atom
from engine.frozen import frozen

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# What stands behind `highlight` in a run's properties, by the schema.
_BEHIND = frozenset(
    f"{W}{name}"
    for name in "u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath rPrChange".split()
)


@frozen
class Span:
    """A stretch of text and the element that holds nothing else: a run, or a formula as a whole."""

    start: int
    end: int
    holder: Any
    part: str


def cut_runs(atoms: Sequence[Atom], cuts: Iterable[int]) -> list[Span]:
    """Split the runs of `atoms` so that none reaches over a cut; the runs there are now, in order."""
    points = sorted(set(cuts))
    spans: list[Span] = []
    for holder, group in groupby(atoms, key=lambda atom: holder_of(atom.element)):
        own = list(group)
        start, end = own[0].start, own[-1].end
        inside = [c for c in points if start < c < end] if holder.tag == f"{W}r" else []
        found: list[Span] = []
        for point in reversed(inside):
            atom = next(a for a in own if a.start <= point < a.end)
            found.append(Span(point, end, _split(holder, atom.element, point - atom.start), atom.part))
            end = point
        spans += [Span(start, end, holder, own[0].part), *reversed(found)]
    return spans


def holder_of(element: Any) -> Any:
    """The run around an element; around a part of a formula, the formula."""
    found = element.getparent()
    for above in element.iterancestors():
        if above.tag in (f"{MATH}oMath", f"{MATH}oMathPara"):
            found = above
    return found


def highlight(run: Any, colour: str) -> None:
    """Colour the ground of a run, for good when it is coloured twice."""
    if run.tag != f"{W}r":
        return
    properties = run.find(f"{W}rPr")
    if properties is None:
        properties = run.makeelement(f"{W}rPr")
        run.insert(0, properties)
    for old in properties.findall(f"{W}highlight"):
        properties.remove(old)
    mark = properties.makeelement(f"{W}highlight", {f"{W}val": colour})
    behind = next((i for i, child in enumerate(properties) if child.tag in _BEHIND), len(properties))
    properties.insert(behind, mark)


def _split(run: Any, element: Any, at: int) -> Any:
    """Move what stands from `element[at:]` on into a new run behind; that run."""
    tail = run.makeelement(run.tag, dict(run.attrib))
    properties = run.find(f"{W}rPr")
    if properties is not None:
        tail.append(deepcopy(properties))
    moved = list(element.itersiblings())
    if at:
        text = element.text or ""
        rest = element.makeelement(element.tag)
        rest.text, element.text = text[at:], text[:at]
        for half in (element, rest):
            half.set(_SPACE, "preserve")
        moved.insert(0, rest)
    else:
        moved.insert(0, element)
    for child in moved:
        tail.append(child)
    run.addnext(tail)
    return tail
