"""A record as the desk shows it: claims on the left, and for each what it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.desk.provision_view import Shown, shown_citation, shown_related
from assistant.law.pack import Pack
from assistant.precheck.models import Check
from assistant.precheck.wording import (
    MARK,
    OUTCOME,
    VERDICT,
    actual_in_words,
    flag_sentence,
    gap_in_words,
    notice_sentence,
    place_in_words,
    requirement_in_words,
    standing_in_words,
)
from assistant.qa.models import Answer
from assistant.records.models import Record

STATUS: dict[str, str] = {
    "answered": "办法有规定",
    "not_covered": "办法未作规定",
    "needs_facts": "需要补充情况",
    "out_of_scope": "与本办法无关",
    "erased": "内容已删除",
}
STATUS.update(OUTCOME.items())
CHANNEL = {"page": "网页", "cli": "命令行", "batch": "批量", "api": "接口", "mcp": "MCP"}
DECIDED = {"confirmed": "确认", "overruled": "更正", "annotated": "备注"}


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement or check. `keys` name the provisions it rests on; `facts` are rows of name and value."""

    number: int
    text: str
    keys: tuple[str, ...]
    verdict: str = ""
    verdict_words: str = ""
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """Everything about a record on one screen. `provisions` in the order in which claims name them; `told`: what the
    person was told beside an answer."""

    record: Record
    heading: str
    claims: tuple[Claim, ...]
    provisions: tuple[Shown, ...]
    notes: tuple[str, ...] = field(default=())
    told: tuple[str, ...] = field(default=())


def view_of(record: Record, packs: Sequence[Pack]) -> View:
    """The view of a record that is not erased, or the little that is left of one that is."""
    if record.answer:
        return _answer_view(record, record.answer, packs)
    if record.report:
        report = record.report
        order = {"not_met": 0, "review": 1, "missing": 2, "met": 3, "not_applicable": 4}
        numbered = sorted(enumerate(report.checks), key=lambda one: order[one[1].verdict])
        claims = tuple(_check_claim(number, check) for number, check in numbered)
        provisions = tuple(
            shown_citation(packs, check.citation, report.pack_sha256, f"k{number}")
            for number, check in numbered
            if check.citation
        )
        notes = (*(flag_sentence(f) for f in report.flags), *(n for c in report.notices if (n := notice_sentence(c))))
        return View(
            record, report.file, claims, provisions, tuple(filter(None, (report.error, report.summary, *notes)))
        )
    return View(record, "内容已删除", (), ())


def _answer_view(record: Record, answer: Answer, packs: Sequence[Pack]) -> View:
    sha = answer.provenance.pack_sha256
    claims = tuple(
        Claim(number, statement.text, tuple(f"c{n}" for n in statement.citations))
        for number, statement in enumerate(answer.statements)
    )
    provisions = [shown_citation(packs, c, sha, f"c{c.n}") for c in answer.citations]
    provisions += [shown_citation(packs, c, sha, f"a{c.n}", "谁负责解释") for c in answer.authority]
    provisions += [shown_related(packs, r, sha, f"r{n}") for n, r in enumerate(answer.related)]
    provisions += [shown_citation(packs, c, sha, f"b{c.n}", "非官方整理，不作为依据") for c in answer.background]
    heading = record.turns[-1] if record.turns else answer.question
    told = tuple(sentence for notice in answer.notices if (sentence := notice_sentence(notice)))
    return View(record, heading, claims, tuple(provisions), made_by(answer), told)


def made_by(answer: Answer) -> tuple[str, ...]:
    """How the answer was worded, where that is worth knowing."""
    made = answer.provenance
    notes = []
    if made.composer != "extractive":
        notes.append(f"由模型措辞（{made.composer}），逐句核对过。")
    if made.dropped:
        notes.append(f"模型的 {made.dropped} 句话没有通过核对，已删去。")
    if made.fallback:
        notes.append(f"模型的措辞没有采用（{made.fallback}），显示的是条文原文。")
    return tuple(notes)


def _check_claim(number: int, check: Check) -> Claim:
    facts = (
        ("填报", actual_in_words(check)),
        ("位置", place_in_words(check.found_at)),
        ("要求", requirement_in_words(check)),
        ("相差", gap_in_words(check)),
        ("规则", standing_in_words(check)),
        ("说明", check.message),
        ("注意", "；".join(check.caveats)),
        ("佐证", "；".join(check.evidence)),
    )
    return Claim(
        number,
        check.label,
        (f"k{number}",) if check.citation else (),
        check.verdict,
        f"{MARK[check.verdict]} {VERDICT[check.verdict]}",
        tuple((name, value) for name, value in facts if value),
    )
