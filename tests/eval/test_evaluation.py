"""The evaluation's JSON and page: totals only, self-contained, and every figure with its cases."""

import json
import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from assistant.config import PROJECT, Settings
from eval.cases import load_cases
from eval.evaluation import __main__ as command
from eval.evaluation.files import read_evaluation
from eval.evaluation.gather import measures, set_figures
from eval.evaluation.models import BaselineFigures, EditFigures, Evaluation, LeftOut
from eval.evaluation.readme_table import readme_table
from eval.figures import Figure, Figures, Stamp, read_figures, stamp_now, write_figures
from eval.metrics.consistency import consistency
from eval.page.render import render_page
from eval.page.shapes import bar, cell, percent
from eval.page.summary import sentences
from eval.question_sets import FOLDER, SetResult, Split
from eval.rates import Rate
from tests.eval.toy import toy_scores

HIDDEN = "谁也不该看见"
STAMP = Stamp(commit="0" * 40, clean=True, day=date(2026, 1, 2))


def a_set(split: Split) -> SetResult:
    hidden = {"turns": [HIDDEN], "id": HIDDEN}
    scores = tuple(
        type(s)(**{**vars(s), "case": s.case.model_copy(update=hidden), "reason": HIDDEN}) for s in toy_scores()
    )
    return SetResult(split, split, scores, Rate(5, 5))


def figures(name: str, **parts: dict[str, Rate | int]) -> Figures:
    found = {p: {k: Figure.from_rate(v) if isinstance(v, Rate) else v for k, v in m.items()} for p, m in parts.items()}
    return Figures(name=name, stamp=STAMP, parts=found)


def row(name: str, mode: str, wrong: Rate) -> BaselineFigures:
    rates = dict.fromkeys(("status", "false_refusals", "wrong_answers", "article_recall", "article_precision"), wrong)
    about = {"name": name, "mode": mode, "split": "test", "threshold": None}
    return BaselineFigures.model_validate(about | {"measures": {n: r.as_json() for n, r in rates.items()}})


@pytest.fixture
def evaluation() -> Evaluation:
    splits: tuple[Split, ...] = ("dev", "test", "fresh")
    sets = [set_figures(a_set(split), None) for split in splits]
    return Evaluation(
        stamp=STAMP, pack="toy", pack_title="某某<奖励>办法", pack_sha256="0" * 64, embedder="none", llm=None,
        whole=True, splits=sets, sets=sets, regulations=[sets[0].model_copy(update={"name": "sports-hall"})],
        edits=[EditFigures(split="dev", kind="insert", cases=4, measures=measures({"status_after": Rate(3, 4)}))],
        baselines=[row("assistant", "own", Rate(1, 10)), row("dense", "always", Rate(10, 10)),
                   row("dense", "matched", Rate(8, 10)), row("lexical", "matched", Rate(9, 10))],
        left_out=[LeftOut(name="citation_engine", why="没有配置语言模型。")],
        consistency=measures({"batch": Rate(3, 3)}),
        dialogues=figures("dialogues", test={"turns": Rate(9, 10)}),
        others=[figures("forms", **{"unseen, generated": {"verdicts": Rate(90, 100), "false_met": 2}}),
                figures("attacks", test={"attacks": 7, "got_through": Rate(0, 9)})],
    )  # fmt: skip


def test_the_page_holds_no_question_and_fetches_nothing(evaluation: Evaluation) -> None:
    page = render_page(evaluation)
    assert HIDDEN not in page + evaluation.model_dump_json()
    assert not re.search(r"https?:|<script|<link|<img|@import|url\(", page)
    assert "default-src 'none'" in page
    assert "某某&lt;奖励&gt;办法" in page


def test_the_page_says_first_what_it_means(evaluation: Evaluation) -> None:
    right, wrong, beside = sentences(evaluation)
    assert "8 个没有用来调试的问题" in right
    assert "50.0%" in right
    assert "5 处引文全部与原文一字不差" in right
    assert "3 个问题里，有 33.3%" in wrong
    assert "80.0% 至 90.0%" in beside
    page = unescape(render_page(evaluation))
    assert page.index(right) < page.index(wrong) < page.index(beside) < page.index("<svg")


def test_the_page_says_when_a_quote_is_not_the_text(evaluation: Evaluation) -> None:
    worse = evaluation.splits[1].model_copy(
        update={"measures": evaluation.splits[1].measures | measures({"verbatim": Rate(4, 5)})}
    )
    changed = evaluation.model_copy(update={"splits": [evaluation.splits[0], worse]})
    assert "有 1 处与原文不符" in sentences(changed)[0]


def test_figures_of_another_day_say_so(evaluation: Evaluation) -> None:
    page = render_page(evaluation)
    assert "测于 2026-01-02，提交 0000000000；此后作答的程序有改动" in page
    assert "没有配置语言模型。" in page


def test_other_texts_and_edited_copies_have_their_section(evaluation: Evaluation) -> None:
    page = render_page(evaluation)
    assert "体育馆（8 题）" in page
    assert "<td>补一句规定</td><td>4</td><td>–</td><td>75.0%（3/4）</td>" in page


def test_a_trial_is_not_taken_for_a_result(evaluation: Evaluation) -> None:
    trial = evaluation.model_copy(update={"whole": False})
    assert "不能当成绩看" in render_page(trial)
    assert command.report_floors(trial) == 0


@pytest.mark.parametrize(
    ("share", "text"), [(1.0, "100%"), (0.9996, "99.9%"), (0.921, "92.1%"), (0.0004, "0.1%"), (0.0, "0%")]
)
def test_nearly_all_is_not_all(share: float, text: str) -> None:
    assert percent(share) == text


def test_where_there_are_no_cases_nothing_is_drawn() -> None:
    nothing = Figure.from_rate(Rate(0, 0))
    assert bar("x", nothing, "dev") is None
    assert (cell(nothing), cell(None), cell(3)) == ("–", "–", "3")


def test_the_readme_table_is_of_parts_that_nobody_tuned_on(evaluation: Evaluation) -> None:
    table = readme_table(evaluation)
    assert table.splitlines()[0] == "|  | held-out, 8 questions | fresh eyes, 8 questions | aim |"
    assert "| quotes that are the text, word for word | 5 of 5 | 5 of 5 | all |" in table
    assert "| fields of unseen draft forms judged rightly | 90.0 % of 100 | – | 99 % |" in table
    assert "80.0 % of 10" in table


def test_what_is_written_is_read_again(evaluation: Evaluation, tmp_path: Path) -> None:
    command.write(evaluation, tmp_path)
    assert read_evaluation(tmp_path) == evaluation
    assert read_evaluation(tmp_path / "nowhere") is None
    assert (tmp_path / "evaluation.html").stat().st_size < 500_000


def test_the_published_schema_is_the_models_own() -> None:
    published = json.loads((PROJECT / "docs" / "schema" / "evaluation.json").read_text(encoding="utf-8"))
    assert published == Evaluation.model_json_schema(), "write it again: python -m eval.evaluation --schema"


def test_a_trial_may_not_overwrite_the_results() -> None:
    with pytest.raises(SystemExit) as ended:
        command.main(["--limit", "3"])
    assert ended.value.code == 2


def test_figures_carry_the_commit_they_were_measured_at(tmp_path: Path) -> None:
    write_figures("toy", {"dev": {"passed": Rate(3, 4), "forms": 4}}, folder=tmp_path)
    found = read_figures("toy", tmp_path)
    assert found is not None
    assert found.stamp == stamp_now()
    assert found.parts["dev"] == {"passed": Figure.from_rate(Rate(3, 4)), "forms": 4}
    assert read_figures("nothing", tmp_path) is None


def test_what_cannot_be_told_is_not_of_now() -> None:
    assert not Stamp(commit="unknown", clean=True, day=date(2026, 1, 1)).is_of_now()
    assert not Stamp(commit="0" * 40, clean=True, day=date(2026, 1, 1)).is_of_now()
    assert not Stamp(commit="HEAD", clean=False, day=date(2026, 1, 1)).is_of_now()


@pytest.mark.slow
def test_the_answer_is_the_same_from_the_batch_the_page_and_the_command(tmp_path: Path) -> None:
    cases = load_cases(FOLDER / "questions" / "dev.jsonl")
    followed = next(c for c in cases if len(c.turns) > 1)
    settings = Settings(index_dir=tmp_path / "indexes")
    found = consistency([cases[0], followed, cases[40]], settings, tmp_path, commands=1)
    assert found == {"batch": Rate(3, 3), "page": Rate(3, 3), "cli": Rate(1, 1)}
