"""The real pack, once."""

from collections.abc import Callable

import pytest

from assistant.cite_check import CiteReport, check_text
from assistant.config import Settings
from assistant.law.pack import Pack, load_pack

Check = Callable[[str], CiteReport]


@pytest.fixture(scope="session")
def measures() -> Pack:
    return load_pack(Settings().pack_paths[0])


@pytest.fixture(scope="session")
def check(measures: Pack) -> Check:
    return lambda text: check_text(text, measures)
