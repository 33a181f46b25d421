"""What a list of scored answers comes to beyond their cases: citations after ALCE, and number fidelity."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.law.citation import Citation
from assistant.law.pack import Pack
from eval.cases import Score
from eval.metrics.citations import score_citations, statements_of
from eval.metrics.figures_told import number_fidelity
from eval.rates import Rate, rate


@dataclass(frozen=True)
class Quality:
    """`statement_recall` and `citation_precision`: each answer that states something weighs the same, as in ALCE.

    `supported`: of all statements, those that their citations carry. `numbers`: of all figures told, those that stand
    in a quote, the person's words or a finding.
    """

    statement_recall: Rate
    citation_precision: Rate
    supported: Rate
    numbers: Rate


def quality(scores: Sequence[Score], packs: Sequence[Pack], stands: Callable[[Citation], bool]) -> Quality:
    """Measures the answers of one set. `stands`: whether a quote is the text's own at its place."""
    cited = [score_citations(statements_of(s.answer, packs, stands)) for s in scores]
    titles = [t for p in packs for t in (p.about.title, p.version)]
    told = [number_fidelity(s.answer, s.case.turns, titles) for s in scores]
    statements = sum(c.statements for c in cited)
    return Quality(
        statement_recall=rate(c.recall for c in cited),
        citation_precision=rate(c.precision for c in cited),
        supported=Rate(statements - sum(c.unsupported for c in cited), statements),
        numbers=Rate(sum(t.hits for t in told), sum(t.of for t in told)),
    )
