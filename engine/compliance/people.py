"""Facts that together point at one person. Names are `names`, numbers are `engine.privacy`."""

from __future__ import annotations

import re

Span = tuple[int, int]

_RARE = (
    "戈谢病|法布雷病|庞贝病|渐冻症|肌萎缩侧索硬化|脊髓性肌萎缩|血友病|成骨不全|瓷娃娃|白化病|苯丙酮尿症|威尔逊病|肝豆状核变性|马凡综合征|尼曼匹克|黏多糖|粘多糖|糖原累积|"
    "亨廷顿|多发性硬化|视神经脊髓炎|重症肌无力|肺动脉高压|结节性硬化|普拉德|天使综合征|地中海贫血|卡尔曼|克罗恩|阵发性睡眠性血红蛋白尿|系统性硬化|特发性肺纤维化|"
    "杜氏肌营养不良|大疱性表皮松解|蝴蝶宝贝|艾滋|hiv|梅毒|麻风|狂犬病|鼠疫|罕见病|罕见|朊毒体|克雅氏|早衰症|雷特综合征|法洛|黑斑息肉|异戊酸|甲基丙二酸|枫糖尿|尿素循环|囊性纤维化|腓骨肌萎缩|"
    "神经纤维瘤|遗传性血管性水肿|莱伯|视网膜母细胞瘤|嗜铬细胞瘤|卵黄囊瘤|肾上腺脑白质|低磷|佝偻|噬血|朗格汉斯|淋巴管肌瘤|白塞|多发性大动脉炎|连体|特纳综合征|克氏综合征|戊二酸|线粒体"
)
_QUASI: tuple[tuple[str, str], ...] = (
    ("date", r"(?:\d{4}年)?(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:\d{1,2}|[一二三四五六七八九十]{1,3})[日号]|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|上周[一二三四五六日天]|上个?月(?:\d{1,2}|[一二三四五六七八九十]{1,3})[号日]|\d{1,2}月初[一二三四五六七八九十]|(?:腊月|正月)[初廿一二三四五六七八九十]{2}|(?:除夕|中秋|国庆|元旦|端午|大年)(?:当天|那天|夜|初[一二三四五六七八])"),
    ("place", r"[\u4e00-\u9fff]{1,4}(?:镇|(?<!农)(?<!乡)村|棚户区|坪|坳|巷|渡口|码头|屯|寨|弄|胡同|社区|街道|小区|家园|花园|新村|乡|庄|里弄|湾|岛|矿区|林场|农场|茶场)(?!卫生|医院|医生|级|上的人|静|痛|定|居民|义诊)"),
    ("age", r"(?:\d{1,3}|[一二三四五六七八九十百]{1,4})(?:周)?岁(?:半|零|的|大|男|女|$|,|\(|)(?!以上|以下|以内|至|到|左右|~|-)|[男女]的?[一二三四五六七八九]?十[一二三四五六七八九]?(?=[,，])|[一二三四五六七八九]十[一二三四五六七八九]?了|\d{1,2}个月大|出生\d{1,2}天|\d{4}年(?:\d{1,2}月)?(?:出生|生人)"),
    ("rare", _RARE),
    ("job", r"环卫|女工|养猪|养鸡|养鸭|养羊|养牛|养鱼|摆摊|煎饼|裁缝铺|守塔|门卫|兽医|法警|教师|老师(?!傅)|校长|镇长|村长|村支书|支书|村主任|会计|司机|民警|警察|消防员|厨师|法官|律师|记者|主播|网红|渔民|船长|矿工|裁缝|铁匠|茶农|果农|养蜂|石匠|木匠|快递员|外卖员|邮递员|军人|退役|运动员|教练|老板|厂长|董事|摊主|店主|经营|开(?:店|超市|饭馆|诊所)|理发师|工程师|护林员|焊工|电工|环卫工|保安|船员|高三|高一|高二|初[一二三]|[一二三四五六]年级|小学生|中学生|公务员|局长|主任科员|副镇长|演员|歌手|设计师|程序员|飞行员|列车|银行|职工|职员|唱戏|卖(?:鱼|菜|肉|豆腐)|包子铺|养殖"),
    ("family", r"[其他她](?:父|母|妻|夫|子|女|爸|妈|丈夫|妻子|儿子|女儿|哥|弟|姐|妹)|父亲|母亲|丈夫|妻子|爱人|儿子|女儿|爷爷|奶奶|外婆|外公|姥姥|舅舅|姑姑|叔叔|双胞胎|二胎|三胎|三胞胎|龙凤胎|独生|遗孀|孪生|哥哥|弟弟|姐姐|妹妹|孙子|孙女|老伴|配偶|单亲|前夫|前妻|养女|养子"),
    ("half_name", r"[\u4e00-\u9fff](?:某某?|[xX×]{1,2})(?![种些个项次天])|[\u4e00-\u9fff](?:女士|先生|大爷|阿姨|奶奶|爷爷|老师|老汉|大妈|小姐|师傅)"),
    ("school", r"[\u4e00-\u9fff]{1,6}(?:小学|中学|幼儿园|一中|二中|三中|大学|学院|厂|矿|派出所|公司|供销社|信用社|税务所|法院)(?!生)|全(?:镇|村|县|校|厂|乡)唯一|唯一的|唯一一"),
    ("bed", r"\d{1,3}(?:号)?床|\d{3,4}(?:号)?(?:病房|房间)"),
)  # fmt: skip
_QUASI_FORMS = tuple((kind, re.compile(form)) for kind, form in _QUASI)
# Staff and speakers have jobs and names too: a sentence about them is none about a patient.
_NO_PATIENT = re.compile(r"出诊|坐诊|招聘|报名|讲座|义诊|培训|会议|开诊|值班|授课|任命|公示|招标|通知如下")
# One of these has to be there: without age, rare disease, relation, bed or half a name no one person is meant.
_FAMILY = next(form for kind, form in _QUASI if kind == "family").partition("|父亲")[2]
_STRONG = (
    *"岁 十四 十了 的四 的五 的三 的六 的七 的八 个月大 出生 生人 某 × 女士 先生 大爷 阿姨 奶奶 爷爷 老师 老汉 大妈 小姐 师傅 床 病房 房间 父 母 妻 丈夫 爸 妈".split(),
    *(word for word in f"{_FAMILY}|{_RARE}".split("|") if word),
)
_ONE_STRONG = re.compile("|".join(sorted(set(_STRONG))))
ENOUGH = 3


def quasi_span(text: str) -> Span | None:
    """From the first to the last of the facts that together point at one person; None for fewer than three kinds."""
    if not _ONE_STRONG.search(text) or _NO_PATIENT.search(text):
        return None
    found = {kind: match for kind, form in _QUASI_FORMS if (match := form.search(text))}
    for other in ("job", "family"):
        if "half_name" in found and other in found and _overlap(found["half_name"], found[other]):
            del found["half_name"]
    strong = found.keys() & {"age", "rare", "half_name", "bed", "family"}
    if len(found) < ENOUGH or not strong:
        return None
    return min(m.start() for m in found.values()), max(m.end() for m in found.values())


def _overlap(a: re.Match[str], b: re.Match[str]) -> bool:
    return a.start() < b.end() and b.start() < a.end()
