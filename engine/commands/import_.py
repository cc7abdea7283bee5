"""`playbook import`: take a ledger in, see what was imported, take an import out again."""

from __future__ import annotations

import click

from engine.commands._frame import flag, option, pilot_option, verb, words
from engine.commands._pilot import need, split
from engine.commands._session import Session
from engine.commands._shared import existing_file, parse_day, usage
from engine.text import say


@verb(
    "import",
    say("导入台账（Excel 或 CSV）", "Import a ledger (Excel or CSV)"),
    words(
        say("[试点] 文件", "[PILOT] FILE"),
        say("医院现有的汇总表，或逐人（代号）记录", "an aggregate table, or event rows under codes"),
    ),
    pilot_option(),
    option(
        "--kind",
        type=click.Choice(["aggregate", "events"]),
        help=say("汇总表或逐人记录（默认：看表头）", "aggregate or event rows (default: from the header)"),
    ),
    option(
        "--map",
        "maps",
        multiple=True,
        metavar=say("列=表头", "COLUMN=HEADER"),
        help=say("文件里这一列叫什么；记住，下次不用再写", "what a column is called in the file; remembered"),
    ),
    option("--sheet", metavar=say("工作表", "SHEET"), help=say("哪一张工作表", "which sheet")),
    flag("--skip-bad", help=say("坏行不导入，另存清单", "leave bad rows out and keep a list of them")),
    flag("--replace", help=say("与以前不同的数字，以这次为准", "where figures differ, believe this file")),
    option(
        "--keep-until",
        metavar=say("日期", "DATE"),
        help=say("逐人记录保存到哪一天", "the day until which event rows are kept"),
    ),
    flag("--dry-run", help=say("只看结果，不写入", "show the result, write nothing")),
    flag("--list", "listed", help=say("列出已导入的台账", "list what was imported")),
    option(
        "--withdraw", type=int, metavar=say("编号", "NUMBER"), help=say("撤回第几次导入", "take an import out again")
    ),
    option(
        "--reason",
        "-r",
        default="",
        metavar=say("原因", "TEXT"),
        help=say("撤回的原因", "why it is withdrawn"),
    ),
    more=say(
        "读得懂常见的表头、编码、日期和数字写法。姓名、电话、证件号、病历号所在的列一律拒绝，不读取、不保存。"
        "同一份或有重叠的文件再导入，不会重复计数。",
        "Understands the usual headers, encodings, dates and numbers. Columns of names, phones, identity or record "
        "numbers are refused, not read and not kept. Importing the same or an overlapping file counts nothing twice.",
    ),
    examples=(
        "import 三月渠道.xlsx",
        "import 咨询.csv --map 咨询=网咨量",
        "import --list",
        "import --withdraw 2 --reason 导错了月份",
    ),
)
def command(
    session: Session,
    words: tuple[str, ...],
    pilot: str | None,
    kind: str | None,
    maps: tuple[str, ...],
    sheet: str | None,
    skip_bad: bool,
    replace: bool,
    keep_until: str | None,
    dry_run: bool,
    listed: bool,
    withdraw: int | None,
    reason: str,
) -> int:
    from engine.commands import _import as shown
    from engine.service import ledger

    if listed or withdraw is not None:
        ref, rest = split(session, words, pilot)
        if rest:
            raise usage(say("--list 和 --withdraw 后面不写文件", "--list and --withdraw take no file"))
        if withdraw is not None:
            from engine.commands._shared import show_outcome

            return show_outcome(session, ledger.withdraw(session.desk(), ref, withdraw, reason))
        return shown.show_imports(session, session.desk().view(ref))
    ref, rest = split(session, words, pilot, least=1)
    need(1, rest, say("import 文件", "import FILE"))
    if len(rest) > 1:
        raise usage(say("一次导入一个文件；文件名含空格时加引号", "one file at a time; quote a name with spaces"))
    desk = session.desk()
    path = existing_file(rest[0])
    until = parse_day(keep_until, desk.calendar.today(desk.now))
    how = ledger.Taking(
        kind=shown.kind_of(kind),
        given=shown.given(maps, kind),
        sheet=sheet,
        skip_bad=skip_bad,
        replace=replace,
        until=until,
        dry_run=dry_run,
    )
    tell = shown.bar(session)
    intake = ledger.import_ledger(desk, ref, path, how, tell)
    return shown.show_intake(session, intake, path, dry_run=dry_run)
