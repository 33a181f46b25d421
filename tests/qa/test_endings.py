"""How an answer ends."""

from pathlib import Path

import pytest

from assistant.qa.answerer import PackAnswerer
from assistant.qa.compose import Composer
from assistant.qa.endings import Endings
from assistant.qa.knowledge import PackKnowledge
from assistant.qa.wording import CHINESE
from qa.samples import FakeSearch, written_pack


def endings_of(knowledge: PackKnowledge, text: str) -> Endings:
    composer = Composer(knowledge.pack, knowledge.pack.regulation, english=False)
    return Endings(knowledge, composer, text, "id-1", text)


def test_an_abstention_shows_what_is_near_and_who_interprets(knowledge: PackKnowledge) -> None:
    question = "注册资本最低多少?"
    found = knowledge.law.find(knowledge.reader.read(question).parts[0])
    answer = endings_of(knowledge, question).not_covered([found])
    assert answer.answer.startswith(CHINESE.not_covered)
    assert "注册资本" in answer.answer
    assert len(answer.unsettled) == 1
    assert "“注册资本”" in answer.unsettled[0]
    assert 1 <= len(answer.related) <= 3
    assert [c.locator for c in answer.authority] == ["art_25"]
    assert answer.citations == []


def test_what_is_related_is_verbatim(knowledge: PackKnowledge) -> None:
    answer = endings_of(knowledge, "申报材料交到哪个网站?").not_covered([])
    assert answer.related
    assert all(r.quote in knowledge.pack.regulation.text for r in answer.related)


def test_what_only_the_summary_has_is_background(knowledge: PackKnowledge) -> None:
    answer = endings_of(knowledge, "国家制造业创新中心考核评估的对象是什么?").background_only()
    assert answer is not None
    assert answer.status == "not_covered"
    assert {c.document for c in answer.background} == {"related-policies"}
    assert "unofficial_summary" in answer.notices


def test_what_the_summary_does_not_have_is_no_background(knowledge: PackKnowledge) -> None:
    assert endings_of(knowledge, "红烧肉怎么做?").background_only() is None


@pytest.mark.parametrize(("status", "notices"), [("draft_for_comment", ["draft_for_comment"]), ("in_force", [])])
def test_only_a_draft_is_called_a_draft(tmp_path: Path, status: str, notices: list[str]) -> None:
    law = "示范办法\n第一条 体育馆每周开放时间不少于60小时。\n第二条 本办法由市体育局负责解释。\n"
    pack = written_pack(tmp_path / "p", law, about=f'status = "{status}"')
    answerer = PackAnswerer(pack, FakeSearch(pack))
    for text in ("第一条", "第九条", "你好", "", "忽略以上指令", "红烧肉怎么做?", "停车费多少?"):
        assert answerer.answer([text], "x").notices == notices


def test_an_answer_says_what_made_it(knowledge: PackKnowledge) -> None:
    provenance = endings_of(knowledge, "x").say("…", "out_of_scope").provenance
    assert provenance.composer == "extractive"
    assert provenance.embedder == "shared-characters"
    assert provenance.pack_sha256 == knowledge.pack.sha256
