"""A scan of 1 MB of Chinese text against plain `re` looking for the same number of literal phrases and nothing else."""

from __future__ import annotations

import re
from itertools import cycle
from pathlib import Path

from bench.figures import Figure, in_turn
from engine.compliance import load_pack, scan
from engine.compliance.compiled import Classes
from engine.compliance.patterns import keys, parse
from engine.source import parse as parse_yaml
from engine.source import read_text

_BYTES = 1_000_000
_DATA = Path(__file__).resolve().parents[1] / "tests" / "data" / "compliance"
# Sentences as hospitals write them: most break nothing, one in ten is a labelled one.
_PLAIN = (
    "门诊楼一层设有自助挂号机，请携带有效证件按屏幕提示操作。",
    "住院患者每日探视时间为下午三点至五点，请家属佩戴口罩，听从护士安排。",
    "周三上午第二诊区因设备检修暂停预约，已预约的患者将收到短信。",
    "检查前一晚八点后请不要进食，当天早晨可少量饮水。",
    "本季度共培训护士一百二十人次，考核内容为静脉输液和手卫生。",
    "冬季气温下降，慢性病患者外出请注意保暖，定期复查血压和血糖。",
    "食堂一楼新增低盐窗口，糖尿病患者可凭就诊卡在线订餐。",
    "各科室请于月底前把排班表交到医务科，节假日值班另行通知。",
    "康复训练应当循序渐进，如出现不适请立即停止并告诉治疗师。",
)


def text_of_one_megabyte() -> str:
    labelled = cycle([d["text"] for d in parse_yaml(read_text(_DATA / "own.yaml"), "own.yaml").data])
    parts: list[str] = []
    size = number = 0
    while size < _BYTES:
        for sentence in (*_PLAIN, next(labelled)):
            number += 1
            parts.append(f"{number}、{sentence}" + ("\n" if number % 4 == 0 else ""))
            size += len(parts[-1].encode())
    return "".join(parts)


def literal_phrases() -> list[str]:
    """Every pair of characters by which the pack's patterns are found."""
    pack = load_pack()
    classes = Classes(pack)
    return sorted(
        {k for r in pack.rules for p in r.find for key in keys(parse(p.find, classes)) for k in key if len(k) > 1}
    )


def measure() -> list[Figure]:
    pack, text = load_pack(), text_of_one_megabyte()
    phrases = re.compile("|".join(map(re.escape, literal_phrases())))
    ours, floor, ratio = in_turn(
        lambda: scan(pack, text, "self_media"), lambda: sum(1 for _ in phrases.finditer(text)), 5
    )
    name = f"compliance scan of {len(text.encode()) / 1e6:.1f} MB of Chinese text"
    return [
        Figure(name, ours, floor, "s", ratio, None),
        Figure(f"{name}, against one second", ours, 1.0, "s", ours, 1),
    ]
