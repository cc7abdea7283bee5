"""Numbers of people in a plain sentence: those `engine.privacy` finds, and mobile numbers said or written out in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from engine.privacy import find_identifiers

Span = tuple[int, int]
_KINDS: dict[str, str] = {"resident_ids": "resident_id", "mobiles": "mobile", "records": "record_number"}
_SPOKEN = str.maketrans("〇零幺一二两三四五六七八九", "0011223456789")
# What of a hospital's papers and cards carries a number of one patient.
_PAPER = (
    "住院|病历|病案|门诊|急诊|就诊|体检|医保(?:电子凭证|卡)?|社保|电子凭证|病理|病检|活检|切片|蜡块|影像|片子?|ct|mr|核磁|dr|b超|彩超|超声|放射|心电图?|[胃肠内喉]镜|检验|检查|化验|采样|核酸|标本|样本|腕带|手环|"
    "手术|麻醉|透析|血透|病人|患者|(?:健康)?档案|建档|(?:床位|母婴|入院|出院|住院|分娩|新生儿|产房)?登记|出生(?:医学)?证(?:明)?|接种证?|保健手?册|产检|处方|检查申请|申请单?|报告单?|缴费单?|收费单?|结算单?|出院单?|入院证?|"
    "新?农合|健康卡|市民卡|残疾证|低保证?|护照|通行证|军官证|驾驶?证|驾照|居住证|户口|回执|取药|取片|随访|队列"
)
_WORD = rf"(?:{_PAPER})(?:卡|本|单|证|册)?(?:号码|号|编号|id|单号|条码号?|条形码|流水号?|序号)"
_CARD = r"就诊卡(?:一张)?|医保卡|社保卡|健康卡|市民卡|病历本|腕带|护照|床头卡|残疾证|住院卡|mrn|pid|patient id"
_NO_PAPER = r"(?<!许可证)(?<!许可)(?<!机构)(?<!注册)(?<!备案)(?<!挂)"
_NUMBER = r"([a-z]{0,4}-?\d[\d\-/ —]{2,24}\d)(?![\d.%]|\s*(?:[元个张位名人次条例年份台件]|万|亿))"
_RECORD = re.compile(
    rf"{_NO_PAPER}(?:{_WORD}|{_CARD}|(?<!经费)(?<!门禁)(?<!银行)(?<!饭)(?<!工)(?<!会员)(?<!购物)(?<!电话)卡号)"
    rf"(?:尾号|后[四六4-6]位)?[是为:#=,\s(“尾]{{0,4}}{_NUMBER}"
)
# A number that is called by no such word is one where a paper and a person are spoken of, and nothing that is bought or mended.
_ANY = re.compile(
    r"(?:\bid|编号|号码|单号|流水号?|尾号|条码|一串|那串|这串|数字|号)[是为:#=,\s(“]{0,3}([a-z]{0,4}-?\d[\d\- ]{4,24}\d)(?![\d.%元])"
    r"|(?<![\d.\-a-z])([a-z]{0,4}-?\d[\d\- ]{4,24}\d)(?![\d.%元\-])(?=[^。]{0,24}(?:那串|这串|串号|串数字|的号|编号|单号))"
)
_OF_PAPER = re.compile(
    r"出院单|\bid\b|医保|社保|就诊卡|证件|结算|输血|用血|费用|欠费|退费|住院|病历|病案|化验|检验|检查单|检查报告|报告单|腕带|标本|处方|缴费单|结算单|档案|病理|片子|就诊|入院|采样|核酸|条码|诊断|建档|血样|切片|床头卡|取片|取药"
)
_OF_SOMEBODY = re.compile(
    "他|她|本人|患者|病人|病号|家属|大爷|大妈|阿姨|阿[公婆]|奶奶|爷爷|娃|孩子?|宝宝|产妇|失主|那位|这位|老[人汉师]|姑娘|小伙|大姐|大哥|同一个|男|女"
)
_OF_THINGS = re.compile(
    "采购|合同|发票|快递|运单|报修|维修|维保|工号|批号|序列号|出厂|资产|账号|账户|信用代码|专利|会议号|预算|经费|门禁|挂号凭证|取号|信箱|厂家|设备|试剂|耗材|考勤|系统升级|示例|样例|虚构|测试|演练|误印|软件|版本|入库|出库|课题|项目编号|文号|热线|值班|总机"
)
_OTHER = re.compile(
    r"0\d{2,3}-\d{6,8}|(?:19|20)\d\d[-/]?[01]\d[-/]?[0-3]\d$|(?:19|20)\d{2}[-/]\d{1,2}$|1[3-9]\d[- ]?\d{4}[- ]?\d{4}$"
)
# Telephones and dates are looked for elsewhere or not at all. A mobile number has eleven digits, an identity number more; a record number stands behind its word.
_DIGITS = re.compile(r"\d(?:[^\w。]{0,3}\d){8}")
_FEW = re.compile(r"\d(?:[\- /—]{0,3}\d){3}")
# A number called by its name stands close behind it, or is called so a little later.
_CALLED = re.compile(
    r"(?:[号卡码编证带照串单字位水]|病历本|id|mrn|admission|number|no|medical|patient)[^\d。]{0,14}\d|尾号|那串|这串|串号|串数字|的号|编号|单号"
)
_SPOKEN_DIGIT = "[〇零幺一二两三四五六七八九]"
_WRITTEN = re.compile(rf"{_SPOKEN_DIGIT}(?:[\s,、.\-]{{0,2}}{_SPOKEN_DIGIT}){{9}}")
_MOBILE = re.compile(r"(?<!\d)1[\s,、.\-]{0,2}[3-9](?:[\s,、.\-—]{0,2}\d){9}(?!\d)")
# A bed is a place, and an identity number that fails its check digit is none.
_NO_RECORD = re.compile(r"(?:床号?|床位号?|病床号?|身份证号?码?)[\s:#是为=(\[]{0,3}$")
_NONE: Mapping[str, Sequence[Span]] = dict.fromkeys(_KINDS, ())


def numbers_in(text: str) -> Mapping[str, Sequence[Span]]:
    """Where numbers stand, by kind: `resident_ids`, `mobiles`, `records`."""
    written = _WRITTEN.search(text) is not None
    if not written and not _DIGITS.search(text) and not (_FEW.search(text) and _CALLED.search(text)):
        return _NONE
    spoken = text.translate(_SPOKEN) if written else text
    known = find_identifiers(spoken.replace(",", "-").replace("、", "-") if written else text)
    found = {what: [(n.start, n.end) for n in known if n.kind == kind] for what, kind in _KINDS.items()}
    found["records"] = [span for span in found["records"] if not _NO_RECORD.search(text, 0, span[0])]
    found["records"] += [m.span(1) for m in _RECORD.finditer(text) if _long(m[1])]
    found["records"] += _by_the_way(text)
    found["mobiles"] += [m.span() for m in _MOBILE.finditer(spoken)]
    return {what: list(_apart(spans)) for what, spans in found.items()}


def _long(number: str) -> bool:
    return sum(c.isdigit() for c in number) > 3 and not _OTHER.match(number)


def _by_the_way(text: str) -> Iterator[Span]:
    """Numbers that a sentence about a patient's papers names without saying which they are."""
    if _OF_PAPER.search(text) and _OF_SOMEBODY.search(text) and not _OF_THINGS.search(text):
        for match in _ANY.finditer(text):
            if _long(match[match.lastindex or 0]):
                yield match.span(match.lastindex or 0)


def _apart(spans: Sequence[Span]) -> Iterator[Span]:
    last = -1
    for start, end in sorted(set(spans)):
        if start > last:
            yield start, end
            last = end
