"""An answer in a language model's words: what the model may word, and the answer made of what it said.

The answer made of the law's own words always comes first. It decides status, citations, verdicts and what stays open;
a model changes sentences only, and where its sentences do not carry all of that, the first answer goes out.
"""

import re
from collections.abc import Iterator, Sequence

from assistant.law.pack import Pack
from assistant.law.values import find_values
from assistant.llm.established import Established, Finding, Source, Worded
from assistant.llm.failure import Fallback
from assistant.llm.worder import Worder
from assistant.qa.evidence import plain
from assistant.qa.guard import VERDICT_WORDS, UnsupportedAnswerError, check_answer, rest_lines, verdict_told
from assistant.qa.models import Answer, Assessment, Statement
from assistant.qa.normalise import is_english
from assistant.qa.wording import CHINESE, ENGLISH


def reworded(answer: Answer, turns: Sequence[str], worder: Worder, pack: Pack) -> Iterator[Answer]:
    """The answer as it grows by statements that may be shown; the last one is whole and has passed the check."""
    if not _is_worded(answer):
        yield answer
        return
    kept_as_is = _kept_as_is(answer)
    if kept_as_is:
        yield _fallen_back(answer, kept_as_is, 0)
        return

    def passes(said: Worded) -> bool:
        try:
            check_answer(_with_words(answer, [said], worder.name, 0), [pack])
        except UnsupportedAnswerError:
            return False
        return True

    rewording = worder.word(established(answer, turns, pack), passes)
    for _ in rewording:
        yield _with_words(answer, rewording.kept, worder.name, rewording.dropped)
    if rewording.fallback is None:
        whole = _with_words(answer, rewording.kept, worder.name, rewording.dropped)
        try:
            yield check_answer(whole, [pack])
            return
        except UnsupportedAnswerError:
            rewording.fallback = Fallback.UNSUPPORTED
    yield _fallen_back(answer, rewording.fallback, rewording.dropped)


def _is_worded(answer: Answer) -> bool:
    """Only what settles something is put into other words; an abstention and a question back stay as they are.

    So does a turn of the interview: its sentences lead to the question that it asks.
    """
    if answer.interview is not None and not answer.interview.paused:
        return False
    assessed = answer.status == "needs_facts" and bool(answer.assessments)
    return bool(answer.statements) and (answer.status == "answered" or assessed)


def _kept_as_is(answer: Answer) -> Fallback | None:
    if is_english(answer.question):
        return Fallback.LANGUAGE
    opening = CHINESE.differs.split("{", 1)[0], ENGLISH.differs.split("{", 1)[0]
    return Fallback.PREMISE if any(s.text.startswith(opening) for s in answer.statements) else None


def _fallen_back(answer: Answer, why: Fallback, dropped: int) -> Answer:
    provenance = answer.provenance.model_copy(update={"fallback": why.value, "dropped": dropped})
    return answer.model_copy(update={"provenance": provenance})


def _with_words(answer: Answer, kept: Sequence[Worded], name: str, dropped: int) -> Answer:
    """The same answer with other statements; its fixed sentences stay behind them."""
    statements = [Statement(text=k.text, citations=sorted(k.citations)) for k in kept]
    bullet = "- " if len(statements) > 1 else ""
    lines = [f"{bullet}{s.text}{''.join(f'[{n}]' for n in s.citations)}" for s in statements]
    provenance = answer.provenance.model_copy(update={"composer": f"llm:{name}", "fallback": None, "dropped": dropped})
    text = "\n\n".join(["\n".join(lines), *rest_lines(answer)])
    return answer.model_copy(update={"answer": text, "statements": statements, "provenance": provenance})


# What is established


def established(answer: Answer, turns: Sequence[str], pack: Pack) -> Established:
    """What a model is told of an answer, and what its words have to carry."""
    cited = {n for s in answer.statements for n in s.citations}
    title = pack.about.title
    sources = tuple(
        Source(c.n, f"{c.document}/{c.locator}", (c.label, f"《{title}》{c.label}", title), c.quote)
        for c in answer.citations
    )
    findings = tuple(_finding(a, answer) for a in answer.assessments if a.verdict in VERDICT_WORDS and a.citations)
    return Established(
        turns=tuple(turns),
        sources=sources,
        findings=findings,
        places=frozenset(s.place for s in sources if s.n in cited),
        values=_key_values(answer),
    )


def _finding(assessment: Assessment, answer: Answer) -> Finding:
    gap = f"{assessment.gap}{assessment.unit or ''}" if assessment.gap else ""
    return Finding(assessment.verdict, verdict_told(assessment, answer), gap, tuple(assessment.citations))


def _key_values(answer: Answer) -> tuple[str, ...]:
    """The figures of the sentence that answers: the first, or all that a list introduces, and those of verdicts.

    What only the person said is not asked for again, nor is the count of a list.
    """
    statements = answer.statements
    leads = [s for s in statements if s.text.endswith(("：", ":"))]
    key = statements if leads or answer.assessments else statements[:1]
    by_number = {c.n: c for c in answer.citations}
    values: list[str] = []
    for statement in key:
        quotes = plain("\n".join(by_number[n].quote for n in statement.citations))
        said = re.sub(r"（[^（）]*第[^（）]*）|^第[^：]{1,20}：", "", plain(statement.text))
        values += (v.text for v in find_values(said) if v.text in quotes and any(c.isalnum() for c in v.text))
    return tuple(dict.fromkeys(values))
