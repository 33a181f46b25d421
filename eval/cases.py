"""Question cases as data: reading them and scoring one answer against one case, each score with its reason."""

import json
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assistant.law.locator import Locator
from assistant.law.types import Document
from assistant.qa.models import Answer

FOLDER = Path(__file__).parent


class Case(BaseModel):
    """One line of a question file; the fields are described in questions/README.md."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str
    category: str
    turns: list[str]
    status: str
    gold: list[str] = []
    also: list[str] = []
    quote: list[str] | str = []
    open: bool = False

    @property
    def quotes(self) -> list[str]:
        return [self.quote] if isinstance(self.quote, str) else self.quote


@dataclass(frozen=True)
class Score:
    """How one answer did. Recalls and precisions are None where the case has nothing to cite."""

    case: Case
    answer: Answer
    status_right: bool
    item_recall: float | None
    article_recall: float | None
    item_precision: float | None
    article_precision: float | None
    quotes_found: bool
    open_named: bool
    reason: str

    @property
    def passed(self) -> bool:
        full = self.item_recall in (None, 1.0)
        return self.status_right and full and self.quotes_found and self.open_named


def load_cases(path: Path) -> list[Case]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [Case.model_validate(json.loads(line)) for line in lines if line.strip()]


def spread(cases: list[Case], limit: int | None) -> list[Case]:
    """At most `limit` cases, spread evenly over the list; all without a limit."""
    if limit is None or limit >= len(cases):
        return cases
    return [cases[number * len(cases) // limit] for number in range(limit)]


def meets(cited: str, wanted: str, document: Document | None = None) -> bool:
    """A citation of a provision or of anything below it meets what is wanted.

    An article's locator does not name its chapter: whether it stands in one is looked up in `document`.
    """
    inner, outer = Locator.parse(cited), Locator.parse(wanted)
    if inner.within(outer):
        return True
    provision = document.get(inner) if document else None
    return provision is not None and outer in provision.path


def article_of(locator: str) -> str:
    return locator.split(".", maxsplit=1)[0]


def score(case: Case, answer: Answer, document: Document | None = None) -> Score:
    """Compares one answer with its case. Only what is cited from the regulation (`measures`) counts."""
    cited = list(dict.fromkeys(c.locator for c in answer.citations if c.document == "measures"))
    wanted = case.gold if case.status in ("answered", "needs_facts") else []
    allowed = [*case.gold, *case.also]

    def right_place(cited: str, places: list[str]) -> bool:
        return any(meets(cited, p, document) or meets(p, cited, document) for p in places)

    def right_article(cited: str, places: list[str]) -> bool:
        return any(article_of(cited) == article_of(p) or meets(cited, p, document) for p in places)

    item_recall = _share([any(meets(c, g, document) for c in cited) for g in wanted])
    article_recall = _share([any(right_article(c, [g]) for c in cited) for g in wanted])
    item_precision = _share([right_place(c, allowed) for c in cited]) if wanted else None
    by_article = {article_of(c): right_article(c, allowed) for c in cited}
    article_precision = _share(list(by_article.values())) if wanted else None
    text = "\n".join(c.quote for c in answer.citations)
    quotes = all(q in text for q in case.quotes) if case.status == "answered" else True
    named = bool(answer.unsettled) if case.open else True
    reasons = []
    if answer.status != case.status:
        reasons.append(f"status {answer.status}, expected {case.status}")
    if item_recall is not None and item_recall < 1:
        reasons.append(f"cites {cited}, expected {wanted}")
    if not quotes:
        reasons.append(f"quotes lack {case.quotes}")
    if not named:
        reasons.append("names nothing as open")
    return Score(
        case=case,
        answer=answer,
        status_right=answer.status == case.status,
        item_recall=item_recall,
        article_recall=article_recall,
        item_precision=item_precision,
        article_precision=article_precision,
        quotes_found=quotes,
        open_named=named,
        reason="; ".join(reasons),
    )


def _share(flags: list[bool]) -> float | None:
    return sum(flags) / len(flags) if flags else None
