"""Answers from the person's own facts: verdicts first, then what else would have to be known; nothing is promised."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.interview.everyday import with_everyday
from assistant.interview.own_facts import OwnFacts, supposes, words_of
from assistant.qa import eligibility
from assistant.qa.assess import Assessed, Assessor, Criteria, asks_for, others_open
from assistant.qa.endings import Endings
from assistant.qa.knowledge import PackKnowledge
from assistant.qa.models import Answer
from assistant.qa.normalise import is_english, normalise
from assistant.qa.own_english import in_chinese
from assistant.qa.own_question import (
    Wanted,
    asked_fields,
    asks_enough,
    asks_of,
    asks_something,
    only_points_back,
    wanted,
)
from assistant.qa.parts import Question
from assistant.rules.evaluate import evaluate
from assistant.rules.rule_schema import Verdict

_SHORT = 12


class OwnAnswer:
    """One answer from what the turns of a conversation say of the person. `turns` are as typed, the last one too."""

    def __init__(self, of: PackKnowledge, endings: Endings, turns: Sequence[str]) -> None:
        self._of, self._endings, self._turns = of, endings, list(turns)
        self._said = [self._in_chinese(turn) for turn in turns] if of.criteria else []
        self._composer, self._text = endings.composer, endings.text

    def answer(self, question: Question, otherwise: Callable[[], Answer]) -> Answer | None:
        """None where the turns state no facts or ask nothing of them. `otherwise`: what the law's words settle."""
        criteria = self._of.criteria
        if criteria is None or not self._turns:
            return None
        own = criteria.reader.read(self._said)
        if self._of.interview is not None:
            own = with_everyday(own, self._turns, self._of.interview)
        own = self._leant_on(criteria, own)
        if not own.facts and own.others and asks_enough(self._text, question):
            # Nothing to compare; yet what is asked with a number of other people leaves open whether they count.
            others_open(own, self._of.evidence, self._composer)
        match self._wanted(criteria, question, own):
            case Wanted.WHOLE:
                return self._whole(criteria, question, own)
            case Wanted.CRITERIA:
                return self._named(criteria, own, otherwise)
            case _:
                return self._unread(criteria, question, own)

    def _in_chinese(self, turn: str) -> str:
        if not is_english(turn) or self._of.criteria is None:
            return turn
        names = {one.field: one.figures for one in self._of.script.spoken}
        return in_chinese(turn, self._of.reader.read(turn).terms, self._of.criteria.schema, names)

    def _leant_on(self, criteria: Criteria, own: OwnFacts) -> OwnFacts:
        """够吗 is asked of what the turn before states."""
        if own.now or own.named or len(self._turns) < 2 or len(self._text) > _SHORT:
            return own
        return replace(own, now=criteria.reader.read(self._said[:-1]).now & own.facts.keys())

    def _wanted(self, criteria: Criteria, question: Question, own: OwnFacts) -> Wanted:
        """What is asked; a turn that only puts a fact right asks what was asked before."""
        asked = wanted(self._text, question, own)
        leans = asked is Wanted.CRITERIA and only_points_back(self._text)
        if not own.now or (asked is not Wanted.NOTHING and not leans) or (not leans and asks_something(self._text)):
            return asked
        for last in range(len(self._turns) - 1, 0, -1):
            text = normalise(self._turns[last - 1], self._of.pack.lexicon.typos)
            before = wanted(text, self._of.reader.read(text), criteria.reader.read(self._said[:last]))
            if before is not Wanted.NOTHING or asks_something(text):
                return asked if before is Wanted.NOTHING else before
        return asked

    def _whole(self, criteria: Criteria, question: Question, own: OwnFacts) -> Answer | None:
        result = self._assessed(criteria, own, None)
        if not self._composer.draft.statements:
            return None
        english = self._composer.english
        circumstances = (
            ()
            if english
            else eligibility.own_circumstances(question, tuple(self._of.pack.about.scope.other_programmes))
        )
        said = "".join(fact.quote for fact in own.facts.values()) + "".join(kind for kind, _ in own.others)
        new = [c for c in circumstances if c not in said and not supposes(c)]
        if new:
            self._composer.draft.leave_open(self._composer.wording.open_matter.format(words="”“".join(new)))
        conditions = None if result.failed else eligibility.condition_list(self._of.evidence)
        if conditions is not None:
            # Nothing failed, so all of them count, also those that only a person can judge.
            self._composer.give_whole(conditions)
        for line in asks_for(result, self._composer):
            self._composer.draft.plain(line)
        return self._endings.finish("answered" if result.failed else "needs_facts")

    def _named(self, criteria: Criteria, own: OwnFacts, otherwise: Callable[[], Answer]) -> Answer | None:
        if asked_fields(own) <= own.decided and self._is_open(criteria, own):
            return None  # the law's words say more than that it is open
        result = self._assessed(criteria, own, asked_fields(own))
        if not self._composer.draft.statements:
            return None
        if own.claims:
            # 听说要100人，我们85人够吗: what was said of the law is put right too.
            answer = otherwise()
            if answer.status == "answered":
                return answer
        if not result.vague:
            return self._endings.finish("answered")
        for line in asks_for(Assessed(vague=result.vague), self._composer):
            self._composer.draft.plain(line)
        return self._endings.finish("needs_facts")

    def _is_open(self, criteria: Criteria, own: OwnFacts) -> bool:
        findings = evaluate(criteria.rulebook, own.facts)
        return any(f.field in own.decided and f.verdict is Verdict.REVIEW for f in findings)

    def _unread(self, criteria: Criteria, question: Question, own: OwnFacts) -> Answer | None:
        """三年累计3000万，够吗: the figure is not the one that counts, so that one is asked for."""
        if not own.unread or own.others or own.claims:
            return None
        fields = [criteria.schema.by_id[name] for name in own.unread]
        if not asks_of(self._text, question, words_of(fields)):
            return None
        assessor = Assessor(criteria, self._of.evidence, self._composer)
        findings = evaluate(criteria.rulebook, own.facts)
        result = assessor.open_for(findings, own.unread)
        if not self._composer.draft.statements:
            return None
        for line in asks_for(result, self._composer):
            self._composer.draft.plain(line)
        return self._endings.finish("needs_facts")

    def _assessed(self, criteria: Criteria, own: OwnFacts, only: frozenset[str] | None) -> Assessed:
        assessor = Assessor(criteria, self._of.evidence, self._composer)
        result = assessor.assess(own, self._endings.question, only)
        self._endings.assessments = result.assessments
        self._endings.fallen_rules = result.notices
        return result
