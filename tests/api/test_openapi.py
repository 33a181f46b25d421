"""The interface is as its description says, whatever is sent: schemathesis, seeded and bounded, in this process."""

from datetime import date

import pytest
import schemathesis
from api_samples import service_of
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    positive_data_acceptance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from assistant.api.law_lookup import SearchRow, everything, law_slice
from assistant.api.rest import build_rest
from assistant.api.service import Service

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    positive_data_acceptance,
    negative_data_rejection,
    unsupported_method,
]
OPERATIONS = [
    ("/ask", "POST"),
    ("/search", "GET"),
    ("/precheck", "POST"),
    ("/provisions", "GET"),
    ("/provisions/{locator}", "GET"),
    ("/version", "GET"),
]
BOUNDED = settings(
    max_examples=15,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


async def found(self: Service, _: str, k: int, version: str = "") -> list[SearchRow]:
    """A search without a model; versions are chosen as ever."""
    pack = self.installed.chosen(version, date.today())[0]
    provisions = law_slice(pack, everything(pack)).provisions[:k]
    return [SearchRow(rank=i, score=1.0, pack=pack.id, **p.model_dump()) for i, p in enumerate(provisions, 1)]


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> schemathesis.BaseSchema:
    return schemathesis.openapi.from_asgi("/openapi.json", build_rest(service_of(tmp_path_factory.mktemp("api"))))


@pytest.mark.parametrize(
    ("path", "method", "mode"),
    # What takes nothing cannot be asked wrongly.
    [(*one, mode) for one in OPERATIONS for mode in GenerationMode if (one[0], mode.value) != ("/version", "negative")],
)
def test_an_operation_is_as_described(
    described: schemathesis.BaseSchema, path: str, method: str, mode: GenerationMode, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Service, "search", found)
    # Each draft may start a process that reads it.
    bounds = settings(BOUNDED, max_examples=4 if path == "/precheck" else BOUNDED.max_examples)

    @bounds
    @given(described[path][method].as_strategy(generation_mode=mode))
    def holds(case: Case) -> None:
        case.call_and_validate(checks=CHECKS)

    holds()


def test_no_operation_is_left_out(described: schemathesis.BaseSchema) -> None:
    operations = [result.ok() for result in described.get_all_operations()]
    assert {(one.path, one.method.upper()) for one in operations} == set(OPERATIONS)
