"""What holds for every text: invented regulations with random dirt, and any text at all."""

import string
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented import Regulation, regulations

from assistant.law.canonical import canonical_text
from assistant.law.lines import BLANKS, compact
from assistant.law.locator import Kind, Locator
from assistant.law.numerals import format_numeral
from assistant.law.parser import Parse, parse_regulation
from assistant.law.references import find_references
from assistant.law.types import Authority, Document

_SLOW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
_MARKS = ["第七条", "第一条 ", "第二条", "第一章", "第二章 总则", "第一节", "（一）", "(1)", "1.", "一、", "①", "附件1"]
_WORDS = [
    "的规定",
    "第",
    "条",
    "之一",
    "款",
    "项",
    "甲乙丙丁",
    "办法",
    "九",
    "10",
    "[x]",
    "某某局\n2024年1月1日",
    "目录",
    "附件",
]
_SIGNS = [*"。；：，【】\n \u3000\u200b\x0b\u2028\x85\x1c\x00", "\n\n"]
_PIECES = st.sampled_from([*_MARKS, *_WORDS, *_SIGNS])
_TEXTS = st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=60).map("".join))


def parsed(text: str) -> tuple[str, Parse]:
    canonical, _ = canonical_text(text)
    return canonical, parse_regulation(canonical)


def check_invariants(text: str, parse: Parse) -> None:
    document = Document("d", parse.title, Authority.REGULATION, text, parse.provisions)
    assert len({p.locator for p in parse.provisions}) == len(parse.provisions)
    by_locator = {p.locator: p for p in parse.provisions}
    for provision in parse.provisions:
        assert provision.text == text[provision.start : provision.end]
        assert provision.start <= provision.body_start <= provision.end
        assert provision.text.strip(BLANKS + string.whitespace), provision
        assert Locator.parse(str(provision.locator)) == provision.locator
        for outer in provision.path:
            around = by_locator[outer]
            assert around.start <= provision.start <= provision.end <= around.end
        own = document.own_spans(provision)
        children = document.children(provision.locator)
        taken = sorted([*own, *((c.start, c.end) for c in children)])
        for (_, end), (start, _) in pairwise(taken):
            assert end <= start, "siblings overlap"
        for start, end in own:
            assert provision.body_start <= start < end <= provision.end
    top = document.children(None)
    for before, after in pairwise(top):
        assert before.end <= after.start


@_SLOW
@given(regulations())
def test_every_provision_of_an_invented_regulation_comes_out_with_its_words(regulation: Regulation) -> None:
    _, parse = parsed(regulation.text)
    found = {str(p.locator): p for p in parse.provisions}
    expected = {e.locator: e for e in regulation.expected}
    assert list(found) == list(expected)
    for locator, provision in found.items():
        if expected[locator].words:
            assert compact(provision.text) == compact(expected[locator].words), locator


@_SLOW
@given(regulations())
def test_nothing_after_the_title_is_lost(regulation: Regulation) -> None:
    text, parse = parsed(regulation.text)
    check_invariants(text, parse)
    held = set()
    for provision in parse.provisions:
        held.update(range(provision.start, provision.end))
    rest = compact("".join(c for i, c in enumerate(text) if i not in held))
    assert rest == compact(parse.title)


@_SLOW
@given(regulations())
def test_each_label_names_its_own_provision(regulation: Regulation) -> None:
    _, parse = parsed(regulation.text)
    for provision in parse.provisions:
        if provision.kind in (Kind.CLOSING, Kind.PREAMBLE):
            continue
        assert [r.locator for r in find_references(provision.label)] == [provision.locator]


@_SLOW
@given(regulations(), st.data())
def test_the_innermost_provision_holds_any_quote_from_its_own_words(
    regulation: Regulation, data: st.DataObject
) -> None:
    text, parse = parsed(regulation.text)
    document = Document("d", "", Authority.REGULATION, text, parse.provisions)
    provision = data.draw(st.sampled_from(parse.provisions))
    for start, end in document.own_spans(provision):
        found = document.provision_at(start, end)
        assert found is not None
        assert (found.start, found.end) == (provision.start, provision.end) or found == provision


@settings(max_examples=200, deadline=None)
@given(_TEXTS)
def test_any_text_is_parsed_without_an_error_and_keeps_the_invariants(text: str) -> None:
    canonical, parse = parsed(text)
    check_invariants(canonical, parse)


@settings(max_examples=150, deadline=None)
@given(_TEXTS)
def test_references_are_found_in_any_text_without_an_error(text: str) -> None:
    position = 0
    for reference in find_references(text):
        assert reference.start >= position or reference.start == position
        assert text[reference.start : reference.end]
        assert Locator.parse(str(reference.locator)) == reference.locator


@given(
    st.integers(1, 9999), st.none() | st.integers(2, 9), st.none() | st.integers(1, 99), st.none() | st.integers(1, 99)
)
def test_article_labels_are_read_back(
    article: int, branch: int | None, paragraph: int | None, item: int | None
) -> None:
    locator = Locator.parse(f"art_{article}" + (f"-{branch}" if branch else ""))
    if paragraph:
        locator = locator.child(Kind.PARAGRAPH, paragraph)
    if item:
        locator = locator.child(Kind.ITEM, item, branch)
    assert [r.locator for r in find_references(locator.label)] == [locator]
    assert [r.locator for r in find_references(f"请问{locator.label}是什么意思？")] == [locator]
    assert [r.locator for r in find_references(str(locator))] == [locator]


@given(st.integers(1, 99), st.integers(1, 99))
def test_arabic_and_chinese_spellings_name_the_same_item(article: int, item: int) -> None:
    wanted = [Locator.parse(f"art_{article}.item_{item}")]
    a, i = format_numeral(article), format_numeral(item)
    chinese = (f"第{a}条第（{i}）项", f"第{a}条（{i}）", f"{a}条{i}项", f"第 {a} 条 第 （ {i} ） 项")
    arabic = (f"第{article}条第{item}项", f"第{article}条（{item}）", f"第{article}条{item}项")
    english = (f"Art. {article}({item})", f"Article {article}, item {item}", f"article {article}.{item}")
    for text in chinese + arabic + english:
        assert [r.locator for r in find_references(text)] == wanted, text
