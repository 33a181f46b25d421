"""The one place every answer passes: nothing leaves that the text does not carry."""

import re
from collections.abc import Iterable

from assistant.law.locator import Locator
from assistant.law.pack import Pack
from assistant.law.types import Authority
from assistant.law.values import find_values
from assistant.qa.evidence import plain
from assistant.qa.models import Answer, Citation, Statement

_MARKERS = re.compile(r"(?:\[\d+\])+")


class UnsupportedAnswerError(Exception):
    """An answer that must not be shown. The message says what is wrong, for the log."""


def check_answer(answer: Answer, packs: Iterable[Pack]) -> Answer:
    """Returns the answer unchanged, or raises UnsupportedAnswerError.

    Checked: every quote is the canonical text at its place and inside its provision; every statement has a
    citation that exists, stands word for word in the answer with its markers, and states no figure that its
    quotes do not have; nothing is cited under `not_covered`; only a regulation's words support a statement.
    """
    by_id = {p.id: p for p in packs}
    for citation in (*answer.citations, *answer.authority, *answer.background):
        _check_citation(citation, by_id.get(citation.pack))
    numbers = [c.n for c in answer.citations]
    if numbers != list(range(1, len(numbers) + 1)):
        raise UnsupportedAnswerError(f"citations are numbered {numbers}")
    if answer.status == "not_covered" and (answer.citations or answer.statements):
        raise UnsupportedAnswerError("an abstention cites or states something")
    if answer.status == "answered" and not answer.statements:
        raise UnsupportedAnswerError("an answer states nothing")
    cited = {c.n: c for c in answer.citations}
    for statement in answer.statements:
        _check_statement(statement, answer, cited, by_id)
    used = {int(n) for m in _MARKERS.findall(answer.answer) for n in re.findall(r"\d+", m)}
    if not used <= set(cited):
        raise UnsupportedAnswerError(f"markers {sorted(used - set(cited))} have no citation")
    return answer


def _check_citation(citation: Citation, pack: Pack | None) -> None:
    document = pack.document(citation.document) if pack else None
    if document is None:
        raise UnsupportedAnswerError(f"no document {citation.pack}/{citation.document}")
    if document.text[citation.start : citation.end] != citation.quote:
        raise UnsupportedAnswerError(f"not verbatim: {citation.quote!r}")
    provision = document.get(Locator.parse(citation.locator))
    if provision is None or not provision.start <= citation.start < citation.end <= provision.end:
        raise UnsupportedAnswerError(f"the quote does not lie in {citation.locator}")


def _check_statement(statement: Statement, answer: Answer, cited: dict[int, Citation], packs: dict[str, Pack]) -> None:
    missing = [n for n in statement.citations if n not in cited]
    if missing:
        raise UnsupportedAnswerError(f"statement cites {missing}, which do not exist")
    shown = statement.text + "".join(f"[{n}]" for n in statement.citations)
    if shown not in answer.answer:
        raise UnsupportedAnswerError(f"statement not shown as it stands: {statement.text!r}")
    support = [cited[n] for n in statement.citations]
    for citation in support:
        document = packs[citation.pack].document(citation.document)
        if document is None or document.authority is not Authority.REGULATION:
            raise UnsupportedAnswerError("a statement rests on a summary")
    quotes = plain("\n".join(c.quote for c in support)) + plain(answer.question)
    for value in find_values(plain(statement.text)):
        # 共6项 counts the list itself; every other figure has to stand in a quote or in the question.
        counted = value.unit == "项" and re.search(r"共\d+项）：$", statement.text) is not None
        if value.text not in quotes and not counted and not _is_label(value.text, statement.text):
            raise UnsupportedAnswerError(f"the quotes do not have {value.text!r}: {statement.text!r}")


def _is_label(text: str, statement: str) -> bool:
    """第七条 in the name of a provision is no figure."""
    at = plain(statement).find(text)
    return at > 0 and re.search(r"第[^，。；“”]{0,8}$", statement[:at]) is not None
