"""Numbers of people in a plain sentence: those `engine.privacy` finds, and mobile numbers said or written out in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from engine.privacy import find_identifiers

Span = tuple[int, int]
_KINDS: dict[str, str] = {"resident_ids": "resident_id", "mobiles": "mobile", "records": "record_number"}
_SPOKEN = str.maketrans("〇零幺一二两三四五六七八九", "0011223456789")
_DIGITS = re.compile(r"\d[^\d。]{0,3}\d[^\d。]{0,3}\d[^\d。]{0,3}\d")
_WRITTEN = re.compile(r"[〇零幺一二两三四五六七八九]")
_MOBILE = re.compile(r"(?<!\d)1[\s,、.\-]{0,2}[3-9](?:[\s,、.\-—]{0,2}\d){9}(?!\d)")
# A bed is a place, and an identity number that fails its check digit is none.
_NO_RECORD = re.compile(r"(?:床号?|床位号?|病床号?|身份证号?码?|护照号?码?)[\s:#是为=(\[]{0,3}$")
_RECORD = re.compile(
    r"(?:(?:住院|病历|病案|门诊|就诊|病理|影像|登记|病人|患者|档案|检查|医保|社保|建档)(?:卡|本|单)?(?:号码|号|编号|id|单号)|就诊卡|医保卡|社保卡|病历本|腕带|mrn)"
    r"[是为:#=,\s(“尾]{0,4}([a-z]{0,3}-?\d{4,}(?:-\d+)*)"
)


_NONE: Mapping[str, Sequence[Span]] = {what: () for what in _KINDS}


def numbers_in(text: str) -> Mapping[str, Sequence[Span]]:
    """Where numbers stand, by kind: `resident_ids`, `mobiles`, `records`."""
    digits = _DIGITS.search(text) is not None
    if not digits and len(_WRITTEN.findall(text)) < 6:
        return _NONE
    known = find_identifiers(text) if digits else ()
    found = {what: [(n.start, n.end) for n in known if n.kind == kind] for what, kind in _KINDS.items()}
    found["records"] = [span for span in found["records"] if not _NO_RECORD.search(text, 0, span[0])]
    found["records"] += [m.span(1) for m in _RECORD.finditer(text)]
    found["mobiles"] += [m.span() for m in _MOBILE.finditer(text.translate(_SPOKEN))]
    return {what: list(_apart(spans)) for what, spans in found.items()}


def _apart(spans: Sequence[Span]) -> Iterator[Span]:
    last = -1
    for start, end in sorted(set(spans)):
        if start > last:
            yield start, end
            last = end
