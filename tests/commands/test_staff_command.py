"""The commands of the staff: accounts, and exports of a store in which there is something."""

import io
import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from assistant import cli
from assistant.config import Settings
from assistant.law.citation import make_citation
from assistant.law.locator import Locator
from assistant.law.pack import Pack, load_pack
from assistant.qa.models import Answer, Provenance, Statement
from assistant.records.models import Decision
from assistant.records.store import RecordStore, open_records
from assistant.staff import passwords

PASSWORD = "一串 很长的 correct horse"  # noqa: S105 - of no account


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
    monkeypatch.setenv("MIC_DATA_DIR", str(tmp_path / "data"))
    for name in ("MIC_PACK_DIR", "MIC_RECORDS"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "data"


@pytest.fixture
def pack() -> Pack:
    return load_pack(Settings().pack_paths[0])


@pytest.fixture
def filled(data: Path, pack: Pack) -> Iterator[RecordStore]:
    """Two corrected answers with two proposed terms, one that was confirmed, and a corrected one that was erased."""
    opened = open_records(Settings(data_dir=data), [pack])
    for number, words in enumerate(("能拿多少补助金？", "多久评估一次？", "要多少人？", "我叫李四，要多少人？")):
        opened.add_answer([words], answered(pack, f"{number:032x}", words), channel="page")
    fix = {"verdict": "overruled", "by": "甲", "document": "measures"}
    for number, place in ((0, "art_18"), (3, "art_8")):
        opened.add_decision(f"{number:032x}", Decision.model_validate(fix | {"locator": place, "note": "见条文"}))
    terms = ({"term": "发展红包", "law_term": "资金"}, {"term": "省工信厅", "law_term": "省工业和信息化厅"})
    for term in terms:
        opened.add_decision(f"{1:032x}", Decision.model_validate(fix | {"locator": "art_15"} | term))
    opened.add_decision(f"{2:032x}", Decision(verdict="confirmed", by="甲"))
    opened.erase(f"{3:032x}", by="甲", reason="本人要求")
    yield opened
    opened.close()


def answered(pack: Pack, record_id: str, question: str) -> Answer:
    law = pack.regulation
    provision = law.get(Locator.parse("art_15"))
    assert provision
    cited = make_citation(pack, law, provision, provision.body_start, provision.end, 1)
    return Answer(
        id=record_id,
        question=question,
        status="answered",
        answer=f"{cited.quote}[1]",
        statements=[Statement(text=cited.quote, citations=[1])],
        citations=[cited],
        provenance=Provenance(embedder="e", pack_sha256=pack.sha256),
    )


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    code = cli.main([str(argument) for argument in arguments])
    return code, capsys.readouterr().out


@pytest.mark.usefixtures("filled")
def test_the_cases_of_a_filled_store_are_exported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = run(capsys, "staff", "export-cases", "--out", tmp_path / "cases.jsonl")
    assert (code, "2 道题目" in out) == (0, True)
    cases = [json.loads(line) for line in (tmp_path / "cases.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(c["turns"], c["gold"], c["status"]) for c in cases] == [
        (["能拿多少补助金？"], ["art_18"], "answered"),
        (["多久评估一次？"], ["art_15"], "answered"),
    ]
    assert {c["version"] for c in cases} == {"征求意见稿"}
    assert "李四" not in (tmp_path / "cases.jsonl").read_text(encoding="utf-8")


@pytest.mark.usefixtures("filled")
def test_the_lexicon_of_a_filled_store_is_exported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "staff", "export-lexicon", "--out", tmp_path / "lexicon.toml")[0] == 0
    written = (tmp_path / "lexicon.toml").read_text(encoding="utf-8")
    proposed = tomllib.loads(written)["term"]
    assert proposed == [{"law": "资金", "near": ["发展红包"]}]
    assert "# 词表已有，不再列出：省工业和信息化厅 ← 省工信厅，1 次" in written


def test_accounts_are_made_and_changed_by_command_and_every_change_is_in_the_log(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def typed() -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))

    typed()
    assert run(capsys, "staff", "add", "甲", "--role", "administrator")[0] == 0
    typed()
    assert run(capsys, "staff", "add", "乙")[0] == 0
    assert run(capsys, "staff", "role", "乙", "--to", "administrator") == (0, "账号“乙”现在是管理员。\n")
    assert run(capsys, "staff", "role", "乙", "--to", "administrator")[0] == 2
    typed()
    assert run(capsys, "staff", "passwd", "乙")[0] == 0
    assert run(capsys, "staff", "disable", "乙")[0] == 0
    assert run(capsys, "staff", "disable", "甲")[0] == 2
    assert "乙：管理员" in run(capsys, "staff", "list")[1]
    code, told = run(capsys, "staff", "history")
    lines = [line.split("：", 1)[1] for line in told.splitlines()]
    assert (code, lines) == (
        0,
        ["“乙”停用", "“乙”更换密码", "“乙”改为管理员", "“乙”添加为工作人员", "“甲”添加为管理员"],
    )
    assert "命令行（" in told
    assert "共 5 条" in run(capsys, "records", "verify")[1]
    assert len(run(capsys, "staff", "history", "--most", "2")[1].splitlines()) == 2
