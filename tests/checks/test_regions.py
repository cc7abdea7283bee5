from engine.checks import regions
from tests.checks.books import book, found, stage


def test_stages_and_parallel_together() -> None:
    inner = stage("x", final="done")
    sample = book(stage("a", next="end", stages=(inner,), regions=(stage("r", stages=(stage("y", final="done"),)),)))
    assert found(regions, sample) == [("stages-and-parallel", "stages/a/stages (key)")]


def test_a_region_has_no_next() -> None:
    region = stage("r", next="end", stages=(stage("y", final="done"),))
    sample = book(stage("a", next="end", regions=(region,)))
    assert found(regions, sample) == [("region-with-next", "stages/a/parallel/r/next (key)")]
