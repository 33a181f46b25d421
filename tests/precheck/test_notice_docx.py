"""The notice to an applicant: only what is open, each with its provision, as a draft to be signed."""

import io

import docx
from report_samples import HOSTILE, desk, report

from assistant.precheck.letters import addressee, letter_name
from assistant.precheck.models import Report
from assistant.precheck.notice_docx import notice_docx

TITLE = desk().pack.about.title


def words_of(one: Report) -> str:
    document = docx.Document(io.BytesIO(notice_docx(one, TITLE, addressee(one, desk().schema))))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def test_only_what_is_not_met_or_missing_is_listed_with_its_provision() -> None:
    one = report(rd_staff_fixed=75, without=("expert_committee", "director_name"))
    words = words_of(one)
    for check in one.checks:
        assert (f"\n{check.label}（" in words) == (check.verdict in ("not_met", "missing")), check.rule
    for expected in ("还差5人", "第七条第（四）项", "“固定研究与试验发展人员数不少于80人”", "第九条", TITLE):
        assert expected in words


def test_it_is_a_draft_to_sign_and_says_that_the_regulation_is_one() -> None:
    words = words_of(report(rd_staff_fixed=75))
    for expected in ("沈阳某机器人有限公司：", "草稿", "签字", "单位公章", "征求意见稿，尚未施行", "不是审批决定"):
        assert expected in words


def test_a_draft_with_nothing_open_gets_no_list() -> None:
    assert "没有需要补正的事项" in words_of(report())


def test_an_unnamed_applicant_leaves_a_line_to_fill_in() -> None:
    assert "＿＿＿：" in words_of(report(without=("lead_org_name", "center_name")))


def test_hostile_words_are_only_words_and_the_bytes_are_the_same() -> None:
    one = report(HOSTILE, lead_org_name=HOSTILE, rd_staff_fixed=75)
    assert "<script>" in words_of(one)
    assert notice_docx(one, TITLE) == notice_docx(one, TITLE)


def test_a_letters_name_is_one_any_system_takes() -> None:
    assert letter_name(7, "沈阳/../自 评表.docx") == "007-沈阳-自-评表.docx"
    assert letter_name(12, "../..") == "012.docx"
