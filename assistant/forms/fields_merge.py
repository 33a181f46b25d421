"""All that a draft says of a field -> one fact: the closest name wins, and what contradicts becomes a doubt."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from decimal import Decimal
from types import MappingProxyType

from assistant.forms.fields_labels import Closeness, LabelMatch
from assistant.forms.form_schema import FieldType, FormField, FormSchema, Plausible
from assistant.forms.words import plain
from assistant.rules.facts import Fact
from assistant.rules.quantity import Quantity

Value = Quantity | str | bool | None


@dataclass(frozen=True, slots=True)
class Mention:
    """One place that says something of a field. `labelled`: beside a label, not in running text."""

    match: LabelMatch
    value: Value
    raw: str
    place: str
    quote: str
    caveats: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    year: str = ""
    labelled: bool = False
    planned: bool = False


def merge(
    mentions: Iterable[Mention],
    schema: FormSchema,
    left_blank: Set[str] = frozenset(),
    own_blank: Set[str] = frozenset(),
    noted: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, Fact]:
    """One fact for each field that was filled in.

    `left_blank`: fields whose own place was left empty; a total that stands elsewhere does not answer for those.
    `noted`: sentences that say of a field's figure that it holds others too.
    `own_blank`: those whose very name stood there; what stands beside a name that is only near is doubtful then.
    """
    grouped: dict[str, list[Mention]] = {}
    for mention in mentions:
        grouped.setdefault(mention.match.field.id, []).append(mention)
    facts = {}
    for field in schema.fields:
        fact = _fact(field, grouped.get(field.id, []), field.id not in left_blank)
        near = not any(m.match.closeness is Closeness.SAME for m in grouped.get(field.id, []))
        if fact is not None and near and field.id in own_blank:
            doubt = f"“{field.label}”没有填写，“{fact.raw[:30]}”写在另一项里，请核对"
            fact = replace(fact, doubts=tuple(dict.fromkeys((*fact.doubts, doubt))))
        if fact is not None and field.id in noted and isinstance(fact.value, Quantity) and fact.value.low is not None:
            fact = replace(fact, doubts=(*fact.doubts, f"文中写有“{noted[field.id][:50]}”，请核对口径"))
        if fact is not None:
            facts[field.id] = fact
    for bound in schema.plausible:
        doubt = _implausible(bound, facts)
        if doubt:
            fact = facts[bound.field]
            facts[bound.field] = replace(fact, doubts=tuple(dict.fromkeys((*fact.doubts, doubt))))
    return facts


def _fact(field: FormField, mentions: list[Mention], totals: bool) -> Fact | None:
    usable = [m for m in mentions if totals or m.match.closeness is not Closeness.TOTAL]
    read = [m for m in usable if m.value is not None or isinstance(m.value, Quantity)]
    unread = [m for m in usable if m.value is None]
    kept = [m for m in read if not m.planned] or read
    if not kept:
        # Words that are no value say something only where the field's own label stands beside them.
        kept = [m for m in unread if m.match.closeness <= Closeness.NEAR]
    if not kept:
        return None
    best = min(m.match.closeness for m in kept)
    closest = [m for m in kept if m.match.closeness is best]
    if field.type is FieldType.CHOICE or field.type.is_text:
        closest = [m for m in closest if m.labelled] or closest
    chosen = _settled(field, closest)
    doubts = chosen.doubts + _contradicted(chosen, mentions)
    return Fact(
        field.id, chosen.value, chosen.raw, chosen.place, chosen.caveats, tuple(dict.fromkeys(doubts)), chosen.quote
    )


def _settled(field: FormField, mentions: list[Mention]) -> Mention:
    """One mention out of several: the same, the more exact, those of several years as a span, or a doubt."""
    distinct = _distinct(mentions)
    first = distinct[0]
    if len(distinct) == 1:
        return first
    if field.type is FieldType.LONG_TEXT:
        words = "\n".join(str(m.value) for m in distinct)
        return replace(first, value=words, raw=words)
    if field.type.is_number:
        exact = [m for m in distinct if isinstance(m.value, Quantity) and m.value.exact]
        if len(exact) == 1 and all(_allows(m.value, exact[0].value) for m in distinct):
            return next((m for m in distinct if _same_figure(m, exact[0])), exact[0])
        if (bound := _least_bound(distinct)) is not None:
            return bound
        years = {m.year for m in distinct if m.year}
        if len(years) == len(distinct):
            return _over_years(distinct)
    if field.type is FieldType.YES_NO_OR_COUNT and len({_truth(m.value) for m in distinct}) == 1:
        return first
    shown = "、".join(f"“{m.raw[:30]}”{f'（{m.place}）' if m.place else ''}" for m in distinct[:4])
    return replace(first, doubts=(*first.doubts, f"有几处不同的填写：{shown}，请核对"))


def _same_figure(bound: Mention, exact: Mention) -> bool:
    """固定研发人员98人, and in a note: 98人中含外聘专家25人. The note tells what the figure is."""
    if not isinstance(bound.value, Quantity) or not isinstance(exact.value, Quantity) or bound.value.low is not None:
        return False
    return bound is not exact and not bound.value.high_open and bound.value.high == exact.value.high


def _least_bound(mentions: Sequence[Mention]) -> Mention | None:
    """科技人员150, 技术人员140: where each is only a bound of what is asked, under its own name, the least holds."""
    names = {plain(m.match.written) for m in mentions}
    bounds = all(m.match.closeness >= Closeness.WIDER and not m.doubts for m in mentions)
    if not bounds or len(names) < len(mentions):
        return None
    known = [m for m in mentions if isinstance(m.value, Quantity) and m.value.high is not None and m.value.low is None]
    return min(known, key=_high, default=None)


def _high(mention: Mention) -> Decimal:
    return (mention.value.high if isinstance(mention.value, Quantity) else None) or Decimal(0)


def _distinct(mentions: list[Mention]) -> list[Mention]:
    """Mentions with different values, labelled ones first; of the same value the one with fewer doubts."""
    found: dict[object, Mention] = {}
    for mention in sorted(mentions, key=lambda m: (not m.labelled, len(m.doubts))):
        key: object = mention.value
        if isinstance(mention.value, Quantity):
            q = mention.value
            key = (q.low, q.high, q.low_open, q.high_open)
        elif isinstance(mention.value, str):
            key = plain(mention.value)
        found.setdefault((type(mention.value), key), mention)
    return list(found.values())


def _over_years(mentions: Sequence[Mention]) -> Mention:
    """The measure names no year: all that the years say, from the least to the most."""
    ordered = sorted(mentions, key=lambda m: m.year)
    quantities = [m.value for m in ordered if isinstance(m.value, Quantity)]
    raw = "；".join(f"{m.year}年{m.raw}" for m in ordered)
    lows = [q.low for q in quantities if q.low is not None]
    highs = [q.high for q in quantities if q.high is not None]
    low = min(lows) if len(lows) == len(quantities) else None
    high = max(highs) if len(highs) == len(quantities) else None
    doubts = tuple(dict.fromkeys(doubt for m in ordered for doubt in m.doubts))
    caveats = (*ordered[-1].caveats, f"填了{len(ordered)}个年度的数（{raw}），没有规定以哪一年为准")
    value = Quantity(raw, low, high, quantities[0].unit)
    places = "；".join(dict.fromkeys(m.place for m in ordered))
    return replace(ordered[-1], value=value, raw=raw, place=places, caveats=caveats, doubts=doubts)


def _truth(value: Value) -> bool | None:
    if isinstance(value, Quantity):
        return None if value.high is None and value.low is None else (value.low or Decimal(0)) > 0 or value.low_open
    return value if isinstance(value, bool) else None


def _allows(quantity: Value, exact: Value) -> bool:
    if not isinstance(quantity, Quantity) or not isinstance(exact, Quantity) or exact.low is None or quantity.doubts:
        return False
    value = exact.low
    above = quantity.low is None or quantity.low < value or (quantity.low == value and not quantity.low_open)
    below = quantity.high is None or value < quantity.high or (quantity.high == value and not quantity.high_open)
    return above and below


def _contradicted(chosen: Mention, mentions: list[Mention]) -> tuple[str, ...]:
    """A part that is said to be larger than its whole."""
    if not isinstance(chosen.value, Quantity) or chosen.value.low is None:
        return ()
    for other in mentions:
        wider = other.match.closeness > max(chosen.match.closeness, Closeness.NEAR)
        if not wider or not isinstance(other.value, Quantity) or other.doubts or other.value.high is None:
            continue
        if other.value.high < chosen.value.low:
            return (f"所填{chosen.raw[:30]}多于范围更大的“{other.match.written}”（{other.raw[:30]}），请核对",)
    return ()


def _implausible(bound: Plausible, facts: dict[str, Fact]) -> str:
    """The doubt, if the value lies beyond the bound altogether."""
    value = facts[bound.field].value if bound.field in facts else None
    if not isinstance(value, Quantity):
        return ""
    factor = Decimal(1)
    if bound.per:
        per = facts.get(bound.per)
        if per is None or per.doubts or not isinstance(per.value, Quantity) or not per.value.exact or not per.value.low:
            return ""
        factor = per.value.low
    small = (
        bound.low is not None and value.high is not None and value.high < bound.low * factor and value.low is not None
    )
    large = bound.high is not None and value.low is not None and value.low > bound.high * factor
    return bound.doubt if small or large else ""
