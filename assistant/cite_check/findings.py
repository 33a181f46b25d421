"""Judgements in the order of the text, numbered, and summed up in one sentence."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.cite_check.judgement import Judgement
from assistant.cite_check.models import Action, Finding, FindingKind, Summary, Verdict
from assistant.cite_check.wording import VERDICT


@dataclass(frozen=True, slots=True)
class Raw:
    """A judgement on `[start, end)` of the text, and how the text names what it cites."""

    kind: FindingKind
    start: int
    end: int
    judgement: Judgement
    cited: tuple[str, ...]


def numbered(raws: Sequence[Raw], text: str, places: Sequence[tuple[int, str]] = ()) -> list[Finding]:
    """The findings in reading order; `places` as for `check_text`."""
    starts = [start for start, _ in places]
    ordered = sorted(raws, key=lambda raw: (raw.start, raw.end, raw.kind.value))
    return [
        Finding(
            n=n,
            kind=raw.kind,
            verdict=raw.judgement.verdict,
            action=raw.judgement.action,
            start=raw.start,
            end=raw.end,
            text=text[raw.start : raw.end],
            place=places[max(0, bisect_right(starts, raw.start) - 1)][1]
            if places
            else f"第{text.count(chr(10), 0, raw.start) + 1}行",
            cited=list(raw.cited),
            reason=raw.judgement.reason,
            law=list(raw.judgement.law),
            differences=list(raw.judgement.differences),
            omitted=list(raw.judgement.omitted),
        )
        for n, raw in enumerate(ordered, 1)
    ]


def summary_of(findings: Sequence[Finding]) -> Summary:
    counts = Counter(f.verdict for f in findings)
    correct = sum(f.action is Action.CORRECT for f in findings)
    look = sum(f.action is Action.LOOK for f in findings)
    by_verdict = {verdict: counts[verdict] for verdict in VERDICT if counts[verdict]}
    sentence = _sentence(findings, correct, look, by_verdict)
    return Summary(
        findings=len(findings), to_correct=correct, to_look_at=look, by_verdict=by_verdict, sentence=sentence
    )


def _sentence(findings: Sequence[Finding], correct: int, look: int, by_verdict: dict[Verdict, int]) -> str:
    if not findings:
        return "没有找到对本办法条款的引用，也没有找到与条文相同或相近的文字。"
    told = "，".join(f"{VERDICT[verdict]}{count}处" for verdict, count in by_verdict.items())
    first = [f.n for f in findings if f.action is Action.CORRECT]
    where = f"（第{'、'.join(map(str, first[:12]))}{'等' if len(first) > 12 else ''}处）" if first else ""
    must = f"须更正{correct}处{where}" if correct else "没有须更正的"
    return f"共找到{len(findings)}处引用、引文或转述：{told}。{must}；请人工看{look}处。"
