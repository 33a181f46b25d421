"""The law as evidence: every sentence with its clauses, values and surroundings, ready to be matched."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import rjieba

from assistant.law.lexicon import Lexicon
from assistant.law.locator import Kind
from assistant.law.sentences import Span, split_clauses, split_sentences
from assistant.law.types import Document, Provision
from assistant.law.values import Value, find_values
from assistant.law.widths import half_width

_NEGATIONS = "不未非无没"
# A word of one character that makes a new word with the one after it: 新材料 is no 材料 to hand in.
_MODIFIERS = frozenset("新旧老副总非超")
_AROUND = 40

plain = half_width


@dataclass(frozen=True)
class Segment:
    """A stretch of law with the places where its words begin and end, so that 材料 is not found in 新材料."""

    span: Span
    borders: frozenset[int]

    @cached_property
    def text(self) -> str:
        return plain(self.span.text)

    def find(self, term: str) -> int:
        """Where a term stands as words of its own, or -1. A negated word (不合格) is not the word (合格)."""
        at = self.text.find(term)
        while at >= 0:
            whole = at in self.borders and at + len(term) in self.borders
            long = len(term) >= 4 and (at in self.borders or at + len(term) in self.borders)
            negated = at > 0 and self.text[at - 1] in _NEGATIONS and term[0] not in _NEGATIONS
            if (whole or long) and not (negated and not self.text[at - 2 : at].startswith("原则上")):
                return at
            at = self.text.find(term, at + 1)
        return -1


@dataclass(frozen=True)
class Unit:
    """One sentence of a provision. `context` is what stands around it and tells what it is about.

    `context`: the chapter's heading, the lead of the list it belongs to, the item's own heading. `before`: the
    sentence before it in the same provision. `head`: the first sentence of the provision, if that is another one.
    """

    provision: Provision
    sentence: Segment
    clauses: tuple[Segment, ...]
    context: tuple[Segment, ...]
    before: Segment | None
    head: Segment | None
    values: tuple[Value, ...]
    is_lead: bool
    is_heading: bool
    order: int

    @property
    def start(self) -> int:
        return self.sentence.span.start

    @property
    def in_context(self) -> str:
        """The sentence with what it is about, as the reader was trained to see it."""
        around = (s.span.text.strip()[:_AROUND] for s in self.context)
        return f"{' '.join(text for text in around if text)}｜{self.sentence.span.text}"


class Evidence:
    """All units of a document, cut into words with the pack's own terms known as words."""

    def __init__(self, document: Document, lexicon: Lexicon) -> None:
        self.document = document
        self._jieba = rjieba.Jieba()
        self._terms = tuple(sorted({plain(t) for terms in lexicon.terms.values() for t in terms}))
        self.units: tuple[Unit, ...] = tuple(self._units())

    @cached_property
    def text(self) -> str:
        return plain(self.document.text)

    def tag(self, text: str) -> list[tuple[str, str]]:
        return list(self._jieba.tag(text))

    def segment(self, span: Span) -> Segment:
        text = plain(span.text)
        borders, position = {0, len(text)}, 0
        for word in self._jieba.cut(text):
            position += len(word)
            if word not in _MODIFIERS:
                borders.add(position)
            if len(word) >= 4:
                borders |= self._inner_borders(word, position - len(word))
        # A term of two characters must not cut a longer word (原则 in 原则上).
        natural = frozenset(borders)
        for term in self._terms:
            at = text.find(term)
            while at >= 0:
                if len(term) >= 3 or at + len(term) in natural:
                    borders |= {at, at + len(term)}
                at = text.find(term, at + 1)
        return Segment(span, frozenset(borders))

    def _inner_borders(self, word: str, offset: int) -> set[int]:
        """Long dictionary words are made of words: 专项经费 holds 经费."""
        half = len(word) // 2
        parts = (word[:half], word[half:])
        return {offset + half} if len(word) % 2 == 0 and all(self._jieba.has_word(p) for p in parts) else set()

    @cached_property
    def by_provision(self) -> dict[Provision, tuple[Unit, ...]]:
        found: dict[Provision, list[Unit]] = {}
        for unit in self.units:
            found.setdefault(unit.provision, []).append(unit)
        return {p: tuple(units) for p, units in found.items()}

    def contains(self, term: str) -> bool:
        """Whether any sentence of the document has the term as words of its own."""
        if term not in self.text and not any(term in p.heading for p in self.document.provisions):
            return False
        return any(u.sentence.find(term) >= 0 or any(c.find(term) >= 0 for c in u.context) for u in self.units)

    def frequency(self, term: str) -> int:
        return sum(1 for u in self.units if u.sentence.find(term) >= 0)

    def _units(self) -> Iterator[Unit]:
        order = 0
        for provision in self.document.provisions:
            if provision.kind in (Kind.CHAPTER, Kind.SECTION, Kind.CLOSING) and not self._is_outline(provision):
                continue
            around = self._around(provision)
            before: Segment | None = None
            first: Segment | None = None
            heading: Segment | None = None
            has_children = bool(self.document.children(provision.locator))
            for start, end in self.document.own_spans(provision):
                spans = list(split_sentences(self.document.text, start, end))
                for index, span in enumerate(spans):
                    sentence = self.segment(span)
                    clauses = tuple(self.segment(c) for c in split_clauses(span))
                    context = (*around, *((heading,) if heading else ()))
                    lead = has_children and span.text.rstrip().endswith(("：", ":"))
                    values = tuple(find_values(sentence.text))
                    title = not index and len(span.text) <= 20 and len(spans) > 1 and not values
                    yield Unit(provision, sentence, clauses, context, before, first, values, lead, title, order)
                    order += 1
                    if title:
                        heading = sentence
                    before = sentence
                    first = first or sentence

    def _is_outline(self, provision: Provision) -> bool:
        """A 一、 of a text without articles carries words itself; a chapter's words are its articles'."""
        return provision.kind is Kind.SECTION and len(provision.locator.steps) == 1

    def _around(self, provision: Provision) -> tuple[Segment, ...]:
        segments = []
        for locator in provision.path:
            outer = self.document.get(locator)
            if outer is None:
                continue
            if outer.heading:
                segments.append(self.segment(Span(outer.start, outer.start, outer.heading)))
            elif outer.kind not in (Kind.CHAPTER,):
                own = self.document.own_spans(outer)
                first = own[0] if own and own[0][0] == outer.body_start else None
                if first:
                    sentences = list(split_sentences(self.document.text, *first))
                    segments += [self.segment(s) for s in sentences[-1:]]
        return tuple(segments)
