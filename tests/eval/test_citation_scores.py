"""ALCE's recall and precision: which statements are carried, and which citations they need."""

from collections.abc import Callable

import pytest

from assistant.law.citation import Citation
from assistant.law.pack import Pack, load_pack
from assistant.qa.models import Answer, Statement
from eval.counterfactuals import PACK
from eval.metrics.citations import Said, score_citations, statements_of
from tests.eval.toy import answer


def said(citations: int, *enough: set[int]) -> Said:
    """A statement that any set of citations carries which holds one of `enough`."""

    def supported(chosen: tuple[int, ...]) -> bool:
        return any(e <= set(chosen) for e in enough)

    return Said(citations, supported)


@pytest.mark.parametrize(
    ("one", "recall", "precision"),
    [
        (said(1, {0}), 1.0, 1.0),
        (said(1), 0.0, 0.0),
        (said(0), 0.0, None),
        (said(2, {0, 1}), 1.0, 1.0),  # only both together
        (said(2, {0}, {1}), 1.0, 1.0),  # each alone
        (said(2, {0}), 1.0, 0.5),  # the second is not needed
        (said(3, {0, 1}), 1.0, 2 / 3),
        (said(2), 0.0, 0.0),
    ],
)
def test_a_citation_is_precise_unless_the_others_do_without_it(
    one: Said, recall: float, precision: float | None
) -> None:
    found = score_citations([one])
    assert (found.recall, found.precision) == (recall, precision)


def test_an_answer_is_the_mean_of_its_statements_and_of_its_citations() -> None:
    found = score_citations([said(1, {0}), said(3)])
    assert (found.statements, found.unsupported, found.recall, found.precision) == (2, 1, 0.5, 0.25)
    assert score_citations([]).recall is None


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(PACK)


def cites(pack: Pack, quote: str, locator: str, n: int = 1) -> Citation:
    start = pack.regulation.text.index(quote)
    return Citation(
        n=n, pack=pack.id, version=pack.version, document="measures", locator=locator, label="第七条第（四）项",
        quote=quote, start=start, end=start + len(quote),
    )  # fmt: skip


STAFF = "固定研究与试验发展人员数不少于80人"
MONEY = "年度研发费用总额不低于1000万元"


def told(pack: Pack, text: str, numbers: list[int]) -> Answer:
    cited = [cites(pack, STAFF, "art_7.item_4"), cites(pack, MONEY, "art_7.item_4", 2)]
    return answer("answered", *cited).model_copy(update={"statements": [Statement(text=text, citations=numbers)]})


@pytest.mark.parametrize(
    ("text", "numbers", "recall", "precision"),
    [
        (STAFF, [1], 1.0, 1.0),
        (STAFF, [1, 2], 1.0, 0.5),
        (STAFF, [2], 0.0, 0.0),
        (STAFF.replace("80", "60"), [1, 2], 0.0, 0.0),
    ],
)
def test_the_verifier_decides_what_the_quotes_carry(
    pack: Pack, text: str, numbers: list[int], recall: float, precision: float
) -> None:
    found = score_citations(statements_of(told(pack, text, numbers), [pack], lambda _: True))
    assert (found.recall, found.precision) == (recall, precision)


def test_a_quote_that_does_not_stand_in_the_text_carries_nothing(pack: Pack) -> None:
    stands: Callable[[Citation], bool] = lambda c: c.n != 1  # noqa: E731
    found = score_citations(statements_of(told(pack, STAFF, [1]), [pack], stands))
    assert (found.recall, found.precision) == (0.0, 0.0)
