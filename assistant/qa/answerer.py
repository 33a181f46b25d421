"""Answers questions about one pack: reads the question, finds what settles it, and composes the answer."""

from collections.abc import Sequence
from datetime import date

from assistant.law.pack import Pack
from assistant.law.references import Reference
from assistant.qa import eligibility
from assistant.qa.choice import open_choice
from assistant.qa.compose import Composer
from assistant.qa.conversation import is_elliptic, neighbour_reference
from assistant.qa.endings import DOCUMENT_NUMBER, Endings
from assistant.qa.interview_answer import InterviewAnswer
from assistant.qa.knowledge import PackKnowledge
from assistant.qa.lookup import named_provisions, only_names, resolved
from assistant.qa.models import Answer
from assistant.qa.nearness import Retriever
from assistant.qa.need import Need
from assistant.qa.normalise import is_english, normalise, simplified
from assistant.qa.own_answer import OwnAnswer
from assistant.qa.own_dates import DateAnswer
from assistant.qa.parts import Question
from assistant.qa.scope import Outside, ScopeJudge, asks_promise
from assistant.qa.search_law import Found
from assistant.qa.settling import Settling
from assistant.reader.sentences import OpenReader
from assistant.rules.facts import Facts

MAX_QUESTION = 2000
MAX_TURNS = 40


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
        self.settling = Settling(of, self.turns, None)

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
        question, before = self._read()
        self.settling = Settling(self.of, self.turns, before)
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
        own = OwnAnswer(self.of, self.endings, self.said).answer(question, lambda: self._settle(question))
        if own:
            return own
        whole = eligibility.asks_eligibility(self.text, question)
        if not before and not whole and self.settling.is_elsewhere(question):
            return self.endings.background_only() or self._outside(Outside.OTHER_SUBJECT)
        if whole:
            answer = self._eligibility(question)
            if answer:
                return answer
        return self._open_choice(question) or self._settle(question)

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
        if outside is Outside.GREETING and len(self.turns) > 1:
            # 好的 said to a question of the interview goes on with it.
            return self.interviewing.answer() or self._outside(outside)
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

    def _settle(self, question: Question) -> Answer:
        found = self.settling.find(question)
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
