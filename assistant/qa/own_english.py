"""Figures that an English turn states, as the Chinese sentences in which the form's fields are read."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from assistant.forms.form_schema import FormField, FormSchema
from assistant.forms.words import folded
from assistant.qa.terms import Term
from assistant.rules.numbers import plain
from assistant.rules.units import measure_of

_SENTENCE = re.compile(r"(?:[^.?!;\n]|\.(?=[0-9]))+")
_NO_FACT = re.compile(
    r"\b(?:heard|told|require[sd]?|requirements?|must|need(?:s|ed)?|minimum|threshold|plan(?:ned|s)?|planning|will|"
    r"going to|expect|budget(?:ed)?|"
    r"(?:two|three|several|\d+) years|cumulative|they|their|other (?:firm|compan)\w*)\b",
    re.IGNORECASE,
)
_MEASURED_BY_IT = re.compile(
    r"\b(?:meet|meets|reach|satisfy|fulfil|pass)\b[^.?!]{0,40}\b(?:requirements?|minimum|threshold)\b", re.IGNORECASE
)
_FIXED = re.compile(r"\b(?:fixed|permanent)\b", re.IGNORECASE)
_FULL = re.compile(r"\b(?:full[- ]time|dedicated|regular)\b", re.IGNORECASE)
_OTHERS = {
    "兼职": r"part[- ]time|adjunct",
    "双聘": r"dual(?:ly)?[- ]?(?:employed|appointed|appointment)?|double[- ]appointed|joint(?:ly)?[- ]appointed",
    "外聘": r"external|visiting|seconded|contract(?:ed|or)?|freelance|temporary",
}
_BOUNDS = {
    "约": r"about|around|roughly|approximately|some",
    "不足": r"less than|fewer than|under|below|nearly|almost",
    "超过": r"more than|over|above",
    "至少": r"at least",
    "至多": r"at most|up to",
}
_BOUND = "|".join(_BOUNDS.values())
_PEOPLE = re.compile(rf"(?P<bound>{_BOUND})?\s*(?<![\w.,])(?P<n>\d[\d,]*)\s+(?P<kind>(?:[A-Za-z'-]+\s+){{0,3}})$", re.I)
_SCALES = {"thousand": 10**3, "k": 10**3, "million": 10**6, "m": 10**6, "billion": 10**9, "": 1}
_MONEY = re.compile(
    rf"(?P<bound>{_BOUND})?\s*(?P<sign>RMB|CNY|¥|US\$|\$|USD|€|EUR)?\s*(?<![\w.,])(?P<n>\d[\d,]*(?:\.\d+)?)\s*"
    r"(?P<scale>thousand|million|billion|[km](?!\w))?\s*(?P<unit>yuan|RMB|CNY|dollars?|USD|euros?|EUR)?(?!\w)",
    re.IGNORECASE,
)
_ANY_AMOUNT = re.compile(
    rf"(?:\b(?P<bound>{_BOUND})\s+)?(?P<sign>RMB|CNY|¥|US\$|\$|USD|€|EUR)?\s*(?<![\w.,])(?P<n>\d[\d,]*(?:\.\d+)?)\s*"
    r"(?P<scale>thousand|million|billion|[km](?!\w))?\s*"
    r"(?:(?P<unit>yuan|RMB|CNY|dollars?|USD|euros?|EUR)|(?P<people>people|persons?|staff|employees|researchers))?(?!\w)",
    re.IGNORECASE,
)
_FOREIGN = {"美元": r"US\$|\$|USD|dollars?", "欧元": r"€|EUR|euros?"}


def in_chinese(
    text: str, terms: Sequence[Term], schema: FormSchema, english: Mapping[str, Sequence[str]] | None = None
) -> str:
    """The figures of `text` with the field that each is of; empty if it states none.

    `terms`: its terms of the law; `english`: what else a field goes by.
    """
    said: list[str] = []
    for found in _SENTENCE.finditer(text):
        if _NO_FACT.search(_MEASURED_BY_IT.sub("", found.group())):
            continue
        inside = [t for t in terms if found.start() <= t.start < found.end()]
        for field in schema.fields:
            names = {folded(name) for name in (field.label, *field.same, *field.near, *field.wider)}
            named = [t for t in inside if names & {folded(form) for form in t.forms}]
            if not field.type.is_number:
                continue
            own = [name.lower() for name in (english or {}).get(field.id, ()) if name.isascii()]
            if measure_of(field.unit).scale_is_unit and (named or any(n in found.group().lower() for n in own)):
                said += _money(found.group(), field)
            else:
                said += (s for t in named for s in _people(text[found.start() : t.start], t.text, field))
    return "".join(f"{one}。" for one in dict.fromkeys(said))


def figures_in_chinese(text: str) -> str:
    """The turn with its amounts, and what kind of people they count, in Chinese: about 90 people, 15 million yuan is
    约90人, 1500万元. So a bare reply can be read for what was asked."""
    for chinese, words in _OTHERS.items():
        text = re.sub(rf"\b(?:{words})\b", chinese, text, flags=re.IGNORECASE)
    return _ANY_AMOUNT.sub(_amount, text)


def _amount(found: re.Match[str]) -> str:
    value = Decimal(found["n"].replace(",", "")) * _SCALES[(found["scale"] or "").lower()]
    bound = _bound(found["bound"])
    if found["people"]:
        return f" {bound}{plain(value)}人"
    if not (found["sign"] or found["unit"] or found["scale"]):
        return found.group()
    currency = f"{found['sign'] or ''} {found['unit'] or ''}"
    foreign = next((zh for zh, words in _FOREIGN.items() if re.search(words, currency, re.IGNORECASE)), "")
    unit = foreign or ("元" if currency.strip() else "")
    return f" {bound}{plain(value / 10**4)}万{unit}"


def _people(before: str, term: str, field: FormField) -> Iterator[str]:
    found = _PEOPLE.search(before)
    if not found:
        return
    kind = f"{found['kind']} {term}"
    other = next((zh for zh, words in _OTHERS.items() if re.search(rf"\b(?:{words})\b", kind, re.IGNORECASE)), "")
    near, wider = (names[0] if names else field.label for names in (field.near, field.wider))
    name = other or (field.label if _FIXED.search(kind) else near if _FULL.search(kind) else wider)
    yield f"{name}{_bound(found['bound'])}{found['n'].replace(',', '')}{field.unit}"


def _money(sentence: str, field: FormField) -> Iterator[str]:
    amounts = [m for m in _MONEY.finditer(sentence) if m["unit"] or m["sign"]]
    if len(amounts) != 1:
        return
    found = amounts[0]
    currency = f"{found['sign'] or ''} {found['unit'] or ''}"
    foreign = next((zh for zh, words in _FOREIGN.items() if re.search(words, currency, re.IGNORECASE)), "")
    value = Decimal(found["n"].replace(",", "")) * _SCALES[(found["scale"] or "").lower()]
    unit = f"万{foreign}" if foreign else field.unit
    yield f"{field.label}{_bound(found['bound'])}{plain(value / measure_of(field.unit).factor)}{unit}"


def _bound(words: str | None) -> str:
    return next((zh for zh, names in _BOUNDS.items() if words and re.fullmatch(names, words, re.IGNORECASE)), "")
