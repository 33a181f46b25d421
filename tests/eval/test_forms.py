"""The table of draft forms, the files made from it, and how a report is scored."""

import csv
import json
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import pytest
from pydantic import ValidationError

from assistant.law.citation import Citation
from assistant.precheck.models import Check, Report
from eval import forms_make
from eval.forms import paper
from eval.forms.plan import plans
from eval.forms.score import failures, score_form
from eval.forms.summary import by_field, forms_tables, parts, summarise_forms
from eval.forms.table import APART, Expectation, Split, Table, hand_folder, load_hand, load_table
from eval.forms_make import Form, make_forms
from eval.forms_run import FormsRun, write_results
from eval.rates import Rate

CITATION = Citation(
    n=1, pack="toy", version="1", document="measures", locator="art_1", label="第一条", quote="某", start=0, end=1
)
PARTS: tuple[Split, ...] = ("dev", "test")


def check(field: str, verdict: str, actual: str | None = None, message: str = "") -> Check:
    about = {"rule": field, "field": field, "label": field, "stage": "申报", "force": "必须", "verdict": verdict}
    more = {"actual": actual, "required": None, "unit": None, "gap": None, "message": message, "citation": CITATION}
    return Check.model_validate(about | more)


def report(*checks: Check, outcome: str = "blocked", error: str | None = None) -> Report:
    return Report.model_validate({"file": "x", "outcome": outcome, "error": error, "checks": checks})


def form(kind: str = "docx", split: str = "dev", readable: bool = True, **expect: str) -> Form:
    wanted = {field: Expectation.parse(text) for field, text in expect.items()}
    name = f"{split}-1"
    return Form(name, "test" if split == "test" else "dev", "generated", kind, Path(name), wanted, readable)


# ---- the table


def test_the_parts_are_large_enough_and_of_every_format() -> None:
    for split in PARTS:
        made = plans(load_table(), split)
        assert len(made) >= 60
        assert {p.kind for p in made} == {"docx", "xlsx", "csv", "json", "txt", "pdf", "scan"}
    assert len(load_hand()) >= 20


def test_the_test_part_shares_no_label_layout_or_figure_with_dev() -> None:
    table = load_table()
    for field in table.fields:
        assert not set(table.labels["dev"][field]) & set(table.labels["test"][field]), field
    assert not set(table.layouts["dev"]) & set(table.layouts["test"])
    for field in table.units:
        dev, test = ({v.text for v in table.values[split][field] if v.text} for split in PARTS)
        assert not dev & test, field


@pytest.mark.parametrize("split", APART)
def test_a_part_that_stands_apart_is_large_enough_and_of_every_format(split: Split) -> None:
    made = plans(load_table(split), split)
    assert len(made) >= 40
    assert {p.kind for p in made} == {"docx", "xlsx", "csv", "json", "txt", "pdf", "scan"}
    assert set(load_table(split).fields) == set(load_table().fields)
    assert len(load_hand(split)) >= 8
    assert {form.split for form in load_hand(split)} == {split}


def test_the_unseen_part_has_enough_scans() -> None:
    made = plans(load_table("unseen"), "unseen")
    assert len(made) >= 60
    assert sum(p.kind == "scan" for p in made) == 8
    assert len(load_hand("unseen")) == 12


def test_every_value_stands_in_some_form() -> None:
    table = load_table()
    for split in PARTS:
        shown = {(r.field, t) for p in plans(table, split) for r in p.rows for t in (r.text, r.tick)}
        for field in table.units:
            for value in table.values[split][field]:
                assert not value.text or {(field, value.text), (field, value.bare)} & shown, (split, field, value.text)


def test_plans_are_the_same_every_time() -> None:
    assert plans(load_table(), "dev") == plans(load_table(), "dev")


def test_a_form_expects_something_of_every_field() -> None:
    table = load_table()
    for plan in (*plans(table, "dev"), *plans(table, "test")):
        assert tuple(plan.expect) == table.fields
        for field in table.fields:
            absent = field not in {row.field for row in plan.rows}
            if absent and not plan.text:
                assert set(plan.expect[field].verdicts) & {"missing", "not_applicable"}, (plan.id, field)


def test_a_table_with_a_gap_or_a_strange_verdict_is_refused() -> None:
    whole = load_table().model_dump()
    whole["labels"]["dev"].pop("city")
    with pytest.raises(ValidationError, match=r"labels\.dev differs in \['city'\]"):
        Table.model_validate(whole)
    with pytest.raises(ValueError, match="unknown verdict: fine"):
        Expectation.parse("met|fine 80")


def test_hand_made_files_are_all_named_and_small() -> None:
    splits: tuple[Split, ...] = ("dev", *APART)
    for folder, forms in ((hand_folder(split), load_hand(split)) for split in splits):
        files = {path.name for path in folder.iterdir() if path.name != "expected.toml"}
        assert files == {form.file for form in forms}
        assert sum(path.stat().st_size for path in folder.iterdir()) < 3_000_000
        assert {field for f in forms for field in f.expect} <= set(load_table().fields)


# ---- the files


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> list[Form]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paper, "office", lambda: None)
        forms, left_out = make_forms("dev", tmp_path_factory.mktemp("forms"))
    kinds = [p.kind for p in plans(load_table(), "dev")]
    assert left_out == sum(kind in ("pdf", "scan") for kind in kinds)
    return forms


def first(made: list[Form], words: str) -> Path:
    return next(f.path for f in made if words in f.id)


def test_word_forms_hold_their_labels_and_values(made: list[Form]) -> None:
    table = docx.Document(str(first(made, "docx-pairs-2"))).tables[0]
    words = {row.cells[0].text: row.cells[1].text for row in table.rows}
    assert words["创新中心名称"]
    nested = docx.Document(str(first(made, "docx-nested"))).tables[0]
    assert nested.rows[0].cells[1].tables
    merged = docx.Document(str(first(made, "docx-merged"))).tables[0]
    assert merged.cell(2, 0)._tc is merged.cell(3, 0)._tc
    controls = [docx.Document(str(f.path)) for f in made if "docx-controls" in f.id]
    body = "".join(document.element.xml for document in controls)
    assert "w:dropDownList" in body
    assert "w14:checkbox" in body
    assert any(
        "☑" in cell.text for row in docx.Document(str(first(made, "marks"))).tables[0].rows for cell in row.cells
    )


def test_sheets_hold_numbers_as_numbers_where_they_are_typed(made: list[Form]) -> None:
    sheets = [f for f in made if f.kind == "xlsx" and f.origin == "generated"]
    values = [
        c.value for f in sheets for s in openpyxl.load_workbook(f.path).worksheets for r in s.iter_rows() for c in r
    ]
    assert any(isinstance(value, int | float) for value in values)
    assert max(len(openpyxl.load_workbook(f.path).sheetnames) for f in sheets) == 2


def test_plain_formats_can_be_read_back(made: list[Form]) -> None:
    for f in made:
        if f.kind == "json" and f.origin == "generated":
            assert set(load_table().fields) >= {n for n in json.loads(f.path.read_text()) if not n.startswith("extra_")}
    chinese = [f for f in made if f.kind == "csv" and f.origin == "generated"][-1]
    with chinese.path.open(encoding="gb18030") as stream:
        assert all(len(row) == 2 for row in csv.reader(stream))


@pytest.mark.skipif(paper.office() is None, reason="LibreOffice is not installed: PDF forms cannot be made")
def test_paper_forms_are_printed_and_scanned(tmp_path: Path) -> None:
    todo = [p for p in plans(load_table(), "dev") if p.format in ("pdf", "png", "scan.pdf")]
    some = list({p.format: p for p in todo}.values())
    forms_make._write_paper(some, tmp_path)
    for plan in some:
        head = (tmp_path / plan.file).read_bytes()[:8]
        assert head.startswith(b"\x89PNG" if plan.format == "png" else b"%PDF")


# ---- the scores


def test_a_right_verdict_with_the_right_value_is_right() -> None:
    found = score_form(form(staff="not_met 79"), report(check("staff", "not_met", "79")), 0.1)
    assert [(f.mark, f.value_right, f.false_met) for f in found.fields] == [("right", True, False)]
    assert found.outcome_right


@pytest.mark.parametrize("truth", ["not_met 79", "missing", "review"])
def test_met_where_the_truth_is_not_met_is_counted(truth: str) -> None:
    found = score_form(form(staff=truth), report(check("staff", "met", "97"), outcome="clear"), 0.1)
    assert summarise_forms([found]).false_met == 1
    assert found.fields[0].mark == "wrong"


def test_the_gravest_of_several_checks_is_the_fields_verdict() -> None:
    checks = (check("staff", "met", "80"), check("staff", "review", "80"))
    assert score_form(form(staff="review"), report(*checks), 0).fields[0].mark == "right"
    assert score_form(form(staff="met"), report(*checks), 0).fields[0].mark == "wrong"


def test_a_field_without_a_check_is_wrong() -> None:
    assert score_form(form(staff="missing"), report(), 0).fields[0].reason == "no check"


@pytest.mark.parametrize(
    ("kind", "actual", "message", "mark"),
    [
        ("scan", "79", "扫描件识别不够清楚（置信度0.61）", "unsure"),
        ("scan", "19", "扫描件识别不够清楚（置信度0.61）", "wrong"),
        ("scan", "79", "数额不合常理", "wrong"),
        ("docx", "79", "扫描件识别不够清楚（置信度0.61）", "wrong"),
    ],
)
def test_only_a_scans_right_value_may_be_left_to_a_person(kind: str, actual: str, message: str, mark: str) -> None:
    found = score_form(form(kind, staff="not_met 79"), report(check("staff", "review", actual, message)), 0)
    assert found.fields[0].mark == mark


def test_words_of_a_scan_are_held_against_what_was_written() -> None:
    scan = replace(form("scan", name="met"), written={"name": ("东 北精工",)})
    unsure = report(check("name", "review", "东北精工", "置信度0.5"), outcome="review")
    assert score_form(scan, unsure, 0).fields[0].mark == "unsure"


def test_an_outcome_that_does_not_follow_is_seen() -> None:
    found = score_form(form(staff="not_met"), report(check("staff", "not_met"), outcome="clear"), 0)
    assert not found.outcome_right


def test_what_should_be_unreadable_must_be() -> None:
    nothing = form(readable=False)
    assert score_form(nothing, report(outcome="unreadable", error="这不是自评表。"), 0).outcome_right
    assert not score_form(nothing, report(check("staff", "missing")), 0).outcome_right


def test_a_form_that_was_refused_has_every_field_wrong() -> None:
    found = score_form(form(staff="met", city="missing"), report(outcome="unreadable", error="坏了。"), 0)
    assert [f.mark for f in found.fields] == ["wrong", "wrong"]
    assert summarise_forms([found]).unread == 1


# ---- what is shown


def test_the_tables_add_up_and_show_nothing_of_the_test_part(tmp_path: Path) -> None:
    dev = score_form(form(staff="met 80"), report(check("staff", "not_met", "8")), 0.2)
    for split in APART:
        held_out = replace(form(staff="met 90"), id=f"{split}-1", split=split)
        assert failures([score_form(held_out, report(check("staff", "not_met", "内部")), 0.4)]) == []
    hidden = score_form(form(split="test", staff="met 90"), report(check("staff", "not_met", "保密")), 0.4)
    run = FormsRun("0" * 64, [dev, hidden], 0)
    assert list(parts(run.scores)) == ["dev, generated", "test, generated"]
    assert by_field(run.scores) == {"staff": Rate(0, 2)}
    assert failures(run.scores) == ["dev-1: staff: not_met '8', expected met 80"]
    write_results(run, tmp_path / "forms.md")
    written = (tmp_path / "forms.md").read_text(encoding="utf-8")
    assert forms_tables(run.scores) in written
    assert "保密" not in written + str(run.as_json())
