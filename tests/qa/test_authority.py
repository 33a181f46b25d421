"""Whom the text makes responsible, on a text that nobody wrote code for."""

from pathlib import Path

import pytest

from assistant.qa.authority import responsible_for
from assistant.qa.knowledge import PackKnowledge
from qa.samples import FakeSearch, written_pack

LAW = """示范办法
第一条 市文化和旅游局（以下简称“市文旅局”）负责示范馆的规划。负责示范馆的认定，组织开展评估；协调有关部门落实政策。
第二条 区级体育主管部门负责示范馆的日常管理，配合做好评估工作。
第三条 示范馆的名称变更，由市体育局审批。示范馆应当建立志愿者队伍。
第四条 本办法由市司法局负责解释。
"""


@pytest.fixture(scope="module")
def stadium(tmp_path_factory: pytest.TempPathFactory) -> PackKnowledge:
    pack = written_pack(Path(tmp_path_factory.mktemp("law")) / "p", LAW)
    return PackKnowledge(pack, FakeSearch(pack))


@pytest.mark.parametrize(
    ("question", "articles"),
    [
        ("评估的打分标准是什么？", [1, 4]),
        ("日常管理多久检查一次？", [2, 4]),
        ("名称变更的审批要几个工作日？", [3, 4]),
        ("志愿者队伍要有多少人？", [4]),
        ("停车费多少钱？", [4]),
    ],
)
def test_who_is_charged_with_the_matter_comes_before_who_interprets(
    stadium: PackKnowledge, question: str, articles: list[int]
) -> None:
    terms = [t for part in stadium.reader.read(question).parts for t in part.terms]
    assert [d.unit.provision.locator.article for d in responsible_for(stadium.evidence, terms)] == articles


def test_a_sentence_that_goes_on_is_quoted_with_the_one_that_names_the_organ(stadium: PackKnowledge) -> None:
    terms = [t for part in stadium.reader.read("评估的打分标准是什么？").parts for t in part.terms]
    duty = responsible_for(stadium.evidence, terms)[0]
    quote = stadium.pack.regulation.text[duty.start : duty.end]
    assert quote.startswith("市文化和旅游局")
    assert quote.endswith("组织开展评估；")


def test_nobody_is_named_where_the_text_names_nobody(tmp_path: Path) -> None:
    pack = written_pack(tmp_path / "p", "示范办法\n第一条 示范馆每周开放60小时。\n")
    knowledge = PackKnowledge(pack, FakeSearch(pack))
    terms = [t for part in knowledge.reader.read("评估标准是什么？").parts for t in part.terms]
    assert responsible_for(knowledge.evidence, terms) == []
