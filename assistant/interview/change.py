"""What a turn supposes, as facts beside those that are stated: 再招5个人呢, 要是研发费用加到1200万, 如果改成联盟型."""

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from assistant.forms.form_schema import FormField, FormSchema
from assistant.forms.words import folded, plain
from assistant.interview.script import Script, Spoken
from assistant.interview.words import clauses_of, general_words, holds
from assistant.rules.facts import Fact
from assistant.rules.numbers import NUMBER, fold, parse_number
from assistant.rules.numbers import plain as figures
from assistant.rules.quantity import Quantity, find_quantities
from assistant.rules.units import measure_of

_POINTS_BACK = re.compile(r"(?:呢|的话|会怎[么样]+|怎么样|行吗|够吗|行不行|够不够|可以吗)[?？。]*$")
_COUNTED = re.compile(rf"({NUMBER})\s*(?:多|来)?\s*(?:个|名|位|人|号)?")


class Suppositions:
    """Reads what one turn supposes about the fields of a form."""

    def __init__(self, schema: FormSchema, script: Script) -> None:
        self._numbers = [field for field in schema.fields if field.type.is_number]
        self._script, self._words = script, general_words()

    def supposes(self, text: str) -> bool:
        """Whether a turn puts a case instead of saying what is."""
        if self._words.has("suppose.if", text):
            return True
        changes = self._words.has("suppose.up", text) or self._words.has("suppose.down", text)
        return bool(_POINTS_BACK.search(text)) and changes and bool(re.search(rf"{NUMBER}", fold(text)[0]))

    def bare(self, text: str) -> str:
        """The turn without what makes a case of it, so that it can be read as if it were so."""
        rest = _POINTS_BACK.sub("", text.rstrip("?？。 "))
        for word in self._words.of("suppose.if"):
            rest = re.sub(re.escape(word), "", rest, flags=re.IGNORECASE)
        return re.sub(r"^[那把将,，\s]+", "", rest)

    def figures(self, text: str, facts: Mapping[str, Fact], last: str) -> dict[str, Fact]:
        """Supposed amounts: so many more or fewer than stated, or just so many. `last`: the figure told last."""
        changed: dict[str, Fact] = {}
        for clause in clauses_of(text):
            changed |= self._of_clause(clause, facts, last)
        return changed

    def _of_clause(self, text: str, facts: Mapping[str, Fact], last: str) -> dict[str, Fact]:
        for field in sorted(self._numbers, key=lambda f: not self._names(f, text)):
            if any(plain(word) in plain(text) for word in field.never):
                continue  # 再双聘20个: whether they count is not settled
            found = self._amount(text, field, last)
            if found is None:
                continue
            before, amount = found
            fact = facts.get(field.id)
            sign = self._direction(before)
            if sign == 0 or sign is None:
                return {field.id: Fact(field.id, amount, amount.raw, quote=text)}
            if fact is None or not isinstance(fact.value, Quantity):
                return {}
            return {field.id: _moved(fact, fact.value, amount, sign, text)}
        return {}

    def _amount(self, text: str, field: FormField, last: str) -> tuple[str, Quantity] | None:
        """The words before the amount, and the amount."""
        spans = find_quantities(text, field.unit)
        if len(spans) == 1:
            return text[: spans[0][0] + _led(spans[0][2].raw)], spans[0][2]
        if spans or any(find_quantities(text, other.unit) for other in self._numbers):
            return None
        folded_text = fold(text)[0]
        counted = _COUNTED.search(folded_text)
        people = measure_of(field.unit) == measure_of("人")
        meant = self._names(field, text) or (self._words.has("suppose.people", text) and people) or last == field.id
        if counted is None or not meant or (not people and self._words.has("suppose.people", text)):
            return None
        number = parse_number(counted[1])
        if number is None or self._direction(folded_text[: counted.start()]) is None:
            return None
        return folded_text[: counted.start()], Quantity(counted[0].strip(), number.low, number.high, field.unit)

    def _names(self, field: FormField, text: str) -> bool:
        spoken = self._script.of_field.get(field.id, Spoken(field=field.id))
        own = [n.lower() if n.isascii() else plain(n) for n in (*field.names(), *spoken.names, *spoken.figures)]
        return holds(text, own) or any(word in folded(text) for word in map(folded, field.prose))

    def _direction(self, before: str) -> int | None:
        """1 up, -1 down, 0 to that amount, by the word that stands nearest before it; None if there is none."""
        near = before[-14:].lower()
        best = max(
            ((_last(near, word), len(word), sign) for name, sign in (("to", 0), ("up", 1), ("down", -1))
             for word in self._words.of(f"suppose.{name}")),
            default=(-1, 0, 0),
        )  # fmt: skip
        return best[2] if best[0] >= 0 else None


def _last(text: str, word: str) -> int:
    """Where a word ends in a text, the last time; -1 if it does not stand in it."""
    if word.isascii():
        found = list(re.finditer(rf"\b{re.escape(word)}\b", text))
        return found[-1].end() if found else -1
    at = text.rfind(word)
    return at + len(word) if at >= 0 else -1


def _led(raw: str) -> int:
    """How many characters of an amount's own words stand before its figure."""
    found = re.search(rf"{NUMBER}", fold(raw)[0])
    return found.start() if found else 0


def _moved(fact: Fact, old: Quantity, by: Quantity, sign: int, text: str) -> Fact:
    def end(value: Decimal | None, change: Decimal | None) -> Decimal | None:
        return None if value is None or change is None else max(value + sign * change, Decimal(0))

    low = end(old.low, by.low if sign > 0 else by.high)
    high = end(old.high, by.high if sign > 0 else by.low)
    exact = low is not None and low == high and not (old.low_open or old.high_open)
    raw = f"{figures(low)}{old.unit}" if exact and low is not None else f"{old.raw}{'加' if sign > 0 else '减'}{by.raw}"
    moved = replace(old, raw=raw, low=low, high=high)
    return replace(fact, value=moved, raw=raw, quote=text)
