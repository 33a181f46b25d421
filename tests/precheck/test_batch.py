"""Many drafts: in order, past bad ones, once each, and on after an interruption."""

import json
import zipfile
from pathlib import Path

import pytest
from report_samples import SOUND, desk

from assistant.errors import UsageError
from assistant.precheck import batch
from assistant.precheck.batch import check_all, fingerprint
from assistant.precheck.inputs import Input, gather
from assistant.precheck.journal import JOURNAL, Journal
from assistant.precheck.models import Report
from assistant.precheck.out_folder import opened, products, write_reports


def no_progress(*_: object) -> None:
    """For runs whose progress does not matter."""


def folder_of_drafts(folder: Path, count: int) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        values = SOUND | {"rd_staff_fixed": 70 + number}
        (folder / f"{number:02}.json").write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")
    return folder


def gathered(tmp_path: Path, *paths: Path, left_out: tuple[Path, ...] = ()) -> list[Input]:
    workspace = tmp_path / "workspace"
    workspace.mkdir(exist_ok=True)
    return gather(paths, workspace, desk().limits, left_out)


class Counted:
    """Stands in for the check of a file, counts its calls and may be interrupted at one of them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, stop_at: int = 0) -> None:
        self.calls: list[str] = []
        self.stop_at = stop_at
        self._check = batch.check_file
        monkeypatch.setattr(batch, "check_file", self)

    def __call__(self, path: Path, *arguments: object) -> Report:
        self.calls.append(path.name)
        return self._check(path, *arguments)  # type: ignore[arg-type]

    def progress(self, done: int, total: int, report: Report) -> None:
        assert done <= total
        assert report.file
        if done == self.stop_at:
            raise KeyboardInterrupt


def test_reports_come_in_the_order_of_the_inputs_and_a_bad_file_stops_nothing(tmp_path: Path) -> None:
    folder = folder_of_drafts(tmp_path / "in", 6)
    (folder / "03.json").write_bytes(b"{")
    (folder / "04.json").write_bytes(b"")
    reports = check_all(gathered(tmp_path, folder), desk(), no_progress)
    assert [report.file for report in reports] == [f"{n:02}.json" for n in range(6)]
    assert [report.outcome for report in reports][3:5] == ["unreadable", "unreadable"]
    assert [report.outcome for report in reports][:3] == ["blocked"] * 3


def test_files_of_one_content_are_checked_once_under_both_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = Counted(monkeypatch)
    folder = folder_of_drafts(tmp_path / "in", 1)
    (folder / "99.json").write_bytes((folder / "00.json").read_bytes())
    reports = check_all(gathered(tmp_path, folder), desk(), counted.progress)
    assert [report.file for report in reports] == ["00.json", "99.json"]
    assert len(counted.calls) == 1


def test_an_interrupted_run_goes_on_without_doing_anything_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inputs = gathered(tmp_path, folder_of_drafts(tmp_path / "in", 12))
    out = tmp_path / "out"
    first = Counted(monkeypatch, stop_at=4)
    with pytest.raises(KeyboardInterrupt), opened(out, desk()) as journal:
        check_all(inputs, desk(), first.progress, journal)
    written = (out / JOURNAL).read_text(encoding="utf-8").splitlines()
    assert len(written) == 4
    with (out / JOURNAL).open("a", encoding="utf-8") as stream:
        stream.write('{"key": "torn')
    second = Counted(monkeypatch)
    with opened(out, desk()) as journal:
        resumed = check_all(inputs, desk(), second.progress, journal)
    assert len(second.calls) == 8
    assert resumed == check_all(inputs, desk(), no_progress)
    assert not list(out.iterdir())


def test_what_was_checked_against_other_rules_is_done_again(tmp_path: Path) -> None:
    kept = Journal(tmp_path, fingerprint(desk()))
    kept.add("key", Report(file="a", outcome="clear"))
    kept.close(finished=False)
    again = Journal(tmp_path, fingerprint(desk()))
    assert list(again.done) == ["key"]
    again.close(finished=False)
    other = Journal(tmp_path, "another text")
    assert not other.done
    other.close(finished=True)


@pytest.mark.parametrize("left", [b"", b"\xff\xfe\n[]\n1\n{}\n", b'{"key": 1, "fingerprint": "f", "report": {}}\n'])
def test_a_spoilt_journal_is_passed_over(left: bytes, tmp_path: Path) -> None:
    (tmp_path / JOURNAL).write_bytes(left)
    journal = Journal(tmp_path, "f")
    assert not journal.done
    journal.close(finished=True)


def test_one_run_at_a_time_uses_an_out_folder(tmp_path: Path) -> None:
    with opened(tmp_path, desk()), pytest.raises(UsageError, match="正在使用"), opened(tmp_path, desk()):
        pass


def test_an_out_folder_that_is_a_file_is_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x", encoding="utf-8")
    with pytest.raises(UsageError, match="写不了"), opened(tmp_path / "out", desk()):
        pass


def test_the_same_drafts_give_the_same_bytes(tmp_path: Path) -> None:
    inputs = gathered(tmp_path, folder_of_drafts(tmp_path / "in", 3))
    written: list[dict[str, bytes]] = []
    for _ in range(2):
        files: dict[str, bytes] = {}
        reports = check_all(inputs, desk(), no_progress)
        write_reports(tmp_path, reports, desk(), lambda path, data, kept=files: kept.update({path.name: data}))  # type: ignore[misc]
        written.append(files)
    assert written[0] == written[1]
    assert set(written[0]) == {"report.json", "report.xlsx", "report.html"}


def test_folders_are_read_in_order_without_litter_and_own_reports(tmp_path: Path) -> None:
    folder = folder_of_drafts(tmp_path / "in", 2)
    folder_of_drafts(folder / "沈阳", 1)
    for name in ("~$00.docx", ".DS_Store", "Thumbs.db", "report.json", ".precheck-journal.jsonl"):
        (folder / name).write_text("x", encoding="utf-8")
    found = gathered(tmp_path, folder, left_out=tuple(products(folder)))
    assert [one.name for one in found] == ["00.json", "01.json", "沈阳/00.json"]


def test_several_inputs_are_told_apart(tmp_path: Path) -> None:
    first, second = folder_of_drafts(tmp_path / "甲", 1), folder_of_drafts(tmp_path / "乙", 1)
    assert [one.name for one in gathered(tmp_path, first, second)] == ["甲/00.json", "乙/00.json"]
    assert [one.name for one in gathered(tmp_path, first / "00.json", second / "00.json")] == [
        "00.json",
        "00.json（2）",
    ]


def test_a_zip_is_unpacked_and_a_broken_one_is_one_unreadable_input(tmp_path: Path) -> None:
    folder = folder_of_drafts(tmp_path / "in", 1)
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.write(folder / "00.json", "沈阳/00.json")
        archive.writestr("../out.json", "{}")
    (tmp_path / "bad.zip").write_bytes(b"PK\x03\x04")
    found = gathered(tmp_path, tmp_path / "all.zip", tmp_path / "bad.zip", tmp_path / "nowhere.docx")
    reports = check_all(found, desk(), no_progress)
    assert [(r.file, r.outcome) for r in reports] == [
        ("all.zip/../out.json", "unreadable"),
        ("all.zip/沈阳/00.json", "blocked"),
        ("bad.zip", "unreadable"),
        ("nowhere.docx", "unreadable"),
    ]
    assert all(r.error for r in reports if r.outcome == "unreadable")
