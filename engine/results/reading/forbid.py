"""What must never come in: columns of identities, by their header and by what stands in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.errors import UserError
from engine.frozen import changeable
from engine.results.reading.cells import Cell, identity_of, plain_text
from engine.results.reading.header import Header, forbidden
from engine.results.vocabulary import FORBIDDEN
from engine.text import Message, say

# Surnames of about 85 in 100 people in China (Ministry of Public Security, annual report on names).
_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_SEEN = 60  # different texts of a column after which it is judged
_KINDS: Mapping[str, Message] = {
    "resident_id": say("身份证号", "a resident id"),
    "mobile": say("手机号", "a mobile number"),
    "phone": say("电话号码", "a phone number"),
    "record_number": say("病历号一类的号码", "a record number"),
    "name": say("姓名", "a name"),
}


def letter(position: int) -> str:
    """The letters of a column as Excel shows them; `position` counts from 0."""
    text, number = "", position + 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text


def check_headers(header: Header, name: str) -> None:
    """Raises UserError `forbidden-column` with every such column. Also for one that was mapped to something harmless."""
    found = [(i, cell, kind) for i, cell in enumerate(header.cells) if cell and (kind := forbidden(cell))]
    if not found:
        return
    what = "、".join(f"{letter(i)} 列“{cell}”（{FORBIDDEN[kind][0].zh}）" for i, cell, kind in found)
    what_en = ", ".join(f"column {letter(i)} '{cell}' ({FORBIDDEN[kind][0].en})" for i, cell, kind in found)
    raise UserError(
        "forbidden-column",
        Message(
            f"{name} 里有能认出患者的列：{what}；没有读取其中的内容",
            f"{name} identifies patients: {what_en}; none of it was read",
        ),
        how_to_remove("、".join(letter(i) for i, _, _ in found)),
    )


def how_to_remove(columns: str) -> Message:
    return say(
        "在 Excel 里选中 {c} 列，右键“删除”，另存一份再导入；需要逐人统计时，由医院编一列代号（例如 P0001）代替",
        "in Excel select column {c}, delete it, save a copy and import that; to count persons, put codes such as P0001 instead",
        c=columns,
    )


def identity(name: str, sheet: str, row: int, position: int, header: str, kind: str) -> UserError:
    """The refusal of a file because of one cell. What the cell says is not repeated."""
    where = say("（工作表“{s}”）", " (sheet '{s}')", s=sheet) if sheet else say("", "")
    return UserError(
        "identity",
        say(
            "{f}{w} 第 {n} 行 {l} 列“{h}”里像是{k}，整个文件都没有导入",
            "{f}{w}: row {n}, column {l} '{h}' looks like {k}; nothing of the file was taken in",
            f=name,
            w=where,
            n=row,
            l=letter(position),
            h=header,
            k=_KINDS.get(kind, _KINDS["name"]),
        ),
        how_to_remove(letter(position)),
    )


@changeable
class Watch:
    """Looks at the cells of a column that we do not read: an identity there refuses the file as well."""

    position: int
    texts: dict[str, bool]
    judged: bool = False

    def kind(self, cell: Cell) -> str | None:
        """The kind of identity, when this cell or the column as a whole looks like one."""
        text = plain_text(cell)
        if not text or text in self.texts:
            return None
        if found := identity_of(text):
            return found
        if len(self.texts) < 20_000:
            self.texts[text] = True
        if not self.judged and len(self.texts) >= _SEEN:
            self.judged = True
            return "name" if looks_like_names(self.texts) else None
        return None

    def last_look(self) -> str | None:
        """At the end of the file: a short column of names."""
        return "name" if not self.judged and looks_like_names(self.texts) else None


def looks_like_names(texts: Iterable[str]) -> bool:
    """Are nearly all of these texts two to four Chinese characters that begin with a surname? Five at least."""
    found = list(texts)
    if len(found) < 5:
        return False
    hits = sum(
        2 <= len(t) <= 4 and t[0] in _SURNAMES and all("\u3400" <= ch <= "\u9fff" or ch == "*" for ch in t)
        for t in found
    )
    return hits >= 0.8 * len(found)
