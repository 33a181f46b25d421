"""What the docs tell operators and programmers is so: settings, examples, backup and restore."""

import json
import re
import shlex
import shutil
import sqlite3
from pathlib import Path

import pytest
from api_samples import asked, service_of
from starlette.testclient import TestClient
from ui.fake_engine import FakeEngine

from assistant import cli
from assistant.api.keys import KeyRing
from assistant.api.metrics import Metrics
from assistant.api.service import Service
from assistant.config import PROJECT, Settings
from assistant.records.recording import Recorder
from assistant.records.store import open_records

DOCS = PROJECT / "docs"
OPERATORS = (DOCS / "operators.md").read_text(encoding="utf-8")
API = (DOCS / "api.md").read_text(encoding="utf-8")
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", API, re.DOTALL) for line in block.splitlines()]
FORM = json.dumps({"rd_staff_fixed": 75}).encode()


def test_the_table_of_settings_is_that_of_the_code(monkeypatch: pytest.MonkeyPatch) -> None:
    table = OPERATORS.split("## 设置")[1].split("## ")[0]
    said = dict(re.findall(r"^\| `(MIC_\w+)` \| (\S+) \|", table, re.MULTILINE))
    for name in said:
        monkeypatch.delenv(name, raising=False)
    fields = Settings().model_dump()
    assert set(said) == {f"MIC_{name.upper()}" for name in fields}
    for name, value in fields.items():
        plain = value.get_secret_value() if hasattr(value, "get_secret_value") else value
        default = str(plain).removeprefix(f"{PROJECT}/").removesuffix(".0")
        assert said[f"MIC_{name.upper()}"] == (f"`{default}`" if default else "空"), name


def test_every_metric_is_documented() -> None:
    names = set(re.findall(r"^# TYPE (mic\w*)", Metrics().exposition().decode(), re.MULTILINE))
    for name in {name.removesuffix("_created") for name in names}:
        assert f"`{name}`" in OPERATORS, name


@pytest.mark.parametrize("command", [line for line in COMMANDS if line.startswith("curl ")])
def test_an_example_does_what_it_says(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def nothing(*_: object) -> list[object]:
        return []

    monkeypatch.setattr(Service, "search", nothing)  # it needs a model
    with asked(service_of(tmp_path)) as client:
        _, *words = shlex.split(command)
        got = sent(client, words)
    assert got.status_code == 200, got.text
    if "/ask" in command:
        assert got.json()["status"] in ("answered", "needs_facts")
    if "/mcp" in command:
        assert "不少于80人" in got.text
    if "quote=" in command:
        assert "<mark>固定研究与试验发展人员数不少于80人</mark>" in got.text
    if "-F" in words:
        assert [report["file"] for report in got.json()] == ["自评表.json", "另一份.json"]


def sent(client: TestClient, words: list[str]) -> object:
    """What curl would send."""
    address, headers, body, files = "", {}, None, []
    in_address = "-G" in words
    asked_for: dict[str, str] = {}
    options = iter(word for word in words if word != "-G")
    for word in options:
        if word == "--data-urlencode" or (in_address and word == "-d"):
            name, _, value = next(options).partition("=")
            asked_for[name] = value
        elif word == "-H":
            name, _, value = next(options).partition(": ")
            headers[name] = value
        elif word == "-d":
            body = next(options)
        elif word == "-F":
            name, _, file = next(options).partition("=@")
            files.append((name, (file, FORM)))
        else:
            address = word
    method = "POST" if body or files else "GET"
    # Without any, those that stand in the address itself.
    query = asked_for or None
    return client.request(method, address, params=query, headers=headers, content=body, files=files or None)


def test_every_command_of_keys_that_is_shown_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIC_DATA_DIR", str(tmp_path))
    shown = [shlex.split(line, comments=True)[1:] for line in COMMANDS if "mic keys" in line]
    assert len(shown) == 3
    assert [cli.main(arguments) for arguments in shown] == [0, 0, 0]


def test_the_table_of_problems_names_what_is_documented(tmp_path: Path) -> None:
    with asked(service_of(tmp_path)) as client:
        paths = client.get("/api/v1/openapi.json").json()["paths"]
    documented = {code for path in paths.values() for one in path.values() for code in one["responses"]} - {"200"}
    assert documented <= set(re.findall(r"^\| (\d{3}) \|", API, re.MULTILINE))


def test_backup_and_restore_as_they_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data, backup, restored = tmp_path / "data", tmp_path / "backup", tmp_path / "restored"
    engine = FakeEngine()
    secret = KeyRing(data / "api-keys.json").add("甲")
    store = open_records(Settings(data_dir=data), engine.packs)
    with asked(service_of(tmp_path, engine, Recorder(store))) as client:
        sent_with = {"Authorization": f"Bearer {secret}"}
        asking = {"question": "研发人员要多少人？"}
        assert client.post("/api/v1/ask", json=asking, headers=sent_with).status_code == 200
        backup.mkdir()  # while it runs
        shutil.copy(data / "records" / "records.head", backup)
        with sqlite3.connect(data / "records" / "records.sqlite3") as own:
            own.backup(sqlite3.connect(backup / "records.sqlite3"))
        shutil.copy(data / "api-keys.json", backup)
    shutil.rmtree(data)

    (restored / "records").mkdir(parents=True)
    for name in ("records.head", "records.sqlite3"):
        shutil.copy(backup / name, restored / "records")
    shutil.copy(backup / "api-keys.json", restored)
    monkeypatch.setenv("MIC_DATA_DIR", str(restored))
    assert cli.main(["records", "verify"]) == 0
    assert cli.main(["keys", "list"]) == 0
    assert "甲" in capsys.readouterr().out
    assert len(list(open_records(Settings(data_dir=restored), engine.packs).entries())) == 1
    assert KeyRing(restored / "api-keys.json").holder(secret)
