"""What must hold for every provision: quoted right it is exact, one character off it is not, nor in another place."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.cite_check import CiteReport, Verdict, check_text
from assistant.cite_check.folding import is_blank, verbatim
from assistant.cite_check.models import FindingKind
from assistant.config import Settings
from assistant.law.locator import Kind
from assistant.law.pack import load_pack
from assistant.law.types import Provision

PACK = load_pack(Settings().pack_paths[0])
LAW = PACK.regulation
PROVISIONS = [p for p in LAW.provisions if p.kind in (Kind.ARTICLE, Kind.ITEM, Kind.PARAGRAPH) and p.locator.article]
SHORT = [p for p in PROVISIONS if len(p.text) < 220]  # the long ones take a second each
LEADS = (
    "{label}规定：“{words}”",
    "根据《办法》{label}，“{words}”。",
    "“{words}”（{label}）",
    "按照本办法{label}的规定“{words}”，",
)


def quotations(report: CiteReport) -> list[Verdict]:
    return [f.verdict for f in report.findings if f.kind is FindingKind.QUOTATION]


def written(provision: Provision, lead: str, words: str) -> str:
    return lead.format(label=provision.label, words=words)


@pytest.mark.parametrize("provision", PROVISIONS, ids=lambda p: str(p.locator))
def test_a_provision_quoted_with_its_own_label_is_exact(provision: Provision) -> None:
    for lead in LEADS:
        assert quotations(check_text(written(provision, lead, provision.text), PACK)) == [Verdict.EXACT]


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_one_character_off_is_never_exact(data: st.DataObject) -> None:
    provision = data.draw(st.sampled_from(SHORT))
    text = provision.text
    place = data.draw(st.sampled_from([i for i, c in enumerate(text) if not is_blank(c)]))
    other = data.draw(st.sampled_from("不可得或九百〇A8，。；“”") | st.just(""))
    changed = text[:place] + other + text[place + 1 :]
    if verbatim(changed).text in verbatim(LAW.text).text:
        return  # the same words stand there, or the end was cut off
    if other == "”":
        return  # it ends the quotation; what stands after it are the law's own words
    lead = data.draw(st.sampled_from(LEADS))
    report = check_text(written(provision, lead, changed), PACK)
    found = [f for f in report.findings if f.kind in (FindingKind.QUOTATION, FindingKind.RUN)]
    assert any(f.verdict is not Verdict.EXACT for f in found), [f.reason for f in found]
    if len(verbatim(text).text) > 12 and other not in ("“", "”") and text[place] not in "“”":
        assert quotations(report) == [Verdict.DIFFERS]


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_an_exact_finding_always_stands_in_the_law_where_it_says(data: st.DataObject) -> None:
    pieces = data.draw(st.lists(st.sampled_from(SHORT), min_size=1, max_size=4))
    marks = data.draw(
        st.lists(
            st.sampled_from(["“", "”", "……", "第七条", "《公司法》第三条规定：", "\n", "，"]), min_size=4, max_size=9
        )
    )
    text = "".join(
        mark + piece.text[: data.draw(st.integers(0, 60))] for mark, piece in zip(marks, pieces * 9, strict=False)
    )
    for finding in check_text(text or "无", PACK).findings:
        assert text[finding.start : finding.end] == finding.text
        if finding.verdict is Verdict.EXACT:
            assert finding.law
            assert not finding.omitted or "省略" in finding.reason
            if "有省略" not in finding.reason:
                assert verbatim(finding.text).text == verbatim(finding.law[0].text).text
        for words in finding.law:
            assert LAW.text[words.start : words.end] == words.text


@pytest.mark.parametrize("provision", PROVISIONS, ids=lambda p: str(p.locator))
def test_a_wrong_number_is_wrong_place_or_does_not_exist(provision: Provision) -> None:
    for shift in (1, 2, 40):
        last = provision.locator.steps[-1]
        label = provision.locator.label
        wrong = type(provision.locator)((*provision.locator.steps[:-1], type(last)(last.kind, last.number + shift)))
        resolved = LAW.get(wrong)
        if resolved is not None and verbatim(provision.text).text in verbatim(resolved.text).text:
            continue
        report = check_text(f"{wrong.label}规定：“{provision.text}”", PACK)
        verdicts = {f.verdict for f in report.findings}
        assert verdicts & {Verdict.WRONG_PLACE, Verdict.DOES_NOT_EXIST}, (label, wrong.label)
        assert Verdict.EXACT not in verdicts
        assert (Verdict.DOES_NOT_EXIST in verdicts) == (resolved is None)


def test_the_same_text_gives_the_same_report() -> None:
    text = "第七条第（四）项规定：“固定研究与试验发展人员数不少于60人”。《公司法》第三条。"
    assert check_text(text, PACK).model_dump_json() == check_text(text, PACK).model_dump_json()
