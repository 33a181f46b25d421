"""What is written of an answer or a pre-check: all of it, with personal details masked."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from assistant.config import Settings
from assistant.forms.form_schema import FORM_FILE, FormSchema
from assistant.law.pack import Pack, load_pack
from assistant.law.pack_file import read_pack_file
from assistant.precheck.models import Report
from assistant.qa.models import Answer
from assistant.records.masking import Masks
from assistant.records.models import Channel, PackStamp
from assistant.records.names import names_in

# The files of a pack that have a say in answers and verdicts beside its text.
_KNOWLEDGE = ("rules.toml", "form.toml", "lexicon.toml")
# Words of the law or of this program; nothing in them is anybody's.
_NOT_PERSONAL = frozenset(
    ("id", "citations", "citation", "related", "authority", "background", "provenance", "rule", "field", "verdict")
)

# Where models hold what a person filled into a field.
_VALUES = ("actual", "raw", "value", "value_before", "value_after")


class Writer:
    """Turns answers and reports into payloads.

    In: the stamps of the packs in use, by the digest of their text; the form fields that name persons.
    """

    def __init__(self, stamps: Iterable[PackStamp], personal: frozenset[str] = frozenset()) -> None:
        self._stamps = {stamp.pack_sha256: stamp for stamp in stamps}
        self._personal = personal

    def answer(
        self, turns: Sequence[str], answer: Answer, channel: Channel, milliseconds: int | None
    ) -> dict[str, Any]:
        """The payload of an answer to the last of `turns`."""
        said = answer.model_dump(mode="json")
        cited = [c.quote for c in (*answer.citations, *answer.authority, *answer.background)]
        cited += [provision.quote for provision in answer.related]
        masks = Masks(self._names(said, turns), cited)
        digest = answer.provenance.pack_sha256
        stamp = self._stamps.get(digest, PackStamp(pack_sha256=digest))
        return {
            **_about(channel, milliseconds, answer.status, stamp),
            "turns": [masks.mask(turn) for turn in turns],
            "answer": self._masked(said, masks),
        }

    def precheck(self, report: Report, channel: Channel, milliseconds: int | None) -> dict[str, Any]:
        """The payload of a pre-check."""
        said = report.model_dump(mode="json")
        cited = [check.citation.quote for check in report.checks if check.citation]
        masks = Masks(self._names(said, [report.file, *report.flags]), cited)
        known = self._stamps.get(report.pack_sha256)
        stamp = known or PackStamp(pack=report.pack, version=report.version, pack_sha256=report.pack_sha256)
        return {**_about(channel, milliseconds, report.outcome, stamp), "report": self._masked(said, masks)}

    def masked(self, text: str) -> str:
        """A comment or a note, as it may be kept."""
        return Masks(names_in(text)).mask(text)

    def _names(self, said: Any, texts: Iterable[str]) -> set[str]:
        """The persons that are named: where a person says that they name one, and in fields that ask for one."""
        found = {name for text in texts for name in names_in(text)}
        for field, words in _filled_in(said):
            found |= names_in(words, is_name=field in self._personal)
        return found

    def _masked(self, said: Any, masks: Masks) -> Any:
        if isinstance(said, str):
            return masks.mask(said)
        if isinstance(said, list):
            return [self._masked(each, masks) for each in said]
        if not isinstance(said, dict):
            return said
        personal = said.get("field") in self._personal
        return {
            key: value
            if key in _NOT_PERSONAL
            else masks.hide(value)
            if personal and key in _VALUES and isinstance(value, str)
            else self._masked(value, masks)
            for key, value in said.items()
        }


def _filled_in(said: Any) -> Iterator[tuple[str, str]]:
    """What persons filled in or said, each with its field."""
    if isinstance(said, list):
        for each in said:
            yield from _filled_in(each)
    elif isinstance(said, dict):
        if field := said.get("field"):
            yield from ((field, value) for key in _VALUES if isinstance(value := said.get(key), str))
        for value in said.values():
            yield from _filled_in(value)


def _about(channel: Channel, milliseconds: int | None, status: str, stamp: PackStamp) -> dict[str, Any]:
    told = {"channel": channel, "milliseconds": milliseconds, "status": status}
    return told | {"stamp": stamp.model_dump(mode="json")}


def stamp_of(pack: Pack) -> PackStamp:
    """What identifies a pack and the knowledge about it, as it lies in its folder now."""
    files = {name: _digest(pack.path / name) for name in _KNOWLEDGE if (pack.path / name).is_file()}
    return PackStamp(pack=pack.id, version=pack.version, pack_sha256=pack.sha256, files_sha256=files)


def open_writer(settings: Settings, packs: Sequence[Pack] = ()) -> Writer:
    """The writer for these packs, else for those of the settings. Raises PackError."""
    used = packs or [load_pack(path) for path in settings.pack_paths]
    return Writer([stamp_of(pack) for pack in used], _personal_fields(pack.path for pack in used))


def _personal_fields(folders: Iterable[Path]) -> frozenset[str]:
    """The fields that name persons, in the forms of all packs."""
    forms = [read_pack_file(path / FORM_FILE, FormSchema) for path in folders if (path / FORM_FILE).is_file()]
    return frozenset(field.id for form in forms for field in form.fields if field.personal)


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
