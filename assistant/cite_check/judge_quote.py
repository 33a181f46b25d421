"""Words given as the law's against the law: exact, different, in another place, or nowhere."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.cite_check.clash import clash_of
from assistant.cite_check.differences import differences, only_form
from assistant.cite_check.folding import is_blank, loose
from assistant.cite_check.judgement import Judgement, inside, labels, words_at
from assistant.cite_check.law_text import LawText
from assistant.cite_check.models import Action, Difference, DifferenceKind, Verdict
from assistant.cite_check.wording import conflict, difference_sentence
from assistant.law.types import Provision
from assistant.verify import verify
from assistant.verify.vocabulary import vocabulary

_ELLIPSIS = re.compile(r"\s*(?:[…⋯]{1,4}|\.{3,6}|。{3,6}|[（(\[]\s?(?:略|中略|省略|以下略|前略|…+)\s?[）)\]])\s*")
_NEAR_CITED = 0.5
_NEAR_SAID = 0.6
_SHORT = 10  # characters of words
_TERM = 6
_LEAD = 8
_CLAUSE_END = re.compile(r"[，,。；;：:、！？!?\n“”（）()]")


@dataclass(frozen=True, slots=True)
class Claim:
    """Words and where they are said to stand.

    `cited`: the provisions that are named and exist; `said_to_be_law`: a reference or the regulation's name stands
    right beside the words; `linked`: one stands somewhere before them in the sentence; `absent`: some are named and
    none exists; `marked`: in quotation marks; `before`: what the text has right before them.
    """

    words: str
    cited: tuple[Provision, ...] = ()
    said_to_be_law: bool = False
    linked: bool = False
    absent: bool = False
    marked: bool = True
    before: str = ""


def judge_quote(claim: Claim, law: LawText) -> Judgement | None:
    """The judgement; None where nothing shows that the words are meant as the law's."""
    size = len(loose(claim.words).text)
    if size == 0:
        return None
    pieces = [piece for piece in _ELLIPSIS.split(claim.words) if loose(piece).text]
    if len(pieces) > 1 or (pieces and _ELLIPSIS.search(claim.words) and not law.exact(claim.words)):
        return _judge_pieces(claim, pieces, law)
    places = law.exact(claim.words)
    if places and not _everyday(claim, size, places):
        return _judge_exact(claim, places, size, law)
    if places:
        return None
    places = law.loosely(claim.words)
    if places and not _everyday(claim, size, places):
        return _judge_different(claim, places, law)
    return None if places else _judge_near(claim, size, law)


def _everyday(claim: Claim, size: int, places: Sequence[tuple[int, int]]) -> bool:
    """Whether the words are too few to be taken for a quotation: “省创中心” stands in every letter."""
    if claim.said_to_be_law:
        return False
    if claim.linked:
        return size < _SHORT and not any(inside(place, claim.cited) for place in places)
    return size < _TERM


def _all_cut(claim: Claim, places: Sequence[tuple[int, int]], law: LawText) -> str:
    """The 原则上, 不得 or 鼓励 that the law has right before the words wherever they stand, and the text has not."""
    cuts = [_cut_off(claim, place, law) for place in places]
    return cuts[0] if all(cuts) else ""


def _cut_off(claim: Claim, place: tuple[int, int], law: LawText) -> str:
    before = _CLAUSE_END.split(law.document.text[max(0, place[0] - 12) : place[0]])[-1].strip()
    if not before or len(before) > _LEAD:
        return ""
    words = vocabulary()
    narrowing = [w for w in (*words.qualifiers, *words.cues) if w in before and words.cues.get(w) != "must"]
    longest = max(narrowing, key=lambda w: (len(w), w), default="")
    return longest if longest and longest not in claim.before else ""


def _judge_exact(claim: Claim, places: Sequence[tuple[int, int]], size: int, law: LawText) -> Judgement:
    right = [place for place in places if inside(place, claim.cited)]
    if claim.cited and not right:
        return _elsewhere(claim, places, law, "一字不差")
    if claim.absent:
        return _elsewhere(claim, places, law, "一字不差", absent=True)
    cut = None if size < _SHORT else _all_cut(claim, right or places, law)
    if cut:
        words = words_at(law, *(right or places)[0])
        reason = f"文字本身与{words.label}一致，但截去了前面的“{cut}”，意思因此不同。"
        return Judgement(Verdict.DIFFERS, Action.CORRECT, reason, (words,))
    found = [words_at(law, *place) for place in (right or places)]
    reason = f"与{labels(found[:3])}逐字一致（空格、换行不计）。"
    if right and all(p.label != found[0].label for p in claim.cited):
        reason += f"准确出处是{labels(found[:3])}。"
    if not claim.marked:
        reason += "未加引号。"
    return Judgement(Verdict.EXACT, Action.NONE, reason, tuple(found[:3]))


def _elsewhere(
    claim: Claim,
    places: Sequence[tuple[int, int]],
    law: LawText,
    how: str,
    *,
    absent: bool = False,
    found_differences: Sequence[Difference] = (),
) -> Judgement:
    found = [words_at(law, *place) for place in places[:3]]
    named = "、".join(p.label for p in claim.cited)
    why = "所注条款不存在" if absent else _not_there(claim, places, named)
    reason = f"{why}。这段话出自{labels(found)}（{how}），应改注为{labels(found)}。"
    if found_differences:
        reason += difference_sentence(found_differences)
    action = Action.CORRECT if claim.said_to_be_law or absent or not claim.linked else Action.LOOK
    return Judgement(Verdict.WRONG_PLACE, action, reason, tuple(found), tuple(found_differences))


def _not_there(claim: Claim, places: Sequence[tuple[int, int]], named: str) -> str:
    wider = any(start < p.end and p.start < end for start, end in places for p in claim.cited)
    return f"引文超出了{named}的范围" if wider else f"{named}没有这段话"


def _judge_different(claim: Claim, places: Sequence[tuple[int, int]], law: LawText) -> Judgement:
    """The same words with other marks, width or script."""
    right = [place for place in places if inside(place, claim.cited)]
    start, end = (right or places)[0]
    found = differences(claim.words, law.document.text[start:end])
    if (claim.cited and not right) or claim.absent:
        return _elsewhere(claim, places, law, "文字一致，标点或字形不同", absent=claim.absent, found_differences=found)
    words = words_at(law, start, end)
    return Judgement(Verdict.DIFFERS, Action.LOOK, _form_reason(words.label, found), (words,), tuple(found))


def _form_reason(label: str, found: Sequence[Difference]) -> str:
    what = "字形（繁体或全半角）" if all(d.kind is DifferenceKind.SCRIPT for d in found) else "标点"
    return f"与{label}文字一致，仅{what}不同：{difference_sentence(found)}"


def _judge_near(claim: Claim, size: int, law: LawText) -> Judgement | None:
    here = law.near(claim.words, claim.cited) if claim.cited else None
    anywhere = law.near(claim.words)
    if here and here.similarity >= _NEAR_CITED and anywhere and here.similarity >= anywhere.similarity - 0.1:
        return _worded_differently(claim, here.start, here.end, law)
    if claim.said_to_be_law:
        least = _NEAR_SAID
    elif size < _SHORT:
        return None
    else:
        least = 0.7 if claim.linked else (0.85 if size < 16 else 0.72)
    if anywhere and anywhere.similarity >= least:
        start, end = anywhere.start, anywhere.end
        if claim.cited or claim.absent:
            found = differences(claim.words, _window(law, start, end, claim.words))
            return _elsewhere(claim, [(start, end)], law, "文字有出入", absent=claim.absent, found_differences=found)
        return _worded_differently(claim, start, end, law)
    if not claim.said_to_be_law:
        return None
    named = "、".join(p.label for p in claim.cited)
    action = Action.LOOK if size <= _TERM + 2 else Action.CORRECT
    reason = f"《{law.document.title}》中没有这段话" + (f"，{named}也没有相近的文字。" if named else "。")
    return Judgement(Verdict.NOT_FOUND, action, reason, tuple(words_at(law, p.start, p.end) for p in claim.cited[:2]))


def _window(law: LawText, start: int, end: int, words: str) -> str:
    """The nearest stretch, with the mark behind it where the words also end in one."""
    text = law.document.text
    last = words.rstrip()[-1:]
    if last and end < len(text) and not last.isalnum() and not text[end].isalnum() and not is_blank(text[end]):
        end += 1
    return text[start:end]


def _worded_differently(claim: Claim, start: int, end: int, law: LawText) -> Judgement:
    window = _window(law, start, end, claim.words)
    found = differences(claim.words, window)
    words = words_at(law, start, start + len(window))
    support = verify(claim.words, [window, words.text])
    against = conflict(support, clash_of(support, claim.words, words.text)) if not only_form(found) else ""
    reason = f"与{words.label}的原文不一致：{difference_sentence(found)}"
    if only_form(found):
        return Judgement(Verdict.DIFFERS, Action.LOOK, _form_reason(words.label, found), (words,), tuple(found))
    if against:
        reason += f"其中{against}。"
    if not claim.marked:
        reason += "未加引号；如是引用，应改为原文。"
    action = Action.CORRECT if claim.marked or against else Action.LOOK
    return Judgement(Verdict.DIFFERS, action, reason, (words,), tuple(found))


def _judge_pieces(claim: Claim, pieces: Sequence[str], law: LawText) -> Judgement | None:
    """A quotation with an ellipsis: each part by itself, and whether they follow one another in one provision."""
    spans = _in_order(pieces, claim.cited, law)
    if spans is None:
        parts = [judge_quote(_part(claim, piece), law) for piece in pieces]
        told = [part for part in parts if part is not None]
        worst = min(told, key=lambda part: _ORDER.index(part.verdict), default=None)
        if worst is None or worst.verdict is not Verdict.EXACT:
            return worst
        reason = "各段文字都能在原文找到，但省略号前后不是同一条中先后相连的内容，请分别引用。"
        found = tuple(words for part in told for words in part.law[:1])
        return Judgement(Verdict.DIFFERS, Action.CORRECT, reason, found)
    text = law.document.text
    omitted = tuple(text[a[1] : b[0]].strip() for a, b in pairwise(spans))
    found = tuple(words_at(law, *span) for span in spans)
    if claim.absent or (claim.cited and not all(inside(span, claim.cited) for span in spans)):
        return _elsewhere(claim, spans, law, "有省略", absent=claim.absent)
    reason = f"与{labels(found)}逐字一致，有省略。"
    left_out = "；".join(f"“{_cut(words)}”" for words in omitted if words)
    return Judgement(
        Verdict.EXACT, Action.NONE, reason + (f"省略的是：{left_out}。" if left_out else ""), found, omitted=omitted
    )


_ORDER = (
    Verdict.NOT_FOUND, Verdict.WRONG_PLACE, Verdict.DIFFERS, Verdict.UNSUPPORTED, Verdict.UNCHECKED, Verdict.EXACT,
)  # fmt: skip


def _part(claim: Claim, words: str) -> Claim:
    return replace(claim, words=words)


def _in_order(pieces: Sequence[str], cited: Sequence[Provision], law: LawText) -> list[tuple[int, int]] | None:
    """Where the pieces stand one after the other in one article, in the cited ones if they do there."""
    every = [law.exact(piece) for piece in pieces]
    if not all(every):
        return None
    firsts = sorted(every[0], key=lambda span: not inside(span, cited))
    for first in firsts:
        spans = [first]
        for places in every[1:]:
            later = next((place for place in places if place[0] >= spans[-1][1]), None)
            if later is None:
                break
            spans.append(later)
        else:
            holder = law.holder(spans[0][0], spans[-1][1])
            if holder is not None and holder.locator.article is not None:
                return spans
    return None


def _cut(words: str) -> str:
    return words if len(words) <= 60 else f"{words[:28]}……{words[-28:]}"
