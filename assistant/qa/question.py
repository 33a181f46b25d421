"""A question, understood: what is asked for, about which terms, with which figures."""

import math
import re
from dataclasses import replace
from functools import cached_property

from assistant.law.lexicon import Lexicon
from assistant.law.values import find_values
from assistant.qa.evidence import Evidence, plain
from assistant.qa.need import STRICT, Ask, Need, find_asks, has_question
from assistant.qa.normalise import is_english
from assistant.qa.parts import Part, Question, is_organ
from assistant.qa.terms import Term
from assistant.qa.terms_en import EnglishTerms
from assistant.qa.vocabulary import general_vocabulary

_SENTENCE = re.compile(r"[^。?!;\n]+[。?!;\n]*")
_CLAUSE = re.compile(r"[^,，。?!;\n]+[,，。?!;\n]*")
# What are the conditions and how often is it evaluated: two questions. Nothing is cut off.
_JOINED_ENGLISH = re.compile(
    r"(?<=\s)(?=and (?:also )?(?:who|whom|what|when|where|which|why|how|is|are|does|do|can|may|must)\b)", re.IGNORECASE
)
_SHORT_CLAUSE = 18
_SELF = re.compile(
    r"\s*(?:你好|您好|是这样的?|请问|(?:我|我们|咱|咱们|俺|俺们|本人|我司|本公司)(?:现在|目前)?(?:是|在|来自|[^,。]{0,12}想)|.*(?:想|打算|准备|计划)[^,。]*(?:报|申请|建|搞|弄|整|冲))"
)
_CONTENT = ("n", "v", "a", "j", "l", "i", "b", "eng", "t", "s", "x")
_MAX_PHRASE = 6
# Acts in one character that change what is asked: 钱要退吗, 能免吗.
_SHORT_ACTS = frozenset("退免赔借租卖付缴扣还罚转")
_LEADING = frozenset("要能可会得再已被应需")
_FUNCTION = frozenset("的地得了着是为在对和与及或由将把被从向到以并等各其中上下内后前时要应可能会有无个这那就都也还")


class QuestionReader:
    """Reads questions with the words of one regulation in mind."""

    def __init__(
        self, evidence: Evidence, lexicon: Lexicon, subjects: tuple[str, ...], places: tuple[str, ...]
    ) -> None:
        self.evidence, self.lexicon = evidence, lexicon
        self.subjects = frozenset(subjects)
        self.places = frozenset(places)
        self.vocabulary = general_vocabulary()
        self._longest = max(
            [len(s) for s in lexicon.terms]
            + [len(s) for s in self.subjects]
            + [_MAX_PHRASE]
            + [len(t) for terms in lexicon.terms.values() for t in terms]
        )
        self._law_terms = frozenset(plain(t) for terms in lexicon.terms.values() for t in terms)
        names = sorted(self.subjects, key=len, reverse=True)
        self._subject_pattern = re.compile("(" + "|".join(map(re.escape, names)) + ")") if names else None
        # What people ask for in other words (补贴 for 资金) is no matter of its own.
        told = {w for w, forms in self.vocabulary.synonyms.items() if any(evidence.contains(f) for f in forms)}
        matters = self.vocabulary.process - told
        own = {m for m in matters if len(m) >= 2 and not evidence.contains(m)}
        self._matters = frozenset(own | set(self.vocabulary.restrict))
        self._longest_matter = max((len(m) for m in self._matters), default=0)
        self._stands: dict[str, bool] = {}
        self._weights: dict[str, float] = {}

    @cached_property
    def english(self) -> EnglishTerms:
        """Made for the first English question: it is slow to make, and few need it."""
        return EnglishTerms(self.lexicon, self.subjects, self._weight)

    def read(self, text: str) -> Question:
        """Splits a normalised question into the things it asks and finds the terms of each."""
        parts: list[Part] = []
        background: list[Term] = []
        sentences = [m.group() for m in _SENTENCE.finditer(text)] or [text]
        asking = [s for s in sentences if has_question(s)]
        for sentence in sentences:
            if asking and sentence not in asking:
                background += self.terms(sentence)
                continue
            new, around = self._parts(sentence, parts)
            parts += new
            background += around
        parts = [
            replace(p, background=tuple(background)) for p in parts if p.terms or p.figures or p.need != Need.TOPIC
        ]
        return Question(text, tuple(parts), tuple(self.terms(text)))

    def _parts(self, sentence: str, before: list[Part]) -> tuple[list[Part], list[Term]]:
        """Clauses that ask become parts. One without a topic of its own takes the topic of what stands before it."""
        parts: list[Part] = []
        pending: list[str] = []
        background: list[Term] = []
        clauses = [c for m in _CLAUSE.finditer(sentence) for c in _JOINED_ENGLISH.split(m.group())]
        asking = [has_question(c) for c in clauses]
        if not any(asking):
            clauses, asking = [sentence], [True]
        for index, clause in enumerate(clauses):
            if not asking[index]:
                pending.append(clause)
                continue
            own = self._with_context(self.part(clause), pending, clause)
            background += [t for p in pending for t in self.terms(p) if t.text not in {o.text for o in own.terms}]
            previous = (before + parts)[-1] if before + parts else None
            if not _has_topic(own) and previous is not None:
                own = replace(own, terms=(*previous.terms, *own.terms), inherited=True)
            elif previous is not None and own.fallback is None:
                own = replace(own, fallback=replace(own, terms=previous.terms, inherited=True))
            parts.append(own)
            pending = []
        background += [t for clause in pending for t in self.terms(clause)]
        return parts, background

    def _with_context(self, own: Part, pending: list[str], clause: str) -> Part:
        """A part that has no topic, or none but an organ, reaches back to the nearest clause that gives it one.

        What people say of themselves (我们是大连一家…) is no topic.
        """
        joined, text = own, clause
        for distance, before in enumerate(reversed(pending)):
            condition = distance == 0 and len(before) <= _SHORT_CLAUSE and not _is_full(own)
            if _has_topic(joined) and not condition:
                break
            if _SELF.match(before):
                continue
            text = before + text
            joined = self.part(text)
        if joined is own:
            return own
        return replace(joined, fallback=own if _is_full(own) else None)

    def part(self, text: str) -> Part:
        """One part. Words that only say what is asked for (后果, 截止日期) are no terms if there are others."""
        asks = tuple(find_asks(text))
        terms = self.terms(text)
        # 多久评估一次 holds its topic between the words that ask.
        spans = [a for a in asks if a.need is not Need.FREQUENCY]
        outside = [t for t in terms if not any(a.start <= t.start and t.end <= a.end for a in spans)]
        if any(not t.subject for t in outside):
            terms = outside
        else:
            terms = [t if t in outside else replace(t, asked=True) for t in terms if t.known or t in outside]
            if not any(not t.subject for t in terms):
                terms += self._asked_nouns(text, asks)
        return Part(text, asks, tuple(terms), (), tuple(find_values(text)))

    def _asked_nouns(self, text: str, asks: tuple[Ask, ...]) -> list[Term]:
        """What is asked for is the topic where there is no other: 要什么条件 is about the 条件."""
        found = []
        for at, (word, tag) in self._word_starts(text).items():
            inside = any(a.start <= at and at + len(word) <= a.end + 2 for a in asks)
            if inside and tag.startswith("n") and len(word) >= 2 and word not in self.subjects and self._in_law(word):
                found.append(Term(word, (word,), at, at + len(word), self._weight(word), asked=True))
        return found[:1]

    # Terms

    def terms(self, text: str) -> list[Term]:
        """The terms of a text from left to right: the longest match wins, words without a topic are passed over."""
        if is_english(text):
            return self.english.terms(text)
        values = [(v.start, v.end) for v in find_values(text)]
        words = self._word_starts(text)
        found: list[Term] = []
        at = 0
        while at < len(text):
            value_end = next((e for s, e in values if s == at), None)
            term, end = self._term_at(text, at, words)
            if value_end and (term is None or end <= value_end):
                at = value_end
                continue
            if term:
                found.append(term)
            at = max(end, at + 1)
        return found

    def _word_starts(self, text: str) -> dict[int, tuple[str, str]]:
        """Where the words of a text begin. The name of the regulated thing is a word, whatever stands around it."""
        starts, at = {}, 0
        pieces = self._subject_pattern.split(text) if self._subject_pattern else [text]
        for piece in pieces:
            for word, tag in [(piece, "n")] if piece in self.subjects else self.evidence.tag(piece):
                starts[at] = (word, tag)
                at += len(word)
        return starts

    def _term_at(self, text: str, at: int, words: dict[int, tuple[str, str]]) -> tuple[Term | None, int]:
        if not text[at].isalnum() and text[at] not in "“‘《+＋":
            return None, at + 1
        for length in range(min(self._longest, len(text) - at), 0, -1):
            surface = text[at : at + length]
            # A match must not cut a word of the question in two, unless it is long enough to be no accident.
            aligned = at + length == len(text) or at + length in words
            listed = length >= 3 and (
                surface in self.lexicon.terms or surface in self._law_terms or surface in self.vocabulary.restrict
            )
            if not (aligned and at in words) and not listed:
                continue
            if length > 2 and surface in self.vocabulary.restrict:
                return Term(surface, (), at, at + length, self._rarest, matter=True), at + length
            if surface in self.vocabulary.stop or surface in self.places:
                return None, at + length
            whole = words.get(at, ("", ""))[0] == surface
            known = self._known(surface, at, whole)
            if known:
                return known, at + length
        word, tag = words.get(at, (text[at], "x"))
        if len(word) == 2 and word[0] in _LEADING and self._known(word[1], at + 1, True):
            return self._known(word[1], at + 1, True), at + 2
        half = len(word) // 2
        if (
            len(word) == 4
            and (first := self._known(word[:half], at, True))
            and self._known(word[half:], at + half, True)
        ):
            return first, at + half
        return self._unknown(word, tag, at), at + len(word)

    def _known(self, surface: str, at: int, whole: bool) -> Term | None:
        end = at + len(surface)
        if surface.isdigit() and f"“{surface}”" not in self.evidence.text:
            return None
        if surface in self.subjects:
            return Term(surface, (surface,), at, end, 0.1, subject=True)
        forms: list[str] = [plain(f) for f in self._lexicon_forms(surface)]
        near = bool(forms) and all((surface, f) in self.lexicon.near for f in self.lexicon.terms[surface])
        forms += [w for w in self.vocabulary.synonyms.get(surface, ()) if w not in forms and self._in_law(w)]
        if surface not in forms and self._may_be_phrase(surface, whole) and self._in_law(surface):
            forms.insert(0, surface)
            near = False
        bare = next((surface[len(s) :] for s in self.subjects if surface.startswith(s) and surface != s), "")
        if forms and len(bare) >= 2 and bare not in forms and self._in_law(bare):
            forms.append(bare)
        if not forms:
            return None
        noun = not self._is_verb(surface)
        return Term(surface, tuple(forms), at, end, max(self._weight(f) for f in forms), near, noun)

    def _unknown(self, word: str, tag: str, at: int) -> Term | None:
        if word in self.vocabulary.restrict:
            return Term(word, (), at, at + len(word), self._rarest, matter=True)
        if word in self.vocabulary.stop or word in self.places or not word[0].isalnum():
            return None
        if len(word) == 1 and word in _SHORT_ACTS:
            return Term(word, (), at, at + 1, self._rarest, noun=False)
        if not tag.startswith(_CONTENT) or len(word) == 1:
            return None
        if word.isdigit() or (
            not (tag.startswith("n") and len(word) >= 2)
            and all(c in self.vocabulary.stop or c in _FUNCTION for c in word)
        ):
            return None
        if tag[0] in "az" and not self._is_matter(word):
            return None
        noun = tag[0] not in "vi"
        return Term(word, (), at, at + len(word), self._rarest, False, noun, matter=self._is_matter(word))

    def _lexicon_forms(self, surface: str) -> tuple[str, ...]:
        """The law's terms for a surface. A word for a matter of its own (任期) is not answered by what is only near."""
        forms = self.lexicon.terms.get(surface, ())
        if forms and self._is_matter(surface):
            return tuple(f for f in forms if (surface, f) not in self.lexicon.near)
        return forms

    def _is_matter(self, word: str) -> bool:
        longest = min(self._longest_matter, len(word))
        return any(
            word[at : at + length] in self._matters
            for length in range(1, longest + 1)
            for at in range(len(word) - length + 1)
        )

    def _may_be_phrase(self, surface: str, whole: bool) -> bool:
        """A stretch of a question may be taken as a phrase of the law if it is one thing and no half sentence."""
        if surface in self.lexicon.glosses or surface in self._law_terms:
            return True
        if whole and len(surface) >= 2:
            return True
        if not 2 <= len(surface) <= _MAX_PHRASE or surface[0] in _FUNCTION or surface[-1] in _FUNCTION:
            return False
        if any(s in surface for s in self.subjects) or surface.count("“") != surface.count("”"):
            return False
        # 发生重大 is no thing; 安全责任事故 is.
        if self.evidence.tag(surface)[-1][1][0] in "adpcumbr":
            return False
        return all(c.isalnum() or c in "“”‘’《》+＋()" for c in surface)

    @property
    def _rarest(self) -> float:
        return math.log(1 + max(len(self.evidence.units), 1))

    def _in_law(self, term: str) -> bool:
        if term not in self._stands:
            self._stands[term] = term in self.evidence.text and self.evidence.contains(term)
        return self._stands[term]

    def _weight(self, term: str) -> float:
        if term not in self._weights:
            count = len(self.evidence.units)
            self._weights[term] = math.log(1 + count / max(1, self.evidence.frequency(term)))
        return self._weights[term]

    def _is_verb(self, word: str) -> bool:
        tags = self.evidence.tag(word)
        return len(tags) == 1 and tags[0][1] in ("v", "vd", "d", "p", "zg")


def _is_full(part: Part) -> bool:
    """Whether a clause says by itself what it asks about: a figure of something, or two things."""
    nouns = [t for t in part.required if t.known and t.noun and not t.asked and not is_organ(t)]
    return len(nouns) >= (1 if part.need in STRICT else 2)


def _has_topic(part: Part) -> bool:
    if part.need in STRICT and any(t.known and not t.subject and not t.asked for t in part.terms):
        return True
    return any(t.noun and not t.subject and not t.asked and not is_organ(t) for t in part.terms)
