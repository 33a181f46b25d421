"""Citation recall and precision as ALCE defines them (Gao et al. 2023, Enabling LLMs to Generate Text with Citations).

A statement is recalled if all its citations together support it. Of a recalled statement, a citation is precise unless
it is not needed: it does not support the statement alone, and the others support it without it. In a statement that
is not recalled no citation is precise. ALCE asks a model of natural language inference; here the project's verifier
decides, from exact quotes: a quote that does not stand in the text where it is said to stand supports nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from assistant.law.citation import Citation
from assistant.law.pack import Pack
from assistant.qa.guard import support_of
from assistant.qa.models import Answer, Statement


@dataclass(frozen=True)
class Said:
    """One statement with so many citations; `supported` says whether some of them, by their index, carry it."""

    citations: int
    supported: Callable[[tuple[int, ...]], bool]


@dataclass(frozen=True)
class CitationScore:
    """One answer: the share of its statements that are recalled, of its citations that are precise.

    A share is None where there is nothing to take it of. `unsupported` counts the statements that are not recalled.
    """

    statements: int
    unsupported: int
    recall: float | None
    precision: float | None


def score_citations(said: Sequence[Said]) -> CitationScore:
    """ALCE's two figures for one answer."""
    recalled = [s.supported(_all(s)) for s in said]
    precise = [flag for s, whole in zip(said, recalled, strict=True) for flag in _precise(s, whole)]
    return CitationScore(len(said), recalled.count(False), _mean(recalled), _mean(precise))


def statements_of(answer: Answer, packs: Sequence[Pack], stands: Callable[[Citation], bool]) -> list[Said]:
    """The statements of one of the assistant's answers. `stands`: whether a quote is the text's own at its place."""
    by_number = {c.n: c for c in answer.citations if stands(c)}
    return [_said(s, answer, packs, by_number) for s in answer.statements]


def _said(statement: Statement, answer: Answer, packs: Sequence[Pack], by_number: dict[int, Citation]) -> Said:
    @cache
    def supported(chosen: tuple[int, ...]) -> bool:
        cited = [by_number[n] for i in chosen if (n := statement.citations[i]) in by_number]
        return bool(cited) and support_of(statement, answer, cited, packs).ok

    return Said(len(statement.citations), supported)


def _all(said: Said) -> tuple[int, ...]:
    return tuple(range(said.citations))


def _precise(said: Said, recalled: bool) -> list[bool]:
    if not recalled or said.citations == 1:
        return [recalled] * said.citations
    every = _all(said)
    return [said.supported((i,)) or not said.supported(tuple(j for j in every if j != i)) for i in every]


def _mean(flags: Sequence[bool]) -> float | None:
    return sum(flags) / len(flags) if flags else None
