"""What rests on the old text outside its pack: questions of evaluation files, and answers that were given."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import PackError, UnreadableFileError
from assistant.law.citation import Citation
from assistant.law.locator import Locator
from assistant.records.models import Record
from assistant.versions.correspondence import Correspondence, label_of
from assistant.versions.models import TouchedCase


@dataclass(frozen=True)
class Cited:
    """An answer that was given, and what it cites."""

    id: str
    question: str
    citations: tuple[Citation, ...]


def cited_by(records: Iterable[Record]) -> Iterator[Cited]:
    """The answers and pre-checks among records that cite anything; those erased have nothing to tell."""
    for record in records:
        if record.answer:
            yield Cited(record.id, record.answer.question, (*record.answer.citations, *record.answer.authority))
        elif record.report:
            cited = {c.citation.locator: c.citation for c in record.report.checks if c.citation}
            yield Cited(record.id, f"预审：{record.report.file}", tuple(cited.values()))


def touched_answers(answers: Iterable[Cited], pack_id: str, version: str, found: Correspondence) -> list[TouchedCase]:
    """The answers that rest on provisions of this version of the law which changed."""
    document = found.old.id
    cases = []
    for answer in answers:
        own = [c for c in answer.citations if (c.pack, c.version, c.document) == (pack_id, version, document)]
        case = _case("记录", answer.id, answer.question, [c.locator for c in own], found)
        if case:
            cases.append(case)
    return cases


def touched_cases(files: Iterable[Path], found: Correspondence) -> Iterator[TouchedCase]:
    """The questions of evaluation files whose gold provisions changed; not those whose quotes stand where they stood.

    A file has one JSON object a line: `id`, `turns`, `gold`, and maybe `quote`.

    Raises UnreadableFileError, naming file and line, for what is no such file.
    """
    for file in files:
        try:
            lines = file.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise UnreadableFileError(f"读不了题目文件 {file}。", "请检查路径和编码（UTF-8）。") from error
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            case_id, turns, gold, quotes = _read(line, file, number)
            if quotes and all(quote in found.new.text for quote in quotes) and _in_place(gold, found):
                continue
            case = _case(file.name, case_id, " | ".join(turns), gold, found)
            if case:
                yield case


def _in_place(gold: Sequence[str], found: Correspondence) -> bool:
    """Whether the provisions are still called what they were, whatever else they say now."""
    return all(label_of(found.old, locator) and found.new_locator(locator) == locator for locator in gold)


def _read(line: str, file: Path, number: int) -> tuple[str, list[str], list[str], list[str]]:
    try:
        content = json.loads(line)
        turns, gold, quotes = content["turns"], content.get("gold", []), content.get("quote", [])
        quotes = [quotes] if isinstance(quotes, str) else quotes
        if not all(isinstance(each, str) for each in (*turns, *gold, *quotes)):
            raise TypeError
        for locator in gold:
            Locator.parse(locator)
        return str(content["id"]), list(turns), list(gold), list(quotes)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UnreadableFileError(
            f"{file} 第{number}行不是一道题。", "每行应是一个 JSON 对象，有 id、turns 和 gold（条款定位）。"
        ) from error


def _case(
    source: str, case_id: str, question: str, locators: Sequence[str], found: Correspondence
) -> TouchedCase | None:
    known = [locator for locator in dict.fromkeys(locators) if label_of(found.old, locator)]
    try:
        changed = [locator for locator in known if found.changed([locator])]
    except PackError:
        return None
    kinds = sorted({entry.kind for locator in changed for entry in found.changed([locator])})
    if not changed:
        return None
    return TouchedCase(
        source=source,
        id=case_id,
        question=question,
        provisions=[label_of(found.old, locator) for locator in changed],
        kinds=kinds,
    )
