"""The part of the measurement that the tests ask: the same few questions and dialogues of dev each time, in seconds."""

from collections.abc import Sequence

from eval.cases import FOLDER, Case, Score, load_cases, score
from eval.dialogues.__main__ import rates as dialogue_rates
from eval.dialogues.__main__ import run as hold
from eval.dialogues.cases import load_dialogues
from eval.floors.floor import CI, Place
from eval.metrics.quality import quality
from eval.question_sets import SETS
from eval.rates import Rate, summarise
from eval.subject import Subject

EVERY = 5
_DIALOGUES = {"facts": "dialogue_facts", "verdicts": "dialogue_verdicts", "turns": "dialogue_turns"}


def bounded_cases() -> list[Case]:
    """Every fifth question of each dev set."""
    return [c for name in SETS["dev"] for c in load_cases(FOLDER / "questions" / f"{name}.jsonl")[::EVERY]]


def ask_bounded(subject: Subject) -> tuple[list[Score], Rate]:
    """The scores of the questions, and how many of the quotes shown are verbatim."""
    scores, verbatim = [], Rate(0, 0)
    for case in bounded_cases():
        answer = subject.assistant.ask(case.turns)
        quotes = subject.verbatim(answer)
        verbatim = Rate(verbatim.hits + quotes.hits, verbatim.of + quotes.of)
        scores.append(score(case, answer, subject.document))
    return scores, verbatim


def figures_of(scores: Sequence[Score], verbatim: Rate, subject: Subject) -> dict[Place, Rate]:
    """What scores come to, under the names of the floors."""
    found = {n: v for n, v in vars(summarise(scores)).items() if isinstance(v, Rate)}
    found |= vars(quality(scores, [subject.pack], subject.stands)) | {"verbatim": verbatim}
    return {(CI, name): value for name, value in found.items()}


def dialogue_figures(subject: Subject) -> dict[Place, Rate]:
    """Every fifth dialogue of dev, turn by turn."""
    found = dialogue_rates(hold(load_dialogues("dev")[::EVERY], subject.assistant.ask))
    return {(CI, name): found[key] for key, name in _DIALOGUES.items()}


def bounded(subject: Subject) -> dict[Place, Rate]:
    """All figures of the bounded part."""
    return figures_of(*ask_bounded(subject), subject) | dialogue_figures(subject)
