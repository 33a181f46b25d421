"""The hashes of the log: of a payload with its salt, and of an entry with the one before it."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

# Stands where the first entry has none before it.
GENESIS = "0" * 64
SALT_BYTES = 16


def canonical(content: Mapping[str, Any]) -> str:
    """The one way to write a JSON object: keys in order, no blanks, no characters spelled out, no floats."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def payload_hash(salt: bytes, body: str) -> str:
    """The digest of a payload. The salt goes with the payload: without it nobody can try out what was erased."""
    return hashlib.sha256(salt + body.encode("utf-8")).hexdigest()


def entry_hash(entry: Mapping[str, Any]) -> str:
    """The digest of an entry: `seq`, `id`, `kind`, `at`, `record`, `payload_hash` and `previous`."""
    covered = {name: entry[name] for name in ("seq", "id", "kind", "at", "record", "payload_hash", "previous")}
    return hashlib.sha256(canonical(covered).encode("utf-8")).hexdigest()
