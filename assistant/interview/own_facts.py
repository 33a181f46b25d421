"""What people say of themselves in a conversation: facts of all turns, put right by later ones, without hearsay."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from decimal import Decimal

from assistant.forms.fields_amounts import amounts_in
from assistant.forms.fields_labels import Closeness, LabelMatch
from assistant.forms.fields_merge import Mention, merge
from assistant.forms.fields_values import as_upper_bound
from assistant.forms.form_schema import FieldType, FormField, FormSchema
from assistant.forms.submission import facts_in_text
from assistant.forms.words import folded
from assistant.interview.spoken import claims_law, read_aloud, without_hearsay
from assistant.interview.words import general_words
from assistant.rules.facts import Fact
from assistant.rules.quantity import Quantity, find_quantities, read_quantity
from assistant.rules.units import measure_of

_PUT_RIGHT = re.compile(r"(?<!对)不对(?![吗么])|[说写记讲填搞]错了?|口误|(?:更正|纠正)(?:一下|为)?")
_INSTEAD = re.compile(r"应该?是|改[成为]|其实|实际|准确|确切|换成|变成|[到为]了?(?=\d)|^[那是]|呢[?？。!！]*$")
_CHANGED_BY = re.compile(
    r"(?:招|引进|新增|增加?|补|再|减|走|离|多|少|差|缺|加)(?![^,，。]{0,2}[到至为成])[^,，。]{0,4}$|招[^,，。]{0,3}$"
)
_SUPPOSED = re.compile(r"如果|假如|假设|要是|假若|倘若|万一")
_OWN = re.compile(r"我们?|咱|俺|本(?:公司|单位|校|院|所|中心)|现有|目前|现在")
_ASKED = re.compile(r"[^?？]+[?？](?=[^?？]*[0-9零一二两三四五六七八九十百千万亿][^?？]*[。!！]?$)")
_UNSAID = re.compile(r"(?:不是|并非|没有)\s*$")
_MONEY_UNIT = re.compile(r"[元万亿千块￥¥$€w]|rmb|cny|yuan|usd|eur", re.IGNORECASE)
_SHORT = 40
_NEAR_BY = 12
_HEADS = {"人": ("人数", "人头")}
_MONEY_HEADS = ("费用", "经费", "花的钱")


@dataclass(frozen=True, slots=True)
class OwnFacts:
    """The facts of a conversation. `now`: fields that its last turn states; `named`: fields that it speaks of.

    `others`: people of another kind for whom a number was given (兼职), each with the field it is not counted for.
    `claims`: the last turn also says something of the law. `decided`: fields that it answers by a yes, a no or a
    choice, `words` their names and choices; `unread`: fields with a figure that it speaks of with an amount which is
    not theirs (三年累计3000万).
    """

    facts: dict[str, Fact]
    now: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    others: tuple[tuple[str, FormField], ...] = ()
    claims: bool = False
    decided: frozenset[str] = frozenset()
    words: str = ""
    unread: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Told:
    """What a conversation has told so far. `now`: fields that its last turn, `before`, states."""

    facts: dict[str, Fact] = dataclass_field(default_factory=dict)
    others: dict[tuple[str, str], FormField] = dataclass_field(default_factory=dict)
    now: frozenset[str] = frozenset()
    before: str = ""


class OwnFactsReader:
    """Reads conversations for the fields of one form. The words of one turn are read as the pre-check reads prose."""

    def __init__(self, schema: FormSchema) -> None:
        self._schema = schema
        self._numbers = [field for field in schema.fields if field.type.is_number]
        self._names = {f.id: [folded(n) for n in (*f.names(), *f.prose)] for f in schema.fields}
        self._mixed = [(f, [folded(n) for n in f.never]) for f in self._numbers if f.type is FieldType.INTEGER]
        self._doubts = {bound.doubt for bound in schema.plausible}

    def read(self, turns: Sequence[str]) -> OwnFacts:
        """The facts after all turns."""
        told = Told()
        for turn in turns:
            known = told.facts
            told = self.hear(told, turn)
            if turn is not turns[-1] and _SUPPOSED.search(turn):
                told = replace(told, facts=known)
        text = folded(read_aloud(turns[-1])) if turns else ""
        kinds = tuple((kind, field) for (kind, _), field in told.others.items())
        named = frozenset(f.id for f in self._schema.fields if self.names(f, text))
        facts = self.weighed(told.facts)
        now, claims = told.now & facts.keys(), claims_law(told.before)
        own = OwnFacts(facts, now, named, kinds, claims, unread=self._unread(told.before, named - facts.keys()))
        return self._with_decided(own)

    def with_more(self, own: OwnFacts, more: dict[str, Fact], now: Iterable[str]) -> OwnFacts:
        """The same with facts that were read otherwise; those of `now` are of the last turn."""
        if not more:
            return own
        facts = self.weighed(own.facts | more)
        last = own.now | (frozenset(now) & facts.keys())
        return self._with_decided(replace(own, facts=facts, now=last, unread=own.unread - facts.keys()))

    def _with_decided(self, own: OwnFacts) -> OwnFacts:
        fields = [self._schema.by_id[name] for name in own.now]
        decided = [f for f in fields if f.type.is_yes_no or f.type is FieldType.CHOICE]
        return replace(own, decided=frozenset(f.id for f in decided), words=words_of(decided))

    def _unread(self, turn: str, named: Iterable[str]) -> frozenset[str]:
        text = without_hearsay(read_aloud(turn))
        numbers = [self._schema.by_id[n] for n in named if self._schema.by_id[n].type.is_number]
        width = folded(text)
        others = {f.id: [folded(word) for word in (*f.never, *f.parts)] for f in numbers}
        return frozenset(
            f.id for f in numbers if find_quantities(text, f.unit) and any(word in width for word in others[f.id])
        )

    def hear(self, told: Told, turn: str) -> Told:
        """What is known after one more turn; its facts are not yet held against each other."""
        facts, others, now = dict(told.facts), dict(told.others), set[str]()
        before = told.before
        for text, corrects in _segments(without_hearsay(read_aloud(turn))):
            new = self._stated(text, corrects, facts, before, mixed=bool(others))
            before = text
            now |= new.keys()
            for name in self._unsaid(text, facts) - new.keys():
                del facts[name]
            facts |= {n: f for n, f in new.items() if corrects or not _says_less(f, facts.get(n))}
            for kind, field in self._other_people(text):
                others[kind, field.id] = field
                if corrects and field.id in facts and field.id not in new:
                    facts[field.id] = _unsure(facts[field.id], kind)
        return Told(facts, others, frozenset(now), turn)

    def names(self, field: FormField, text: str) -> bool:
        """Whether a text speaks of a field, under any of its names."""
        if any(name in text for name in self._names[field.id]):
            return True
        heads = _HEADS.get(field.unit, _MONEY_HEADS if field.unit.endswith("元") else ())
        return field.type.is_number and any(head in text for head in heads)

    def _stated(self, text: str, corrects: bool, facts: dict[str, Fact], before: str, mixed: bool) -> dict[str, Fact]:
        """The facts of one text; an amount without a name is of what was spoken of before."""
        found = {n: f for n, f in facts_in_text(text, self._schema).items() if not self._is_unknown(f)}
        cleared = {n: self._with_unit(self._cleared(f)) for n, f in found.items()}
        unnamed = [f for f in self._numbers if f.id not in cleared and self._leaves_out(f, text)]
        for field in unnamed:
            old = facts.get(field.id)
            if old is not None and (corrects or _INSTEAD.search(text) or _SUPPOSED.search(text)):
                only = len([f for f in self._numbers if f.id in facts]) == 1
                fact = _put_right(old, field, text, corrects and only, mixed)
            elif old is None and before and len(text) <= _SHORT and _OWN.search(text):
                fact = self._as_asked(field, text, before)
            else:
                fact = None
            if fact is not None:
                cleared[field.id] = fact
        return cleared

    def _is_unknown(self, fact: Fact) -> bool:
        """成立没有我不清楚: the 不 of whoever does not know denies nothing."""
        return self._schema.by_id[fact.field].type.is_yes_no and general_words().has("moves.unknown", fact.raw)

    def _cleared(self, fact: Fact) -> Fact:
        return replace(fact, doubts=tuple(d for d in fact.doubts if d not in self._doubts))

    def _with_unit(self, fact: Fact) -> Fact:
        """研发费用是1200: whether these are 万元 is not said, and not to be guessed in a conversation."""
        field = self._schema.by_id[fact.field]
        if not isinstance(fact.value, Quantity) or not measure_of(field.unit).scale_is_unit:
            return fact
        if _MONEY_UNIT.search(f"{fact.raw}{fact.quote}"):
            return fact
        doubt = f"“{fact.raw}”没有写明单位，请核对是不是{field.unit}"
        return replace(fact, doubts=(*fact.doubts, doubt))

    def _leaves_out(self, field: FormField, text: str) -> bool:
        width = folded(text)
        return not any(word in width for word in (*self._names[field.id], *map(folded, (*field.total, *field.never))))

    def _as_asked(self, field: FormField, text: str, before: str) -> Fact | None:
        """固定研发人员要多少人？ and then 我们有85人."""
        width = folded(before)
        firm = any(folded(name) in width for name in (field.label, *field.same))
        if any(folded(word) in width for word in field.never) or not (firm or self.names(field, width)):
            return None
        amount = read_quantity(text, field.unit) if find_quantities(text, field.unit) else None
        if amount is None:
            return None
        caveat = (
            f"把“{amount.raw}”读作“{field.label}”，请核对" if firm else f"“{amount.raw}”只能当作{field.label}的上限"
        )
        value = amount if firm else as_upper_bound(amount)
        return Fact(field.id, value, amount.raw, "", (caveat,), amount.doubts, text)

    def _unsaid(self, text: str, facts: dict[str, Fact]) -> set[str]:
        """不是75人: what was said before is taken back."""
        return {
            name
            for name, fact in facts.items()
            if isinstance(fact.value, Quantity) and fact.raw in text and _UNSAID.search(text[: text.index(fact.raw)])
        }

    def _other_people(self, text: str) -> Iterator[tuple[str, FormField]]:
        """Kinds of people that are not the field's, for whom an amount is given."""
        width = folded(text)
        for field, kinds in self._mixed:
            for start, end, _ in amounts_in(text, field.unit):
                before = re.split(r"[,，。;；、]", width[:start])[-1][-_NEAR_BY:]
                for kind in kinds:
                    if re.search(rf"{kind}[^0-9]*$", before) or re.match(rf"\s?的?{kind}", width[end:]):
                        yield kind, field

    def weighed(self, facts: dict[str, Fact]) -> dict[str, Fact]:
        """All facts held against each other, as those of one form are."""
        by_id = self._schema.by_id
        mentions = [
            Mention(LabelMatch(by_id[n], Closeness.SAME, ""), f.value, f.raw, "", f.quote, f.caveats, f.doubts)
            for n, f in facts.items()
        ]
        return merge(mentions, self._schema)


def words_of(fields: Iterable[FormField]) -> str:
    """All names of some fields and of what may be chosen for them: no matter of their own beside the fields."""
    return "，".join(
        word
        for f in fields
        for word in (
            *f.names(), *f.prose, *f.total, *f.never, *f.parts, *(n for c in f.choices for n in (c.value, *c.aliases))
        )
    )  # fmt: skip


def supposes(text: str) -> bool:
    """Whether a text puts a case instead of saying what is."""
    return bool(_SUPPOSED.search(text))


def _segments(text: str) -> Iterator[tuple[str, bool]]:
    """A turn cut where it puts itself right, each piece with whether it does, and behind a question: 够吗？85人."""
    asked = _ASKED.match(text)
    if asked:
        yield asked.group(), False
        text = text[asked.end() :]
    start, corrects = 0, False
    for found in _PUT_RIGHT.finditer(text):
        if text[start : found.start()].strip(" ,，。"):
            yield text[start : found.start()], corrects
        start, corrects = found.end(), True
    yield text[start:].lstrip(" ,，。:："), corrects


def _says_less(new: Fact, old: Fact | None) -> bool:
    """Whether a fact is only an upper bound of what was stated more exactly before."""
    if old is None or not isinstance(new.value, Quantity) or not isinstance(old.value, Quantity):
        return False
    bound = new.value.low is None and new.value.high is not None and not new.doubts
    return bound and old.value.exact and old.value.low is not None and old.value.low <= (new.value.high or 0)


def _put_right(old: Fact, field: FormField, text: str, bare: bool, mixed: bool) -> Fact | None:
    """是85人 after 固定研发人员75人. Where people of another kind were named too, it may be meant of them."""
    amount = read_quantity(text, field.unit) if bare or find_quantities(text, field.unit) else None
    if amount is None or _CHANGED_BY.search(text[: text.find(amount.raw)]):
        return None
    doubts = (*amount.doubts, f"“{amount.raw}”说的是哪些人没有写明，请核对") if mixed else amount.doubts
    value = as_upper_bound(amount) if _was_bound(old, field) else amount
    return Fact(field.id, value, amount.raw, "", old.caveats, doubts, text)


def _unsure(fact: Fact, kind: str) -> Fact:
    """不对，兼职的是85人 after 固定研发人员85人: it may be that figure that is put right."""
    doubt = f"更正时提到“{kind}”人员，“{fact.raw}”是否仍然成立没有写明，请核对"
    return replace(fact, doubts=tuple(dict.fromkeys((*fact.doubts, doubt))))


def _was_bound(old: Fact, field: FormField) -> bool:
    """Whether the old figure was of more than the field: exact as written, and yet only an upper bound."""
    alone = read_quantity(old.raw, field.unit, Decimal(1))
    return isinstance(old.value, Quantity) and not old.value.exact and alone is not None and alone.exact
