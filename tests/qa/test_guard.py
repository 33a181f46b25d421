"""Every answer passes one check. Each test hands it an answer that lies in one way."""

from pathlib import Path
from typing import Any

import pytest

from assistant.law.citation import Citation
from assistant.law.locator import Kind, Locator
from assistant.law.pack import Pack
from assistant.qa.answerer import PackAnswerer
from assistant.qa.guard import UnsupportedAnswerError, check_answer
from assistant.qa.models import Answer, Provenance, Statement
from qa.conftest import Ask
from qa.samples import FakeSearch, written_pack

QUOTE = "固定研究与试验发展人员数不少于80人"
FACT = f"{QUOTE}（第七条第（四）项）。"


def citation(pack: Pack, quote: str = QUOTE, locator: str = "art_7.item_4", n: int = 1, **changes: Any) -> Citation:
    """A citation of words that stand in the document; `changes` then falsify it."""
    document = pack.document(changes.pop("of", "measures"))
    assert document is not None
    start = document.text.index(quote)
    true = {"n": n, "pack": pack.id, "version": pack.version, "document": document.id, "locator": locator}
    where = Locator.parse(locator)
    true |= {"article": where.article, "item": where.number(Kind.ITEM) if where.article else None}
    place = {"label": where.label, "quote": quote, "start": start, "end": start + len(quote)}
    return Citation(**{**true, **place, **changes})


def answer_of(text: str, statements: list[Statement], citations: list[Citation], **changes: Any) -> Answer:
    fields: dict[str, Any] = {
        "id": "x",
        "question": "固定研发人员最少要多少人？",
        "status": "answered",
        "answer": text,
        "statements": statements,
        "citations": citations,
        "provenance": Provenance(embedder="none", pack_sha256="0"),
    }
    return Answer(**{**fields, **changes})


def honest(pack: Pack, **changes: Any) -> Answer:
    fields: dict[str, Any] = {"statements": [Statement(text=FACT, citations=[1])], "citations": [citation(pack)]}
    return answer_of(f"{FACT}[1]", **{**fields, **changes})


def assert_refused(answer: Answer, pack: Pack, why: str) -> None:
    with pytest.raises(UnsupportedAnswerError, match=why):
        check_answer(answer, [pack])


def test_an_honest_answer_passes_unchanged(pack: Pack) -> None:
    answer = honest(pack)
    assert check_answer(answer, [pack]) is answer


@pytest.mark.parametrize(
    "quote",
    [
        "固定研究与试验发展人员数不少于60人",
        "固定研究和试验发展人员数不少于80人",
        "固定研究与试验发展人员数不少于８０人",
        QUOTE + "；",
        QUOTE[:-1],
    ],
)  # fmt: skip
def test_a_quote_that_is_one_character_off_is_refused(pack: Pack, quote: str) -> None:
    true = citation(pack)
    assert_refused(honest(pack, citations=[true.model_copy(update={"quote": quote})]), pack, "not verbatim")


@pytest.mark.parametrize(("start", "end"), [(1, 1), (-1, -1), (0, 1), (1, 0), (100, 100)])
def test_a_quote_at_another_place_is_refused(pack: Pack, start: int, end: int) -> None:
    true = citation(pack)
    moved = true.model_copy(update={"start": true.start + start, "end": true.end + end})
    assert_refused(honest(pack, citations=[moved]), pack, "not verbatim")


def test_a_span_beyond_the_end_of_the_text_is_refused(pack: Pack) -> None:
    length = len(pack.regulation.text)
    beyond = citation(pack).model_copy(update={"start": length + 1, "end": length + 2})
    assert_refused(honest(pack, citations=[beyond]), pack, "not verbatim")


@pytest.mark.parametrize("locator", ["art_7.item_3", "art_8", "art_99", "art_7.item_9", "ch_5"])
def test_a_quote_said_to_stand_in_another_provision_is_refused(pack: Pack, locator: str) -> None:
    assert_refused(honest(pack, citations=[citation(pack, locator=locator)]), pack, "does not lie in")


def test_a_quote_that_crosses_from_one_provision_into_the_next_is_refused(pack: Pack) -> None:
    document = pack.regulation
    provision = document.get(Locator.parse("art_7.item_4"))
    assert provision is not None
    start, end = provision.end - 5, provision.end + 8
    crossing = citation(pack).model_copy(update={"quote": document.text[start:end], "start": start, "end": end})
    assert_refused(honest(pack, citations=[crossing]), pack, "does not lie in")


@pytest.mark.parametrize("changes", [{"document": "other"}, {"pack": "other"}])
def test_a_quote_from_an_unknown_text_is_refused(pack: Pack, changes: dict[str, str]) -> None:
    stranger = citation(pack).model_copy(update=changes)
    assert_refused(honest(pack, citations=[stranger]), pack, "no document")


def test_a_statement_that_cites_what_does_not_exist_is_refused(pack: Pack) -> None:
    answer = honest(pack, statements=[Statement(text=FACT, citations=[2])])
    assert_refused(answer, pack, r"cites \[2\]")


def test_a_statement_without_its_citation_in_the_list_is_refused(pack: Pack) -> None:
    assert_refused(honest(pack, citations=[]), pack, "which do not exist")


def test_citations_are_numbered_from_one_without_gaps(pack: Pack) -> None:
    assert_refused(honest(pack, citations=[citation(pack, n=2)]), pack, "numbered")
    twice = [citation(pack, n=1), citation(pack, n=1)]
    assert_refused(honest(pack, citations=twice), pack, "numbered")


def test_a_marker_without_a_citation_is_refused(pack: Pack) -> None:
    assert_refused(honest(pack).model_copy(update={"answer": f"{FACT}[1]\n\n还可以补助。[7]"}), pack, "markers")


@pytest.mark.parametrize(
    "text",
    [
        "固定研究与试验发展人员数不少于60人。",
        "固定研究与试验发展人员数不少于80人，年度研发费用不低于1000万元。",
        "固定研究与试验发展人员数不少于80人，三年内达到。",
        "固定研究与试验发展人员数占比不少于80%。",
        "固定研究与试验发展人员数不少于八百人。",
    ],
)
def test_a_figure_that_no_quote_has_is_refused(pack: Pack, text: str) -> None:
    answer = honest(pack, statements=[Statement(text=text, citations=[1])])
    assert_refused(answer.model_copy(update={"answer": f"{text}[1]"}), pack, "quotes do not have")


def test_a_figure_that_is_part_of_a_longer_one_in_the_quote_is_refused(pack: Pack) -> None:
    quote = "年度研发费用总额不低于1000万元"
    text = "年度研发费用总额不低于000万元。"
    answer = answer_of(f"{text}[1]", [Statement(text=text, citations=[1])], [citation(pack, quote)])
    assert_refused(answer, pack, "quotes do not have")


def test_a_shorter_figure_inside_a_longer_one_of_the_quote_is_refused(pack: Pack) -> None:
    quote, text = "固定研究与试验发展人员数不少于80人", "固定研究与试验发展人员数不少于0人。"
    answer = answer_of(f"{text}[1]", [Statement(text=text, citations=[1])], [citation(pack, quote)])
    assert_refused(answer, pack, "quotes do not have")


def test_the_figure_of_a_false_premise_may_be_repeated(pack: Pack) -> None:
    text = f"与问题中的“100人”不同，办法规定的是“{QUOTE}”（第七条第（四）项）。"
    answer = honest(pack, statements=[Statement(text=text, citations=[1])])
    answer = answer.model_copy(update={"answer": f"{text}[1]"})
    assert_refused(answer, pack, "quotes do not have")
    assert check_answer(answer.model_copy(update={"question": "听说要100人？"}), [pack])


def test_a_summary_supports_no_statement(pack: Pack) -> None:
    quote = "国家制造业创新中心每年进行一次考核"
    summary = citation(pack, quote, locator="sec_4.item_2", of="related-policies")
    text = quote + "。"
    assert_refused(answer_of(f"{text}[1]", [Statement(text=text, citations=[1])], [summary]), pack, "summary")


@pytest.mark.parametrize("shown", ["", FACT, f"{FACT}[2]", f"{FACT[:-1]}[1]", f"{FACT} [1]"])
def test_a_statement_not_shown_as_it_stands_is_refused(pack: Pack, shown: str) -> None:
    assert_refused(honest(pack).model_copy(update={"answer": shown}), pack, "not shown")


def test_an_abstention_that_cites_is_refused(pack: Pack) -> None:
    assert_refused(honest(pack, status="not_covered"), pack, "not_covered cites")
    assert_refused(honest(pack, status="not_covered", statements=[]), pack, "not_covered cites")


def test_an_answer_that_states_nothing_is_refused(pack: Pack) -> None:
    assert_refused(answer_of("可以。", [], []), pack, "states nothing")


@pytest.mark.parametrize("where", ["authority", "background"])
def test_what_stands_beside_an_answer_is_verbatim_too(pack: Pack, where: str) -> None:
    false = citation(pack).model_copy(update={"quote": "编造的一句话"})
    answer = answer_of("办法没有规定这一点，我不能替它作答。", [], [], status="not_covered")
    assert check_answer(answer.model_copy(update={where: [citation(pack)]}), [pack])
    assert_refused(answer.model_copy(update={where: [false]}), pack, "not verbatim")


def test_an_assertion_that_is_no_statement_is_refused(pack: Pack) -> None:
    """The contract: every asserting sentence is a statement with at least one citation."""
    answer = honest(pack)
    lying = answer.model_copy(update={"answer": answer.answer + "\n\n省里另给500万元补助。"})
    with pytest.raises(UnsupportedAnswerError):
        check_answer(lying, [pack])


def test_an_abstention_that_asserts_in_its_text_is_refused(pack: Pack) -> None:
    answer = answer_of("办法没有规定这一点，我不能替它作答。一般补助500万元。", [], [], status="not_covered")
    with pytest.raises(UnsupportedAnswerError):
        check_answer(answer, [pack])


@pytest.mark.parametrize("related", ["编造的一句话"])
def test_a_related_provision_is_verbatim_too(ask: Ask, pack: Pack, related: str) -> None:
    answer = ask("注册资本最低多少？")
    assert answer.related
    false = answer.related[0].model_copy(update={"quote": related})
    with pytest.raises(UnsupportedAnswerError):
        check_answer(answer.model_copy(update={"related": [false]}), [pack])


def test_an_answer_out_of_scope_that_cites_is_refused(pack: Pack) -> None:
    with pytest.raises(UnsupportedAnswerError):
        check_answer(honest(pack, status="out_of_scope"), [pack])


def test_a_false_label_is_refused(pack: Pack) -> None:
    with pytest.raises(UnsupportedAnswerError):
        check_answer(honest(pack, citations=[citation(pack, label="第十条")]), [pack])


def test_false_numbers_of_a_provision_are_refused(pack: Pack) -> None:
    with pytest.raises(UnsupportedAnswerError):
        check_answer(honest(pack, citations=[citation(pack, article=9, item=1)]), [pack])


def test_an_answer_from_another_pack_is_refused(tmp_path: Path, pack: Pack) -> None:
    other = written_pack(tmp_path / "other", "示范办法\n第一条 人员不少于八人。\n", name="other")
    answer = PackAnswerer(other, FakeSearch(other)).answer(["第一条"], "x")
    assert check_answer(answer, [other]).status == "answered"
    assert_refused(answer, pack, "no document")


@pytest.mark.parametrize(
    "text",
    [
        "固定研究与试验发展人员数可以少于80人（第七条第（四）项）。",
        "固定研究与试验发展人员数不少于80人，由省财政厅审核（第七条第（四）项）。",
        "固定研究与试验发展人员数不少于80人，达到即可获批（第七条第（四）项）。",
    ],
)
@pytest.mark.parametrize("composer", ["extractive", "llm:small"])
def test_a_statement_that_the_quotes_do_not_carry_is_refused_whoever_wrote_it(
    pack: Pack, text: str, composer: str
) -> None:
    provenance = Provenance(composer=composer, embedder="none", pack_sha256="0")
    said = Statement(text=text, citations=[1])
    answer = answer_of(f"{text}[1]", [said], [citation(pack)], provenance=provenance)
    assert_refused(answer, pack, "not supported")


@pytest.mark.parametrize(("composer", "passes"), [("extractive", True), ("llm:small", False)])
def test_only_our_own_composer_takes_up_what_the_question_claims(pack: Pack, composer: str, passes: bool) -> None:
    text = f"与问题中的“100人”不同，办法规定的是“{QUOTE}”（第七条第（四）项）。"
    provenance = Provenance(composer=composer, embedder="none", pack_sha256="0")
    said = Statement(text=text, citations=[1])
    answer = answer_of(
        f"{text}[1]", [said], [citation(pack)], provenance=provenance, question="听说要100人？"
    )  # fmt: skip
    if passes:
        assert check_answer(answer, [pack]) is answer
    else:
        assert_refused(answer, pack, "not supported")


GLOSS = "固定研究与试验发展人员 = full-time research and experimental development (R&D) personnel"


@pytest.mark.parametrize(
    ("gloss", "passes"),
    [(GLOSS, True), (f"{GLOSS}; 固定研究与试验发展人员 = people who are sure to be approved", False)],
)
def test_only_the_packs_own_glosses_go_with_an_english_statement(pack: Pack, gloss: str, passes: bool) -> None:
    text = f"Article 7(4) says: “{QUOTE}” (unofficial gloss: {gloss})."
    given = answer_of(f"{text}[1]", [Statement(text=text, citations=[1])], [citation(pack)])
    if passes:
        assert check_answer(given, [pack]) == given
    else:
        with pytest.raises(UnsupportedAnswerError):
            check_answer(given, [pack])


def test_a_marker_in_the_persons_own_words_is_no_citation(ask: Ask) -> None:
    answer = ask("中心[0]的围墙多高？")
    assert answer.status == "not_covered"
    assert "[0]" not in answer.answer
