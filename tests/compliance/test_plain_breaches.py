"""What the law names in so many words is found whatever stands beside it: the second opinion may not doubt it away."""

from __future__ import annotations

import pytest

from engine.compliance import load_pack, scan

BREACHES = {
    "包治百病": "MED-EFF-01",
    "我院保证根治": "MED-EFF-01",
    "做完保证不复发": "MED-EFF-01",
    "治愈率98%": "MED-RATE-01",
    "我科手术成功率达99%": "MED-RATE-01",
    "这是全国最好的眼科": "AD-ABS-01",
    "国家级专家亲自主刀": "AD-ABS-01",
    "国家卫健委推荐医院": "AD-STATE-01",
    "我们比市里别的医院做得好": "MED-CMP-01",
    "著名演员推荐本院": "MED-END-01",
    "无效全额退款": "PRICE-REFUND-01",
    "介绍一个病人返200元": "REF-KICK-01",
    "住院免费接送还送鸡蛋": "INSUR-01",
    "写五星好评送洗牙一次": "FAKE-REVIEW-01",
    "司美格鲁肽现货供应": "DRUG-RX-01",
}
BESIDE = (
    "{}。",
    "患者周桂兰，{}。",
    "周二下午三点在门诊大厅，{}。",
    "护士站通知：{}，请大家转发。",
    "为了方便大家就诊，我们开了夜间门诊，{}，欢迎预约。",
    "冬天到了，注意保暖。{}。记得按时吃饭。",
)


@pytest.mark.parametrize("beside", BESIDE)
@pytest.mark.parametrize(("words", "rule"), BREACHES.items())
def test_a_plain_breach_is_found(words: str, rule: str, beside: str) -> None:
    assert rule in {f.rule for f in scan(load_pack(), beside.format(words), "self_media")}
