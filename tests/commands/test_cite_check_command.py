"""mic cite-check: json on stdout, marked files in the form that is asked for, one sentence for what cannot be read."""

import json
from pathlib import Path

import docx
import pytest

from assistant.cli import main

LETTER = "根据《办法》第七条第（四）项，“固定研究与试验发展人员数不少于60人”；第二十六条另有规定。"


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    document = docx.Document()
    paragraph = document.add_paragraph("复函：")
    paragraph.add_run(LETTER[:20]).bold = True
    paragraph.add_run(LETTER[20:])
    document.save(str(tmp_path / "letter.docx"))
    return tmp_path / "letter.docx"


def test_json_goes_to_stdout_alone(letter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cite-check", str(letter), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert [f["verdict"] for f in report["findings"]] == ["differs", "does_not_exist"]
    assert report["summary"]["to_correct"] == 2
    assert report["findings"][0]["place"] == "第1段"


def test_a_word_file_gets_comments_on_the_very_words(letter: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.docx"
    assert main(["cite-check", str(letter), "--out", str(out)]) == 0
    first = out.read_bytes()
    document = docx.Document(str(out))
    assert document.paragraphs[0].text == "复函：" + LETTER
    told = [comment.text for comment in document.comments]
    assert len(told) == 3  # two findings and the sum
    assert any("“60”应为“80”" in text for text in told)
    assert any(run.text == "第二十六条" for run in document.paragraphs[0].runs)
    assert main(["cite-check", str(letter), "--out", str(out)]) == 0
    assert out.read_bytes() == first
    again = tmp_path / "again.docx"
    assert main(["cite-check", str(out), "--out", str(again)]) == 0
    assert len(list(docx.Document(str(again)).comments)) == 3


@pytest.mark.parametrize("suffix", ["docx", "html"])
def test_a_plain_file_gets_a_document_or_a_page(tmp_path: Path, suffix: str) -> None:
    source, out = tmp_path / "letter.txt", tmp_path / f"out.{suffix}"
    source.write_text(LETTER + "<script>alert(1)</script>", encoding="utf-8")
    assert main(["cite-check", str(source), "--out", str(out)]) == 0
    first = out.read_bytes()
    assert main(["cite-check", str(source), "--out", str(out)]) == 0
    assert out.read_bytes() == first
    if suffix == "html":
        page = first.decode()
        assert "<script" not in page
        assert "条款不存在" in page
        assert "http" not in page.replace("http-equiv", "")


def test_what_cannot_be_read_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "broken.docx"
    broken.write_bytes(b"PK\x03\x04 nothing")
    assert main(["cite-check", str(broken)]) == 1
    assert "Traceback" not in capsys.readouterr().err
    assert main(["cite-check", str(broken), "--out", str(tmp_path / "x.pdf")]) == 2
