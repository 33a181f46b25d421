"""Rules to fill in, out of a text's own words: every threshold that stands beside a word of comparison.

Nothing is made up: the quote is the text's, what cannot be read back from it is left out, and every rule is marked as
a draft, which is not loaded until somebody has reviewed it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.law.locator import Kind
from assistant.law.sentences import Span, split_sentences
from assistant.law.types import Document, Provision
from assistant.law.values import Value, ValueKind, find_values
from assistant.rules.quote_template import PLACEHOLDERS, Comparison, read_quote
from assistant.rules.rule_schema import Force, RuleEntry, Stage

_KINDS = {
    ValueKind.MONEY, ValueKind.PERSONS, ValueKind.ORGANISATIONS, ValueKind.COUNT, ValueKind.PERCENT, ValueKind.AREA,
    ValueKind.DURATION, ValueKind.AGE, ValueKind.TIMES, ValueKind.SCORE,
}  # fmt: skip
_WHOLE = {ValueKind.PERSONS, ValueKind.ORGANISATIONS, ValueKind.COUNT, ValueKind.TIMES}
_COMPARED = re.compile(rf"(?:{PLACEHOLDERS['comparison']})\Z")
# Words beside a number for which there is no hole: how it compares is stated, and the word stays in the quote.
_STATED_BEFORE = ((re.compile(r"(?<!不)满\Z"), Comparison.AT_LEAST), (re.compile("最高\\Z"), Comparison.AT_MOST))
_STATED_AFTER = (("以上", Comparison.AT_LEAST), ("以下", Comparison.AT_MOST))
# In order: the first whose words stand in the sentence, in what introduces it, or over it.
_STAGES = (
    (Stage.CHANGE, "变更|调整"), (Stage.NAMING, "命名|名称"), (Stage.ASSESSMENT, "评估|考核|检查|复核"),
    (Stage.APPLICATION, "申请|申报|条件|资格|对象"), (Stage.SELECTION, "评审|评选|公示|推荐|遴选|受理|认定|验收"),
)  # fmt: skip
_MUST = re.compile("应当?|必须|须|不得|需")
_LEADING = re.compile(
    r"^(?:其中|并且?|且|以及|同时|有|具有|具备|拥有|配备|从事|按照|对|原则上|应当?|须|必须|不得|每年|的|，)+|^[（(][^）)]*[）)]"
)
# The comma of 1,000 parts nothing.
_CLAUSE_MARK = re.compile("[，：:]|,(?![0-9]{3})")
_MAX_LABEL, _MAX_QUOTE = 40, 120


@dataclass(frozen=True)
class Suggestion:
    """A rule that may be one, with the words of the text that it was read from."""

    entry: RuleEntry
    words: str


def suggest_rules(document: Document) -> list[Suggestion]:
    """In reading order; each can be read back from the text as it stands."""
    found: list[Suggestion] = []
    for provision in document.provisions:
        if provision.kind in (Kind.PREAMBLE, Kind.CLOSING):
            continue
        for number, suggestion in enumerate(_of_provision(document, provision), 1):
            name = f"{provision.locator}-{number}"
            entry = suggestion.entry.model_copy(
                update={"id": re.sub("[._]", "-", name), "field": re.sub("[.-]", "_", name)}
            )
            found.append(replace(suggestion, entry=entry))
    return _told_apart(found)


def _of_provision(document: Document, provision: Provision) -> Iterator[Suggestion]:
    for start, end in document.own_spans(provision):
        for sentence in split_sentences(document.text, start, end):
            for value in find_values(sentence.text):
                suggestion = _suggestion(document, provision, sentence, value)
                if suggestion:
                    yield suggestion


def _suggestion(document: Document, provision: Provision, sentence: Span, value: Value) -> Suggestion | None:
    if value.kind not in _KINDS:
        return None
    unit = "%" if value.kind is ValueKind.PERCENT else value.unit
    clause = max((m.end() for m in _CLAUSE_MARK.finditer(sentence.text, 0, value.start)), default=0)
    before, after = sentence.text[clause : value.start], sentence.text[value.end :]
    compared = _COMPARED.search(before)
    stated = None if compared else _stated(before, after)
    if not unit or (compared is None and stated is None):
        return None
    said = before[: compared.start()] if compared else before
    tail = next((words for words, _ in _STATED_AFTER if not compared and after.startswith(words)), "")
    hole = "{comparison}{threshold}" if compared else "{threshold}" + tail
    label = _LEADING.sub("", said.strip()).rstrip("满最高，：: ") or provision.label
    for quote, words in _quotes(sentence.text[:clause], said + hole, sentence.text[clause : value.end] + tail):
        readings = read_quote(quote, unit, document.text, provision.start, provision.end)
        everywhere = {(r.threshold, r.comparison) for r in readings}
        if len(quote) <= _MAX_QUOTE and len(everywhere) == 1 and readings[0].threshold is not None:
            test = {"kind": "threshold", "unit": unit, "whole": value.kind in _WHOLE}
            if stated:
                test["comparison"] = stated.value
            return Suggestion(_entry(document, provision, sentence, label, quote, test), words)
    return None


def _stated(before: str, after: str) -> Comparison | None:
    by_front = next((comparison for pattern, comparison in _STATED_BEFORE if pattern.search(before)), None)
    return by_front or next((comparison for words, comparison in _STATED_AFTER if after.startswith(words)), None)


def _quotes(front: str, quote: str, words: str) -> Iterator[tuple[str, str]]:
    """Quotes that may single the number out: from its clause on, else with what stands in front of it."""
    yield quote, words
    yield front + quote, front + words


def _entry(
    document: Document, provision: Provision, sentence: Span, label: str, quote: str, test: dict[str, object]
) -> RuleEntry:
    around = _around(document, provision)
    # Of two ways to fulfil something, who fails the one may take the other.
    doubt = {"otherwise": "review"} if re.search("或者?", sentence.text) else {}
    return RuleEntry.model_validate(
        {
            "id": "draft",
            "field": "draft",
            "label": label[-_MAX_LABEL:],
            "stage": _stage(sentence.text, *around).value,
            "force": _force(sentence.text, *around[:1]).value,
            "decidability": "declared",
            "provision": str(provision.locator),
            "quote": quote,
            "test": test,
            "draft": True,
            **doubt,
        }
    )


def _around(document: Document, provision: Provision) -> list[str]:
    """What introduces a provision, innermost first: the words before it in the one around it, or a heading."""
    found = []
    for locator in reversed(provision.path):
        outer = document.get(locator)
        if outer:
            spans = document.own_spans(outer)
            found.append(outer.heading or "".join(document.text[s:e] for s, e in spans if e <= provision.start))
    return found


def _stage(*texts: str) -> Stage:
    for text in texts:
        for stage, words in _STAGES:
            if re.search(words, text):
                return stage
    return Stage.OPERATION


def _force(sentence: str, lead: str = "") -> Force:
    """What the words say, and nothing where they say nothing."""
    if "原则上" in sentence:
        return Force.PRINCIPLE
    return Force.MUST if _MUST.search(sentence) or _MUST.search(lead) else Force.NONE


def _told_apart(found: list[Suggestion]) -> list[Suggestion]:
    """Labels that several rules share get the provision's name."""
    labels = [s.entry.label for s in found]
    told, seen = [], set()
    for suggestion in found:
        entry = suggestion.entry
        label = entry.label
        if labels.count(label) > 1 or label in seen:
            label = f"{label[: _MAX_LABEL - 14]}（{entry.id}）"
        seen.add(label)
        told.append(replace(suggestion, entry=entry.model_copy(update={"label": label})))
    return told
