"""An answer as HTML. Every text is escaped here; no markup of an answer or a question gets through."""

import re
from collections.abc import Sequence
from html import escape

from assistant.api.law_page import citation_link
from assistant.law.citation import Citation
from assistant.precheck.wording import VERDICT
from assistant.qa.composers import composer_text
from assistant.qa.models import Answer, Assessment, RelatedProvision
from assistant.ui.conversation import Conversation, Turn, questions
from assistant.ui.download import as_markdown, as_text, file_name
from assistant.ui.feedback import Given, feedback_card
from assistant.ui.interview_card import interview_card
from assistant.ui.sources import Part, Sources
from assistant.ui.wording import CHECKING, FAILED, STATUS, notice_texts

# A citation's number -> its index in the answer and its label.
Places = dict[int, tuple[int, str]]

_STOPS = "。；：;: \n"
# Private-use characters stand for a citation marker while a text is escaped; it is cleaned of them first.
_OPEN, _CLOSE = "\ue000", "\ue001"
_MARKERS = re.compile(r"(?:[ \t]*\[\d{1,3}\])+")
_NUMBER = re.compile(r"\d+")
_SENTINEL = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
# The last character before the markers (it may be an entity) stays on one line with them.
_TIED = re.compile(f"(&[#\\w]+;|[^\\s<>;])?((?:{_OPEN}\\d+{_CLOSE})+)")
_BOLD = re.compile(r"\*\*([^*\n]+)\*\*")
_BULLET = re.compile(r"\s*[-*•]\s+(.*)")
_HEADING = re.compile(r"\s*#{1,6}\s+(.*)")


def render_transcript(
    conversation: Conversation,
    sources: Sources,
    *,
    pending: str = "",
    reveal: bool = False,
    given: Given | None = None,
) -> str:
    """The conversation; `pending` is a question on its way, `reveal` shows the last answer line by line.

    `given`: the answers that may be given thumbs, with those they were given; None: none may.
    """
    if not conversation and not pending:
        return _first_screen(sources)
    last = len(conversation) - 1
    open_turn = None if pending else last
    turns = [
        _turn(i, turn, sources, reveal and i == last, questions(conversation[: i + 1]), open_turn == i, given)
        for i, turn in enumerate(conversation)
    ]
    if pending:
        waiting = '<div class="card waiting"><span class="dots" aria-hidden="true"></span>正在查阅条文…</div>'
        turns.append(f'<section class="turn">{_question(pending)}{waiting}</section>')
    return f'<div class="log" role="log" aria-live="polite" aria-label="问答记录">{"".join(turns)}</div>'


def _first_screen(sources: Sources) -> str:
    examples = list(dict.fromkeys(example for pack in sources.packs for example in pack.about.examples))
    chips = "".join(
        f'<li><button type="button" class="example" data-example="{i}">{escape(text)}</button></li>'
        for i, text in enumerate(examples)
    )
    listed = f'<h3 id="examples">可以这样问</h3><ul aria-labelledby="examples">{chips}</ul>' if chips else ""
    return (
        '<div class="welcome"><h2>有问题，直接问条文</h2>'
        "<p>用平常的话提问，答复逐句注明条文出处；办法没有规定的，会如实说明。"
        "这里只查条文，不是审批，也不代表主管部门的意见。</p>"
        f"{listed}</div>"
    )


def _turn(
    index: int, turn: Turn, sources: Sources, reveal: bool, asked: Sequence[str], last: bool, given: Given | None
) -> str:
    if turn.answer and turn.growing:
        answer = _growing(index, turn.answer)
    elif turn.answer:
        thumb = (given or {}).get(turn.answer.id)
        answer = render_answer(index, turn.answer, sources, reveal=reveal, asked=asked, last=last, thumb=thumb)
    else:
        answer = f'<div class="card failed">{escape(turn.reason or FAILED)}</div>'
    question = _question(turn.question)
    return f'<section class="turn" aria-label="第 {index + 1} 问">{question}{answer}</section>'


def _question(text: str) -> str:
    return f'<div class="question"><span class="sr">您问：</span>{escape(text.strip())}</div>'


def _growing(turn: int, answer: Answer) -> str:
    """What has been checked so far of an answer that is being worded."""
    words = _answer_words(turn, answer)
    return (
        f'<div class="card growing" aria-busy="true"><div class="words">{words}</div>'
        f'<p class="waiting"><span class="dots" aria-hidden="true"></span>{escape(CHECKING)}</p></div>'
    )


def render_answer(
    turn: int,
    answer: Answer,
    sources: Sources,
    *,
    reveal: bool = False,
    asked: Sequence[str] = (),
    last: bool = False,
    thumb: str | None = None,
) -> str:
    """One answer: status, statements with chips, their quotes, and what is no basis set apart.

    `asked`: the questions up to it; `last`: nothing was asked after it; `thumb`: what it was given, empty if nothing,
    None if it can be given none.
    """
    interviewed = answer.interview is not None and not answer.interview.paused
    parts = [
        f'<p class="status status-{answer.status}">{STATUS[answer.status]}</p>',
        f'<div class="words">{_answer_words(turn, answer)}</div>',
        "" if interviewed else _assessments(turn, answer),
        interview_card(turn, answer, asked, last=last),
        _plain_list("unsettled", "办法没有明确的地方", _new_words(answer.unsettled, answer.answer)),
        _quotes(turn, "citations", "依据", answer, sources),
        _quotes(turn, "authority", "可向谁确认", answer, sources),
        _related(turn, answer.related),
        _quotes(turn, "background", "背景 · 非官方摘要，不作为依据", answer, sources),
        *(f'<p class="notice">{escape(text)}</p>' for text in notice_texts(answer.notices, in_page=True)),
        f'<p class="composer">{escape(composer_text(answer.provenance))}</p>' if answer.statements else "",
        _actions(answer, sources),
        "" if thumb is None else feedback_card(turn, thumb),
    ]
    return f'<article class="card{" reveal" if reveal else ""}">{"".join(parts)}</article>'


def _answer_words(turn: int, answer: Answer) -> str:
    """The answer's few kinds of Markdown (paragraph, list, heading, bold) and its markers as chips."""
    places = _places(answer)
    html: list[str] = []
    bullets: list[str] = []

    def close_list() -> None:
        if bullets:
            html.append("<ul>" + "".join(bullets) + "</ul>")
            bullets.clear()

    for number, line in enumerate(line for line in _marked(answer).splitlines() if line.strip()):
        style = f' style="--i:{min(number, 6)}"'
        if bullet := _BULLET.match(line):
            bullets.append(f"<li{style}>{_inline(turn, bullet[1], places)}</li>")
            continue
        close_list()
        if heading := _HEADING.match(line):
            html.append(f"<h4{style}>{_inline(turn, heading[1], places)}</h4>")
        else:
            html.append(f"<p{style}>{_inline(turn, line.strip(), places)}</p>")
    close_list()
    return "".join(html)


def _marked(answer: Answer) -> str:
    """The answer with `[n]` behind a statement turned into sentinels; a `[n]` anywhere else is only text."""
    text = answer.answer.replace(_OPEN, "").replace(_CLOSE, "")
    pieces, position = [], 0
    for statement in answer.statements:
        found = text.find(statement.text, position)
        if found < 0:
            continue
        end = found + len(statement.text)
        pieces.append(text[position:end])
        position = end
        if markers := _MARKERS.match(text, end):
            pieces += [f"{_OPEN}{n}{_CLOSE}" for n in _NUMBER.findall(markers[0])]
            position = markers.end()
    return "".join(pieces) + text[position:]


def _inline(turn: int, text: str, places: Places) -> str:
    text = _TIED.sub(r'<span class="tied">\1\2</span>', escape(text))
    text = _BOLD.sub(r"<strong>\1</strong>", text)
    return _SENTINEL.sub(lambda found: _numbered(turn, int(found[1]), places), text)


def _places(answer: Answer) -> Places:
    return {citation.n: (i, citation.label) for i, citation in enumerate(answer.citations)}


def _numbered(turn: int, n: int, places: Places) -> str:
    """The chip of the citation with this number; nothing if there is none."""
    return _chip(turn, "citations", places[n][0], n, places[n][1]) if n in places else ""


def _chip(turn: int, part: Part, index: int, n: int, label: str) -> str:
    return (
        f'<button type="button" class="chip" data-turn="{turn}" data-part="{part}" data-index="{index}"'
        f' aria-label="查看依据：{escape(label)}" title="{escape(label)}">{n}</button>'
    )


def _place(turn: int, part: Part, index: int, label: str) -> str:
    return (
        f'<button type="button" class="place" data-turn="{turn}" data-part="{part}" data-index="{index}"'
        f' aria-label="在原文中查看{escape(label)}">{escape(label)}</button>'
    )


def _permalink(citation: Citation) -> str:
    """A link that goes on showing this version's words; relative, as the page may stand under any address."""
    return (
        f'<a class="permalink" href="{escape(citation_link(citation))}" target="_blank" rel="noopener"'
        f' aria-label="{escape(citation.label)}的固定链接">固定链接</a>'
    )


def _quotes(turn: int, part: Part, heading: str, answer: Answer, sources: Sources) -> str:
    """The citations of one part. A quote that the answer's words give in full is not said again."""
    citations: Sequence[Citation] = getattr(answer, part)
    if not citations:
        return ""
    rows = []
    for i, citation in enumerate(citations):
        number = f'<span class="n" aria-hidden="true">{citation.n}</span>' if part == "citations" else ""
        title = "" if citation.article else sources.title(citation)
        document = f'<span class="document">{escape(title)}</span>' if title else ""
        said = citation.quote.rstrip(_STOPS) in answer.answer
        quote = "" if said else f"<blockquote>{escape(citation.quote)}</blockquote>"
        place = _place(turn, part, i, citation.label) + _permalink(citation)
        rows.append(f"<li>{number}<div>{place}{document}{quote}</div></li>")
    version = citations[0].version if part == "citations" else ""
    tag = f'<span class="version">{escape(version)}</span>' if version else ""
    brief = "" if any("<blockquote>" in row for row in rows) else ' class="brief"'
    return (
        f'<section class="sources sources-{part}" aria-live="off"><h3>{heading}{tag}</h3>'
        f"<ol{brief}>{''.join(rows)}</ol></section>"
    )


def _related(turn: int, related: Sequence[RelatedProvision]) -> str:
    rows = "".join(
        f"<li><div>{_place(turn, 'related', i, r.label)}<blockquote>{escape(r.quote)}</blockquote></div></li>"
        for i, r in enumerate(related)
    )
    if not rows:
        return ""
    return (
        '<section class="sources sources-related" aria-live="off"><h3>相近条文，不作为依据</h3>'
        f"<ol>{rows}</ol></section>"
    )


def _assessments(turn: int, answer: Answer) -> str:
    places = _places(answer)
    rows = "".join(_assessment(turn, a, places) for a in answer.assessments)
    return f'<ul class="assessments" aria-label="逐项比对">{rows}</ul>' if rows else ""


def _assessment(turn: int, assessment: Assessment, places: Places) -> str:
    unit = assessment.unit or ""
    counted = (assessment.actual or "").replace(".", "", 1).isdigit()
    facts = [
        f"您的情况：{assessment.actual}{unit if counted else ''}" if assessment.actual else "",
        f"要求：{assessment.required}{unit}" if assessment.required and assessment.unit else "",
        assessment.message,
        *assessment.caveats,
    ]
    chips = "".join(_numbered(turn, n, places) for n in assessment.citations)
    return (
        f'<li><span class="verdict verdict-{assessment.verdict}">{VERDICT[assessment.verdict]}</span>'
        f"<span>{escape('；'.join(fact for fact in facts if fact))}{chips}</span></li>"
    )


def _new_words(texts: Sequence[str], said: str) -> list[str]:
    """The texts that the answer's own words do not say already."""
    return [text for text in texts if text.strip().rstrip("。") not in said]


def _plain_list(name: str, heading: str, texts: Sequence[str]) -> str:
    rows = "".join(f"<li>{escape(text)}</li>" for text in texts)
    return f'<section class="{name}"><h3>{heading}</h3><ul>{rows}</ul></section>' if rows else ""


def _actions(answer: Answer, sources: Sources) -> str:
    title = sources.pack_of(answer).about.title
    return (
        '<div class="actions" aria-live="off">'
        f'<button type="button" data-copy="{escape(as_text(answer, title))}">复制答复</button>'
        f'<button type="button" data-download="{escape(as_markdown(answer, title))}"'
        f' data-name="{escape(file_name(answer.question))}">下载答复</button></div>'
    )
