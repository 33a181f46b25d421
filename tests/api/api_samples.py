"""The service over a stand-in for the assistant, asked in this process or over loopback."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path

from starlette.testclient import TestClient
from ui.fake_engine import FakeEngine

from assistant.api.app import build_api
from assistant.api.engine import Engine
from assistant.api.service import Service
from assistant.config import Settings
from assistant.files.settings_limits import limits_of
from assistant.precheck.check import Desk, open_desk
from assistant.records.recording import Recorder

LOCAL = ("127.0.0.1", 50000)


def service_of(
    folder: Path, engine: Engine | None = None, recorder: Recorder | None = None, **settings: object
) -> Service:
    """A service with its data in `folder`."""
    own = Settings(data_dir=folder / "data", **settings)  # type: ignore[arg-type]
    desk = replace(_desk(), limits=limits_of(own))
    return Service(engine or FakeEngine(), own, desk, recorder)


@cache
def _desk() -> Desk:
    """Read once: every test has it."""
    return open_desk(Settings())


@contextmanager
def asked(
    service: Service, client: tuple[str, int] = LOCAL, base: str = "http://127.0.0.1:7860"
) -> Iterator[TestClient]:
    """A client of the application, from an address."""
    with TestClient(build_api(service), base_url=base, client=client, raise_server_exceptions=False) as opened:
        yield opened
