import gc

from engine.expressions.memory import _memories, memory_of
from engine.expressions.scope import Scope
from engine.model import Playbook
from tests.expressions.books import BOOK, CASES


def test_one_memory_per_playbook() -> None:
    other = Playbook("x", "1.0.0", "x")
    assert memory_of(BOOK) is memory_of(BOOK)
    assert memory_of(BOOK) is not memory_of(other)


def test_one_environment_per_record() -> None:
    memory = memory_of(BOOK)
    assert memory.environment(Scope(BOOK)) is memory.environment(Scope(BOOK))
    assert memory.environment(Scope(BOOK)) is not memory.environment(Scope(BOOK, CASES))


def test_memory_goes_with_its_playbook() -> None:
    book = Playbook("x", "1.0.0", "x")
    memory_of(book)
    key = id(book)
    assert key in _memories
    del book
    gc.collect()
    assert key not in _memories
