"""Who may use the interface, how often, with how much."""

from pathlib import Path

import pytest
from api_samples import asked, service_of
from starlette.testclient import TestClient

from assistant.api.keys import KeyRing, key_ring
from assistant.api.locality import client_address
from assistant.api.service import Service

ASK = {"question": "研发人员要多少人？"}
ELSEWHERE = ("203.0.113.9", 50000)


@pytest.fixture
def service(tmp_path: Path) -> Service:
    return service_of(tmp_path, api_per_minute=5, api_prechecks_per_minute=1)


@pytest.fixture
def ring(service: Service) -> KeyRing:
    return key_ring(service.settings)


def status(client: TestClient, secret: str = "", **headers: str) -> int:
    if secret:
        headers["Authorization"] = f"Bearer {secret}"
    return client.post(
        "/api/v1/ask", json=ASK, headers={k.replace("_", "-"): v for k, v in headers.items()}
    ).status_code


def test_without_any_key_programs_on_this_machine_may_ask(service: Service) -> None:
    with asked(service) as client:
        assert status(client) == 200
    with asked(service, base="http://localhost:7860") as client:
        assert status(client) == 200
    with asked(service, client=("::1", 1), base="http://[::1]:7860") as client:
        assert status(client) == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"X_Forwarded_For": "127.0.0.1"},
        {"Forwarded": "for=127.0.0.1"},
        {"X_Real_IP": "127.0.0.1"},
        {"Via": "1.1 proxy"},
        {"Host": "evil.example"},
        {"Host": "127.0.0.1.evil.example"},
        {"Host": "["},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://["},
        {"Origin": "http://[", "Host": "["},
        {"Sec_Fetch_Site": "cross-site"},
    ],
)
def test_a_request_through_a_proxy_or_out_of_a_strange_page_is_not_local(
    service: Service, headers: dict[str, str]
) -> None:
    with asked(service) as client:
        assert status(client, **headers) == 403


def test_nobody_else_may_ask_without_a_key(service: Service) -> None:
    with asked(service, client=ELSEWHERE) as client:
        got = client.post("/api/v1/ask", json=ASK)
        assert got.status_code == 403
        assert "mic keys add" in got.json()["detail"]
        assert client.post("/mcp", json={}).status_code == 403
        assert client.get("/healthz").status_code == 200


def test_with_a_key_made_a_key_is_needed_even_here(service: Service, ring: KeyRing) -> None:
    secret = ring.add("自动化办公系统")
    with asked(service) as client:
        refused = client.post("/api/v1/ask", json=ASK)
        assert (refused.status_code, refused.headers["www-authenticate"]) == (401, "Bearer")
        assert status(client, "mic_wrong") == 401
        assert status(client, secret) == 200
        assert client.post("/mcp", json={}).status_code == 401
    with asked(service, client=ELSEWHERE, base="https://example.gov.cn") as client:
        assert status(client, secret, Origin="http://evil.example") == 200


def test_a_revoked_key_stops_at_once_and_the_door_stays_shut(service: Service, ring: KeyRing) -> None:
    secret = ring.add("甲")
    with asked(service) as client:
        assert status(client, secret) == 200
        ring.revoke("甲")
        assert status(client, secret) == 401
        assert status(client) == 401


def test_a_damaged_key_file_lets_nobody_in(service: Service, ring: KeyRing) -> None:
    ring.add("甲")
    with asked(service) as client:
        (service.settings.data_dir / "api-keys.json").write_text("{broken")
        got = client.post("/api/v1/ask", json=ASK)
        assert got.status_code == 503
        assert str(service.settings.data_dir) not in got.text


def test_each_client_has_its_own_allowance(service: Service, ring: KeyRing) -> None:
    one, many = ring.add("甲"), ring.add("乙", per_minute=7)
    with asked(service) as client:
        assert [status(client, one) for _ in range(6)] == [200] * 5 + [429]
        assert [status(client, many) for _ in range(8)] == [200] * 7 + [429]
        late = client.post("/api/v1/ask", json=ASK, headers={"Authorization": f"Bearer {one}"})
        assert late.headers["content-type"] == "application/problem+json"
        assert 1 <= int(late.headers["retry-after"]) <= 61
        form = {"files": ("a.json", b"{}")}
        codes = [client.post("/api/v1/precheck", files=form, headers={"Authorization": f"Bearer {many}"}) for _ in "12"]
        assert [c.status_code for c in codes] == [200, 429]


def test_guessing_keys_is_slowed_down_by_address(service: Service, ring: KeyRing) -> None:
    ring.add("甲")
    with asked(service) as client:
        assert [status(client, f"mic_{i}") for i in range(6)] == [401] * 5 + [429]


def test_a_request_that_is_too_large_is_refused_before_it_is_read(service: Service) -> None:
    def never() -> object:
        raise AssertionError("the body was read")
        yield b""

    with asked(service) as client:
        for length in ("99999999999", "9" * 30, "-1", "x"):
            headers = {"content-length": length, "content-type": "application/json"}
            assert client.post("/api/v1/ask", content=never(), headers=headers).status_code == 413


def test_a_body_that_says_nothing_of_its_length_is_counted(service: Service) -> None:
    with asked(service) as client:
        got = client.post(
            "/api/v1/ask", content=iter([b"x" * 500_000] * 4), headers={"content-type": "application/json"}
        )
        assert got.status_code == 413
        assert got.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("host", "known"),
    [
        ("2001:db8::1", "2001:db8::"),
        ("2001:db8::ffff:1", "2001:db8::"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("192.0.2.1", "192.0.2.1"),
        ("testclient", "unknown"),
    ],
)
def test_of_ipv6_the_network_is_the_client(host: str, known: str) -> None:
    assert client_address({"client": (host, 1)}) == known
    assert client_address({"client": None}) == "unknown"


def test_a_precheck_counts_as_one_whichever_way_it_comes(tmp_path: Path) -> None:
    arguments = {"name": "a.json", "content": "e30="}
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "precheck", "arguments": arguments}}
    takes = {"Accept": "application/json, text/event-stream"}
    with asked(service_of(tmp_path, api_prechecks_per_minute=2)) as client:
        assert client.post("/api/v1/precheck", files={"f": ("a.json", b"{}")}).status_code == 200
        first, second = (client.post("/mcp", json=call, headers=takes).json()["result"] for _ in range(2))
        assert "unreadable" in first["content"][0]["text"]
        assert second["isError"]
        assert "请求过于频繁" in second["content"][0]["text"]
        assert client.post("/api/v1/precheck", files={"f": ("a.json", b"{}")}).status_code == 429
        assert client.post("/api/v1/ask", json=ASK).status_code == 200
