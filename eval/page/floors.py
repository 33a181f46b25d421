"""The page's section on the floors: how many figures have one, and which fall below it."""

from eval.evaluation.models import Evaluation, FloorCheck
from eval.page.shapes import Section, Table, percent
from eval.page.wording import MEASURES, SPLITS


def floors_section(evaluation: Evaluation) -> Section:
    fallen = [f for f in evaluation.floors if not f.holds]
    held = len(evaluation.floors) - len(fallen)
    lead = f"{len(evaluation.floors)} 个数字定有底线，{held} 个没有跌破" if evaluation.floors else "这一次没有核对底线"
    rows = [[_where(f), MEASURES.get(f.measure, f.measure), percent(f.share), percent(f.floor)] for f in fallen]
    return Section(
        "floors",
        "底线",
        f"{lead}。每次改动程序都自动核对其中一部分，跌破即不放行。",
        tables=[Table("跌破底线的数字", ["哪里", "指标", "现在", "底线"], rows)] if rows else [],
    )


def _where(floor: FloorCheck) -> str:
    name, _, part = floor.where.partition(": ")
    return " ".join(filter(None, (SPLITS.get(name, name), SPLITS.get(part, part))))
