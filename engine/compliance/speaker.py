"""Of whom a sentence speaks: of the own hospital, or of people in general, a source, others.

On a hospital's own channels what is said without a subject is said of the hospital. In education and in the news it is
said of the matter, and of the hospital only where that is named.
"""

from __future__ import annotations

from collections.abc import Sequence

from engine.compliance.clauses import Sentence
from engine.compliance.compiled import Compiled

_OF_THE_MATTER = frozenset({"kepu", "news"})


def speaks_of_own(sentence: Sentence, around: Sequence[Sentence], compiled: Compiled, channel: str) -> bool:
    """Is the own hospital (or its department, doctor, equipment) spoken of? `around` are the sentences next to it."""
    if any(sentence.has(s) for s in compiled.own):
        return True
    if channel in _OF_THE_MATTER:
        return any(other.has(s) for other in around for s in compiled.own)
    return not any(sentence.has(s) for s in compiled.public)
