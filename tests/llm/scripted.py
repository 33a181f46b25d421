"""A stand-in endpoint, the established facts that most tests use, and a check that only knows the law's own words."""

import json
from collections.abc import Generator, Sequence
from dataclasses import dataclass

from assistant.llm.established import Established, Finding, Source, Worded
from assistant.llm.failure import LlmFailure
from assistant.llm.worder import Rewording, Worder

STAFF = "固定研究与试验发展人员数不少于80人"
MONEY = "年度研发费用总额不低于1000万元"

ESTABLISHED = Established(
    turns=("研发人员和费用有什么要求？",),
    sources=(
        Source(1, "measures/art_7.item_4", ("第七条第（四）项",), STAFF),
        Source(2, "measures/art_7.item_5", ("第七条第（五）项",), MONEY),
    ),
    places=frozenset({"measures/art_7.item_4", "measures/art_7.item_5"}),
    values=("80人", "1000万元"),
)
ASSESSED = Established(
    turns=("我们有75人，够吗？",),
    sources=(Source(1, "measures/art_7.item_4", ("第七条第（四）项",), STAFF),),
    findings=(Finding("not_met", "固定研发人员数75人，不符合，还差5人", "5人", (1,)),),
    places=frozenset({"measures/art_7.item_4"}),
    values=("80人",),
)


@dataclass
class Support:
    ok: bool


def strictly(text: str, quotes: Sequence[str], *, known: Sequence[str] = (), labels: Sequence[str] = ()) -> Support:
    """Supports what stands in a quote, and what is made of a quote and of what is known."""
    for known_words in (*quotes, *known, *labels):
        text = text.replace(known_words, "")
    return Support(not text.strip("，。：（）"))


class Scripted:
    """Gives the pieces that it was given, then a failure if it was given one."""

    model = "scripted"

    def __init__(self, *pieces: str, failure: LlmFailure | None = None) -> None:
        self.pieces, self.failure = pieces, failure
        self.asked: list[tuple[str, str]] = []
        self.given = 0
        self.closed = False

    def stream(self, system: str, user: str, seconds: float) -> Generator[str, None, None]:
        del seconds
        self.asked.append((system, user))
        try:
            for piece in self.pieces:
                self.given += 1
                yield piece
            if self.failure:
                raise self.failure
        finally:
            self.closed = True


def reply(*statements: tuple[str, Sequence[int]]) -> str:
    said = [{"text": text, "citations": list(citations)} for text, citations in statements]
    return json.dumps({"statements": said}, ensure_ascii=False)


def worded(endpoint: Scripted, established: Established = ESTABLISHED) -> tuple[Rewording, list[Worded]]:
    """The attempt after it is over, and what it showed on the way."""
    rewording = Worder(endpoint, 5, strictly).word(established, lambda _: True)
    return rewording, list(rewording)
