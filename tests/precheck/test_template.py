"""The blank form: it says nothing by itself, and what a person fills in comes back."""

import io
import json
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from precheck.form_samples import PACK, schema, shown

from assistant.errors import UsageError
from assistant.files.draft_kinds import draft_in
from assistant.files.limits import Limits
from assistant.forms.form_schema import FieldType, FormField
from assistant.forms.submission import Submission, read_submission
from assistant.law.pack import load_pack
from assistant.precheck.template import FORMATS, template_bytes, write_template

FIELDS = [field for section in schema().sections for field in schema().of_section(section)]
BLANK = {kind: template_bytes(schema(), kind) for kind in FORMATS}
WORDS = st.text(alphabet="辽宁机器人材料研究院张三路线目标Abc xyz，。、（）", min_size=3, max_size=30)


def read_back(data: bytes, kind: str) -> Submission:
    return read_submission(draft_in(data, f"form.{kind}", Limits()), schema())


def answers_for(field: FormField) -> st.SearchStrategy[tuple[str, str | bool]]:
    """What a person writes into a field, and how it is to come back."""
    if field.type is FieldType.INTEGER:
        return st.integers(1, 19_999).map(lambda n: (str(n), str(n)))
    if field.type is FieldType.DECIMAL:
        return st.decimals(5, 900_000, places=2).map(lambda d: (f"{d:f}", f"{d.normalize():f}"))
    if field.type is FieldType.YES_NO:
        return st.sampled_from([("是", True), ("否", False)])
    if field.type is FieldType.YES_NO_OR_COUNT:
        return st.sampled_from([("有", True), ("无", False), ("12", "12"), ("3项", "3")])
    if field.type is FieldType.CHOICE:
        # 无 says here that there is nothing to say.
        return st.sampled_from([(value, value) for value in field.offered if value != "无"])
    return WORDS.map(_tidy).map(lambda w: (w, w))


def _tidy(words: str) -> str:
    return "辽" + " ".join(words.split()).strip("，。、（） ") + "心"


FILLED = st.fixed_dictionaries({}, optional={field.id: answers_for(field) for field in FIELDS})


def filled_docx(answers: dict[str, str]) -> bytes:
    document = Document(io.BytesIO(BLANK["docx"]))
    rows = iter([row for table in document.tables for row in table.rows[1:]])
    w14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
    for field, row in zip(FIELDS, rows, strict=True):
        if field.id not in answers:
            continue
        boxes = list(row.cells[1]._tc.iter(f"{w14}checked"))
        if boxes:
            boxes[field.offered.index(answers[field.id])].set(f"{w14}val", "1")
        else:
            row.cells[1].paragraphs[0].add_run(answers[field.id])
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def filled_xlsx(answers: dict[str, str]) -> bytes:
    book = load_workbook(io.BytesIO(BLANK["xlsx"]))
    labels = {field.label: field for field in FIELDS}
    for row in book.active.iter_rows(min_row=4):
        field = labels.get(row[0].value)
        if field and field.id in answers:
            said = answers[field.id]
            row[1].value = Decimal(said) if field.type.is_number else said
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def filled_json(answers: dict[str, str]) -> bytes:
    return json.dumps(json.loads(BLANK["json"]) | answers, ensure_ascii=False).encode()


FILL = {"docx": filled_docx, "xlsx": filled_xlsx, "json": filled_json}


@pytest.mark.parametrize("kind", FORMATS)
def test_a_blank_form_is_a_form_without_a_fact(kind: str) -> None:
    submission = read_back(BLANK[kind], kind)
    assert submission.facts == {}
    assert submission.flags == ()
    assert submission.recognised == len(FIELDS)


@pytest.mark.parametrize("kind", FORMATS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(answers=FILLED)
def test_what_is_filled_in_comes_back(kind: str, answers: dict[str, tuple[str, str | bool]]) -> None:
    data = FILL[kind]({name: said for name, (said, _) in answers.items()})
    facts = read_back(data, kind).facts
    assert {name: shown(fact) for name, fact in facts.items()} == {name: value for name, (_, value) in answers.items()}
    assert not any("几处" in doubt for fact in facts.values() for doubt in fact.doubts)


def test_the_form_is_written_where_it_is_wanted(tmp_path: Path) -> None:
    out = write_template(load_pack(PACK), "xlsx", tmp_path / "new" / "form.xlsx")
    assert out.read_bytes()[:2] == b"PK"


def test_errors_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="docx、xlsx、json"):
        write_template(load_pack(PACK), "pdf", tmp_path / "form.pdf")
    with pytest.raises(UsageError, match="--out"):
        write_template(load_pack(PACK), "json", tmp_path)


def test_a_workbook_offers_lists_and_says_draft() -> None:
    sheet = load_workbook(io.BytesIO(BLANK["xlsx"])).active
    lists = [rule.formula1 for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    assert '"企业,高校,科研院所"' in lists
    assert '"是,否"' in lists
    assert "征求意见稿" in sheet["A2"].value
