"""Answers to take along: complete, harmless, and under a name that any system takes."""

import pytest
from fake_engine import FakeEngine

from assistant.ui.download import as_markdown, as_text, file_name

TITLE = "辽宁省制造业创新中心管理办法（征求意见稿）"


@pytest.fixture(scope="module")
def engine() -> FakeEngine:
    return FakeEngine()


def test_text_carries_quotes_and_notice(engine: FakeEngine) -> None:
    text = as_text(engine.ask(["研发人员要多少人？"]), TITLE)
    assert text.startswith("问：研发人员要多少人？\n答（办法有规定）：\n")
    assert f"[1] {TITLE} 第七条第（四）项：“固定研究与试验发展人员数不少于80人”" in text
    assert "注：本办法为征求意见稿，尚未施行" in text
    assert "按哪一年" in text


def test_markdown_keeps_what_is_no_basis_apart(engine: FakeEngine) -> None:
    text = as_markdown(engine.ask(["国家的要求"]), TITLE)
    assert "**答**（办法未作规定）" in text
    assert "## 依据" not in text
    assert "## 相近条文（不作为依据）" in text
    assert "## 背景（非官方摘要）" in text
    assert "相关政策" not in text.split("## 背景")[0]


def test_markdown_question_is_data(engine: FakeEngine) -> None:
    asked = "![x](http://example.org/p.png)\n# 标题\n<script>alert(1)</script> [点我](javascript:alert(1))"
    text = as_markdown(engine.ask([asked]), TITLE)
    assert "![x](" not in text
    assert "<script>" not in text.replace("\\<script\\>", "")
    assert "[点我](" not in text
    assert all(line.startswith(">") for line in text.splitlines() if "标题" in line)


def test_markdown_answer_cannot_load_or_link(engine: FakeEngine) -> None:
    answer = engine.ask(["研发人员要多少人？"])
    answer = answer.model_copy(update={"answer": "![x](http://example.org) <b>[y](http://example.org)\n- 一"})
    body = as_markdown(answer, TITLE)
    assert "\\![x\\](http" in body
    assert "\\<b>[y\\](http" in body
    assert "\n- 一" in body


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("研发人员要多少人？", "条文问答-研发人员要多少人.md"),
        ("../../etc/passwd\x00", "条文问答-etc-passwd.md"),
        ('a<b>:"/\\|?*', "条文问答-a-b.md"),
        ("？？？", "条文问答.md"),
        ("", "条文问答.md"),
        ("问" * 200, "条文问答-" + "问" * 30 + ".md"),
    ],
)
def test_file_name_is_safe(question: str, name: str) -> None:
    assert file_name(question) == name
