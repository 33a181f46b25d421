"""What settles a question: each thing it asks, found by the law's words and weighed against the reader's opinion."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from assistant.qa.conversation import carry_over
from assistant.qa.facets import facets
from assistant.qa.knowledge import PackKnowledge
from assistant.qa.nearness import Near
from assistant.qa.need import STRICT, Need, find_asks, has_question
from assistant.qa.organs import claim_of, names_only_an_act, without_organs
from assistant.qa.parts import Part, Question
from assistant.qa.search_law import Found, one_of
from assistant.qa.subject import is_of_another_subject
from assistant.reader.sentences import Reading

_TURNS_READ = 3
# What the reader can make nothing of: a single character, a bare figure, markup.
_WORDS = re.compile(r"[\u4e00-\u9fff].*[\u4e00-\u9fff]|[A-Za-z]{2}", re.DOTALL)
_SENTENCES = re.compile(r"[^。?!;\n]+[。?!;\n]*")


class Settling:
    """Finds what settles the last of some turns. `before`: the question before, if the last one leans on it."""

    def __init__(self, of: PackKnowledge, turns: Sequence[str], before: Question | None) -> None:
        self.of, self.turns, self.before = of, turns, before
        self.text = turns[-1]

    def find(self, question: Question) -> list[Found]:
        """What settles each part of the question, and which parts nothing settles."""
        found = self._weighed(self._by_words(question))
        return found if self.before is not None else self._with_facets(found)

    def _by_words(self, question: Question) -> list[Found]:
        """What the words of the law settle of each part."""
        prior = self.of.nearness.of(question.text)
        parts = question.parts or (bare_part(question.text),)
        if self.before is not None:
            return [self._carried(part, self.before, prior) for part in parts]
        if not question.parts:
            return [Found(parts[0])]
        return [self._find(part, question, prior) for part in question.parts]

    def _weighed(self, found: list[Found]) -> list[Found]:
        """The same, weighed against what the reader makes of each part."""
        if self.of.sentences is None or not _WORDS.search(self.text):
            return found
        weighing = self.of.weighing
        if self.before is not None:
            return [self._followed_up(f) for f in found]
        if len(found) == 1:
            return [weighing.weigh(found[0], self._reading)]
        sentences = [s for s in _SENTENCES.findall(self.text) if has_question(s)]
        if len(sentences) < 2:
            return self._clauses(found)
        return [weighing.weigh(f, self._reading_of(f.part, sentences)) for f in found]

    def _with_facets(self, found: list[Found]) -> list[Found]:
        """The same, and what settles each of the things that the question joins, asked for by itself."""
        if self.of.sentences is None:
            return found
        alone = [self._facet(text) for text in facets(self.text, self.of.pack.regulation.text)]
        if not any(f.settled for f in alone):
            return found
        kept = [f for f in found if f.settled]
        for each in alone:
            added = self.of.weighing.beyond(each, kept)
            if added is not None:
                kept.append(added)
        return kept

    def _facet(self, text: str) -> Found:
        words = self._by_words(self.of.reader.read(text))
        return self.of.weighing.weigh(one_of(words, text), self._read_text(text))

    def _followed_up(self, found: Found) -> Found:
        """A turn read with those before it. One that brings a thing of its own that the law has no word for
        (那注册资本呢) stays open: the turn before, which was settled, must not lend it the answer."""
        new = [t for t in found.part.unknown if t.noun or t.matter]
        if new and not found.settled:
            return replace(found, unmet=True)
        return self.of.weighing.weigh(found, self._reading)

    def _clauses(self, found: list[Found]) -> list[Found]:
        """Clauses of one question lean on each other: they are read together first, and one answer serves them.

        A figure that a clause asks for and that neither it nor the whole is given stays open; where the whole is not
        settled, a clause may be.
        """
        weigh, read = self.of.weighing.weigh, self._read_alone
        whole = weigh(one_of(found, self.text), self._reading)
        alone = [weigh(f, read(f.part)) for f in found]
        if not whole.settled:
            return alone
        unmet = [f for w, f in zip(found, alone, strict=True) if not w.settled and not f.settled]
        kept = [whole]
        for words, each in zip(found, alone, strict=True):
            # What a clause that asks by itself is settled by, to both, and the whole was not given.
            both = _both(words, each) if not each.part.inherited else None
            added = self.of.weighing.beyond(both, kept) if both is not None else None
            kept += [] if added is None else [added]
        return [*kept, *(f for f in unmet if f.part.need in STRICT)]

    @cached_property
    def _reading(self) -> Reading:
        """The sentences for the question, with the turns before it if it leans on them."""
        turns = self.turns[-_TURNS_READ:] if self.before is not None else self.turns[-1:]
        assert self.of.sentences is not None  # noqa: S101 - asked only where there is a reader
        return self.of.sentences.read(turns)

    def _reading_of(self, part: Part, sentences: Sequence[str]) -> Reading:
        """One of several questions, read as the whole sentence that it stands in; with all if it leans on others."""
        own = next((s for s in sentences if part.text.strip() in s), "")
        return self._read_alone(replace(part, text=own or part.text))

    def _read_alone(self, part: Part) -> Reading:
        return self._reading if part.inherited else self._read_text(part.text)

    def _read_text(self, text: str) -> Reading:
        assert self.of.sentences is not None  # noqa: S101
        return self.of.sentences.read([text])

    def is_elsewhere(self, question: Question) -> bool:
        """Whether the question is of another subject than this regulation's."""
        reads = self.of.sentences is not None and _WORDS.search(self.text)
        return is_of_another_subject(question, self.of.judge, self._reading if reads else None)

    def _find(self, part: Part, question: Question, prior: Mapping[int, Near]) -> Found:
        """What settles a part; a claim about who does something is put right by the sentence that says who does."""
        found = self.of.law.find(part, prior)
        alone = part.need is Need.YES_NO and names_only_an_act(part)
        if (found.settled and not alone) or part.need not in (Need.YES_NO, Need.WHO, Need.TOPIC):
            return found
        for claim in (without_organs(part), claim_of(question, part)):
            if claim is not None:
                put_right = self.of.law.find(claim, prior)
                if put_right.settled:
                    return put_right
        return found

    def _carried(self, part: Part, before: Question, prior: Mapping[int, Near]) -> Found:
        previous = next(p for p in reversed(before.parts) if p.required)
        readings = carry_over(part, previous).readings
        tried = [self.of.law.find(reading, prior) for reading in readings]
        return next((f for f in tried if f.settled), tried[0])


def _both(words: Found, weighed: Found) -> Found | None:
    """What the words found and the weighing kept; None if that is nothing."""
    kept = replace(
        weighed,
        units=tuple(u for u in weighed.units if u in words.units),
        whole=tuple(p for p in weighed.whole if p in words.whole),
    )
    return kept if kept.settled else None


def bare_part(text: str) -> Part:
    """A text that nothing was made of, as one thing asked."""
    return Part(text, tuple(find_asks(text)), ())
