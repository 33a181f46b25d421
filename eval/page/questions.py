"""The page's sections on the questions: by set, by category, citations and figures, beside the baselines."""

from collections.abc import Iterator

from eval.evaluation.models import BaselineFigures, Evaluation, SetFigures
from eval.figures import Figure, Part
from eval.page.shapes import Bar, Chart, Section, Table, bar, cell, chart, group, percent, table_of
from eval.page.summary import judged, others
from eval.page.wording import BASELINES, CATEGORIES, LOW_IS_BETTER, MEASURES, MODES, SPLIT_NOTES, SPLITS

_SHOWN = ("status", "item_recall", "item_precision", "abstention_recall", "false_refusals", "wrong_answers", "passed")
_CITED = ("verbatim", "statement_recall", "citation_precision", "numbers")
_FEW = 8


def by_split(evaluation: Evaluation) -> Section:
    """Every measure over the splits, and each file of questions in a table."""
    notes = [f"{SPLITS[s.split]}（{s.questions} 题）：{SPLIT_NOTES[s.split]}。" for s in evaluation.splits]
    columns: dict[str, Part] = {
        f"{SPLITS[s.split]} {s.name}": {"questions": s.questions, **s.measures} for s in evaluation.sets
    }
    return Section(
        "sets",
        "各组题目",
        "同一个助手在几组题目上的表现。细线是 95% 的可能范围：题目少，线就长。",
        charts=_measures(evaluation, _SHOWN, "各组题目上的主要指标"),
        tables=[table_of("每一份题目的全部指标", "指标", columns, {"questions": "题数", **MEASURES})],
        notes=notes,
    )


def cited(evaluation: Evaluation) -> Section:
    """Whether what is said rests on what is quoted."""
    return Section(
        "citations",
        "说的话有没有依据",
        "逐句核对：这句话的全部引文合起来是否支持它（召回），每一处引文是否确有必要（精确），答复里的每个数字是否出自引文、"
        "提问人自己的话或由两者算出。按 ALCE（Gao 等，2023）的算法，用本项目的核对程序代替其中的推理模型。",
        charts=_measures(evaluation, _CITED, "引文与数字"),
        notes=[
            "每个答复发出之前都经过同一个核对程序，通不过的不发；所以召回接近 100% 是设计使然，说明这道关确实起作用，"
            "不说明答复一定切题。是否切题看“各组题目”里的“所引条文确属该题”。"
        ],
    )


def _measures(evaluation: Evaluation, names: tuple[str, ...], caption: str) -> list[Chart]:
    groups = (
        group(
            MEASURES[name],
            [bar(SPLITS[s.split], s.measures.get(name), s.split) for s in evaluation.splits],
            low=name in LOW_IS_BETTER,
        )
        for name in names
    )
    return chart(caption, groups)


def by_category(evaluation: Evaluation) -> Section:
    """The share of each category that is right in every respect, in the held-out split and in dev."""
    of = judged(evaluation)
    dev = evaluation.split("dev")
    ordered = sorted(of.categories, key=lambda c: of.categories[c].measures["passed"].share or 0.0)
    few = [c for c in ordered if of.categories[c].questions < _FEW]
    groups = (group(_title(c, of), _two(c, of, dev)) for c in ordered if c not in few)
    rest = "、".join(f"{CATEGORIES.get(c, c)}（{of.categories[c].questions} 题）" for c in few)
    return Section(
        "categories",
        "各类问题",
        "哪一类问题答得好，哪一类要小心：各方面全对（类型、应引条文、关键字句）的比例，差的在前。",
        charts=chart(f"各类问题全对的比例（{SPLITS[of.split]}，淡色为调试题）", groups),
        tables=[_category_table(of)],
        notes=[f"题目太少、图上没有画的：{rest}。"] if rest else [],
    )


def _title(category: str, of: SetFigures) -> str:
    return f"{CATEGORIES.get(category, category)}（{of.categories[category].questions} 题）"


def _two(category: str, of: SetFigures, dev: SetFigures | None) -> Iterator[Bar | None]:
    yield bar(SPLITS[of.split], of.categories[category].measures["passed"], of.split)
    if dev is not None and dev is not of and category in dev.categories:
        yield bar(SPLITS["dev"], dev.categories[category].measures["passed"], "dev")


def _category_table(of: SetFigures) -> Table:
    names = ("status", "item_recall", "item_precision", "passed")
    rows = [
        [CATEGORIES.get(c, c), str(found.questions), *(cell(found.measures.get(n)) for n in names)]
        for c, found in of.categories.items()
    ]
    head = ["类别", "题数", "类型正确", "应引的引到", "所引确属该题", "全对"]
    return Table(f"各类问题（{SPLITS[of.split]}）", head, rows)


def baselines(evaluation: Evaluation) -> Section:
    """Answers to open questions, by those that answer whatever they find and by those that may be silent."""
    of = judged(evaluation)
    own = next((b for b in evaluation.baselines if b.name == "assistant" and b.split == of.split), None)
    engine = others(evaluation, "own")
    charts = [
        *_wrong_answers("一律作答时：没有规定却给了答案的比例", own, [*engine, *others(evaluation, "always")]),
        *_wrong_answers("让各法与本助手拒答一样多时：没有规定却给了答案的比例", own, others(evaluation, "matched")),
        *_recalls(own, [*engine, *others(evaluation, "always")]),
    ]
    return Section(
        "baselines",
        "与现成办法比较",
        "同样的问题交给几种公开的做法：检索出最相近的一条就当答案。它们只给得出一条，也分不清办法有没有规定。"
        "只比较办法有规定和没有规定的两类题。",
        charts=charts,
        tables=[_baseline_table(evaluation, of.split)],
        notes=[
            "“分数线”只用调试题选定：“最合适”让有规定的题答得多、没有规定的题答得少，两者同样看重；“一样多”取拒答有规定的题"
            "不多于本助手的那条线，再看没有规定的题。前三种检索用的是本项目的分段和用语对照，比外来的做法占便宜。",
            *(f"{BASELINES.get(one.name, one.name)}：{one.why}" for one in evaluation.left_out),
        ],
    )


def _wrong_answers(caption: str, own: BaselineFigures | None, some: list[BaselineFigures]) -> list[Chart]:
    if own is None or not some:
        return []
    bars = [bar(BASELINES[own.name], own.measures["wrong_answers"], "own")]
    bars += [bar(BASELINES.get(b.name, b.name), b.measures["wrong_answers"], "bad") for b in some]
    return chart(caption, [group("", bars, low=True)])


def _recalls(own: BaselineFigures | None, some: list[BaselineFigures]) -> list[Chart]:
    if own is None:
        return []
    bars = [bar(BASELINES[own.name], own.measures["article_recall"], "own")]
    bars += [bar(BASELINES.get(b.name, b.name), b.measures["article_recall"], "other") for b in some]
    return chart("有规定的问题：应引的条文引到了（到条）", [group("", bars)])


def _baseline_table(evaluation: Evaluation, split: str) -> Table:
    names = ("status", "false_refusals", "wrong_answers", "article_recall", "article_precision")
    rows = [
        [BASELINES.get(b.name, b.name), MODES[b.mode], *(_brief(b.measures.get(n)) for n in names)]
        for b in evaluation.baselines
        if b.split == split
    ]
    head = ["做法", "何时不答", "类型正确", "有规定却没答", "没有规定却答了", "应引的引到（条）", "所引确属该题（条）"]
    return Table(f"各种做法（{SPLITS.get(split, split)}）", head, rows)


def _brief(figure: Figure | None) -> str:
    return "–" if figure is None or figure.share is None else percent(figure.share)
