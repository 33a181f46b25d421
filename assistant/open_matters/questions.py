"""Questions that the text did not settle, put together by the provision they come nearest to and what they ask for."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from assistant.errors import UnreadableFileError
from assistant.law.lines import compact
from assistant.law.pack import Pack
from assistant.qa.need import find_asks
from assistant.records.masking import Masks
from assistant.records.names import names_in
from assistant.records.store import RecordStore
from assistant.retrieval.tokens import normalize

NEED = {
    "money": "金额", "count": "数量", "percent": "比例", "date": "日期", "when": "时间", "start": "起算时间",
    "duration": "期限", "frequency": "频次", "quantity": "数量", "score": "分值", "area": "面积", "age": "年龄",
    "contact": "联系方式", "who": "由谁办理", "definition": "含义", "criterion": "标准", "method": "办法",
    "reason": "原因", "duty": "职责", "consequence": "后果", "procedure": "程序", "list": "清单",
    "requirement": "要求", "locate": "出处", "names": "名单", "yes_no": "是否可以", "topic": "其他",
}  # fmt: skip
"""What a question asks for, in Chinese."""

_EXAMPLES = 3
_MASKED = re.compile(r"[^，。；,;？?]*〔[^〕]{1,12}〕[^，。；,;？?]*[，。；,;]?")
_MAX_LINE = 2_000_000


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question that ended in not_covered, masked, with the provision that came nearest ("" if none did)."""

    text: str
    locator: str = ""
    label: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class QuestionGroup:
    """Questions of one kind. `typical` is the one whose words have most in common with the others'."""

    typical: str
    need: str
    locator: str
    label: str
    quote: str
    count: int
    examples: tuple[str, ...]


def question_of(text: str, related: Sequence[tuple[str, str, str]]) -> OpenQuestion:
    """A question with personal details masked. `related`: locator, label and quote, the nearest first."""
    masked = Masks(names_in(text)).mask(" ".join(text.split()))
    locator, label, quote = related[0] if related else ("", "", "")
    return OpenQuestion(masked, locator, label, quote)


def questions_in(path: Path) -> list[OpenQuestion]:
    """The questions of a file of answers, as `mic ask --batch` writes it; other answers are passed over.

    Raises UnreadableFileError if the file, or a line of it, cannot be read.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFileError(f"读不了 {path}。", "要的是 mic ask --batch 写出的JSONL文件（UTF-8）。") from error
    found = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            answer = json.loads(line[:_MAX_LINE])
            if answer.get("status") != "not_covered":
                continue
            near = [(str(r["locator"]), str(r["label"]), str(r["quote"])) for r in answer.get("related", [])]
            found.append(question_of(str(answer["question"]), near))
        except (ValueError, KeyError, AttributeError, TypeError) as error:
            raise UnreadableFileError(
                f"{path} 第{number}行不是一条答复。", "要的是 mic ask --batch 写出的JSONL文件。"
            ) from error
    return found


def recorded_questions(
    store: RecordStore, pack: Pack, since: datetime | None = None, until: datetime | None = None
) -> Iterator[OpenQuestion]:
    """The recorded questions about this regulation, in any of its versions, that it did not settle.

    `since` (inclusive) and `until` (exclusive) are aware times. Raises RecordsError.
    """
    for record in store.entries(since=since, until=until, kinds={"answer"}, statuses={"not_covered"}):
        if record.answer and record.stamp.pack in ("", pack.id):
            near = [(r.locator, r.label, r.quote) for r in record.answer.related]
            yield question_of(record.answer.question, near)


def period_in_words(first: date | None, last: date | None) -> str:
    """The days, both included, from which questions were taken; "" for all."""
    if not first and not last:
        return ""
    return f"{first or '开始记录'}至{last or '最近一次记录'}"


def grouped(questions: Iterable[OpenQuestion]) -> list[QuestionGroup]:
    """The groups, the most frequent first; the same whatever the order of the questions."""
    groups: dict[tuple[str, str], list[OpenQuestion]] = defaultdict(list)
    for question in questions:
        groups[question.locator, need_of(question.text)].append(question)
    found = [_group(need, members) for (_, need), members in groups.items()]
    return sorted(found, key=lambda g: (-g.count, g.locator, g.need, g.typical))


def need_of(text: str) -> str:
    """What a question asks for, in Chinese; clauses in which something was masked ask for nothing."""
    text = _MASKED.sub("", text) or text
    return NEED.get(find_asks(normalize(text))[0].need.value, NEED["topic"])


def _group(need: str, members: Sequence[OpenQuestion]) -> QuestionGroup:
    texts = sorted(m.text for m in members)
    typical = _most_typical(texts)
    others = [text for text in dict.fromkeys(texts) if text != typical][:_EXAMPLES]
    first = min(members, key=lambda m: (m.locator, m.quote))
    return QuestionGroup(typical, need, first.locator, first.label, first.quote, len(members), tuple(others))


def _most_typical(texts: Sequence[str]) -> str:
    """The wording with most pairs of characters in common with all; the shorter one, then the first by order."""
    distinct = list(dict.fromkeys(texts))[:400]
    grams = {text: _pairs(text) for text in distinct}

    def closeness(text: str) -> float:
        mine = grams[text]
        return sum(len(mine & theirs) / max(1, len(mine | theirs)) for theirs in grams.values())

    return min(distinct, key=lambda text: (-round(closeness(text), 6), len(text), text))


def _pairs(text: str) -> frozenset[str]:
    words = re.sub(r"[^\w]", "", compact(normalize(text)))
    return frozenset(words[i : i + 2] for i in range(len(words) - 1))
