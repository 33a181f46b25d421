"""The first three sentences and the tiles: what the figures mean to somebody who has to decide."""

from dataclasses import dataclass

from eval.evaluation.models import BaselineFigures, Evaluation, SetFigures
from eval.figures import Figure
from eval.page.shapes import count, interval, percent


@dataclass(frozen=True)
class Tile:
    value: str
    label: str
    note: str


def judged(evaluation: Evaluation) -> SetFigures:
    """The split that the sentences speak of: the held-out one."""
    return evaluation.split("test") or evaluation.splits[0]


def sentences(evaluation: Evaluation) -> list[str]:
    """Three of them: how far it is right, where it errs, what that is worth beside other ways."""
    of = judged(evaluation).measures
    return [_right(evaluation, of), _wrong(of), _beside(evaluation)]


def _right(evaluation: Evaluation, of: dict[str, Figure]) -> str:
    fresh = evaluation.split("fresh")
    also = ""
    if fresh is not None:
        status = fresh.measures["status"]
        also = f"（由没看过程序的人另写的 {status.of} 个问题上是 {_share(status)}）"
    verbatim = of["verbatim"]
    all_true = verbatim.hits == verbatim.of
    quotes = "全部与原文一字不差" if all_true else f"有 {verbatim.of - verbatim.hits:.0f} 处与原文不符"
    return (
        f"在 {of['status'].of} 个没有用来调试的问题上，助手有 {_share(of['status'])} 答对了类型{also}："
        "办法有规定就引条文作答，没有规定就直说没有，缺情况就先问，无关的就说明无关；"
        f"它展示的 {verbatim.of} 处引文{quotes}。"
    )


def _wrong(of: dict[str, Figure]) -> str:
    wrong, refused = of["wrong_answers"], of["false_refusals"]
    return (
        f"它会错在两处：办法没有规定的 {wrong.of} 个问题里，有 {_share(wrong)} 被它拿相近的条文作了答；"
        f"办法有规定的 {refused.of} 个问题里，有 {_share(refused)} 它没有答出来。"
    )


def _beside(evaluation: Evaluation) -> str:
    matched = [s for b in others(evaluation, "matched") if (s := b.measures["wrong_answers"].share) is not None]
    advice = "所以可以靠它找条文，但下结论前请读它引的原文"
    if not matched:
        return f"{advice}。"
    low, high = percent(min(matched)), percent(max(matched))
    span = low if low == high else f"{low} 至 {high}"
    return (
        "不作判断、只取最相近一条来答的办法，会把没有规定的问题全部答成有规定，"
        f"就算让它们也拒答同样多的问题，仍有 {span} 答错；{advice}。"
    )


def others(evaluation: Evaluation, mode: str) -> list[BaselineFigures]:
    """The baselines in one mode, on the split that is judged."""
    split = judged(evaluation).split
    return [b for b in evaluation.baselines if b.mode == mode and b.split == split and b.name != "assistant"]


def tiles(evaluation: Evaluation) -> list[Tile]:
    of = judged(evaluation).measures
    labels = {
        "verbatim": "引文与原文一字不差",
        "status": "答对了类型",
        "item_recall": "该引的条文引到了",
        "false_refusals": "有规定却没有答",
        "wrong_answers": "没有规定却答了",
    }
    return [Tile(_share(of[n]), label, f"{count(of[n])}，{interval(of[n])}") for n, label in labels.items() if n in of]


def _share(figure: Figure) -> str:
    return "–" if figure.share is None else percent(figure.share)
