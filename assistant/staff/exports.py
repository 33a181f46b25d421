"""What corrections become: cases for an evaluation file and entries for a lexicon, both to be reviewed by a person.

Nothing here changes what the assistant says. The texts are those of the records, in which persons are masked.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import tomli_w

from assistant.law.lexicon import LexiconFile, TermEntry
from assistant.law.pack import Pack
from assistant.records.models import Decision, Record
from assistant.staff.corrections import cited_in, standing

# A first guess that the reviewer sets right: what the question files call such questions.
_CATEGORY = {
    "answered": "fact",
    "not_covered": "uncovered",
    "needs_facts": "eligibility",
    "out_of_scope": "other_subject",
}
_LEXICON_HEAD = (
    "# 核对台提出的词条，供审阅；没有自动生效。采用的，请逐条移入资料包的 lexicon.toml。\n"
    "# same 同义；near 相近而不相同。每条后面是提出的次数。\n\n"
)


def case_of(record: Record) -> dict[str, Any] | None:
    """The corrected answer as a case; None if no correction of it stands.

    The right provisions are wanted (`gold`); what claims cite that were not overruled may be cited besides (`also`).
    """
    decisions = standing(record)
    if record.answer is None or not decisions:
        return None
    status = _right_status(record.answer.status, decisions)
    gold = list(dict.fromkeys(d.locator for d in decisions if d.locator)) if status != "not_covered" else []
    overruled = {decision.claim for decision in decisions}
    kept: list[str] = []
    if None not in overruled:
        others = [n for n in range(len(record.answer.statements)) if n not in overruled]
        kept = [citation.locator for n in others for citation in cited_in(record, n)]
    return {
        "id": f"staff-{record.id[:12]}",
        "category": _CATEGORY[status],
        "turns": record.turns,
        "status": status,
        "gold": gold,
        "also": [one for one in dict.fromkeys(kept) if one not in gold],
        "note": "；".join(dict.fromkeys(d.note for d in decisions if d.note)),
        "pack": record.stamp.pack,
        "version": record.stamp.version,
    }


def case_lines(records: Iterable[Record]) -> Iterator[str]:
    """The cases as lines of an evaluation file. Of the same conversation the last correction counts."""
    cases: dict[tuple[str, ...], dict[str, Any]] = {}
    for record in records:
        case = case_of(record)
        if case:
            turns = tuple(case["turns"])
            cases.pop(turns, None)
            cases[turns] = case
    for case in cases.values():
        yield json.dumps(case, ensure_ascii=False) + "\n"


def lexicon_toml(records: Iterable[Record], packs: Iterable[Pack] = ()) -> str:
    """The proposed entries in the format of `lexicon.toml`. What `packs` have already is only named in a comment."""
    known = {(surface, law) for pack in packs for surface, laws in pack.lexicon.terms.items() for law in laws}
    counts: dict[tuple[str, str, bool], int] = {}
    had: dict[tuple[str, str], int] = {}
    for record in records:
        for decided in record.decisions:
            decision = decided.decision
            if not (decision.term and decision.law_term):
                continue
            if (decision.term, decision.law_term) in known:
                had[decision.law_term, decision.term] = had.get((decision.law_term, decision.term), 0) + 1
            else:
                key = (decision.law_term, decision.term, decision.is_near)
                counts[key] = counts.get(key, 0) + 1
    entries: dict[str, TermEntry] = {}
    for law, term, is_near in sorted(counts):
        entry = entries.setdefault(law, TermEntry(law=law))
        (entry.near if is_near else entry.same).append(term)
    file = LexiconFile(term=list(entries.values()))
    said = "".join(f"# {law} ← {term}：{count} 次\n" for (law, term, _), count in sorted(counts.items()))
    said += "".join(f"# 词表已有，不再列出：{law} ← {term}，{n} 次\n" for (law, term), n in sorted(had.items()))
    return _LEXICON_HEAD + said + ("\n" if said else "") + (tomli_w.dumps(_plain(file)) if entries else "")


def _right_status(given: str, decisions: list[Decision]) -> str:
    """The last status that was named; else the one given, which becomes `answered` where a provision settles it."""
    named = [decision.status for decision in decisions if decision.status]
    if named:
        return named[-1]
    return "answered" if given in ("not_covered", "out_of_scope") else given


def _plain(file: LexiconFile) -> Mapping[str, Any]:
    terms = [{"law": t.law} | {k: v for k in ("same", "near") if (v := getattr(t, k))} for t in file.term]
    return {"term": terms}
