"""Silence without this regulation: `python -m eval.stard_silence --articles A --queries Q [--limit N] [--json]`.

Each statute of the STARD pool with ten articles or more becomes a pack by `new_pack`: no rule, lexicon or form exists
for it. Asked are the questions whose relevant articles all lie in one such statute, of the whole pack and of a copy
without these articles. Rejection: the copy is answered with `not_covered` or `out_of_scope`. False refusal: the whole
pack is. Beside it the plain similarity rule of eval/similarity_rule.py, its threshold tuned on dev.

The benchmark names the articles that lawyers found; an article that answers as well and is not named counts against
the assistant when the rest of the statute still answers. Questions are split into dev and test by a hash of their id.
"""

import argparse
import json
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from llama_index.core.base.embeddings.base import BaseEmbedding

from assistant.config import Settings, load_settings
from assistant.errors import MicError
from assistant.law.new_pack import new_pack
from assistant.law.numerals import parse_numeral
from assistant.qa.models import Answer
from assistant.retrieval.embedding import load_embedder
from assistant.retrieval.search import Search
from eval.cases import FOLDER
from eval.rates import Rate, rate
from eval.report import markdown_table, with_interval
from eval.run import progress
from eval.stard import InputError, _json_lines, split_of
from eval.subject import Subject, beside, open_subject

RESULTS = FOLDER / "results" / "stard-silence.md"
LEAST = 10  # articles that a statute needs to become a pack
REFUSALS = ("not_covered", "out_of_scope")
_NAME = re.compile(
    r"(?P<law>.+?)(?P<article>第(?P<number>[零〇一二三四五六七八九十百千]+)条(?:之(?P<branch>[一二三四五六七八九十]+))?)$"
)


@dataclass(frozen=True)
class Statute:
    """A law with those of its articles that the pool has: id to its place in the law and its text."""

    law: str
    articles: Mapping[int, tuple[tuple[int, int], str]]

    def text(self, without: Iterable[int] = ()) -> str:
        """A source: the law's name, then each article on a line of its own, in the law's order."""
        gone = set(without)
        kept = sorted((place, words) for i, (place, words) in self.articles.items() if i not in gone)
        return "\n".join([self.law, *(words for _, words in kept)]) + "\n"


@dataclass(frozen=True)
class Question:
    """A question with the articles that answer it, all of one statute."""

    id: int
    text: str
    relevant: tuple[int, ...]
    law: str

    @property
    def split(self) -> str:
        return split_of(self.id)


@dataclass(frozen=True)
class Asked:
    """The answers from the whole pack and from the one without the relevant articles, and the rule's best cosines."""

    question: Question
    whole: Answer
    cut: Answer
    right: bool  # the answer from the whole pack cites a relevant article
    cosine_whole: float
    cosine_cut: float


def statutes(articles: Sequence[Mapping[str, Any]]) -> dict[str, Statute]:
    """The laws of which the pool has ten articles or more, by name."""
    found: dict[str, dict[int, tuple[tuple[int, int], str]]] = {}
    for article in articles:
        name = _NAME.match(str(article["name"]))
        number = parse_numeral(name["number"]) if name else None
        if not name or number is None:
            continue
        branch = parse_numeral(name["branch"]) if name["branch"] else 0
        words = re.sub(r"\n\s*\n+", "\n", str(article["text"]).strip())
        own = found.setdefault(name["law"], {})
        own[int(article["id"])] = ((number, branch or 0), f"{name['article']} {words}")
    return {law: Statute(law, own) for law, own in found.items() if len(own) >= LEAST}


def questions(queries: Sequence[Mapping[str, Any]], of: Mapping[str, Statute]) -> list[Question]:
    """The questions whose relevant articles all lie in one of the statutes."""
    law_of = {i: s.law for s in of.values() for i in s.articles}
    found = []
    for query in queries:
        laws = {law_of.get(int(i)) for i in query["relevant"]}
        law = next(iter(laws)) if len(laws) == 1 else None
        if law is not None:
            found.append(Question(int(query["id"]), str(query["query"]), tuple(map(int, query["relevant"])), law))
    return found


def spread(asked: Sequence[Question], limit: int | None) -> list[Question]:
    """At most `limit` questions of each statute, spread over its questions."""
    chosen = []
    for law in dict.fromkeys(q.law for q in asked):
        own = [q for q in asked if q.law == law]
        most = len(own) if limit is None else min(limit, len(own))
        chosen += [own[n * len(own) // most] for n in range(most)]
    return chosen


def ask(
    of: Mapping[str, Statute], asked: Sequence[Question], settings: Settings, embedder: BaseEmbedding
) -> Iterator[Asked]:
    """Asks every question of both packs; a copy is made once for all questions with the same articles."""
    with tempfile.TemporaryDirectory(prefix="mic-eval-") as aside:
        shared = beside(settings, Path(aside) / "indexes")
        for number, law in enumerate(dict.fromkeys(q.law for q in asked)):
            statute, own = of[law], [q for q in asked if q.law == law]
            progress(f"statute {number + 1}: {len(statute.articles)} articles, {len(own)} questions")
            whole = _opened(statute, (), Path(aside) / f"{number}", shared, embedder)
            for which, relevant in enumerate(dict.fromkeys(tuple(sorted(q.relevant)) for q in own)):
                cut = _opened(statute, relevant, Path(aside) / f"{number}-{which}", shared, embedder)
                for question in (q for q in own if tuple(sorted(q.relevant)) == relevant):
                    yield _ask(question, statute, whole, cut)


def _opened(
    statute: Statute, without: Sequence[int], folder: Path, settings: Settings, embedder: BaseEmbedding
) -> Subject:
    folder.mkdir()
    source = folder / "source.txt"
    source.write_text(statute.text(without), encoding="utf-8")
    new_pack(source, folder / "pack", statute.law)
    return open_subject(folder / "pack", settings, embedder)


def _ask(question: Question, statute: Statute, whole: Subject, cut: Subject) -> Asked:
    before, after = (s.assistant.ask([question.text]) for s in (whole, cut))
    places = {statute.articles[i][0] for i in question.relevant}
    cited = {(c.article or 0, c.branch or 0) for c in before.citations}
    cosines = [_cosine(s.search, question.text) for s in (whole, cut)]
    return Asked(question, before, after, bool(places & cited), *cosines)


def _cosine(search: Search, query: str) -> float:
    """How near the passage is that the fused search ranks first."""
    return float(search.dense_scores(query)[int(np.argmax(search.fused_scores(query)))])


def threshold(asked: Sequence[Asked]) -> float:
    """The cosine above which answering is right most often on dev, whole and cut packs together."""
    dev = [a for a in asked if a.question.split == "dev"]
    values = sorted({c for a in dev for c in (a.cosine_whole, a.cosine_cut)})
    candidates = [-1.0, *((a + b) / 2 for a, b in pairwise(values)), 1.0]
    return max(candidates, key=lambda t: (sum((a.cosine_whole > t) + (a.cosine_cut <= t) for a in dev), -t))


def rates(asked: Sequence[Asked], limit: float) -> dict[str, Rate]:
    """What a part comes to; `limit` is the similarity rule's threshold."""
    answered = [a for a in asked if a.whole.status not in REFUSALS]
    return {
        "rejection": rate(a.cut.status in REFUSALS for a in asked),
        "of these out_of_scope": rate(a.cut.status == "out_of_scope" for a in asked if a.cut.status in REFUSALS),
        "false refusal": rate(a.whole.status in REFUSALS for a in asked),
        "cites a relevant article, of those answered": rate(a.right for a in answered),
        "rejection, of those answered with a relevant article": rate(
            a.cut.status in REFUSALS for a in answered if a.right
        ),
        "similarity rule: rejection": rate(a.cosine_cut <= limit for a in asked),
        "similarity rule: false refusal": rate(a.cosine_whole <= limit for a in asked),
    }


def by_split(asked: Sequence[Asked]) -> dict[str, dict[str, Rate]]:
    limit = threshold(asked)
    return {split: rates([a for a in asked if a.question.split == split], limit) for split in ("dev", "test")}


def table(asked: Sequence[Asked]) -> str:
    """Both parts beside each other, as Markdown."""
    found = by_split(asked)
    counts = {split: sum(a.question.split == split for a in asked) for split in found}
    rows = [[name, *(with_interval(found[split][name]) for split in found)] for name in found["dev"]]
    return markdown_table(["", *(f"{split}, {counts[split]} questions" for split in found)], rows)


def write_results(asked: Sequence[Asked], limit: int | None, path: Path) -> None:
    laws = len({a.question.law for a in asked})
    chosen = "All questions were asked." if limit is None else f"At most {limit} questions of each statute were asked."
    path.write_text(
        _TEXT.format(laws=laws, chosen=chosen, threshold=threshold(asked), table=table(asked)), encoding="utf-8"
    )


_TEXT = """# Silence on other statutes

Written by `python -m eval.stard_silence --articles A --queries Q --write`; `eval/stard_silence.py` says how it is done.
{laws} statutes of the STARD pool (Su et al. 2024) as packs without any lexicon, rule or form; each question is asked
of the whole pack and of a copy without the articles that answer it. {chosen} Shares stand with Wilson's
95 % interval. Nothing of the answering was tuned on these packs; the similarity rule's threshold ({threshold:.4f}) is
the best on dev.

{table}

- Where the general machinery has no lexicon it is not silent enough: most copies are answered, with a neighbouring
  article, though all that it says is that article's own words. What makes silence work on the project's regulation (the
  pack's words for what people ask, a reader trained on texts of its kind) does not carry over to statutes like these.
- The similarity rule rejects far more and refuses half of what the statute settles. Counting both packs alike it is
  right more often; it cannot say which of its answers to trust.
- Rejection counts an answer from what remains as wrong even where it holds: the benchmark names the articles that
  lawyers chose, and a statute often has another one that answers.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; 0 done, 1 an input could not be read, 2 wrong usage, 3 settings broken."""
    parser = argparse.ArgumentParser(prog="python -m eval.stard_silence", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--queries", type=Path, required=True)
    parser.add_argument("--limit", type=int, help="at most this many questions of each statute")
    parser.add_argument("--json", action="store_true", help="the rates as JSON instead of a table")
    parser.add_argument("--write", action="store_true", help=f"also write {RESULTS.name}")
    options = parser.parse_args(arguments)
    try:
        of = statutes(_json_lines(options.articles, ("id", "name", "text")))
        chosen = spread(questions(_json_lines(options.queries, ("id", "query", "relevant")), of), options.limit)
        if not chosen:
            raise InputError(f"{options.queries} has no question that one statute of {options.articles} answers.")
        settings = load_settings()
        asked = list(ask(of, chosen, settings, load_embedder(settings.embedding_model)))
    except InputError as error:
        print(error, file=sys.stderr)
        return 1
    except MicError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    if options.write:
        write_results(asked, options.limit, RESULTS)
    if options.json:
        found = {split: {name: r.as_json() for name, r in own.items()} for split, own in by_split(asked).items()}
        print(
            json.dumps({"threshold": round(threshold(asked), 4), "questions": len(asked), **found}, ensure_ascii=False)
        )
    else:
        print(table(asked))
    return 0


if __name__ == "__main__":
    sys.exit(main())
