"""The question sets as examples: which sentences of a regulation answer a question, and which are only near."""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from assistant.law.locator import Locator
from assistant.law.new_pack import new_pack
from assistant.law.pack import Pack, load_pack
from assistant.qa.evidence import Evidence, Unit
from assistant.qa.normalise import normalise
from eval.cases import FOLDER, Case, load_cases
from eval.counterfactuals import PACK
from eval.question_sets import SETS
from eval.reader.held_out import is_shared, json_lines

DATA = Path(__file__).parent / "data"
LIAONING = "liaoning"
_TURNS_READ = 3

Split = Literal["train", "dev"]


@dataclass(frozen=True)
class Example:
    """A question as the reader sees it, with places in the sentences of its regulation.

    `positives`: the sentences that answer it; none if the regulation leaves it open. `near`: sentences of the same
    provisions, of which the labels do not say whether they answer; they are neither right nor wrong. `held_out`: a
    held-out question set has the same question.
    """

    id: str
    regulation: str
    split: Split
    text: str
    positives: tuple[int, ...]
    near: tuple[int, ...]
    held_out: bool

    @property
    def set_name(self) -> str:
        """The question set, which the id begins with."""
        return self.id.split("-", maxsplit=1)[0]


@dataclass(frozen=True)
class ExampleSet:
    """All examples, and the sentences of each regulation as the reader sees them."""

    sentences: dict[str, list[str]]
    examples: list[Example]

    @property
    def development(self) -> list[Example]:
        return [e for e in self.examples if e.split == "dev"]

    def training(self, final: bool) -> list[Example]:
        """What to train on: for the final weights the development questions too. Nothing that is held out."""
        return [e for e in self.examples if (final or e.split == "train") and not e.held_out]


@dataclass(frozen=True)
class Alterations:
    """Sentences to alter a regulation with, by the id of the question they are written for.

    `settling`: put in, it answers a question that was open. `weakened`: put in the place of the sentences that
    answer a question, it is of the same matter and answers it no more.
    """

    settling: dict[str, str]
    weakened: dict[str, str]


def sentence_text(unit: Unit) -> str:
    return f"passage: {unit.in_context}"


def question_text(turns: Sequence[str]) -> str:
    return "query: " + " / ".join(normalise(turn) for turn in turns[-_TURNS_READ:])


def load_alterations(folder: Path = DATA) -> Alterations:
    return Alterations(_sentences(folder / "sentences-settling.jsonl"), _sentences(folder / "sentences-weakened.jsonl"))


def load_examples(data: Path = DATA) -> ExampleSet:
    """Every question of the training data and the development sets that is answered or left open."""
    sentences: dict[str, list[str]] = {}
    examples: list[Example] = []
    evidence = _evidence(load_pack(PACK))
    sentences[LIAONING] = [sentence_text(u) for u in evidence.units]
    for file in sorted(data.glob("measures-*.jsonl")):
        examples += label(evidence, load_cases(file), LIAONING, "train")
    for name in SETS["dev"]:
        examples += label(evidence, load_cases(FOLDER / "questions" / f"{name}.jsonl"), LIAONING, "dev")
    for folder, split in _regulations(data):
        evidence = _invented(folder / "source.txt")
        sentences[folder.name] = [sentence_text(u) for u in evidence.units]
        examples += label(evidence, load_cases(folder / "questions.jsonl"), folder.name, split)
    return ExampleSet(sentences, examples)


def label(evidence: Evidence, cases: Iterable[Case], regulation: str, split: Split) -> list[Example]:
    """The cases of one regulation as examples. Raises ValueError if one is answered and no sentence answers it."""
    examples = []
    for case in cases:
        if case.status not in ("answered", "not_covered"):
            continue
        positives, near = _places(evidence, case)
        if case.status == "answered" and not positives:
            raise ValueError(f"{case.id} is answered, but by no sentence of {regulation}")
        text, shared = question_text(case.turns), is_shared(case.turns)
        examples.append(Example(case.id, regulation, split, text, tuple(positives), tuple(near), shared))
    return examples


def _places(evidence: Evidence, case: Case) -> tuple[list[int], list[int]]:
    """The sentences that answer, and those that are near.

    The quotes say which sentences of the gold provisions answer; without quotes all of them do.
    """
    gold, also = ([Locator.parse(text) for text in texts] for texts in (case.gold, case.also))
    quoted = [span for quote in case.quotes for span in _occurrences(evidence.document.text, quote)]
    positives, near, golden = [], [], []
    for place, unit in enumerate(evidence.units):
        start, end = unit.sentence.span.start, unit.sentence.span.end
        in_gold, in_also = _stands_in(unit, gold), _stands_in(unit, also)
        is_quoted = any(start < last and first < end for first, last in quoted)
        answers = is_quoted and (in_gold or not gold) if quoted else in_gold
        if case.status == "answered" and answers:
            positives.append(place)
        elif in_gold or in_also or is_quoted:
            near.append(place)
            golden += [place] if in_gold else []
    if case.status == "answered" and not positives:
        return golden, [place for place in near if place not in golden]
    return positives, near


def _stands_in(unit: Unit, locators: Sequence[Locator]) -> bool:
    provision = unit.provision
    return any(provision.locator.within(outer) or outer in provision.path for outer in locators)


def _occurrences(text: str, quote: str) -> Iterator[tuple[int, int]]:
    at = text.find(quote)
    while at >= 0:
        yield at, at + len(quote)
        at = text.find(quote, at + 1)


def _regulations(data: Path) -> list[tuple[Path, Split]]:
    """The folders of the invented regulations, in the order of their questions' ids."""
    training = sorted((data / "regulations").iterdir(), key=lambda folder: load_cases(folder / "questions.jsonl")[0].id)
    return [*((folder, "train") for folder in training), (FOLDER / "regulations" / "sports-hall", "dev")]


def _evidence(pack: Pack) -> Evidence:
    return Evidence(pack.regulation, pack.lexicon)


def _invented(source: Path) -> Evidence:
    with tempfile.TemporaryDirectory(prefix="mic-reader-") as aside:
        return _evidence(new_pack(source, Path(aside) / "pack"))


def _sentences(file: Path) -> dict[str, str]:
    return {row["id"]: row["sentence"] for row in json_lines(file)}
