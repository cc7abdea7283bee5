"""Sentences with their offsets, the clause around a span, and what is said in them without being asserted.

A context of the pack (a negation, a ban, an aim, a question, a source, …) lifts a finding where it governs it. Lists of
don't-examples (`禁用语：…`, a heading 错误示例 with items under it, ✗ …) are found in the text as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from engine.compliance.compiled import Compiled, FoundPart, Searcher
from engine.compliance.numbers import numbers_in
from engine.frozen import cached, frozen

LONGEST = 300  # a sentence longer than this is read in pieces
OVERLAP = 80  # of two such pieces, so that nothing is lost between them
_SENTENCE = re.compile(r"[^。\n]+(?:。+[”\")]?)?")
_EDGE = re.compile(r"[,:;。!?\n…—]")
_LIST_ITEM = re.compile(r"\s*(?:[-*+•·✗✘×❌xX]|\d{1,2}[.、)]|[(（]\d{1,2}[)）]|[“\"]|\|)")
_HEADING = re.compile(r"\s*#{1,6}\s|\s*【")

Span = tuple[int, int]


@frozen
class Sentence:
    """`text` stands at `start` of the plain text; `mask` are its bits, `candidates` the patterns it may fit."""

    text: str
    start: int
    mask: int
    candidates: Sequence[int]

    @cached
    def found(self) -> dict[int, list[Span]]:
        """Spans of searchers already looked for, by identity."""
        return {}

    @cached
    def known(self) -> dict[int, bool]:
        """Whether searchers stand in it, by identity."""
        return {}

    @cached
    def numbers(self) -> Mapping[str, Sequence[Span]]:
        """Numbers of people in it, by kind."""
        return numbers_in(self.text)

    def spans(self, search: Searcher) -> list[Span]:
        """Where a pattern stands in it; looked for once."""
        if self.mask & search.need != search.need:
            return []
        key = id(search)
        if key not in self.found:
            self.found[key] = [m.span() for m in search.matches(self.text, self.mask)]
        return self.found[key]

    def has(self, search: Searcher) -> bool:
        """Does a pattern stand in it? Looked for once."""
        known, key = self.known, id(search)
        found = known.get(key)
        if found is None:
            need = search.need
            found = known[key] = self.mask & need == need and search.regex.search(self.text) is not None
        return found

    def clause(self, start: int, end: int) -> Span:
        """The clause around a span: from the last mark before it to the next mark after it."""
        first = max((m.end() for m in _EDGE.finditer(self.text, 0, start)), default=0)
        after = _EDGE.search(self.text, end)
        return first, after.start() if after else len(self.text)


def sentences(text: str, compiled: Compiled) -> Iterator[Sentence]:
    """The sentences of a plain text, in order."""
    for match in _SENTENCE.finditer(text):
        start, end = match.span()
        while end - start > LONGEST:
            yield _sentence(text, start, start + LONGEST, compiled)
            start += LONGEST - OVERLAP
        yield _sentence(text, start, end, compiled)


def _sentence(text: str, start: int, end: int, compiled: Compiled) -> Sentence:
    piece = text[start:end]
    mask, candidates = compiled.mask(piece)
    return Sentence(piece, start, mask, candidates)


def holds(part: FoundPart, sentence: Sentence, match: Span, gaps: Sequence[Span], text_says: bool) -> bool:
    """Does this part of a context govern the span `match` (whose gaps are `gaps`) of the sentence?"""
    if part.where == "text":
        return text_says
    if any(sentence.has(u) for u in part.unless):
        return False
    start, end = match
    first, last = sentence.clause(start, end) if part.where in ("before", "clause") else (0, len(sentence.text))
    for search in part.find:
        for a, b in sentence.spans(search):
            if first <= a and b <= last and _governs(part, (a, b), match):
                return True
            if part.where in ("before", "ahead", "after") and any(x <= a and b <= y for x, y in gaps):
                return True
    return False


def _governs(part: FoundPart, word: Span, match: Span) -> bool:
    """Does a word that stands in the right clause or sentence stand on the right side?"""
    if part.where == "before":
        return word[1] <= match[0] and match[0] - word[1] <= part.reach
    if part.where == "ahead":
        return word[1] <= match[0]
    return part.where != "after" or word[0] >= match[1]


def example_spans(text: str, compiled: Compiled) -> list[Span]:
    """Where don't-examples stand: from a word that opens them to one that closes them, to the end of the line, or of
    the list below it."""
    openings = sorted(m.span() for s in compiled.examples for m in s.regex.finditer(text))
    closings = sorted(m.start() for s in compiled.examples_end for m in s.regex.finditer(text)) if openings else []
    spans: list[Span] = []
    for _, start in openings:
        if spans and start < spans[-1][1]:
            continue
        end = _end_of_examples(text, start)
        closing = next((c for c in closings if start <= c < end), end)
        spans.append((start, closing))
    return spans


def _end_of_examples(text: str, start: int) -> int:
    """The end of the line; where nothing follows on it, the end of the list under it."""
    if text[start - 1] == "\n":
        start -= 1
    end = text.find("\n", start)
    end = len(text) if end < 0 else end
    if re.search(r"[\w“]", text[start:end]) and not _HEADING.match(text, text.rfind("\n", 0, start) + 1):
        return end
    while end < len(text):
        following = text.find("\n", end + 1)
        following = len(text) if following < 0 else following
        line = text[end + 1 : following]
        if line.strip() and (_HEADING.match(line) or not _LIST_ITEM.match(line)):
            break
        end = following
    return end
