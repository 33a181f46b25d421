"""What a text says a provision says, in its own words: whether the provision carries it."""

from collections.abc import Sequence

from assistant.cite_check.folding import loose
from assistant.cite_check.judgement import Judgement, labels, words_at, words_of
from assistant.cite_check.law_text import LawText, pairs
from assistant.cite_check.models import Action, LawWords, Verdict
from assistant.cite_check.wording import conflict
from assistant.law.sentences import split_sentences
from assistant.law.types import Provision
from assistant.verify import Reason, Support, verify

_ABOUT_IT = 0.3
_CLEARLY_ABOUT = 0.45


def judge_statement(words: str, cited: Sequence[Provision], law: LawText, *, said: bool) -> Judgement | None:
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
    support = _supported(words, target, law)
    found = tuple(_nearest_words(words, p, law) for p in target[:3])
    if support.ok:
        reason = f"与{labels(found)}对照，数字、主体、语气未见不符；是转述，不是逐字引用。"
        return Judgement(Verdict.SUPPORTED, Action.NONE, reason, found)
    if cited and not any(best.locator.within(p.locator) for p in cited):
        elsewhere = _supported(words, (best,), law)
        if (elsewhere.ok and about_best > about_cited) or (
            about_best >= _CLEARLY_ABOUT and about_best >= 2 * about_cited
        ):
            return _of_another(best, cited, elsewhere, law)
    against = conflict(support)
    if not said and support.reason is Reason.POLARITY and ": " in support.detail:
        return _far_off(target, law)  # the force of a verb in a sentence that may speak of the case at hand
    if against and (about_cited >= _ABOUT_IT or not cited):
        return Judgement(Verdict.UNSUPPORTED, Action.CORRECT, f"{against}。请对照{labels(found)}的原文。", found)
    if not said and about_cited < _CLEARLY_ABOUT:
        return None
    return _far_off(target, law)


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


def _of_another(best: Provision, cited: Sequence[Provision], support: Support, law: LawText) -> Judgement:
    named = "、".join(p.label for p in cited)
    reason = f"{named}没有这个内容，相应内容在{best.label}，应改注为{best.label}。"
    against = conflict(support)
    if against:
        reason += f"对照{best.label}，{against}。"
    return Judgement(Verdict.WRONG_PLACE, Action.CORRECT, reason, (words_of(law, best),))


def _far_off(cited: Sequence[Provision], law: LawText) -> Judgement:
    found = tuple(words_of(law, p) for p in cited[:3])
    reason = f"用语与{labels(found)}相差较大，机器不能判断是否相符，请对照原文。"
    return Judgement(Verdict.UNCHECKED, Action.LOOK, reason, found)
