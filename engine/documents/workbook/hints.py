"""How each kind of field is written, in words: beside the cell, and when it is selected."""

from __future__ import annotations

from engine.documents.words import in_language
from engine.documents.workbook.contents import option_labels
from engine.model import Field, FieldType
from engine.text import Language, Message, say

_FORMS: dict[FieldType, Message] = {
    "text": say("文字", "text"),
    "number": say("数字，例如 1,200", "a number, such as 1,200"),
    "money": say("金额，例如 86000 或 8.6万", "an amount, such as 86000"),
    "percent": say("分子/分母，例如 46/50", "numerator/base, such as 46/50"),
    "date": say("日期，例如 2026-03-02", "a date, such as 2026-03-02"),
    "choice": say("从下拉框中选", "choose from the list"),
    "person": say("一个人的姓名", "one person's name"),
    "file": say("用命令附文件：playbook attach {id} 文件", "attach the file: playbook attach {id} FILE"),
    "list": say("几项之间用、隔开", "separate the items with commas"),
    "ref": say("从下拉框中选行", "choose a row from the list"),
}


def form_text(field: Field, language: Language) -> str:
    """`金额，例如 86000 或 8.6万；单位：元`."""
    text = in_language(_FORMS[field.type], language).replace("{id}", field.id)
    if field.unit:
        unit = in_language(say("；单位：{u}", "; unit: {u}", u=field.unit), language)
        text += unit
    return text


def hint(field: Field, language: Language) -> str:
    """What to show when a cell is selected: the field's own help, how it is written, the options."""
    parts = [field.help.strip(), form_text(field, language)]
    if field.type == "choice":
        parts.append(" / ".join(option_labels(field).values()))
    return "\n".join(part for part in parts if part)
