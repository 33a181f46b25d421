"""The one entrance: a failing check becomes an abstention, and of several packs the one that settles it answers."""

import logging
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from assistant.law.pack import Pack
from assistant.qa.answerer import PackAnswerer
from assistant.qa.models import WITHHELD, Answer
from assistant.qa.service import Assistant
from qa.samples import FakeSearch, cited, written_pack

SPORTS = """体育馆开放管理办法
第一条 为规范体育馆开放，制定本办法。
第二条 体育馆每周开放时间不少于60小时。
第三条 羽毛球场地每小时收费20元。
第四条 本办法由市体育局负责解释。
"""
ABOUT = '[scope]\nsubject = ["体育馆"]\n'


class Lying(PackAnswerer):
    """Answers like the real one and then changes one figure of the quote."""

    def answer(self, turns: Sequence[str], answer_id: str, today: date | None = None) -> Answer:
        answer = super().answer(turns, answer_id, today)
        false = [c.model_copy(update={"quote": c.quote.replace("80", "50")}) for c in answer.citations]
        return answer.model_copy(update={"citations": false})


@pytest.fixture
def sports(tmp_path: Path) -> PackAnswerer:
    about = 'status = "in_force"'
    folder = tmp_path / "sports"
    pack = written_pack(folder, SPORTS, about=about, name="sports-hall")
    with (folder / "pack.toml").open("a", encoding="utf-8") as file:
        file.write(ABOUT)
    assert pack.id == "sports-hall"
    from assistant.law.pack import load_pack

    changed = load_pack(folder)
    return PackAnswerer(changed, FakeSearch(changed))


@pytest.fixture(scope="module")
def centre(pack: Pack) -> PackAnswerer:
    return PackAnswerer(pack, FakeSearch(pack))


def test_an_answer_that_fails_the_check_is_withheld_and_logged(pack: Pack, caplog: pytest.LogCaptureFixture) -> None:
    question = "第七条第四项"
    assert Assistant([PackAnswerer(pack, FakeSearch(pack))]).ask([question]).status == "answered"
    with caplog.at_level(logging.ERROR, logger="assistant.qa.service"):
        answer = Assistant([Lying(pack, FakeSearch(pack))]).ask([question])
    assert answer.status == "not_covered"
    assert not answer.citations
    assert not answer.statements
    assert "50人" not in answer.answer
    assert answer.question == question
    assert answer.provenance.fallback == WITHHELD
    assert "withheld" in caplog.text
    assert "not verbatim" in caplog.text


def test_an_answer_that_passes_logs_nothing(centre: PackAnswerer, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="assistant.qa.service"):
        Assistant([centre]).ask(["第七条第四项"])
    assert not caplog.records


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize(
    ("question", "pack_id", "locator"),
    [
        ("羽毛球场地每小时收费多少？", "sports-hall", "art_3"),
        ("体育馆每周开放多少小时？", "sports-hall", "art_2"),
        ("省创中心的整改期多长？", "liaoning-mic", "art_17"),
        ("固定研发人员最少要多少人？", "liaoning-mic", "art_7.item_4"),
    ],
)
def test_of_several_packs_the_one_that_settles_the_question_answers(
    centre: PackAnswerer, sports: PackAnswerer, reverse: bool, question: str, pack_id: str, locator: str
) -> None:
    answerers = [sports, centre] if reverse else [centre, sports]
    answer = Assistant(answerers).ask([question])
    assert answer.status == "answered", answer.answer
    assert {c.pack for c in answer.citations} == {pack_id}
    assert cited(answer) == {locator}


def test_a_lie_of_one_pack_leaves_the_word_to_the_other(pack: Pack, sports: PackAnswerer) -> None:
    answer = Assistant([Lying(pack, FakeSearch(pack)), sports]).ask(["第二条"])
    assert {c.pack for c in answer.citations} <= {"sports-hall", "liaoning-mic"}
    assert answer.status == "answered"


def test_every_answer_has_an_id_of_its_own(centre: PackAnswerer) -> None:
    assistant = Assistant([centre])
    assert assistant.ask(["第一条"]).id != assistant.ask(["第一条"]).id


def test_the_packs_are_named_in_order(centre: PackAnswerer, sports: PackAnswerer) -> None:
    assert [p.id for p in Assistant([centre, sports]).packs] == ["liaoning-mic", "sports-hall"]


def test_a_conversation_belongs_to_its_caller(centre: PackAnswerer) -> None:
    assistant = Assistant([centre])
    alone = assistant.ask(["下一条呢？"])
    assistant.ask(["第十二条"])
    assert assistant.ask(["下一条呢？"]).model_dump(exclude={"id"}) == alone.model_dump(exclude={"id"})
    assert cited(assistant.ask(["第十二条", "下一条呢？"])) == {"art_13"}
