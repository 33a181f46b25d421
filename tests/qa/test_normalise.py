"""One form for a question, whatever way it was typed."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assistant.qa.normalise import is_english, normalise

TEXTS = st.one_of(
    st.text(max_size=80),
    st.text(alphabet="評估結果０１２ＡＢ（）“”？！，。 \t\n\u200b\u3000臺灣乾著後裏", max_size=40),
)


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("評估不合格會怎麼樣", "评估不合格会怎么样"),
        ("第７条第（４）项", "第7条第(4)项"),
        ("１０００万元", "1000万元"),
        ("  多久\u3000评估\n一次  ", "多久 评估 一次"),
        ("申\u200b报\ufeff条件", "申报条件"),
        ("公司＋联盟", "公司+联盟"),
        ("ＡＰＰＬＹ", "APPLY"),
        ("“2211”", "“2211”"),
        ("\u202e80人", "80人"),
        ("", ""),
    ],
)
def test_a_text_gets_one_form(typed: str, plain: str) -> None:
    assert normalise(typed) == plain


def test_known_typos_are_mended_and_unknown_ones_stay() -> None:
    assert normalise("依拖单位和申爆", {"依拖单位": "依托单位"}) == "依托单位和申爆"


def test_a_typo_is_mended_in_traditional_characters_too() -> None:
    assert normalise("依拖單位", {"依拖单位": "依托单位"}) == "依托单位"


@given(TEXTS)
@settings(deadline=None, max_examples=300)
@example("乾著")
@example("\u200b \u200b")
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@given(TEXTS)
@settings(deadline=None)
def test_what_is_normalised_has_no_control_characters_and_single_spaces(text: str) -> None:
    plain = normalise(text)
    assert plain == plain.strip()
    assert "  " not in plain
    assert not set(plain) & set("\n\t\r\u200b\u202e\ufeff\u0000")


@pytest.mark.parametrize("typos_of", ["pack"])
def test_the_packs_typos_mend_to_words_that_are_not_mended_again(typos_of: str, request: pytest.FixtureRequest) -> None:
    typos = request.getfixturevalue(typos_of).lexicon.typos
    again = {wrong: right for wrong, right in typos.items() if normalise(normalise(wrong, typos), typos) != right}
    assert not again


@pytest.mark.parametrize("text", ["What is the deadline?", "Who approves 省创中心?", "R&D staff minimum please"])
def test_english_is_known(text: str) -> None:
    assert is_english(text)


@pytest.mark.parametrize("text", ["申报截止日期", "R&D人员要多少人", "", "80", "申请MIC要提交PPT吗"])
def test_what_is_not_english_is_known(text: str) -> None:
    assert not is_english(text)
