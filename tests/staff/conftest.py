"""A data folder with its staff for each test, and passwords that are hashed quickly."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from assistant.config import Settings
from assistant.staff import passwords
from assistant.staff.staff import Staff, open_staff


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
    monkeypatch.setattr(passwords, "_nobodys", [])


@pytest.fixture
def staff(tmp_path: Path) -> Iterator[Staff]:
    opened = open_staff(Settings(data_dir=tmp_path))
    yield opened
    opened.database.close()
