"""Who stands above whom, and who reports what twice: organs that a text puts together across levels."""

import re
from collections.abc import Iterator

from assistant.law.types import Document
from assistant.open_matters.fault import Fault

# 各市及某示范区主管部门（以下简称“市级主管部门”): the short name has one level, and not all that it stands for.
_SHORT_NAME = re.compile(r"各([省市县区])[及和与、]([^（(，。；\n]{2,40})[（(]以下(?:简称|统称|称)“\1级")
_UNIT = re.compile(r".{2,}?[区市县州盟旗]")
_JOINS = re.compile(
    r"(?:联合|会同|协同|组织)(?:所在地|本地区?|当地|同级|本级|相关|有关|各){0,2}(?:的)?[省市县区]?级?人民政府"
)
_DEPARTMENT = re.compile(r"[\u4e00-\u9fff”][部门厅局委](?:（[^）\n]{1,40}）)?(?:应当?|负责|可以|须|需|将)")
_REPORTS = re.compile(
    r"将([^，。；\n]{2,24}?情况)[^。；\n]{0,24}?报(?:送|告)?(?:至|给)?([\u4e00-\u9fff]{3,14}?)(?=[。；，\n])"
)


def check_levels(law: Document) -> Iterator[Fault]:
    """Faults of level and of reporting."""
    for found in _SHORT_NAME.finditer(law.text):
        unit = _UNIT.match(found.group(2))
        if unit and not unit.group().endswith(found.group(1)):
            level = found.group(1)
            problem = (
                f"简称“{level}级”的机关包括“{unit.group()}”的，它不是{level}；凡写“{level}级”之处怎样适用于它不明。"
            )
            yield Fault("level", found.start(2), found.start(2) + unit.end(), problem)
    for article in law.articles():
        yield from _joined_governments(law, article.start, article.end)
        yield from _double_reports(law, article.start, article.end)


def _joined_governments(law: Document, start: int, end: int) -> Iterator[Fault]:
    """A department that joins or organises a government."""
    for found in _JOINS.finditer(law.text, start, end):
        acting = list(_DEPARTMENT.finditer(law.text, start, found.start()))
        if acting and "人民政府" not in law.text[acting[-1].start() : found.start()]:
            act = found.group()[:2]
            problem = f"由部门“{act}”人民政府：部门由政府领导，由它牵头是否合适，要看是不是同级或上级政府。"
            yield Fault("level", found.start(), found.end(), problem)


def _double_reports(law: Document, start: int, end: int) -> Iterator[Fault]:
    """Two reports of one article to one organ about matters of one name."""
    reports = list(_REPORTS.finditer(law.text, start, end))
    for first, second in ((a, b) for n, a in enumerate(reports) for b in reports[n + 1 :]):
        if first.group(2) == second.group(2) and first.group(1)[-4:] == second.group(1)[-4:]:
            problem = f"与同一条的“{first.group(1)}”都报{first.group(2)}，两次报送的内容怎样区分不明。"
            yield Fault("overlap", second.start(1), second.end(1), problem)
