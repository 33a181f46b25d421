"""What people type, made ready to be read for facts: everyday wording evened out, hearsay and other people left out."""

import re
from collections.abc import Iterator

from assistant.law.widths import half_width

_NUMBER = "0-9零〇一二两三四五六七八九十百千万亿"
_EXACTLY = re.compile(r"(?:正好|刚刚?好|恰好|恰恰|拢共|整整|满打满算|差不离)(?:是|有)?")
_IN_FACT = re.compile(r"(?<=[员数用费队])(?:其实|实际上?|确实)(?=[是有为])")
_HEADS = re.compile(rf"(?<=[{_NUMBER}来多余几])号(?=人|搞|做|干)")
_PEOPLE = re.compile(r"人员|人数|人头|全职|专职|固定|搞[^,，。]{1,4}的|做[^,，。]{1,4}的")
_THINGS = re.compile(r"专利|成果|项目|家|设备")
_A_PERSON = re.compile(rf"(?<=[{_NUMBER}])个(?=人|的|全职|专职|固定|搞|做|[,，。?？!！]|$)人?")
_ASKED_AT_ONCE = re.compile(
    r"(?<=[0-9百千万亿元])(?=(?:行|够|能|可以?|达标|达到|算|成|中|合格|没问题)(?:[不吗么吧没了得]|申|报|$|[?？]|以|标))"
)
# 999万够不够1000万的门槛: the second amount is the law's. 从90减到78: the first is gone.
_THRESHOLD_NAMED = re.compile(
    rf"(?:(?<=够不够)|(?<=达到))[{_NUMBER}.]+(?:个|名)?[人元]?的?(?=门槛|标准|红线|要求|规定)"
)
_CHANGED_FROM = re.compile(
    rf"从[{_NUMBER}.]+[个名位]?[人元]?(?=[增减涨升降加提扩缩][^,，。]{{0,3}}[到至]了?[{_NUMBER}])"
)
_POINTED_BACK = re.compile(r"(?<=[0-9百千万亿元])(?=呢[?？。]*$)")
_CLAUSE = re.compile(r"(?:[^,，。;；!！?？\n]|,(?=[0-9]{3}(?![0-9])))+|[,，。;；!！?？\n]+")

_HEARSAY = re.compile(
    r"听说|听人|据说|有人[说讲]|都说|网上|传言|说是|规定|要求(?:是|有|达到)?|门槛|红线|标准是?|办法[里中上]?[说写要]|文件[里中上]?[说写要]|"
    r"必须|起码得?要|至少得?要|最少得?要|是不是[要得必]|只要|只需|需要|需有|须有|得有|应当?有"
)
_MEASURED_BY_IT = re.compile(
    r"(?:达到|符合|满足|离|距|够不够|能不能过|过得了)[^,，。]{0,12}(?:要求|标准|门槛|红线|规定)"
)
_ENOUGH_FOR_ALL = re.compile(r"就(?:能|可以?|行|够|达标|算|成)|才(?:能|可以?|行|够|算)|也(?:能|可以|行)")
_AGREED = re.compile(r"对吧|对吗|对不对|是吧|没错吧|是这样吗|是真的")
_OTHERS = re.compile(
    r"他们|她们|别人|别家|隔壁|人家|同行|另一家|兄弟单位|某(?:公司|企业|单位|家)|其他(?:公司|单位|企业|家)|有的(?:公司|单位|企业)"
)
_OWN = re.compile(
    r"我(?!省|国|市)|咱|俺|本(?:公司|单位|企业|校|院|所|中心)|(?:公司|单位|企业|学校)(?:现|有|的)|现有|目前"
)
_FIGURE = re.compile(rf"[{_NUMBER}]")


def read_aloud(text: str) -> str:
    """The text with what only everyday speech has made plain: 八十来号人, 正好80人, 980万行吗, 固定的人员68个."""
    text = _CHANGED_FROM.sub("", _THRESHOLD_NAMED.sub("", half_width(text)))
    text = _HEADS.sub("名", _IN_FACT.sub("", _EXACTLY.sub("", text)))
    clauses = [_A_PERSON.sub("人", c) if _PEOPLE.search(c) and not _THINGS.search(c) else c for c in _clauses(text)]
    return _POINTED_BACK.sub("，", _ASKED_AT_ONCE.sub(" ", "".join(clauses)))


def claims_law(text: str) -> bool:
    """Whether somebody says of the law, and not of themselves, how much it takes."""
    agreed = bool(_AGREED.search(text)) and not _OWN.search(text)
    return any(_FIGURE.search(c) and (agreed or _of_the_law(c)) for c in _clauses(text))


def without_hearsay(text: str) -> str:
    """The text without clauses that speak of the law or of other people."""
    agreed = bool(_AGREED.search(text)) and not _OWN.search(text)
    kept, carried = [], agreed
    for clause in _clauses(text):
        if not clause.strip(" ,，。;；!！?？\n"):
            kept.append(clause)
            continue
        left_out = _of_the_law(clause) or bool(_OTHERS.search(clause))
        if left_out:
            # 听说规定是，固定人员100人: the figure may stand in the clause behind.
            carried = agreed or not _FIGURE.search(clause)
        elif not (carried and not _OWN.search(clause)):
            kept.append(clause)
            carried = agreed
        if carried and _FIGURE.search(clause) and not agreed:
            carried = False
    return "".join(kept)


def _of_the_law(clause: str) -> bool:
    if _HEARSAY.search(clause) and not _MEASURED_BY_IT.search(clause):
        return True
    return bool(_ENOUGH_FOR_ALL.search(clause)) and not _OWN.search(clause)


def _clauses(text: str) -> Iterator[str]:
    return (found.group() for found in _CLAUSE.finditer(text))
