"""Words that take back part of what a cell says: a plan, a guess, what is over, what is another's."""

import re

from assistant.forms.fields_said import belied, names_such
from assistant.forms.form_schema import FieldType, FormField
from assistant.forms.label_words import of_more
from assistant.forms.words import folded, form_words, plain
from assistant.rules.quantity import Quantity, find_quantities

_UNSURE = re.compile(
    r"不能?(?:排除|确定|肯定|保证|说)|不(?:确定|清楚|详|好说|一定)|(?:无法|难以)(?!满足|保障|达到|支撑|运行)|未必|可能|或许|大概|应该|估计|疑似|存疑|争议"
    r"|待(?:定|核|查|确认|认定|补|批|审|论证|协商|商定|[^,。;]{1,8}(?:认定|确认|核定|核实|核查|判断|明确|查证|鉴定))|口头|否认|视[为同作]|默认|(?:请|均|都|应)[^,。;]{0,8}[按视认判算]"
    r"|按[^,。;]{0,12}(?:认定|处理|对待|计\)|计$)|未(?:经)?(?:核实|核查|确认|检索|比对|论证|评估|了解|统计)(?![到出过])"
    r"|[调核审]查(?:处理)?(?:中|阶段)|在(?:调查|核查|处理)|立案"
)
_PLANNED = re.compile(
    r"目标|预[计期算]|计划|规划|力争|争取|拟|打算|准备|合同额|有望|即将|正在|(?:成立|[组筹]建|建设|设立|办理|申请|申报|审[批核]|公示|推进|研究|完善)中|等待|申请中|提交申请|已申请|申报中|筹[建备划]|在办|办理中"
    r"|申请[^,;。]{0,5}[0-9]"
)
_OVER = re.compile(r"撤销|取消|过期|失效|终止|注销|解散|离职|辞任|卸任|转让给|已转让|出售|无效")
_OTHERS = re.compile(
    r"合作(?:单位|方|伙伴)|对方|他人|第三方|共用|合用|借用|租用|许可使用|授权使用|委托方|对标|代(?:行|管|为|替)|合署|挂靠|兼(?:行|用)"
)
_NOW = re.compile(r"实际|现有|目前|已有|已?授权(?!使用)|有效|拥有")
_DENIED_LATER = re.compile(r"未(?!来)|没有|尚无|均无|不具备|不属于")
_INCIDENT_COUNT = re.compile(r"[1-9一二两三四五六七八九十][0-9]*\s*(?:起|次|例|件|宗|项)")
_PART = re.compile(r"^其中|人均|年均|月均|平均|/[年月]|人年")
_NO_NAME = re.compile(
    r"^待|待(?:定|聘|选|招|商|批|命名|确认|落实)|(?:招聘|遴选|选聘|洽谈|商谈|协商)中|[后再](?:确)?定|未(?:确)?定|未明确|暂未|尚未|空缺|暂缺|无(?:合适|人选|人$)|没有|[离卸辞]职|[0-9]{7,}|^[0-9\-+.%]+$|\(姓名\)|@|^(?:先生|女士)$"
)
_TWICE = re.compile(r"(.{4,})\1")
_RESTATED = re.compile("|".join(map(re.escape, form_words("doubts", "restated"))))
_N = "[0-9一二三四五六七八九十]"
_MEASURES = re.compile(
    "|".join(map(re.escape, form_words("doubts", "measures")))
    + rf"|{_N}+\s*[-—~至到]\s*{_N}+月|(?<![0-9]){_N}{{1,2}}年(?=[0-9共总累])"
)
_LESSENS = re.compile("|".join(map(re.escape, form_words("doubts", "lessens"))))
_EITHER = re.compile(r".{2,}(.{4,})(?:或者?|/).{2,}\1")
_PARTS = re.compile(r"[,;。](?![0-9]{3})")
_ANSWERS = form_words("answers", "yes") | form_words("answers", "no")


def doubts_in(field: FormField, value: Quantity | str | bool | None, said: str) -> tuple[str, ...]:
    """What speaks against taking `value`, read in `said`, as it stands; empty where nothing does."""
    width = folded(said)
    if value is None or field.type is FieldType.LONG_TEXT:
        return ()
    if field.type is FieldType.TEXT:
        wrong = _NO_NAME.search(width) or plain(said) in _ANSWERS or not names_such(field, plain(said))
        if _EITHER.search(plain(said)):
            return (f"写的是“{said[:40]}”，不止一个，请核对",)
        if not wrong and _TWICE.fullmatch(plain(said)):
            return (f"“{said[:40]}”写了两遍，请核对",)
        if len([part for part in width.split(";") if part.strip()]) > 1:
            return (f"写的是“{said[:40]}”，不止一个，请核对",)
        return (f"写的是“{said[:40]}”，看不出所问的内容",) if wrong else ()
    return (f"写的是“{said[:40]}”，说得有保留，须人工核对",) if _reserved(field, value, width) else ()


def _reserved(field: FormField, value: Quantity | str | bool, width: str) -> bool:
    if _UNSURE.search(width) or (value is not False and any(word in width for word in map(folded, field.others))):
        return True
    if value is False:
        return bool(_INCIDENT_COUNT.search(width)) or belied(field, width)
    if isinstance(value, Quantity) and value.high == 0:
        return False
    if field.type.is_number:
        # 70人，另拟招15人: only what stands with the figure speaks against it.
        part = _with_figure(value, width)
        planned = _PLANNED.search(part) and not _NOW.search(part)
        other = _PART.search(width) or _LESSENS.search(width) or _MEASURES.search(part) or of_more(part)
        return bool(planned or other or _restated(field, width))
    planned = _PLANNED.search(width) and not _NOW.search(width)
    denied = field.type.is_yes_no and _DENIED_LATER.search(width)
    return bool(planned or denied or _OVER.search(width) or _OTHERS.search(width))


def _with_figure(value: Quantity | str | bool, width: str) -> str:
    """The part of a cell that the figure was read from."""
    raw = folded(value.raw) if isinstance(value, Quantity) else ""
    return next((part for part in _PARTS.split(width) if raw and raw in part), width)


def _restated(field: FormField, width: str) -> bool:
    """1020万元（审计数为980万元）: two figures, of which one takes the other back."""
    figures = {(q.low, q.high) for _, _, q in find_quantities(width, field.unit)}
    return len(figures) > 1 and bool(_RESTATED.search(width))
