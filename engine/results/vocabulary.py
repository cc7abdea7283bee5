"""The vocabulary of ledgers: which columns there are, what each counts, and the names hospitals give them.

Two kinds of rows. An *aggregate* row says how much of what happened on one day, in one channel, for one project. An
*event* row is one touch of one person under a pseudonymous key that the hospital made (one enquiry, one booking …).
`schemas/ledger.schema.json` describes the same columns for other programs; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from engine.frozen import frozen
from engine.text import Message, say

LedgerKind = Literal["aggregate", "events"]
# How a cell is read: a calendar day, a short text, one of fixed words, a whole number ≥ 0, an amount of money ≥ 0.
ColumnType = Literal["day", "text", "choice", "count", "money", "key"]


@frozen
class Column:
    """One column. `names` are headers under which it is recognised besides its title and id; `options` for a choice:
    what is stored → the words that mean it, the first of them being the one shown."""

    id: str
    title: Message
    type: ColumnType
    names: tuple[str, ...] = ()
    options: Mapping[str, tuple[str, ...]] | None = None
    required: bool = False
    help: Message = say("", "")


_SIDES = {"online": ("线上", "online", "网络", "新媒体"), "offline": ("线下", "offline", "地面", "院外")}
_PURSES = {
    "brand": ("品牌", "brand", "品牌建设"),
    "channels": ("渠道", "channels", "渠道投放", "推广"),
    "service": ("服务", "service", "服务优化"),
    "reserve": ("机动", "reserve", "备用", "预备"),
}
_YES_NO = {"yes": ("是", "yes", "y", "1", "true", "√", "对", "有"), "no": ("否", "no", "n", "0", "false", "×", "无")}
STEPS: Mapping[str, tuple[str, ...]] = {
    "enquiry": ("咨询", "enquiry", "线索", "问诊咨询"),
    "booking": ("预约", "booking", "挂号"),
    "arrival": ("到诊", "arrival", "到院", "就诊"),
    "treatment": ("治疗", "treatment", "开始治疗", "成交"),
    "revisit": ("复诊", "revisit", "复查"),
}

# What a row belongs to. Together with the day these are the key of an aggregate row: it may stand there only once.
DIMENSIONS: Mapping[str, Column] = {
    c.id: c
    for c in (
        Column(
            "department",
            say("科室", "Department"),
            "text",
            ("部门", "所属科室", "就诊科室", "dept"),
            help=say("不写就是本试点的科室", "left out: the pilot's own"),
        ),
        Column(
            "channel",
            say("渠道", "Channel"),
            "text",
            ("来源", "渠道名称", "来源渠道", "推广渠道", "媒体", "平台", "触点", "source"),
            help=say(
                "从哪里知道我们的；收入、满意度等不分渠道的可以空着",
                "where people heard of us; empty for what has no channel",
            ),
        ),
        Column("side", say("线上线下", "Online or offline"), "choice", ("线上/线下", "类别", "渠道类别"), _SIDES),
        Column("purse", say("预算科目", "Budget"), "choice", ("科目", "费用科目", "预算类别", "费用类别"), _PURSES),
        Column(
            "project",
            say("项目", "Project"),
            "text",
            ("服务", "服务项目", "推广项目", "病种", "产品", "活动", "service"),
        ),
        Column(
            "line",
            say("明细", "Line"),
            "text",
            ("明细号", "批次", "计划", "单元", "行号", "备用键"),
            help=say(
                "同一天同一渠道同一项目有几行时，用它分开", "tells several rows of one day, channel and project apart"
            ),
        ),
    )
}

# What is counted. The order is that of a funnel where there is one.
MEASURES: Mapping[str, Column] = {
    c.id: c
    for c in (
        Column(
            "exposures",
            say("曝光", "Exposures"),
            "count",
            ("曝光量", "曝光数", "展现", "展现量", "展示", "展示量", "阅读", "阅读量", "播放量"),
        ),
        Column(
            "clicks",
            say("点击", "Clicks"),
            "count",
            ("点击量", "点击数", "点击次数", "访问", "访问量", "流量", "访客数", "uv"),
        ),
        Column(
            "enquiries",
            say("咨询", "Enquiries"),
            "count",
            ("咨询量", "咨询数", "咨询人数", "线索", "线索数", "对话量", "有效对话"),
        ),
        Column(
            "bookings", say("预约", "Bookings"), "count", ("预约量", "预约数", "预约人数", "挂号", "挂号量", "约诊数")
        ),
        Column(
            "arrivals",
            say("到诊", "Arrivals"),
            "count",
            ("到诊量", "到诊数", "到诊人数", "到院", "到院量", "到院人数", "就诊人数"),
        ),
        Column(
            "new_patients",
            say("新患者", "New patients"),
            "count",
            ("新患者数", "初诊", "初诊人数", "新客", "新病人", "新增患者"),
        ),
        Column(
            "treatments",
            say("治疗", "Treatments"),
            "count",
            ("治疗人数", "治疗量", "开始治疗", "成交", "成交人数", "接受治疗"),
        ),
        Column(
            "quality_patients", say("优质患者", "Quality patients"), "count", ("优质患者数", "优质", "适应证相符且治疗")
        ),
        Column("revisits_due", say("应复诊", "Revisits due"), "count", ("应复诊人数", "应复查", "到期应复诊")),
        Column("revisits", say("复诊", "Revisits"), "count", ("复诊人数", "复诊量", "按期复诊", "复查人数", "已复诊")),
        Column(
            "surveyed",
            say("收回问卷", "Surveys returned"),
            "count",
            ("收回份数", "问卷数", "评价数", "有效问卷", "回收份数"),
        ),
        Column("satisfied", say("满意份数", "Satisfied"), "count", ("满意", "满意数", "满意人数", "满意问卷")),
        Column(
            "revenue",
            say("收入", "Revenue"),
            "money",
            ("营业收入", "业务收入", "收入金额", "实收", "实收金额", "营收", "业务收入（元）"),
        ),
        Column(
            "spend",
            say("花费", "Spend"),
            "money",
            ("消费", "投入", "费用", "投放费用", "推广费", "花费金额", "成本", "支出", "营销费用"),
        ),
    )
}

DAY = Column(
    "day", say("日期", "Date"), "day", ("时间", "统计日期", "年月日", "就诊日期", "数据日期", "date"), required=True
)

AGGREGATE: Mapping[str, Column] = {"day": DAY, **DIMENSIONS, **MEASURES}

EVENTS: Mapping[str, Column] = {
    c.id: c
    for c in (
        Column(
            "key",
            say("患者代号", "Key"),
            "key",
            ("代号", "匿名编号", "匿名号", "匿名id", "去标识编号", "pseudonym"),
            required=True,
            help=say(
                "医院自己编的代号，不能是姓名、电话、证件号或病历号",
                "a code the hospital made; never a name, phone or record number",
            ),
        ),
        DAY,
        Column("step", say("环节", "Step"), "choice", ("步骤", "动作", "节点", "事件"), STEPS, required=True),
        DIMENSIONS["department"],
        DIMENSIONS["channel"],
        DIMENSIONS["side"],
        DIMENSIONS["project"],
        Column("new", say("初诊", "First visit"), "choice", ("是否初诊", "新患者", "首次到院", "是否首诊"), _YES_NO),
        Column(
            "fits",
            say("适应证相符", "Indication matches"),
            "choice",
            ("是否适应证相符", "适应证", "符合适应证", "适应症相符"),
            _YES_NO,
        ),
        MEASURES["revenue"],
    )
}

COLUMNS: Mapping[LedgerKind, Mapping[str, Column]] = {"aggregate": AGGREGATE, "events": EVENTS}

# Measures that event rows supply; the others come from aggregate rows only.
FROM_EVENTS = (
    "enquiries",
    "bookings",
    "arrivals",
    "new_patients",
    "treatments",
    "quality_patients",
    "revisits",
    "revenue",
)

# Headers of what must never come in, by kind. Compared after NFKC, case folding and removal of blanks and brackets.
FORBIDDEN: Mapping[str, tuple[Message, tuple[str, ...]]] = {
    "name": (
        say("姓名", "names"),
        (
            "姓名",
            "患者姓名",
            "病人姓名",
            "客户姓名",
            "联系人",
            "患者名",
            "患者",
            "病人",
            "客户",
            "家属",
            "家属姓名",
            "patientname",
            "fullname",
            "name",
        ),
    ),
    "phone": (
        say("电话", "phone numbers"),
        (
            "电话",
            "手机",
            "手机号",
            "手机号码",
            "电话号码",
            "联系电话",
            "联系方式",
            "家属电话",
            "phone",
            "mobile",
            "tel",
            "微信",
            "微信号",
            "wechat",
            "qq",
            "邮箱",
            "email",
        ),
    ),
    "id": (
        say("证件号", "identity numbers"),
        (
            "身份证",
            "身份证号",
            "身份证号码",
            "证件号",
            "证件号码",
            "护照号",
            "社保号",
            "社保卡号",
            "医保号",
            "医保卡号",
            "idcard",
            "idnumber",
            "passport",
        ),
    ),
    "record": (
        say("病历号", "record numbers"),
        (
            "病历号",
            "病案号",
            "住院号",
            "门诊号",
            "就诊号",
            "就诊卡号",
            "登记号",
            "患者id",
            "患者编号",
            "病人id",
            "检查号",
            "床号",
            "mrn",
            "patientid",
            "recordnumber",
        ),
    ),
    "address": (
        say("住址", "addresses"),
        (
            "住址",
            "地址",
            "家庭住址",
            "家庭地址",
            "详细地址",
            "现住址",
            "address",
            "出生日期",
            "生日",
            "birthday",
            "dateofbirth",
        ),
    ),
}
