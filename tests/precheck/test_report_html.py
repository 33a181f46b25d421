"""The page of a report: whole in itself, and nothing of a form acts in it."""

import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st
from report_samples import HOSTILE, broken, desk, report

from assistant.precheck.report_html import FULL_UP_TO, as_html
from assistant.precheck.wording import LEGAL_STATUS, NO_APPROVAL, VERDICT

TITLE = desk().pack.about.title


class Page(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.words += data


def page(*reports: object) -> str:
    return as_html(list(reports), TITLE, desk().kinship)  # type: ignore[arg-type]


def test_a_finding_stands_with_its_gap_place_and_the_laws_words() -> None:
    words = Page(page(report("甲.docx", rd_staff_fixed=75))).words
    for expected in ("还差5人", "75人", "字段rd_staff_fixed", "第七条第（四）项", "固定研究与试验发展人员数不少于80人"):
        assert expected in words
    assert LEGAL_STATUS[desk().pack.about.status] in words
    assert NO_APPROVAL in words


def test_the_page_loads_nothing_and_runs_nothing() -> None:
    shown = Page(page(report(lead_org_name=HOSTILE, center_name='"><img src=x onerror=alert(1)>'), broken(HOSTILE)))
    assert not {"script", "img", "link", "iframe", "object", "form", "base"} & set(shown.tags)
    assert all(not name.startswith("on") for name, _ in shown.attributes)
    assert all((value or "").startswith("#") for name, value in shown.attributes if name in ("href", "src"))
    assert "url(" not in page(report())
    assert "default-src 'none'" in page(report())


@given(st.text(max_size=200))
def test_no_words_of_a_form_become_markup(words: str) -> None:
    plain = Page(page(report("x.json", field_domain="机床")))
    other = page(report("x.json", field_domain="机床").model_copy(update={"file": words, "flags": []}))
    assert Page(other).tags == plain.tags


def test_colour_is_never_the_only_sign() -> None:
    shown = page(report(rd_staff_fixed=75, without=("expert_committee",)))
    for verdict in ("not_met", "missing", "review", "met"):
        assert VERDICT[verdict] in shown


def test_many_drafts_have_an_overview_and_their_contradictions() -> None:
    shown = page(report("甲.docx"), report("乙.docx", rd_staff_fixed=75), broken("丙.pdf"))
    words = Page(shown).words
    for expected in ("总览", "互相矛盾的材料", "最常见的问题", "丙.pdf", "文件已损坏"):
        assert expected in words
    assert len(re.findall(r'id="d\d+"', shown)) == 3


def test_a_page_of_very_many_drafts_leaves_out_what_is_met() -> None:
    few, many = page(*[report()] * 2), page(*[report()] * (FULL_UP_TO + 1))
    assert "按所填内容符合（" in few
    assert "按所填内容符合（" not in many
    assert "项按所填内容符合，见表格文件" in many


def test_a_long_value_does_not_swell_the_page() -> None:
    long = report().model_copy(update={"flags": ["长" * 50_000]})
    assert len(page(long)) < len(page(report())) + 5_000
