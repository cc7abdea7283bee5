"""Which pilot a person means: exact, by its beginning, the current one; else what there is."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import UserError
from engine.service.names import one_pilot
from engine.store.sqlite import SqliteStore
from tests.store.rows import batch, note


@pytest.fixture
def store(tmp_path: Path) -> SqliteStore:
    return SqliteStore(tmp_path / "pilots.db")


def add(store: SqliteStore, *names: str) -> SqliteStore:
    for number, name in enumerate(names):
        store.append([batch(note("x"), pilot=f"id{number}", name=name, minutes=number)])
    return store


def code(store: SqliteStore, ref: str | None) -> str:
    with pytest.raises(UserError) as caught:
        one_pilot(store, ref)
    return caught.value.code


def test_exact_names_beginnings_and_ids(store: SqliteStore) -> None:
    add(store, "眼科试点", "眼科试点二期", "皮肤科")
    assert one_pilot(store, "眼科试点").pilot == "id0" and one_pilot(store, "皮").pilot == "id2"
    assert one_pilot(store, "id1").name == "眼科试点二期"


def test_what_is_not_clear_is_told(store: SqliteStore) -> None:
    assert code(store, "眼科") == code(store, None) == "no-pilots"
    add(store, "眼科甲", "眼科乙")
    assert code(store, "眼科") == "several-pilots" and code(store, None) == "no-current"
    assert code(store, "骨科") == "unknown-pilot"


def test_the_only_pilot_is_the_current_one_and_a_chosen_one_stays(store: SqliteStore) -> None:
    add(store, "眼科")
    assert one_pilot(store, None).name == "眼科"
    store.append([batch(note("x"), pilot="id9", name="骨科", minutes=9)])
    store.put_setting("current", "id9")
    assert one_pilot(store, None).name == "骨科"
