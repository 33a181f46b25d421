"""Versions on the command line: which are there, what they differ in, which verdicts turn."""

import json
from pathlib import Path

import pytest
from versions.versions_samples import LIAONING, next_version

from assistant import cli


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return next_version(tmp_path_factory.mktemp("v") / "new", ("不少于80人", "不少于60人")).path


@pytest.fixture(autouse=True)
def both_installed(new: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIC_PACK_DIR", f"{LIAONING}:{new}")


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = cli.main([str(a) for a in arguments])
    out, err = capsys.readouterr()
    return code, out, err


def test_versions_are_listed_with_the_one_that_answers_first(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "pack", "versions")
    assert code == 0
    lines = out.splitlines()
    assert "● 默认依据：“2026年版”" in lines[1]
    assert "○ 另可查阅：“征求意见稿”" in lines[2]


def test_law_shows_the_current_text_or_the_one_that_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert "60人" in run(capsys, "law", "第七条第四项")[1]
    assert "80人" in run(capsys, "law", "第七条第四项", "--version", "征求意见稿")[1]
    code, out, err = run(capsys, "law", "--version", "1999年版")
    assert (code, out) == (2, "")
    assert "“2026年版”" in err


def test_diff_by_name_and_by_folder(capsys: pytest.CaptureFixture[str], new: Path, tmp_path: Path) -> None:
    page = tmp_path / "out" / "diff.html"
    code, out, _ = run(capsys, "pack", "diff", "征求意见稿", "正式稿", "--json", "--out", page)
    assert code == 0
    found = json.loads(out)
    assert found["counts"] == {"reworded": 1, "unchanged": 48}
    assert "80人 → 60人" in page.read_text(encoding="utf-8")
    code, out, _ = run(capsys, "pack", "diff", LIAONING, new)
    assert code == 0
    assert "80人 → 60人" in out
    assert "至少80 → 至少60" in out


def test_precheck_by_a_version_and_against_another(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    draft = tmp_path / "draft.json"
    draft.write_text('{"rd_staff_fixed": 75, "lead_org_name": "甲公司"}', encoding="utf-8")

    def verdict(*arguments: str) -> str:
        (report,) = json.loads(run(capsys, "precheck", draft, "--json", *arguments)[1])
        (check,) = [c for c in report["checks"] if c["rule"] == "rd-staff-minimum"]
        return str(check["verdict"])

    assert verdict() == "met"
    assert verdict("--version", "征求意见稿") == "not_met"
    code, out, _ = run(capsys, "precheck", draft, "--against", "征求意见稿", "--json", "--out", tmp_path / "out")
    assert code == 0
    (changes,) = json.loads(out)
    assert [(c["old_verdict"], c["new_verdict"]) for c in changes["changes"]] == [("not_met", "met")]
    assert {p.name for p in (tmp_path / "out").iterdir()} == {"changes.json", "changes.xlsx", "changes.html"}
    assert run(capsys, "precheck", draft, "--against", "2026年版")[0] == 2
