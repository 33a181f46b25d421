"""Reading a document for a question: what is kept of it, and what a reading may depend on."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from assistant.reader.sentences import SentenceReader, reader_in, together
from tests.reader.stand_ins import DOCUMENT, CharacterEncoder

QUESTION = ["整改期为几个月？"]


def kept(folder: Path) -> Path:
    (file,) = folder.iterdir()
    return file


def halve(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def flip_a_byte(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0xFF
    file.write_bytes(content)


def lose_a_sentence(file: Path) -> None:
    with np.load(file) as stored:
        lengths, states = stored["lengths"], stored["states"]
    np.savez(file, lengths=lengths[:-1], states=states[: -lengths[-1]])


DAMAGE: list[object] = [
    halve,
    flip_a_byte,
    lambda file: file.write_bytes(b""),
    lambda file: file.write_text("no archive", encoding="utf-8"),
    lambda file: np.savez(file, something=np.zeros(3)),
    lose_a_sentence,
]


def test_a_document_is_encoded_once(tmp_path: Path) -> None:
    encoder = CharacterEncoder()
    first = SentenceReader(DOCUMENT, tmp_path, encoder).read(QUESTION)
    again = SentenceReader(DOCUMENT, tmp_path, encoder).read(QUESTION)
    assert encoder.encoded == len(DOCUMENT)
    assert again.margins == pytest.approx(first.margins, abs=0.01)


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_cache_is_made_again(damage: Callable[[Path], object], tmp_path: Path) -> None:
    encoder = CharacterEncoder()
    first = SentenceReader(DOCUMENT, tmp_path, encoder).read(QUESTION)
    damage(kept(tmp_path))
    again = SentenceReader(DOCUMENT, tmp_path, encoder).read(QUESTION)
    assert again.margins == pytest.approx(first.margins, abs=1e-5)
    SentenceReader(DOCUMENT, tmp_path, encoder)
    assert encoder.encoded == 2 * len(DOCUMENT)


def test_a_cache_of_another_version_is_not_used(tmp_path: Path) -> None:
    SentenceReader(DOCUMENT, tmp_path, CharacterEncoder("1"))
    newer = CharacterEncoder("2")
    SentenceReader(DOCUMENT, tmp_path, newer)
    assert newer.encoded == len(DOCUMENT)
    assert len(list(tmp_path.iterdir())) == 2


def test_a_cache_of_another_text_is_not_used(tmp_path: Path) -> None:
    encoder = CharacterEncoder()
    SentenceReader(DOCUMENT, tmp_path, encoder)
    SentenceReader((*DOCUMENT[:-1], "附则｜本办法由省科技厅负责解释。"), tmp_path, encoder)
    assert encoder.encoded == 2 * len(DOCUMENT)


def test_a_cache_that_cannot_be_written_only_costs_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    reader = SentenceReader(DOCUMENT, tmp_path / "file" / "sentences", CharacterEncoder())
    assert len(reader.read(QUESTION).margins) == len(DOCUMENT)


def test_nothing_is_left_behind_beside_the_cache(tmp_path: Path) -> None:
    SentenceReader(DOCUMENT, tmp_path, CharacterEncoder())
    assert kept(tmp_path).suffix == ".npz"


def test_an_empty_document_settles_nothing(tmp_path: Path) -> None:
    reading = SentenceReader([], tmp_path, CharacterEncoder()).read(QUESTION)
    assert reading.margins.shape == (0,)
    assert reading.margin == float("-inf")


def test_margins_do_not_depend_on_the_order_of_sentences() -> None:
    forwards = SentenceReader(DOCUMENT, encoder=CharacterEncoder()).read(QUESTION)
    backwards = SentenceReader(DOCUMENT[::-1], encoder=CharacterEncoder()).read(QUESTION)
    assert backwards.margins[::-1] == pytest.approx(forwards.margins, abs=1e-4)


def test_margins_do_not_depend_on_the_other_sentences() -> None:
    alone = [float(SentenceReader([text]).read(QUESTION).margins[0]) for text in DOCUMENT]
    assert SentenceReader(DOCUMENT).read(QUESTION).margins == pytest.approx(alone, abs=0.001)


def test_everyday_matters_are_of_no_regulations_subject() -> None:
    reader = SentenceReader(DOCUMENT)
    assert reader.read(QUESTION).scope > reader.read(["明天会下雨吗？"]).scope


@pytest.mark.parametrize("place", range(len(DOCUMENT)))
def test_a_questions_own_words_rank_first(place: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    open_reader = reader_in(tmp_path_factory.getbasetemp() / "read")
    words = DOCUMENT[place].split("｜")[1].rstrip("。")
    reading = open_reader(DOCUMENT).read([f"{words}，对吗？"])
    assert int(reading.margins.argmax()) == place
    assert reading.margin >= reading.margins.max()


def test_margins_together_exceed_the_greatest_of_them() -> None:
    assert together(np.array([0, 0], np.float32)) == pytest.approx(np.log(2))
    assert together(np.array([3, -1000], np.float32)) == pytest.approx(3)
