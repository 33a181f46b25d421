"""Where the evaluation lies, and how it is read."""

from pathlib import Path

from eval.evaluation.models import Evaluation
from eval.figures import RESULTS

JSON, PAGE = "evaluation.json", "evaluation.html"


def read_evaluation(folder: Path = RESULTS) -> Evaluation | None:
    """The last evaluation; None if there is none. Raises if the file is something else."""
    path = folder / JSON
    return Evaluation.model_validate_json(path.read_text(encoding="utf-8")) if path.is_file() else None
