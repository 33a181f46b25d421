"""The commands of the pre-check, as other programs call them."""

import json
from pathlib import Path

import docx
import openpyxl
import pytest

from assistant import cli

DRAFT = {"center_name": "机器人省级制造业创新中心", "lead_org_type": "企业", "rd_staff_fixed": 75}


@pytest.fixture(autouse=True)
def own_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MIC_PACK_DIR", raising=False)
    monkeypatch.delenv("MIC_DEBUG", raising=False)


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "draft.json"
    path.write_text(json.dumps(DRAFT, ensure_ascii=False), encoding="utf-8")
    return path


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = cli.main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return code, out, err


def test_json_alone_goes_to_stdout(capsys: pytest.CaptureFixture[str], draft: Path) -> None:
    code, out, err = run(capsys, "precheck", draft, "--json")
    (report,) = json.loads(out)
    assert (code, report["file"], report["outcome"], report["error"]) == (0, "draft.json", "blocked", None)
    staff = next(c for c in report["checks"] if c["rule"] == "rd-staff-minimum")
    wanted = {"verdict": "not_met", "actual": "75", "required": "80", "unit": "人", "gap": "5", "message": "还差5人"}
    assert staff.items() >= wanted.items()
    assert staff["citation"]["label"] == "第七条第（四）项"
    assert "draft.json" in err


def test_words_say_first_what_to_do(capsys: pytest.CaptureFixture[str], draft: Path) -> None:
    code, out, _ = run(capsys, "precheck", draft)
    assert code == 0
    assert "还差5人；缺少" in out.splitlines()[0]
    assert "征求意见稿" in out
    assert "不是审批" in out


@pytest.mark.usefixtures("draft")
def test_an_unreadable_file_is_one_and_the_rest_is_done(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04")
    code, out, err = run(capsys, "precheck", tmp_path, tmp_path / "nowhere.pdf", "--json")
    assert code == 1
    assert [report["outcome"] for report in json.loads(out)] == ["blocked", "unreadable", "unreadable"]
    assert "Traceback" not in err


def test_out_holds_three_reports_and_on_request_the_letters(
    capsys: pytest.CaptureFixture[str], draft: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    code, _, _ = run(capsys, "precheck", draft, "--out", out)
    assert code == 0
    assert sorted(path.name for path in out.iterdir()) == ["report.html", "report.json", "report.xlsx"]
    assert json.loads((out / "report.json").read_text(encoding="utf-8"))[0]["file"] == "draft.json"
    form = tmp_path / "form.docx"
    run(capsys, "form", "template", "--format", "docx", "--out", form)
    filled = docx.Document(str(form))
    cells = {row.cells[0].text: row.cells[1] for table in filled.tables for row in table.rows}
    cells["中心名称"].text = "机器人省级制造业创新中心"
    filled.save(str(form))
    run(capsys, "precheck", form, "--out", out, "--notices", "--comments")
    assert [path.name for path in (out / "补正通知").iterdir()] == ["001-form.docx"]
    assert [path.name for path in (out / "批注稿").iterdir()] == ["001-form.docx"]


def test_reports_in_the_drafts_own_folder_are_no_drafts_the_next_time(
    capsys: pytest.CaptureFixture[str], draft: Path
) -> None:
    first = run(capsys, "precheck", draft.parent, "--out", draft.parent, "--json", "--notices")
    again = run(capsys, "precheck", draft.parent, "--out", draft.parent, "--json", "--notices")
    assert first[:2] == again[:2]
    assert len(json.loads(again[1])) == 1


@pytest.mark.parametrize("kind", ["docx", "xlsx", "json"])
def test_a_blank_form_is_written_and_reads_as_a_form_without_values(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, kind: str
) -> None:
    form = tmp_path / f"form.{kind}"
    assert run(capsys, "form", "template", "--format", kind, "--out", form)[0] == 0
    if kind == "xlsx":
        assert openpyxl.load_workbook(form).sheetnames
    code, out, _ = run(capsys, "precheck", form, "--json")
    (report,) = json.loads(out)
    assert (code, report["outcome"]) == (0, "incomplete")
    assert "met" not in {check["verdict"] for check in report["checks"]}


@pytest.mark.parametrize(
    "arguments",
    [
        ("precheck",),
        ("precheck", "x.docx", "--comments"),
        ("precheck", "x.docx", "--nope"),
        ("form", "template"),
        ("form", "template", "--format", "pdf", "--out", "x"),
    ],
)
def test_wrong_usage_is_two(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> None:
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert "Traceback" not in err


def test_an_empty_folder_is_wrong_usage(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(capsys, "precheck", tmp_path)[0] == 2


def test_a_broken_pack_is_three(
    capsys: pytest.CaptureFixture[str], draft: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("MIC_PACK_DIR", str(tmp_path))
    code, out, err = run(capsys, "precheck", draft, "--json")
    assert (code, out) == (3, "")
    assert len(err.splitlines()) == 1
