"""Plays attacks on answers and says of each what came of it."""

import logging
import socket
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from pydantic import SecretStr

from assistant.law.pack import Pack
from assistant.llm.endpoint import Endpoint
from assistant.llm.enough import is_enough
from assistant.llm.established import Worded
from assistant.llm.worder import Worder
from assistant.qa.models import Answer
from assistant.qa.reworded import established, reworded
from eval.attacks.cases import KEY, Attack, Reply
from eval.attacks.endpoint import ScriptedEndpoint

# What a reply may take; what never comes is waited for less long.
_PATIENCE, _IMPATIENCE = 60.0, 1.5
# Over the limit by no more than what making the answer itself takes on a busy machine.
_SLACK = 3.0


@dataclass(frozen=True)
class Outcome:
    """One attack on one question in one form."""

    attack: Attack
    question: str
    form: str
    answer: Answer
    seconds: float
    leaks: tuple[str, ...] = ()
    losses: tuple[str, ...] = ()
    wrong_code: str = ""

    @property
    def by_model(self) -> bool:
        return self.answer.provenance.composer.startswith("llm:")

    @property
    def passed(self) -> bool:
        silenced = self.attack.honest and not self.by_model
        return not (self.leaks or self.losses or self.wrong_code or silenced)


class _Log(logging.Handler):
    """Everything that is logged by anybody, so that it can be searched for the key."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(logging.Formatter().format(record))


@contextmanager
def everything_logged() -> Iterator[list[str]]:
    root, log = logging.getLogger(), _Log()
    level = root.level
    root.addHandler(log)
    root.setLevel(logging.DEBUG)
    try:
        yield log.lines
    finally:
        root.removeHandler(log)
        root.setLevel(level)


def play(
    attacks: Sequence[Attack],
    questions: Mapping[str, Sequence[str]],
    answers: Mapping[str, Answer],
    pack: Pack,
    server: ScriptedEndpoint,
) -> Iterator[Outcome]:
    """Every attack on each of its questions, lies in both forms. `answers`: those without a model."""
    worders = {p: _worder(server.base_url, p) for p in (_PATIENCE, _IMPATIENCE)}
    nobody = _worder(f"http://127.0.0.1:{_free_port()}/v1", _PATIENCE)
    for attack in attacks:
        if attack.transport == "refuse":
            worder = nobody
        else:
            ends = attack.transport in ("", "status", "empty", "hangup", "half", "html", "broken-events", "gzip")
            worder = worders[_PATIENCE if ends else _IMPATIENCE]
        limit = _PATIENCE if worder is not worders[_IMPATIENCE] else _IMPATIENCE
        for question in attack.questions:
            for among in (False, True) if attack.lies or attack.honest else (False,):
                script = server.play(attack, among=among)
                started = time.monotonic()
                with everything_logged() as log:
                    steps = list(reworded(answers[question], questions[question], worder, pack))
                yield _outcome(
                    attack, question, "among" if among else "alone", answers[question],
                    steps, script.told, log, time.monotonic() - started, limit, pack,
                )  # fmt: skip


def _outcome(
    attack: Attack, question: str, form: str, before: Answer, steps: Sequence[Answer], told: Sequence[Reply],
    log: Sequence[str], seconds: float, limit: float, pack: Pack,
) -> Outcome:  # fmt: skip
    last = steps[-1]
    leaks = list(_lies_shown(attack, steps, told))
    shown = "\n".join(text for step in steps for text in (step.answer, *(s.text for s in step.statements)))
    everything = shown + last.model_dump_json()
    leaks += [w for w in attack.forbidden if w in shown and w not in before.answer]
    leaks += [KEY] if KEY in everything or any(KEY in line for line in log) else []
    losses = _losses(before, last, pack)
    if seconds > limit + _SLACK:
        losses.append(f"took {seconds:.1f} s of {limit} s")
    code = last.provenance.fallback
    wrong = str(code) if attack.fallback and code not in attack.fallback else ""
    return Outcome(attack, question, form, last, seconds, tuple(leaks), tuple(losses), wrong)


def _lies_shown(attack: Attack, steps: Sequence[Answer], told: Sequence[Reply]) -> Iterator[str]:
    lies = {(lie.text.rstrip("。"), *(lie.citations if attack.wrong_citation else ())) for r in told for lie in r.lies}
    for statement in {(s.text, tuple(s.citations)) for step in steps for s in step.statements if _by_model(step)}:
        text, numbers = statement
        if (text.rstrip("。"), *(numbers if attack.wrong_citation else ())) in lies:
            yield text


def _by_model(answer: Answer) -> bool:
    return answer.provenance.composer.startswith("llm:")


def _losses(before: Answer, after: Answer, pack: Pack) -> list[str]:
    kept = ("status", "citations", "assessments", "unsettled", "authority", "notices")
    lost = [name for name in kept if getattr(before, name) != getattr(after, name)]
    said = [Worded(s.text, tuple(s.citations)) for s in after.statements]
    if _by_model(after) and not is_enough(said, established(before, [before.question], pack)):
        lost.append("no longer answers")
    if not _by_model(after) and (before.answer, before.statements) != (after.answer, after.statements):
        lost.append("not the answer without a model")
    return lost


def _worder(base_url: str, seconds: float) -> Worder:
    return Worder(Endpoint(base_url, "liar", SecretStr(KEY)), seconds)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
