from engine.checks import child_starts
from engine.model import ChildStart
from tests.checks.books import book, found, stage


def test_a_playbook_that_starts_itself() -> None:
    starts = (ChildStart("other"), ChildStart("sample"), ChildStart("sample", auto=False))
    sample = book(stage("a", starts=starts, next="end"))
    assert found(child_starts, sample) == [("starts-itself", "stages/a/starts/1/playbook")]
