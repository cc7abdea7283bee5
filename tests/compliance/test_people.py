"""Facts that together point at one person. All invented."""

import pytest

from engine.compliance.people import quasi_span


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("今年3月8日,柳林村一位39岁的小学女教师被查出患有法布雷病", True),
        ("一位四十多岁的教师因咽痛就诊", False),
        ("3月8日上午,39岁以上职工体检", False),
        ("李主任3月8日在柳林村义诊,报名电话见公告", False),
    ],
)
def test_facts_together(text: str, points: bool) -> None:
    assert (quasi_span(text) is not None) is points
