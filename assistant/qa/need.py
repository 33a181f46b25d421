"""What kind of thing a question asks for. The sentence that answers has to give that kind of thing."""

import re
from dataclasses import dataclass
from enum import StrEnum

from assistant.law.values import ValueKind


class Need(StrEnum):
    MONEY = "money"
    COUNT = "count"
    PERCENT = "percent"
    DATE = "date"
    WHEN = "when"
    START = "start"
    DURATION = "duration"
    FREQUENCY = "frequency"
    QUANTITY = "quantity"
    SCORE = "score"
    AREA = "area"
    AGE = "age"
    CONTACT = "contact"
    WHO = "who"
    DEFINITION = "definition"
    CRITERION = "criterion"
    METHOD = "method"
    REASON = "reason"
    DUTY = "duty"
    CONSEQUENCE = "consequence"
    PROCEDURE = "procedure"
    LIST = "list"
    REQUIREMENT = "requirement"
    LOCATE = "locate"
    NAMES = "names"
    YES_NO = "yes_no"
    TOPIC = "topic"


STRICT = frozenset(
    {
        Need.MONEY, Need.COUNT, Need.PERCENT, Need.DATE, Need.WHEN, Need.START, Need.DURATION, Need.FREQUENCY,
        Need.QUANTITY, Need.SCORE, Need.AREA, Need.AGE, Need.CONTACT, Need.NAMES,
    }
)  # fmt: skip
"""Needs that only a stated value of the right kind can meet."""

VALUE_KINDS: dict[Need, frozenset[ValueKind]] = {
    Need.MONEY: frozenset({ValueKind.MONEY}),
    Need.PERCENT: frozenset({ValueKind.PERCENT}),
    Need.DATE: frozenset({ValueKind.DATE, ValueKind.START}),
    Need.WHEN: frozenset({ValueKind.DATE, ValueKind.START, ValueKind.FREQUENCY}),
    Need.START: frozenset({ValueKind.START, ValueKind.DATE}),
    Need.DURATION: frozenset({ValueKind.DURATION, ValueKind.START}),
    Need.FREQUENCY: frozenset({ValueKind.FREQUENCY}),
    Need.SCORE: frozenset({ValueKind.SCORE}),
    Need.AREA: frozenset({ValueKind.AREA}),
    Need.AGE: frozenset({ValueKind.AGE}),
    Need.CONTACT: frozenset({ValueKind.CONTACT}),
    # A bare 多少 asks for an amount; how long and how often have words of their own.
    Need.QUANTITY: frozenset(
        {ValueKind.MONEY, ValueKind.PERSONS, ValueKind.ORGANISATIONS, ValueKind.COUNT, ValueKind.PERCENT}
        | {ValueKind.AREA, ValueKind.AGE}
    ),
}

_MANY = r"(?:(?<!哪)几|多少|多大|多|第几)"

# (need, pattern, value kinds that a count has to have). The first that matches at the leftmost place wins;
# patterns are ordered from the particular to the general.
_PATTERNS: tuple[tuple[Need, str, frozenset[ValueKind] | None], ...] = (
    (Need.CONTACT, r"电话|联系方式|联系人|邮箱|网址|网站|地址|联系谁|怎么联系|如何联系|咨询渠道|公众号|哪个系统|哪个平台|\bphone\b|\bcontact\b|\be-?mail\b|\bwebsite\b", None),
    (Need.NAMES, r"哪几家|名单|哪些(?:企业|单位|公司|中心|机构)(?:已经|入选|获批|通过|拿到)|批了哪", None),
    (Need.LOCATE, r"规定.{0,4}有?哪些[?？]?$|哪几?条|哪些条|第几[条章]|几条(?:有|里|提到)|which articles?", None),
    (Need.REASON, r"为什么|为啥|为何|什么原因|凭什么|出于什么|(?:制定|出台|设立|宗旨)?.{0,8}(?:目的|宗旨)(?:是|分别)|图个?啥|\bwhy\b|\bpurpose\b", None),
    (Need.START, r"从?哪一?[天日年](?:开始|起)|从什么时候(?:开始)?(?:起?算|计算)|何时起算|起算|怎么起算|从何时|什么时候开始算|第几年|从.{1,14}(?:算起|起算|开始算)|starts? (?:counting|running)|exactly does .{0,40} start|when does .{0,60}period (?:start|begin)", None),
    (Need.PERCENT, r"百分之(?:几|多少)|百分比|几成|比例(?!.{0,4}(?:变|调整|转让))|占比|多大比重|比率|百分点|费率|利率|几个点|\bpercent|\bproportion|\bratio\b", None),
    (Need.SCORE, r"满分|得分|总分|分数线|多少分|几分(?!钟)|分值|打分|评分|权重|分数|\bscor(?:e|ing)\b|\bweights?\b", None),
    (Need.AREA, rf"{_MANY}(?:个)?(?:平方米|平米|平方|平|亩|公顷|吨|立方)|(?:多大的?)?面积", None),
    (Need.AGE, r"多大年[龄纪]|多少岁|几岁|年龄|多大岁数", None),
    (Need.FREQUENCY, r"多久(?:进行|开展|搞|做|报|评|考|检|交|开)?.{0,12}一[次回]|(?:几|多少)[年个月天]+.{0,6}[一几][次回]|多长时间.{0,14}一[次回]|周期|频率|每年几次|隔(?:多久|几年|多少年)|几年一[次评轮回考]|how often|how frequently", None),
    (Need.MONEY, r"多少钱|多少(?:万|亿|元|块)|几(?:百|千)?(?:万|亿|元|块钱)|多少资金|金额|额度|补多少|给多少(?!天|年|时间|人|家)|奖多少|花多少|投多少|得多少钱|最高(?:能)?(?:给|补|奖)|how much (?:money|subsid|fund|support|does|can|is)|amount of", None),
    (Need.DURATION, r"多久|多长时间|多长|多少(?:个)?(?:工作日|天|日|周|月|年|小时)|几(?:个)?(?:工作日|天|日|周|星期|个?月|年)(?!份|几号)|期限(?:是|多|有)?|时限|(?:满|过)几年|how long|how many (?:days|months|years|weeks)", None),
    (Need.DATE, r"截止|哪[一个]?[天月]|几月|几号|哪年|哪一年|deadline|日期|最后期限|最晚|最迟|几点|due date|what date", None),
    (Need.WHEN, r"什么时候|啥时候|何时|何日|多会儿|多咱|什么时间|啥时间|时间(?:各?是|点)|\bwhen\b", None),
    (Need.COUNT, rf"{_MANY}(?:个|来)?(?:人|名|位|员工|人员)(?!才计划)|how many (?=[\w&'’ -]{{0,40}}(?:staff|people|person|members|employee|researcher|personnel))", frozenset({ValueKind.PERSONS})),
    (Need.COUNT, rf"(?<!联合)(?<![和跟与找拉同带])(?<!有){_MANY}(?:家|户|所|个单位|个成员|个企业|家企业)|how many (?=[\w ]{{0,30}}(?:compan|organi[sz]ation|firm|institution|enterprise))", frozenset({ValueKind.ORGANISATIONS})),
    (Need.COUNT, rf"{_MANY}个(?=[?？,，。]|$)", frozenset({ValueKind.COUNT, ValueKind.PERSONS, ValueKind.ORGANISATIONS})),
    (Need.COUNT, rf"{_MANY}次|how many times", frozenset({ValueKind.TIMES})),
    (Need.COUNT, rf"{_MANY}(?:个|种|类|项|条|步|档|级|件|台|套|批|方面|块|环节|部分|篇|门|等|份|张|片)|多少(?=条件|职责|等级)|个数|how many", frozenset({ValueKind.COUNT})),
    (Need.QUANTITY, r"多少|多大(?!程度|年|岁)|规模(?:有|是)|数量|指标(?:吗|[?？]|$)|下限|上限|门槛|硬指标|几何|minimum|maximum|at least how|threshold", None),
    (Need.CRITERION, r"(?:什么|啥|怎样|多大|哪些)算(?:是|作)?(?=[\u4e00-\u9fff“])|是?什么标准|什么程度|多严重|怎样才算|怎么才算|咋才算|如何认定为|怎么算是?(?=重大|严重|稳定|固定)|才算(?:严重|重大|稳定)|如何界定|怎么界定|界定|满多久|判断标准|认定标准|衡量", None),
    (Need.METHOD, r"按[^,。?!]{1,12}(?:算(?!作)|计算|统计|平均)|怎么分(?!工)|如何分配|怎么算|怎么计算|如何计算|咋算|怎么核算|如何核算|口径|按哪一?年|怎么统计|如何统计|怎么折算|合并计算|按什么(?:标准|口径)|按(?:照)?.{1,10}算还是|是按.{1,12}还是", None),
    (Need.CONSEQUENCE, r"有什么支持(?!措施|政策)|奖惩|奖罚|甜头|实惠|下场|后果|会?(?:怎么?|咋|如何)(?:处[理置罚]|收拾|对待|惩罚)|会怎么?样?|会咋样?|对应什么处理|什么处理|处[理置]|会不会被|会被|怎么办|咋办|咋整|咋样|受.{0,2}处[罚分]|待遇|好处|奖励(?!多少)|能得到(?:什么|啥)|得到(?:什么|啥)|怎么对待|处罚|罚|采取什么|结果运用|有戏|what happens|consequences?|penalt|rewards?\b|benefits?\b", None),
    (Need.DEFINITION, r"(?:什么|啥)叫|什么是|啥是|是什么意思|什么意思|啥意思|指的?是?(?:什么|啥|谁|哪)|是指|具体指|怎么定义|定义|含义|是个?(?:什么|啥)(?:机构|东西|组织|性质|单位|平台|定位)|是怎么回事|全称|简称|\bwhat is an? |\bdefin(?:e|ition)|\bmeaning of|\bmean by|stands? for", None),
    (Need.PROCEDURE, r"流程|程序|步骤|手续|怎么(?:申报|申请|报送|报(?!销)|办|走|弄|变更|调整|更换|操作|提交|组建|遴选|认定|评)|如何(?:申报|申请|报送|办理|变更|调整|更换|操作|提交|组建|遴选|认定|建)|咋(?:报|办|弄|申报|申请|走|变)|环节|怎么走|怎么做|如何做|第一步|下一步|procedure|process|\bsteps?\b|how (?:do|can|should|to)", None),
    (Need.WHO, r"(?:由|归)?谁(?:来)?(?:出(?!面)|付|掏|承担|负担|买单|所有)?|由?哪个?(?:部门|单位|机构|厅|局|处|组织|级别?)|哪(?:个|一)级|什么(?:部门|单位|机构)|啥部门|找哪|归哪|由哪|哪里(?:审|批|报|管|受理|负责)|哪儿(?:审|批|报|管)|递到哪|交到哪|报到哪|交给|报给|什么(?:样的)?人|啥样的?人|主管部门是|\bwho\b|\bwhom\b|which (?:department|authority|agency|body|organi[sz]ation)|what (?:department|authority|agency)", None),
    (Need.DUTY, r"怎么分工|如何分工|咋分工|管(?:着|些|什么|啥|哪)|干(?:什么|啥|嘛|哪)|做(?:什么|啥|哪)|负责(?:什么|啥|哪)|分工", None),
    (Need.REQUIREMENT, r"(?:什么|啥|哪些|哪几[个项种])(?:样的)?(?:申报|具体|基本|硬性)?(?:要求|条件|标准|限制|规定|说法|资格|讲究)|有(?:何|没有)?(?:要求|限制|规定)(?:标准|限额)?|(?:要求|条件)(?:是|有|呢|？|\?|$)|\brequire(?:ment|d)?|\bcondition|\bcriteria|\beligib", None),
    (Need.LIST, r"写(?:什么|啥|哪)|(?:哪些|什么|啥)内容|哪些|哪几[个种类项方]|有哪|什么(?=方式|形式|措施|职责|内容|支持|服务|任务|项目|原则|机制|激励|情形|情况|材料|方面|组织|类型|种类)|啥(?=支持|活|内容|方式|形式)|列[出举]|都有(?:什么|啥)|包括(?:什么|啥)|有(?:什么|啥)|分(?:为|成)(?:什么|哪)|list\b|\bwhat are\b|which\b", None),
    (Need.YES_NO, r"(?P<verb>[给要用能会行算得准让])不(?P=verb)|[吗不没](?:[？?。！!]|$)|吗[,，]|能不能|可不可以|可否|能否|是否|是不是|有没有|有无|要不要|会不会|用不用|需不需要|行不行|对不对|对吧|是吧|吧[？?]?$|没错|还(?:能|要|得|用)|中不中|够不够|算不算|^(?:do|does|is|are|can|could|may|must|should|will) \w+", None),
    (Need.TOPIC, r"什么|啥|怎么|咋|如何|怎样|哪|呢[?？]?$|\bwhat\b|\bhow\b", None),
)  # fmt: skip

_COMPILED = tuple((need, re.compile(pattern, re.IGNORECASE), kinds) for need, pattern, kinds in _PATTERNS)


@dataclass(frozen=True, slots=True)
class Ask:
    """A need with the place in the question that shows it, and for a count what has to be counted."""

    need: Need
    start: int
    end: int
    text: str
    kinds: frozenset[ValueKind] = frozenset()
    unit: str = ""


def find_asks(text: str) -> list[Ask]:
    """The needs that a question shows, the most particular first; a TOPIC need if it shows none."""
    found: list[Ask] = []
    for need, pattern, kinds in _COMPILED:
        match = pattern.search(text)
        if match:
            wanted = kinds or VALUE_KINDS.get(need, frozenset())
            found.append(Ask(need, match.start(), match.end(), match.group(), wanted, _unit(match.group())))
    return found or [Ask(Need.TOPIC, len(text), len(text), "")]


def _unit(asked: str) -> str:
    """The unit of time that a question names: 多少天 cannot be answered by years."""
    found = re.search(r"工作日|天|日|周(?!期)|星期|月|年|小时", asked)
    return found.group() if found and "多久" not in asked and "时间" not in asked else ""


def has_question(text: str) -> bool:
    """Whether a stretch of text asks something by itself."""
    return any(pattern.search(text) for _, pattern, _ in _COMPILED)
