"""Kept files go when their time is over, also when the setting was longer before."""

import os
import time
from pathlib import Path

import pytest

from assistant.records.kept_uploads import KeptUploads

DAY = 24 * 3600
FIRST, SECOND = "1" * 32, "2" * 32


def test_files_are_swept_after_their_days(tmp_path: Path) -> None:
    draft = tmp_path / "a.XLSX"
    draft.write_bytes(b"x")
    kept = KeptUploads(tmp_path / "kept", 2)
    kept.keep(FIRST, draft)
    kept.keep(SECOND, draft)
    old = time.time() - 2 * DAY - 60
    os.utime(tmp_path / "kept" / FIRST, (old, old))
    assert kept.find(FIRST) is None
    found = kept.find(SECOND)
    assert found is not None
    assert (found.name, found.stat().st_mode & 0o077) == ("draft.xlsx", 0)
    KeptUploads(tmp_path / "kept", 0).sweep()
    assert list((tmp_path / "kept").iterdir()) == []


def test_an_id_is_no_path(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "other").mkdir()
    kept = KeptUploads(tmp_path / "kept", 1)
    with pytest.raises(ValueError, match="no record id"):
        kept.keep("../other", tmp_path / "a")
    with pytest.raises(ValueError, match="no record id"):
        kept.find("../other")
    kept.forget("../other")
    assert (tmp_path / "other").is_dir()
