"""A store of its own for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from record_samples import store_in

from assistant.records.store import RecordStore


@pytest.fixture
def store(tmp_path: Path) -> Iterator[RecordStore]:
    opened = store_in(tmp_path)
    yield opened
    opened.close()
