"""Text as a reader sees it: full-width and traditional forms made plain, spacing tricks taken out, with the way back.

`Plain.at` leads each character of the plain text to its place in the original, so findings point at what was written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from engine.frozen import frozen

_TRADITIONAL = (
    "醫医療疗國国術术診诊藥药證证腫肿癒愈檢检測测驗验對对無无風风險险價价優优專专業业東东車车門门開开關关權权滿满質质獎奖勵励錢钱費费額额廣广發发現现聯联繫系電电話话號号碼码掛挂點点擊击"
    "鏈链網网見见覺觉說说請请讓让認认護护師师長长頭头臉脸膚肤髮发腦脑腎肾腸肠臟脏濕湿熱热涼凉緩缓減减徹彻終终後后復复絕绝頂顶級级獨独創创領领導导華华歐欧齊齐傷伤損损鑲镶齒齿種种較较強强"
    "營营養养體体標标準准環环設设備备團团隊队學学會会協协員员區区縣县鎮镇鄉乡莊庄貴贵賓宾禮礼紅红單单來来過过還还這这個个們们為为從从與与難难應应該该變变動动當当實实際际內内產产婦妇兒儿"
    "歲岁雙双數数據据輕轻鬆松顏颜針针藝艺萬万億亿亞亚劃划線线總总結结論论課课題题謹谨懼惧慮虑於于裡里裏里麼么嗎吗時时間间將将處处嚴严並并麗丽舉举樂乐買买賣卖傳传兩两寫写刪删勝胜務务勢势"
    "勻匀啟启圖图聲声報报場场塊块壓压夢梦媽妈嬰婴孫孙寶宝層层幫帮幹干廠厂懷怀戰战戲戏擇择擔担歡欢歷历殘残氣气沒没濟济災灾爛烂牆墙狀状獲获癢痒癱瘫盡尽監监盤盘礙碍積积穩稳純纯細细經经給给"
    "練练縮缩織织續续罷罢習习聖圣聞闻脈脉腳脚膽胆舊旧節节範范繞绕藍蓝蘇苏虛虚補补裝装複复規规視视親亲訂订計计訊讯討讨訓训記记許许訴诉詢询試试詳详誤误誰谁調调談谈諮咨講讲謝谢識识議议讀读"
    "負负財财責责貨货販贩購购賠赔賬账賴赖贈赠趙赵踐践軍军軟软轉转辦办農农連连進进運运達达遠远適适選选鄰邻醜丑釋释鋼钢錄录鍵键鏡镜鐘钟鑒鉴閉闭閱阅隨随雜杂離离靜静順顺預预頻频願愿類类顧顾"
    "顯显飲饮館馆駐驻騙骗驚惊髒脏鮮鲜麥麦黃黄黨党齡龄龍龙"
)
_REMOVED = "\x00"
_TRICKS = re.compile(
    r"\x00+"
    r"|(?<=[\u3400-\u9fff])[*_~·•|/\\+#^`'\-.]{1,3}(?=[\u3400-\u9fff][*_~·•|/\\+#^`'\-.\s、，。,；！]|[\u3400-\u9fff]$)"
    r"|\*\*|__|~~|`"
    r"|(?<=[^\u3400-\u9fff][\u3400-\u9fff])[ \t](?=[\u3400-\u9fff])"
    r"|(?<=^[\u3400-\u9fff])[ \t](?=[\u3400-\u9fff])"
    r"|(?<=[\u3400-\u9fff])[ \t](?=[\u3400-\u9fff][ \t])"
    r"|(?<=[\u3400-\u9fff])[ \t]{1,2}(?=\d)|(?<=[\d%])[ \t]{1,2}(?=[\u3400-\u9fff])"
)
_LETTERS = re.compile(r"(?<=[\u3400-\u9fff])[*_~•+#^]{1,3}(?=[\u3400-\u9fff])")


class _Table(dict[int, str]):
    """One character for one: full-width, traditional, capital; what cannot be seen becomes a mark to take out."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if "\u3400" <= char <= "\u9fff":
            plain = char
        elif char.isspace():
            plain = char if char in "\n\r" else "\n" if char in "\u2028\u2029\x0b\x0c\x85" else " "
        elif unicodedata.category(char) in ("Cf", "Mn", "Me", "Cc"):
            plain = _REMOVED
        else:
            plain = unicodedata.normalize("NFKC", char).lower()
        self[code] = plain = plain if len(plain) == 1 else char
        return plain


_TABLE = _Table({ord(a): b for a, b in zip(_TRADITIONAL[::2], _TRADITIONAL[1::2], strict=True)})
# Commas and brackets keep one form each; a full-width full stop is no decimal point.
_TABLE |= {ord(a): b for a, b in zip("，；：！？（）“”‘’「」『』【】", ",;:!?()“”“”“”“”()", strict=True)}
_TABLE |= {ord(c): c for c in "。、《》…—"} | {ord("．"): ".", ord("％"): "%", ord("﹪"): "%"}


def literal(text: str) -> str:
    """Words of a pattern in the form in which plain text has them."""
    return text.translate(_TABLE)


@frozen
class Plain:
    """The plain text; `at[i]` is where its character i stands in the original (`at[len]`: the original's length)."""

    text: str
    at: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A span of the plain text in the original; what was taken out at its edges stays outside."""
        return self.at[start], self.at[end - 1] + 1 if end > start else self.at[start]


def plain(text: str) -> Plain:
    """The plain form of `text`. Linear in its length."""
    same = text.translate(_TABLE)
    cuts = [m.span() for m in _TRICKS.finditer(same)]
    cuts += [m.span() for m in _LETTERS.finditer(same)]
    if not cuts:
        return Plain(same, range(len(same) + 1))
    kept: list[str] = []
    at: list[int] = []
    last = 0
    for start, end in sorted(cuts):
        if start > last:
            kept.append(same[last:start])
            at.extend(range(last, start))
        last = max(last, end)
    kept.append(same[last:])
    at.extend(range(last, len(same) + 1))
    return Plain("".join(kept), at)
