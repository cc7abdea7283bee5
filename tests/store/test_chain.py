from __future__ import annotations

from engine.store.chain import FIRST, canonical, salted, seal


def test_canonical_is_one_text_for_one_content() -> None:
    assert canonical({"b": 1, "a": ["二"]}) == canonical({"a": ["二"], "b": 1}) == '{"a":["二"],"b":1}'


def test_salt_changes_the_hash_of_the_same_text() -> None:
    assert salted(b"1" * 16, b"x") != salted(b"2" * 16, b"x")


def test_every_part_of_an_event_changes_its_seal() -> None:
    base = (FIRST, "p", 1, "noted", "2026-03-02", "王蕾", "c", "{}", {"text": "h"})
    seen = {seal(*base)}
    for index, other in enumerate(("1" * 64, "q", 2, "done", "2027", "李", "d", '{"a":1}', {"text": "g"})):
        seen.add(seal(*(*base[:index], other, *base[index + 1 :])))  # type: ignore[arg-type]
    assert len(seen) == 10
