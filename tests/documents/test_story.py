from dataclasses import replace
from datetime import timedelta

from engine.documents.story import evidence_view, move_views, role_views, stage_views, standing, task_view
from engine.documents.views import Named
from engine.model import Stage, Transition
from engine.pilot.view import TaskView, task_views
from engine.text import Language
from tests.documents import sample


def test_moves_tell_where_from_where_to_and_why() -> None:
    first, second = move_views(sample.book(), sample.events(), sample.calendar(), "zh")
    assert (first["title"], first["back"], first["day"]) == ("进入下一步", False, "2026年3月12日")
    assert (second["title"], second["back"], second["reason"]) == ("退回整改", True, "排水不合格")
    assert (second["source"], second["target"]) == ("投入使用", "场地准备")


def test_coming_back_from_a_pause_is_no_rework() -> None:
    start, away, home = sample.events()
    home = replace(home, data={**home.data, "hold": "ended"})
    assert not any(m["back"] for m in move_views(sample.book(), (start, away, home), sample.calendar(), "zh"))


def test_stages_know_their_state_and_dates() -> None:
    views = stage_views(sample.book(), sample.pilot(), sample.events(), Named({}), sample.calendar(), "zh")
    assert [v["status"] for v in views] == ["active", "returned", "ahead"]
    assert views["use"]["left"] == "2026年3月22日" and views["site"]["left"] == ""


def test_tasks_carry_box_due_people_and_evidence() -> None:
    done, open_, _ = task_views(sample.book(), sample.pilot(), sample.calendar(), sample.NOW)
    view = task_view(sample.book(), done, sample.calendar(), "zh")
    assert (view["box"], view["status_text"], view["evidence"]) == ("[x]", "已完成", ["空机房.jpg"])
    assert (view["due"], view["people"]) == ("2026年3月7日", ["王蕾", "李想"])
    assert view["due_rule"] == "进入本阶段后 5 天"
    other = task_view(sample.book(), open_, sample.calendar(), "en")
    assert (other["box"], other["status_text"], other["needs"], other["due"]) == ("[ ]", "open", ["清空机房"], "")


def test_what_a_box_does_not_say_of_a_task_is_said() -> None:
    done, open_, _ = task_views(sample.book(), sample.pilot(), sample.calendar(), sample.NOW)

    def fate(view: TaskView, language: Language = "zh", **changes: object) -> str:
        free = replace(view, task=replace(view.task, required=False), **changes)  # type: ignore[arg-type]
        return str(task_view(sample.book(), free, sample.calendar(), language)["fate"])

    assert fate(open_, active=True, reached=True) == fate(open_, active=False, reached=False) == "可选"
    assert fate(open_, active=False, reached=True) == "可选，没有做"
    assert fate(open_, "en", active=False, reached=True) == "optional, not done"
    assert fate(open_, state=replace(open_.state, status="skipped")) == "已跳过"
    assert fate(done) == "" == task_view(sample.book(), open_, sample.calendar(), "zh")["fate"]


def test_roles_tell_whether_they_are_filled() -> None:
    views = role_views(sample.book(), sample.pilot(), "zh")
    assert [(v["filled"], v["ok"]) for v in views] == [(2, True), (0, False)]


def test_standing_leaves_out_what_was_taken_back() -> None:
    undone = replace(sample.events()[0], seq=4, type="undone", at=sample.NOW + timedelta(1), data={"seqs": [3]})
    assert [e.seq for e in standing((*sample.events(), undone))] == [1, 2, 4]


def test_evidence_says_what_it_belongs_to() -> None:
    (item,) = sample.pilot().evidence.values()
    assert evidence_view(sample.book(), item, sample.calendar(), "zh")["about"] == "清空机房"
    of_field = replace(item, task=None, field="cost")
    assert evidence_view(sample.book(), of_field, sample.calendar(), "zh")["about"] == "改造费用"


def test_the_way_forward_again_is_no_rework_and_its_stage_was_done() -> None:
    start, on, sent_back = sample.events()
    again = replace(on, seq=4, at=sample.NOW, data={**on.data, "effective": sample.NOW.isoformat()})
    moves = move_views(sample.book(), (start, on, sent_back, again), sample.calendar(), "zh")
    assert [m["back"] for m in moves] == [False, True, False]
    timed = replace(again, data={**again.data, "transition": "due"})  # a timer that leads on is no return either
    assert not move_views(sample.book(), (start, on, sent_back, timed), sample.calendar(), "zh")[-1]["back"]
    home = replace(
        sent_back, data={**sent_back.data, "transition": "next"}
    )  # on the way from a side track to the main one
    assert not move_views(sample.book(), (start, on, home), sample.calendar(), "zh")[-1]["back"]
    pilot = sample.pilot(entered={"site": sample.START, "use": sample.NOW}, at=("use",))
    views = stage_views(sample.book(), pilot, (start, on, sent_back, again), Named({}), sample.calendar(), "zh")
    assert (views["site"]["id"], views["site"]["status"]) == ("site", "done")


def test_a_return_inside_a_stage_says_from_where_to_where() -> None:
    inner = {name: Stage(name, title, parent="around") for name, title in (("draft", "起草"), ("check", "审核"))}
    around = Stage("around", "成稿", stages=inner, transitions={"redo": Transition("redo", "around", "退回草稿")})
    _, on, _ = sample.events()
    data = {
        **on.data,
        "transition": "redo",
        "stage": "around",
        "source": ["check"],
        "left": ["around", "check"],
        "entered": ["around", "draft"],
        "at": ["draft"],
    }
    (move,) = move_views(sample.book(stages={"around": around}), (replace(on, data=data),), sample.calendar(), "zh")
    assert (move["title"], move["source"], move["target"]) == ("退回草稿", "审核", "起草")
