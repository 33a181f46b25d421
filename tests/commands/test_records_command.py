"""The commands of the records, and that what is asked and pre-checked by command is recorded."""

import csv
import json
import sqlite3
from pathlib import Path

import pytest

from assistant import cli
from assistant.config import Settings
from assistant.qa.models import Answer, Provenance
from assistant.records.recording import NOT_RECORDED
from assistant.records.store import RecordStore, open_records

DRAFT = {"中心名称": "辽宁省氢能省级制造业创新中心", "固定研发人员数": "75人", "中心主任": "王小明"}


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MIC_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("MIC_PACK_DIR", raising=False)
    monkeypatch.delenv("MIC_RECORDS", raising=False)
    return tmp_path / "data"


@pytest.fixture
def store(data: Path) -> RecordStore:
    store = open_records(Settings(data_dir=data))
    provenance = Provenance(embedder="e", pack_sha256="x")
    for number, status in enumerate(("answered", "not_covered")):
        answer = Answer.model_validate(
            {"id": f"{number:032x}", "question": "问", "status": status, "answer": "答", "provenance": provenance}
        )
        store.add_answer(["我叫李四，问"], answer, channel="cli")
    return store


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = cli.main(arguments)
    out, err = capsys.readouterr()
    return code, out, err


def test_verify_tells_an_intact_log_from_a_broken_one(
    store: RecordStore, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "records", "verify")
    head = store.verify().head
    assert (code, head in out) == (0, True)
    assert run(capsys, "records", "verify", "--head", head)[0] == 0
    assert run(capsys, "records", "verify", "--head", "0" * 63 + "1")[0] == 3
    connection = sqlite3.connect(data / "records" / "records.sqlite3")
    connection.execute("DROP TRIGGER payload_is_not_changed")
    connection.execute("UPDATE payloads SET body = replace(body, '答', '改') WHERE seq = 2")
    connection.commit()
    connection.close()
    code, out, _ = run(capsys, "records", "verify")
    assert (code, "第 2 条：内容被改动" in out) == (3, True)
    code, out, err = run(capsys, "records", "verify", "--json")
    assert (code, json.loads(out)["faults"][0]["seq"], err) == (3, 2, "")


def test_nothing_recorded_yet_is_in_order(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "records", "verify")[:2] == (0, "还没有记录。\n")
    assert str(data)


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl"])
def test_export_chooses_and_says_how_many(
    store: RecordStore, tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    out = tmp_path / f"records.{form}"
    assert store.get("0" * 32)
    code, said, _ = run(capsys, "records", "export", "--format", form, "--out", str(out), "--status", "not_covered")
    assert (code, said) == (0, f"1 条记录已写到 {out}。\n")
    assert out.stat().st_size > 0
    if form == "csv":
        rows = list(csv.reader(out.read_text(encoding="utf-8-sig").splitlines()))
        assert [row[5] for row in rows[1:]] == ["未作规定"]
        assert "李四" not in out.read_text(encoding="utf-8-sig")


def test_export_by_day_includes_both_ends(
    store: RecordStore, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = store.get("0" * 32)
    assert record is not None
    day = f"{record.at.astimezone():%Y-%m-%d}"
    arguments = ("records", "export", "--format", "jsonl", "--out", str(tmp_path / "a"))
    assert run(capsys, *arguments, "--since", day, "--until", day)[1].startswith("2 条")
    assert run(capsys, *arguments, "--until", "2001-01-01")[1].startswith("0 条")
    assert run(capsys, *arguments, "--kind", "precheck")[1].startswith("0 条")
    for wrong in (("--since", "昨天"), ("--status", "fine"), ("--kind", "feedback")):
        assert run(capsys, *arguments, *wrong)[0] == 2


def test_show_and_erase(store: RecordStore, capsys: pytest.CaptureFixture[str]) -> None:
    assert store.get("0" * 32)
    assert "我叫〔姓名〕" in run(capsys, "records", "show", "0" * 32)[1]
    assert json.loads(run(capsys, "records", "show", "0" * 32, "--json")[1])["status"] == "answered"
    assert run(capsys, "records", "show", "nobody")[0] == 2
    assert run(capsys, "records", "erase", "0" * 32)[0] == 2
    assert run(capsys, "records", "erase", "0" * 32, "--reason", "本人要求", "--by", "管理员")[0] == 0
    assert "管理员 删除：本人要求" in run(capsys, "records", "show", "0" * 32)[1]
    assert run(capsys, "records", "erase", "0" * 32, "--reason", "再来")[0] == 2
    assert run(capsys, "records", "verify")[0] == 0


def test_prechecks_are_recorded_without_the_persons_name(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a.json", "b.json"):
        (tmp_path / name).write_text(json.dumps(DRAFT, ensure_ascii=False), encoding="utf-8")
    assert run(capsys, "precheck", str(tmp_path / "a.json"), "--json")[0] == 0
    assert run(capsys, "precheck", str(tmp_path / "a.json"), str(tmp_path / "b.json"), "--json")[0] == 0
    records = list(open_records(Settings(data_dir=data)).entries())
    assert [(r.kind, r.channel) for r in records] == [("precheck", "cli"), ("precheck", "batch"), ("precheck", "batch")]
    assert records[0].report is not None
    assert "75" in records[0].report.model_dump_json()
    assert "王小明" not in "".join(r.model_dump_json() for r in records)
    assert set(records[0].stamp.files_sha256) == {"rules.toml", "form.toml", "lexicon.toml"}


@pytest.mark.parametrize(("setting", "code"), [("on", 0), ("required", 3)])
def test_a_store_that_fails_is_said_and_json_stays_pure(
    data: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    setting: str,
    code: int,
) -> None:
    data.write_text("in the way")
    monkeypatch.setenv("MIC_RECORDS", setting)
    (tmp_path / "a.json").write_text(json.dumps(DRAFT, ensure_ascii=False), encoding="utf-8")
    got, out, err = run(capsys, "precheck", str(tmp_path / "a.json"), "--json")
    assert got == code
    assert "Traceback" not in err
    if setting == "required":
        assert (out, "不予显示" in err) == ("", True)
    else:
        assert NOT_RECORDED in json.loads(out)[0]["notices"]


@pytest.mark.slow
def test_questions_are_recorded_under_the_answers_ids(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv("MIC_INDEX_DIR", str(tmp_path_factory.getbasetemp() / "cli-indexes"))
    _, out, _ = run(capsys, "ask", "我叫李四，研发人员要多少人？", "--json")
    lines = [{"id": "一", "turns": ["评估不合格会怎么样？"]}, {"id": "二", "turns": []}]
    (tmp_path / "in.jsonl").write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    assert run(capsys, "ask", "--batch", str(tmp_path / "in.jsonl"), "--out", str(tmp_path / "out.jsonl"))[0] == 1
    first, second = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    records = list(open_records(Settings(data_dir=data)).entries())
    assert [(r.id, r.channel) for r in records] == [(json.loads(out)["id"], "cli"), (first["record"], "batch")]
    assert (first["id"], "error" in second) == ("一", True)
    assert records[0].turns == ["我叫〔姓名〕，研发人员要多少人？"]
    assert records[0].milliseconds is not None
