"""Figures in a question that the law contradicts: 听说要100人, where the law says 80."""

import re
from decimal import Decimal, InvalidOperation

from assistant.law.numerals import parse_numeral
from assistant.law.values import Value
from assistant.qa.evidence import Unit
from assistant.qa.parts import Part

_CLAIM = re.compile(r"听说|据说|是不是|对吧|对吗|没错|既然|吧[?？]?$|不是.{1,20}吗|就(?:行|够|可以|达标)")
_OWN = re.compile(r"我们?|咱|俺|我司|现有|目前|现在有|只有|共有|本公司|公司有")


def contradicted_figure(part: Part, unit: Unit) -> str:
    """The question's figure, as written, if the question claims it of the law and the unit has another one.

    Only figures of one kind and unit are compared; the person's own figures are no claim about the law.
    """
    if not _CLAIM.search(part.text):
        return ""
    for figure in part.figures:
        if _OWN.search(part.text[: figure.start]):
            continue
        same = [v for v in unit.values if v.kind is figure.kind and v.unit == figure.unit]
        amounts = {_number(v) for v in same}
        if same and None not in amounts and _number(figure) is not None and _number(figure) not in amounts:
            return figure.text
    return ""


def _number(value: Value) -> Decimal | None:
    found = re.search(r"[0-9０-９][0-9０-９,，.．]*|[零〇一二两三四五六七八九十百千万亿]+", value.text)
    if not found:
        return None
    number = parse_numeral(found.group())
    if number is not None:
        return Decimal(number)
    try:
        return Decimal(found.group().replace(",", "").replace("，", "").replace("．", "."))
    except InvalidOperation:
        return None
