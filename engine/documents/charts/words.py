"""The words of charts that are no data, and what a chart shows told in words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape

from engine.documents.charts.measure import tidy
from engine.text import Language, Message, say

EMPTY = say("还没有可画的数据", "there is nothing to draw yet")
ZERO = say("全部为零", "all are zero")
BEFORE, AFTER = say("之前", "before"), say("之后", "after")
OWN_SCALE = say(
    "每一组各用自己的比例尺，组与组之间不比长短", "each pair has its own scale; do not compare lengths between pairs"
)
MET, MISSED = say("达到目标", "on target"), say("未达目标", "off target")
USED, LEFT, OVER = say("已用", "used"), say("未用", "left"), say("超出", "over")
TODAY = say("今天", "today")
STATES = {"done": say("已完成", "done"), "running": say("进行中", "under way"), "planned": say("计划中", "planned")}
NO_CARD = say("还没有", "none yet")
NOT_UP = say("虚线箭头没有走向更高一层，请核对", "a dashed arrow does not lead to a higher tier: please check it")
MOMENT = say("时间点", "moment")
_MOST_TOLD = 200  # characters of one label in the words for those who do not see the chart


def chosen(message: Message, language: Language) -> str:
    return message.zh if language == "zh" else message.en


def broken(labels: Iterable[str], language: Language) -> str:
    """The sentence under a chart in which some bars are longer than can be drawn."""
    names = [tidy(label)[:20] for label in labels]
    return chosen(
        say(
            "比例尺断开：带 // 的条（{zh}）太长，没有按比例画；其余各条用同一比例尺",
            "broken scale: bars with // ({en}) are too long to be drawn to scale; all others share one scale",
            zh="、".join(names),
            en=", ".join(names),
        ),
        language,
    )


def more(count: int, language: Language) -> str:
    return chosen(say("另有 {n} 项没有画出", "{n} more are not drawn", n=count), language)


def told(title: str, parts: Iterable[Iterable[str]], notes: Iterable[str], language: Language) -> str:
    """`标题：甲 1，占 2%；乙 3。注`: the label and the texts of each part, then what the chart says below."""
    comma, semicolon, colon, stop = ("，", "；", "：", "。") if language == "zh" else (", ", "; ", ": ", ". ")
    rows = []
    for part in parts:
        label, *texts = [tidy(text)[:_MOST_TOLD] for text in part]
        rows.append(" ".join([label, comma.join(text for text in texts if text)]).strip())
    body = semicolon.join(rows) or chosen(EMPTY, language)
    return stop.join([f"{tidy(title)}{colon}{body}", *notes])


def alt_text(chart: str) -> str:
    """What a chart (its SVG) shows, in words: for an image's alternative text."""
    found = re.search(r"<desc[^>]*>(.*?)</desc>", chart, re.DOTALL)
    return unescape(found[1]) if found else ""
