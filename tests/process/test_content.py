"""What keeps a content from going out: text, channel, check, findings, signature, the end of a consent."""

from __future__ import annotations

from datetime import date

import pytest

from engine.pilot.content import digest_of, mark_of
from engine.pilot.state import OpenFinding
from engine.process import commands as c
from engine.process.advance import settle
from tests.process.world import Bench, codes

SHOP = """
playbook: shop
version: 1.0.0
title: 内容
roles:
  writer: {title: 撰稿人}
  reviewer: {title: 审核人}
fields:
  letter: {title: 公开信, type: text, owner: writer}
  where: {title: 渠道, type: choice, options: {kepu: 科普, self_media: 自有账号}}
  consent: {title: 同意到期, type: date}
  good: {title: 证明到期, type: date}
records:
  talks: {title: 话术, columns: {said: {title: 说法, type: text}, note: {title: 编号, type: text}}}
content:
  letter: {title: 公开信, field: letter, channel: fields.where, sign: sign, facts: {consent_until: consent}}
  talks: {title: 话术, record: talks, columns: [said], channel: self_media, facts: {consent_id: note}}
stages:
  write:
    title: 撰写
    tasks:
      sign: {title: 签发, role: reviewer, approval: true, required: false, valid: 12 months}
      proof: {title: 办证明, role: writer, required: false, valid_until: good}
    gate:
      - {id: ready, content: letter, else: 公开信还不能发}
      - {id: talk_ready, content: talks}
      - {id: quiet, when: content.letter.warnings == 0, else: 还有提醒}
    next: out
  out: {title: 发出, final: succeeded}
"""
BAD = "三天根治，请来就诊"


def check(bench: Bench, content: str = "letter", *phrases: tuple[str, str, str], until: date | None = None) -> None:
    """A check as the shell records it: (rule, severity, phrase) found in the text."""
    text = str(bench.pilot.fields.get("letter", ""))
    found = tuple(
        OpenFinding(rule, severity, "", text.index(phrase), text.index(phrase) + len(phrase), mark_of(phrase))
        for rule, severity, phrase in phrases
    )
    digest = digest_of(bench.book, bench.pilot, bench.book.content[content])
    bench.do(c.RecordCheck(content, digest, "medical-ads 1.0.0", found, until))


def ready(text: str = "本科周一开诊") -> Bench:
    bench = Bench(SHOP).do(
        c.Assign("writer", ("王蕾",)),
        c.Assign("reviewer", ("赵医生",)),
        c.SetFields({"letter": text, "where": "kepu"}),
        c.AddRow("talks", {"said": "请带医保卡"}),
    )
    check(bench, "talks")
    return bench


def test_step_by_step_to_the_way_out() -> None:
    bench = Bench(SHOP)
    assert codes(bench.refused(c.Advance()))[:2] == [("content-empty", "ready"), ("content-empty", "talk_ready")]
    bench.do(c.SetFields({"letter": "本科周一开诊"}), c.AddRow("talks", {"said": "请带医保卡"}))
    check(bench, "talks")
    [first, *_] = bench.refused(c.Advance())
    assert (first.code, first.commands) == ("content-setting", ('set "where=科普|自有账号"',))
    bench.do(c.SetFields({"where": "kepu"}))
    [first, *_] = bench.refused(c.Advance())
    assert (first.code, first.message.zh, first.commands) == ("content-unchecked", "公开信还不能发", ("tick",))
    check(bench)
    bench.do(c.Assign("reviewer", ("赵医生",)))
    [blocker] = bench.refused(c.Advance())
    assert (blocker.code, blocker.roles, blocker.commands) == (
        "content-unsigned",
        ("reviewer",),
        ("done 1 --signed-by 赵医生",),
    )
    bench.do(c.CompleteTask("sign", signer="赵医生"), c.Advance())
    assert bench.pilot.status == "finished"


def test_block_findings_are_shown_with_phrase_rule_and_both_ways_out() -> None:
    bench = ready(BAD)
    check(bench, "letter", ("MED-EFF-01", "block", "三天根治"))
    [blocker] = [b for b in bench.refused(c.Advance()) if b.code == "content-blocked"]
    assert [m.zh for m in blocker.detail] == ["“公开信”有1处不能发布的问题", "“三天根治”：MED-EFF-01"]
    assert blocker.commands == ("set letter=内容", "waive letter MED-EFF-01 --reason 为什么是误报")
    assert blocker.people == ("王蕾",)


def test_a_waiver_names_who_and_why_and_holds_for_that_phrase_only() -> None:
    bench = ready(BAD)
    check(bench, "letter", ("MED-EFF-01", "block", "三天根治"))
    assert codes(bench.refused(c.Waive("letter", "MED-EFF-01", ""))) == [("reason-missing", "letter")]
    assert codes(bench.refused(c.Waive("letter", "MED-CMP-01", "误报"))) == [("no-finding", "letter")]
    assert codes(bench.refused(c.Waive("leter", "MED-EFF-01", "误报"))) == [("unknown-content", "leter")]
    assert codes(bench.refused(c.Waive("letter", "MED-EFF-01", "误报", "周一"))) == [("no-finding", "letter")]
    bench.do(c.Waive("letter", "MED-EFF-01", "引用的是反面例子"))
    assert [(w.by, w.reason) for w in bench.pilot.waivers] == [("王蕾", "引用的是反面例子")]
    assert "content-blocked" not in dict(codes(bench.refused(c.Advance())))
    bench.do(c.SetFields({"letter": "包好，请来就诊"}))
    check(bench, "letter", ("MED-EFF-01", "block", "包好"))
    assert "content-blocked" in dict(codes(bench.refused(c.Advance())))


def test_a_change_after_the_signature_asks_for_a_new_check_and_a_new_signature() -> None:
    bench = ready()
    check(bench)
    bench.do(c.CompleteTask("sign", signer="赵医生"), c.SetFields({"letter": "本科周二开诊"}))
    assert next(b.code for b in bench.refused(c.Advance())) == "content-unchecked"
    check(bench)
    [blocker] = bench.refused(c.Advance())
    assert (blocker.code, blocker.commands[0]) == ("content-unsigned", "reopen 1 --reason 正文有改动")
    bench.do(c.ReopenTask("sign"), c.CompleteTask("sign", signer="赵医生"), c.Advance())
    assert bench.pilot.status == "finished"


def test_a_signed_page_without_a_name_is_no_named_reviewer() -> None:
    from tests.process.world import FILE

    bench = ready()
    check(bench)
    bench.do(c.CompleteTask("sign", attachments=(FILE,)))
    assert [b.code for b in bench.refused(c.Advance())] == ["content-unsigned"]


def test_a_check_is_good_until_a_fact_ends() -> None:
    bench = ready()
    bench.do(c.SetFields({"consent": "2026-03-10"}))
    check(bench, until=date(2026, 3, 10))
    bench.do(c.CompleteTask("sign", signer="赵医生"))
    assert [b.code for b in bench.on("2026-03-11").refused(c.Advance())] == ["content-unchecked"]
    assert bench.on("2026-03-10").do(c.Advance()).pilot.status == "finished"


@pytest.mark.parametrize(("day", "open_"), [("2027-03-02", False), ("2027-03-03", True)])
def test_a_signature_expires_and_the_task_opens_again(day: str, open_: bool) -> None:
    bench = ready()
    bench.do(c.CompleteTask("sign", signer="赵医生"))
    decision = settle(bench.on(day).context)
    assert [e.data["task"] for e in decision.events if e.type == "task_reopened"] == (["sign"] if open_ else [])
    bench.write(decision.events)
    assert settle(bench.context).events == ()


def test_what_is_good_until_a_day_ends_with_that_day() -> None:
    bench = ready()
    bench.do(c.SetFields({"good": "2026-04-01"}), c.CompleteTask("proof"))
    assert settle(bench.on("2026-04-01").context).events == ()
    [event] = settle(bench.on("2026-04-02").context).events
    assert (event.type, event.data["task"], event.texts["reason"]) == ("task_reopened", "proof", "签字已过有效期")


def test_names_and_numbers_stay_masked_in_a_refusal() -> None:
    bench = ready("请找李四处理")
    check(bench, "letter", ("PI-NAME-01", "block", "李四"))
    [blocker] = [b for b in bench.refused(c.Advance()) if b.code == "content-blocked"]
    assert [m.zh for m in blocker.detail][1] == "“李*”：PI-NAME-01"


def test_what_goes_out_may_carry_the_hospitals_line_and_no_mobile() -> None:
    bench = Bench(SHOP)
    bench.do(c.SetFields({"letter": "门诊电话：0571-88880000"}), c.AddRow("talks", {"said": "电话0571-88880000"}))
    assert codes(bench.refused(c.SetFields({"letter": "电话13812345678"}))) == [("identity", "letter")]
    assert codes(bench.refused(c.AddRow("talks", {"said": "好", "note": "0571-88880000"}))) == [
        ("identity", "talks.note")
    ]
