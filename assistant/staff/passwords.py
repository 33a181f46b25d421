"""Passwords: what may be one, how it is kept, and how it is compared. Argon2id with the library's own parameters."""

import threading
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

from assistant.errors import UsageError

SHORTEST, LONGEST = 12, 200

_hasher = PasswordHasher()
# Each comparison takes 64 MiB; whoever asks for many at once waits.
_few_at_once = threading.BoundedSemaphore(2)


def hashed(password: str, name: str = "") -> str:
    """The hash to keep. Raises UsageError if the password is too short, too long, plain, or the account's name."""
    plain = _plain(password)
    if not SHORTEST <= len(plain) <= LONGEST:
        raise UsageError(f"密码应有 {SHORTEST} 至 {LONGEST} 个字符。", "可以用几个不相干的词连起来。")
    if any(unicodedata.category(character) == "Cc" for character in plain):
        raise UsageError("密码里不能有换行等控制字符。", "请另换一个。")
    if len(set(plain)) < 5 or (name and name.casefold() in plain.casefold() and len(plain) < len(name) + 8):
        raise UsageError("密码太容易猜。", "不要重复同几个字符，也不要用账号名。")
    with _few_at_once:
        return _hasher.hash(plain)


def matches(password: str, kept: str | None) -> bool:
    """Whether this is the password. Without a hash to compare with it takes as long, and says no."""
    nobody = _nobody()
    with _few_at_once:
        try:
            return _hasher.verify(kept or nobody, _plain(password[: LONGEST + 1])) and kept is not None
        except (VerifyMismatchError, VerificationError, InvalidHashError):
            return False


def is_outdated(kept: str) -> bool:
    """Whether the library would make the hash with other parameters now."""
    return _hasher.check_needs_rehash(kept)


def _plain(password: str) -> str:
    """The same characters whichever way a keyboard composes them."""
    return unicodedata.normalize("NFKC", password)


_nobodys: list[str] = []


def _nobody() -> str:
    """A hash that no account has, made once with the same parameters."""
    if not _nobodys:
        _nobodys.append(_hasher.hash("没有这个账号"))
    return _nobodys[0]
