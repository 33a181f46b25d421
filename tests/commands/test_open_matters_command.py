"""mic open-matters: both forms, the same bytes, nothing personal, wrong use in one sentence."""

import io
import json
import zipfile
from pathlib import Path

import docx
import pytest

from assistant.cli import main


@pytest.fixture
def answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MIC_DATA_DIR", str(tmp_path / "data"))
    near = [{"document": "measures", "locator": "art_8", "label": "第八条", "quote": "省创中心遴选程序包括"}]
    questions = ["公示几天<script>？", "公示期是几天？电话13912345678"]
    file = tmp_path / "answers.jsonl"
    rows = [{"question": q, "status": "not_covered", "related": near} for q in questions]
    file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return file


def test_a_document_with_charts(answers: Path, tmp_path: Path) -> None:
    out = tmp_path / "report.docx"
    assert main(["open-matters", "--answers", str(answers), "--out", str(out)]) == 0
    first = out.read_bytes()
    text = "\n".join(c.text for t in docx.Document(str(out)).tables for r in t.rows for c in r.cells)
    assert "公示" in text
    assert "13912345678" not in text
    names = zipfile.ZipFile(io.BytesIO(first)).namelist()
    assert sum(name.startswith("word/charts/chart") for name in names) == 3
    assert main(["open-matters", "--answers", str(answers), "--out", str(out)]) == 0
    assert out.read_bytes() == first


def test_a_page_with_charts(answers: Path, tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    assert main(["open-matters", "--answers", str(answers), "--out", str(out)]) == 0
    page = out.read_text(encoding="utf-8")
    assert "<svg" in page
    assert "<script" not in page
    assert "13912345678" not in page
    assert "第八条" in page


@pytest.mark.usefixtures("answers")
def test_without_a_record_the_text_is_still_checked(tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    assert main(["open-matters", "--since", "2026-01-01", "--until", "2026-02-01", "--out", str(out)]) == 0
    assert "2026-01-01至2026-02-01" in out.read_text(encoding="utf-8")
    assert "没有记录" in out.read_text(encoding="utf-8")


@pytest.mark.usefixtures("answers")
@pytest.mark.parametrize("extra", [["--since", "soon"], ["--since", "2026-01-01", "--answers", "x"]])
def test_wrong_use(tmp_path: Path, extra: list[str]) -> None:
    assert main(["open-matters", "--out", str(tmp_path / "r.html"), *extra]) == 2
    assert main(["open-matters", "--out", str(tmp_path / "r.pdf")]) == 2
