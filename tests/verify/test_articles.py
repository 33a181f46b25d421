"""Provisions and laws that a statement may name, and those it may not."""

import pytest

from assistant.verify import Reason, verify

QUOTE = "（四）固定研究人员数不少于80人。"
LABELS = ["第七条第（四）项", "某省创新基地管理办法"]
CIVIL = ["中华人民共和国民法典第五百六十三条", "劳动合同法第十四条"]
RULE = "当事人可以解除合同。"


@pytest.mark.parametrize(
    "statement",
    [
        "第七条第（四）项规定，固定研究人员数不少于80人。",
        "根据第七条，固定研究人员数不少于80人。",
        "根据第7条第4项，固定研究人员数不少于80人。",
        "根据《某省创新基地管理办法》第七条的规定，固定研究人员数不少于80人。",
        "固定研究人员数不少于80人（第七条第（四）项）。",
    ],
)
def test_a_cited_provision_may_be_named(statement: str) -> None:
    assert verify(statement, [QUOTE], labels=LABELS).ok


@pytest.mark.parametrize(
    "statement",
    [
        "根据第八条，固定研究人员数不少于80人。",
        "根据第七条第（五）项，固定研究人员数不少于80人。",
        "根据第七条第二款，固定研究人员数不少于80人。",
        "根据《另省创新基地管理办法》第七条，固定研究人员数不少于80人。",
        "固定研究人员数不少于80人（第七十条）。",
    ],
)
def test_another_provision_is_invented(statement: str) -> None:
    assert verify(statement, [QUOTE], labels=LABELS).reason is Reason.ARTICLE


@pytest.mark.parametrize(
    ("statement", "ok"),
    [
        ("根据《民法典》第五百六十三条的规定，当事人可以解除合同。", True),
        ("根据民法典第563条规定，当事人可以解除合同。", True),
        ("根据《民法典》第十四条的规定，当事人可以解除合同。", False),
        ("根据《合同法》第十四条的规定，当事人可以解除合同。", False),
    ],
)
def test_an_article_belongs_to_its_law(statement: str, ok: bool) -> None:
    assert verify(statement, [RULE], labels=CIVIL).ok is ok


def test_what_a_quote_refers_to_may_be_told_and_is_no_basis() -> None:
    quote = "违反第九条的，当事人可以解除合同。"
    assert verify("违反第九条的，当事人可以解除合同", [quote], labels=["第十条"]).ok
    assert verify("根据第九条，当事人可以解除合同", [quote], labels=["第十条"]).reason is Reason.ARTICLE
