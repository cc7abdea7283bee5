"""Names of patients in a plain sentence.

A candidate is a surname with one or two characters behind it. What stands at its sides and what it is made of is
weighed: the word for a patient, a title, what befalls the sick (又吐了, 的化验单, 转ICU), sex and age. Names of staff,
authors and figures of history, pseudonyms and half names (李某, 王女士, 小明) are none; in a row of names all are
what one of them is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from engine.compliance.name_characters import COMMON, COMPOUND, DOUBTFUL, SURNAMES, TYPICAL, WORDS
from engine.frozen import frozen

Span = tuple[int, int]

ENOUGH = 4.0
_PATIENT = (
    "患者|病人|病友|病号|患儿|产妇|孕妇|孕妈|宝妈|伤者|家属|家长|监护人|求美者|顾客|客户|就诊人|受试者|死者|逝者|住户|康复者|当事人|会员|"
    "投诉人|申请人|收款人|失主|主人|缴费人|联系人是|受检者|受检人|捐献者|受者|供者|受捐者|初产妇|经产妇|小患者|小选手|小勇士|小朋友|达人|新生儿|老兵|"
    "伤员|遇难者|孩子|宝宝|女孩|男孩|女童|男童|妻子|丈夫|母亲|父亲|妈妈|爸爸|儿子|女儿|孙子|孙女|老伴|爱人|奶奶|爷爷|外婆|外公|姥姥|姥爷|"
    "大爷|大妈|阿姨|大叔|叔叔|老人|老太太|老先生|老爷子|姑娘|小伙子?|女士|先生|男子|女子|学生|村民|居民|工友|闺女|弟弟|妹妹|哥哥|姐姐|姐妹|兄弟|夫妇|夫妻"
)
_SIDE = r"[^\u4e00-\u9fff\w]"
_CALLED = re.compile(
    rf"(?:(?:{_PATIENT})(?:姓名|名字|名叫|叫做?|名为|是|为|代表|本人|之?一|、|:|,|“|\(|《|——|\s){{0,2}}"
    rf"|(?:姓名|名字|名叫|叫做?|大名|全名|真名|原名|本名|名为|取名|唤作|署名|落款|签名|写成|写着|名唤|登记为|改成|换成|是叫)(?:是|为|叫|:|“|\s|了){{0,2}}"
    rf"|\d{{1,3}}(?:号)?床(?:位)?(?:的)?(?:{_PATIENT})?[\s,:]?|[一二三四五六七八九十]+床[\s,:]?|[\d一二三四五六七八九十]岁(?:半)?(?:的)?(?:男|女)?(?:孩|童|生|士|性|婴)?"
    rf"|(?:新收|收治|收了|收住|新入|转入|转来|接诊了?|抢救|送来|送别|悼念|祝贺|恭喜|祝愿|感谢|谢谢|寻找|寻人|寻|随访|回访|联系|通知|复查|化疗|透析|探望|看望|救治|救下|获救|送的|住的|重抽|核对|认领|欠费|催缴|产下|诞下|来自|写给)(?:的|是|了|有|一下|:|“|\s){{0,2}})$"
)
# One character before a name: a mark, a verb, a particle; not the end of a longer word.
_BEFORE = frozenset(
    "是叫把给和与跟及向为让由被找替帮对请问劝陪的了着就那位个者人手儿妈爸母亲女男床妹宝友婆嫂伯孩娃童喜谢贺福妇写谁呼喊催查收抽接送换约等到将同兵子户家名星员工师民士"
)
_TITLE = r"先生|女士|小姐|阿姨|大爷|奶奶|爷爷|大妈|大叔|叔叔|小朋友|同学|老人|宝宝|婆婆|老爷子|老太太?|老先生|大姐|大娘|老伯|伯伯|伯母|老汉|患者|病人|患儿|产妇|妈妈|爸爸|母子|夫妇|夫妻|家属|家长|一家|家里|两口子|父子|母女|老奶奶|老爷爷|姐姐|妹妹|弟弟|哥哥|老师傅|师傅|大嫂|大哥|本人|两位|三位|等人|等\d"
_BEFALLS = (
    r"电话|手机|身份证|联系方式|微信|住址|家住|住院|入院|出院|转院|转科|转到|转入|转出|转去|转回|转icu|进icu|就诊|复查|复诊|随访|回访|术前|术后|手术|化疗|放疗|透析|血透|输液|输血|打针|抽血|换药|拆线|拔管|插管|插着|过敏|阳性|阴性|确诊|诊断|发热|发烧|高烧|"
    r"又?(?:吐|疼|痛|烧|咳|喘|哭|闹|拔|摔|跌|晕|拉|痒|肿|渗|尿|便)|的(?:气|套管|导管|管|体重|病危|拒|知情|陪|血|尿|便|痰|片子|病历|病案|病理|化验|报告|检查|检验|ct|核磁|彩超|b超|心电图|药|针|输液|石膏|胎|床|家属|老婆|老公|女儿|儿子|老伴|妈|爸|母亲|父亲|家人|丈夫|妻子|爱人|伤口|刀口|切口|引流|敷料|血压|血糖|体温|手术|号|卡|腕带|身份证|住院|医保|押金|费用|账单|胃镜|肠镜|基因|标本|故事|事|情况|病|眼睛|牙|腿|膝|腰|名字|照片|视频|采访|信|锦旗|投诉|出院|入院|快递|手机|电话|孩子|宝宝|遗体|胚胎|卵|精液|冻|过敏史|病史|器官|角膜|监护人)|"
    r"隆鼻|隆胸|整形|植发|种牙|矫正|正畸|摘镜|分娩|顺产|剖宫产|剖腹产|生产|生了|产后|怀孕|孕\d|妊娠|备孕|试管|胚胎|待产|喂奶|哺乳|康复|恢复|痊愈|好转|下床|行走|站起|病情|病危|病故|去世|离世|抢救|醒了|清醒|昏迷|突发|主诉|自述|自诉|诉|反映|投诉|欠费|缴费|退费|报销|失联|走失|"
    r"[(（]?(?:男|女)(?:[,、)）\s\d]|性)|[(（,、]?\s?(?:男|女)[,、)）\s]|[(（,]\s?\d{1,3}(?:岁|个月|床)|\d{1,3}岁|住(?:在|进|了|院|\d|心|内|外|骨|儿|妇|呼|神|普|泌)|患(?:有|上|了|病)?|得了|查出|检出|打卡|减重|控糖|戒|来(?:我院|院|科|电|信|复|换|拆|打|看|做|拿|取|治|住|查)|在(?:我院|本院|我科|牙椅|病床|icu|重症|手术|门诊|急诊|病房|急救|产房|候诊|透析)|"
    r"没(?:来|做|打|交|到|醒|吃|去)|拒绝|要求|同意|签(?:了|字)|同意书|需|已脱离|仍在|病房|病床|留观|禁食|空腹|抽|做了|做完|做的|打了|吃了|喝了|换了|装了|植入|接受|送来|送的|送到|送医|脱离"
)
_TITLED = re.compile(_TITLE)
_AROUND = re.compile(rf"\s?[”\")]?(?:{_TITLE}|{_BEFALLS})")
_GOES_ON = re.compile(
    r"$|[\s,。:;、!?()\[\]“”/|《》—…·]|\d|[之夜的在已又昨今明从说把被因也还不没是有将于和与及来到去写正刚就要让给跟对都却曾仍自每第早晚上下先再走躺坐站捧举笑拿带用抱"
    r"收终成连接顺平]|凌晨|同意|告诉|表示|回忆|当场|家"
)
_NO_PERSON = re.compile(
    r"\s?(?:医院|门诊|诊所|口腔|眼科|中医|妇产|儿童|康复|骨科|皮肤|医疗|医药|制药|药业|药房|药店|大药房|路|街|巷|大道|镇|村|乡|县|市|区|省|科|楼|药|大厦|广场|公司|集团|学校|中学|小学|大学|幼儿园|"
    r"社区|小区|花园|公园|超市|饭店|酒店|山|湖|河|岛|桥|站|牌|版|号线|病区|奖|杯|基金|法|氏|综合征|征|疗法|体操|汤|丸|散|膏|片(?!子)|胶囊|颗粒|注射液|血(?![。,;!了]|压|糖|常规|样|透)|树|花|茶|酒|米)"
)
_STAFF = r"(?:主任|副主任|医生|医师|大夫|护士|护士长|教授|院长|书记|药师|技师|博士|科长|处长|经理|主管|治疗师|老师|专家|同志|团队|名医|记者|律师|部长|局长|组长|督导|营养师|导医|馆长|研究员|院士|学长|处|医|所长|厂长|会长|主席|代表|委员|县长|市长|镇长|校长|董事长|总经理|总监|工程师|队长|班长|站长|干事|规培生|实习生|研究生|博士后|院办|护工|保洁|保安|志愿者|义工|讲师|教练|导演|设计师|摄影师|画家|作家|歌手|演员|主持人)"
_BEFORE_STAFF = re.compile(rf"{_STAFF}(?:[:,、(]|\s)?$")
_AFTER_STAFF = re.compile(
    rf"\s?[(（,]?\s?(?:副|主治|住院|责任|首席|执行|常务|带教|管床|门诊)?{_STAFF}(?!转|在\d|的床|住|入院|出院|说我|告诉我)"
)
_AT_WORK = re.compile(
    r"(?:文字|图文|执笔|排版|主讲|主讲为|主讲人|讲者|讲课|授课|主持|带教|值班|总值班|夜班|白班|中班|早班|小夜|大夜|替班|顶班|出诊|坐诊|当班|管床|主刀|一助|二助|助手|器械|巡回|洗手|麻醉|复核|经办|联系人|负责人|作者|撰稿|撰文|审稿|审核|校对|编辑|责编|供稿|摄影|拍摄|插画|插图|绘图|配音|采写|文/|图/|"
    r"整理|编写|编译|翻译|口述|来源|通讯员|记者|组长|排班|考核|督办|抄送|签发|汇报|出席|到岗|轮转|进修|入职|值守|牵头|对接|报送|统筹|监制|策划|出品|嘉宾|主创|发明人|法人|法定代表人|拟任|任命|聘任|聘请|选举|推选|交给|委托|由|@|责任护士|核对人|记录人|制表|制单|填表|录入|保管人|持有人|开发|资助|捐赠人|冠军|亚军|季军|首任|特邀|邀请到?|聘|院长|市民|义工|热心人)"
    r"(?:人|员|者|是|为|:|、|,|\s|\(|“|的|了){0,2}$"
)
_WORKS = re.compile(
    r"\s?(?:主刀|坐诊|出诊|接诊|值班|当班|带教|授课|主讲|讲课|查房|接任|调任|任|担任|到岗|报到|轮转|进修|就职|供职|毕业|从医|擅长|获(?:得|评|奖)|当选|荣获|摄|文$|供稿|撰|整理(?:$|,|。)|手绘|设计|编写|主持|介绍(?:,|说|:)|指出|强调|解释|建议|提醒|认为|解读|讲解|发言|致辞|汇报|负责|接手|接替|跟进|对接|复核|巡查|带队|牵头|"
    r"教您|教你|为您|帮您|将为|开讲|做客|受邀|组织|主管|分管|签发|批示|开会|排班|换班|替班|请假|休假|加班|交班|接班|开始.{0,4}工作)"
)
# Of whom such a sentence speaks may be patients as well; a name in it needs more around it.
_OFFICE = re.compile(
    r"拟任|任命|聘任|公示|入党|党员|党支部|团委|工会|表扬名单|优秀员工|先进个人|到岗|报到|轮转|规培|进修|值班|排班|竞聘|职称|年会|培训|讲课|授课|课题|论文|技能|大赛|比武|通讯录|分机|志愿|义工|捐赠|研究员|人事|招聘|实习|带教|主讲|讲座|论坛|学术|作者|审稿|译者|"
    r"化名|虚构|示例|样例|样张|假名|剧本|虚拟|情景|古代|古人|历史|记载|典籍|《|成语|小说|电影|电视剧|中药|饮片|药材|处方药|方剂"
)
_MADE_UP = re.compile(r"(?:均?为?虚构|化名|假名|虚拟|样例|示例|例如|比如|譬如|“张三”|张三|李四|王五)")
_FAMOUS = re.compile(
    "李时珍|张仲景|孙思邈|华佗|扁鹊|白求恩|南丁格尔|林巧稚|钟南山|屠呦呦|吴孟超|裘法祖|葛洪|皇甫谧|朱丹溪|李东垣|叶天士|钱乙|王清任|陶弘景|杜甫|李白|白居易|苏轼|王维|陆游|林黛玉|贾宝玉|诸葛亮|曹操|孙悟空|"
    "杨家将|项羽|屈原|王安石|何首乌|杜仲|高良姜|黄柏|黄连|黄芪|黄芩|白术|白芍|马齿苋|牛黄|牛膝|石斛|石膏|雷公藤|王不留行|罗汉果|车前|金银花|夏枯草|元胡|牡丹"
)
_PSEUDONYM = re.compile(r"\s?[(（“]?(?:化名|此为化名|为化名)|\s?\(.{0,6}化名")


@frozen
class _Candidate:
    """A name that may be one: where it stands, and what speaks for it. `staff`: it is somebody at work."""

    start: int
    end: int
    weight: float
    staff: bool


_COMPOUND = tuple(COMPOUND.split("|"))
_GIVEN = "".join(sorted(TYPICAL))
_ONE = re.compile(
    rf"(?=((?:{COMPOUND})[\u4e00-\u9fff]{{1,2}}|[{SURNAMES}](?:[{_GIVEN}][\u4e00-\u9fff]?|[\u4e00-\u9fff][{_GIVEN}])))"
)
_CALLED_SO = re.compile(
    rf"(?:名叫|叫做?|大名|全名|本名|真名|姓名[:是为|]\s?)([\u4e00-\u9fff][{_GIVEN}]{{2}})(?=$|[,。、;:!?\s)”]|的|在|已|今|昨|目前|现)"
)
_FOREIGN = re.compile(r"[\u4e00-\u9fff]{2,5}·[\u4e00-\u9fff]{2,5}?(?=家|的|入|住|今|昨|在|老|大|阿|$|[,。、:;!?\s)”])")
_HALF = frozenset(
    "奶奶 爷爷 婆婆 女士 先生 小姐 阿姨 大爷 大妈 大叔 叔叔 伯伯 大姐 大娘 大夫 医生 护士 主任 院长 老板 老师 同学 师傅 宝宝 妈妈 爸爸 姐姐 妹妹 哥哥 弟弟 公公 姥姥 嫂子 姑娘 家人 家属 教授".split()
)
_NOT_GIVEN = frozenset(
    "某姓氏男女岁先医护主院科病患人的了是有在和与或及等因为于曾已将应需须请如若不无未没会要经被让把对从到后前时中内外下高低大多少老住出入就复查检手术治疗服用吃药第每该此其本他她它你我们这那哪什也都还又再很最更个名位只条次种几两做说看"
)
_SICK = re.compile(
    rf"{_PATIENT}|[胃尿导套]管|气切|造瘘|鼻饲|翻身|褥疮|压疮|二线|转科|拒签|签了|留观|宫|妊|胚胎|冻存|奶|尿布|喂|睡|醒|闹|哭|补液|吸氧|退烧|烧|骨折|黄疸|泻药|读者|来信|恭喜|祝贺|打卡|控糖|血[糖压型]|伤口|拔管|约束|本人|产检|发热|疼|痛|咳|检[查验]|治疗|药|针|诊|祝福|生日|缝|敷料|引流|氧|饮食|[流半]食|尿|便|[阳阴]性|[抽采输献]血|疫苗|基因|病[房区室床历案理危情]|拆[线完]|门牌|[全大姓]名|名[字叫牌单]|送别|安宁|床|术|化[验疗]|放疗|报告|"
    r"[住入出]院|[随回]访|icu|查房|过敏|胎|孕|透|输液|标本|腕带|锦旗|认领|石膏|夜班|出生|陪护|岁|心电|[肠胃喉]镜|切片|登记|挂号|号源|候诊|叫号|牙|眼|肺|肝|肾|胸|膝|腰|颈|皮肤|肿|瘤|癌|症|烧|吐|咽|泻|晕|摔|跌|急[救诊]|抢救|康复|训练|护[士理]|护工|病|减重|戒[酒烟]|助听|眼镜|隆|植发|整形|欠费|费用|投诉|账单|押金|退费|身份证|住院|医保|血|苏醒|昏迷|轮椅|拐杖|监护|重症"
)
_JOINT = re.compile(r"[、,和与及跟/\s]{1,2}")


def patient_names(text: str) -> Iterator[Span]:
    """Where names of patients stand in a plain sentence, in order and without overlap."""
    found = list(_apart(_candidates(text)))  # most sentences have none: looked for first
    if not found or not _SICK.search(text) or _MADE_UP.search(text):
        return
    need = ENOUGH + 1.5 if _OFFICE.search(text) else ENOUGH
    for row in _rows(text, found):
        if not any(one.staff for one in row) and max(one.weight for one in row) >= need:
            for one in row:
                if len(row) == 1 or one.weight >= ENOUGH - 1.5:
                    yield one.start, one.end


def _candidates(text: str) -> Iterator[_Candidate]:
    ones = list(_ONE.finditer(text))
    if not ones and "·" not in text:
        return
    for match in ones:
        start, end = match.span(1)
        longest = end
        while end - start >= 2:
            one = _weighed(text, start, end)
            if one is not None:
                yield one
            end -= 1
            if longest - end > 1:
                break
    for match in _CALLED_SO.finditer(text):
        if text[match.start(1) : match.start(1) + 2] not in WORDS and not _NO_PERSON.match(text, match.end(1)):
            yield _Candidate(*match.span(1), ENOUGH, staff=_is_staff(text, *match.span(1)))
    for match in _FOREIGN.finditer(text) if "·" in text else ():
        yield _Candidate(*match.span(), ENOUGH + 2, staff=_is_staff(text, *match.span()))


def _weighed(text: str, start: int, end: int) -> _Candidate | None:
    """What speaks for a name there; None if it is none for certain."""
    own = _made_like_a_name(text[start:end])
    if own is None or own + 5 < ENOUGH or text[start : start + 2] in WORDS:
        return None
    right = 2.0 if _AROUND.match(text, end) else 1.0 if _GOES_ON.match(text, end) else 0.0
    doubt = 1.0 if text[start] in DOUBTFUL and end - start > 2 else 0.0
    if own + right + 2 + doubt < ENOUGH:
        return None
    left = _left(text, start)
    weight = own + left + right + (doubt if left > 1 else 0.0)
    if end - start == 2 and (
        min(left, right) < 1 or left + right < 3 or (own < 1.5 and left < 2 and not _TITLED.match(text, end))
    ):
        weight -= 2
    if weight < ENOUGH - 1.5 or _FAMOUS.search(text, max(0, start - 1), end + 1):
        return None
    if _NO_PERSON.match(text, end) or _PSEUDONYM.match(text, end):
        return None
    return _Candidate(start, end, weight, staff=_is_staff(text, start, end))


def _left(text: str, start: int) -> float:
    """What stands before a name: words that call somebody by it, a mark or a short word, or anything."""
    if _CALLED.search(text, max(0, start - 14), start):
        return 2.0
    inside = start > 0 and "\u4e00" <= text[start - 1] <= "\u9fff" and text[start - 1] not in _BEFORE
    return 0.0 if inside else 1.0


@lru_cache(maxsize=10_000)
def _made_like_a_name(name: str) -> float | None:
    """How much the characters themselves are those of a name."""
    long = next((c for c in _COMPOUND if name.startswith(c) and len(name) > len(c)), "")
    given = name[len(long) or 1 :]
    if given in _HALF or any(c in _NOT_GIVEN and c not in TYPICAL for c in given):
        return None
    weight = {0: -0.5, 1: 1.0, 2: 2.5}[sum(c in TYPICAL for c in given)]
    if len(given) == 1:
        weight += 0.5 if weight > 0 else 0.0
    elif given[0] == given[1]:
        weight = max(weight, 2.0)
    common = sum(c in COMMON for c in given)
    if long:
        return weight + 1.5 - 0.5 * common
    if name[0] in DOUBTFUL:
        return weight - 1.0 - 0.5 * common
    return weight - 0.5 * (common > 1 or (common == 1 and weight < 2))


def _is_staff(text: str, start: int, end: int) -> bool:
    if _AFTER_STAFF.match(text, end) or _WORKS.match(text, end):
        return True
    low = max(0, start - 10)
    if _BEFORE_STAFF.search(text, low, start) or _AT_WORK.search(text, low, start):
        return True
    return text[max(0, start - 1) : start] in tuple("科部处办室组队局所站") and not _AROUND.match(text, end)


def _apart(candidates: Iterator[_Candidate]) -> Iterator[_Candidate]:
    """Of those that overlap the heavier one; of equals the longer."""
    kept: list[_Candidate] = []
    for one in sorted(candidates, key=lambda c: (-c.weight, c.start - c.end, c.start)):
        if all(one.end <= k.start or k.end <= one.start for k in kept):
            kept.append(one)
    return iter(sorted(kept, key=lambda c: c.start))


def _rows(text: str, names: Sequence[_Candidate]) -> Iterator[list[_Candidate]]:
    """Names that stand side by side, joined by no more than a comma or an 'and'."""
    row: list[_Candidate] = []
    for one in names:
        if row and not _JOINT.fullmatch(text, row[-1].end, one.start):
            yield row
            row = []
        row.append(one)
    if row:
        yield row
