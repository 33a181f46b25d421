"""The law's words for a person's words."""

from assistant.law.lexicon import Lexicon
from assistant.retrieval.expansion import Expander

LEXICON = Lexicon(
    terms={"工信厅": ("省工业和信息化厅",), "省工信厅": ("省厅全称",), "经费": ("研发费用", "资金")},
    english={"r&d spending": ("研发费用",), "fund": ("资金",)},
    typos={"经废": "经费"},
)


def test_the_longest_words_win() -> None:
    assert Expander(LEXICON).expand("省工信厅管吗").terms == ("省厅全称",)


def test_typos_width_and_script_are_mended_first() -> None:
    expanded = Expander(LEXICON).expand("研發經廢 １，０００")
    assert expanded.text == "研发经费 1000"
    assert expanded.terms == ("研发费用", "资金")


def test_english_words_match_whole() -> None:
    assert Expander(LEXICON).expand("How much R&D spending?").terms == ("研发费用",)
    assert Expander(LEXICON).expand("fundamental").terms == ()


def test_words_that_stand_in_the_query_are_not_added() -> None:
    assert Expander(LEXICON).expand("经费就是资金吗").terms == ("研发费用",)


def test_an_empty_lexicon_changes_nothing() -> None:
    assert Expander(Lexicon()).expand("研发经费").with_terms == "研发经费"
