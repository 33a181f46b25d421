"""The schema of `rules.toml` and `defects.toml`: what each entry must say, and what it may."""

import re
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from assistant.law.locator import Locator
from assistant.rules.quote_template import PLACEHOLDERS, Comparison, placeholders_of

_ID = r"^[a-z0-9][a-z0-9-]*$"
_FIELD = r"^[a-z][a-z0-9_]*$"


class Stage(StrEnum):
    """When a rule is looked at, from applying to being assessed."""

    APPLICATION = "申报"
    SELECTION = "遴选"
    NAMING = "命名"
    OPERATION = "运行"
    CHANGE = "变更"
    ASSESSMENT = "评估"


class Force(StrEnum):
    """How strictly the text puts it. Only what must be can be failed."""

    MUST = "必须"
    PRINCIPLE = "原则上"
    SHOULD = "应"
    DUTY = "职责"
    NONE = "无"


class Decidability(StrEnum):
    """Who can tell: a machine from the declared value, a machine that a proof is there, or only a person."""

    DECLARED = "declared"
    PROOF = "proof"
    PERSON = "person"


class Ask(StrEnum):
    """When a blank field is missing, and not simply a matter that has not come up."""

    ALWAYS = "always"
    IF_APPLICABLE = "if_applicable"
    NEVER = "never"


class Verdict(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    MISSING = "missing"
    REVIEW = "review"
    NOT_APPLICABLE = "not_applicable"


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Threshold(_Entry):
    """A number against the one that stands in the quote at `{threshold}`.

    How they compare is read at `{comparison}`, or stated as `comparison` where the text has no word for it.
    `whole`: only whole numbers make sense (人), so 79.5 is a doubt.
    """

    kind: Literal["threshold"]
    unit: str = Field(min_length=1)
    whole: bool = False
    comparison: Comparison | None = None


class Choice(_Entry):
    """One of the words that the quote lists at `{choices}`.

    `same`: other words for them. `unclear`: answers of which the text does not tell whether they count.
    """

    kind: Literal["choice"]
    same: dict[str, str] = {}
    unclear: tuple[str, ...] = ()


class YesNo(_Entry):
    """A yes or no. With `counts` a number is also taken: more than none is a yes."""

    kind: Literal["yes_no"]
    expected: bool
    counts: bool = False


class Name(_Entry):
    """A name formed after the pattern that stands in the quote at `{name}`, its runs of `blank` filled in."""

    kind: Literal["name"]
    blank: str = Field(min_length=1, max_length=1)


class Pattern(_Entry):
    """Words that a regular expression recognises. With `unit` the quote may have a `{threshold}` to tell of."""

    kind: Literal["pattern"]
    pattern: str
    unit: str = ""

    @field_validator("pattern")
    @classmethod
    def _compiles(cls, pattern: str) -> str:
        try:
            re.compile(pattern)
        except re.error as error:
            raise ValueError(f"pattern 不是有效的正则表达式：{error}") from error
        return pattern


class Present(_Entry):
    """Anything that is filled in. With `unit` the quote may have a `{threshold}` to tell of."""

    kind: Literal["present"]
    unit: str = ""


Test = Annotated[Threshold | Choice | YesNo | Name | Pattern | Present, Field(discriminator="kind")]
Measured = Threshold | Pattern | Present
_NEEDED = {Threshold: "threshold", Choice: "choices", Name: "name"}
_ALLOWED = {"label", "actual", "required", "unit", "gap"}


class RuleEntry(_Entry):
    """One `[[rule]]`.

    `applies_to` and `undescribed_for`: field -> values; outside the former the rule does not apply, for the latter
    the text does not say what holds. `at_best`: the best verdict that a filled field can get, `otherwise`: the
    verdict where the test fails. `ask`: whether the field is
    asked for where it is blank. `messages`:
    per verdict, with the placeholders {label} {actual} {required} {unit} {gap}. `evidence`: hints, never verdicts.
    `draft`: made by a program and reviewed by nobody; such a rule is not loaded.
    """

    id: str = Field(pattern=_ID)
    field: str = Field(pattern=_FIELD)
    label: str = Field(min_length=1)
    stage: Stage
    force: Force
    decidability: Decidability
    provision: str
    quote: str = Field(min_length=2)
    test: Test
    applies_to: dict[str, tuple[str, ...]] = {}
    undescribed_for: dict[str, tuple[str, ...]] = {}
    at_best: Literal[Verdict.MET, Verdict.REVIEW] = Verdict.MET
    otherwise: Literal[Verdict.NOT_MET, Verdict.REVIEW] | None = None
    ask: Ask = Ask.ALWAYS
    messages: dict[Verdict, str] = {}
    caveats: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    draft: bool = False

    @property
    def unit(self) -> str:
        """The unit of what the quote states at `{threshold}`, or ""."""
        return self.test.unit if isinstance(self.test, Measured) else ""

    @property
    def failing(self) -> Verdict:
        """The verdict where the test fails: not_met only for what must be."""
        return self.otherwise or (Verdict.NOT_MET if self.force is Force.MUST else Verdict.REVIEW)

    @field_validator("provision")
    @classmethod
    def _is_locator(cls, provision: str) -> str:
        try:
            Locator.parse(provision)
        except ValueError as error:
            raise ValueError(f"provision 应写成 art_7.item_4 的样子，现为“{provision}”") from error
        return provision

    @field_validator("messages")
    @classmethod
    def _known_placeholders(cls, messages: dict[Verdict, str]) -> dict[Verdict, str]:
        for message in messages.values():
            unknown = set(re.findall(r"\{([^}]*)\}", message)) - _ALLOWED
            if unknown:
                raise ValueError(f"messages 中有不认识的占位符 {{{unknown.pop()}}}")
        return messages

    @model_validator(mode="after")
    def _fits_together(self) -> "RuleEntry":
        found = placeholders_of(self.quote)
        unknown = set(found) - PLACEHOLDERS.keys()
        if unknown:
            raise ValueError(f"quote 中有不认识的占位符 {{{unknown.pop()}}}")
        needed = next((name for kind, name in _NEEDED.items() if isinstance(self.test, kind)), None)
        if "threshold" in found and not self.unit:
            raise ValueError("quote 中有 {threshold}，test 中就要有 unit")
        if needed and found.count(needed) != 1:
            raise ValueError(f"{self.test.kind} 的 quote 中要有且只有一个 {{{needed}}}，由它从原文读出要求")
        if isinstance(self.test, Threshold) and found.count("comparison") != (self.test.comparison is None):
            raise ValueError(
                "threshold 要么在 quote 中有一个 {comparison}，要么在 test 中写明 comparison，不能都有或都无"
            )
        if self.force is not Force.MUST and self.otherwise is Verdict.NOT_MET:
            raise ValueError(f"force 为“{self.force}”的规则不能得出 not_met")
        return self


class DefectEntry(_Entry):
    """One `[[defect]]` of the text: its verbatim quote, what is wrong for staff, and what to tell whom it concerns.

    `resolved_by`: words that, once they stand in the text, settle it.
    """

    id: str = Field(pattern=_ID)
    quote: str = Field(min_length=1)
    problem: str = Field(min_length=1)
    caveat: str = ""
    suggestion: str = ""
    resolved_by: tuple[str, ...] = ()
