"""A small regulation and answers about it, for the tests of the measurements."""

from assistant.law.citation import Citation
from assistant.law.parser import parse_regulation
from assistant.law.types import Authority, Document
from assistant.qa.models import Answer, Provenance, Status
from eval.cases import Case, Score, score

TEXT = """某某奖励办法

第一章　总则
第一条　为规范奖励，制定本办法。
第二条　申请人应当具备下列条件：
（一）年满十八周岁；
（二）在本市居住满三年。

第二章　附则
第三条　奖金为每人五千元。
第四条　本办法由市民政局负责解释。
"""


def document() -> Document:
    return Document("measures", "某某奖励办法", Authority.REGULATION, TEXT, parse_regulation(TEXT).provisions)


def citation(locator: str, quote: str, n: int = 1) -> Citation:
    start = TEXT.index(quote)
    return Citation(
        n=n,
        pack="toy",
        version="1",
        document="measures",
        locator=locator,
        label=locator,
        quote=quote,
        start=start,
        end=start + len(quote),
    )


def answer(status: Status, *citations: Citation, text: str = "……", unsettled: tuple[str, ...] = ()) -> Answer:
    return Answer(
        id="1",
        question="？",
        status=status,
        answer=text,
        citations=list(citations),
        unsettled=list(unsettled),
        provenance=Provenance(embedder="none", pack_sha256="0"),
    )


def case(status: str, *gold: str, also: tuple[str, ...] = (), category: str = "fact", **more: object) -> Case:
    fields = {"id": "x", "category": category, "turns": ["？"], "status": status, "gold": gold, "also": also}
    return Case.model_validate(fields | more)


def toy_scores() -> list[Score]:
    """Four answered cases (right, wrong article, refused as open, refused as foreign), three uncovered ones
    (right, answered, right) and one of another subject that is taken for an open question."""
    money = citation("art_3", "奖金为每人五千元")
    pairs = [
        (case("answered", "art_3"), answer("answered", money)),
        (case("answered", "art_2", category="list"), answer("answered", money)),
        (case("answered", "art_3"), answer("not_covered")),
        (case("answered", "art_3"), answer("out_of_scope")),
        (case("not_covered", category="uncovered"), answer("not_covered")),
        (case("not_covered", category="uncovered"), answer("answered", money)),
        (case("not_covered", category="uncovered"), answer("not_covered")),
        (case("out_of_scope", category="other_subject"), answer("not_covered")),
    ]
    return [score(c, a) for c, a in pairs]
