"""Terms that decide something and are nowhere explained, and options of which one is left without a word."""

import re
from collections.abc import Iterator

from assistant.law.types import Document
from assistant.open_matters.fault import Fault

_QUOTED = re.compile(r"“([^“”\n]{1,12})”")
_CODE = re.compile(r"[0-9０-９A-Za-z]")
_CODED_NAME = re.compile(r"[Xx×＊*]{2,}")
_DEFINED_BY = ("以下简称", "以下统称", "以下称", "下称", "简称", "是指", "指的是", "即", "包括")
_GRADES = re.compile(
    r"分(?:为|成)((?:[\u4e00-\u9fff]{1,6}、){1,6}[\u4e00-\u9fff]{1,6}?(?:(?:和|及|与)[\u4e00-\u9fff]{1,6}?)?)[0-9一二两三四五六七八九]?(?:个|种|类)?(?:等级|等次|档次|档|级|类型|类别|结果)"
)
_ALTERNATIVES = re.compile(r"(?:“[^“”\n]{1,12}”[、或和]?){2,6}")
_VAGUE = re.compile(
    r"重大(?:调整|变更|变化|的?违法违规)|情节(?:较为)?严重|严重者|满足基本需要|满足[^，。；]{0,6}基本需要|已?稳定运行|"
    r"(?:国内|国际|省内|行业|国内外|同行业)(?:领先|先进)(?:水平|地位)?|较为?(?:完善|强|高|好|大|丰富|突出)[\u4e00-\u9fff]{0,4}|"
    r"(?:一定|相当)(?:的)?(?:规模|基础|影响力|经验|数量|比例)|显著(?:成效|影响)|良好(?:信誉|信用|基础)|相对稳定|适当(?:延长|放宽|提高|降低)"
)
_WIDE = re.compile(r"(?:重大|严重|较大|特别)的[\u4e00-\u9fff]{2,10}(?:、[\u4e00-\u9fff]{3,12}){2,8}等?")


def check_terms(law: Document) -> Iterator[Fault]:
    """Faults of definition."""
    yield from _codes(law)
    yield from _options(law)
    yield from _grades(law)
    for found in _VAGUE.finditer(law.text):
        if not re.search(r"[是即]指|标准是|所称", law.text[max(0, found.start() - 6) : found.end() + 6]):
            yield Fault("vague", found.start(), found.end(), f"“{found.group()}”没有可以衡量的标准。")
    for found in _WIDE.finditer(law.text):
        adjective = found.group()[:2]
        problem = f"“{adjective}”是否修饰其后并列的各项不明。"
        yield Fault("scope", found.start(), found.end(), problem)


def _codes(law: Document) -> Iterator[Fault]:
    """A quoted term with figures or letters that nothing explains, such as a plan's short name."""
    for found in _QUOTED.finditer(law.text):
        term = found.group(1)
        if not _CODE.search(term) or _CODED_NAME.search(term) or " " in term:
            continue
        if not _explained(law.text, found.start(), found.end(), term):
            times = law.text.count(found.group())
            problem = f"“{term}”出现{times}次，文中没有说明内容。"
            yield Fault("undefined_term", found.start(), found.end(), problem)


def _explained(text: str, start: int, end: int, term: str) -> bool:
    around = text[max(0, start - 8) : start] + text[end : end + 6]
    return any(word in around for word in _DEFINED_BY) or f"“{term}”是指" in text or f"{term}是指" in text


def _options(law: Document) -> Iterator[Fault]:
    """“公司”“公司＋联盟”或“联盟”: the forms that are explained below, and the one that is not."""
    for found in _ALTERNATIVES.finditer(law.text):
        terms = [
            (m.group(1), found.start() + m.start(), found.start() + m.end()) for m in _QUOTED.finditer(found.group())
        ]
        rest = law.text[: found.start()] + "\n" + law.text[found.end() :]
        told = [
            any(f"{t}{suffix}" in rest for suffix in ("型", "类", "模式", "方式", "形式", "”型")) for t, _, _ in terms
        ]
        if any(told):
            for (term, start, end), explained in zip(terms, told, strict=True):
                if not explained:
                    problem = f"并列的几种形式中，只有“{term}”没有说明要求。"
                    yield Fault("undefined_option", start, end, problem)


def _grades(law: Document) -> Iterator[Fault]:
    """优秀、良好、合格、不合格: the grade that nothing follows from."""
    for found in _GRADES.finditer(law.text):
        article = next((a for a in law.articles() if a.start <= found.start() < a.end), None)
        if article is None:
            continue
        rest = law.text[found.end() : article.end]
        grades = [g.strip() for g in re.split("[、和及与]", found.group(1)) if g.strip()]
        grades = [re.sub(r"[一二三四五六七八九两]\Z", "", g) for g in grades]
        told = [re.search(rf"(?<!不){re.escape(g)}", rest) is not None for g in grades]
        if any(told):
            for grade, consequence in zip(grades, told, strict=True):
                if grade and not consequence:
                    problem = f"“{grade}”没有规定后果，其他等次有。"
                    at = law.text.index(grade, found.start())
                    yield Fault("option_without_consequence", at, at + len(grade), problem)
