"""Which place of the quotes a word of the statement is about: the one with the most words around it in common."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from assistant.verify.text import Reading

_NEAR = 8


@dataclass(frozen=True)
class Context:
    """A statement beside its quotes. `quotes` holds the quotes first, then what else is known from `known_from` on."""

    statement: Reading
    quotes: Reading
    known_from: int

    @cached_property
    def _weights(self) -> dict[str, float]:
        seen = Counter(b for c in self.quotes.clauses for b in c.bigrams)
        return {gram: 1 / count**0.5 for gram, count in seen.items()}

    def weight(self, gram: str) -> float:
        return self._weights.get(gram, 0.0)

    def around(self, start: int, end: int, place: int, length: int) -> int:
        """How many characters right before and after agree."""
        said, law = self.statement.text, self.quotes.text
        left = _common(reversed(said[max(0, start - _NEAR) : start]), reversed(law[max(0, place - _NEAR) : place]))
        return left + _common(said[end : end + _NEAR], law[place + length : place + length + _NEAR])

    @cached_property
    def overlaps(self) -> tuple[tuple[float, ...], ...]:
        """For each clause of the statement and each of the quotes: what they share, rare pairs counting more."""
        weights = self._weights
        return tuple(
            tuple(sum(weights[b] for b in mine.bigrams & theirs.bigrams) for theirs in self.quotes.clauses)
            for mine in self.statement.clauses
        )

    @cached_property
    def nearness(self) -> tuple[tuple[float, ...], ...]:
        """`overlaps`, with the clauses before and after on either side counted in."""
        shared = self.overlaps
        rows, columns = len(shared), len(self.quotes.clauses)

        def at(i: int, j: int) -> float:
            return shared[i][j] if 0 <= i < rows and 0 <= j < columns else 0.0

        return tuple(
            tuple(
                shared[i][j]
                + 0.4 * max(at(i, j - 1), at(i - 1, j - 1), at(i - 1, j))
                + 0.4 * max(at(i, j + 1), at(i + 1, j + 1), at(i + 1, j))
                for j in range(columns)
            )
            for i in range(rows)
        )

    def score(self, start: int, end: int, place: int, length: int, skip: tuple[int, int] = (0, 0)) -> float:
        """How well the surroundings of `statement[start:end]` agree with those of `quotes[place:place + length]`.

        `skip` are the characters right before each that are left out: the very cue that may have been changed.
        """
        mine, theirs = self.statement.clause_of(start), self.quotes.clause_of(place)
        if mine < 0 or theirs < 0:
            return 0.0
        said, law = self.statement.text, self.quotes.text
        before, behind = start - skip[0], place - skip[1]
        left = _common(reversed(said[max(0, before - _NEAR) : before]), reversed(law[max(0, behind - _NEAR) : behind]))
        right = _common(said[end : end + _NEAR], law[place + length : place + length + _NEAR])
        return self.nearness[mine][theirs] + 0.7 * (left + right)

    def sentences_of(self, clause: int, share: float = 0.6) -> set[int]:
        """The sentences of the quotes that a clause of the statement is about: the best and those nearly as good."""
        row = self.nearness[clause]
        best: dict[int, float] = {}
        for theirs, value in zip(self.quotes.clauses, row, strict=True):
            best[theirs.sentence] = max(best.get(theirs.sentence, 0.0), value)
        top = max(best.values(), default=0.0)
        return {number for number, value in best.items() if top > 0 and value >= share * top}

    def text_of(self, sentences: Iterable[int]) -> str:
        spans = self.quotes.sentences
        return "\n".join(self.quotes.text[spans[s][0] : spans[s][1]] for s in sorted(sentences))


def _common(mine: Iterable[str], theirs: Iterable[str]) -> int:
    """How many characters agree from the beginning on."""
    count = 0
    for a, b in zip(mine, theirs, strict=False):
        if a != b:
            break
        count += 1
    return count
