"""An answer to take along: plain text for the clipboard, Markdown for a file, and the file's name."""

import re

from assistant.law.citation import Citation
from assistant.qa.composers import composer_text
from assistant.qa.models import Answer
from assistant.ui.wording import STATUS, notice_texts

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#!|~&])")
_UNSAFE_IN_NAME = re.compile(r"[^0-9A-Za-z\u3400-\u9fff]+")


def as_text(answer: Answer, title: str) -> str:
    """The answer and its citations as plain text."""
    lines = [f"问：{answer.question.strip()}", f"答（{STATUS[answer.status]}）：", answer.answer.strip()]
    if answer.unsettled:
        lines += ["", "办法没有明确的地方：", *(f"- {text}" for text in answer.unsettled)]
    for heading, citations in _cited(answer):
        lines += ["", f"{heading}："]
        lines += [f"[{c.n}] {_source(c, title)}：“{_one_line(c.quote)}”" for c in citations]
    if answer.related:
        lines += ["", "相近条文（不作为依据）："]
        lines += [f"- {r.label}：“{_one_line(r.quote)}”" for r in answer.related]
    notes = [*notice_texts(answer.notices), *([composer_text(answer.provenance)] if answer.statements else [])]
    return "\n".join([*lines, *([""] if notes else []), *(f"注：{note}" for note in notes)]) + "\n"


def as_markdown(answer: Answer, title: str) -> str:
    """The answer and its citations as a Markdown file. The question and the quotes cannot act as markup."""
    asked = "\n".join(f"> {_plain(line)}" for line in answer.question.strip().splitlines())
    parts = [f"# {_plain(title)} · 条文问答", f"**问**\n\n{asked}", f"**答**（{STATUS[answer.status]}）"]
    parts.append(_answer_body(answer))
    for heading, citations in _cited(answer):
        parts.append(f"## {heading}")
        parts += [f"**[{c.n}] {_plain(_source(c, title))}**\n\n{_quoted(c.quote)}" for c in citations]
    if answer.unsettled:
        parts.append("## 办法没有明确的地方")
        parts.append("\n".join(f"- {_plain(text)}" for text in answer.unsettled))
    if answer.related:
        parts.append("## 相近条文（不作为依据）")
        parts += [f"**{_plain(r.label)}**\n\n{_quoted(r.quote)}" for r in answer.related]
    parts += [f"*{_plain(note)}*" for note in notice_texts(answer.notices)]
    if answer.statements:
        parts.append(f"*{_plain(composer_text(answer.provenance))}*")
    return "\n\n".join(parts) + "\n"


def file_name(question: str) -> str:
    """A name that any system takes, e.g. `条文问答-研发人员要多少人.md`."""
    short = _UNSAFE_IN_NAME.sub("-", question).strip("-")[:30].strip("-")
    return f"条文问答-{short}.md" if short else "条文问答.md"


def _answer_body(answer: Answer) -> str:
    """The engine's Markdown with raw HTML, images and links made inert; its lists and emphasis stay."""
    return re.sub(r"([<&!])|\](?=\()", lambda m: "\\" + m.group(0), answer.answer.strip())


def _cited(answer: Answer) -> list[tuple[str, list[Citation]]]:
    named = [
        ("依据", answer.citations),
        ("负责单位", answer.authority),
        ("背景（非官方摘要）", answer.background),
    ]
    return [(heading, citations) for heading, citations in named if citations]


def _source(citation: Citation, title: str) -> str:
    return f"{title} {citation.label}" if citation.article else citation.label


def _one_line(text: str) -> str:
    return "".join(line.strip() for line in text.splitlines())


def _quoted(text: str) -> str:
    return "\n".join(f"> {_plain(line.strip())}" for line in text.splitlines() if line.strip())


def _plain(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)
