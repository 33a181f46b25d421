"""Broken copies of real drafts: each is read or refused with a sentence, in time, and gives no verdict of its own.

The mutants come from a fixed seed. MIC_FUZZ_MUTANTS sets how many each file has; a few in CI, more to search.
"""

import io
import os
import random
import string
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.config import load_settings
from assistant.errors import UnreadableFileError
from assistant.files.limits import Limits
from assistant.files.read_draft import ReaderPool
from assistant.precheck.check import Desk, check_file, open_desk
from assistant.precheck.models import Report

HAND = Path(__file__).resolve().parents[2] / "eval" / "forms" / "hand"
MUTANTS = int(os.environ.get("MIC_FUZZ_MUTANTS", "6"))
LIMITS = Limits(seconds=30)
BROKE_OFF = ("意外中断", "读取超过")
ZIPPED = ("rail-transit.docx", "bearing-nested.docx", "battery.xlsx")
PLAIN = ("textile.pdf", "crane.csv", "lathe.json", "wind-power.txt")
PICTURE = "petrochem-drawn.png"


@pytest.fixture(scope="module")
def readers() -> Iterator[ReaderPool]:
    with ReaderPool(LIMITS) as pool:
        yield pool


@pytest.fixture(scope="module")
def desk() -> Desk:
    return open_desk(load_settings())


def flipped(data: bytes, rng: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.choice((1, 4, 32))):
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def truncated(data: bytes, rng: random.Random) -> bytes:
    return data[: rng.randrange(1, len(data))]


def members_of(data: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def packed(members: list[tuple[str, bytes]]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return target.getvalue()


def swapped(data: bytes, rng: random.Random) -> bytes:
    """Two members change their contents."""
    members = members_of(data)
    a, b = rng.sample(range(len(members)), 2)
    (name_a, content_a), (name_b, content_b) = members[a], members[b]
    members[a], members[b] = (name_a, content_b), (name_b, content_a)
    return packed(members)


def rid_of_a_member(data: bytes, rng: random.Random) -> bytes:
    members = members_of(data)
    del members[rng.randrange(len(members))]
    return packed(members)


def garbled_inside(data: bytes, rng: random.Random) -> bytes:
    """A member's XML is damaged, its checksum is right again."""
    members = members_of(data)
    place = rng.randrange(len(members))
    name, content = members[place]
    members[place] = (name, rng.choice((flipped, truncated))(content, rng) if content else b"\0")
    return packed(members)


def mutants(name: str) -> Iterator[bytes]:
    data = (HAND / name).read_bytes()
    rng = random.Random(f"drafts:{name}")  # noqa: S311 - no secret
    ways = [flipped, truncated]
    if name in ZIPPED:
        ways += [swapped, rid_of_a_member, garbled_inside, garbled_inside]
    for number in range(MUTANTS):
        yield ways[number % len(ways)](data, rng)


def refused_well(report: Report) -> bool:
    """An unreadable report has one Chinese sentence and no verdict, and the reader neither died nor hung."""
    assert report.error is not None
    assert not any(words in report.error for words in BROKE_OFF), report.error
    assert any("\u4e00" <= letter <= "\u9fff" for letter in report.error)
    return not report.checks


def met(report: Report) -> set[tuple[str, str | None]]:
    return {(check.rule, check.actual) for check in report.checks if check.verdict == "met"}


@pytest.mark.parametrize("name", ZIPPED)
def test_a_damaged_archive_gives_no_new_verdict(name: str, tmp_path: Path, readers: ReaderPool, desk: Desk) -> None:
    sound = met(check_file(HAND / name, desk, readers=readers))
    assert sound
    for number, data in enumerate(mutants(name)):
        path = tmp_path / f"{number}-{name}"
        path.write_bytes(data)
        report = check_file(path, desk, readers=readers)
        if report.outcome == "unreadable":
            assert refused_well(report), number
        elif MUTANTS <= 6:  # a bit that turns one digit into another is a sound file with another value
            assert met(report) <= sound, number


@pytest.mark.parametrize("name", [*PLAIN, PICTURE])
def test_a_damaged_file_is_read_or_refused(name: str, tmp_path: Path, readers: ReaderPool, desk: Desk) -> None:
    for number, data in enumerate(mutants(name)):
        if name == PICTURE and number >= max(2, MUTANTS // 3):  # recognition takes seconds
            break
        path = tmp_path / f"{number}-{name}"
        path.write_bytes(data)
        report = check_file(path, desk, readers=readers)
        if report.outcome == "unreadable":
            assert refused_well(report), number


def garbage(rng: random.Random) -> Iterator[tuple[str, bytes]]:
    """Noise under the names and first bytes of real formats."""
    heads = {
        "docx": b"PK\x03\x04",
        "xlsx": b"PK\x03\x04",
        "pdf": b"%PDF-1.7\n",
        "png": b"\x89PNG\r\n\x1a\n",
        "jpg": b"\xff\xd8\xff\xe0",
        "doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "json": b"{",
        "csv": b"",
        "txt": b"",
    }
    for ending, head in heads.items():
        yield ending, head + rng.randbytes(rng.randrange(1, 5000))
        yield ending, head
        letters = "".join(rng.choices(string.printable + "省级研发人员万元度费用是否", k=400))
        yield ending, head + letters.encode()
    yield "docx", packed([("word/document.xml", rng.randbytes(500))])
    yield "xlsx", packed([("xl/workbook.xml", b"<workbook/>"), ("[Content_Types].xml", b"<Types/>")])


def test_garbage_gets_no_verdict(tmp_path: Path, readers: ReaderPool, desk: Desk) -> None:
    rng = random.Random("garbage")  # noqa: S311 - no secret
    for number, (ending, data) in enumerate(garbage(rng)):
        path = tmp_path / f"{number}.{ending}"
        path.write_bytes(data)
        report = check_file(path, desk, readers=readers)
        assert report.outcome == "unreadable", (number, ending, report.summary)
        assert refused_well(report), number


def test_the_reader_survives_what_it_could_not_read(tmp_path: Path, readers: ReaderPool) -> None:
    bad = tmp_path / "bad.docx"
    bad.write_bytes(b"PK\x03\x04" + bytes(2000))
    with pytest.raises(UnreadableFileError):
        readers.read(bad)
    assert readers.read(HAND / "rail-transit.docx").tables
