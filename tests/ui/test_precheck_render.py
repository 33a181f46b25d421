import re
from html.parser import HTMLParser
from pathlib import Path

from assistant.config import Settings
from assistant.files.content import Draft as Content
from assistant.files.content import Entry
from assistant.precheck.check import Desk, check_draft, open_desk, unreadable
from assistant.precheck.inputs import Input
from assistant.precheck.wording import NO_APPROVAL
from assistant.ui.precheck_render import render_counter, render_failure, render_findings
from assistant.ui.sources import Sources
from assistant.ui.upload_rooms import Draft, RoomLimits

HOSTILE = '"><img src=x onerror=alert(1)><script>alert(2)</script>${alert(3)}\u202e'
DESK: Desk = open_desk(Settings())
SOURCES = Sources((DESK.pack,))


class Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.words += data


def draft(file: str = "甲.docx", **values: str | int) -> Draft:
    content = Content("json", entries=tuple(Entry(name, value, f"field {name}") for name, value in values.items()))
    return Draft(Input(Path("x.docx"), file), check_draft(content, DESK, file))


def test_what_to_do_stands_before_the_table() -> None:
    html = render_findings([draft(rd_staff_fixed=75, center_name="甲省级制造业创新中心")], 0, SOURCES)
    words = Tags(html).words
    assert "✗ 有不符合的必要条件" in words
    assert words.index("先做什么") < words.index("还差5人") < words.index("表中所填")
    assert re.search(r"✗ 不符合.*固定.*75人.*字段rd_staff_fixed.*80人.*还差5人.*第七条第（四）项", words)
    assert words.count(NO_APPROVAL) == 1
    assert "征求意见稿，尚未施行" not in words  # stands at the top of the page
    assert "通过审批" not in words


def test_every_verdict_has_a_word_and_a_sign() -> None:
    html = render_findings(
        [draft(rd_staff_fixed=75, stable_operation="是", lead_org_name="沈阳精工机床有限公司")], 0, SOURCES
    )
    for words in ("✗</span> 不符合", "○</span> 未提供", "△</span> 需人工判断", "✓</span> 符合"):
        assert words in html


def test_hostile_words_are_only_words() -> None:
    one = draft(HOSTILE, center_name=HOSTILE, lead_org_name=HOSTILE, rd_staff_fixed=HOSTILE, field_domain=HOSTILE)
    bad = Draft(Input(Path("x"), HOSTILE), unreadable(HOSTILE, DESK, HOSTILE))
    waiting = Draft(Input(Path("x"), HOSTILE))
    for html in (
        render_findings([one], 0, SOURCES),
        render_findings([one, bad], 1, SOURCES),
        render_findings([one, bad, waiting], 0, SOURCES),
        render_failure(HOSTILE),
        render_counter(DESK.schema, RoomLimits(), HOSTILE),
    ):
        tags = Tags(html)
        assert not tags.names & {"img", "script"}
        assert not [name for name, _ in tags.attributes if name.startswith("on") or name == "src"]
        if html.startswith('<div class="findings"'):
            assert "<script>alert(2)</script>" in tags.words


def test_progress_names_every_file_and_its_state() -> None:
    reading = Draft(Input(Path("x"), "乙.pdf"), is_being_read=True)
    words = Tags(
        render_findings([draft(rd_staff_fixed=75), reading, Draft(Input(Path("x"), "丙.pdf"))], 1, SOURCES)
    ).words
    assert "已完成 1 份，共 3 份" in words
    assert re.search(r"甲\.docx.*有不符合的必要条件.*乙\.pdf正在预审丙\.pdf等待", words)
    assert render_findings([], 0, SOURCES) == ""


def test_several_files_have_an_overview_and_one_of_them_in_full() -> None:
    drafts = [draft(rd_staff_fixed=75), Draft(Input(Path("x"), "乙.pdf"), unreadable("乙.pdf", DESK, "文件已损坏。"))]
    first, second = render_findings(drafts, 0, SOURCES), render_findings(drafts, 1, SOURCES)
    assert first.count('class="open"') == second.count('class="open"') == 2
    assert 'class="checks"' in first
    assert 'class="checks"' not in second
    assert "文件已损坏" in first


def test_what_can_be_taken_along_fits_the_draft() -> None:
    one = draft(rd_staff_fixed=75)
    assert "drafts/0/comments" in render_findings([one], 0, SOURCES)
    one.input = Input(Path("x.pdf"), "甲.pdf")
    html = render_findings([one], 0, SOURCES)
    assert "drafts/0/comments" not in html
    assert "drafts/0/notice" in html
