"""A copy of a DOCX with each remark as a Word comment at its phrase, and the phrase highlighted.

Word allows no comment in a header, a note, a comment or a text box. There the phrase is highlighted, and the comment stands
at what the reader sees of it in the body (the paragraph of the box, the mark of the note, else the first paragraph).
"""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from engine.compliance.marking.notes import Note, legal
from engine.compliance.marking.relate import relate
from engine.compliance.marking.runs import Span, cut_runs, highlight
from engine.compliance.reading.extracted import touching
from engine.compliance.reading.package import Package
from engine.compliance.reading.paragraphs import W
from engine.compliance.reading.word import DRAWING, WordText
from engine.errors import UserError
from engine.text import say

_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_EMPTY = f'<w:comments xmlns:w="{W[1:-1]}"/>'
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
STRONG, MILD = "yellow", "cyan"  # words stay readable on both, in black and in red


def annotate_word(package: Package, notes: Sequence[Note], author: str, now: datetime) -> bytes:
    """The annotated copy. The package is used up."""
    text = WordText(package)
    cuts = {at for note in notes for at in (note.start, note.end)}
    # Text of shapes is not in runs of Word; a remark on it stands at the first paragraph.
    atoms = [atom for atom in text.atoms if not atom.element.tag.startswith(DRAWING)]
    spans = cut_runs(atoms, cuts)
    comments = _Comments(package, text.main, author, now)
    for note in notes:
        found = touching(spans, note.start, note.end)
        own = [s for s in found if s.part == found[0].part]
        comments.add(note, own, _first_paragraph(package, text.main))
    for note in sorted(notes, key=lambda n: n.strong):
        for span in touching(spans, note.start, note.end):
            highlight(span.holder, STRONG if note.strong else MILD)
    for part in {span.part for span in spans} | {text.main}:
        package.change(part)
    return package.save()


class _Comments:
    """The comments of a document, grown by ours."""

    def __init__(self, package: Package, main: str, author: str, now: datetime) -> None:
        self.package, self.main = package, main
        self.author, self.stamp = legal(author), now.strftime("%Y-%m-%dT%H:%M:%SZ")
        existing = package.related(main, "comments")
        if existing:
            part = existing[0]
        else:
            part = posixpath.join(posixpath.dirname(main), "comments.xml")
            if part in package:
                part = posixpath.join(posixpath.dirname(main), "comments-playbook.xml")
            package.put(part, _EMPTY.encode())
            relate(package, main, part, _TYPE, _CONTENT)
        self.root = package.change(part)
        used = [int(i) for c in self.root for i in [c.get(f"{W}id") or ""] if i.isdigit()]
        self.next = max(used, default=-1) + 1

    def add(self, note: Note, spans: Sequence[Span], first: Any) -> None:
        number, self.next = self.next, self.next + 1
        direct = bool(spans) and spans[0].part == self.main and _box_around(spans[0].holder) is None
        if direct:
            self._around(number, spans[0].holder, spans[-1].holder)
        else:
            self._inside(number, self._stand_in(spans, first))
        where = [] if direct else [words for words in (note.place, note.phrase) if words]
        lines = [note.title, *where, *note.lines]
        self.root.append(self._comment(number, lines))

    def _around(self, number: int, begin: Any, end: Any) -> None:
        begin.addprevious(begin.makeelement(f"{W}commentRangeStart", {f"{W}id": str(number)}))
        end.addnext(self._reference(end, number))
        end.addnext(end.makeelement(f"{W}commentRangeEnd", {f"{W}id": str(number)}))

    def _inside(self, number: int, paragraph: Any) -> None:
        """Around all that a paragraph holds."""
        start = paragraph.makeelement(f"{W}commentRangeStart", {f"{W}id": str(number)})
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            paragraph.insert(0, start)
        else:
            properties.addnext(start)
        paragraph.append(paragraph.makeelement(f"{W}commentRangeEnd", {f"{W}id": str(number)}))
        paragraph.append(self._reference(paragraph, number))

    def _stand_in(self, spans: Sequence[Span], first: Any) -> Any:
        """The paragraph of the body at which a remark stands that cannot stand at its phrase."""
        if spans and spans[0].part == self.main and (box := _box_around(spans[0].holder)) is not None:
            return next(p for p in box.iterancestors(f"{W}p") if _box_around(p) is None)
        for note in spans[0].holder.iterancestors(f"{W}footnote", f"{W}endnote") if spans else ():
            tag, number = f"{note.tag}Reference", note.get(f"{W}id")
            for mark in self.package.tree(self.main).iter(tag):
                if mark.get(f"{W}id") == number:
                    return next(iter(mark.iterancestors(f"{W}p")), first)
        return first

    def _reference(self, near: Any, number: int) -> Any:
        run = near.makeelement(f"{W}r")
        properties = run.makeelement(f"{W}rPr")
        properties.append(run.makeelement(f"{W}rStyle", {f"{W}val": "CommentReference"}))
        run.extend([properties, run.makeelement(f"{W}commentReference", {f"{W}id": str(number)})])
        return run

    def _comment(self, number: int, lines: Sequence[str]) -> Any:
        make = self.root.makeelement
        comment = make(f"{W}comment", {f"{W}id": str(number), f"{W}author": self.author, f"{W}date": self.stamp})
        comment.set(f"{W}initials", self.author[:2])
        for index, line in enumerate(lines):
            paragraph = make(f"{W}p")
            if index == 0:
                mark = make(f"{W}r")
                mark.append(make(f"{W}annotationRef"))
                paragraph.append(mark)
            run = make(f"{W}r")
            if index == 0:
                properties = make(f"{W}rPr")
                properties.append(make(f"{W}b"))
                run.append(properties)
            words = make(f"{W}t", {_SPACE: "preserve"})
            words.text = legal(line)
            run.append(words)
            paragraph.append(run)
            comment.append(paragraph)
        return comment


def _box_around(element: Any) -> Any | None:
    """The outermost text box an element is in."""
    return next(reversed(list(element.iterancestors(f"{W}txbxContent"))), None)


def _first_paragraph(package: Package, main: str) -> Any:
    for paragraph in package.tree(main).iter(f"{W}p"):
        if _box_around(paragraph) is None:
            return paragraph
    raise UserError(
        "empty-document",
        say("{f} 正文里没有段落，批注没有地方放", "{f} has no paragraph a comment could stand at", f=package.name),
    )
