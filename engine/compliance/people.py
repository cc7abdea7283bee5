"""People in a text: names of patients, and facts that together point at one person. Numbers are `engine.privacy`'s.

A name is a surname with one or two characters behind it, next to words that say it is a patient's (患者、家属、女士 …, or
sex and age behind it). Names of staff, pseudonyms and half names (李某, 王女士, 小明) are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

Span = tuple[int, int]

_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛奚范彭郎鲁韦马苗凤方俞任袁柳鲍史唐"
    "费廉岑薛雷贺倪汤滕罗毕郝邬安常傅卞齐康伍余元卜顾孟平黄穆萧尹姚邵汪毛禹狄米贝明臧计成戴宋茅庞熊纪舒屈项祝董梁杜阮蓝闵"
    "席季麻贾路娄江童颜郭梅盛林钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫房裘解应丁宣邓洪包左石崔吉龚程邢裴陆荣翁荀甄曲封储靳"
    "段焦巴牧车侯全班仇秋仲伊宫宁甘厉武符刘景詹龙叶黎白蒲赖卓屠池乔闻党谭劳申冉桑桂牛边尚温庄晏瞿阎连习艾向古易廖耿匡文欧"
    "曾沙关相荆游权盖单洛商肖聂晁敖冷辛练曹邸涂麦寇帅鄢佘覃丛阳"
)
_COMPOUND = "欧阳|上官|司马|诸葛|皇甫|尉迟|公孙|慕容|司徒|令狐|东方|夏侯|端木|南宫"
_NOT_GIVEN = "某姓氏男女岁先医护主院科病患人的了是在有和与或及等因为于曾已将可应需须请如若不无未没能会要经被让把对从到后前时中内外上下高低大小多少老住出入就复查检手术治疗服用吃药第每该此其本他她它你我们这那哪什也都还又再很最更×*xX口同家"
_GIVEN = rf"[^{_NOT_GIVEN}\W\da-zA-Z_]"
_NAME = rf"(?:(?:{_COMPOUND}){_GIVEN}{{1,2}}|[{_SURNAMES}]{_GIVEN}{{1,2}})"
# What may stand behind a name: a mark, a bracket, sex, or a word with which a sentence goes on.
_AFTER = (
    r"(?=$|[\s,。:;、!?()\[\]“”/|《》—…·]|\d|男|女|因|于\d|于[今去昨前上]|在(?!于)|的(?!确)|来(?!源)|今|昨|前天|入院|住院|出院|就诊|复查|复诊|术后|手术|"
    r"已|主诉|突发|自述|反映|送来|送的|接受|经过|经我|经本|被|患|确诊|诊断|表示|说|告诉|做|是|从|先生|女士|小姐|阿姨|大爷|奶奶|爷爷|大妈|大叔|"
    r"同学|小朋友|老人|宝宝|本人|家属|的家|及|和|与|等|将|至|到|去|出生|身份证|电话|手机|住|没|未|不|也|明天|下午|上午|早上|晚上|需|要|可|请|曾|一家|顺利|康复|恢复)"
)
_PATIENT = (
    r"(?:患者|病人|病友|病号|患儿|产妇|孕妇|孕妈|宝妈|伤者|家属|家长|监护人|求美者|顾客|客户|就诊人|受试者|死者|逝者|住户|老病号|康复者|当事人|会员|志愿者家属)"
)
_NAMED = r"(?:姓名|名字|名叫|叫做|叫|名为|是|为|:|,|、|“|\(|——|代表|兼|名单|\s|[A-Z\d]{1,3}床|:\s){0,2}"
_STAFF = (
    r"(?:主任|副主任|医生|医师|大夫|护士|护士长|教授|院长|书记|药师|技师|博士|科长|处长|经理|主管|治疗师|老师|专家|同志|团队|名医|记者|律师|部长|局长|组长|督导|营养师|导医|馆长|研究员|院士|学长|处|医|所长)"
)
_BEFORE_STAFF = re.compile(rf"{_STAFF}(?:[::,、]|\s)?$")
_AFTER_STAFF = re.compile(rf"\s?[(（,]?\s?(?:副|主治|住院|责任|首席|执行|常务|带教)?{_STAFF}")
_WORDS = re.compile(
    "方便|安全|安静|安心|安慰|平时|平稳|平均|常见|常规|常用|高度|高龄|高危|高热|高烧|高血|白天|白带|白内|黄疸|温水|温和|温馨|明确|明显|明白|成功|成年|全身|全程|全部|全家|"
    "向医|向护|向家|向我|万一|万元|任何|任意|应该|应急|应当|单独|单位|单纯|连续|连接|连日|解释|解决|解除|管理|管床|包括|包含|关心|关注|关节|关系|游泳|相关|相信|文化|文明|文书|"
    "和家|支持|支付|计划|计算|宣教|宣传|左侧|左手|左右|左眼|左膝|左腿|石膏|金额|金属|华丽|江苏|江西|江南|江北|江镇|云南|宁波|宁静|武汉|武警|齐全|康复|康健|康养|元旦|元宵|路过|路途|路上|"
    "纪录|纪念|舒适|舒服|席位|季节|季度|项目|项链|熊猫|祝福|祝您|祝贺|贺卡|毛发|毛病|马上|马虎|苗条|房间|房颤|章程|古稀|边缘|尚未|尚可|尚需|冷静|冷敷|冷热|冷汗|田间|田地|"
    "童年|童话|时间|时候|容易|权益|权利|权限|施行|施术|施治|孔径|曲线|曲度|梅毒|麻木|麻醉|麻烦|米饭|严重|严格|严密|何时|何种|何处|许多|许可|贝壳|甘草|党员|牛奶|车祸|车间|车主|"
    "班级|班主|秋季|秋冬|夏季|夏天|凌晨|史无|易发|易感|易患|习惯|艾灸|艾滋|景区|农民|封闭|段落|焦虑|巴结|全麻|全口|全科|曹操|卫生|戴口|戴眼|戴手|戴牙|戴镜|穆斯|严禁|严控|莫名|莫大|盛情|"
    "欧洲|张口|张嘴|张开|张贴|水肿|闻讯|闻到|梁柱|华人|沙眼|龙眼|桂圆|党委|陶瓷|柏油|祝愿|安装|安排|安抚|平卧|平躺|平静|平安|符合|申请|申报|申诉|商量|商业|宫颈|宫腔|宫外|班车|牧区|"
    "甲状|仇人|伊始|翁婿|景象|高兴|高中|高考|高级|高峰|高额|高尿|高脂|高糖|高压|高空|孟加|孙子|孙女|江湖|席地|余下|余额|连夜|连忙|毕业|毕竟|毕生|万分|全都|全力|全天|全面|全国|段时|舒缓|解答|解读|"
    "计费|管路|管子|管道|阳性|阳台|阳光|林区|金秋|金牌|单眼|单侧|单人|双方|双眼|温度|常年|常常|常来|安检|边防|明天|明年|明日|相约|相互|相继|相对|向来|向着|关爱|关怀|关闭|成人|成长|成为|成员|应邀|应对|包扎|包装|家庭|解放|解约|文字|文章|计入|权威|权重|冷冻|左心|右心|石头"
)
_FORMS = tuple(
    re.compile(form, re.DOTALL)
    for form in (
        rf"{_PATIENT}{_NAMED}(?P<name>{_NAME}){_AFTER}",
        rf"(?<![\u4e00-\u9fff])(?P<name>{_NAME})\s?[,(、|/\s]\s?(?:性别[:：]?)?[男女](?:性)?\s?[,)、|/\s。;]?\s?(?:年龄[:：]?)?(?:\d|[一二三四五六七八九]|$|,|，)",
        rf"(?:姓名|患者名|病人名|就诊人)\s?[:：|]\s?(?P<name>{_NAME})(?=$|[\s,。;、|()])",
        rf"(?<![\u4e00-\u9fff老小])(?P<name>{_NAME})(?=(?:先生|女士|小姐|阿姨|大爷|奶奶|爷爷|大妈|大叔|小朋友|同学|老人|宝宝|婆婆|老爷子|老太太))",
        rf"\d{{1,3}}(?:号)?床(?:位)?(?:的)?(?:患者|病人|产妇)?\s?[,:]?(?P<name>{_NAME}){_AFTER}",
        rf"\d{{1,2}}岁(?:的)?(?:男|女)?(?:孩|童|生|士|性|婴|患者|病人|患儿)?(?P<name>{_NAME}){_AFTER}",
        rf"(?P<name>{_NAME})(?=(?:的)?(?:病历|病案|化验单|检查报告|片子|住院号|身份证|胃镜|CT|核磁|病理|基因检测|hiv|乙肝))",
    )
)
_PSEUDONYM = re.compile(r"\s?[(（“]?(?:化名|此为化名|为化名)|\s?\(.{0,6}化名")


def patient_names(text: str) -> Iterator[Span]:
    """Where names of patients stand in a plain sentence, in order and without overlap."""
    found: set[Span] = set()
    for form in _FORMS:
        for match in form.finditer(text):
            start, end = match.span("name")
            if _is_name(text, start, end):
                found.add((start, end))
    last = 0
    for start, end in sorted(found, key=lambda s: (s[0], -s[1])):
        if start >= last:
            yield start, end
            last = end


def _is_name(text: str, start: int, end: int) -> bool:
    name = text[start:end]
    if _WORDS.search(name) or _WORDS.match(text, start):
        return False
    if _AFTER_STAFF.match(text, end) or _BEFORE_STAFF.search(text, max(0, start - 6), start):
        return False
    return not _PSEUDONYM.match(text, end)


_RARE = (
    "戈谢病|法布雷病|庞贝病|渐冻症|肌萎缩侧索硬化|脊髓性肌萎缩|血友病|成骨不全|瓷娃娃|白化病|苯丙酮尿症|威尔逊病|肝豆状核变性|马凡综合征|尼曼匹克|黏多糖|粘多糖|糖原累积|"
    "亨廷顿|多发性硬化|视神经脊髓炎|重症肌无力|肺动脉高压|结节性硬化|普拉德|天使综合征|地中海贫血|卡尔曼|克罗恩|阵发性睡眠性血红蛋白尿|系统性硬化|特发性肺纤维化|"
    "杜氏肌营养不良|大疱性表皮松解|蝴蝶宝贝|艾滋|hiv|梅毒|麻风|狂犬病|鼠疫|罕见病|罕见|朊毒体|克雅氏|早衰症|雷特综合征|法洛|黑斑息肉|异戊酸|甲基丙二酸|枫糖尿|尿素循环|囊性纤维化|腓骨肌萎缩|"
    "神经纤维瘤|遗传性血管性水肿|莱伯|视网膜母细胞瘤|嗜铬细胞瘤|卵黄囊瘤|肾上腺脑白质|低磷|佝偻|噬血|朗格汉斯|淋巴管肌瘤|白塞|多发性大动脉炎|连体|特纳综合征|克氏综合征|戊二酸|线粒体"
)
_QUASI: tuple[tuple[str, str], ...] = (
    ("date", r"(?:\d{4}年)?(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:\d{1,2}|[一二三四五六七八九十]{1,3})[日号]|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}月初[一二三四五六七八九十]|(?:腊月|正月)[初廿一二三四五六七八九十]{2}|(?:除夕|中秋|国庆|元旦|端午|大年)(?:当天|那天|夜|初[一二三四五六七八])"),
    ("place", r"[\u4e00-\u9fff]{1,4}(?:镇|村|屯|寨|弄|胡同|社区|街道|小区|家园|花园|新村|乡|庄|里弄|湾|岛|矿区|林场|农场|茶场)(?!卫生|医院|医生|级|上的人|静|痛|定|居民|义诊)"),
    ("age", r"(?:\d{1,3}|[一二三四五六七八九十百]{1,4})(?:周)?岁(?:半|零|的|大|男|女|$|,|\(|)(?!以上|以下|以内|至|到|左右|~|-)|\d{1,2}个月大|出生\d{1,2}天|\d{4}年(?:\d{1,2}月)?(?:出生|生人)"),
    ("rare", _RARE),
    ("job", r"教师|老师(?!傅)|校长|镇长|村长|村支书|支书|村主任|会计|司机|民警|警察|消防员|厨师|法官|律师|记者|主播|网红|渔民|船长|矿工|裁缝|铁匠|茶农|果农|养蜂|石匠|木匠|快递员|外卖员|邮递员|军人|退役|运动员|教练|老板|厂长|董事|摊主|店主|经营|开(?:店|超市|饭馆|诊所)|理发师|工程师|护林员|焊工|电工|环卫工|保安|船员|高三|高一|高二|初[一二三]|[一二三四五六]年级|小学生|中学生|公务员|局长|主任科员|副镇长|演员|歌手|设计师|程序员|飞行员|列车|银行|职工|职员|唱戏|卖(?:鱼|菜|肉|豆腐)|包子铺|养殖"),
    ("family", r"[其他她](?:父|母|妻|夫|子|女|爸|妈|丈夫|妻子|儿子|女儿|哥|弟|姐|妹)|父亲|母亲|丈夫|妻子|爱人|儿子|女儿|爷爷|奶奶|外婆|外公|姥姥|舅舅|姑姑|叔叔|双胞胎|三胞胎|龙凤胎|独生|遗孀|孪生|哥哥|弟弟|姐姐|妹妹|孙子|孙女|老伴|配偶|单亲|前夫|前妻|养女|养子"),
    ("half_name", r"[\u4e00-\u9fff](?:某某?|[xX×]{1,2})(?![种些个项次天])|[\u4e00-\u9fff](?:女士|先生|大爷|阿姨|奶奶|爷爷|老师|老汉|大妈|小姐|师傅)"),
    ("school", r"[\u4e00-\u9fff]{1,6}(?:小学|中学|幼儿园|一中|二中|三中|大学|学院|厂|矿|派出所|公司|供销社|信用社|税务所|法院)(?!生)|全(?:镇|村|县|校|厂|乡)唯一|唯一的|唯一一"),
    ("bed", r"\d{1,3}(?:号)?床|\d{3,4}(?:号)?(?:病房|房间)"),
)  # fmt: skip
_QUASI_FORMS = tuple((kind, re.compile(form)) for kind, form in _QUASI)
# Staff and speakers have jobs and names too: a sentence about them is none about a patient.
_NO_PATIENT = re.compile(r"出诊|坐诊|招聘|报名|讲座|义诊|培训|会议|开诊|值班|授课|任命|公示|招标|通知如下")
ENOUGH = 3


def quasi_span(text: str) -> Span | None:
    """From the first to the last of the facts that together point at one person; None for fewer than three kinds."""
    if _NO_PATIENT.search(text):
        return None
    found = {kind: match for kind, form in _QUASI_FORMS if (match := form.search(text))}
    if "half_name" in found and "job" in found and _overlap(found["half_name"], found["job"]):
        del found["half_name"]
    strong = found.keys() & {"age", "rare", "half_name", "bed", "family"}
    if len(found) < ENOUGH or not strong:
        return None
    return min(m.start() for m in found.values()), max(m.end() for m in found.values())


def _overlap(a: re.Match[str], b: re.Match[str]) -> bool:
    return a.start() < b.end() and b.start() < a.end()
