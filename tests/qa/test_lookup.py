"""Questions that name a provision by its number."""

import pytest

from assistant.law.pack import Pack
from assistant.qa.lookup import named_provisions, only_names, resolved
from assistant.qa.question import QuestionReader


@pytest.mark.parametrize("text", ["第七条第(四)项", "第7条第4项", "7条4项", "7(4)", "7(四)写了什么", "七条四项"])
def test_the_ways_to_write_a_provision(text: str) -> None:
    assert [str(r.locator) for r in named_provisions(text)] == ["art_7.item_4"]


@pytest.mark.parametrize("text", ["研发人员80人", "1000万元", "3.5亿元", "2211是什么", "", "每3年一次"])
def test_a_figure_is_no_provision(text: str) -> None:
    assert named_provisions(text) == []


@pytest.mark.parametrize("text", ["第七条", "第七条讲什么?", "请给我看看第七条的原文", "第七条和第八条分别是什么?"])
def test_a_question_that_only_wants_to_see_it(reader: QuestionReader, text: str) -> None:
    assert only_names(text, named_provisions(text), reader.read(text).parts)


@pytest.mark.parametrize("text", ["第七条规定研发人员要多少人?", "第十七条说的整改期多长?"])
def test_a_question_about_something_in_it(reader: QuestionReader, text: str) -> None:
    assert not only_names(text, named_provisions(text), reader.read(text).parts)


def test_what_is_there_and_what_is_missing(pack: Pack) -> None:
    provisions, missing = resolved(pack.regulation, named_provisions("第十五条、第三十条和第十五条"))
    assert [str(p.locator) for p in provisions] == ["art_15"]
    assert [str(m) for m in missing] == ["art_30"]
