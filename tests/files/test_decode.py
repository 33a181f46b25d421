"""Text comes back exactly from every encoding; what is no text is refused."""

import io
import random
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import UnreadableFileError
from assistant.files.decode import decode_text

SENTENCE = "第一条 为扎实推动科技创新和产业创新深度融合（以下简称“省创中心”），制定本办法。\r\n"
ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]

_everyday = st.sampled_from(
    [bytes((lead, trail)).decode("gb2312") for lead in range(0xB0, 0xD7) for trail in range(0xA1, 0xFF)]
)
_clauses = st.lists(_everyday, min_size=6, max_size=30, unique=True).map("".join)
_sentences = st.lists(_clauses, min_size=2, max_size=5).map(lambda clauses: "，".join(clauses) + "。")


@settings(deadline=None)
@given(text=_sentences, encoding=st.sampled_from(ENCODINGS))
def test_a_chinese_sentence_comes_back_from_every_encoding(text: str, encoding: str) -> None:
    assert decode_text(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_line_breaks_spaces_and_rare_characters_are_kept(encoding: str) -> None:
    text = SENTENCE + "\u3000\u3000龘𠮷①＋㎡\n\t“2211”\n\n" + SENTENCE
    assert decode_text(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_traditional_characters_are_text_too(encoding: str) -> None:
    text = "遼寧省製造業創新中心管理辦法，為紮實推動科技創新和產業創新深度融合，制定本辦法。"
    assert decode_text(text.encode(encoding)) == text


@pytest.mark.parametrize("text", ["", "A", "R&D", "Règlement général", "Bush hid the facts", "中"])
def test_utf8_needs_no_minimum_length(text: str) -> None:
    assert decode_text(text.encode()) == text


def test_only_the_leading_mark_is_taken_off() -> None:
    assert decode_text("\ufeff\ufeff甲\ufeff乙".encode()) == "\ufeff甲\ufeff乙"


def test_utf8_with_a_broken_byte_is_refused_and_not_read_as_gibberish() -> None:
    data = SENTENCE.encode()
    for cut in range(10, 40):
        with pytest.raises(UnreadableFileError):
            decode_text(data[:cut] + b"\xff" + data[cut + 1 :])


def _zip() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a.txt", "a" * 100)
    return target.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        _zip(),
        b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00" + bytes(range(256)) * 4,
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"\xff\xd8\xff\xe0\x00\x10JFIF\x00",
        b"%PDF-1.7\n1 0 obj",
        b"\x00" * 64,
        b"plain\x00text",
        b"\x01\x02\x03\x04" * 50,
    ],
    ids=["zip", "exe", "png", "jpeg", "pdf", "zeros", "nul", "controls"],
)
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        decode_text(data)
    assert "不是可识别的文本" in caught.value.message


@pytest.mark.parametrize("size", [40, 200, 5000])
def test_random_bytes_are_refused(size: int) -> None:
    noise = random.Random(7)  # noqa: S311 - a fixed sequence
    for _ in range(100):
        with pytest.raises(UnreadableFileError):
            decode_text(noise.randbytes(size))
