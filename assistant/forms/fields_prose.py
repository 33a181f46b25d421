"""Facts stated in running text: 现有固定研发人员83人, 尚未成立专家委员会, 我们是公司型."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.forms.fields_amounts import AND, Token, amounts_in, names_of, owners_of, share, tokens_in
from assistant.forms.fields_labels import Closeness, LabelMatch
from assistant.forms.fields_values import SEVERAL_YEARS, Reading, as_upper_bound, near_caveats
from assistant.forms.form_schema import Choice, FieldType, FormField, FormSchema
from assistant.forms.label_words import of_more
from assistant.forms.words import folded
from assistant.rules.quantity import Quantity, read_quantity

_MAX_TEXT = 20_000
_SENTENCE = re.compile(r"[^。；;！!？?\n]+[。；;！!？?]?")
_CLAUSE = re.compile(r"[^，,、：:。；;！!？?\n（）()]+")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}年?")
_INCLUDES = re.compile(r"[,(、\s]*(?:其中|(?<!不)含|(?<!不)包[括含])[^不]{0,4}$")
_PLANNED = re.compile(
    r"(?:计划|规划|力争|预计|预期|目标|争取|打算|准备|拟|将)[^,。;]{0,14}$|(?<!截)(?<!截止)[到至](?:19|20)[0-9]{2}年[^。;；目现已]{0,60}$"
)
_PLANNED_NEXT = re.compile(r"(?:计划|规划|预计|预期|目标|拟|力争|争取)[^,，。;；0-9]{0,8}$")
_ASKED = re.compile(
    r"是否|有没有|能否|可否|要不要|需不需要|是不是|如何|怎么|哪[些个]|什么|谁|几|多少|吗|么[?？]?$|[?？]"
)
_OUGHT = re.compile(
    r"应(?!用)|须|必须|(?<!基本)需要?|要求|(?<!基本需)要(?!素|点)|如果?|若|假如|可以|鼓励|支持|负责|不得|建立健全"
)
_OF_OTHERS = re.compile(
    r"对标|参照|借鉴|对方|合作(?:单位|方|伙伴)|(?:国内)?同行|其他(?:单位|企业|中心)|竞争对手|例如|比如"
)
_INCLUDING = re.compile(r"(?<![不未])(?:其中)?(?:含有?|包[括含]|其中有?|计入了?|加上)([^,，。；;0-9]{2,16})")
_IN_PRINCIPLE = re.compile(r"原则上|一般不")
_YET = re.compile(r"拟|计划|打算|准备|将|筹[建备划]|正在|待|还在")
_NO = re.compile(
    r"尚未|没有|没(?!问题)|还没|未(?!来)|暂无|尚无|无(?![人线偿机缝损论])|不具备|缺(?:少|乏)?|不存在|不与|不(?=重复|满足|足|充足|稳定)"
)
_DENIAL_INSIDE = re.compile(r"(?<=[一-龥])(?:不能|不足以|不|未能|未)(?=[一-龥])")
_HAVE = re.compile(
    r"于[^,，。]{2,12}[成建设]立|已|有(?!限|关|效|利|序|待|望)|[成建设]立了|组建了|设有|建有|拥有|具[备有]|配有|存在|发生|出现|是|获|取得|能|可|满足"
)


@dataclass(frozen=True, slots=True)
class Stated:
    """A value found in running text, with the words it stood in. `planned`: as a plan, not as it is."""

    match: LabelMatch
    reading: Reading
    quote: str
    planned: bool = False


class ProseReader:
    """Finds statements about the fields of one form."""

    def __init__(self, schema: FormSchema) -> None:
        self._units: dict[str, list[FormField]] = {}
        for field in schema.fields:
            if field.type.is_number or (field.type is FieldType.YES_NO_OR_COUNT and field.unit):
                self._units.setdefault(field.unit, []).append(field)
        self._tokens = {unit: names_of(fields) for unit, fields in self._units.items()}
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
            if _OF_OTHERS.search(sentence):
                continue
            for unit in self._units:
                yield from self._numbers(sentence, unit)
            yield from self._answers(sentence)
            yield from self._choices(sentence)
            yield from self._texts(sentence)

    # ── numbers ──

    def _numbers(self, sentence: str, unit: str) -> Iterator[Stated]:
        width = folded(sentence)
        tokens = list(tokens_in(width, *self._tokens[unit]))
        if not tokens:
            return
        words = (
            re.sub(r"(?<=[0-9十百])个(?=的?(?:[一-龥]{2})|[,，。；;、]|$)", "名", sentence)
            if unit == "人"
            else sentence
        )
        spans = amounts_in(words, unit)
        owned = owners_of(width, tokens, spans)
        share(width, tokens, owned)
        for token in tokens:
            if token.field is not None and owned[token]:
                yield from self._number(sentence, width, token, owned[token], tokens)

    def _number(
        self, sentence: str, width: str, token: Token, spans: list[tuple[int, int, Quantity]], tokens: list[Token]
    ) -> Iterator[Stated]:
        field = token.field
        assert field is not None  # noqa: S101 - the caller gives only names of fields
        # 去年870万元，今年预计1300万元: what is planned is not what there is.
        spans = [span for span in spans if not _foreseen(span[2], width[: span[0]])] or spans
        begin, end = spans[0][0], spans[-1][1]
        quantity = spans[0][2]
        if len(spans) > 1:
            year = next((y.start() for y in _YEAR.finditer(width[: max(begin, token.end)])), begin)
            quantity = read_quantity(sentence[min(year, begin) : end], field.unit) or quantity
        match = LabelMatch(field, token.closeness, token.written)
        caveats = near_caveats(match)
        after = next((t for t in tokens if t.start >= end and t.mixes), None)
        joined = any(
            t.mixes
            and t.end <= begin
            and (AND.fullmatch(width[t.end : token.start]) or AND.fullmatch(width[token.end : t.start]))
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
        if len(spans) == 1 and quantity.exact and SEVERAL_YEARS.search(width[max(0, token.start - 14) : begin]):
            doubts += ("像是几年的合计，请核对",)
        if planned and not doubts:
            doubts = ("所写为计划或预计数，不是现有数",)
        yield Stated(match, Reading(quantity, quantity.raw, caveats, doubts), quote, planned)

    # ── yes and no ──

    def _answers(self, sentence: str) -> Iterator[Stated]:
        if not self._any_noun.search(sentence) and not self._any_noun.search(_DENIAL_INSIDE.sub("", sentence)):
            return
        for found in _CLAUSE.finditer(sentence):
            clause, end = found.group(), sentence[found.end() : found.end() + 1]
            if _ASKED.search(clause) or end in ("?", "？"):
                continue
            # 领域方向不重复, 资本金不能满足: the denial stands inside the noun.
            bare = _DENIAL_INSIDE.sub("", clause)
            for field, nouns in self._nouns:
                noun = next((word for word in nouns if word in clause), "")
                inside = next((word for word in nouns if word in bare), "") if not noun and bare != clause else ""
                if any(word in sentence for word in field.others):
                    continue  # 国家重点实验室的技术委员会
                answer = _answer(clause, noun, _affirms(field, noun)) if noun else False if inside else None
                noun = noun or inside
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

    # ── notes ──

    def notes(self, text: str) -> Iterator[tuple[str, str]]:
        """固定研发人员包括外聘专家8人: fields whose figure is said to hold others too, each with that sentence."""
        for found in _SENTENCE.finditer(text[:_MAX_TEXT]):
            width = folded(found.group())
            including = _INCLUDING.search(width)
            if including is None:
                continue
            for unit in self._units:
                for token in tokens_in(width, *self._tokens[unit]):
                    own = token.field is not None and token.closeness <= Closeness.NEAR and not token.mixes
                    if own and token.end <= including.start() and token.field is not None:
                        held = including.group(1)
                        if of_more(held) or any(word in held for word in token.field.never):
                            yield token.field.id, found.group().strip()

    # ── names and places ──

    def _texts(self, sentence: str) -> Iterator[Stated]:
        for field, patterns in self._patterns:
            for pattern in patterns:
                found = pattern.search(sentence)
                if found and not re.search(r"×|XX|某某", found.group(1)):
                    match = LabelMatch(field, Closeness.SAME, "")
                    yield Stated(match, Reading(found.group(1).strip(), found.group(1)), found.group())
                    break


def _foreseen(quantity: Quantity, before: str) -> bool:
    """Whether an amount is said to be planned, by its own words or by those before it."""
    return any("计划数" in doubt for doubt in quantity.doubts) or bool(_PLANNED_NEXT.search(before))


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in words) or "(?!)")


def _choice_names(field: FormField) -> list[tuple[str, Choice]]:
    """What running text calls the choices of a field, the longest first."""
    names = [(folded(name), choice) for choice in field.choices for name in choice.prose]
    return sorted(names, key=lambda one: -len(one[0]))


def _affirms(field: FormField, noun: str) -> bool:
    """资本金满足基本需要 says yes itself."""
    return any(len(word) > 1 and word in noun for word in field.yes)


def _answer(clause: str, noun: str, affirmed: bool) -> bool | None:
    """What a clause says of its noun: there is one, there is none, or nothing."""
    around = clause.replace(noun, "", 1)
    if _YET.search(around):
        return False
    if _IN_PRINCIPLE.search(around):
        return None  # the measures' own words
    if _NO.search(around) or (noun.startswith("无")):
        return False
    if _OUGHT.search(around):
        return None
    return True if _HAVE.search(around) or affirmed else None
