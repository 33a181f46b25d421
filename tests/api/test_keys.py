"""Keys for programs: shown once, kept as a hash, never lost to a second administrator."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant import cli
from assistant.api.keys import KeyRing
from assistant.errors import SettingsError, UsageError


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    return KeyRing(tmp_path / "data" / "api-keys.json")


def test_a_key_opens_and_is_not_in_the_file(ring: KeyRing, tmp_path: Path) -> None:
    assert ring.is_empty
    secret = ring.add("  甲  系统 ")
    found = ring.holder(secret)
    assert found is not None
    assert found.name == "甲 系统"
    assert not ring.is_empty
    file = tmp_path / "data" / "api-keys.json"
    assert secret not in file.read_text()
    assert secret.removeprefix("mic_") not in file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    for wrong in ("", secret[:-1], secret + "x", secret.upper(), "\ud800", found.sha256):
        assert ring.holder(wrong) is None


def test_names_are_taken_until_revoked(ring: KeyRing) -> None:
    first = ring.add("甲")
    with pytest.raises(UsageError, match="已有"):
        ring.add("甲")
    ring.revoke("甲")
    second = ring.add("甲")
    assert ring.holder(first) is None
    assert ring.holder(second)
    assert [bool(key.revoked) for key in ring.all()] == [True, False]
    with pytest.raises(UsageError, match="没有在用"):
        ring.revoke("乙")
    for name in ("", " ", "x" * 61, "a\x07b"):
        with pytest.raises(UsageError):
            ring.add(name)


def test_a_change_by_another_process_is_seen_at_once(ring: KeyRing, tmp_path: Path) -> None:
    secret = ring.add("甲")
    assert ring.holder(secret)
    KeyRing(tmp_path / "data" / "api-keys.json").revoke("甲")
    assert ring.holder(secret) is None


def test_no_key_is_lost_when_two_add_at_once(ring: KeyRing) -> None:
    with ThreadPoolExecutor(4) as pool:
        secrets = list(pool.map(ring.add, [f"系统{i}" for i in range(12)]))
    assert all(ring.holder(secret) for secret in secrets)


def test_a_broken_file_is_a_clear_error(ring: KeyRing, tmp_path: Path) -> None:
    ring.add("甲")
    (tmp_path / "data" / "api-keys.json").write_text('{"keys": [{"name": "x"}]}')
    with pytest.raises(SettingsError, match="密钥文件"):
        ring.holder("mic_x")


def test_the_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIC_DATA_DIR", str(tmp_path))
    assert cli.main(["keys", "add", "甲", "--per-minute", "9"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("mic_")
    assert len(out.strip()) > 40
    assert "只显示这一次" in err
    assert cli.main(["keys", "add", "甲"]) == 2
    assert cli.main(["keys", "list"]) == 0
    listed = capsys.readouterr().out
    assert "甲：" in listed
    assert "每分钟 9 次" in listed
    assert out.strip() not in listed
    assert cli.main(["keys", "revoke", "甲"]) == 0
    assert cli.main(["keys", "revoke", "甲"]) == 2
    (tmp_path / "api-keys.json").write_text("x")
    assert cli.main(["keys", "list"]) == 3
