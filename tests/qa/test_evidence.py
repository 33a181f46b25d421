"""The law as sentences with their words, values and surroundings."""

import pytest

from assistant.law.sentences import Span
from assistant.qa.evidence import Evidence, plain
from qa.samples import unit_with


def test_half_width_keeps_every_offset() -> None:
    text = "８０人，公司＋联盟，ＡＢｃ，５０％"
    assert plain(text) == "80人，公司+联盟，ABc，50%"
    assert len(plain(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "term", "found"),
    [
        ("评估结果为不合格的", "合格", False),
        ("评估结果为不合格的", "不合格", True),
        ("评估结果为合格的", "合格", True),
        ("首批次新材料保险", "材料", False),
        ("提交申报材料", "材料", True),
    ],
)
def test_a_term_is_found_as_a_word_of_its_own(evidence: Evidence, text: str, term: str, found: bool) -> None:
    assert (evidence.segment(Span(0, len(text), text)).find(term) >= 0) is found


def test_every_unit_is_cut_from_the_text(evidence: Evidence) -> None:
    text = evidence.document.text
    for unit in evidence.units:
        span = unit.sentence.span
        assert text[span.start : span.end] == span.text
        assert unit.provision.start <= span.start < span.end <= unit.provision.end
    assert [u.order for u in evidence.units] == list(range(len(evidence.units)))


def test_an_item_knows_the_lead_of_its_list_and_its_heading(evidence: Evidence) -> None:
    unit = unit_with(evidence, "年度研发费用总额")
    around = " ".join(c.text for c in unit.context)
    assert "申报条件包括" in around
    assert "基础条件良好" in around
    assert [v.text for v in unit.values] == ["1000万元"]


def test_leads_and_headings_are_known(evidence: Evidence) -> None:
    assert unit_with(evidence, "省创中心申报条件包括").is_lead
    assert unit_with(evidence, "建设领域明确").is_heading
    assert not unit_with(evidence, "每三年进行一次评估").is_lead


@pytest.mark.parametrize(("term", "stands"), [("整改期", True), ("资本金", True), ("注册资本", False), ("公示", False)])
def test_whether_the_law_has_a_word(evidence: Evidence, term: str, stands: bool) -> None:
    assert evidence.contains(term) is stands
    assert (evidence.frequency(term) > 0) is stands
