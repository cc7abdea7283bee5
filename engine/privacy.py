"""Finds identity numbers, phone numbers and record numbers in free text. What it finds is refused, never stored.

Resident ids: GB 11643 (18 digits, MOD 11-2 check character; the old form has 15). Mobile numbers start with 13–19 and
have 11 digits; landlines have an area code. Record numbers are digits behind a word such as 住院号.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from engine.text import Message, say

Kind = Literal["resident_id", "mobile", "phone", "record_number"]

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_SEP = r"[\s\-–—.·_]{0,2}"
# No letter or digit may touch a number on either side: hashes, order numbers and long amounts are not identities.
_START, _END = r"(?<![0-9A-Za-z])", r"(?![0-9A-Za-z])"
_ID18 = re.compile(rf"{_START}[1-9](?:{_SEP}\d){{16}}{_SEP}[\dXx]{_END}")
_ID15 = re.compile(rf"{_START}[1-9](?:{_SEP}\d){{14}}{_END}")
_MOBILE = re.compile(rf"(?<![0-9A-Za-z.])(?:\+?86{_SEP})?1[3-9]\d{_SEP}\d{{4}}{_SEP}\d{{4}}{_END}")
_PHONE = re.compile(rf"{_START}[(]?0(?:10|2\d|[3-9]\d{{2}})[)]?[\s\-–—]{{1,2}}[2-9]\d{{6,7}}{_END}")
_RECORD = re.compile(r"(?:住院|病历|病案|门诊|就诊卡|病床|床位|床|医保卡|身份证)(?:卡)?(?:号码|号)[\s::#是为]{0,3}([A-Za-z]{0,3}\d{2,})")
_DIGITS = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Finding:
    """One identifier: its kind and where it stands in the text (start and end count Unicode characters)."""

    kind: Kind
    start: int
    end: int
    masked: str


def find_identifiers(text: str) -> tuple[Finding, ...]:
    """Every identifier in `text`, in order, none inside another."""
    plain = _normal(text)
    if len(_DIGITS.findall(plain)) < 2:
        return ()
    found: list[Finding] = []

    def add(kind: Kind, start: int, end: int) -> None:
        if not any(f.start < end and start < f.end for f in found):
            found.append(Finding(kind, start, end, _mask(plain[start:end])))

    for match in _ID18.finditer(plain):
        if _is_resident_id(_bare(match[0])):
            add("resident_id", *match.span())
    for match in _MOBILE.finditer(plain):
        add("mobile", *match.span())
    for match in _ID15.finditer(plain):
        if _is_date("19" + _bare(match[0])[6:12]):
            add("resident_id", *match.span())
    for match in _PHONE.finditer(plain):
        add("phone", *match.span())
    for match in _RECORD.finditer(plain):
        add("record_number", *match.span(1))
    return tuple(sorted(found, key=lambda f: f.start))


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


def _normal(text: str) -> str:
    """Full-width digits and signs as plain ones, one character for one character, so that places stay true."""
    if text.isascii():
        return text
    return "".join(n if len(n := unicodedata.normalize("NFKC", ch)) == 1 else ch for ch in text)


def _bare(text: str) -> str:
    return "".join(ch for ch in text if ch.isalnum())


def _mask(text: str) -> str:
    bare = _bare(text)
    if len(bare) < 7:
        return "*" * len(bare)
    return f"{bare[:3]}{'*' * (len(bare) - 7)}{bare[-4:]}"


def _is_resident_id(number: str) -> bool:
    if not _is_date(number[6:14]):
        return False
    total = sum(int(d) * w for d, w in zip(number[:17], _WEIGHTS, strict=True))
    return _CHECK[total % 11] == number[17].upper()


def _is_date(digits: str) -> bool:
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return 1900 <= day.year <= 2100
