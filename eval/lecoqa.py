"""How well the verifier tells supported statements from changed ones, on LeCoQA: lawyers' answers and their statutes.

False alarms: statements that eval/verifier/statements.py chooses. Detection: the same with one fact changed, by
eval/verifier/mutations.py. And sentences in which real models name an article that was not given to them. Questions are
split by a hash of their id; everything is tuned on dev, and only dev's failures can be shown.
"""

import argparse
import json
import sys
import time
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assistant.verify import Reason, verify
from eval.figures import write_figures
from eval.rates import Rate, rate
from eval.verifier.invented import citing
from eval.verifier.mutations import KINDS, Mutation, cited, mutations
from eval.verifier.statements import (
    BY_MODELS,
    NEAR,
    PARAPHRASE,
    STATUTE,
    Base,
    Row,
    chosen,
    digest,
    drawn,
    load,
    of_models,
    of_statutes,
    without_doubles,
)

PROJECT = Path(__file__).resolve().parent.parent
RESULTS = PROJECT / "eval" / "results" / "lecoqa.md"
MOST = {"number": 30, "period": 8, "polarity": 6, "subject": 6, "article": 3}


def bases_of(rows: Sequence[Row]) -> dict[str, list[Base]]:
    """The supported statements by kind."""
    found = without_doubles([b for row in rows for b in chosen(row)])
    statutes = without_doubles([b for row in rows for b in of_statutes(row)])
    return {
        PARAPHRASE: [b for b in found if b.kind == PARAPHRASE],
        NEAR: [b for b in found if b.kind == NEAR],
        STATUTE: statutes,
    }


def bases_of_models(rows: Sequence[Row]) -> dict[str, list[Base]]:
    """The models' sentences that the same rule takes, by kind. Only false alarms are counted on them."""
    found = without_doubles([b for row in rows for b in of_models(row)])
    return {kind: [b for b in found if b.kind == kind] for kind in BY_MODELS.values()}


def measure(rows: Sequence[Row], show: str = "") -> dict[str, Any]:
    """All figures of a part; `show` names what to print failures of."""
    bases = bases_of(rows)
    alarms, detected, hard = {}, {}, {}
    for kind, some in (bases | bases_of_models(rows)).items():
        supports = [verify(b.text, b.quotes, labels=b.names) for b in some]
        alarms[kind] = rate(not s.ok for s in supports)
        for base, support in zip(some, supports, strict=True):
            if not support.ok and show == kind:
                print(f"{base.question}\t{support.reason}\t{support.detail}\t{base.text}")
    named = [(b, text) for some in bases.values() for b in some if b.kind != PARAPHRASE and (text := cited(b))]
    alarms["under the statute's name"] = rate(
        not verify(text, b.quotes, labels=b.names).ok
        for b, text in named
        if verify(b.text, b.quotes, labels=b.names).ok
    )
    for kind in KINDS:
        changed = [m for some in bases.values() for b in some for m in mutations(b, kind, MOST[kind])]
        caught = [not verify(m.text, m.base.quotes, labels=m.base.names).ok for m in changed]
        detected[kind] = rate(caught)
        of_lawyers = [c for m, c in zip(changed, caught, strict=True) if m.base.kind != STATUTE]
        hard[kind] = rate(of_lawyers)
        detected[kind + " statements"] = len({m.base.text for m in changed})  # type: ignore[assignment]
        _show_missed(changed, caught, show == kind)
    return {
        "statements": alarms,
        "detected": detected,
        "detected in lawyers' sentences": hard,
        **_models(rows),
        "milliseconds": _speed(bases),
    }


def _show_missed(changed: Sequence[Mutation], caught: Sequence[bool], wanted: bool) -> None:
    for mutation, found in zip(changed, caught, strict=True):
        if wanted and not found:
            print(f"{mutation.base.question}\t{mutation.base.kind}\t{mutation.change}\t{mutation.text}")


def _models(rows: Sequence[Row]) -> dict[str, Any]:
    sentences = [c for row in rows for c in citing(row)]
    strange = [c for c in sentences if not c.given]
    supports = [verify(c.text, c.row.quotes, labels=c.row.names) for c in strange]
    return {
        "models": {
            "sentences that name an article": len(sentences),
            "rejected: names an article that was not given": rate(not s.ok for s in supports),
            "of these for that reason": rate(s.reason is Reason.ARTICLE for s in supports),
            "rejected: names an article that does not exist": rate(
                not s.ok for c, s in zip(strange, supports, strict=True) if not c.exists
            ),
            "rejected: names a given article": rate(
                not verify(c.text, c.row.quotes, labels=c.row.names).ok for c in sentences if c.given
            ),
        }
    }


def _speed(bases: dict[str, list[Base]]) -> dict[str, float]:
    """A statement's check with its quotes read before, as they are when several statements cite them."""
    times = []
    for base in [b for some in bases.values() for b in some]:
        begun = time.process_time()
        verify(base.text, base.quotes, labels=base.names)
        times.append((time.process_time() - begun) * 1000)
    times.sort()
    return {"median": round(times[len(times) // 2], 2), "p95": round(times[int(len(times) * 0.95)], 2)}


def _by_hand(rows: Sequence[Row]) -> dict[str, Any]:
    """The statements read by hand, of both parts: how many are really supported, and what the verifier says of each."""
    raw = tomllib.loads((PROJECT / "eval" / "verifier" / "read_by_hand.toml").read_text(encoding="utf-8"))
    bad = set(raw["not_supported"])
    sample = drawn(without_doubles([b for row in rows for b in chosen(row)]), 100)
    refused = {b.text: not verify(b.text, b.quotes, labels=b.names).ok for b in sample}
    wrong = [b.text for b in sample if digest(b.text)[:12] in bad]
    right = [b.text for b in sample if digest(b.text)[:12] not in bad]
    return {
        "not really supported": rate(t in wrong for t in refused),
        "refused of those not supported": rate(refused[t] for t in wrong),
        "refused of those supported": rate(refused[t] for t in right),
    }


def figures(parts: dict[str, dict[str, Any]]) -> dict[str, dict[str, Rate | int]]:
    """The shares of both parts: false alarms by kind of statement, detection by kind of change."""
    found: dict[str, dict[str, Rate | int]] = {}
    for part, measured in parts.items():
        alarms = {f"false_alarm: {k}": v for k, v in measured["statements"].items()}
        caught = {f"detected: {k}": v for k, v in measured["detected"].items() if isinstance(v, Rate)}
        found[part] = {**alarms, **caught}
    return found


def report(parts: dict[str, dict[str, Any]], by_hand: dict[str, Any]) -> str:
    """The figures of dev and test as Markdown."""
    lines = [_HEAD.rstrip(), ""]
    for title, key in (
        ("Refused though chosen as supported (false alarms)", "statements"),
        ("Changed statements that are refused", "detected"),
        ("Of these, changes to sentences of the lawyers", "detected in lawyers' sentences"),
        ("Sentences of the models that name an article", "models"),
    ):
        lines += [f"## {title}", "", "| | dev | test |", "| --- | --- | --- |"]
        for name in parts["test"][key]:
            cells = " | ".join(_cell(parts[part][key].get(name)) for part in ("dev", "test"))
            lines.append(f"| {name} | {cells} |")
        lines.append("")
    lines += ["## Read by hand", "", _HAND, ""]
    lines += [f"- {name}: {_cell(value)}" for name, value in by_hand.items()]
    return "\n".join([*lines, "", _TAIL.strip(), ""])


def _cell(value: object) -> str:
    if not isinstance(value, Rate):
        return str(value)
    if value.share is None or value.interval is None:
        return "–"
    low, high = value.interval
    return f"{value.share:.3f} [{low:.3f}, {high:.3f}] of {value.of}"


_HEAD = """# The verifier on LeCoQA

Written by `python -m eval.lecoqa ANSWERS --write`. `assistant/verify` decides whether quotes carry a statement.
Here the quotes are the statutes that answer a legal question, the statements sentences of lawyers' reference
answers, chosen by the rule in `eval/verifier/statements.py`, and the statutes' own sentences lightly reworded.
`eval/verifier/mutations.py` changes one fact of them. Shares stand with Wilson's 95 % interval and the number
of cases. Questions are split by a hash of their id, two in five to dev.
"""
_HAND = """100 of the chosen statements of both parts, drawn by a hash, were read by the writer of the verifier,
each with the words marked that its statutes do not have; the statutes themselves were read in full
only where that left a
doubt (nine questions), so a condition that a statement leaves out may have been missed elsewhere.
`eval/verifier/read_by_hand.toml` names those that are not really supported, with the reason."""
_TAIL = """## How to read this

- Several changes are made to one statement (“… statements” counts the statements), so the cases are not
  independent and the intervals of the changes are too narrow. Of numbers there are few statements.
- The rules were tuned on dev, on its models' sentences, on statutes reworded by machine, and against lies about the
  project's own regulation; test's failures were never read, but its figures had been seen before, so it is not a clean
  test. The checks of misquotes, negations, lists and exchanged words cost false alarms: test's paraphrases stood at
  0.352 before them. They stay, as a statement that is refused costs only its wording: the law's own words go out.
- Missed: the targets of at most 20 % false alarms on paraphrases and 2 % on near-verbatim statements. The sentences of
  models show the same on more cases; nobody checked that each of them is right.
- Which articles the models invent can only be told against the statutes given: an article that exists and was
  not given is refused as well, as it must be.
- A statement's check takes about a millisecond once its quotes have been read.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.lecoqa", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("answers", type=Path, help="answers.jsonl of the benchmark")
    parser.add_argument("--part", choices=("dev", "test"), default="dev")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--show", default="", help="print dev's failures of a kind of statement or change")
    parser.add_argument("--write", action="store_true", help="measure both parts and write eval/results/lecoqa.md")
    options = parser.parse_args(arguments)
    if options.show and options.part != "dev":
        print("Only failures of dev can be shown: test is not for tuning.", file=sys.stderr)
        return 2
    if options.write:
        parts = {part: measure(load(options.answers, part)) for part in ("dev", "test")}
        RESULTS.write_text(report(parts, _by_hand(load(options.answers, "all"))), encoding="utf-8")
        write_figures("lecoqa", figures(parts))
        return 0
    result = measure(load(options.answers, options.part), options.show)
    print(
        json.dumps(
            result, ensure_ascii=False, indent=1, default=lambda r: r.as_json() if isinstance(r, Rate) else str(r)
        )
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
