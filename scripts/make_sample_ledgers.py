"""Write the sample ledgers under playbooks/samples/: what hospitals export, invented, with known totals.

Run it after changing it: `python -m scripts.make_sample_ledgers`. Tests derive the totals from the files by other means.
Everything is deterministic: the same files come out each time.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from io import StringIO
from pathlib import Path

SAMPLES = Path(__file__).resolve().parent.parent / "playbooks" / "samples"
Row = Sequence[object]


def days(first: str, last: str) -> list[date]:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return [start + timedelta(days=i) for i in range((end - start).days + 1)]


def spread(total: int, over: Sequence[date], seed: int) -> dict[date, int]:
    """`total` over the days, unevenly but always the same way; the sum is exact."""
    weights = [3 + (i * 7 + seed * 5) % 11 - (4 if day.weekday() >= 5 else 0) for i, day in enumerate(over)]
    weights = [max(w, 0) for w in weights]
    whole = sum(weights)
    found, given = {}, 0
    for i, day in enumerate(over):
        upto = total * sum(weights[: i + 1]) // whole
        found[day] = upto - given
        given = upto
    return found


def csv_bytes(rows: Iterable[Row], encoding: str, separator: str = ",") -> bytes:
    text = StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode(encoding)


# Channel → enquiries, bookings, arrivals, new patients, treatments, quality patients, revenue of the new patients in fen.
PILOT = {
    "公众号": (141, 62, 46, 39, 29, 24, 7_254_000),
    "短视频": (98, 41, 31, 25, 17, 14, 4_387_500),
    "候诊区展板": (88, 47, 36, 29, 24, 18, 5_323_500),
    "社区讲座": (40, 14, 12, 11, 5, 5, 1_755_000),
    "": (19, 8, 14, 0, 6, 0, 0),  # did not say where they had heard of it
}
SPEND = [
    ("2026-03-26", "公众号", 1_280_000, "科普制作"),
    ("2026-04-02", "短视频", 1_640_000, "科普制作"),
    ("2026-04-17", "候诊区展板", 960_000, "制作"),
    ("2026-05-14", "社区讲座", 1_420_000, "场地资料"),
    ("2026-05-20", "", 560_000, "用药卡印制"),
]
_OTHER_REVENUE, _BASELINE_REVENUE = 9_860_000, 25_740_000  # fen: of patients not brought by the campaign; before


def pilot_rows() -> list[Row]:
    """The daily sheet of the pilot's department and, for comparison, of another one."""
    period, before = days("2026-04-13", "2026-06-12"), days("2026-02-11", "2026-04-12")
    rows: list[Row] = []
    for number, (channel, totals) in enumerate(PILOT.items()):
        parts = [spread(total, period, number * 7 + i) for i, total in enumerate(totals)]
        rows += [
            [d, "皮肤科", channel, *(p[d] for p in parts[:6]), money(parts[6][d]), "", "", "", "", ""] for d in period
        ]
    # Before the pilot: enquiries and visits as they came, without channels.
    earlier = [spread(t, before, 40 + i) for i, t in enumerate((291, 104, 82, 0, 44, 0))]
    revenue = spread(_BASELINE_REVENUE, before, 50)
    rows += [[d, "皮肤科", "", *(p[d] for p in earlier), money(revenue[d]), "", "", "", "", "基线"] for d in before]
    other = spread(_OTHER_REVENUE, period, 51)
    rows += [[d, "皮肤科", "", "", "", "", "", "", "", money(other[d]), "", "", "", "", "其他患者"] for d in period]
    for day, channel, amount, line in SPEND:
        rows.append([date.fromisoformat(day), "皮肤科", channel, *[""] * 7, money(amount), "", "", "", line])
    # Satisfaction and revisits are counted once a week.
    weeks = [d for d in period if d.weekday() == 4]
    # 92 returned, 9 of them not satisfied; 52 due to come back, 11 of them did not.
    surveyed, unhappy, due, missed = (spread(t, weeks, 60) for t in (92, 9, 52, 11))
    for d in weeks:
        happy = f"{surveyed[d] - unhappy[d]}/{surveyed[d]}"
        rows.append([d, "皮肤科", "", *[""] * 7, "", due[d], due[d] - missed[d], happy, "周报"])
    # Another department, which did nothing new.
    for window, seed, totals in ((before, 70, (310, 118, 92)), (period, 80, (322, 121, 95))):
        parts = [spread(t, window, seed + i) for i, t in enumerate(totals)]
        rows += [[d, "眼科", "", *(p[d] for p in parts), "", "", "", "", "", "", "", "", ""] for d in window]
    return sorted(rows, key=lambda r: (str(r[0]), str(r[1]), str(r[2]), str(r[-1])))


def money(fen: int) -> str:
    return f"{Decimal(fen) / 100:.2f}"


def pilot_daily() -> bytes:
    """As the marketing office keeps it: GB18030, a title over the table, totals below it, surveys as two columns."""
    head = ["日期", "科室", "来源渠道", "咨询量", "预约量", "到诊人数", "初诊人数", "开始治疗", "优质患者", "业务收入（元）", "花费（元）", "应复诊人数", "按期复诊", "收回份数", "满意份数", "明细"]  # fmt: skip
    rows: list[Row] = [["示范市第一人民医院 渠道日报（虚构数据）", *[""] * 15], head]
    for day, department, channel, *rest, survey, line in pilot_rows():
        satisfied, _, surveyed = str(survey).partition("/")
        rows.append([f"{day:%Y/%m/%d}", department, channel, *rest, surveyed, satisfied, line])
    rows.append(["合计", *[""] * 15])
    return csv_bytes(rows, "gb18030")


def touches(persons: int, first: str, channels: Sequence[str], department: str = "") -> list[Row]:
    """Touches of so many persons under codes. Four of them are written down twice, as a busy desk does."""
    head = ["代号", "日期", "科室", "环节", "渠道", "初诊", "适应证相符", "收入"]
    rows: list[Row] = []
    start = date.fromisoformat(first)
    for n in range(persons):
        key, channel = f"P{n + 1:04d}", channels[n * 3 % len(channels)]
        day = start + timedelta(days=n % 50)
        rows.append([key, day, department, "咨询", channel, "", "", ""])
        if n % 5 < 3:
            rows.append([key, day + timedelta(days=1), department, "预约", channel, "", "", ""])
        if n % 5 < 2:
            fits = "是" if n % 4 else "否"
            rows.append([key, day + timedelta(days=3), department, "到诊", channel, "是" if n % 7 else "否", fits, ""])
            if n % 3:
                rows.append([key, day + timedelta(days=4), department, "治疗", channel, "", "", f"{600 + n * 5}.00"])
            if n % 6 == 1:
                rows.append([key, day + timedelta(days=9), department, "复诊", channel, "", "", "80.00"])
    return [head, *rows, *rows[5:9]]


def pilot_events() -> bytes:
    """For those who want to count persons: with a mark at the front and semicolons, as Excel saves it in many places."""
    return csv_bytes(touches(120, "2026-04-13", [c for c in PILOT if c]), "utf-8-sig", ";")


def plan_events() -> bytes:
    return csv_bytes(touches(200, "2026-06-01", ["公众号", "短视频", "健康节"], "康复科"), "utf-8")


def funnel_events() -> bytes:
    return csv_bytes(touches(150, "2026-03-02", ["网络", "电视", "地面活动"]), "gb18030", "\t")


def plan_workbook() -> bytes:
    """The hospital's quarter as an XLSX: six channels, two departments, a sheet per kind, dates as Excel keeps them."""
    from io import BytesIO

    import xlsxwriter

    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": datetime(2026, 1, 1)})  # noqa: DTZ001 - a fixed stamp, the same file each time
    note = book.add_worksheet("说明")
    note.write(0, 0, "虚构数据，只作演示")
    sheet = book.add_worksheet("渠道月报明细")
    sheet.merge_range(0, 0, 0, 11, "全院渠道明细（虚构数据）", book.add_format({"bold": True, "align": "center"}))
    day_format = book.add_format({"num_format": "yyyy/m/d"})
    head = ["日期", "就诊科室", "推广渠道", "类别", "科目", "展现量", "点击量", "有效对话", "挂号量", "到院人数", "实收金额", "投放费用"]  # fmt: skip
    for i, cell in enumerate(head):
        sheet.write(1, i, cell)
    for number, row in enumerate(plan_rows(), 2):
        for i, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(number, i, datetime(cell.year, cell.month, cell.day), day_format)  # noqa: DTZ001
            elif cell != "":
                sheet.write(number, i, cell)
    book.close()
    return buffer.getvalue()


PLAN = {
    # channel → side, per quarter in the target department: exposures, clicks, enquiries, bookings, arrivals, revenue, spend
    "公众号": ("线上", (180_000, 9_600, 520, 170, 128, 307_200, 46_000)),
    "短视频": ("线上", (420_000, 15_800, 610, 150, 98, 215_600, 88_000)),
    "直播": ("线上", (96_000, 3_900, 180, 52, 40, 92_000, 30_000)),
    "信息流广告": ("线上", (610_000, 8_200, 95, 12, 0, 0, 36_000)),
    "健康节": ("线下", (0, 0, 150, 66, 58, 127_600, 52_000)),
    "社区讲座": ("线下", (0, 0, 84, 30, 22, 41_800, 27_000)),
}


def plan_rows() -> list[Row]:
    quarter, before = days("2026-06-01", "2026-08-31"), days("2025-12-01", "2026-02-28")
    rows: list[Row] = []
    for window, factor, seed in ((before, 70, 0), (quarter, 100, 100)):
        for number, (channel, (side, totals)) in enumerate(PLAN.items()):
            scaled = [total * factor // 100 for total in totals]
            parts = [spread(total, window, seed + number * 9 + i) for i, total in enumerate(scaled)]
            rows += [[d, "康复科", channel, side, "渠道", *(p[d] for p in parts)] for d in window]
        revenue = spread(9_600_000 * factor // 100, window, seed + 77)
        rows += [[d, "其他科室", "", "", "", "", "", "", "", "", revenue[d], ""] for d in window]
    return rows


def before_after() -> bytes:
    """The reference case after S4, ten days before and ten after, with the same spend: two hospitals, of which the first
    has +11 % traffic and enquiries, the second +15 % and a booking rate that goes from 9 % to 15 %."""
    head = ["日期", "科室", "渠道", "流量", "咨询", "预约", "到诊", "花费"]
    rows: list[Row] = [head]
    before, after = days("2014-11-01", "2014-11-10"), days("2014-11-11", "2014-11-20")
    cases = {
        "甲院网络部": ((4_000, 400, 36, 24, 20_000), (4_440, 444, 40, 26, 20_000)),
        "乙院网络部": ((4_000, 400, 36, 24, 20_000), (4_600, 460, 69, 46, 20_000)),
    }
    for number, (hospital, (then, now)) in enumerate(cases.items()):
        for window, totals in ((before, then), (after, now)):
            parts = [spread(total, window, number * 11 + i) for i, total in enumerate(totals)]
            rows += [[d, hospital, "网络", *(p[d] for p in parts)] for d in window]
    return csv_bytes(rows, "utf-8")


# Eight times four weeks from 2026-03-02: exposures, visits, enquiries, bookings, arrivals, treatments, revisits due and kept,
# surveys returned and satisfied. The enquiry desk changes in the fourth, reminders in the sixth, the handover in the eighth.
FUNNEL = (
    (120_000, 8_400, 820, 94, 66, 40, 40, 25, 48, 43),
    (122_000, 8_500, 830, 91, 64, 39, 42, 26, 50, 45),
    (121_000, 8_450, 825, 90, 63, 38, 41, 26, 47, 42),
    (122_500, 8_520, 835, 128, 62, 38, 40, 25, 49, 43),
    (121_500, 8_480, 832, 126, 63, 38, 42, 26, 48, 43),
    (122_000, 8_500, 831, 127, 62, 37, 41, 26, 50, 45),
    (121_800, 8_490, 828, 125, 62, 38, 40, 25, 48, 43),
    (122_300, 8_510, 834, 126, 84, 52, 44, 31, 56, 52),
)


def funnel_daily(part: int) -> bytes:
    """Eight weeks of the links of one department, by channel, and of the others, which changed nothing."""
    head = ["日期", "科室", "渠道", "曝光", "流量", "咨询", "预约", "到诊", "治疗", "应复诊", "按期复诊", "收回份数", "满意份数", "花费", "明细"]  # fmt: skip
    rows: list[Row] = []
    every = days("2026-03-02", "2026-10-11")
    for number, totals in list(enumerate(FUNNEL))[part * 2 : part * 2 + 2]:
        window = every[number * 28 : number * 28 + 28]
        weeks = [d for d in window if d.weekday() == 4]
        shares = {
            channel: [total * percent // 100 for total in totals[1:6]]
            for channel, percent in (("电视", 10), ("地面活动", 20))
        }
        web = [total - sum(part[i] for part in shares.values()) for i, total in enumerate(totals[1:6])]
        for channel, over, counts, spend in (
            ("网络", window, [totals[0], *web], 1_120_000),
            ("电视", weeks, [0, *shares["电视"]], 640_000),
            ("地面活动", weeks, [0, *shares["地面活动"]], 240_000),
        ):
            parts = [spread(total, over, number * 5 + i) for i, total in enumerate([*counts, spend])]
            rows += [
                [d, "骨科", channel, *(p[d] for p in parts[:-1]), *[""] * 4, money(parts[-1][d]), ""] for d in over
            ]
        due, came, asked, content = (spread(total, weeks, 60) for total in totals[6:])
        rows += [[d, "骨科", "", *[""] * 6, due[d], came[d], asked[d], content[d], "", "周报"] for d in weeks]
        other = [
            spread(total, weeks, 70 + i) for i, total in enumerate((3_200 + number % 3, 420 + number % 2, 290, 175))
        ]
        rows += [[d, "其他各科", "", "", "", *(p[d] for p in other), *[""] * 5, ""] for d in weeks]
    return csv_bytes([head, *sorted(rows, key=lambda r: (str(r[0]), str(r[1]), str(r[2]), str(r[-1])))], "utf-8-sig")


FILES: dict[str, Callable[[], bytes]] = {
    "four-step-pilot/ledger/渠道日报.csv": pilot_daily,
    "four-step-pilot/ledger/逐人记录.csv": pilot_events,
    "phased-plan/ledger/全院渠道明细.xlsx": plan_workbook,
    "phased-plan/ledger/逐人记录.csv": plan_events,
    "patient-funnel/ledger/前后十天.csv": before_after,
    **{f"patient-funnel/ledger/漏斗日报-{part + 1}.csv": partial(funnel_daily, part) for part in range(4)},
    "patient-funnel/ledger/逐人记录.csv": funnel_events,
}


def main() -> None:
    for name, make in FILES.items():
        path = SAMPLES / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(make())


if __name__ == "__main__":
    main()
