"""Of several regulations the one that is asked about answers, whether or not it has an answer."""

import pytest

from assistant.config import PROJECT
from assistant.law.new_pack import new_pack
from assistant.law.pack import Pack
from assistant.qa.answerer import PackAnswerer
from assistant.qa.models import Answer
from assistant.qa.routing import Router, names_of
from assistant.qa.service import Assistant
from qa.samples import FakeSearch

COLD = "cold-storage"


@pytest.fixture(scope="module")
def cold(tmp_path_factory: pytest.TempPathFactory) -> PackAnswerer:
    source = PROJECT / "eval" / "routing" / COLD / "source.txt"
    pack = new_pack(source, tmp_path_factory.mktemp("routing") / COLD)
    return PackAnswerer(pack, FakeSearch(pack))


@pytest.fixture(scope="module")
def centre(pack: Pack) -> PackAnswerer:
    return PackAnswerer(pack, FakeSearch(pack))


@pytest.fixture(scope="module")
def both(centre: PackAnswerer, cold: PackAnswerer) -> Assistant:
    return Assistant([centre, cold])


def from_pack(answer: Answer, packs: tuple[Pack, ...]) -> str:
    return next(p.id for p in packs if p.sha256 == answer.provenance.pack_sha256)


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (["省创中心的申报条件有哪些？"], "liaoning-mic"),
        (["农产品产地冷藏保鲜设施的补助比例是多少？"], COLD),
        # The name decides, though only the other text speaks of it.
        (["省创中心的温度监测装置要几个？"], "liaoning-mic"),
        (["农产品产地冷藏保鲜设施要建立技术专家委员会吗？"], COLD),
        # A turn that names none stays with the conversation.
        (["省创中心的研发人员要多少？", "由谁负责解释？"], "liaoning-mic"),
        (["农产品产地冷藏保鲜设施谁能申请补助？", "由谁负责解释？"], COLD),
        (["农产品产地冷藏保鲜设施谁能申请补助？", "省创中心呢？"], "liaoning-mic"),
    ],
)
def test_a_question_goes_to_the_regulation_that_it_is_about(both: Assistant, turns: list[str], expected: str) -> None:
    assert from_pack(both.ask(turns), both.packs) == expected


def test_the_order_of_the_packs_does_not_matter_where_one_is_named(centre: PackAnswerer, cold: PackAnswerer) -> None:
    for question, expected in (("省创中心多久评估一次？", 0), ("农产品产地冷藏保鲜设施多久检查一次？", 1)):
        assert Router([centre, cold]).route([question]).order[0] == expected
        assert Router([cold, centre]).route([question]).order[0] == 1 - expected


def test_the_answer_says_which_regulation_it_is_from(both: Assistant) -> None:
    notices = both.ask(["省创中心的申报条件有哪些？"]).notices
    assert any("以上出自《辽宁省制造业创新中心管理办法（征求意见稿）》" in notice for notice in notices)


def test_a_question_that_either_could_be_asked_says_so(both: Assistant) -> None:
    notices = "".join(both.ask(["由谁负责解释？"]).notices)
    assert "没有说明问的是哪一个办法" in notices
    assert "没有说明" not in "".join(both.ask(["省创中心由谁负责解释？"]).notices)


def test_with_one_pack_nothing_is_routed(centre: PackAnswerer, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise AssertionError("nothing to route")

    monkeypatch.setattr("assistant.qa.service.Router", refused)
    answer = Assistant([centre]).ask(["由谁负责解释？"])
    assert answer.notices == ["draft_for_comment"]


def test_names_come_from_the_title_the_text_and_the_pack(cold: PackAnswerer, pack: Pack) -> None:
    assert {"农产品产地冷藏保鲜设施", "澜州"} <= names_of(cold.pack)
    assert {"省创中心", "辽宁"} <= names_of(pack)


def test_no_turns_are_no_error(both: Assistant) -> None:
    assert both.ask([]).status == "out_of_scope"
    assert both.ask([""]).status == "out_of_scope"
