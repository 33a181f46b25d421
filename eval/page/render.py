"""The evaluation as one file of HTML: styles and charts inside, nothing fetched, nothing run."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from eval.evaluation.models import Evaluation
from eval.figures import Stamp
from eval.page import others, questions
from eval.page.floors import floors_section
from eval.page.shapes import Section
from eval.page.summary import judged, sentences, tiles
from eval.page.wording import SPLITS

FOLDER = Path(__file__).parent


def render_page(evaluation: Evaluation) -> str:
    """The page. What stands in the evaluation is escaped; it holds no question."""
    found: list[Section] = [
        questions.by_split(evaluation),
        questions.by_category(evaluation),
        questions.baselines(evaluation),
        questions.cited(evaluation),
        *others.sections(evaluation),
        floors_section(evaluation),
    ]
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["stamped"] = stamped
    return environment.get_template("page.html.j2").render(
        evaluation=evaluation,
        judged=SPLITS[judged(evaluation).split],
        sentences=sentences(evaluation),
        tiles=tiles(evaluation),
        sections=found,
        css=(FOLDER / "page.css").read_text(encoding="utf-8"),
    )


def stamped(stamp: Stamp) -> str:
    """When something was measured, and whether what answers has changed since."""
    since = "此后作答的程序没有改动" if stamp.is_of_now() else "此后作答的程序有改动，数字可能不同"
    unsure = "" if stamp.clean else "，测时有未提交的改动"
    return f"测于 {stamp.day.isoformat()}，提交 {stamp.commit[:10]}{unsure}；{since}。"
