"""The checks on the real text and on short texts with one defect each; a text without it gives nothing."""

import pytest

from assistant.config import Settings
from assistant.law.pack import load_pack
from assistant.law.parser import parse_regulation
from assistant.law.types import Authority, Document
from assistant.open_matters import check_law
from assistant.rules.rulebook import load_rulebook

PACK = load_pack(Settings().pack_paths[0])

# Known defects that a check of this kind has to find at their place. The others need a person.
FOUND = {
    "organ-name": "organ", "item-repeated": "repeated", "chapter-numeral": "structure",
    "half-width-stops": "punctuation",
    "industry-2211": "undefined_term", "form-company-and-alliance": "undefined_option", "host-terms": "names",
    "rd-staff-undefined": "measure", "rd-expense-undefined": "measure", "two-committees": "names",
    "host-legal-person": "person", "filing-undefined": "no_period", "revocation-terms": "names",
    "rectification-start": "start", "director-term-start": "start", "evaluation-start": "start",
    "annual-report-deadline": "no_period", "external-rules": "external", "national-rules-unnamed": "external",
    "fund-rules-unnamed": "external", "effective-date": "effect", "english-name": "letters",
    "capital-undefined": "vague", "stability-undefined": "vague", "level-undefined": "vague",
    "incidents-scope": "scope", "procedure-gaps": "procedure", "joint-management": "level",
}  # fmt: skip
ARTICLES = (
    "管理办法\n第一条 为规范管理，制定本办法。\n第二条 {}\n"
    "第三条 本办法自2026年3月1日起施行，此前认定的按本办法执行。\n"
)


def law(text: str) -> Document:
    parse = parse_regulation(text)
    return Document("x", parse.title, Authority.REGULATION, text, parse.provisions, parse.anomalies)


@pytest.mark.parametrize("defect", sorted(FOUND))
def test_a_known_defect_of_the_measures_is_found_again(defect: str) -> None:
    known = {d.id: d for d in load_rulebook(PACK).defects}
    if defect not in known:
        pytest.fail(f"{defect} is no longer in the pack")
    one = known[defect]
    # A defect in two places, such as a repeated sentence, may be found at the other one.
    at = {f.kind for f in check_law(PACK.regulation) if f.start < one.end + 40 and one.start < f.end + 40}
    assert FOUND[defect] in at


def test_the_grade_without_a_consequence_and_the_chapters_are_found() -> None:
    found = check_law(PACK.regulation)
    assert [f.quote(PACK.regulation) for f in found if f.kind == "option_without_consequence"] == ["良好"]
    assert any("缺少此前的章标题" in f.problem for f in found)
    assert any(f.kind == "leftover" for f in found)


@pytest.mark.parametrize(
    ("words", "kind", "without"),
    [
        ("给予一年整改期。", "start", "自通知之日起给予一年整改期。"),
        ("按照国家有关规定执行。", "external", "按照《预算法》执行。"),
        ("具备以下条件，研发人员不少于80人。", "measure", "申报时研发人员不少于80人。"),
        ("应当提前报市科学技术局备案，并提前向省厅报备。", "no_period", "应当提前30日向省厅报备。"),
        ("依照第九条办理。", "dangling", "依照第一条办理。"),
        ("名称为LiaoNing Center。", "letters", "名称为Liaoning Center。"),
        ("围绕“2211”体系建设。", "undefined_term", "围绕“2211”（是指四类产业）建设，“2211”是指四类产业。"),
        ("申报单位应已稳定运行。", "vague", "申报单位应运行三年以上。"),
        ("市科学技术局负责联合所在地市级人民政府进行管理。", "level", "市级人民政府应当组织市科学技术局进行管理。"),
        (
            "各县及高新技术开发区主管部门（以下简称“县级主管部门”）。",
            "level",
            "各县及某自治县主管部门（以下简称“县级主管部门”）。",
        ),
        (
            "基地将年度运行情况报省科学技术厅。各市将本地运行情况报省科学技术厅。",
            "overlap",
            "基地将年度运行情况报市科学技术局。各市将本地运行情况报省科学技术厅。",
        ),
    ],
)
def test_one_defect_each(words: str, kind: str, without: str) -> None:
    assert kind in {f.kind for f in check_law(law(ARTICLES.format(words)))}
    assert kind not in {f.kind for f in check_law(law(ARTICLES.format(without)))}


def test_both_reports_to_the_department_are_told_apart() -> None:
    (found,) = [f for f in check_law(PACK.regulation) if f.kind == "overlap"]
    assert (found.label(PACK.regulation), found.quote(PACK.regulation)) == ("第十三条", "本地区制造业创新中心运行情况")


def test_a_text_that_has_none_of_it_gives_nothing() -> None:
    assert check_law(law(ARTICLES.format("申报单位应当如实填报。"))) == []


def test_missing_numbers_and_repeated_sentences_are_found() -> None:
    text = (
        "管理办法\n第一条 省厅负责统筹规划全省创新平台的领域布局。\n第三条 省厅负责统筹规划全省创新平台的领域布局。\n"
        "第四条 本办法自2026年3月1日起施行，此前认定的按本办法执行。\n"
    )
    assert {"numbering", "repeated"} <= {f.kind for f in check_law(law(text))}


def test_a_place_stands_in_the_text() -> None:
    for fault in check_law(PACK.regulation):
        assert 0 <= fault.start < fault.end <= len(PACK.regulation.text)
        assert fault.problem.endswith("。")
