"""Asks everything once and takes in what was measured before: the evaluation, of the pack and the code as they are."""

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from llama_index.core.base.embeddings.base import BaseEmbedding

from assistant.config import Settings
from assistant.retrieval.embedding import load_embedder
from eval.baselines.citation_engine import CitationEngine, configured_llm
from eval.baselines.compare import Left, Row, ask_engine, compare
from eval.baselines.retrieval import PlainLlamaIndex, searches
from eval.cases import FOLDER, Score, load_cases, spread
from eval.counterfactuals import PACK, KindResult
from eval.dialogues.__main__ import rates as dialogue_rates
from eval.dialogues.__main__ import run as hold
from eval.dialogues.cases import load_dialogues, parts
from eval.evaluation.models import BaselineFigures, Category, EditFigures, Evaluation, LeftOut, Measures, SetFigures
from eval.figures import Figure, Figures, read_figures, stamp_now
from eval.metrics.consistency import consistency
from eval.metrics.quality import quality
from eval.question_sets import SETS, SPLITS, SetResult, together
from eval.rates import Rate, Summary
from eval.run import Run, measure_subject, progress
from eval.subject import Subject, open_subject

OTHERS = ("forms", "attacks", "leave-one-out", "lecoqa")
_SAMPLE = 60  # questions that are asked in every way


def evaluate(settings: Settings, limit: int | None = None) -> tuple[Evaluation, Run]:
    """The evaluation, and the run whose tables go with it. `limit`: so many questions of each set, for trying out."""
    embedder = load_embedder(settings.embedding_model)
    progress("opening the index")
    subject = open_subject(PACK, settings, embedder)
    run = measure_subject(subject, SPLITS, settings, embedder, limit)
    sets = [r for r in run.sets if any(r.name in names for names in SETS.values())]
    wholes = [together([r for r in sets if r.split == split], split) for split in SPLITS]
    rows, left = _baselines(subject, settings, embedder, wholes)
    progress("asking in every way")
    with tempfile.TemporaryDirectory(prefix="mic-eval-") as folder:
        cases = [c for name in SETS["dev"] for c in load_cases(FOLDER / "questions" / f"{name}.jsonl")]
        same = consistency(spread(cases, min(_SAMPLE, limit or _SAMPLE)), settings, Path(folder))
    progress("holding the dialogues")
    llm = settings.llm_model if settings.llm_base_url else None
    found = Evaluation(
        stamp=stamp_now(),
        pack=subject.pack.id,
        pack_title=subject.pack.about.title,
        pack_sha256=subject.pack.sha256,
        embedder=subject.search.embedder_name,
        llm=llm,
        whole=limit is None,
        splits=[set_figures(r, subject) for r in wholes],
        sets=[set_figures(r, subject) for r in sets],
        regulations=[set_figures(r, None) for r in run.regulations],
        edits=[edit_figures(k) for k in run.counterfactuals],
        baselines=[_baseline(row) for row in rows],
        left_out=[LeftOut(name=one.name, why=one.why) for one in left],
        consistency=measures(same),
        dialogues=_dialogues(subject, limit),
        others=[f for name in OTHERS if (f := read_figures(name)) is not None],
    )
    return found, run


def _baselines(
    subject: Subject, settings: Settings, embedder: BaseEmbedding, wholes: Sequence[SetResult]
) -> tuple[list[Row], list[Left]]:
    scores: Mapping[str, Sequence[Score]] = {r.name: r.scores for r in wholes}
    with tempfile.TemporaryDirectory(prefix="mic-eval-", ignore_cleanup_errors=True) as folder:
        plain = PlainLlamaIndex(subject.pack, embedder, Path(folder))
        rows = compare(scores, [*searches(subject.search), plain], subject.document)
        llm = configured_llm(settings)
        if llm is None:
            return rows, [Left(CitationEngine.name, "没有配置语言模型（MIC_LLM_BASE_URL），这一项没有测。")]
        progress("asking the citation engine")
        engine = CitationEngine(subject.pack, plain.retriever, llm)
        more, stopped = ask_engine(engine, {p: [s.case for s in some] for p, some in scores.items()}, subject.document)
    return [*rows, *more], [stopped] if stopped else []


def measures(rates: Mapping[str, Rate]) -> Measures:
    return {name: Figure.from_rate(value) for name, value in rates.items()}


def _of_summary(summary: Summary) -> dict[str, Rate]:
    return {name: value for name, value in vars(summary).items() if isinstance(value, Rate)}


def set_figures(result: SetResult, subject: Subject | None) -> SetFigures:
    """One set; with the subject that answered it also what its citations and figures come to."""
    found = _of_summary(result.summary) | {"verbatim": result.verbatim}
    if subject is not None:
        found |= vars(quality(result.scores, [subject.pack], subject.stands))
    kinds = {n: Category(questions=s.n, measures=measures(_of_summary(s))) for n, s in result.categories.items()}
    return SetFigures(
        name=result.name, split=result.split, questions=len(result.scores), measures=measures(found), categories=kinds
    )


def edit_figures(result: KindResult) -> EditFigures:
    found = result.rates | {"verbatim": result.verbatim}
    return EditFigures(split=result.split, kind=result.kind, cases=len(result.outcomes), measures=measures(found))


def _baseline(row: Row) -> BaselineFigures:
    return BaselineFigures.model_validate(
        {"name": row.name, "mode": row.mode, "split": row.part, "threshold": row.threshold}
        | {"measures": {name: value.as_json() for name, value in row.rates.items()}}
    )


def _dialogues(subject: Subject, limit: int | None) -> Figures:
    found = {}
    for part in parts():
        dialogues = load_dialogues(part)[: limit or None]
        found[part] = {
            n: Figure.from_rate(r) for n, r in dialogue_rates(hold(dialogues, subject.assistant.ask)).items()
        }
    return Figures.model_validate({"name": "dialogues", "stamp": stamp_now(), "parts": found})


def figures_by_place(evaluation: Evaluation) -> dict[tuple[str, str], Rate]:
    """Every figure that may have a floor, by where it was measured and what it is."""
    found = {(s.name, name): f.rate for s in evaluation.splits for name, f in s.measures.items()}
    found |= {("consistency", name): f.rate for name, f in evaluation.consistency.items()}
    for other in _all_others(evaluation):
        for part, values in other.parts.items():
            found |= {(f"{other.name}: {part}", n): v.rate for n, v in values.items() if isinstance(v, Figure)}
    return found


def _all_others(evaluation: Evaluation) -> Iterable[Figures]:
    return [evaluation.dialogues, *evaluation.others]
