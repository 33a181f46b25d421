"""Keys for programs: made by an administrator, shown once, kept as a hash.

A key is 256 random bits, so a plain SHA-256 of it cannot be turned back and needs no salt. The file is read again
whenever it has changed: a key that is revoked stops working at once, without a restart.
"""

import hashlib
import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.config import Settings
from assistant.errors import SettingsError, UsageError

FILE = "api-keys.json"
_PREFIX = "mic_"
_LOCK_SECONDS = 20


class ApiKey(BaseModel):
    """One key. `sha256` is the digest of what the program sends; a revoked key stays as a trace.

    `per_minute`: how much this program may ask for in a minute, where it is not what all may.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=1, max_length=60)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    created: str
    revoked: str = ""
    per_minute: int | None = Field(default=None, ge=1, le=1_000_000)


class _KeyFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    keys: list[ApiKey] = []


class KeyRing:
    """The keys in one file. Once a key was made, one is asked for, even when all are revoked."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: tuple[int, int, int] | None = None
        self._by_digest: dict[str, ApiKey] = {}

    @property
    def is_empty(self) -> bool:
        """Whether no key was ever made. Raises SettingsError if the file cannot be read."""
        self._look()
        return not self._by_digest

    def holder(self, secret: str) -> ApiKey | None:
        """The key that `secret` is, unless it is none or revoked. Raises SettingsError."""
        self._look()
        # Found by the digest: how long that takes tells nothing of a key.
        key = self._by_digest.get(_digest(secret))
        return key if key and not key.revoked else None

    def all(self) -> list[ApiKey]:
        """All keys, as they were made. Raises SettingsError."""
        return _read(self._path).keys

    def add(self, name: str, per_minute: int | None = None) -> str:
        """Makes a key and returns it; it is kept nowhere. Raises UsageError if the name is taken."""
        name = " ".join(name.split())
        if not name or len(name) > 60 or not name.isprintable():
            raise UsageError("请给密钥起一个名字（最多60字）。", "例如使用它的系统的名称。")
        secret = _PREFIX + secrets.token_urlsafe(32)
        with self._changing() as kept:
            if any(key.name == name and not key.revoked for key in kept.keys):
                raise UsageError(f"已有名为“{name}”的密钥。", "请换一个名字，或先用 mic keys revoke 作废它。")
            kept.keys.append(ApiKey(name=name, sha256=_digest(secret), created=_now(), per_minute=per_minute))
        return secret

    def revoke(self, name: str) -> None:
        """Raises UsageError if no key of this name is in use."""
        with self._changing() as kept:
            place = next((i for i, key in enumerate(kept.keys) if key.name == name and not key.revoked), None)
            if place is None:
                raise UsageError(f"没有在用的名为“{name}”的密钥。", "用 mic keys list 查看。")
            kept.keys[place] = kept.keys[place].model_copy(update={"revoked": _now()})

    def _look(self) -> None:
        try:
            found = self._path.stat()
        except FileNotFoundError:
            self._seen, self._by_digest = None, {}
            return
        except OSError as error:
            raise _unreadable(self._path) from error
        seen = (found.st_mtime_ns, found.st_size, found.st_ino)
        if seen != self._seen:
            self._by_digest = {key.sha256: key for key in _read(self._path).keys}
            self._seen = seen

    @contextmanager
    def _changing(self) -> Iterator[_KeyFile]:
        """The file's content to change, written as a whole afterwards."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(self._path.with_suffix(".lock"), timeout=_LOCK_SECONDS):
                kept = _read(self._path)
                yield kept
                handle, aside = tempfile.mkstemp(prefix=f".{FILE}-", dir=self._path.parent)  # only for its owner
                with os.fdopen(handle, "w", encoding="utf-8") as stream:
                    stream.write(kept.model_dump_json(indent=1) + "\n")
                    stream.flush()
                    os.fsync(stream.fileno())
                Path(aside).replace(self._path)
        except OSError as error:
            raise SettingsError(f"写不了 {self._path}（{error.strerror}）。", "请检查 MIC_DATA_DIR 的权限。") from error


def key_ring(settings: Settings) -> KeyRing:
    """The keys under the data folder."""
    return KeyRing(settings.data_dir / FILE)


def _read(path: Path) -> _KeyFile:
    try:
        return _KeyFile.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return _KeyFile()
    except (OSError, ValidationError) as error:
        raise _unreadable(path) from error


def _unreadable(path: Path) -> SettingsError:
    return SettingsError(f"密钥文件 {path} 读不了或已损坏。", "请从备份恢复，或删除后用 mic keys add 重新发放。")


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
