"""Facts stated in running text: 现有固定研发人员83人, 尚未成立专家委员会, 我们是公司型."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from assistant.precheck.find_fields_labels import Closeness, LabelMatch
from assistant.precheck.find_fields_values import Reading, as_upper_bound, near_caveats
from assistant.precheck.form_schema import Choice, FieldType, FormField, FormSchema
from assistant.precheck.words import folded
from assistant.rules.quantity import Quantity, find_quantities, read_quantity

_MAX_TEXT = 20_000
_SENTENCE = re.compile(r"[^。；;！!？?\n]+[。；;！!？?]?")
_CLAUSE = re.compile(r"[^，,、：:。；;！!？?\n（）()]+")
_GAP = re.compile(
    r"(?:[\s,、:的了()“”\"~]|人数|数量|数额|数|总数|总额|总量|总计|合计|共计|共有|共|规模|金额|分别|实际|实有|现有|现为|目前|当前|现在|现|已经|已|均|为|是|有|在|达到|达|"
    r"仅有|仅|只有|只|才|就|也|还|却|拥有|配备|配有|我们|单位|公司|中心|上一?年度?|去年|今年|本年度|全年|年度|每年|一年|当年|投入|支出|花了?|用了?|"
    r"(?:19|20)[0-9]{2}年?度?|截至[^,。]{0,14}|截止[^,。]{0,14}|(?:尚|还|仍)?(?:未|没有?)(?:达到?|达标|满)?|左右|以上|以下|人|名|位|(?:不是|并非|而非|还差|差)[0-9.]{1,12}[万亿]?[元人名]?"
    r"|元|万元|但|不过|确切地?说|更正|应该是|改为)*"
)
_JOINED = re.compile(r"(?:的|多|余|左右的|以上的|全职|在职|在岗)?")
_REQUIRED_AFTER = re.compile(
    r"^(?:以上|以下|及以上)?(?:的|这一|这个|这条)?(?:要求|标准|门槛|条件|红线|底线|规定|限制|最低|硬杠)|^(?:才|就)(?:行|可以|能)|^(?:吗|么|对吗|是吗|还是|呢)"
)
_REQUIRED_BEFORE = re.compile(
    r"(?:需要?|要求|要有?|必须有?|须有?|应有?|得有|应配备|需配备|须配备|应当有?|是不是要|标准为?|门槛为?)[是为]?$"
)
_GROWTH_BEFORE = re.compile(
    r"(?:引进|新增|招聘|新招|再招|增加|补充|还差|还缺|缺|差|培养|减少|流失|吸引|聘请|外聘|兼职|双聘)了?$"
)
_LOWER_BOUND = re.compile(r"^(?:不[得]?(?:少|低)于|至少|最少|起码|≥|>=|不下于?)")
_OWN = re.compile(r"我们|我单位|本单位|我司|本?公司|目前|现有|已有|现在|拥有|实有|我校|我院|我所|本中心")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}年?")
_CHANGE_BEFORE = re.compile(r"(?:新增|引进|招聘|新招|增加|减少|流失|培养|人均|同比|平均|每年新增|拟招|补充)[的了]?$")
_AND = re.compile(r"\s*(?:和|及|与|、|加|以及|\+|或)\s*")
_INCLUDES = re.compile(r"[,(、\s]*(?:其中|含|包括|包含)[^不]{0,4}$")
_PLANNED = re.compile(
    r"(?:计划|规划|力争|预计|预期|目标|争取|打算|准备|拟|将)[^,。;]{0,14}$|(?:到|至)(?:19|20)[0-9]{2}年[^。;]{0,14}$"
)
_ASKED = re.compile(
    r"是否|有没有|能否|可否|要不要|需不需要|是不是|如何|怎么|哪[些个]|什么|谁|几|多少|吗|么[?？]?$|[?？]"
)
_OUGHT = re.compile(r"应(?!用)|须|必须|需要?|要求|要(?!素|点)|如果?|若|假如|可以|鼓励|支持|负责|不得|建立健全")
_YET = re.compile(r"拟|计划|打算|准备|将|筹[建备划]|正在|待|还在")
_NO = re.compile(
    r"尚未|没有|没(?!问题)|还没|未(?!来)|暂无|尚无|无(?![人线偿机缝损论])|不具备|缺(?:少|乏)?|不存在|不与|不(?=重复|满足|足|充足|稳定)"
)
_HAVE = re.compile(
    r"已|有(?!限|关|效|利|序|待|望)|[成建设]立了|组建了|设有|建有|拥有|具[备有]|配有|存在|发生|出现|是|获|取得|能|可|满足"
)


@dataclass(frozen=True, slots=True)
class Stated:
    """A value found in running text, with the words it stood in. `planned`: as a plan, not as it is."""

    match: LabelMatch
    reading: Reading
    quote: str
    planned: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class _Token:
    """A name in a sentence. `field` is None where its figure is no field's (兼职, 新增)."""

    start: int
    end: int
    written: str
    field: FormField | None
    closeness: Closeness


class ProseReader:
    """Finds statements about the fields of one form."""

    def __init__(self, schema: FormSchema) -> None:
        self._units: dict[str, list[FormField]] = {}
        for field in schema.fields:
            if field.type.is_number or (field.type is FieldType.YES_NO_OR_COUNT and field.unit):
                self._units.setdefault(field.unit, []).append(field)
        self._tokens = {unit: _names(fields) for unit, fields in self._units.items()}
        asked = [field for field in schema.fields if field.type.is_yes_no and field.prose]
        self._nouns = [(field, sorted(field.prose, key=len, reverse=True)) for field in asked]
        self._any_noun = _any_of(noun for _, nouns in self._nouns for noun in nouns)
        self._patterns = [(field, [re.compile(p) for p in field.stated]) for field in schema.fields if field.stated]
        self._choice_names = [(field, names) for field in schema.fields if (names := _choice_names(field))]
        self._any_choice = _any_of(name for _, names in self._choice_names for name, _ in names)

    def statements(self, text: str) -> Iterator[Stated]:
        """Everything that `text` says of a field, in order."""
        for found in _SENTENCE.finditer(text[:_MAX_TEXT]):
            sentence = found.group()
            for unit in self._units:
                yield from self._numbers(sentence, unit)
            yield from self._answers(sentence)
            yield from self._choices(sentence)
            yield from self._texts(sentence)

    # ── numbers ──

    def _numbers(self, sentence: str, unit: str) -> Iterator[Stated]:
        width = folded(sentence)
        tokens = list(_found_tokens(width, *self._tokens[unit]))
        if not tokens:
            return
        words = re.sub(r"(?<=[0-9十百])个(?=的?(?:[一-龥]{2}))", "名", sentence) if unit == "人" else sentence
        spans = _amounts(words, unit)
        owned = _owners(width, tokens, spans)
        _share(width, tokens, owned)
        for token in tokens:
            if token.field is not None and owned[token]:
                yield from self._number(sentence, width, token, owned[token], tokens)

    def _number(
        self, sentence: str, width: str, token: _Token, spans: list[tuple[int, int, Quantity]], tokens: list[_Token]
    ) -> Iterator[Stated]:
        field = token.field
        assert field is not None  # noqa: S101 - the caller gives only names of fields
        begin, end = spans[0][0], spans[-1][1]
        quantity = spans[0][2]
        if len(spans) > 1:
            year = next((y.start() for y in _YEAR.finditer(width[: max(begin, token.end)])), begin)
            quantity = read_quantity(sentence[min(year, begin) : end], field.unit) or quantity
        match = LabelMatch(field, token.closeness, token.written)
        caveats = near_caveats(match)
        after = next((t for t in tokens if t.start >= end and t.field is None), None)
        joined = any(
            t.field is None
            and t.end <= begin
            and (_AND.fullmatch(width[t.end : token.start]) or _AND.fullmatch(width[token.end : t.start]))
            for t in tokens
        )
        includes = after is not None and bool(_INCLUDES.search(width[end : after.start]))
        if token.closeness >= Closeness.WIDER:
            quantity = as_upper_bound(quantity)
        elif joined or includes:
            quantity = as_upper_bound(quantity)
            caveats += (f"“{sentence.strip()[:40]}”中的数含有其他人员，只能当作上限",)
        quote = sentence[min(token.start, begin) : max(token.end, end)]
        planned = bool(_PLANNED.search(width[: min(begin, token.start)])) or bool(
            begin > token.end and _PLANNED.search(width[token.end : begin])
        )
        doubts = quantity.doubts
        if planned and not doubts:
            doubts = ("所写为计划或预计数，不是现有数",)
        yield Stated(match, Reading(quantity, quantity.raw, caveats, doubts), quote, planned)

    # ── yes and no ──

    def _answers(self, sentence: str) -> Iterator[Stated]:
        if not self._any_noun.search(sentence):
            return
        for found in _CLAUSE.finditer(sentence):
            clause, end = found.group(), sentence[found.end() : found.end() + 1]
            if _ASKED.search(clause) or end in ("?", "？"):
                continue
            for field, nouns in self._nouns:
                noun = next((word for word in nouns if word in clause), "")
                answer = _answer(clause, noun) if noun else None
                if answer is not None:
                    near = noun not in field.label and noun in field.near
                    match = LabelMatch(field, Closeness.NEAR if near else Closeness.SAME, noun)
                    yield Stated(match, Reading(answer, clause.strip(), near_caveats(match)), clause.strip())

    # ── choices ──

    def _choices(self, sentence: str) -> Iterator[Stated]:
        width = folded(sentence)
        if not self._any_choice.search(width) or re.search(r"还是|或者?|区别|哪[种个]|是否|是不是", width):
            return
        for field, names in self._choice_names:
            rest, found = width, {}
            for name, choice in names:
                at = rest.find(name)
                if at >= 0:
                    if not re.search(r"(?:不|非|没有?|无)[是属为于采用]*$", rest[:at]):
                        found[choice.value] = (choice, sentence[at : at + len(name)])
                    rest = rest.replace(name, "\n" * len(name))
            if len(found) == 1:
                choice, written = next(iter(found.values()))
                match = LabelMatch(field, Closeness.SAME, written)
                yield Stated(match, Reading(written if choice.verbatim else choice.value, written), written)

    # ── names and places ──

    def _texts(self, sentence: str) -> Iterator[Stated]:
        for field, patterns in self._patterns:
            for pattern in patterns:
                found = pattern.search(sentence)
                if found and not re.search(r"×|XX|某某", found.group(1)):
                    match = LabelMatch(field, Closeness.SAME, "")
                    yield Stated(match, Reading(found.group(1).strip(), found.group(1)), found.group())
                    break


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in words) or "(?!)")


def _choice_names(field: FormField) -> list[tuple[str, Choice]]:
    """What running text calls the choices of a field, the longest first."""
    names = [(folded(name), choice) for choice in field.choices for name in choice.prose]
    return sorted(names, key=lambda one: -len(one[0]))


def _names(fields: list[FormField]) -> tuple[re.Pattern[str], dict[str, tuple[FormField | None, Closeness]]]:
    """All names that figures of one unit may belong to, the longest first."""
    names: dict[str, tuple[FormField | None, Closeness]] = {}
    for field in fields:
        # Most names of a yes or no are sentences; only its nouns count things.
        own = (field.label, *field.same) if field.type.is_number else ()
        near = field.near if field.type.is_number else ()
        for word in own:
            names.setdefault(folded(word), (field, Closeness.SAME))
        for word in (*near, *field.prose):
            closeness = Closeness.NEAR if field.type.is_number or word in field.near else Closeness.SAME
            names.setdefault(folded(word), (field, closeness))
        for word in field.wider:
            names.setdefault(folded(word), (field, Closeness.WIDER))
        for word in field.total:
            names.setdefault(folded(word), (field, Closeness.TOTAL))
        for word in field.never:
            names.setdefault(folded(word), (None, Closeness.SAME))
    ordered = sorted(names, key=len, reverse=True)
    return re.compile("|".join(re.escape(name) for name in ordered) or "(?!)"), names


def _found_tokens(
    width: str, pattern: re.Pattern[str], names: dict[str, tuple[FormField | None, Closeness]]
) -> Iterator[_Token]:
    """The names in a sentence; those that stand together are one (兼职的研发人员, 专职研发人员（固定）)."""
    last: _Token | None = None
    for found in pattern.finditer(width):
        field, closeness = names[found.group()]
        if _CHANGE_BEFORE.search(width[: found.start()]):
            field = None
        token = _Token(found.start(), found.end(), found.group(), field, closeness)
        if last is not None and re.fullmatch(r"的?\(?", width[last.end : token.start]):
            kind = None if last.field is None or token.field is None else token.field
            best = min(last.closeness, token.closeness)
            last = _Token(last.start, token.end, width[last.start : token.end], kind, best)
            continue
        if last is not None:
            yield last
        last = token
    if last is not None:
        yield last


def _amounts(sentence: str, unit: str) -> list[tuple[int, int, Quantity]]:
    """Amounts with their unit, and bare numbers; whether a bare one counts is seen from where it stands."""
    spans = {start: (start, end, quantity) for start, end, quantity in find_quantities(sentence, unit, Decimal(1))}
    spans |= {start: (start, end, quantity) for start, end, quantity in find_quantities(sentence, unit)}
    return sorted(spans.values(), key=lambda span: span[0])


def _owners(
    width: str, tokens: list[_Token], spans: list[tuple[int, int, Quantity]]
) -> dict[_Token, list[tuple[int, int, Quantity]]]:
    """Which amount belongs to which name: 75名固定研发人员, or 固定研发人员（现有）75人."""
    owned: dict[_Token, list[tuple[int, int, Quantity]]] = {token: [] for token in tokens}
    behind: tuple[_Token, int] | None = None
    for start, end, quantity in spans:
        if any(token.start < end and start < token.end for token in tokens):
            continue
        following = next((t for t in tokens if t.start >= end and _JOINED.fullmatch(width[end : t.start])), None)
        left = max((t for t in tokens if t.end <= start), key=lambda t: t.end, default=None)
        reach = left.end if left is not None else 0
        if behind is not None and behind[0] is left:
            reach = behind[1]
        linked = left is not None and bool(_GAP.fullmatch(width[reach:start]))
        required = _is_requirement(width, start, end)
        # 固定研发人员75人、兼职20人: the name right behind an amount has its own, unless the amount is not linked.
        if following is not None and _names_a_unit(width, start, end) and not (linked and reach == start):
            if not required and not _GROWTH_BEFORE.search(width[:start]):
                owned[following].append((start, end, quantity))
            behind = (following, max(following.end, end))
        elif left is not None and linked:
            if not required:
                owned[left].append((start, end, quantity))
            behind = (left, end)
    return owned


def _share(width: str, tokens: list[_Token], owned: dict[_Token, list[tuple[int, int, Quantity]]]) -> None:
    """固定和兼职人员共90人: the amount counts for the first name too, which is then joined with another one."""
    for first, second in pairwise(tokens):
        together = _AND.fullmatch(width[first.end : second.start]) and second.field is None
        if together and first.field is not None and not owned[first]:
            owned[first] = owned[second]


def _names_a_unit(width: str, start: int, end: int) -> bool:
    return not re.fullmatch(r"[\s:=]*[0-9.,]+[\s,]*", width[start:end])


def _is_requirement(width: str, start: int, end: int) -> bool:
    """Whether an amount is what is asked for, or is asked about, rather than what there is."""
    if _REQUIRED_AFTER.search(width[end:]) or _REQUIRED_BEFORE.search(width[:start]):
        return True
    return bool(_LOWER_BOUND.match(width[start:end])) and not _OWN.search(width)


def _answer(clause: str, noun: str) -> bool | None:
    """What a clause says of its noun: there is one, there is none, or nothing."""
    around = clause.replace(noun, "", 1)
    if _YET.search(around):
        return False
    if _NO.search(around) or (noun.startswith("无")):
        return False
    if _OUGHT.search(around):
        return None
    return True if _HAVE.search(around) else None
