"""A turn of the interview as an answer: what was understood, what it comes to, and the next question with its basis."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.forms.form_schema import FormField
from assistant.interview.follow import Interview, Move, State, asks_for_interview
from assistant.interview.own_facts import OwnFacts, words_of
from assistant.interview.plan import Next
from assistant.law.references import find_references
from assistant.qa import eligibility
from assistant.qa.assess import Assessor, asks_for, others_open
from assistant.qa.endings import Endings
from assistant.qa.interview_state import fact_in_words, flips_of, label_of, state_of
from assistant.qa.knowledge import PackKnowledge
from assistant.qa.models import Answer, Flip, Status
from assistant.qa.need import has_question
from assistant.qa.normalise import is_english, normalise
from assistant.qa.own_english import figures_in_chinese, in_chinese
from assistant.qa.own_question import asks_only_enough
from assistant.qa.wording import VERDICT_NAMES, VERDICTS_ENGLISH
from assistant.rules.evaluate import Finding
from assistant.rules.facts import Facts
from assistant.rules.rule_schema import Stage, Verdict

_MARKUP = re.compile(r"[\[\]\s]+")
_STATED = (Verdict.MET, Verdict.NOT_MET, Verdict.REVIEW)


@dataclass(frozen=True)
class TurnEar:
    """What the interview needs of the understanding of questions, for one pack."""

    of: PackKnowledge

    def chinese(self, turn: str) -> str:
        """The turn; of an English one the figures it states, in Chinese."""
        criteria = self.of.criteria
        if criteria is None or not is_english(turn):
            return turn
        names = {one.field: one.figures for one in self.of.script.spoken}
        return in_chinese(turn, self.of.reader.read(turn).terms, criteria.schema, names)

    def figures(self, turn: str) -> str:
        return figures_in_chinese(turn) if is_english(turn) else turn

    def starts(self, turn: str) -> bool:
        text = self._normal(turn)
        question = self.of.reader.read(text)
        if not eligibility.asks_eligibility(text, question):
            return False
        others = tuple(self.of.pack.about.scope.other_programmes)
        return is_english(text) or not eligibility.own_circumstances(question, others)

    def weighs(self, turn: str, fields: Sequence[FormField]) -> bool:
        text = self._normal(turn)
        question = self.of.reader.read(text)
        return eligibility.asks_eligibility(text, question) or asks_only_enough(text, question, words_of(fields))

    def asks(self, turn: str) -> bool:
        text = self._normal(turn)
        if has_question(text) or find_references(text):
            return True
        return any(term.known for term in self.of.reader.read(text).terms)

    def _normal(self, turn: str) -> str:
        return normalise(turn, self.of.pack.lexicon.typos)


class InterviewAnswer:
    """The last turn of a conversation, where it belongs to an interview. `turns` are as typed, the last one too."""

    def __init__(self, of: PackKnowledge, endings: Endings, turns: Sequence[str]) -> None:
        self._of, self._endings, self._turns = of, endings, turns
        self._composer, self._wording = endings.composer, endings.wording
        self._flips: list[Flip] = []

    @cached_property
    def _state(self) -> State:
        interview = self._of.interview
        return interview.follow(self._turns, TurnEar(self._of)) if interview else State()

    @property
    def facts(self) -> Facts | None:
        """What all turns state of the person; None without rules."""
        return self._state.facts if self._of.interview else None

    def answer(self) -> Answer | None:
        """None where the turn is no part of an interview."""
        interview, state = self._of.interview, self._state
        if interview is None or not self._turns:
            return self._without_criteria()
        if state.move is Move.OTHER or self._is_left_to_others():
            return None
        if state.move is Move.STOP:
            return self._endings.say(self._wording.interview_stopped, "needs_facts")
        if self._of.criteria is not None:
            self._endings.fallen_rules = self._of.criteria.rulebook.fallen
        if state.move is Move.SUPPOSE:
            return self._supposed(interview)
        return self._told(interview)

    def beside(self, answer: Answer) -> Answer:
        """The answer with where the interview stands, if one is going on."""
        interview, state = self._of.interview, self._state
        shows = state.active or state.move in (Move.STOP, Move.SUPPOSE)
        if interview is None or answer.interview is not None or not shows:
            return answer
        if answer.status == "out_of_scope" and not state.begun:
            return answer
        paused = state.move in (Move.OTHER, Move.STOP) or not state.active
        shown = state_of(state, interview, self._composer, paused=paused, flips=self._flips)
        return answer.model_copy(update={"interview": shown})

    def _is_left_to_others(self) -> bool:
        """A bare question 能申报吗 with facts in it is answered from them as a whole."""
        state = self._state
        states = bool(state.changed or state.told.others)
        return state.move is Move.START and not asks_for_interview(self._turns[-1]) and states

    def _without_criteria(self) -> Answer | None:
        """A pack without rules has nothing to go through; where it lists conditions, those are given."""
        if not self._turns or not asks_for_interview(self._turns[-1]):
            return None
        conditions = eligibility.condition_list(self._of.evidence)
        if conditions is None:
            return self._endings.say(self._wording.interview_none, "not_covered")
        self._composer.give_whole(conditions)
        self._composer.draft.plain(self._wording.interview_none)
        return self._endings.finish("answered")

    # What was told

    def _told(self, interview: Interview) -> Answer:
        state, draft, wording = self._state, self._composer.draft, self._wording
        if state.move is Move.START:
            draft.plain(wording.interview_intro)
            self._list_of_conditions()
        if state.move is Move.UNCLEAR:
            draft.plain(wording.interview_unclear)
        if state.just_passed:
            labels = self._joined(label_of(interview, name, self._composer.english) for name in state.just_passed)
            draft.plain(wording.interview_passed.format(labels=labels))
        if state.changed:
            self._understood(interview)
        ends = state.asked is None or state.move is Move.LEDGER
        findings = interview.plan.findings(state.facts)
        self._verdicts(interview, findings, ends)
        if ends:
            self._ends(interview, findings)
        if state.asked is not None:
            self._asks(state.asked)
        return self._endings.finish(self._status(interview, findings))

    def _list_of_conditions(self) -> None:
        """Who only asks 能申报吗 sees all conditions first; who asks to be taken through them, what they are about."""
        conditions = eligibility.condition_list(self._of.evidence)
        if conditions is None:
            return
        if not asks_for_interview(self._turns[-1]):
            self._composer.give_whole(conditions)
            return
        for child in self._composer.document.children(conditions.locator):
            units = self._of.evidence.by_provision.get(child)
            if units and units[0].is_heading:
                span = units[0].sentence.span
                number = self._composer.book.cite(self._composer.document, child, span.start, span.end)
                line = self._wording.quote_line.format(label=self._composer.label(child), quote=span.text)
                self._composer.draft.say(line, [number], "- ")

    def _understood(self, interview: Interview) -> None:
        english = self._composer.english
        facts = [
            f"{label_of(interview, name, english)} {fact_in_words(interview, self._state.facts[name], english)}"
            for name in self._state.changed
            if name in self._state.facts
        ]
        if facts:
            self._composer.draft.plain(self._wording.interview_understood.format(facts=self._joined(facts)))

    def _verdicts(self, interview: Interview, findings: Sequence[Finding], ends: bool) -> None:
        """Says the verdicts of what the turn states, at the end of all; failures first. The rest is noted."""
        state, assessor = self._state, self._assessor()
        stated = [f for f in findings if f.verdict in _STATED and f.field in state.facts]
        said = [f for f in stated if ends or f.field in state.changed]
        for finding in sorted(said, key=lambda f: f.verdict is not Verdict.NOT_MET):
            noted = assessor.noted(finding)
            assessor.told(finding, noted, self._endings.question)
            self._endings.assessments.append(noted)
        self._endings.assessments += [assessor.noted(f) for f in stated if f not in said]
        if ends:
            missing = [f for f in findings if f.verdict is Verdict.MISSING and interview.plan.counts(f)]
            self._endings.assessments += [assessor.noted(f) for f in missing]
        if said:
            kinds = tuple((kind, field) for (kind, _), field in state.told.others.items())
            others_open(OwnFacts(state.facts, others=kinds), self._of.evidence, self._composer)
        elif state.told.others and state.move is Move.TELL:
            kinds = tuple((kind, field) for (kind, _), field in state.told.others.items())
            others_open(OwnFacts({}, others=kinds), self._of.evidence, self._composer)

    def _ends(self, interview: Interview, findings: Sequence[Finding]) -> None:
        """What is still to be known, and the steps that follow in the text's own words."""
        assessed = self._assessor().open_of(findings, self._state.facts)
        for line in asks_for(assessed, self._composer):
            self._composer.draft.plain(line)
        if self._state.asked is not None:
            return
        steps = [f for f in findings if interview.plan.rule(f).entry.stage is Stage.SELECTION and f.end]
        if steps:
            self._composer.draft.plain(self._wording.interview_steps)
            self._bases(steps)

    def _asks(self, asked: Next) -> None:
        """The question, and the words of the law that it is asked for."""
        english = self._composer.english and asked.ask_en
        self._composer.draft.plain(self._wording.interview_asked.format(question=english or asked.ask))
        self._bases(asked.rules)

    def _bases(self, findings: Sequence[Finding]) -> None:
        law, assessor = self._composer.document, self._assessor()
        for finding in findings:
            provision = law.get(finding.provision)
            number = assessor.cited(finding)
            if provision is None or number is None:
                continue
            quote = law.text[finding.start : finding.end]
            line = self._wording.quote_line.format(label=self._composer.label(provision), quote=quote)
            self._composer.draft.say(line, [number], "- ")

    def _status(self, interview: Interview, findings: Sequence[Finding]) -> Status:
        hard = [f for f in findings if interview.plan.is_hard(f)]
        if any(f.verdict is Verdict.NOT_MET for f in hard):
            return "answered"
        open_facts = any(f.verdict is Verdict.MISSING or interview.plan.is_vague(f, self._state.facts) for f in hard)
        return "needs_facts" if open_facts or not self._composer.draft.statements else "answered"

    # What if

    def _supposed(self, interview: Interview) -> Answer | None:
        state = self._state
        supposed = state.supposed or {}
        self._flips = flips_of(interview, state.facts, supposed, self._composer.english)
        after = {f.rule: f for f in interview.plan.findings(supposed)}
        assessor = self._assessor()
        for flip in self._flips:
            finding = after[flip.rule]
            words = self._wording.flipped if flip.before != flip.after else self._wording.not_flipped
            names = VERDICTS_ENGLISH if self._composer.english else VERDICT_NAMES
            turned = words.format(before=names[flip.before], after=names[flip.after])
            told = finding.verdict not in (Verdict.MISSING, Verdict.NOT_APPLICABLE)
            joint = ": " if self._composer.english else "："
            more = f"{joint}{assessor.message(finding)}" if told else ""
            noted = assessor.noted(finding, message=turned + more)
            assessor.told(finding, noted, self._endings.question)
            self._endings.assessments.append(noted)
        if not self._composer.draft.statements:
            return None
        if not state.active:
            self._remains(after.values(), supposed, assessor)
        self._composer.draft.plain(self._wording.interview_supposed)
        whole = TurnEar(self._of).starts(self._turns[-1])
        return self._endings.finish(self._status(interview, list(after.values())) if whole else "answered")

    def _remains(self, after: Iterable[Finding], supposed: Facts, assessor: Assessor) -> None:
        """What would fail all the same, and what would still have to be known."""
        findings, told = list(after), {flip.rule for flip in self._flips}
        for finding in findings:
            if finding.verdict is Verdict.NOT_MET and finding.rule not in told and finding.field in supposed:
                noted = assessor.noted(finding)
                assessor.told(finding, noted, self._endings.question)
                self._endings.assessments.append(noted)
        for line in asks_for(assessor.open_of(findings, supposed), self._composer):
            self._composer.draft.plain(line)

    def _assessor(self) -> Assessor:
        assert self._of.criteria is not None  # noqa: S101 - an interview has rules
        return Assessor(self._of.criteria, self._of.evidence, self._composer)

    def _joined(self, words: Iterable[str]) -> str:
        """In one line and without what could pass for a marker: some of it are the person's own words."""
        joint = ", " if self._composer.english else "；"
        return _MARKUP.sub(" ", joint.join(words)).strip()
