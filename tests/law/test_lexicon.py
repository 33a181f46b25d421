"""A lexicon holds words for words: never a provision, a status or an answer."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.errors import PackError
from assistant.law.canonical import canonical_text
from assistant.law.lexicon import load_lexicon
from assistant.law.references import find_references

PACK = Path(__file__).parents[2] / "corpus/liaoning-mic"
_STATUS = re.compile(r"answered|not_covered|needs_facts|out_of_scope|not_met|拒答|不予受理$|未规定|没有规定")


def _law_text() -> str:
    text = (PACK / "source/liaoning-mic-measures.source.txt").read_text(encoding="utf-8")
    return canonical_text(text)[0]


def _entries() -> list[dict[str, object]]:
    file = PACK / "lexicon.toml"
    return tomllib.loads(file.read_text(encoding="utf-8")).get("term", []) if file.is_file() else []


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (s for v in value.values() for s in _strings(v))
    elif isinstance(value, list):
        yield from (s for v in value for s in _strings(v))


def test_every_law_term_stands_in_the_text_and_is_no_sentence() -> None:
    text = _law_text()
    for entry in _entries():
        law = str(entry["law"])
        assert law in text, f"{law} does not stand in the measures"
        assert len(law) <= 24
        assert not re.search(r"[。；;，,！？\n]", law), f"{law} is a sentence"


def test_no_entry_names_a_provision_or_a_status() -> None:
    for entry in _entries():
        for words in _strings(entry):
            assert not find_references(words), f"{words} names a provision"
            assert not _STATUS.search(words), f"{words} names a status or an answer"


def test_no_surface_is_an_answer_in_disguise() -> None:
    for entry in _entries():
        for words in _strings(entry):
            assert len(words) <= (30 if re.search("[\u4e00-\u9fff]", words) else 100), f"{words} is longer than a term"
            assert not re.search(r"[。；！]", words), f"{words} is a sentence"


def test_the_lexicon_of_the_measures_is_read_without_a_loss() -> None:
    _, gone = load_lexicon(PACK / "lexicon.toml", _law_text())
    assert gone == []


def _written(tmp_path: Path, content: str) -> Path:
    file = tmp_path / "lexicon.toml"
    file.write_text(content, encoding="utf-8")
    return file


def test_terms_are_indexed_by_what_people_say(tmp_path: Path) -> None:
    file = _written(
        tmp_path,
        '[[term]]\nlaw = "研发人员"\nsame = ["科研人员"]\nnear = ["员工"]\nen = ["R&D staff"]\ngloss = "R&D staff"\n'
        '[[term]]\nlaw = "中心主任"\nnear = ["员工"]\n[typos]\n"申抱" = "申报"\n',
    )
    lexicon, gone = load_lexicon(file, "研发人员和中心主任")
    assert lexicon.terms == {"科研人员": ("研发人员",), "员工": ("研发人员", "中心主任")}
    assert lexicon.near == {("员工", "研发人员"), ("员工", "中心主任")}
    assert (lexicon.english, lexicon.glosses) == ({"r&d staff": ("研发人员",)}, {"研发人员": "R&D staff"})
    assert lexicon.typos == {"申抱": "申报"}
    assert gone == []


def test_a_term_that_has_left_the_text_is_left_out_and_reported(tmp_path: Path) -> None:
    lexicon, gone = load_lexicon(_written(tmp_path, '[[term]]\nlaw = "研发人员"\nsame = ["科研人员"]\n'), "别的文本")
    assert not lexicon.terms
    assert [a.kind for a in gone] == ["lexicon_term_gone"]


def test_a_pack_needs_no_lexicon(tmp_path: Path) -> None:
    lexicon, gone = load_lexicon(tmp_path / "lexicon.toml", "文本")
    assert (lexicon.terms, gone) == ({}, [])


@pytest.mark.parametrize(
    "content",
    [
        "[[term]]\nlaw = ",
        '[[term]]\nlaw = "甲。"\n',
        '[[term]]\nlaw = ""\n',
        '[[term]]\nlaw = "甲"\narticle = 7\n',
        '[answers]\n"甲" = "乙"\n',
        f'[[term]]\nlaw = "{"甲" * 25}"\n',
    ],
)
def test_sentences_and_further_fields_are_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(PackError):
        load_lexicon(_written(tmp_path, content), "甲")
