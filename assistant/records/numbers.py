"""Where a text has a person's numbers and addresses: telephone, identity, mail and chat. Amounts and counts are none.

All patterns read text in plain characters (`folded`). The groupings of digits are those that people write: with any
grouping at all, a row of counts would be somebody's telephone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.records.identity import is_credit_code, is_identity_number

MOBILE, LANDLINE, IDENTITY = "〔手机号〕", "〔电话〕", "〔证件号码〕"
EMAIL, ACCOUNT = "〔邮箱〕", "〔社交账号〕"

# Between groups of digits.
_S = r"[ \-.·]{1,2}"
_T = r"[ \-.·]{0,2}"
# Not the end of a longer number or of an amount: 13,800,000,000; ¥13800000000; 0.13800000000.
_BEFORE = r"(?<!\d)(?<!\d\.)(?<![¥$€])"
# Nor its beginning: 13800000000元, 13800000000.50.
_AFTER = r"(?!\d)(?!\.\d{1,2}(?!\d))(?! ?(?:[元万亿¥$]|人民币|美元|平方米|公里|吨|千瓦|㎡))"
_CODE_86 = rf"(?:(?:\+|00)?86{_T}|\(\+?86\){_T})?"
_MOBILE = "|".join(
    (
        rf"1[3-9]\d{_T}\d{{4}}{_T}\d{{4}}",
        rf"1[3-9]\d{_S}\d{{3}}{_S}\d{{5}}",
        rf"1[3-9]\d{_S}\d{{5}}{_S}\d{{3}}",
        rf"1[3-9]\d{{2}}{_S}\d{{3}}{_S}\d{{4}}",
        rf"1[3-9]\d{{2}}{_S}\d{{4}}{_S}\d{{3}}",
        rf"1[3-9]\d{{3}}{_S}\d{{6}}",
        r"1 [3-9](?: \d){9}",
        r"1-[3-9](?:-\d){9}",
    )
)
_MOBILE = rf"{_CODE_86}(?:{_MOBILE})"
_IDENTITY = "|".join(
    (
        r"[1-9]\d{5}[ -]?\d{8}[ -]?\d{3}[\dX]",
        r"[1-9]\d{5}[ -]\d{4}[ -]\d{4}[ -]\d{3}[\dX]",
        r"[1-9]\d{5}[ -]\d{4}[ -]\d\d[ -]\d\d[ -]\d{3}[\dX]",
        r"[1-9]\d{3}[ -]\d{4}[ -]\d{4}[ -]\d{4}[ -]\d[\dX]",
        r"[1-9]\d{2}[ -]\d{3}[ -]\d{4}[ -]\d{4}[ -]\d{3}[\dX]",
        r"[1-9](?: \d){16} [\dX]",
        r"[1-9]\d{5}[ -]?\d{6}[ -]?\d{3}",  # as they were until 1999
    )
)
_IS = r"(?:号码|号)?(?:是|为|:|\.| )*"
_LOCAL = rf"(?:[2-9]\d{{2,3}}{_T}\d{{4}}|[2-9]\d{{3}}{_S}\d{{3}})"
_EXTENSION = r"(?: ?(?:转|ext\.?|-) ?\d{1,6})?"
_CHINESE = "〇零一二两三四五六七八九幺"

_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (mask, re.compile(pattern, re.IGNORECASE))
    for mask, pattern in (
        (EMAIL, r"(?P<it>[A-Z0-9._%+-]+ ?@ ?[A-Z0-9-]+(?:\.[A-Z0-9-]+)*\. ?[A-Z]{2,})"),
        (
            ACCOUNT,
            r"(?:微信|wechat|weixin|\bvx|\bwx|v信|\bqq|企鹅)(?:号码|号|账号|id)?(?:是|为|:| )*"
            r"(?P<it>[A-Z][\w-]{5,29}|\d(?:[ -]?\d){4,11})",
        ),
        (IDENTITY, rf"(?<!\d)(?P<it>{_IDENTITY})(?!\d)"),
        # Where it is called a telephone number, it is no amount whatever follows.
        (MOBILE, rf"(?:电话|手机|号码|联系方式|tel|phone|mobile){_IS}(?P<it>{_MOBILE})(?!\d)"),
        (MOBILE, rf"{_BEFORE}(?P<it>{_MOBILE}){_AFTER}"),
        (MOBILE, rf"(?<![{_CHINESE}])(?P<it>[一幺][三四五六七八九][{_CHINESE}]{{9}})(?![{_CHINESE}十百千万亿])"),
        (
            LANDLINE,
            rf"{_BEFORE}(?P<it>(?:{_CODE_86}(?:\(0\d{{2,3}}\)|0\d{{2,3}})|\+86{_T}\d{{2,3}}){_T}{_LOCAL}{_EXTENSION}){_AFTER}",
        ),
        # Without an area code only where it is called a telephone number.
        (LANDLINE, rf"(?:电话|座机|传真|tel|fax|phone){_IS}(?P<it>{_LOCAL}{_EXTENSION})(?!\d)"),
    )
)
# Organisations' own numbers.
_CODE = re.compile(r"(?<![0-9A-Za-z])[0-9A-Za-z]{18}(?![0-9A-Za-z])")
_CALLED_CODE = re.compile(r"(?:信用代码|税号|注册号|许可证号|合同编?号|专利号)(?:是|为|:| )*([0-9A-Za-z.]{12,22})")


@dataclass(frozen=True, slots=True)
class Found:
    """A detail from `start` to `end`, and what stands in its place."""

    start: int
    end: int
    mask: str


def numbers_in(text: str, law: str = "") -> Iterator[Found]:
    """The personal numbers and addresses of a plain text. What stands in `law` is public."""
    codes = [found for found in _CODE.finditer(text) if is_credit_code(found[0])]
    taken = [found.span() for found in codes if not is_identity_number(found[0])]
    taken += [found.span(1) for found in _CALLED_CODE.finditer(text)]
    for mask, pattern in _PATTERNS:
        position = 0
        while found := pattern.search(text, position):
            start, end = found.span("it")
            position = start + 1
            if any(a < end and start < b for a, b in taken) or (law and found["it"] in law):
                continue
            if mask == IDENTITY and not is_identity_number(re.sub(r"[^\dX]", "", found["it"].upper())):
                continue
            taken.append((start, end))
            position = end
            yield Found(start, end, mask)
