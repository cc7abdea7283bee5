"""What an advertisement says beside the eight items it may show (办法 6): a clause of which something is left over.

The items are name, address, ownership, category, departments, beds, hours and telephone, with the number of the review.
Each has a form of its own: what has one is taken out of a clause, and what is left is more than may be said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

Span = tuple[int, int]

_REVIEW = re.compile(
    r"[(\[]?[\u4e00-\u9fff]{0,4}[)\]]?(?:中医|医)?广(?:审)?[^,;\n]{0,6}(?:〔|\[|\(|《|【)[^)〕\]】》]{2,8}(?:〕|\]|\)|】|》)[^号\n]{0,24}号"
)
_EDGE = re.compile(r"[,;。!?\n·|/:—()《》“”\s…]|\d\.(?=\D)")
_WORDS = re.compile(r"[\u3400-\u9fff]|[a-z]{2,}")
_SAID = "的了着是让把给您你我他她它们请很更最就都也还不没别吗呢吧啊来选找看治认准懂会能可"
# Words with which somebody is spoken to or of; no item has one.
_TALK = re.compile("[的了着把给您你他她它们很更最都也还没吗呢吧啊懂]|(?<![类级])别")
_PLACE = rf"[^{_SAID}\W_]"
_KIND = (
    "医院|门诊部|诊所|卫生院|卫生服务(?:中心|站)|医疗中心|医学中心|卫生所|卫生室|医务室|疗养院|体检中心|护理院|护理站|护理中心|保健院|保健所|血透中心|透析中心|康复中心|影像中心|检验中心|急救中心|急救站|"
    "医馆|中医馆|国医馆|国医堂|中医堂|医院集团|妇幼保健计划生育服务中心|妇幼保健中心|防治院|防治所|专科门诊|综合门诊|分院|总院|院区|本部|东院|西院|南院|北院|新院|老院"
)
_STEMS = (
    "预防保健|全科医疗|全科|内|呼吸内|消化内|神经内|心血管内|血液内|肾病|肾内|内分泌|免疫学|变态反应|老年病|风湿免疫|风湿|外|普通外|普外|神经外|骨|泌尿外|泌尿|胸外|心脏大血管外|心外|烧伤|整形外|肝胆外|肛肠|胃肠外|甲乳外|乳腺外|血管外|"
    "妇产|妇|产|计划生育|优生学?|生殖健康与不孕症|生殖医学|生殖|妇女保健|青春期保健|围产期保健|更年期保健|妇女心理卫生|妇女营养|儿|新生儿|小儿[\u4e00-\u9fff]{1,4}|儿童[\u4e00-\u9fff]{1,4}|小儿|眼|耳鼻咽喉|耳鼻喉|耳|鼻|咽喉|"
    "口腔|口腔内|口腔颌面外|正畸|口腔正畸|口腔修复|修复|口腔种植|种植|牙体牙髓病?|牙周病?|口腔黏膜病?|预防口腔|口腔预防|口腔麻醉|口腔颌面医学影像|皮肤|皮肤病|皮肤性病|性传播疾病|性病|医疗美容|美容外|美容牙|美容皮肤|美容中医|"
    "精神|精神病|精神卫生|药物依赖|精神康复|社区防治|临床心理|心理|司法精神|传染|感染性?疾病|肝病|肠道传染病|呼吸道传染病|虫媒传染病|动物源性传染病|蠕虫病|结核病?|地方病|肿瘤|急诊医学|急诊|康复医学|康复|运动医学|职业病|临终关怀|安宁疗护|特种医学与军事医学|麻醉|疼痛|重症医学|"
    "医学检验|检验|临床体液、?血液|临床体液|临床微生物学|临床化学检验|临床免疫、?血清学|临床细胞分子遗传学|病理|医学影像|影像|放射|x线诊断|ct诊断|磁共振成像诊断|核医学|超声诊断|超声|心电诊断|脑电及脑血流图诊断|神经肌肉电图|介入放射学|放射治疗|"
    "中医|中医[\u4e00-\u9fff]{1,4}|针灸|推拿|针灸推拿|骨伤|老年|养生|民族医学|维吾尔医学|藏医学|蒙医学|彝医学|傣医学|中西医结合|治未病|透析|血液透析|营养|输血|药剂|体检|健康体检|眼视光|视光|乳腺|甲状腺|心胸外|脊柱外|关节外|手足外|创伤|护理|老年医|临床营养|男|脑|心脏|血液"
)
_TIME = (
    r"周[一二三四五六日天末]|星期[一二三四五六日天]|礼拜[一二三四五六日天]|每[天日周月]|全[天年周]|工作日|法定|节假日?|假日|双休日?|周末|上午|下午|中午|早上?|晚上?|夜间|昼夜|白天|凌晨|夏[季令]|冬[季令]|春|秋|无休|不休息?|不打烊|照常|"
    r"接诊|开诊|应诊|坐诊时间|门诊|急诊|营业|开放|(?:24|二十四)小时|\d{1,2}[:点时](?:\d{1,2}分?|半)?|[一二三四五六七八九十]{1,3}[点时](?:半|[一二三四五六七八九十]{1,3}分?)?|除外|休息?|含|起|止|次日|前|后|\d{1,2}月|\d{1,2}日"
)
_LABEL = (
    "医疗广告审查证明文?号?|审查证明文?号?|广告审查文?号|文号|第一名称|第二名称|(?:医疗)?机构(?:第一)?名称|名称|地址|院址|地点|所有制(?:形式|性质)?|经营性质|(?:医疗)?机构(?:性质|类别|类型|等级)|类别|类型|性质|(?:核准)?诊疗科目|诊疗科室|诊疗范围|科目|科室(?:设置)?|(?:编制|开放|核定|实有)?床位数?|牙椅数?|"
    "(?:接诊|门诊|开诊|营业|服务|就诊|应诊|工作|开放)时间|时间|(?:联系|咨询|预约|急诊|急救|服务|门诊|办公室?|投诉|固定|总机)?(?:电话|热线|总机|座机|手机|专线)(?:咨询|预约)?|联系方式|tel|执业许可证?(?:登记)?号?|登记号|邮编|法定代表人"
)
_OWNED = (
    "全民(?:所有制?|所有)?|国有(?:制)?|国营|公立|公办|集体(?:所有制?|所有)?|民营|民办(?:非企业(?:单位)?)?|私立|私营|私人(?:所有制?|所有|独资)?|私有(?:制)?|个体(?:所有)?|个人(?:独资|所有)?|股份(?:合作|有限)?制?|合资(?:合作)?|合作(?:制)?|中外合资|(?:有限)?责任?公司|社会办医?|政府办|事业单位|"
    "非?营利性?(?:医疗机构)?|盈利性?|(?:一|二|三)级(?:甲|乙|丙)?等?|综合性?|专科|(?:乡镇|中心|社区|街道|县级|市级|区级|省级)|其他|机构|所有制?"
)
_COUNTED = r"(?:编制|开放|实有|核定|设|有|现有)?(?:病床|床位|牙椅|综合治疗台|床|诊椅|透析机)数?(?:共|约|为)?(?:\d+|[一二三四五六七八九十百千两]+)余?(?:张|台|把|个|位)?|(?:\d+|[一二三四五六七八九十百千两]+)余?[张台把个](?:病床|床位|牙椅|床|诊椅|综合治疗台)|(?:\d+|[一二三四五六七八九十百千两]+)张"
_END = "路街巷弄道里坊号楼层室座栋幢园苑旁侧口处内上边畔东西南北面头桥站门岛湾洲段组角村镇乡县区市省"
# A name praises nobody and is no one else's choice.
_NO_NAME = re.compile(
    "定点|(?<!股份)(?<!合资)合作(?!制)|专(?!科|业)|指定|推荐|首选|放心|信赖|一流|知名|品牌|唯一|顶级|权威|优质|贴心|满意|身边|门口|值得|守护|呵护|新生活|首家|王牌|国际化|高端|口碑|"
    "最|第一(?!人民|中心|医院|附属|妇|中医|中西|口腔|儿童|职工|总|名称|门诊)"
)
_LINKS = r"就在|有事|请?(?:致电|拨打|打|拨)|详询|和|与|及|以及|至|到|等|设有?|位于|地处|坐落于?|共|约|本院|我院|由|为|在|或|另|隔壁|转|分机"
_ITEM = re.compile(
    rf"(?:{_LABEL})|(?:{_COUNTED})|(?:(?:{_TIME})(?:至|到|-|~|、)?)+|(?:(?:{_OWNED})(?:{_KIND}|医疗机构)?)|(?:医疗机构)|(?:{_STEMS})(?:科|专业)(?:专业)?|{_LINKS}"
)
# Characters that stand in none of these; two of them in a clause are enough to know.
_OWN = "".join(sorted({c for c in _ITEM.pattern if "\u4e00" <= c <= "\u9fff"}))
_FOREIGN = re.compile(rf"[^{_OWN}\W\d_a-z]")
_PLACED = re.compile(r"[路街巷弄道里坊村镇]|\d[号楼层室]")
_HEAD, _JOINT = re.compile("^(?:核准)?(?:诊疗)?(?:科目|科室)"), re.compile("[、和与及]")
_KINDS = re.compile(rf"^{_PLACE}{{0,24}}(?:{_KIND})(?:(?:股份)?有限(?:责任)?公司)?$")
_NAMES_ITSELF = re.compile(rf"^(?:{_PLACE}{{2,20}}?(?:{_KIND})){{1,2}}")
_ADDRESS = re.compile(
    rf"^(?=.*[路街巷弄道里坊号楼村镇乡县区市省场厦桥口])(?:[^{_SAID}\W_]|-){{0,39}}(?:[{_END}]|胡同|单元|广场|大厦|中心|商场|小区|花园|社区|对面|商铺|门面|底商|店面|\d(?:-\d+)*)$"
)
_DEPARTMENT = re.compile(rf"^(?:{_STEMS})(?:科|专业|医学科|医疗科|科专业|学科|学专业|诊断专业)$")
_LISTED = re.compile(rf"^(?:(?:{_STEMS})(?:科|专业|医学科|医疗科|科专业|诊断专业)?)$")


def beside_the_items(text: str) -> Iterator[Span]:
    """Clauses of a plain sentence that say something else than the eight items."""
    blank = _REVIEW.sub(lambda m: "\n" * len(m[0]), text)
    start, departments = 0, False
    for edge in (*_EDGE.finditer(blank), None):
        end = edge.start() if edge else len(blank)
        clause = blank[start:end]
        if len(_WORDS.findall(clause)) >= 2 and not _is_item(clause, departments):
            yield start, end
        if clause.strip():
            departments = clause.endswith(("科目", "科室", "范围", "科室设置")) or (
                departments and (edge is None or edge[0] not in ",;。\n")
            )
        if edge and edge[0] in ";。\n":
            departments = False
        start = edge.end() if edge else end


def _is_item(clause: str, departments: bool) -> bool:
    if _TALK.search(clause) or _NO_NAME.search(clause):
        return False
    if _KINDS.match(clause) or _ADDRESS.match(clause):
        return True
    form = _LISTED if departments or clause.startswith(("诊疗科目", "科目")) else _DEPARTMENT
    if all(form.match(name) for name in _JOINT.split(_HEAD.sub("", clause)) if name):
        return True
    left = _NAMES_ITSELF.sub("", clause)
    if len(_FOREIGN.findall(left)) < 2 or _PLACED.search(left):
        left = _ITEM.sub("", left)
    return len(_WORDS.findall(left)) < 2 or bool(_ADDRESS.match(left))
