"""How many people there are in all, said with nothing else: 我们有75人. A part of them is that many at most."""

from collections.abc import Iterable

from assistant.forms.fields_values import as_upper_bound
from assistant.forms.form_schema import FormField
from assistant.interview.words import clauses_of, general_words
from assistant.rules.facts import Fact
from assistant.rules.quantity import find_quantities


def headcount(text: str, fields: Iterable[FormField]) -> dict[str, Fact]:
    """Upper bounds of those `fields` that count some of all people, from clauses that only say how many there are."""
    counted = [field for field in fields if field.type.is_number and field.total]
    facts: dict[str, Fact] = {}
    for clause in clauses_of(text):
        for field in counted:
            amounts = find_quantities(clause, field.unit)
            if len(amounts) != 1 or not _says_no_more(clause[: amounts[0][0]] + clause[amounts[0][1] :]):
                continue
            amount = as_upper_bound(amounts[0][2])
            caveat = f"“{amount.raw}”只能当作{field.label}的上限"
            facts[field.id] = Fact(field.id, amount, amount.raw, "", (caveat,), amount.doubts, clause)
    return facts


def _says_no_more(rest: str) -> bool:
    words = general_words().of("people.all")
    before = ""
    rest = rest.lower().strip(" ,.!?，。！？")
    while rest and rest != before:
        before = rest
        rest = next((rest.removeprefix(word).strip() for word in words if rest.startswith(word)), rest)
    return not rest
