"""Answers questions about one pack: reads the question, finds what settles it, and composes the answer."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

from assistant.law.pack import Pack
from assistant.law.references import Reference
from assistant.qa import eligibility
from assistant.qa.choice import open_choice
from assistant.qa.compose import Composer
from assistant.qa.conversation import carry_over, is_elliptic, neighbour_reference
from assistant.qa.endings import DOCUMENT_NUMBER, Endings
from assistant.qa.interview_answer import InterviewAnswer
from assistant.qa.knowledge import PackKnowledge
from assistant.qa.lookup import named_provisions, only_names, resolved
from assistant.qa.models import Answer
from assistant.qa.nearness import Near, Retriever
from assistant.qa.need import STRICT, Need, find_asks, has_question
from assistant.qa.normalise import is_english, normalise, simplified
from assistant.qa.organs import claim_of, names_only_an_act, without_organs
from assistant.qa.own_answer import OwnAnswer
from assistant.qa.own_dates import DateAnswer
from assistant.qa.parts import Part, Question
from assistant.qa.scope import Outside, ScopeJudge, asks_promise
from assistant.qa.search_law import Found, one_of
from assistant.qa.weighing import speaks_of_it
from assistant.reader.sentences import OpenReader, Reading
from assistant.rules.facts import Facts

MAX_QUESTION = 2000
MAX_TURNS = 40
_TURNS_READ = 3
_LEAST_READ = 2
_SENTENCES = re.compile(r"[^。?!;\n]+[。?!;\n]*")


class PackAnswerer:
    """Answers from one pack."""

    def __init__(self, pack: Pack, retriever: Retriever, open_reader: OpenReader | None = None) -> None:
        """Without a reader only the rules of language decide what answers."""
        self.pack = pack
        self.knowledge = PackKnowledge(pack, retriever, open_reader)

    def answer(self, turns: Sequence[str], answer_id: str, today: date | None = None) -> Answer:
        """The answer to the last turn; not yet checked. `today`: what 去年 is counted from."""
        answering = _Answering(self.knowledge, turns, answer_id, today)
        return answering.interviewing.beside(answering.run())

    def facts(self, turns: Sequence[str]) -> Facts | None:
        """What the turns state of the person; None where the pack has no rules to state it for."""
        return _Answering(self.knowledge, turns, "").interviewing.facts

    def abstain(self, turns: Sequence[str], answer_id: str) -> Answer:
        """The abstention that stands in for an answer which did not pass the check."""
        return _Answering(self.knowledge, turns, answer_id).endings.not_covered([])


class _Answering:
    """The steps of one answer."""

    def __init__(self, of: PackKnowledge, turns: Sequence[str], answer_id: str, today: date | None = None) -> None:
        self.of, self.pack, self.document = of, of.pack, of.pack.regulation
        self.turns = [normalise(str(t), self.pack.lexicon.typos) for t in turns[-MAX_TURNS:]] or [""]
        self.raw = str(turns[-1]) if turns else ""
        self.said = [simplified(str(t)[:MAX_QUESTION], self.pack.lexicon.typos) for t in turns[-MAX_TURNS:]]
        self.text = self.turns[-1]
        self.english = is_english(self.text)
        self.composer = Composer(self.pack, self.document, self.english)
        self.wording = self.composer.wording
        self.endings = Endings(of, self.composer, self.text, answer_id, self.raw)
        self.interviewing = InterviewAnswer(of, self.endings, self.said)
        self.today = today
        self._before: Question | None = None

    def run(self) -> Answer:
        early = self._before_reading()
        if early:
            return early
        told = self.interviewing.answer() or DateAnswer(self.of, self.endings, self.said, self.today).answer()
        if told:
            return told
        place = self.judge.other_place(self.text)
        if place:
            return self._outside(Outside.OTHER_PLACE)
        question, self._before = self._read()
        before = self._before
        programme = self.judge.other_programme(self.text)
        if programme:
            return self.endings.background_only() or self._outside(Outside.OTHER_PROGRAMME)
        number = DOCUMENT_NUMBER.search(self.text)
        if number and number.group() not in self.document.text:
            return self.endings.background_only() or self._outside(Outside.OTHER_PROGRAMME)
        looked_up = self._lookup(question)
        if looked_up:
            return looked_up
        if asks_promise(self.text):
            self.composer.draft.leave_open(self.wording.no_promise.rstrip("。."))
            return self.endings.not_covered([])
        own = OwnAnswer(self.of, self.endings, self.said).answer(question, lambda: self._settle(question, before))
        if own:
            return own
        whole = eligibility.asks_eligibility(self.text, question)
        if self.judge.after_reading(question) and not before and not whole and not self._is_near():
            return self.endings.background_only() or self._outside(Outside.OTHER_SUBJECT)
        if whole:
            answer = self._eligibility(question)
            if answer:
                return answer
        return self._open_choice(question) or self._settle(question, before)

    @property
    def judge(self) -> ScopeJudge:
        return self.of.judge

    # Before anything is looked for

    def _before_reading(self) -> Answer | None:
        if not any(c.isalnum() for c in self.text):
            return self.endings.say(self.wording.empty, "out_of_scope")
        if len(self.raw) > MAX_QUESTION:
            return self.endings.say(self.wording.too_long.format(limit=MAX_QUESTION), "out_of_scope")
        outside = self.judge.before_reading(self.text)
        return self._outside(outside) if outside else None

    def _outside(self, why: Outside) -> Answer:
        match why:
            case Outside.GREETING:
                examples = "；".join(self.pack.about.examples[:3]) or "……"
                return self.endings.say(
                    self.wording.help.format(title=self.endings.title, examples=examples), "out_of_scope"
                )
            case Outside.STEERING:
                return self.endings.say(self.wording.steering.format(title=self.endings.title), "out_of_scope")
            case _:
                return self.endings.say(self.wording.out_of_scope.format(title=self.endings.title), "out_of_scope")

    def _read(self) -> tuple[Question, Question | None]:
        """The question, and the one before it if this one leans on it."""
        question = self.of.reader.read(self.text)
        if len(self.turns) < 2 or not is_elliptic(self.text, question):
            return question, None
        for turn in reversed(self.turns[:-1]):
            if self.judge.before_reading(turn) is not None:
                continue
            place = self.judge.other_place(turn)
            jurisdiction = self.pack.about.scope.jurisdiction
            if place and jurisdiction and jurisdiction in self.text:
                # 那辽宁的呢? repeats the question for the right place.
                return self.of.reader.read(turn.replace(place + "省", "").replace(place, "")), None
            before = self.of.reader.read(turn)
            if any(p.required for p in before.parts):
                return question, before
        return question, None

    # Provisions by number

    def _lookup(self, question: Question) -> Answer | None:
        references = named_provisions(self.text)
        neighbour = neighbour_reference(self.text, self.turns[:-1]) if not references else None
        if neighbour:
            references = [Reference(neighbour, 0, len(self.text))]
        if not references:
            return None
        provisions, missing = resolved(self.document, references)
        if provisions and not (neighbour or only_names(self.text, references, question.parts)):
            return None
        for locator in missing:
            label = locator.english if self.english else locator.label
            self.composer.draft.leave_open(self.wording.no_such_provision.format(label=label).rstrip("。."))
        if not provisions:
            return self.endings.not_covered([], nearest=False)
        for provision in provisions:
            self.composer.give_whole(provision)
        return self.endings.finish("answered")

    # Eligibility as a whole

    def _eligibility(self, question: Question) -> Answer | None:
        conditions = eligibility.condition_list(self.of.evidence)
        if conditions is None:
            return None
        circumstances = eligibility.own_circumstances(question, tuple(self.pack.about.scope.other_programmes))
        if circumstances:
            words = "”“".join(circumstances)
            self.composer.draft.leave_open(self.wording.open_matter.format(words=words))
            return self.endings.not_covered([], units=self.of.evidence.by_provision.get(conditions, ()))
        self.composer.give_whole(conditions)
        headings = [
            units[0].sentence.span.text.rstrip("。")
            for child in self.document.children(conditions.locator)
            if (units := self.of.evidence.by_provision.get(child)) and units[0].is_heading
        ]
        facts = "、".join(headings) or "逐项说明"
        self.composer.draft.plain(self.wording.eligibility_ask.format(facts=facts))
        return self.endings.finish("needs_facts")

    def _open_choice(self, question: Question) -> Answer | None:
        units = open_choice(question, self.of.evidence)
        if not units:
            return None
        self.composer.settle(Found(question.parts[0], units))
        self.composer.draft.plain(self.wording.choice_ask)
        return self.endings.finish("needs_facts")

    # What settles the question

    def _settle(self, question: Question, before: Question | None) -> Answer:
        found = self._weighed(self._by_words(question, before), before)
        settled = [f for f in found if f.settled]
        if not settled and all(f.part.need in (Need.LIST, Need.TOPIC, Need.REQUIREMENT) for f in found):
            for provision in resolved(self.document, named_provisions(self.text))[0]:
                # 附件里的材料清单有哪些: the provision that is named is what is wanted.
                self.composer.give_whole(provision)
            if self.composer.draft.statements:
                return self.endings.finish("answered")
        if not settled:
            return self.endings.background_only(found) or self.endings.not_covered(found)
        for each in settled:
            self.composer.settle(each)
        for each in found:
            if not each.settled:
                self.composer.leave_open(each)
        return self.endings.finish("answered")

    def _by_words(self, question: Question, before: Question | None) -> list[Found]:
        """What the words of the law settle of each part."""
        prior = self.of.nearness.of(self.text)
        if before is not None:
            return [self._carried(part, before, prior) for part in question.parts or (_bare_part(self.text),)]
        if not question.parts:
            return [Found(_bare_part(self.text))]
        return [self._find(part, question, prior) for part in question.parts]

    def _weighed(self, found: list[Found], before: Question | None) -> list[Found]:
        """The same, weighed against what the reader makes of each part."""
        if self.of.sentences is None or len(self.text) < _LEAST_READ:
            return found
        weighing = self.of.weighing
        if before is not None:
            return [self._followed_up(f) for f in found]
        if len(found) == 1:
            return [weighing.weigh(found[0], self._reading)]
        sentences = [s for s in _SENTENCES.findall(self.text) if has_question(s)]
        if len(sentences) < 2:
            return self._clauses(found)
        return [weighing.weigh(f, self._reading_of(f.part, sentences)) for f in found]

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
        alone = [weigh(f, read(f.part)) for f in found if not (whole.settled and f.settled)]
        if not whole.settled:
            return alone
        return [whole, *(f for f in alone if not f.settled and f.part.need in STRICT)]

    @cached_property
    def _reading(self) -> Reading:
        """The sentences for the question, with the turns before it if it leans on them."""
        turns = self.turns[-_TURNS_READ:] if self._before is not None else self.turns[-1:]
        assert self.of.sentences is not None  # noqa: S101 - asked only where there is a reader
        return self.of.sentences.read(turns)

    def _reading_of(self, part: Part, sentences: Sequence[str]) -> Reading:
        """One of several questions, read as the whole sentence that it stands in; with all if it leans on others."""
        own = next((s for s in sentences if part.text.strip() in s), "")
        return self._read_alone(replace(part, text=own or part.text))

    def _read_alone(self, part: Part) -> Reading:
        assert self.of.sentences is not None  # noqa: S101
        return self._reading if part.inherited else self.of.sentences.read([part.text])

    def _is_near(self) -> bool:
        return self.of.sentences is not None and speaks_of_it(self._reading)

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


def _bare_part(text: str) -> Part:
    return Part(text, tuple(find_asks(text)), ())
