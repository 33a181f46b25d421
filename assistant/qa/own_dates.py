"""From a day that somebody names to the day on which the law's years are over; what it leaves open is said."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from assistant.interview.own_facts import supposes
from assistant.interview.script import Period
from assistant.interview.words import general_words, holds
from assistant.law.values import find_values
from assistant.qa.assess import Assessor, Criteria
from assistant.qa.endings import Endings
from assistant.qa.knowledge import PackKnowledge
from assistant.qa.models import Answer
from assistant.rules.dates import NamedDay, find_day
from assistant.rules.evaluate import Finding, evaluate
from assistant.rules.rule_schema import Verdict
from assistant.rules.rulebook import Rule

_LEANS = 24


class DateAnswer:
    """One answer from a day that the last turn names, or that it names for the question of the turn before."""

    def __init__(self, of: PackKnowledge, endings: Endings, turns: Sequence[str], today: date | None) -> None:
        self._of, self._endings, self._turns, self._today = of, endings, turns, today
        self._composer, self._wording = endings.composer, endings.wording

    def answer(self) -> Answer | None:
        """None where no day is named, or nothing that the law counts years for."""
        criteria = self._of.criteria
        text = self._text()
        period = self._period(text)
        if criteria is None or period is None or supposes(text):
            return None
        words = general_words().years
        day = find_day(text, self._today, words)
        rule = next((r for r in criteria.rulebook.rules if r.id == period.rule), None)
        years = rule.reading.threshold if rule and rule.reading else None
        if rule is None or years is None:
            return None
        return self._which_year(text, words) if day is None else self._due(criteria, rule, period, day, years)

    def _text(self) -> str:
        """The turn; 2025年3月上任的 alone says when, and the turn before what."""
        last = self._turns[-1] if self._turns else ""
        if len(self._turns) > 1 and len(last) <= _LEANS and self._period(last) is None and self._names_a_day(last):
            return f"{self._turns[-2]}\n{last}"
        return last

    def _names_a_day(self, text: str) -> bool:
        return find_day(text, self._today or date(2000, 1, 1), general_words().years) is not None

    def _period(self, text: str) -> Period | None:
        for period in self._of.script.periods:
            if all(holds(text, [w.lower() for w in group]) for group in period.about):
                return period
        return None

    def _which_year(self, text: str, words: dict[str, int]) -> Answer | None:
        """去年 without knowing what this year is."""
        if self._today is not None or not any(word in text.lower() for word in words):
            return None
        return self._endings.say(self._wording.when_counted, "needs_facts")

    def _due(self, criteria: Criteria, rule: Rule, period: Period, day: NamedDay, years: Decimal) -> Answer | None:
        due = day.later(years)
        finding = next(f for f in evaluate(criteria.rulebook, {}) if f.rule == rule.id)
        message = period.said.format(date=day, years=self._years(finding), due=due)
        passed = due.passed(self._today) if self._today is not None else None
        if passed is not None:
            message += f"，{self._wording.over if passed else self._wording.in_force_still}"
        finding = replace(finding, verdict=Verdict.REVIEW, actual=str(day), message=message, caveats=rule.caveats)
        assessor = Assessor(criteria, self._of.evidence, self._composer)
        noted = assessor.noted(finding)
        assessor.told(finding, noted, self._endings.question)
        if not noted.citations:
            return None
        self._endings.assessments = [noted]
        self._quote(finding, noted.citations[0])
        for caveat in rule.caveats:
            self._composer.draft.leave_open(caveat)
        return self._endings.finish("answered")

    def _years(self, finding: Finding) -> str:
        """The number as the law writes it: 三 of 三年内."""
        quote = self._composer.document.text[finding.start : finding.end]
        texts = [value.text for value in find_values(quote) if "年" in value.text]
        written = texts[0].split("年")[0] if texts else ""
        return written.lstrip("每") or str(finding.required)

    def _quote(self, finding: Finding, number: int) -> None:
        """The whole sentence, for it also says what has to be done."""
        cited = self._composer.book.citations[number - 1]
        if cited.quote != self._composer.document.text[finding.start : finding.end]:
            line = self._wording.quote_line.format(label=self._label(finding), quote=cited.quote)
            self._composer.draft.say(line, [number], "- ")

    def _label(self, finding: Finding) -> str:
        provision = self._composer.document.get(finding.provision)
        return self._composer.label(provision) if provision else ""
