"""The one place every answer passes: nothing leaves that the text does not carry."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from assistant.law.citation import Citation
from assistant.law.locator import Kind, Locator
from assistant.law.pack import Pack
from assistant.law.types import Authority
from assistant.law.values import find_values
from assistant.qa.evidence import plain
from assistant.qa.models import Answer, Assessment, Provenance, RelatedProvision, Statement
from assistant.qa.wording import CHINESE, ENGLISH, Wording, is_fixed_sentence
from assistant.rules.dates import find_day
from assistant.rules.numbers import plain as figures_of
from assistant.rules.quantity import find_quantities
from assistant.verify import Support, verify
from assistant.verify.support import SUPPORTED

_MARKERS = re.compile(r"(?:\[\d+\])+")
_COUNT = re.compile(r"，共\d+项(?=）：$)")
_CLAIM = re.compile(r"^(?:与问题中的“[^”]*”不同，办法规定的是|Unlike “[^”]*” in the question, )")
_GLOSS = re.compile(r" \(unofficial gloss: (.*)\)(?=\.$)")
VERDICT_WORDS = {"met": "符合", "not_met": "不符合", "review": "须人工核对"}
_DIGIT = "0-9零〇一二两三四五六七八九十百千万亿"


class UnsupportedAnswerError(Exception):
    """An answer that must not be shown. The message says what is wrong, for the log."""


def check_answer(answer: Answer, packs: Iterable[Pack]) -> Answer:
    """Returns the answer unchanged, or raises UnsupportedAnswerError.

    Checked: every quote is the canonical text at its place, inside its provision, under that provision's own name;
    every statement has a citation that exists, stands word for word in the answer with its markers, and states no
    figure that its quotes do not have, unless the question or an assessment that it gives the message of has it;
    an assessment's gap is what its figures leave and its threshold stands in its quotes; what else the answer says are
    fixed sentences that state no law; nothing is cited or stated where the answer is silent; only a regulation's
    words support a statement.
    """
    by_id = {p.id: p for p in packs}
    for citation in (*answer.citations, *answer.authority, *answer.background):
        _check_citation(citation, by_id.get(citation.pack))
    for provision in answer.related:
        _check_related(provision, by_id.values())
    numbers = [c.n for c in answer.citations]
    if numbers != list(range(1, len(numbers) + 1)):
        raise UnsupportedAnswerError(f"citations are numbered {numbers}")
    if answer.status in ("not_covered", "out_of_scope") and (answer.citations or answer.statements):
        raise UnsupportedAnswerError(f"{answer.status} cites or states something")
    if answer.status == "answered" and not answer.statements:
        raise UnsupportedAnswerError("an answer states nothing")
    cited = {c.n: c for c in answer.citations}
    for assessment in answer.assessments:
        _check_assessment(assessment, cited)
    for statement in answer.statements:
        _check_statement(statement, answer, cited, by_id)
    used = {int(n) for m in _MARKERS.findall(answer.answer) for n in re.findall(r"\d+", m)}
    if not used <= set(cited):
        raise UnsupportedAnswerError(f"markers {sorted(used - set(cited))} have no citation")
    _check_rest(answer)
    return answer


def _check_citation(citation: Citation, pack: Pack | None) -> None:
    document = pack.document(citation.document) if pack else None
    if document is None:
        raise UnsupportedAnswerError(f"no document {citation.pack}/{citation.document}")
    if document.text[citation.start : citation.end] != citation.quote:
        raise UnsupportedAnswerError(f"not verbatim: {citation.quote!r}")
    locator = Locator.parse(citation.locator)
    provision = document.get(locator)
    if provision is None or not provision.start <= citation.start < citation.end <= provision.end:
        raise UnsupportedAnswerError(f"the quote does not lie in {citation.locator}")
    numbers = (citation.article, citation.branch, citation.paragraph, citation.item, citation.subitem)
    kinds = (Kind.PARAGRAPH, Kind.ITEM, Kind.SUBITEM)
    below = [locator.number(k) if locator.article else None for k in kinds]
    if citation.label != provision.label or numbers != (locator.article, locator.branch, *below):
        raise UnsupportedAnswerError(f"{citation.locator} goes by another name: {citation.label}")


def _check_related(related: RelatedProvision, packs: Iterable[Pack]) -> None:
    documents = [d for p in packs if (d := p.document(related.document)) is not None]
    provisions = [p for d in documents if (p := d.get(Locator.parse(related.locator))) is not None]
    if not any(p.label == related.label and related.quote in p.text for p in provisions):
        raise UnsupportedAnswerError(f"not verbatim: {related.quote!r}")


def _check_statement(statement: Statement, answer: Answer, cited: dict[int, Citation], packs: dict[str, Pack]) -> None:
    missing = [n for n in statement.citations if n not in cited]
    if missing:
        raise UnsupportedAnswerError(f"statement cites {missing}, which do not exist")
    if _shown(statement) not in answer.answer:
        raise UnsupportedAnswerError(f"statement not shown as it stands: {statement.text!r}")
    support = [cited[n] for n in statement.citations]
    for citation in support:
        document = packs[citation.pack].document(citation.document)
        if document is None or document.authority is not Authority.REGULATION:
            raise UnsupportedAnswerError("a statement rests on a summary")
    strange = strange_figures(statement.text, support, answer.question, answer.assessments)
    if strange:
        raise UnsupportedAnswerError(f"the quotes do not have {strange[0]!r}: {statement.text!r}")
    found = support_of(statement, answer, support, list(packs.values()))
    if not found.ok:
        raise UnsupportedAnswerError(f"not supported ({found.reason}: {found.detail!r}): {statement.text!r}")


def _is_extractive(answer: Answer) -> bool:
    return bool(answer.provenance.composer == Provenance.model_fields["composer"].default)


def support_of(statement: Statement, answer: Answer, support: Sequence[Citation], packs: Sequence[Pack]) -> Support:
    """Whether these citations carry a statement of the answer: the same check of the words for every composer.

    Only our own composer may take up what the question claims.
    """
    own = [a for a in answer.assessments if set(a.citations) & set(statement.citations)]
    known = [verdict_told(a, answer) for a in own]
    names = [name for c in support for name in (c.label, Locator.parse(c.locator).english)]
    said = statement.text
    if _is_extractive(answer):
        known.append(answer.question)
        said = _words_of_law(_without_gloss(said, packs), own)
        if said in {w.rules_as_follows.format(labels=_joined(support, w)) for w in (CHINESE, ENGLISH)}:
            return SUPPORTED  # it names provisions and states nothing
    titles = [p.about.title for p in packs]
    return verify(said, [c.quote for c in support], known=known, labels=[*names, *titles])


def _joined(support: Sequence[Citation], wording: Wording) -> str:
    english = wording is ENGLISH
    names = (Locator.parse(c.locator).english if english else c.label for c in support)
    return (", " if english else "、").join(dict.fromkeys(names))


def _words_of_law(text: str, own: Sequence[Assessment]) -> str:
    """A statement without what our composer adds: the count of a list, the claim put right, a verdict.

    The figures of a verdict are held against its assessment, which is checked by itself.
    """
    for message in (*(a.message.rstrip("。") for a in own), CHINESE.to_be_judged if own else ""):
        if message and message in text:
            text = text.rpartition(message)[2].strip("；;，,（）() ")
    for added in (_COUNT, _CLAIM):
        text = added.sub("", text)
    return text


def _without_gloss(text: str, packs: Sequence[Pack]) -> str:
    """A statement without its gloss, if all of that is the packs' own; glosses may have brackets of their own."""
    found = _GLOSS.search(text)
    if not found:
        return text
    rest = found.group(1)
    for pair in (f"{law} = {gloss}" for pack in packs for law, gloss in pack.lexicon.glosses.items()):
        rest = rest.replace(pair, "")
    return text if rest.strip("; ") else text[: found.start()] + text[found.end() :]


def verdict_told(assessment: Assessment, answer: Answer) -> str:
    """A verdict in words: 固定人员数75人，不符合，还差5人."""
    unit = assessment.unit or ""
    said = [s.text for s in answer.statements if set(s.citations) <= set(assessment.citations) and "：" in s.text]
    label = said[0].split("：", 1)[0] if said and _is_extractive(answer) else ""
    exact = (assessment.actual or "").replace(".", "", 1).isdigit()
    actual = f"{assessment.actual}{unit if exact else ''}" if assessment.actual else ""
    told = (label + actual, VERDICT_WORDS.get(assessment.verdict, ""), assessment.message.rstrip("。"))
    return "，".join(words for words in told if words)


def strange_figures(
    text: str, support: Sequence[Citation], question: str, assessments: Sequence[Assessment] = ()
) -> list[str]:
    """The figures of a statement that neither its quotes have nor the question, nor an assessment that it tells of."""
    numbers = {c.n for c in support}
    own = [a for a in assessments if a.citations and set(a.citations) <= numbers and a.message.rstrip("。") in text]
    known = plain("\n".join((*(c.quote for c in support), question, *(f for a in own for f in _own_figures(a)))))
    strange = []
    for value in find_values(plain(text)):
        # 共6项 counts the list itself; every other figure has to stand somewhere.
        counted = value.unit == "项" and re.search(r"共\d+项）：$", text) is not None
        if not (counted or _stands(value.text, known) or _is_label(value.text, text)):
            strange.append(value.text)
    return strange


def _own_figures(assessment: Assessment) -> list[str]:
    """The person's figure, what it falls short by, and for an inexact one what it falls short by at least."""
    unit = assessment.unit or ""
    figures = [f + u for f in (assessment.actual, assessment.gap) if f for u in ("", unit)]
    if assessment.actual and assessment.required and unit and assessment.gap is None:
        ends = [q.high for _, _, q in find_quantities(assessment.actual, unit, Decimal(1)) if q.high is not None]
        figures += [figures_of(Decimal(assessment.required) - end) + unit for end in ends]
    day = find_day(assessment.actual or "")
    if day is not None and unit == "年" and assessment.required:
        # The day on which so many years are over, reckoned here once more.
        figures += [str(day), str(day.later(Decimal(assessment.required)))]
    return figures


def _check_assessment(assessment: Assessment, cited: dict[int, Citation]) -> None:
    if not set(assessment.citations) <= set(cited):
        raise UnsupportedAnswerError(f"{assessment.rule} cites {assessment.citations}, which do not exist")
    if assessment.gap is not None:
        needed, actual = Decimal(assessment.required or 0), Decimal(assessment.actual or 0)
        if assessment.verdict != "not_met" or abs(needed - actual) != Decimal(assessment.gap):
            raise UnsupportedAnswerError(f"{assessment.rule}: {actual} of {needed} is not {assessment.gap} short")
    if assessment.unit and assessment.required and assessment.citations:
        quotes = "\n".join(cited[n].quote for n in assessment.citations)
        if not any(q.low == Decimal(assessment.required) for _, _, q in find_quantities(quotes, assessment.unit)):
            raise UnsupportedAnswerError(f"{assessment.rule}: the quotes do not ask for {assessment.required}")


def _check_rest(answer: Answer) -> None:
    """What is no statement must be one of the fixed sentences."""
    for said in rest_lines(answer):
        if not is_fixed_sentence(said, answer.unsettled):
            raise UnsupportedAnswerError(f"neither a statement nor a fixed sentence: {said!r}")


def rest_lines(answer: Answer) -> list[str]:
    """The lines of an answer without its statements."""
    rest = answer.answer
    for shown in sorted((_shown(s) for s in answer.statements), key=len, reverse=True):
        rest = rest.replace(shown, "")
    lines = (line.strip().removeprefix("-").strip() for line in rest.split("\n"))
    return [line for line in lines if line]


def _shown(statement: Statement) -> str:
    return statement.text + "".join(f"[{n}]" for n in statement.citations)


def _stands(figure: str, quotes: str) -> bool:
    """Whether a figure stands in the quotes as a whole: 0人 is not in 80人."""
    if not re.match(rf"[{_DIGIT}]", figure):
        return figure in quotes
    return re.search(rf"(?<![{_DIGIT}])(?<![{_DIGIT}][.,，]){re.escape(figure)}", quotes) is not None


def _is_label(text: str, statement: str) -> bool:
    """第七条 in the name of a provision is no figure."""
    at = plain(statement).find(text)
    return at > 0 and re.search(r"第[^，。；“”]{0,8}$", statement[:at]) is not None
