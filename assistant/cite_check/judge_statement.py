"""What a text says a provision says, in its own words: whether the provision carries it."""

import re
from collections.abc import Sequence

from assistant.cite_check.clash import Clash, clash_of
from assistant.cite_check.folding import loose
from assistant.cite_check.judgement import Judgement, labels, words_at, words_of
from assistant.cite_check.law_text import LawText, pairs
from assistant.cite_check.law_words import in_law_words
from assistant.cite_check.models import Action, Difference, LawWords, Verdict
from assistant.cite_check.wording import conflict, is_conflict
from assistant.law.lexicon import Lexicon
from assistant.law.sentences import split_sentences
from assistant.law.types import Provision
from assistant.verify import Reason, Support, verify
from assistant.verify.polarity import find_cues
from assistant.verify.text import read

_ABOUT_IT = 0.3
_CLEARLY_ABOUT = 0.45
_ABOUT_CASE = 0.25
_BOUND_BEFORE = "(?:不得?[少低多高大小]于|不得?超过|至[少多]|最[多低高少]|为期|期限为?)"
_BOUND_AFTER = "(?:以[上下内]|内|整改期|期限)"
_IN_PRINCIPLE = "原则上"
_REACH = 12  # characters from a negation to what it may govern


def judge_statement(
    words: str, cited: Sequence[Provision], law: LawText, lexicon: Lexicon, *, said: bool
) -> Judgement | None:
    """The judgement; `said`: the text gives it as what the provision says (第九条规定…), not merely on its basis.

    None: nothing shows that the words tell what a provision says.
    """
    about_cited = max((_share(words, p, law) for p in cited), default=0.0)
    best = max(law.leaves(), key=lambda p: (_share(words, p, law), -p.start), default=None)
    if best is None:
        return None
    about_best = _share(words, best, law)
    if max(about_cited, about_best) < _ABOUT_IT:
        return _far_off(cited, law) if said and cited else None
    target = tuple(cited) if cited else (best,)
    support = _understood(words, target, law, lexicon)
    found = tuple(_nearest_words(words, p, law) for p in target[:3])
    if support.ok:
        opposite = _opposite(words, target, law, lexicon)
        if opposite:
            against = conflict(opposite, _clash(opposite, words, found, target))
            reason = f"{against}。文中有的词与条文只是相近，请对照{labels(found)}的原文。"
            return Judgement(Verdict.UNCHECKED, Action.LOOK, reason, found)
        allowed = _merely_allowed(words, target, law) if said else ""
        if allowed:
            reason = f"文中写“{allowed}”，{labels(found)}没有“可以”这类词，请看它是要求还是允许。"
            return Judgement(Verdict.UNCHECKED, Action.LOOK, reason, found)
        reason = f"与{labels(found)}对照，数字、主体、语气未见不符；是转述，不是逐字引用。"
        return Judgement(Verdict.SUPPORTED, Action.NONE, reason, found)
    clash = _clash(support, words, found, target)
    sure = is_conflict(support) and about_cited >= _ABOUT_IT and about_best < 2 * about_cited
    if cited and not sure and not any(best.locator.within(p.locator) for p in cited):
        elsewhere = _understood(words, (best,), law, lexicon)
        if (elsewhere.ok and about_best > about_cited) or (
            about_best >= _CLEARLY_ABOUT and about_best >= 2 * about_cited
        ):
            return _of_another(best, cited, elsewhere, words, law)
    against = conflict(support, clash)
    if _denies_as_the_law(support, words, target):
        return _far_off(target, law)
    if not said and support.reason is Reason.POLARITY and ": " in support.detail:
        return _far_off(target, law)  # the force of a verb in a sentence that may speak of the case at hand
    if against and (about_cited >= _ABOUT_IT or not cited):
        return Judgement(
            Verdict.UNSUPPORTED, Action.CORRECT, f"{against}。请对照{labels(found)}的原文。", found, _shown(clash)
        )
    if not said and about_cited < _CLEARLY_ABOUT:
        return None
    return _far_off(target, law)


def judge_case(words: str, cited: Sequence[Provision], law: LawText, lexicon: Lexicon) -> Judgement | None:
    """What a text says has to be done in the case at hand, on the basis of a provision; for a person to look at.

    None where nothing definite speaks against it: most of such words are about the case, not the law.
    """
    if max((_share(words, p, law) for p in cited), default=0.0) < _ABOUT_CASE:
        return None
    opposite = _opposite(words, cited, law, lexicon)
    support = opposite or _understood(words, cited, law, lexicon)
    found = tuple(_nearest_words(words, p, law) for p in cited[:3])
    is_figure = support.reason in (Reason.PERIOD, Reason.NUMBER) and _is_bounded(support.detail, words)
    if not (opposite or is_figure or (support.reason is Reason.DROPPED and support.detail.startswith(_IN_PRINCIPLE))):
        return None
    clash = _clash(support, words, found, cited)
    reason = f"这句话是针对具体情形说的，但{conflict(support, clash)}。请对照{labels(found)}的原文。"
    return Judgement(Verdict.UNCHECKED, Action.LOOK, reason, found, _shown(clash))


def _denies_as_the_law(support: Support, words: str, provisions: Sequence[Provision]) -> bool:
    """Whether the negation that was found is in a word of the law itself, such as 不合格, and may reach no further."""
    about, _, forces = support.detail.partition(": ")
    if support.reason is not Reason.POLARITY or forces != "not for bare":
        return False
    before = words[max(0, words.find(about) - _REACH) : max(0, words.find(about))]
    denied = re.findall("[不未无非][^不未无非]{2}", before)
    return bool(denied) and any(denied[-1] in p.text for p in provisions)


def _is_bounded(figure: str, words: str) -> bool:
    """Whether a figure is asked for, such as 不少于60人 or 两年内: 现有75人 is the case itself."""
    figure = re.escape(figure.split(": ", maxsplit=1)[0])
    return re.search(f"{_BOUND_BEFORE}{figure}|{figure}{_BOUND_AFTER}", words) is not None


def _clash(support: Support, words: str, found: Sequence[LawWords], cited: Sequence[Provision]) -> Clash | None:
    """What a conflict is about; `found` are the nearest words of the provisions `cited`."""
    if not is_conflict(support):
        return None
    return clash_of(support, words, "\n".join(one.text for one in found), "\n".join(p.text for p in cited))


def _shown(clash: Clash | None) -> tuple[Difference, ...]:
    return (clash.difference,) if clash and clash.difference else ()


def _merely_allowed(words: str, provisions: Sequence[Provision], law: LawText) -> str:
    """The 可以 of a statement where the provisions allow, encourage and support nothing."""
    reading = read(words)
    mine = [cue for cue in find_cues(reading) if cue.force == "may"]
    theirs = read("\n".join(text for p in provisions for text in (p.text, *_lead_in(p, law))))
    if not mine or any(cue.force in ("may", "encourage", "exempt") for cue in find_cues(theirs)):
        return ""
    return reading.text[mine[0].start : mine[0].end]


def _understood(words: str, provisions: Sequence[Provision], law: LawText, lexicon: Lexicon) -> Support:
    """Whether provisions carry the words as they are, else with what means the same as a term of theirs."""
    support = _supported(words, provisions, law)
    same = in_law_words(words, "\n".join(p.text for p in provisions), lexicon, near=False)
    return support if support.ok or same == words else _supported(same, provisions, law)


def _opposite(words: str, provisions: Sequence[Provision], law: LawText, lexicon: Lexicon) -> Support | None:
    """审批 for 报备, seen where people's words are taken for the terms of the provisions that they are close to."""
    close = in_law_words(words, "\n".join(p.text for p in provisions), lexicon, near=True)
    support = _supported(close, provisions, law)
    is_opposite = support.reason is Reason.POLARITY and ": " not in support.detail and " for " in support.detail
    return support if is_opposite else None


def _supported(words: str, provisions: Sequence[Provision], law: LawText) -> Support:
    quotes = [text for p in provisions for text in (p.text, *_lead_in(p, law))]
    names = [law.document.title, *(p.label for p in provisions)]
    return verify(words, quotes, labels=names)


def _lead_in(provision: Provision, law: LawText) -> list[str]:
    """The words of the article around an item, which its meaning hangs on."""
    above = law.document.get(provision.path[-1]) if provision.path else None
    if above is None or above.locator.article is None:
        return []
    return [law.document.text[a:b] for a, b in law.document.own_spans(above)]


def _nearest_words(words: str, provision: Provision, law: LawText) -> LawWords:
    """The sentence of a provision that is nearest to the words; all of a short one."""
    if len(provision.text) <= 120:
        return words_of(law, provision)
    mine = pairs(loose(words).text)
    sentences = list(split_sentences(law.document.text, provision.start, provision.end))
    best = max(sentences, key=lambda s: (len(mine & pairs(loose(s.text).text)), -s.start))
    return words_at(law, best.start, best.end)


def _share(words: str, provision: Provision, law: LawText) -> float:
    """How much of the words' pairs of characters the provision has."""
    mine = pairs(loose(words).text)
    return len(mine & law.pairs_of(provision)) / len(mine) if mine else 0.0


def _of_another(best: Provision, cited: Sequence[Provision], support: Support, words: str, law: LawText) -> Judgement:
    named = "、".join(p.label for p in cited)
    reason = f"{named}没有这个内容，相应内容在{best.label}，应改注为{best.label}。"
    clash = _clash(support, words, (_nearest_words(words, best, law),), (best,))
    against = conflict(support, clash)
    if against:
        reason += f"对照{best.label}，{against}。"
    return Judgement(Verdict.WRONG_PLACE, Action.CORRECT, reason, (words_of(law, best),), _shown(clash))


def _far_off(cited: Sequence[Provision], law: LawText) -> Judgement:
    found = tuple(words_of(law, p) for p in cited[:3])
    reason = f"用语与{labels(found)}相差较大，机器不能判断是否相符，请对照原文。"
    return Judgement(Verdict.UNCHECKED, Action.LOOK, reason, found)
