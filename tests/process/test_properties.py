"""Whatever people type in whatever order: the state stays lawful, refusals write nothing, the fold is a function."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.errors import UserError
from engine.pilot.blockers import Refused
from engine.pilot.fold import fold
from engine.process import commands as c
from engine.process import decide
from engine.process.advance import settle, ways
from engine.process.undo import undo
from engine.service.summary import summarise
from tests.process.world import FILE, Bench

TASKS = st.sampled_from(["find_place", "draw", "loan", "decorate", "taste@早班", "taste@晚班", "3", "99"])
TEXT = st.sampled_from(
    ["", "好", "12000", "46/50", "0/0", "2026-03-20", "ready", "早班、晚班", "1e999", "13812345678", "=1+1"]
)
FIELDS = st.sampled_from(["rent", "opening", "score", "story", "shifts", "plan", "size", "nope"])

COMMANDS = st.one_of(
    st.builds(
        c.CompleteTask,
        TASKS,
        st.dictionaries(FIELDS, TEXT, max_size=2),
        st.sampled_from(["", "赵经理", "王蕾"]),
        st.sampled_from([(), (FILE,)]),
    ),
    st.builds(c.SkipTask, TASKS, TEXT),
    st.builds(c.ReopenTask, TASKS),
    st.builds(c.BeginTask, TASKS),
    st.builds(c.SetFields, st.dictionaries(FIELDS, TEXT, max_size=3)),
    st.builds(
        c.Assign,
        st.sampled_from(["owner", "baker", "x"]),
        st.tuples(st.sampled_from(["甲", "乙", "丙"])),
        st.booleans(),
    ),
    st.builds(
        c.AddRow,
        st.sampled_from(["breads", "complaints"]),
        st.dictionaries(
            st.sampled_from(["name", "state", "price", "text", "bread"]), st.sampled_from(["1", "ready", "吐司"])
        ),
    ),
    st.builds(
        c.EditRow,
        st.just("breads"),
        st.integers(0, 4),
        st.dictionaries(st.sampled_from(["name", "state", "price"]), st.sampled_from(["", "ready", "9"])),
    ),
    st.builds(c.RemoveRow, st.sampled_from(["breads", "complaints"]), st.integers(0, 4)),
    st.builds(c.Attach, st.just(FILE), st.none() | TASKS, st.none() | FIELDS),
    st.builds(c.AddNote, TEXT),
    st.builds(c.Finalise, st.just("menu"), st.just("0" * 64), st.integers(0, 200)),
    st.builds(
        c.Advance,
        st.sampled_from(["next", "rework", "stop", "pause", "resume", "nope"]),
        st.sampled_from(["", "写明了"]),
    ),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(st.tuples(COMMANDS, st.integers(0, 20), st.booleans()), max_size=25))
def test_any_commands_keep_the_state_lawful(script: list[tuple[c.Command, int, bool]]) -> None:
    bench = Bench(day="2026-03-02")
    for command, days, take_back in script:
        bench.now += timedelta(days=days)
        bench.write(settle(bench.context).events)
        before = list(bench.events)
        try:
            bench.do(command)
        except (Refused, UserError):
            assert bench.events == before
        if take_back:
            try:
                bench.write(undo(bench.book, bench.events, "写明了").events)
            except Refused:
                pass
        pilot = bench.pilot
        assert pilot == fold(bench.events)
        assert pilot.seq == len(bench.events)
        assert all(stage in bench.book.all_stages for stage in pilot.at)
        assert (pilot.status == "on_hold") == bool(pilot.back)
        assert (pilot.outcome is not None) == (pilot.status == "finished")
        assert all(len(rows) <= bench.book.records[r].maximum for r, rows in pilot.rows.items())
        for row in pilot.rows.get("complaints", {}).values():
            assert int(str(row["bread"])) in pilot.rows["breads"]
        summarise(bench.context)


@settings(max_examples=60, deadline=None)
@given(st.lists(COMMANDS, max_size=15))
def test_what_blocks_is_what_advance_refuses(script: list[c.Command]) -> None:
    """`status` and `advance` can never disagree: both read the same ways."""
    bench = Bench()
    for command in script:
        try:
            bench.do(command)
        except (Refused, UserError):
            pass
    if bench.pilot.status == "finished":
        return
    for way in ways(bench.context):
        move = c.Advance(way.id, "写明了", way.stage)
        try:
            decide(bench.book, bench.pilot, move, bench.now, bench.calendar, bench.actor)
            refused: tuple[object, ...] = ()
        except Refused as refusal:
            refused = refusal.blockers
        assert refused == way.blockers
