"""The eight items of an advertisement, and what stands beside them. All invented."""

import pytest

from engine.compliance.eight_items import beside_the_items
from engine.compliance.normal import plain


def beside(text: str) -> list[str]:
    same = plain(text).text
    return [same[a:b] for a, b in beside_the_items(same)]


@pytest.mark.parametrize(
    "text",
    [
        "梅岭市第二中医医院|国有|梅岭市东湖区春申路9号|中医内科、骨伤科|病床300张|8:00-11:30（梅）医广〔2026〕第0204-006号",
        "（苏）医广〔2026〕第0707-001号 栖霞口腔门诊部 民营 栖霞路二段18号1-2层 口腔科：正畸专业 牙椅12张",
        "诊疗科目：口腔内科、正畸、种植　牙椅22台",
        "清嘉口腔门诊部；股份合作；口腔科；清嘉坊14号；每日9时至20时；0000-4560000",
        "机构类别：老年病医院，接诊时间：周一至周日8:30—16:30，节假日不休息，电话0000-7160000",
        "麓南区第一人民医院　全民所有制　综合医院　急诊24小时　总机0000-2010000",
    ],
)
def test_the_items_alone(text: str) -> None:
    assert beside(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("瓷贴面上新。明眸口腔门诊部", ["瓷贴面上新"]),
        ("望江眼科医院，白内障日间手术", ["白内障日间手术"]),
        ("康宁医院，精神科，失眠门诊", ["失眠门诊"]),
        ("诊疗科目：中医科；膏方节11月8日启动", ["膏方节11月8日启动"]),
        ("武警支队定点合作医院——泰和里骨伤医院", ["武警支队定点合作医院"]),
        ("静湖康养医院欢迎您", ["静湖康养医院欢迎您"]),
    ],
)
def test_more_than_the_items(text: str, found: list[str]) -> None:
    assert beside(text) == found


def test_a_long_clause_of_places_takes_no_time() -> None:
    assert beside("口路" * 140 + "疼") == ["口路" * 140 + "疼"]
