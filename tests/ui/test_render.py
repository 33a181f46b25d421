"""Answers as HTML: what a person sees, and that no text can act as markup."""

import re
from html.parser import HTMLParser

import pytest
from fake_engine import FakeEngine

from assistant.qa.models import Answer, Statement
from assistant.ui.conversation import Turn
from assistant.ui.law_browser import render_law
from assistant.ui.render import render_answer, render_transcript
from assistant.ui.sources import Reference, Sources, read_reference

HOSTILE = "<img src=x onerror=alert(1)>\"'&</button><script>alert(2)</script>"


class Tags(HTMLParser):
    """Collects the tags, the attributes and the balance of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in {"input", "path", "rect"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag


def inert(html: str) -> Tags:
    """The tags of an HTML text, having checked that it is balanced and holds nothing that runs or loads."""
    tags = Tags(html)
    assert not tags.open
    assert not {"script", "img", "iframe", "svg", "style", "link"} & set(tags.tags)
    assert not [name for name, _ in tags.attributes if name.startswith("on") or name == "src"]
    # The only way out is the permalink of a provision on this very site.
    assert all(value.startswith("law/") for name, value in tags.attributes if name == "href")
    return tags


@pytest.fixture(scope="module")
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture(scope="module")
def sources(engine: FakeEngine) -> Sources:
    return Sources(engine.packs)


@pytest.mark.parametrize(
    ("question", "badge"),
    [
        ("研发人员要多少人？", "办法有规定"),
        ("任期时间多久？", "办法未作规定"),
        ("我们能申报吗？", "需要补充情况"),
        ("今天天气怎么样？", "与本办法无关"),
    ],
)
def test_status_is_named(engine: FakeEngine, sources: Sources, question: str, badge: str) -> None:
    html = render_answer(0, engine.ask([question]), sources)
    assert f">{badge}</p>" in html
    inert(html)


def test_markers_become_labelled_chips(engine: FakeEngine, sources: Sources) -> None:
    html = render_answer(3, engine.ask(["研发人员要多少人？"]), sources)
    words = html[: html.index('class="unsettled"')]
    assert re.findall(r'class="chip" data-turn="3" data-part="citations" data-index="(\d)"', words) == [
        "1",
        "0",
    ]
    assert words.count('aria-label="查看依据：第七条第（四）项"') == 2
    assert "[1]" not in words
    assert "[2]" not in words


def test_marker_that_no_statement_carries_stays_text(engine: FakeEngine, sources: Sources) -> None:
    answer = engine.ask(["研发人员要多少人？"])
    answer = answer.model_copy(update={"answer": "您问的[1]是什么[9]\n\n" + answer.answer})
    html = render_answer(0, answer, sources)
    assert "您问的[1]是什么[9]" in html
    assert html.count('class="chip"') == 2


def test_hostile_text_is_inert_everywhere(engine: FakeEngine, sources: Sources) -> None:
    answer = engine.ask(["中心主任的任期时间"])
    dirty = answer.model_copy(
        update={
            "question": HOSTILE,
            "answer": f"{HOSTILE} [1]\n- {HOSTILE}\n# {HOSTILE}\n**{HOSTILE}**\ue0001\ue001",
            "statements": [Statement(text=HOSTILE, citations=[1])],
            "citations": [answer.authority[0].model_copy(update={"label": HOSTILE, "quote": HOSTILE})],
            "unsettled": [HOSTILE],
            "notices": [HOSTILE],
            "related": [answer.related[0].model_copy(update={"label": HOSTILE, "quote": HOSTILE})],
        }
    )
    html = render_transcript((Turn(HOSTILE, dirty), Turn(HOSTILE, None)), sources, pending=HOSTILE, reveal=True)
    tags = inert(html)
    assert tags.tags.count("section") > 3
    assert "&lt;img src=x" in html


def test_quote_is_shown_unless_the_answer_says_it(engine: FakeEngine, sources: Sources) -> None:
    answer = engine.ask(["研发人员要多少人？"])
    assert "<blockquote>" not in render_answer(0, answer, sources)
    short = answer.model_copy(update={"answer": "有规定。", "statements": []})
    assert render_answer(0, short, sources).count("<blockquote>") == 2


def test_failed_turn_says_so_calmly(sources: Sources) -> None:
    assert "抱歉，这个问题没有处理成功" in render_transcript((Turn("问", None),), sources)


def test_first_screen_offers_the_packs_examples(engine: FakeEngine, sources: Sources) -> None:
    html = render_transcript((), sources)
    for number, example in enumerate(engine.packs[0].about.examples):
        assert f'data-example="{number}">{example}' in html


def test_chosen_quote_is_marked_in_its_place(engine: FakeEngine, sources: Sources) -> None:
    turn = Turn("问", engine.ask(["研发人员要多少人？"]))
    html = render_law(sources, sources.locate((turn,), Reference(0, "citations", 0)))
    inert(html)
    assert html.count("<mark>") == 1
    chosen = html[html.index('chosen" data-locator="art_7.item_4"') :]
    assert chosen.index("<mark>固定研究与试验发展人员数不少于80人</mark>") < chosen.index("</div>")
    assert "第三章　申报条件与遴选程序 › 第七条第（四）项" in html
    assert re.findall(r"<details[^>]* open", html) == ['<details class="chapter" open']


def test_whole_law_stands_in_the_panel(engine: FakeEngine, sources: Sources) -> None:
    shown = re.sub(r"<[^>]+>|\s", "", render_law(sources))
    for document in engine.packs[0].documents:
        for provision in document.articles():
            assert re.sub(r"\s", "", provision.text) in shown
    assert "非官方整理" in shown


def test_related_and_background_are_no_basis(engine: FakeEngine, sources: Sources) -> None:
    turn = Turn("问", engine.ask(["国家的要求"]))
    for part in ("related", "background"):
        reference = read_reference({"turn": 0, "part": part, "index": 0})
        target = sources.locate((turn,), reference)
        assert target is not None
        assert not target.is_basis
        assert "不作为依据" in render_law(sources, target)


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {},
        {"turn": 0, "part": "citations"},
        {"turn": "0", "part": "citations", "index": 0},
        {"turn": True, "part": "citations", "index": 0},
        {"turn": -1, "part": "citations", "index": 0},
        {"turn": 0, "part": "question", "index": 0},
        {"turn": 0, "part": ["citations"], "index": 0},
        {"turn": 0, "part": "citations", "index": 0.0},
    ],
)
def test_malformed_choice_is_no_choice(data: object) -> None:
    assert read_reference(data) is None


def test_choice_outside_the_conversation_is_no_place(engine: FakeEngine, sources: Sources) -> None:
    turn = Turn("问", engine.ask(["研发人员要多少人？"]))
    for reference in (Reference(1, "citations", 0), Reference(0, "citations", 2), Reference(0, "related", 0)):
        assert sources.locate((turn,), reference) is None
    assert sources.locate((Turn("问", None),), Reference(0, "citations", 0)) is None


def test_quote_that_does_not_stand_in_the_text_is_not_marked(engine: FakeEngine, sources: Sources) -> None:
    answer: Answer = engine.ask(["研发人员要多少人？"])
    forged = answer.citations[0].model_copy(update={"quote": "固定研究与试验发展人员数不少于10人"})
    turn = Turn("问", answer.model_copy(update={"citations": [forged]}))
    target = sources.locate((turn,), Reference(0, "citations", 0))
    assert target is not None
    assert "<mark>" not in render_law(sources, target)
    assert "引用的文字已标出" not in render_law(sources, target)
