"""What a cite-check found, field by field, as other programs read it (docs/schema/cite-check.json)."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field


class Verdict(StrEnum):
    EXACT = "exact"  # word for word, and where it is said to stand
    SUPPORTED = "supported"  # told in other words, and nothing found that the provision does not carry
    DIFFERS = "differs"  # meant as the law's words, and not quite them
    WRONG_PLACE = "wrong_place"  # stands in, or follows from, another provision than the one named
    DOES_NOT_EXIST = "does_not_exist"  # the provision that is named is not in the regulation
    UNSUPPORTED = "unsupported"  # says something that the provision does not say
    NOT_FOUND = "not_found"  # given as the regulation's words, which stand nowhere in it
    OTHER_DOCUMENT = "other_document"  # of another document, left alone
    UNCHECKED = "unchecked"  # nothing to compare, or it cannot be told what is meant


class Action(StrEnum):
    CORRECT = "correct"  # must be corrected
    LOOK = "look"  # a person should look
    NONE = "none"


class FindingKind(StrEnum):
    REFERENCE = "reference"
    QUOTATION = "quotation"  # in quotation marks
    RUN = "run"  # the law's words without quotation marks
    PARAPHRASE = "paraphrase"
    TITLE = "title"


class DifferenceKind(StrEnum):
    MISSING = "missing"
    ADDED = "added"
    CHANGED = "changed"
    PUNCTUATION = "punctuation"
    SCRIPT = "script"  # traditional for simplified characters, full for half width


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Difference(_Frozen):
    """`law` are the law's words, `text` what stands instead; one of them may be empty."""

    kind: DifferenceKind
    law: str
    text: str


class LawWords(_Frozen):
    """Words of the regulation: its canonical text at `[start, end)`."""

    document: str
    locator: str
    label: str
    text: str
    start: int
    end: int


class Finding(_Frozen):
    """One reference or quotation at `[start, end)` of the checked text, and what is said of it in Chinese.

    `cited`: the provisions that the text names for it, as it names them. `law`: the law's words it was compared with,
    or where the words really stand. `omitted`: what an ellipsis leaves out. `place`: where in the file, in Chinese.
    """

    n: int = Field(ge=1)
    kind: FindingKind
    verdict: Verdict
    action: Action
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    text: str
    place: str = ""
    cited: list[str] = []
    reason: str
    law: list[LawWords] = []
    differences: list[Difference] = []
    omitted: list[str] = []


class Summary(_Frozen):
    findings: int
    to_correct: int
    to_look_at: int
    by_verdict: dict[Verdict, int]
    sentence: str


class CiteReport(_Frozen):
    """The check of one text against one regulation. Offsets count the code points of `text`."""

    file: str = ""
    pack: str
    title: str
    version: str
    status: str
    pack_sha256: str
    summary: Summary
    notices: list[str] = []
    findings: list[Finding] = []
    text: str
