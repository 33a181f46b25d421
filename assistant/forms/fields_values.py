"""What a person wrote into a field -> its value by the field's type, with what speaks against relying on it."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.forms.fields_boxes import ticked
from assistant.forms.fields_doubts import doubts_in
from assistant.forms.fields_labels import Closeness, LabelMatch
from assistant.forms.form_schema import Choice, FieldType, FormField
from assistant.forms.label_words import scale_of_unit, unit_of
from assistant.forms.words import folded, form_words, plain
from assistant.rules.quantity import Quantity, find_quantities, read_quantity

MAX_RAW = 400
_LONGEST_CHOICE = 30
_BLANK = re.compile(
    r"[-—–/\\.…·*?~。、,:;|^()（）<>]*|x{2,}|×{2,}|同上|略|空白?|待(?:定|补充?|填写?|完善|确定|明确|提供|核实|报|议)|未填写?|暂(?:缺|不填|未填写?|未确定)|尚?未(?:确)?定"
    r"|\((?:姓名|名称|全称|签[字名]|盖章|公章|日期|单位|手写)\)|n/?a|null|none|nil|tbd|todo|不详|未知|不清楚|不知道|不适用|不涉及|选填|必填|(?:详情?)?(?:请?参?见|参[阅看])(?:[附后另佐上前正第审][^,。;]{1,14})"
    r"|[(<\[{]*(?:请|此处|点击|单击|在此|可)[^。]{0,6}(?:填写?|输入|选择|注明|写明|勾选|补充)[^。]{0,20}"
)
_NOTHING = re.compile(r"(?:暂|尚)?无|没有")
_ASKED = form_words("answers", "asked")
_YES = form_words("answers", "yes")
_NO = form_words("answers", "no")
_POPULATIONS = form_words("doubts", "populations")
_DENIES = form_words("answers", "denies")
_ASKING = re.compile(r"^(?:是否|有无|能否)[^:]{0,12}:")
_NOT_YET = re.compile(
    r"^待|拟|计划|正?在?筹[建备划]|筹办|有待|待(?:成立|建立|组建|设立|定|办)|将(?:于|在|要)?.{0,10}(?:成立|建立|组建|设立)|准备|打算|正在"
)
_STARTS_NO = re.compile(
    r"(?:承诺|经承诺|我们|本?单位|本?公司|中心|目前|截至目前|近[一二三两0-9]+年来?|历年来?|至今|(?:自?成立)?以来|经(?:自?查|核查|检索|查询|比对|核对|核实|了解|检查|审查|梳理)[,，]?"
    r"|暂时?|仍|均|并|也|从)*(?:零|0[起次件例宗项]|否(?![认定])|无(?![人线偿机缝损锡锈菌尘源氧铅法])|没|未(?!来)|不(?![断仅少错但只同清详]|确定|能(?:排除|确定|说|肯定))|非(?!常)|尚未|尚无|还没|从未|缺|(?:无法|不能|难以)(?!排除|确定|判断|核实))"
)
_HOLDS_NO = re.compile(
    r"尚未|没有|还没|未(?:能|曾|予)?(?:成立|建立|设立|组建|获得?|取得|通过|推荐|发生|出现)|不具备|不满足|未见|未发现|无相关|无此类|无不良"
)
_STARTS_YES = re.compile(
    r"(?:我们|本?单位|本?公司|中心|目前|现|均|都)*(?:是(?!否)|有(?!无|没有)|已|具[备有]|拥有|存在|[成建设]立|[建设配]有|组建|满足|符合|达到|完成|可以|能够?|获|取得|共)"
)
_HOLDS_YES = re.compile(
    r"已(?:经|于|在)?.{0,14}(?:[成建设]立|组建|具备|运行|获|取得|推荐|完成|批准|满足)|[成建设]立(?:于|了)|年[^,。]{0,8}[成建设]立"
    r"|(?:业[已经]|经[^,。]{2,10}(?:批准|同意|通过)).{0,14}(?:[成建设]立|组建|通过|推荐)|予以?[成建设]立"
)
_PART = re.compile(r"(?<![0-9])[,、]|[,、](?![0-9]{3})|[;。\n]")
_ASIDE = re.compile(
    r"(?:其中|含|包括|包含|另|此外|外加|不含|较|比|距|[尚还]?差|要求|办法|规定|标准|同比|环比|增长|减少|注|备注|说明)"
)
_LATER = re.compile(
    r"拟|预计|预期|计划|规划|力争|争取|目标|未来|今后|明年|(?:19|20)[0-9]{2}年[底末]?(?:前|将|达)|将(?!近)"
)
SEVERAL_YEARS = re.compile(r"(?:19|20)[0-9]{2}年?度?\s*[-—–~至到]\s*(?:19|20)?[0-9]{2}年")
_BRACKETS = re.compile(r"[(（\[【][^()（）\[\]【】]*[)）\]】]")
_MORE_CHOSEN = re.compile(r"[+＋](?!联盟|产业联盟|创新联盟)|先.*后|均可|[(]筹[)建]")
_A_YEAR = re.compile(r"(?:19|20)[0-9]{2}年|上年|前年|去年")
_CHANGE = re.compile(r"新增|增加|增长|减少|其中|计划|目标|拟|将|预计|项目|补助")
_WITHOUT = re.compile(r"不含|不包括|不包含|除|非|扣除|剔除|另有|另外|此外|不计|未计")


@dataclass(frozen=True, slots=True)
class Reading:
    """A value that was read; `raw` as written. None with doubts: something stands there that is no such value."""

    value: Quantity | str | bool | None
    raw: str
    caveats: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


def read_value(match: LabelMatch, text: str, unit: str = "") -> Reading | None:
    """What `text` says as the value of a field; None if nothing was filled in.

    `unit`: what a bare number counts, where label, header or a column of units say so.
    """
    field = match.field
    raw = text.strip()[:MAX_RAW]
    said = ticked(text, lone=field.type.is_yes_no)
    if said is None or is_blank(said, field.type) or (field.unit and unit_of(said)):
        return None
    reading = _read(match, said, raw, unit)
    reserved = () if reading.doubts else doubts_in(field, reading.value, said)
    return replace(reading, doubts=reserved) if reserved else reading


def _read(match: LabelMatch, said: str, raw: str, unit: str) -> Reading:
    kind = match.field.type
    if kind.is_number:
        return _number(match, said, raw, match.unit, unit)
    if kind is FieldType.CHOICE:
        return _choice(match, said, raw)
    if kind.is_yes_no:
        return _yes_no(match, said, raw)
    words = said if kind is FieldType.LONG_TEXT else _one_line(said)
    return Reading(words.strip(), raw, near_caveats(match))


def is_blank(text: str, kind: FieldType) -> bool:
    """Whether a cell says nothing: left empty, a line to write on, 待定, a prompt; 无 where a value is asked for."""
    words = plain(text)
    words = words if _BLANK.fullmatch(words) else re.sub(r"^\((.*)\)$", r"\1", words)
    if kind.is_yes_no:
        return words in _ASKED or (words not in _NO and bool(_BLANK.fullmatch(words)))
    return bool(_BLANK.fullmatch(words) or _NOTHING.fullmatch(words))


def near_caveats(match: LabelMatch) -> tuple[str, ...]:
    """What to say of a value whose label is not quite the field's."""
    if match.closeness is Closeness.NEAR:
        return (f"按所填“{match.written}”判断，它与“{match.field.label}”是否同一口径，请核对",)
    if match.closeness >= Closeness.WIDER:
        return (f"所填“{match.written}”的范围大于“{match.field.label}”，只能当作上限",)
    return ()


def as_upper_bound(quantity: Quantity) -> Quantity:
    """A wider figure says what the field is at most."""
    return Quantity(quantity.raw, None, quantity.high, quantity.unit, False, quantity.high_open, quantity.doubts)


def _one_line(text: str) -> str:
    return re.sub(r"(?<![A-Za-z0-9,.])\s*\n\s*|\s*\n\s*(?![A-Za-z0-9])", "", text).replace("\n", " ")


# ── numbers ──


def _number(match: LabelMatch, said: str, raw: str, own: str, around: str) -> Reading:
    """`own`: the unit in the label; `around`: that of the column or table, which may be that of other figures."""
    field = match.field
    own = next((u for remark in _BRACKETS.findall(said) if (u := unit_of(remark))), "") or own  # 1200（千元）
    unit = own or (around if around and scale_of_unit(around, field.unit) != (None, ()) else "")
    scale, unit_doubts = scale_of_unit(unit, field.unit) if unit else (Decimal(1), ())
    quantity, includes = _stated(field, said, scale or Decimal(1))
    if quantity is None:
        return Reading(None, raw, doubts=(f"写的是“{raw[:40]}”，没有写出数值",))
    doubts: tuple[str, ...] = ()
    if not find_quantities(said, field.unit):
        doubts += unit_doubts
        if scale is None and not unit_doubts:
            doubts += (f"所注单位“{unit}”与本项的单位“{field.unit}”不符",)
    if field.type is FieldType.INTEGER and quantity.exact and quantity.low is not None and quantity.low % 1:
        doubts += (f"“{raw[:40]}”不是整数",)
    caveats = near_caveats(match)
    if match.closeness >= Closeness.WIDER:
        quantity = as_upper_bound(quantity)
    elif includes:
        quantity, caveats = as_upper_bound(quantity), (*caveats, f"所填数含{includes}，只能当作上限")
    if not doubts and quantity.exact and (other := _of_another_year(field, said, quantity)) is not None:
        caveats = (*caveats, f"写有不止一个年度的数（{raw[:40]}），没有规定以哪一年为准")
        quantity = other
    if not doubts and SEVERAL_YEARS.search(folded(said)) and quantity.exact:
        doubts = (f"写的是“{raw[:40]}”，像是几年的合计，请核对",)
    return Reading(quantity, raw, caveats, (*quantity.doubts, *doubts))


def _of_another_year(field: FormField, said: str, stated: Quantity) -> Quantity | None:
    """1150万元（2023年为920万元）: from the least to the most; None where no bracket tells of another year."""
    asides = [aside for aside in _BRACKETS.findall(folded(said)) if _A_YEAR.search(aside) and not _CHANGE.search(aside)]
    others = [
        q for aside in asides for _, _, q in find_quantities(aside, field.unit) if q.exact and q.low != stated.low
    ]
    if not others or stated.low is None:
        return None
    amounts = [stated.low, *(other.low for other in others if other.low is not None)]
    return Quantity(stated.raw, min(amounts), max(amounts), stated.unit)


def _stated(field: FormField, said: str, scale: Decimal) -> tuple[Quantity | None, str]:
    """The amount a cell states, without its asides; and what of another kind it says to be in it (兼职)."""
    whole = read_quantity(said, field.unit, scale)
    width = folded(said)
    asides = _BRACKETS.findall(width)
    others = (*field.never, *field.parts, *_POPULATIONS)
    main = _BRACKETS.sub(" ", width)
    parts = [part for part in _PART.split(main) if part.strip()]
    kept = [part for part in parts if not _ASIDE.match(part.strip()) and not any(n in part for n in others)]
    # 现有78名，2026年底拟增至95名: what is planned says nothing of what there is, unless it is all that is said.
    now = [part for part in kept if not _LATER.search(part)]
    if len(now) < len(kept) and read_quantity("，".join(now), field.unit, scale) is not None:
        return read_quantity("，".join(now), field.unit, scale), ""
    asides += [part for part in parts if part not in kept]
    included = next(
        (word for aside in asides for word in field.never if word in aside and not _WITHOUT.search(aside)), ""
    )
    own = read_quantity("，".join(kept), field.unit, scale) if kept else None
    # 85（待招聘10人）: the figure in front counts, though only that in the brackets has a unit.
    aside = own is not None and whole is not None and folded(whole.raw) not in "，".join(kept)
    if whole is not None and not whole.doubts and not included and not aside:
        return whole, ""
    return own or whole, included


# ── choices ──


def _choice(match: LabelMatch, said: str, raw: str) -> Reading:
    field = match.field
    found = find_choices(field, said)
    if len(found) == 1 and (another := _MORE_CHOSEN.search(plain(said))):
        return Reading(None, raw, near_caveats(match), (f"写的是“{raw[:40]}”，“{another.group()}”使它看不出是哪一项",))
    if len(found) == 1:
        choice, near = found[0]
        caveats = near_caveats(match)
        if near:
            caveats += (f"按所填“{raw[:40]}”归为“{choice.value}”，是否相当，请核对",)
        return Reading(_one_line(said).strip() if choice.verbatim else choice.value, raw, caveats)
    if len(found) > 1:
        values = "、".join(choice.value for choice, _ in found)
        return Reading(_one_line(said), raw, near_caveats(match), (f"同时写了{values}，无法确定是哪一项",))
    if len(plain(said)) > _LONGEST_CHOICE:
        return Reading(None, raw, near_caveats(match), (f"写的是“{raw[:40]}…”，看不出是哪一项",))
    return Reading(_one_line(said).strip(), raw, near_caveats(match))


def find_choices(field: FormField, said: str) -> list[tuple[Choice, bool]]:
    """The choices that words name, each with whether the word is only near to it; the longest names go first."""
    words = plain(said).strip(".。;,、").replace("()", "")
    names = [
        (plain(name), choice, name in choice.near)
        for choice in field.choices
        for name in (choice.value, *choice.aliases, *choice.near)
    ]
    exact = [(choice, near) for name, choice, near in names if name in (words, _BRACKETS.sub("", words))]
    if exact:
        return exact[:1]
    found: dict[str, tuple[Choice, bool]] = {}
    rest = words
    for name, choice, near in sorted(names, key=lambda one: -len(one[0])):
        if len(name) < 2 or name not in rest:
            continue
        at = rest.index(name)
        if not re.search(r"(?:不是|并非|非|不属于|无)$", rest[:at]):
            found.setdefault(choice.value, (choice, near))
        rest = rest.replace(name, "\n")
    return list(found.values())


# ── yes and no ──


def _yes_no(match: LabelMatch, said: str, raw: str) -> Reading:
    field = match.field
    caveats = near_caveats(match)
    if field.type is FieldType.YES_NO_OR_COUNT and (counted := _counted(field, said)) is not None:
        return Reading(counted, raw, caveats, counted.doubts)
    answer = answer_in(field, said)
    if answer is None:
        return Reading(None, raw, caveats, (f"写的是“{raw[:40]}”，看不出是或否",))
    return Reading(answer != match.inverse, raw, caveats)


def answer_in(field: FormField, said: str) -> bool | None:
    """Yes or no in the words of a cell; None if they do not say."""
    words = _ASKING.sub("", plain(said)).strip(".。;,!")
    first = re.split(r"[,。;(:\n]", words)[0] or words
    parts = re.split(r"[,。;:\n]", words)
    later = any(_NOT_YET.search(part) for part in parts[1:])
    already = any(_HOLDS_YES.search(part) for part in parts if not _NOT_YET.search(part))
    for part in (words, first):
        for answer, general, own in ((False, _NO, field.no), (True, _YES, field.yes)):
            if part in general or part in {plain(word) for word in own}:
                return answer
    if _NOT_YET.search(first) or (later and not already and not _STARTS_YES.match(first)):
        return False
    if _STARTS_NO.match(first) or _STARTS_NO.match(words) or _HOLDS_NO.search(first):
        return False
    if any(len(word) > 1 and plain(word) in first for word in field.no):
        return False
    said_yes = any(len(word) > 1 and plain(word) in first for word in field.yes)
    if said_yes or _STARTS_YES.match(first) or _HOLDS_YES.search(words):
        return True
    # 守法经营，无违规: where the first clause says neither, the others do if they agree.
    others = {one for part in parts[1:] if part and (one := answer_in(field, part)) is not None}
    return others.pop() if len(others) == 1 else None


def says_no(text: str) -> bool:
    """Whether a cell holds a bare no."""
    return plain(text).strip(".。") in _DENIES


def _counted(field: FormField, said: str) -> Quantity | None:
    """A count, or the sum of several (发明专利12件，实用新型8件); None if the words state none."""
    base = field.unit or "项"
    spans = find_quantities(said, base, Decimal(1)) if re.fullmatch(r"[^一-龥]*", said) else find_quantities(said, base)
    if not spans:
        alone = plain(said)
        return read_quantity(alone, base) if re.fullmatch(r"[^0-9]{0,3}[0-9][0-9,]*\+?", alone) else None
    counts = [quantity for _, _, quantity in spans]
    if len(counts) == 1:
        return counts[0]
    whole = read_quantity(said, base)
    if whole is not None and not whole.doubts:
        return whole
    top = max(counts, key=lambda quantity: quantity.high or quantity.low or Decimal(0))
    doubts = tuple(dict.fromkeys(doubt for quantity in counts for doubt in quantity.doubts))
    return Quantity(said.strip()[:MAX_RAW], top.low, None, base, top.low_open, False, doubts)
