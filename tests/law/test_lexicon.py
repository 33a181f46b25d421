"""The pack's words map what people say to what the law says: never to a provision, a status or an answer."""

import re
import tomllib
from pathlib import Path

import pytest

from assistant.config import PROJECT
from assistant.errors import PackError
from assistant.law.lexicon import LexiconFile, load_lexicon
from assistant.law.pack import load_pack

FOLDER = PROJECT / "corpus" / "liaoning-mic"
ENTRIES = LexiconFile.model_validate(tomllib.loads((FOLDER / "lexicon.toml").read_text(encoding="utf-8")))
PACK = load_pack(FOLDER)
SURFACES = sorted({s for t in ENTRIES.term for s in (*t.same, *t.near)})
PROVISION = re.compile(
    r"第\s*[\d一二三四五六七八九十百]+\s*[条项章款节]|art_\d|article\s*\d|\bitem\s*\d", re.IGNORECASE
)
STATUS = re.compile(r"answered|not_covered|needs_facts|out_of_scope|没有规定|未规定|不予回答|拒答|办法没有")
QUESTION_WORD = re.compile(r"什么|怎么|多少|谁|几|哪|吗")

LAW = "第一条 研发人员不少于二十人，资本金满足需要。"


def written(folder: Path, text: str) -> Path:
    path = folder / "lexicon.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_law_term_stands_in_the_text() -> None:
    absent = [t.law for t in ENTRIES.term if t.law not in PACK.regulation.text]
    assert not absent
    assert not [a for a in PACK.anomalies if a.kind == "lexicon_term_gone"]


def test_no_entry_names_a_provision() -> None:
    named = [w for t in ENTRIES.term for w in (t.law, *t.same, *t.near, *t.en, t.gloss) if PROVISION.search(w)]
    assert not named


def test_no_entry_names_a_status() -> None:
    assert not [w for t in ENTRIES.term for w in (t.law, *t.same, *t.near, *t.en, t.gloss) if STATUS.search(w)]


def test_no_entry_is_an_answer() -> None:
    """An answer is a sentence of law; a term is shorter than any, has no clause in it and no figure with a bound."""
    long = [w for t in ENTRIES.term for w in (t.law, *t.same, *t.near) if len(w) > 24 or re.search(r"[。；;！？?]", w)]
    bounds = [w for t in ENTRIES.term for w in (t.law, *t.same, *t.near) if re.search(r"不[少低高超].{0,2}[于过]\d", w)]
    assert not long
    assert not bounds


def test_no_surface_contains_a_question_word() -> None:
    """A question mapped to a term would be a question mapped to its answer."""
    assert not [s for s in SURFACES if QUESTION_WORD.search(s)]
    assert not [e for t in ENTRIES.term for e in t.en if re.match(r"(?:what|who|which|when|why)\b", e)]


def test_a_surface_is_not_both_the_same_and_near_for_one_term() -> None:
    assert not [(t.law, s) for t in ENTRIES.term for s in set(t.same) & set(t.near)]


def test_a_law_term_has_one_entry() -> None:
    laws = [t.law for t in ENTRIES.term]
    assert not sorted({w for w in laws if laws.count(w) > 1})


def test_a_typo_is_no_word_of_the_law() -> None:
    """Mending a word that the law uses would change questions that are right."""
    assert not [w for w in ENTRIES.typos if w in PACK.regulation.text]


def test_a_typo_maps_to_a_word_and_not_to_a_sentence() -> None:
    assert not [(w, r) for w, r in ENTRIES.typos.items() if len(r) > 12 or re.search(r"[，。？]|\d", r)]


def test_a_figure_of_the_law_is_nobodys_word_for_a_term() -> None:
    assert not [s for s in SURFACES if re.search(r"80|1000|一千万|八十", s)]


def test_surfaces_lead_to_their_law_terms_and_near_ones_are_marked(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        '[[term]]\nlaw = "研发人员"\nsame = ["搞研发的"]\nnear = ["员工"]\nen = ["R&D staff"]\ngloss = "R&D staff"\n'
        '[[term]]\nlaw = "资本金"\nnear = ["员工"]\n[typos]\n"研法" = "研发"\n',
    )
    lexicon, gone = load_lexicon(path, LAW)
    assert gone == []
    assert lexicon.terms == {"搞研发的": ("研发人员",), "员工": ("研发人员", "资本金")}
    assert lexicon.near == {("员工", "研发人员"), ("员工", "资本金")}
    assert lexicon.english == {"r&d staff": ("研发人员",)}
    assert lexicon.glosses == {"研发人员": "R&D staff"}
    assert lexicon.typos == {"研法": "研发"}


def test_an_entry_whose_term_left_the_text_is_reported_and_not_used(tmp_path: Path) -> None:
    path = written(tmp_path, '[[term]]\nlaw = "注册资本"\nsame = ["本钱"]\nen = ["capital"]\ngloss = "capital"\n')
    lexicon, gone = load_lexicon(path, LAW)
    assert not lexicon.terms
    assert not lexicon.english
    assert not lexicon.glosses
    assert [a.kind for a in gone] == ["lexicon_term_gone"]
    assert "注册资本" in gone[0].message


def test_a_pack_without_a_lexicon_has_an_empty_one(tmp_path: Path) -> None:
    lexicon, gone = load_lexicon(tmp_path / "lexicon.toml", LAW)
    assert (lexicon.terms, lexicon.english, lexicon.typos, gone) == ({}, {}, {}, [])


@pytest.mark.parametrize(
    "text",
    [
        '[[term]]\nlaw = "研发人员"\nprovision = "art_7"\n',
        '[[term]]\nlaw = "研发人员"\nstatus = "answered"\n',
        '[[term]]\nlaw = "研发人员"\nanswer = "二十人"\n',
        '[[term]]\nlaw = "研发人员不少于二十人，资本金满足需要。"\n',
        '[[term]]\nlaw = ""\n',
        '[[term]]\nsame = ["x"]\n',
        "[[answer]]\nlaw = 1\n",
        "not toml [",
    ],
)
def test_a_lexicon_that_says_more_than_words_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(PackError):
        load_lexicon(written(tmp_path, text), LAW)
