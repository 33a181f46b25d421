"""Whether a sentence gives the kind of thing that is asked for, about the thing that it is asked of.

Similarity cannot tell 整改期多长 from 申报截止日期是哪天; this can. Nothing here knows a regulation.
"""

import re

from assistant.law.sentences import Span
from assistant.law.values import Value, ValueKind
from assistant.qa.evidence import Segment, Unit
from assistant.qa.need import STRICT, Ask, Need
from assistant.qa.parts import Part, is_organ
from assistant.qa.terms import Term

_ENUMERATION = re.compile(
    r"[^，。；]{1,24}(?:、[^，。；]{1,24})+|“[^”]+”“[^”]+”|[^，。；]{1,12}(?:或者?|以及|和)[^，。；]{1,12}|各类|各种|各项"
)
_WAYS = re.compile(r"等(?:方式|形式|途径|渠道|手段|方面)")
_AGENT = re.compile(
    r"厅|局|部门|委员会|政府|单位|机构|企业|高校|学校|院所|协会|银行|组织|公司|人才|专家|负责人|办公室|"
    r"专班|小组|中介|法院|本人|人员|理事会|董事会|省工业和信息化部|市级|省级"
)
# Who pays and whose it is are not told by whoever happens to stand in the sentence.
_SPECIAL_WHO = (
    (
        re.compile(r"谁(?:来)?(?:出(?!面|席|具)|付|掏|承担|负担|买单)"),
        re.compile(r"承担|负担|支付|出资|列支|分担|安排资金"),
    ),
    (
        re.compile(r"归谁(?:所有|[?？]|$)|归属|归哪(?:个|一)?(?:单位|家|方)?(?:所有|[?？]|$)"),
        re.compile(r"归[^，。；]{1,12}所有|归属|所有权"),
    ),
)
_SUBJECT_LENGTH = 40
# 不报会怎么样 asks for what follows an omission.
_OMISSION = re.compile(r"(?:不|没有?|未|逾期)(?!合格|达标|诚信|服|良)[\u4e00-\u9fff]{1,4}(?:会|的话|怎么|有什么|咋)")
_OMISSION_IN_LAW = re.compile(r"[不未]|逾期|拒")
_CONSEQUENCE = re.compile(
    r"给予|予以|督促|撤销|处理|处罚|处分|支持|奖励|取消|责令|追究|警告|通报|限期|整改|不予|收回|追回|终止|暂停|不得|移出|"
    r"扣减|减半|停止|约谈|列入|优先|加分|免于|退回|重新|承担|补助|资助|罚款|表扬|授予|颁发|享受|视为|督导|可以|应当"
)
_PROCEDURE = re.compile(
    r"(?<!按)程序|流程|步骤|审核|审批|批复|批准|报备|备案|报省|报市|报送|提交|提出|申请|受理|评审|公示|推荐|论证|签订|公布|公告|"
    r"办理|认定|验收|评估|登记|上报|报.{0,12}(?:厅|局|部门|政府)|组建|发起|加入"
)
_DUTY = re.compile(r"负责|配合|承担|组织|指导|协调|研判|探索|职责|审核|筛选|统筹|拨付|安排")
_COMPOSITION = re.compile(r"写(?:什么|啥|哪)|内容$|包括|包含|涵盖|分[为成]|组成|构成")
LISTS_STEPS = re.compile(r"程序|流程|步骤|办理|方式")
_METHOD = re.compile(
    r"计算|折算|口径|按照?[^，。；]{1,16}(?:确定|计算|核算|计)|核算|统计|专款专用|为准|平均|累计|合计|标准"
)
_CRITERION = re.compile(r"是指|指的?是|视为|认定为|下列情形|界定|达到[^，。；]{0,12}(?:以上|的)")
_REASON = re.compile(
    r"为了|为(?=[^，。；]{2,}，|[^，。；]{2,}制定|加强|规范|扎实|推动|促进|贯彻|落实|缓解|提高|保障)|旨在|目的|宗旨|因[^此，。；]|由于|鉴于"
)
_NORMATIVE_FILLER = re.compile(
    r"不少于|不低于|不高于|不超过|不得|至少|最少|最多|最高|最低|达到|应当?|必须|需|为|是|给予|予以|每校|每家|每个|每人|每年|"
    r"总额|以上|以下|以内|之内|内|原则上|一次性|的|数|共|约|在|上|人均|每|进行|开展|合计|累计|其中|且|并|或|和|由|按照?|补助|奖励|标准"
)


def supplies(unit: Unit, part: Part, ask: Ask) -> bool:
    """Whether the unit, which is about the part's terms, gives what `ask` wants."""
    if ask.need in STRICT:
        return _states_value(unit, part, ask)
    text = unit.sentence.text
    match ask.need:
        case Need.WHO:
            return _names_agent(unit, part)
        case Need.DEFINITION:
            return _defines(unit, part)
        case Need.CONSEQUENCE:
            return _has_consequence(unit, part)
        case Need.PROCEDURE:
            return _has_step(unit, part)
        case Need.METHOD:
            return bool(_METHOD.search(text))
        case Need.CRITERION:
            return _in_clause_of_term(unit, part, _CRITERION)
        case Need.REASON:
            return bool(_REASON.search(text))
        case Need.DUTY:
            return _has_duty(unit, part)
        case Need.LIST:
            return unit.is_lead or _enumerates(unit, part)
        case _:
            return True


def attaches_consequence(unit: Unit) -> bool:
    """Whether a sentence has a word for what follows from something."""
    return _CONSEQUENCE.search(unit.sentence.text) is not None


def anchor(part: Part, ask: Ask) -> Term | None:
    """The term that the asked value belongs to: the one next to the words that ask."""
    terms = [t for t in part.required if t.known]
    if not terms:
        return None
    # Terms that an earlier part lent have no place in this text; they serve only if there is no other.
    own = terms if not part.inherited else [t for t in terms if part.text[t.start : t.end] == t.text] or terms
    return min(own, key=lambda t: (_gap(t, ask), -t.weight))


def _gap(term: Term, ask: Ask) -> int:
    if term.end <= ask.start:
        return ask.start - term.end
    if term.start >= ask.end:
        return (term.start - ask.end) * 2
    return 0


def find_any(segment: Segment, term: Term) -> int:
    """Where a term stands in a segment in any of its forms, or -1."""
    return max((segment.find(form) for form in term.forms), default=-1)


def _states_value(unit: Unit, part: Part, ask: Ask) -> bool:
    values = [v for v in unit.values if v.kind in ask.kinds and _unit_fits(v, ask)]
    bound = anchor(part, ask)
    if bound is None:
        # No topic: 要多少人 is answered by the count itself; a time without a matter is the time of anything.
        return ask.need in (Need.COUNT, Need.MONEY, Need.CONTACT) and bool(values)
    if ask.need is Need.CONTACT and find_any(unit.sentence, bound) >= 0:
        # 咨询电话：024-… stands after a colon.
        return bool(values)
    for value in values:
        clause = _aside(unit, value) or _clause_of(unit, value)
        if clause is None or _stands_beside(clause, value, unit, bound):
            return True
        if _is_bare(clause, value) and _governs(unit, clause, bound):
            return True
    return ask.need is Need.COUNT and ask.kinds == {ValueKind.COUNT} and _countable(unit, part, bound)


def _unit_fits(value: Value, ask: Ask) -> bool:
    """多少天 is not answered by years; 几年 is not answered by days; 年度 is no time at which something is due."""
    if ask.need is Need.WHEN and value.kind is ValueKind.FREQUENCY and not value.text.startswith("每"):
        return False
    if not ask.unit or value.kind not in (ValueKind.DURATION, ValueKind.START, ValueKind.FREQUENCY):
        return True
    days = {"天", "日", "工作日", "周", "星期"}
    return (ask.unit in days) == (value.unit in days) if value.unit else ask.need is not Need.DURATION


def _stands_beside(clause: Segment, value: Value, unit: Unit, bound: Term) -> bool:
    """Whether the term stands in the clause of a value and outside the value: 自发布之日起 says not when it was 发布."""
    offset = clause.span.start - unit.start
    for form in bound.forms:
        at = clause.find(form)
        inside = value.start <= at + offset and at + offset + len(form) <= value.end
        if at >= 0 and not (inside and value.kind is ValueKind.START):
            return True
    return False


def _aside(unit: Unit, value: Value) -> Segment | None:
    """A value in brackets is said of the word before the brackets: 中心主任（原则上三年内不予调整）."""
    text = unit.sentence.text
    opened = max(text.rfind("（", 0, value.start), text.rfind("(", 0, value.start))
    closed = max(text.rfind("）", 0, value.start), text.rfind(")", 0, value.start))
    if opened <= closed:
        return None
    begin = max(text.rfind(mark, 0, opened) for mark in "、，,；。：") + 1
    ends = [i for i in (text.find("）", value.end), text.find(")", value.end)) if i >= 0]
    end = min(ends, default=len(text) - 1) + 1
    borders = frozenset(b - begin for b in unit.sentence.borders if begin <= b <= end)
    start = unit.start + begin
    return Segment(Span(start, unit.start + end, unit.sentence.span.text[begin:end]), borders)


def _clause_of(unit: Unit, value: Value) -> Segment | None:
    place = unit.start + value.start
    return next((c for c in unit.clauses if c.span.start <= place < c.span.end), None)


def _is_bare(clause: Segment, value: Value) -> bool:
    """Whether a clause states a value of nothing that it names itself (…，每校最高不超过40万元)."""
    rest = clause.text.replace(value.text, "")
    return len(re.sub(r"\W", "", _NORMATIVE_FILLER.sub("", rest))) <= 1


def _governs(unit: Unit, clause: Segment, bound: Term) -> bool:
    """Whether the words before a bare clause, or the heading of its item, name the thing."""
    before = [c for c in unit.clauses if c.span.start < clause.span.start]
    if before and find_any(before[-1], bound) >= 0:
        return True
    near = [s for s in unit.context if s.span.end > s.span.start and s.span.start >= unit.provision.start]
    return any(find_any(s, bound) >= 0 for s in near)


def _countable(unit: Unit, part: Part, bound: Term) -> bool:
    """A list can be counted; 至少几家 asks for a rule and not for a count of what is listed."""
    if re.search(r"至少|最少|最多|起码|不少于|上限|下限|以上|多少(?!项|条|种|类|个)", part.text):
        return False
    if unit.is_lead:
        return find_any(unit.sentence, bound) >= 0
    names = "|".join(re.escape(f) for f in bound.forms)
    listed = rf"(?:、[^，。；]+|“[^”]+”)(?:等)?(?:{names})|(?:{names})[^，。；、]{{0,4}}(?:分为|包括|有)[^，。；]*、"
    return re.search(listed, unit.sentence.text) is not None


def _names_agent(unit: Unit, part: Part) -> bool:
    text = unit.sentence.text
    for asks, gives in _SPECIAL_WHO:
        if asks.search(part.text):
            return gives.search(text) is not None
    asked = "".join(f for t in part.terms for f in t.forms) + part.text
    if unit.head is not None and _AGENT.search(unit.head.text[:_SUBJECT_LENGTH]):
        return True
    return any(
        m.group() not in asked or m.group() in ("厅", "部门", "单位") for m in _AGENT.finditer(unit.sentence.text)
    )


def _in_clause_of_term(unit: Unit, part: Part, pattern: re.Pattern[str]) -> bool:
    return any(
        pattern.search(clause.text) and any(find_any(clause, t) >= 0 for t in part.required) for clause in unit.clauses
    )


def _defines(unit: Unit, part: Part) -> bool:
    text = unit.sentence.text
    if not part.required:
        # 什么是省创中心: the thing itself, said at the head of a sentence.
        names = "|".join(re.escape(f) for t in part.terms for f in t.forms)
        return bool(names) and re.match(rf"(?:本办法所称)?(?:{names})[，,]?(?:属于|是指|是|指)", text) is not None
    for term in part.terms:
        for form in term.forms:
            name = re.escape(form.strip("“”\"'"))
            pattern = (
                rf"{name}型?[”\"'）)]?[，,]?(?:是|即|指|属于|作为)|{name}型[”\"]?应|{name}(?<=型)应|"
                rf"是[^。；]*{name}[^，。；]{{0,8}}[。；]?$|"
                rf"(?:以下)?(?:简称|统称|称为|称)[^，。；]{{0,4}}{name}|本办法所称{name}"
            )
            if re.search(pattern, text):
                return True
    return False


def _has_consequence(unit: Unit, part: Part) -> bool:
    """The sentence attaches a consequence to the thing asked about, in other words than the question's own."""
    text = unit.sentence.text
    if _OMISSION.search(part.text) and not _OMISSION_IN_LAW.search(text):
        return False
    places = [p for t in part.required if t.known and t.noun for p in [find_any(unit.sentence, t)] if p >= 0]
    first = min(places, default=0)
    asked = {f for t in part.required for f in t.forms}
    return any(m.start() >= first and m.group() not in asked for m in _CONSEQUENCE.finditer(text))


def _has_step(unit: Unit, part: Part) -> bool:
    """A list of steps, or a sentence with a step other than the word that the question itself has."""
    if unit.is_lead:
        return LISTS_STEPS.search(unit.sentence.text) is not None
    asked = {f for t in part.required for f in t.forms}
    return any(m.group() not in asked for m in _PROCEDURE.finditer(unit.sentence.text))


def _has_duty(unit: Unit, part: Part) -> bool:
    """The sentence says what the one who is asked about does, and not only that he is told or asked."""
    place = min((p for t in part.required for p in [find_any(unit.sentence, t)] if p >= 0), default=0)
    acts_itself = place <= 30 or not any(is_organ(t) for t in part.required)
    return acts_itself and _DUTY.search(unit.sentence.text[place:]) is not None


def _enumerates(unit: Unit, part: Part) -> bool:
    """A clause lists something, and it is a clause that names a term of the question or follows one that does.

    包括哪些 asks what a thing consists of: there the list has to be said of that very thing.
    """
    terms = [t for t in part.required if t.known]
    if terms and _COMPOSITION.search(part.text[: part.asks[0].end][-6:]):
        left = [t for t in terms if t.end <= part.asks[0].start]
        subject = max(left or terms, key=lambda t: t.end)
        names = "|".join(re.escape(f) for f in subject.forms)
        return (
            re.search(
                rf"(?:{names})[”\"]?[^，。；“”]{{0,6}}(?:包括|包含|分为|为|是|有|指|即|涵盖|：|:)",
                unit.sentence.text,
            )
            is not None
        )
    named = [not terms or any(find_any(c, t) >= 0 for t in terms) for c in unit.clauses]
    for index, clause in enumerate(unit.clauses):
        ways = _WAYS.search(clause.text) and any(named[index:])
        if (ways or any(named[: index + 1])) and _ENUMERATION.search(clause.text):
            return True
    return False
