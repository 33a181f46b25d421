"""A JSON draft -> named values, numbers exact."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from assistant.errors import UnreadableFileError
from assistant.files.content import Draft, Entry
from assistant.files.limits import Limits

_MAX_DEPTH = 20
_MAX_ADJUSTED = 30
_HINT = "请使用模板中的JSON格式：一个对象，字段名对应文字或数字。"

Scalar = str | int | Decimal | bool | None


@dataclass(frozen=True)
class _Object:
    """An object with its pairs in order, a key that stands twice included."""

    pairs: list[tuple[str, object]]


def read_json(text: str, limits: Limits) -> Draft:
    """The draft in decoded JSON text: nested objects flattened with dotted names, items of lists numbered from 1.

    Raises UnreadableFileError: malformed, no object, too deep, or more values than rows are allowed.
    """
    try:
        root = json.loads(
            text, object_pairs_hook=_Object, parse_float=_number, parse_int=_number, parse_constant=lambda word: word
        )
    except json.JSONDecodeError as error:
        raise UnreadableFileError(f"JSON格式有误（第{error.lineno}行第{error.colno}列附近）。", _HINT) from error
    except RecursionError as error:
        raise _too_deep() from error
    if isinstance(root, list) and len(root) == 1:
        root = root[0]
    if not isinstance(root, _Object):
        raise UnreadableFileError("JSON的最外层不是一个对象，无法按字段读取。", _HINT)
    entries: list[Entry] = []
    for name, value in _flat(root, "", 1):
        entries.append(Entry(name, value, f"field {name}"))
        if len(entries) > limits.rows:
            raise UnreadableFileError(f"JSON的字段超过{limits.rows}个的上限，没有读取。", _HINT)
    counts = Counter(entry.name for entry in entries)
    notes = tuple(f"字段“{name}”出现了{count}次。" for name, count in counts.items() if count > 1)
    return Draft("json", entries=tuple(entries), notes=notes)


def _flat(value: object, name: str, depth: int) -> Iterator[tuple[str, Scalar]]:
    if depth > _MAX_DEPTH:
        raise _too_deep()
    if isinstance(value, _Object):
        for key, inner in value.pairs:
            yield from _flat(inner, f"{name}.{key}" if name else key, depth + 1)
    elif isinstance(value, list):
        for number, inner in enumerate(value, start=1):
            yield from _flat(inner, f"{name}.{number}", depth + 1)
    elif value is None or isinstance(value, str | int | Decimal):
        yield name, value


def _number(written: str) -> Decimal | int | str:
    """A number exactly as written; one of absurd size stays text, which no rule can take for a figure."""
    if len(written) > 40:
        return written
    value = Decimal(written)
    if not value.is_finite() or abs(value.adjusted()) > _MAX_ADJUSTED:
        return written
    return int(value) if written.lstrip("-").isdigit() else value


def _too_deep() -> UnreadableFileError:
    return UnreadableFileError("JSON的嵌套层次过深，没有读取。", _HINT)
