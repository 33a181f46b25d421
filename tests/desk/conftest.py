"""A desk over a store of its own, asked without a network."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from assistant.api.engine import Engine
from assistant.api.service import Service
from assistant.config import Settings
from assistant.law.pack import load_pack
from assistant.records.recording import Recorder
from assistant.records.store import open_records
from assistant.staff import passwords

PACK = Path(__file__).resolve().parents[2] / "corpus" / "liaoning-mic"


class Silent:
    """An assistant that is not asked here."""

    def __init__(self) -> None:
        self.packs = (load_pack(PACK),)


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
    settings = Settings(data_dir=tmp_path, staff_sample_permille=0, staff_review_permille=1000)
    engine: Engine = Silent()  # type: ignore[assignment]
    store = open_records(settings, engine.packs)
    yield Service(engine, settings, recorder=Recorder(store))
    store.close()
