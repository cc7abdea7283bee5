"""The shared machine: flat and nested, in and out of parallel regions, back from a hold, and the library's own traps."""

from __future__ import annotations

import subprocess
import sys

import pytest

from engine.machine import Flow, flow_of
from engine.model import Duration, Playbook, Stage, Timer, Transition


def stage(id: str, parent: str | None = None, **rest: object) -> Stage:
    return Stage(id=id, title=id, parent=parent, **rest)  # type: ignore[arg-type]


def named(*stages: Stage) -> dict[str, Stage]:
    return {s.id: s for s in stages}


def flat() -> Playbook:
    return Playbook(
        "flat",
        "1.0.0",
        "flat",
        stages=named(
            stage("a", next="b", timers=(Timer("timer_1", Duration(3, "days"), "c"),)),
            stage("b", next="c", transitions={"rework": Transition("rework", "a"), "again": Transition("again", "b")}),
            stage("c", final="succeeded"),
            stage("paused", holds=True, transitions={"resume": Transition("resume", "back")}),
            stage("stopped", final="stopped"),
        ),
        transitions={"stop": Transition("stop", "stopped"), "pause": Transition("pause", "paused")},
    )


def nested() -> Playbook:
    work = stage(
        "work",
        next="end",
        transitions={"rework": Transition("rework", "team")},
        regions=named(
            stage(
                "strategy",
                "work",
                stages=named(
                    stage("s1", "strategy", next="s2"),
                    stage("s2", "strategy", transitions={"redo": Transition("redo", "s1")}, next="s3"),
                    stage("s3", "strategy", final="done"),
                ),
            ),
            stage(
                "clinical",
                "work",
                stages=named(
                    stage("c1", "clinical", next="c2", transitions={"escape": Transition("escape", "stopped")}),
                    stage("c2", "clinical", final="done"),
                ),
            ),
        ),
    )
    return Playbook(
        "nested",
        "1.0.0",
        "nested",
        stages=named(
            stage("team", next="work", transitions={"deep": Transition("deep", "s2")}),
            work,
            stage("end", final="succeeded"),
            stage("paused", holds=True, transitions={"resume": Transition("resume", "back")}),
            stage("stopped", final="stopped"),
        ),
        transitions={"stop": Transition("stop", "stopped"), "pause": Transition("pause", "paused")},
    )


def test_flat_walks_from_start_to_end() -> None:
    flow = Flow(flat())
    assert not flow.nested
    start = flow.start()
    assert (start.at, start.entered) == (("a",), ("a",))
    move = flow.take(("a",), "a", "next")
    assert (move.at, move.left, move.entered) == (("b",), ("a",), ("b",))


def test_flat_timer_and_self_transition() -> None:
    flow = Flow(flat())
    assert flow.take(("a",), "a", "timer_1").at == ("c",)
    again = flow.take(("b",), "b", "again")
    assert (again.at, again.left, again.entered) == (("b",), ("b",), ("b",))


def test_a_way_the_machine_does_not_know_is_refused_and_moves_nothing() -> None:
    flow = Flow(flat())
    with pytest.raises(ValueError, match="rework"):
        flow.take(("a",), "b", "rework")


def test_whole_playbook_transition_leaves_everything() -> None:
    move = Flow(nested()).take(("s2", "c1"), None, "stop")
    assert move.at == ("stopped",)
    assert move.left == ("work", "strategy", "s2", "clinical", "c1")
    assert move.entered == ("stopped",)


def test_nested_entering_a_parallel_stage_enters_every_region() -> None:
    flow = Flow(nested())
    assert flow.nested
    move = flow.take(("team",), "team", "next")
    assert move.at == ("s1", "c1")
    assert move.entered == ("work", "strategy", "s1", "clinical", "c1")


def test_nested_a_step_in_one_region_leaves_the_other_alone() -> None:
    move = Flow(nested()).take(("s1", "c1"), "s1", "next")
    assert (move.at, move.left, move.entered) == (("s2", "c1"), ("s1",), ("s2",))


def test_nested_leaving_the_outer_stage() -> None:
    flow = Flow(nested())
    move = flow.take(("s3", "c2"), "work", "next")
    assert (move.at, move.entered) == (("end",), ("end",))
    assert flow.take(("s2", "c1"), "work", "rework").at == ("team",)


def test_nested_escape_from_a_region_ends_all_regions() -> None:
    move = Flow(nested()).take(("s2", "c1"), "c1", "escape")
    assert move.at == ("stopped",)
    assert set(move.left) == {"work", "strategy", "s2", "clinical", "c1"}


def test_nested_jump_into_one_region_enters_the_others_at_their_start() -> None:
    move = Flow(nested()).take(("team",), "team", "deep")
    assert move.at == ("s2", "c1")


def test_hold_and_back_returns_to_the_same_leaves_without_entering_anew() -> None:
    flow = Flow(nested())
    away = flow.take(("s2", "c1"), None, "pause")
    assert away.at == ("paused",)
    home = flow.take(("paused",), "paused", "resume", back=("s2", "c1"))
    assert (home.at, home.left, home.entered) == (("s2", "c1"), ("paused",), ())


def test_parallel_inside_parallel() -> None:
    inner = stage(
        "inner",
        "left",
        regions=named(
            stage("i1", "inner", stages=named(stage("x1", "i1", next="x2"), stage("x2", "i1", final="d"))),
            stage("i2", "inner", stages=named(stage("y1", "i2", final="d"))),
        ),
        next="after",
    )
    book = Playbook(
        "p",
        "1.0.0",
        "p",
        stages=named(
            stage("a", next="outer"),
            stage(
                "outer",
                next="z",
                regions=named(
                    stage("left", "outer", stages=named(inner, stage("after", "left", final="d"))),
                    stage("right", "outer", stages=named(stage("r1", "right", final="d"))),
                ),
            ),
            stage("z", final="succeeded"),
        ),
    )
    flow = Flow(book)
    entered = flow.take(("a",), "a", "next")
    assert entered.at == ("x1", "y1", "r1")
    assert flow.take(("x1", "y1", "r1"), "x1", "next").at == ("x2", "y1", "r1")
    assert flow.take(("x2", "y1", "r1"), "inner", "next").at == ("after", "r1")
    assert flow.take(("after", "r1"), "outer", "next").at == ("z",)


def test_one_machine_is_shared_per_playbook() -> None:
    book = flat()
    assert flow_of(book) is flow_of(book)
    assert flow_of(book) is not flow_of(flat())


def test_the_library_around_the_nested_machine_stays_whole() -> None:
    """Nothing of the trick that keeps start-up light is left for others in the same process."""
    script = (
        "import sys\n"
        "from engine.machine import _nested_machine\n"
        "machine = _nested_machine()\n"
        "assert not any(m.startswith('transitions.extensions') for m in sys.modules)\n"
        "assert 'asyncio' not in sys.modules\n"
        "from transitions.extensions import AsyncMachine, HierarchicalMachine, MachineFactory\n"
        "HierarchicalMachine(states=['a', {'name': 'b', 'children': ['c']}], initial='a')\n"
        "print(machine.__mro__[1].__name__)\n"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout.strip()) == (0, "HierarchicalMachine"), ran.stderr
