"""Amounts in a sentence and the names they belong to: 75名固定研发人员, 固定研发人员（现有）75人、兼职20人."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from assistant.forms.fields_labels import Closeness
from assistant.forms.form_schema import FormField
from assistant.forms.words import folded
from assistant.rules.quantity import Quantity, find_quantities

_GAP = re.compile(
    r"(?:[\s,、:的了()“”\"~由从]|人数|数量|数额|数|总数|总额|总量|总计|合计|共计|共有|共|规模|金额|分别|实际|实有|现有|现为|目前|当前|现在|现|已经|已|均|为|是|有|在|达到|达|"
    r"仅有|仅|只有|只|才|就|也|还|却|拥有|配备|配有|我们|单位|公司|中心|上一?年度?|去年|今年|本年度|全年|年度|每年|一年|当年|投入|支出|上?花了?|上投入|用了?|"
    r"(?:19|20)[0-9]{2}年?度?|截至[^,。]{0,14}|截止[^,。]{0,14}|(?:尚|还|仍)?(?:未|没有?)(?:达到?|达标|满)?|左右|以上|以下|人|名|位|(?:不是|并非|而非|还差|差)[0-9.]{1,12}[万亿]?[元人名]?"
    r"|元|万元|但|不过|确切地?说|更正|应该是|改为)*+"
)
_JOINED = re.compile(r"(?:的|多|余|左右的|以上的|全职|在职|在岗)?")
_REQUIRED_AFTER = re.compile(
    r"^(?:以上|以下|及以上)?(?:的|这一|这个|这条)?(?:要求|标准|门槛|条件|红线|底线|规定|限制|最低|硬杠)|^(?:才|就)(?:行|可以|能)|^(?:吗|么|对吗|是吗|还是|呢)"
)
_REQUIRED_BEFORE = re.compile(
    r"(?:需要?|要求|要有?|必须有?|须有?|应有?|得有|应配备|需配备|须配备|应当有?|是不是要|标准为?|门槛为?)[是为]?$"
)
_GROWTH_BEFORE = re.compile(r"(?:引进|新增|招聘|新招|再招|增加|补充|还差|还缺|缺|差|培养|减少|流失|吸引)了?$")
_LOWER_BOUND = re.compile(r"^(?:不[得]?(?:少|低)于|至少|最少|起码|≥|>=|不下于?)")
_OWN = re.compile(r"我们|我单位|本单位|我司|本?公司|目前|现有|已有|现在|拥有|实有|我校|我院|我所|本中心")
_CHANGE_BEFORE = re.compile(r"(?:新增|引进|招聘|新招|增加|减少|流失|培养|人均|同比|平均|每年新增|拟招|补充)[的了]?$")
AND = re.compile(r"\s*(?:和|及|与|、|加|以及|\+|或)\s*")


@dataclass(frozen=True, slots=True, eq=False)
class Token:
    """A name in a sentence. `field` is None where its figure is no field's (博士); `mixes`: of other people (兼职)."""

    start: int
    end: int
    written: str
    field: FormField | None
    closeness: Closeness
    mixes: bool = False


def names_of(fields: list[FormField]) -> tuple[re.Pattern[str], dict[str, tuple[FormField | None, Closeness]]]:
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
        # A TOTAL that is no field's: what another figure must not hold.
        for word in field.never:
            names.setdefault(folded(word), (None, Closeness.TOTAL))
        for word in field.parts:
            names.setdefault(folded(word), (None, Closeness.SAME))
    ordered = sorted(names, key=len, reverse=True)
    return re.compile("|".join(re.escape(name) for name in ordered) or "(?!)"), names


def tokens_in(
    width: str, pattern: re.Pattern[str], names: dict[str, tuple[FormField | None, Closeness]]
) -> Iterator[Token]:
    """The names in a sentence; those that stand together are one (兼职的研发人员, 专职研发人员（固定）)."""
    last: Token | None = None
    for found in pattern.finditer(width):
        field, closeness = names[found.group()]
        mixes = field is None and closeness is Closeness.TOTAL
        if _CHANGE_BEFORE.search(width[: found.start()]):
            field = None
        token = Token(found.start(), found.end(), found.group(), field, closeness, mixes)
        if last is not None and re.fullmatch(r"的?\(?", width[last.end : token.start]):
            kind = None if last.field is None or token.field is None else token.field
            best = min(last.closeness, token.closeness)
            last = Token(last.start, token.end, width[last.start : token.end], kind, best, last.mixes or token.mixes)
            continue
        if last is not None:
            yield last
        last = token
    if last is not None:
        yield last


def amounts_in(sentence: str, unit: str) -> list[tuple[int, int, Quantity]]:
    """Amounts with their unit, and bare numbers; whether a bare one counts is seen from where it stands."""
    spans = {start: (start, end, quantity) for start, end, quantity in find_quantities(sentence, unit, Decimal(1))}
    spans |= {start: (start, end, quantity) for start, end, quantity in find_quantities(sentence, unit)}
    return sorted(spans.values(), key=lambda span: span[0])


def owners_of(
    width: str, tokens: list[Token], spans: list[tuple[int, int, Quantity]]
) -> dict[Token, list[tuple[int, int, Quantity]]]:
    """Which amount belongs to which name: 75名固定研发人员, or 固定研发人员（现有）75人."""
    owned: dict[Token, list[tuple[int, int, Quantity]]] = {token: [] for token in tokens}
    behind: tuple[Token, int] | None = None
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
            others = any(
                token.mixes and token.end <= start and not width[token.end : start].strip() for token in tokens
            )
            if not (required or others or _GROWTH_BEFORE.search(width[:start])):
                owned[following].append((start, end, quantity))
            behind = (following, max(following.end, end))
        elif left is not None and linked:
            if not required:
                owned[left].append((start, end, quantity))
            behind = (left, end)
    return owned


def share(width: str, tokens: list[Token], owned: dict[Token, list[tuple[int, int, Quantity]]]) -> None:
    """固定和兼职人员共90人: the amount counts for the first name too, which is then joined with another one."""
    for first, second in pairwise(tokens):
        together = AND.fullmatch(width[first.end : second.start]) and second.mixes
        if together and first.field is not None and not owned[first]:
            owned[first] = owned[second]


def _names_a_unit(width: str, start: int, end: int) -> bool:
    return not re.fullmatch(r"[\s:=]*[0-9.,]+[\s,]*", width[start:end])


def _is_requirement(width: str, start: int, end: int) -> bool:
    """Whether an amount is what is asked for, or is asked about, rather than what there is."""
    if _REQUIRED_AFTER.search(width[end:]) or _REQUIRED_BEFORE.search(width[:start]):
        return True
    return bool(_LOWER_BOUND.match(width[start:end])) and not _OWN.search(width)
