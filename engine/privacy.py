"""Finds identity numbers, phone numbers and record numbers in free text. What it finds is refused, never stored.

Resident ids: GB 11643 (18 digits, MOD 11-2 check character; the old form has 15). Mobile numbers start with 13–19 and
have 11 digits; landlines have an area code. Record numbers are digits behind a word such as 住院号.

Not found, on purpose: money, dates, book and document numbers, hashes and ids in which letters touch the digits.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from typing import Literal

from engine.frozen import frozen
from engine.text import Message, say

Kind = Literal["resident_id", "mobile", "phone", "record_number"]

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
# The first two digits of a resident id: provinces, then Taiwan, Hong Kong and Macau, and foreign residents (GB/T 2260).
_PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 "
    "71 81 82 83 91".split()
)
_GAP = "\u200b"  # what every invisible character is read as: it must not hide a number
_SEP = rf"[\s\-.·_{_GAP}]{{0,3}}"
# The patterns are plain text: `re` compiles one at its first use and keeps it, so a command that checks no text pays nothing.
# No letter or digit may touch a number on either side: hashes, order numbers and long amounts are not identities.
_START, _END = r"(?<![0-9A-Za-z])", r"(?![0-9A-Za-z])"
# Sums of money are told by what follows them. A lone 万 may be somebody's name.
_COUNTED = r"(?!\.\d|\s*(?:[万亿]?元|[万亿]?美元|%))"
_ID18 = rf"{_START}[1-9](?:{_SEP}\d){{16}}{_SEP}[\dXx]{_END}"
_ID15 = rf"{_START}[1-9](?:{_SEP}\d){{14}}{_END}{_COUNTED}"
_MOBILE = (
    rf"(?:(?<![0-9A-Za-z¥])|(?i:(?<=tel)|(?<=phone)|(?<=mobile)|(?<=wx)|(?<=vx)|(?<=weixin)))(?<!\b0\.)"
    rf"(?:(?:\+|00)?86{_SEP})?1[3-9]\d(?:{_SEP}\d{{4}}{_SEP}\d{{4}}|\d-\d{{3}}-\d{{4}}){_END}{_COUNTED}"
)
_PHONE = (
    rf"{_START}(?:(?:\+|00)86{_SEP}\(?0?|\(?0)(?:10|2\d|[3-9]\d{{2}})(?:\)|{_SEP})"
    rf"\s?[2-9]\d{{2,3}}{_SEP}\d{{4}}{_END}{_COUNTED}"
)
_RECORD = (
    r"(?:(?:住院|病历|病案|门诊|急诊|就诊|体检|病床|床位|床|医保|社保|身份证|护照|病理|影像)卡?(?:号码|号|编号)"
    rf"[\s:#是为=(\[{_GAP}]{{0,3}}"
    r"|\b(?i:MRN|(?:medical|patient)\s(?:record|id)|admission)(?i:\s?(?:no\.?|number))?[\s:#]{0,3})"
    r"([A-Za-z]{0,3}-?\d+(?:[\-]\d+)*)(?![\d.%]|\s*[个张位名人次条例])"
)
_COUNTABLE = r"[\d\u2460-\u249b\u24ea-\u24ff\u2776-\u2793]"


@frozen
class Finding:
    """One identifier: its kind and where it stands in the text (start and end count Unicode characters)."""

    kind: Kind
    start: int
    end: int
    masked: str


def find_identifiers(text: str) -> tuple[Finding, ...]:
    """Every identifier in `text`, in order, none inside another."""
    digits = len(re.findall(_COUNTABLE, text))
    if not digits:
        return ()
    plain = text if text.isascii() else text.translate(_PLAIN)
    found: list[Finding] = []  # in order of their places, none inside another

    def add(kind: Kind, start: int, end: int) -> None:
        at = bisect_left(found, start, key=_start)
        before = found[at - 1].end if at else 0
        after = found[at].start if at < len(found) else end
        if before <= start and end <= after:
            found.insert(at, Finding(kind, start, end, _mask(plain[start:end])))

    if digits >= 9:  # the shortest phone number with its area code has ten
        for match in re.finditer(_ID18, plain):
            if _is_resident_id(_bare(match[0])):
                add("resident_id", *match.span())
        for match in re.finditer(_MOBILE, plain):
            add("mobile", *match.span())
        for match in re.finditer(_ID15, plain):
            bare = _bare(match[0])
            if bare[:2] in _PROVINCES and _is_date("19" + bare[6:12]):
                add("resident_id", *match.span())
        for match in re.finditer(_PHONE, plain):
            add("phone", *match.span())
    for match in re.finditer(_RECORD, plain):
        add("record_number", *match.span(1))
    return tuple(found)


def _start(finding: Finding) -> int:
    return finding.start


def describe(findings: Sequence[Finding]) -> Message:
    """What was found, masked: `手机号 138****5678`."""
    words = {
        "resident_id": say("身份证号", "resident id"),
        "mobile": say("手机号", "mobile number"),
        "phone": say("电话号码", "phone number"),
        "record_number": say("病历/住院类号码", "record number"),
    }
    parts = [(words[f.kind], f.masked) for f in findings]
    return Message(
        "、".join(f"{word.zh} {masked}" for word, masked in parts),
        ", ".join(f"{word.en} {masked}" for word, masked in parts),
    )


def masked(text: str) -> str:
    """The text with every identifier masked, character for character."""
    found = text
    for one in find_identifiers(text):
        shown = one.masked.ljust(one.end - one.start, "*")[: one.end - one.start]
        found = found[: one.start] + shown + found[one.end :]
    return found


class _Plain(dict[int, int]):
    """Full-width and other digits and signs as plain ones, one character for one, so that places stay true."""

    def __missing__(self, code: int) -> int:
        char = chr(code)
        if (digit := unicodedata.digit(char, None)) is not None:
            plain = str(digit)
        elif unicodedata.category(char) in ("Cf", "Mn", "Me"):
            plain = _GAP
        elif unicodedata.category(char) == "Pd" or char == "\N{MINUS SIGN}":
            plain = "-"
        else:
            plain = unicodedata.normalize("NFKC", char)
        self[code] = found = ord(plain) if len(plain) == 1 else code
        return found


_PLAIN = _Plain()


def _bare(text: str) -> str:
    return "".join(ch for ch in text if ch.isalnum())


def _mask(text: str) -> str:
    bare = _bare(text)
    if len(bare) < 8:
        return "*" * len(bare)
    return f"{bare[:3]}{'*' * (len(bare) - 7)}{bare[-4:]}"


def _is_resident_id(number: str) -> bool:
    if number[:2] not in _PROVINCES or not _is_date(number[6:14]):
        return False
    total = sum(int(d) * w for d, w in zip(number[:17], _WEIGHTS, strict=True))
    return _CHECK[total % 11] == number[17].upper()


def _is_date(digits: str) -> bool:
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return 1850 <= day.year <= 2100
