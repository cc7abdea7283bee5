"""An empty ledger to fill in: headers with comments, drop-downs, checks, and a page that explains the columns."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from engine.results.vocabulary import COLUMNS, Column, LedgerKind
from engine.text import current_language, say

_ROWS = 5000  # rows that have drop-downs and checks
_WIDTH = 13


def ledger_template(kind: LedgerKind, channels: Sequence[str] = (), titles: dict[str, str] | None = None) -> bytes:
    """An XLSX. `channels` become a drop-down that allows others; `titles` are the playbook's names of columns by id."""
    import xlsxwriter

    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": _EPOCH})
    sheet = book.add_worksheet(str(say("台账", "Ledger")))
    head = book.add_format(
        {"bold": True, "bg_color": "#EEF5F7", "border": 1, "border_color": "#C5D3D8", "text_wrap": True}
    )
    must = book.add_format(
        {"bold": True, "bg_color": "#0B4F5F", "font_color": "#FFFFFF", "border": 1, "border_color": "#C5D3D8"}
    )
    formats = {
        "day": book.add_format({"num_format": "yyyy-mm-dd"}),
        "money": book.add_format({"num_format": "#,##0.00"}),
        "count": book.add_format({"num_format": "#,##0"}),
    }
    columns = list(COLUMNS[kind].values())
    for index, column in enumerate(columns):
        title = (titles or {}).get(column.id) or str(column.title)
        sheet.write_string(0, index, title, must if column.required else head)
        sheet.write_comment(0, index, _comment(column), {"x_scale": 2.2, "y_scale": 1.4, "author": "playbook"})
        sheet.set_column(index, index, _WIDTH, formats.get(column.type))
        rule = _validation(column, channels)
        if rule is not None:
            sheet.data_validation(1, index, _ROWS, index, rule)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, _ROWS, len(columns) - 1)
    _explained(book, kind, columns)
    book.close()
    return buffer.getvalue()


def _comment(column: Column) -> str:
    kinds = {
        "day": say("日期，例如 2026-03-02；不能晚于今天", "a day such as 2026-03-02, not later than today"),
        "count": say("整数，不小于 0；没有就空着", "a whole number, 0 or more; empty for none"),
        "money": say("金额（元），最多两位小数；没有就空着", "an amount in yuan, two decimals at most; empty for none"),
        "text": say("文字", "text"),
        "choice": say("从下拉里选", "choose from the list"),
        "key": say("代号，字母和数字", "a code of letters and digits"),
    }
    parts = [str(kinds[column.type]), str(column.help)]
    if column.required:
        parts.insert(0, str(say("必填。", "Required.")))
    if column.names:
        parts.append(str(say("也认得：", "Also known as: ")) + "、".join(column.names[:6]))
    return "\n".join(part for part in parts if part)


def _validation(column: Column, channels: Sequence[str]) -> dict[str, object] | None:
    if column.type == "choice":
        words = [options[0] for options in (column.options or {}).values()]
        return {"validate": "list", "source": words}
    if column.id == "channel" and channels and sum(len(c) + 1 for c in channels) < 250:
        # Excel keeps a list of at most 255 characters; other channels may be typed.
        return {"validate": "list", "source": list(channels), "error_type": "information"}
    if column.type == "day":
        from datetime import date

        title = str(say("日期", "Day"))
        message = str(say("写成 2026-03-02", "write 2026-03-02"))
        return {
            "validate": "date",
            "criteria": ">=",
            "value": date(2000, 1, 1),
            "error_title": title,
            "error_message": message,
        }
    if column.type == "count":
        message = str(say("填不小于 0 的整数", "a whole number, 0 or more"))
        return {"validate": "integer", "criteria": ">=", "value": 0, "error_message": message}
    if column.type == "money":
        message = str(say("填不小于 0 的金额（元）", "an amount of 0 or more"))
        return {"validate": "decimal", "criteria": ">=", "value": 0, "error_message": message}
    return None


def _explained(book: object, kind: LedgerKind, columns: Sequence[Column]) -> None:
    """The second sheet. Its first column has no header a ledger could have, so it is never taken for one."""
    sheet = book.add_worksheet(str(say("说明", "Help")))  # type: ignore[attr-defined]
    bold = book.add_format({"bold": True})  # type: ignore[attr-defined]
    wrap = book.add_format({"text_wrap": True, "valign": "top"})  # type: ignore[attr-defined]
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 90, wrap)
    lines = {
        "aggregate": say(
            "每行写某一天、某一渠道、某一项目的合计数。不写任何患者的信息。",
            "One row for each day, channel and project, with totals. Nothing about single patients.",
        ),
        "events": say(
            "每行写一位患者的一次接触，患者只用医院自己编的代号。这是敏感个人信息：能用汇总表就不用它；到期由系统删除。",
            "One row for each touch of one person, under a code of the hospital's own. This is sensitive personal "
            "information: prefer totals; it is deleted when its time is over.",
        ),
    }
    sheet.write_string(0, 0, str(say("怎样填", "How to fill it in")), bold)
    sheet.write_string(0, 1, str(lines[kind]))
    forbidden = say(
        "不要加姓名、电话、证件号、病历号、地址等列：有这些列的文件不会被导入。",
        "No columns of names, phones, identity or record numbers, addresses: a file that has them is not taken in.",
    )
    sheet.write_string(1, 1, str(forbidden))
    for row, column in enumerate(columns, 3):
        sheet.write_string(
            row, 0, str(column.title) + ("（必填）" if column.required and current_language() == "zh" else "")
        )
        sheet.write_string(row, 1, _comment(column).replace("\n", "；" if current_language() == "zh" else "; "))


def _epoch() -> object:
    from datetime import datetime

    return datetime(2026, 1, 1)  # noqa: DTZ001 - a fixed stamp: the same template is the same bytes


_EPOCH = _epoch()
