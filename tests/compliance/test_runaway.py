"""No text makes a scan run away: its time grows with the length, and 1 MB stays within seconds on a slow machine."""

from time import perf_counter

import pytest

from engine.compliance import Pack, scan

LIMIT = 20.0  # seconds for the worst of them on a busy machine; a runaway would not end at all


@pytest.mark.parametrize(
    "text",
    [
        "a" * 100_000,
        "我院" * 100_000,
        "我院保证" * 60_000,
        "患者" * 100_000 + "王",
        "1" * 100_000,
        "1-" * 50_000,
        "((((" * 50_000,
        "最" * 100_000,
        "\u200b" * 100_000,
        "最 " * 100_000,
        "禁用词：\n" * 20_000,
        "十个人九个" * 40_000,
    ],
    ids=range(12),
)
def test_catastrophic_texts_end(medical: Pack, text: str) -> None:
    scan(medical, "先走一遍，正则都编译好：我院保证一个疗程根治，有效率98%。", "self_media")
    start = perf_counter()
    scan(medical, text, "self_media")
    assert perf_counter() - start < LIMIT


def test_one_megabyte_without_a_mark(medical: Pack) -> None:
    text = "医院门诊时间安排与就诊须知请各位按顺序排队取号候诊" * 14_000
    assert len(text.encode()) > 1_000_000
    start = perf_counter()
    scan(medical, text, "self_media")
    assert perf_counter() - start < LIMIT
