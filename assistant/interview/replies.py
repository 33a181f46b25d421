"""Everyday replies read as facts: 有, 85, 企业牵头, 委员会建起来了; what the form's own reading takes goes before."""

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import replace

from assistant.forms.fields_labels import Closeness, LabelMatch
from assistant.forms.fields_values import as_upper_bound, find_choices, read_value
from assistant.forms.form_schema import FieldType, FormField, FormSchema
from assistant.forms.words import plain
from assistant.interview.script import Script, Spoken
from assistant.interview.words import clauses_of, general_words, holds
from assistant.rules.facts import Fact
from assistant.rules.quantity import Quantity, find_quantities, read_quantity
from assistant.rules.units import measure_of

# A reply that is a figure and hardly more; 我们有2个研究所参与 is none.
_AFTER_ALL = re.compile(r"^那?么?就?还是")
_F = "0-9零〇一二两三四五六七八九十百千万亿"
_ONLY_FIGURE = re.compile(
    rf"(?:[^{_F}]{{0,12}}|[A-Za-z',. ]{{0,40}})[{_F},.]+(?:多|余|来|几)?[个名位人号元]*"
    r"(?:左右|上下|出头|吧|了|的|啊|哈|固定的?|全职的?|专职的?)*[。.!！]?"
)
_NO_LETTERS = re.compile(r"[\W\d_]*")
_OTHER_THING = re.compile(r"第|[0-9](?:岁|天|月|次|年(?!度)|%|％)")
_SOME = re.compile(r"[0-9一二两三四五六七八九十]")
# 一 of 汇总一下 is no figure: one character alone has to have something to count, or nothing around it.
_FIGURES = re.compile(
    r"(?:[0-9][0-9,.]*[0-9]|[0-9]|[零〇一二两三四五六七八九十百千万]{2,})(?:多|余|来)?"
    r"|(?:^|(?<=[,，。 ]))[一二两三四五六七八九十](?=[个名位人]|$)"
)
_SCALE_ALONE = re.compile(r"(?<=[0-9])([万亿])(?![元美欧港日人名位件项个台家套亩平吨次0-9])")
_MAX_TEXT = 60
_MAX_REPLY = 30


class ReplyReader:
    """Reads one turn for what the form's reading leaves: `spoken` in any turn, `asked` in the reply to a question."""

    def __init__(self, schema: FormSchema, script: Script) -> None:
        self._schema, self._words = schema, general_words()
        self._spoken = [(f, script.of_field.get(f.id, Spoken(field=f.id))) for f in schema.fields]
        self._own = {f.id: s for f, s in self._spoken}
        self._choices = {f.id: {plain(n) for c in f.choices for n in (c.value, *c.aliases)} for f in schema.fields}
        self._kinds = [
            {plain(w) for f in schema.fields if f.type is FieldType.INTEGER for w in f.never},
            {plain(w) for f in schema.fields if f.type.is_number for w in (*f.total, *f.parts)},
        ]

    def spoken(self, text: str, found: Set[str]) -> dict[str, Fact]:
        """Facts that a turn states in everyday words, for fields that are not `found` in it already."""
        facts: dict[str, Fact] = {}
        for said in clauses_of(text):
            clause = _AFTER_ALL.sub("", said)
            if self._words.has("answers.asking", clause) or self._words.has("moves.unknown", clause):
                continue
            for field, spoken in self._spoken:
                if field.id in found or field.id in facts:
                    continue
                fact = self._of_clause(clause, field, spoken, taken=found | facts.keys())
                if fact is not None:
                    facts[field.id] = fact
        return facts | self._parted(text, found | facts.keys())

    def _parted(self, text: str, found: Set[str]) -> dict[str, Fact]:
        """研发费用查到了，1250万: the name in one clause and the amount in another."""
        facts: dict[str, Fact] = {}
        if self._words.has("answers.asking", text):
            return facts
        for field, spoken in self._spoken:
            if field.id in found or not field.unit or not measure_of(field.unit).scale_is_unit:
                continue
            mixed = any(word in plain(text) for kinds in self._kinds for word in kinds)
            if not mixed and holds(text, _plain((*spoken.names, *spoken.figures))):
                fact = _counted(text, field, self._amounts(text, field, spoken))
                facts |= {} if fact is None else {field.id: fact}
        return facts

    def _of_clause(self, clause: str, field: FormField, spoken: Spoken, taken: Set[str]) -> Fact | None:
        if field.type.is_yes_no and spoken.names:
            return self._yes_no(clause, field, spoken)
        cues = (*spoken.cues, *spoken.cues_of_reply)
        if field.type is FieldType.CHOICE and cues and holds(clause, _plain(cues)):
            return self._chosen(clause, field, taken)
        if field.type.is_number and spoken.figures and holds(clause, _plain(spoken.figures)):
            if any(word in plain(clause) for kinds in self._kinds for word in kinds):
                return None
            return (
                None
                if self._is_of_another(clause, field, spoken)
                else _counted(clause, field, self._amounts(clause, field, spoken) or self._bare(clause, field))
            )
        return None

    def _amounts(self, text: str, field: FormField, spoken: Spoken) -> list[tuple[int, int, Quantity]]:
        """The amounts in the field's unit; of money also without the last word of it: 1200万费用, 按1500万算."""
        if self._is_of_another(text, field, spoken):
            return []
        found = find_quantities(text, field.unit)
        if not found and measure_of(field.unit).scale_is_unit:
            found = find_quantities(_SCALE_ALONE.sub(r"\1元", text), field.unit)
        return found

    def _is_of_another(self, text: str, field: FormField, spoken: Spoken) -> bool:
        """三年累计3000万, 计划招到100人, 营收3亿: an amount that is not, or not yet, the field's."""
        others = any(plain(word) in plain(text) for word in (*field.never, *field.parts))
        return others or holds(text, _plain(spoken.never)) or self._words.has("answers.planned", text)

    def _bare(self, clause: str, field: FormField) -> list[tuple[int, int, Quantity]]:
        """固定人员85: a figure without a unit. Money needs one, and so does what stands beside an amount of another."""
        elsewhere = measure_of(field.unit).scale_is_unit or self._elsewhere(clause, field)
        return [] if elsewhere else _lone(clause)

    def _elsewhere(self, text: str, field: FormField) -> bool:
        """Whether an amount in the unit of another field stands in a text."""
        others = [f for f in self._schema.fields if f.type.is_number and f.unit != field.unit]
        return any(find_quantities(text, f.unit) for f in others)

    def _yes_no(self, clause: str, field: FormField, spoken: Spoken) -> Fact | None:
        names = [n for n in sorted(spoken.names, key=len, reverse=True) if holds(clause, _plain([n]))]
        if not names or any(plain(word) in plain(clause) for word in field.others):
            return None
        rest = clause
        for name in names:
            if not holds(name, _plain((*spoken.yes, *spoken.no))):
                rest = re.sub(re.escape(name), " ", rest, flags=re.IGNORECASE)
        answer = self.answer(rest, spoken)
        if answer is None and field.type is FieldType.YES_NO_OR_COUNT and _SOME.search(rest):
            answer = True
        return None if answer is None else Fact(field.id, answer, clause, quote=clause)

    def answer(self, text: str, spoken: Spoken | None = None) -> bool | None:
        """Yes or no in words; a no counts more: 还没有 holds 有. Whoever does not know has said neither."""
        own = spoken or Spoken(field="x")
        if self._words.has("moves.unknown", text):
            return None
        if holds(text, _plain(own.no)):
            return False
        if self._words.has("answers.no", re.sub("没问题|不少|不错", "有", text)):
            return False
        return True if holds(text, _plain(own.yes)) or self._words.has("answers.yes", text) else None

    def _chosen(self, clause: str, field: FormField, taken: Set[str]) -> Fact | None:
        if any(f.type is FieldType.CHOICE and f.id in taken and self._claims(clause, f) for f, _ in self._spoken):
            return None
        rest = clause
        for name in sorted(self._own[field.id].names, key=len, reverse=True):
            # 依托公司是联盟: the name of the field holds the name of another choice.
            rest = rest if plain(name) in self._choices[field.id] else rest.replace(name, "")
        found = find_choices(field, rest)
        if len(found) != 1:
            return None
        choice, near = found[0]
        reading = read_value(LabelMatch(field, Closeness.SAME, field.label), choice.value)
        if reading is None:
            return None
        named = next((n for n in (*choice.aliases, choice.value) if plain(n) in plain(rest)), choice.value)
        value = named if choice.verbatim else choice.value
        caveats = (f"按所说“{clause[:40]}”归为“{value}”，是否相当，请核对",) if near else ()
        return Fact(field.id, value, clause, "", caveats, (), clause)

    def _claims(self, clause: str, field: FormField) -> bool:
        """Whether a clause has told another field its choice, so that the same word is not taken twice."""
        cues = (*self._own[field.id].cues, *self._own[field.id].cues_of_reply)
        return bool(cues) and holds(clause, _plain(cues)) and bool(find_choices(field, clause))

    def asked(self, text: str, fields: Sequence[FormField], found: Set[str]) -> dict[str, Fact]:
        """What a turn says to the question that was asked."""
        facts: dict[str, Fact] = {}
        open_fields = [field for field in fields if field.id not in found]
        if not open_fields or self._words.has("answers.asking", text.rstrip("。")) or len(text) > _MAX_TEXT:
            return facts
        yes_no = [field for field in open_fields if field.type.is_yes_no]
        own = {field.id for field in fields}
        # 资本金五千万，够 says nothing of the committee that was asked for.
        if any(self.names(name, text) for name in self._own if name not in own):
            yes_no = []
        if yes_no and len(text) <= _MAX_REPLY and not found:
            facts |= self._answers(text, yes_no)
        for field in open_fields:
            if field.type.is_number and field.id not in facts:
                figures = any(f.type.is_number and f.id in found | facts.keys() for f in self._schema.fields)
                fact = self._figure(text, field, alone=not figures)
            elif field.type is FieldType.CHOICE:
                told = (self._chosen(clause, field, found) for clause in clauses_of(text))
                fact = next((one for one in told if one is not None), None)
            elif field.type.is_text and field.id not in facts:
                fact = self._text(text, field, facts.keys() | found)
            else:
                continue
            if fact is not None:
                facts[field.id] = self._at_most(fact, field, text)
        return facts

    def _at_most(self, fact: Fact, field: FormField, text: str) -> Fact:
        """我们公司有85人 in reply: they may be all there are, so the field is that at most."""
        named = holds(text, _plain((*field.same, *field.near, *field.prose)))
        if (
            not isinstance(fact.value, Quantity)
            or not field.total
            or named
            or not self._words.has("answers.whole", text)
        ):
            return fact
        caveat = f"“{fact.raw}”只能当作{field.label}的上限"
        return replace(fact, value=as_upper_bound(fact.value), caveats=(*fact.caveats, caveat))

    def names(self, field: str, clause: str) -> bool:
        """Whether a clause speaks of a field."""
        spoken, asked = self._own[field], self._schema.by_id[field]
        own = (*spoken.names, *spoken.cues, *spoken.cues_of_reply, *spoken.figures)
        return holds(clause, _plain((*asked.names(), *asked.prose, *own)))

    def _answers(self, text: str, fields: Sequence[FormField]) -> dict[str, Fact]:
        """有 answers the one that is asked, 都有 all of them; 有 of two leaves both open."""
        bare = text.replace("没问题", "")
        if self._words.has("moves.unknown", text):
            answer: bool | None = None  # 都没统计 holds 都没, and tells nothing
        elif self._words.has("moves.neither", bare) and len(fields) > 1:
            answer = False
        elif self._words.has("moves.both", text):
            answer = not self._words.has("answers.no", bare)
        else:
            answer = self.answer(text, self._own[fields[0].id]) if len(fields) == 1 else None
        return {} if answer is None else {f.id: Fact(f.id, answer, text.strip(), quote=text.strip()) for f in fields}

    def _figure(self, text: str, field: FormField, alone: bool) -> Fact | None:
        """`alone`: no other figure of the turn is taken, so one without a unit may be meant."""
        kinds = {word for words in self._kinds for word in words}
        if any(word in plain(text) for word in kinds) or _OTHER_THING.search(text):
            return None
        if self._is_of_another(text, field, self._own[field.id]):
            return None
        spans = self._amounts(text, field, self._own[field.id])
        if not spans and alone and len(text) <= _MAX_REPLY and _ONLY_FIGURE.fullmatch(text):
            spans = [] if self._elsewhere(text, field) else _lone(text)
        return _counted(text, field, spans)

    def _text(self, text: str, field: FormField, taken: Iterable[str]) -> Fact | None:
        """The clauses that say nothing of other fields."""
        said = [c for c in clauses_of(text) if not self._tells(c, set(taken))]
        words = "，".join(said)
        tells_nothing = self._words.has("moves.unknown", words) or self.answer(words) is False
        if not words or _NO_LETTERS.fullmatch(words) or tells_nothing:
            return None
        return Fact(field.id, words, words, quote=words)

    def _tells(self, clause: str, taken: Set[str]) -> bool:
        return any(name in taken and self.names(name, clause) for name in self._own)


def _plain(words: Iterable[str]) -> list[str]:
    return [word.lower() if word.isascii() else plain(word) for word in words]


def _lone(text: str) -> list[tuple[int, int, Quantity]]:
    """The one figure of a text, whatever it counts; 60多个 and 不到60 keep their bounds."""
    found = list(_FIGURES.finditer(text))
    if len(found) != 1:
        return []
    end = found[0].end()
    rest = re.sub(r"^[个名位号]?人?", "人", text[end:])
    amount = read_quantity(text[:end] + rest, "人")
    return [(0, len(text), amount)] if amount is not None else []


def _counted(text: str, field: FormField, spans: Sequence[tuple[int, int, Quantity]]) -> Fact | None:
    if len(spans) != 1:
        return None
    amount = spans[0][2]
    raw = amount.raw if amount.unit == field.unit else amount.raw.removesuffix(amount.unit)
    value = replace(amount, raw=raw, unit=field.unit)
    return Fact(field.id, value, value.raw, "", (), amount.doubts, text.strip())
