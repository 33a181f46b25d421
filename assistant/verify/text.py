"""A text as the checks read it: one width, its clauses and sentences, its words with their places and kinds."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache

import rjieba

from assistant.verify.vocabulary import vocabulary

_STOPS = re.compile(r"[,;:!?。、\n()]|\.(?!\d)")
_SENTENCE_STOPS = "。!?\n"
_ENUMERATOR = re.compile(
    r"(?m)(?:(?<=[。;:,\n])|^)\s*(?:\([一二三四五六七八九十0-9]{1,3}\)|[0-9]{1,2}(?:[.、](?!\d)|\)))\s*"
)
# Words of force are left out of what clauses are matched by: they are what may have been changed.
_FORCE = re.compile("不应当|应当|应予|不予|予以|可以|不得|必须|有权|无权|禁止|允许|不能|能够|不|未|应|须|可")
_OR = re.compile("(?<![抑间])或(?![者缺然])")  # one form, as words are cut otherwise: 转让|或许|可
_SKIPPED = re.compile(r"[^\u3400-\u9fffA-Za-z0-9]")


def plain(text: str) -> str:
    """One width and no blanks among Chinese characters; quotation marks go, as they assert nothing."""
    text = unicodedata.normalize("NFKC", text)
    text = re.sub(r"[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]", "", text)
    text = re.sub(r"[ \t\u00a0]+(?=[^\x21-\x7e])|(?<=[^\x21-\x7e])[ \t\u00a0]+", "", text)
    text = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text)
    return re.sub(r"[“”‘’\"「」『』]", "", text)


@dataclass(frozen=True, slots=True)
class Token:
    """A word at `[start, end)`; `tag` is its part of speech as rjieba names it."""

    start: int
    end: int
    text: str
    tag: str

    @property
    def noun(self) -> bool:
        return self.tag[0] in "nj" or self.tag in ("ORG", "PER", "LOC", "s", "vn")

    @property
    def verb(self) -> bool:
        return self.tag[0] == "v"

    @property
    def content(self) -> bool:
        """Whether the word says something of its own, and is no word of grammar or of introduction."""
        return (
            len(self.text) > 1
            and self.tag[0] in "njvaibzstlgdfk"
            and self.text not in vocabulary().empty
            and not self.text.isascii()
        )


@dataclass(frozen=True, slots=True)
class Clause:
    """What stands between two marks; `sentence` numbers the sentence it is in."""

    start: int
    end: int
    sentence: int
    bigrams: frozenset[str]


@dataclass(frozen=True)
class Reading:
    """A text with its words and clauses."""

    text: str

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        found, position = [], 0
        for word, tag in rjieba.tag(self.text):
            found.append(Token(position, position + len(word), word, tag))
            position += len(word)
        return tuple(found)

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """Cut at every mark but 、, which joins what belongs together."""
        found: list[Clause] = []
        start = sentence = 0
        for mark in (*_STOPS.finditer(self.text), None):
            if mark is not None and mark.group() == "、":
                continue
            end = len(self.text) if mark is None else mark.start()
            grams = bigrams(_FORCE.sub("\n", self.text[start:end]))
            if grams:
                found.append(Clause(start, end, sentence, grams))
            if mark is not None:
                sentence += mark.group() in _SENTENCE_STOPS
                start = mark.end()
        return tuple(found)

    @cached_property
    def _clause_at(self) -> tuple[int, ...]:
        numbers = [-1] * (len(self.text) + 1)
        for number, clause in enumerate(self.clauses):
            numbers[clause.start : clause.end] = [number] * (clause.end - clause.start)
        return tuple(numbers)

    def clause_of(self, position: int) -> int:
        """The number of the clause at a position; -1 outside all."""
        return self._clause_at[position]

    @cached_property
    def sentences(self) -> dict[int, tuple[int, int]]:
        """Where each sentence begins and ends."""
        spans: dict[int, tuple[int, int]] = {}
        for clause in self.clauses:
            spans[clause.sentence] = (spans.get(clause.sentence, (clause.start, 0))[0], clause.end)
        return spans

    @cached_property
    def segments(self) -> tuple[Clause, ...]:
        """The cases that a text sets apart by full stops, semicolons and line ends."""
        pieces = re.finditer(r"[^。;!?\n]+", self.text)
        return tuple(Clause(m.start(), m.end(), 0, bigrams(m.group())) for m in pieces)

    def segment_of(self, position: int) -> Clause:
        return next((s for s in self.segments if s.start <= position < s.end), self.segments[0])

    @cached_property
    def grams(self) -> frozenset[str]:
        return frozenset().union(*(c.bigrams for c in self.clauses)) if self.clauses else frozenset()

    def places(self, word: str) -> list[int]:
        """Where a word stands."""
        found: list[int] = []
        position = self.text.find(word)
        while position >= 0 and len(found) < 40:
            found.append(position)
            position = self.text.find(word, position + 1)
        return found


def bigrams(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters, marks left out; a single character counts as itself."""
    pieces = [_SKIPPED.sub("", piece) for piece in text.split("\n")]
    return frozenset(p[i : i + 2] for p in pieces for i in range(len(p) - 1)) or frozenset("".join(pieces))


@lru_cache(maxsize=256)
def read(text: str) -> Reading:
    """A text made plain and without the marks that number its items. Quotes come again and again, so it is kept."""
    return Reading(_OR.sub("或者", _ENUMERATOR.sub("", plain(text))))
