"""Whether what was kept of a model's words still answers: all provisions cited, all figures said, all verdicts told."""

import re
from collections.abc import Sequence

from assistant.llm.established import Established, Worded
from assistant.llm.verdicts import tells

_DIGIT = "0-9零〇一二两三四五六七八九十百千万亿"


def is_enough(kept: Sequence[Worded], established: Established) -> bool:
    """Whether nothing of what is established got lost."""
    numbers = [n for said in kept for n in said.citations]
    places = {source.place for source in established.cited(numbers)}
    if not kept or not established.places <= places:
        return False
    text = "\n".join(said.text for said in kept)
    if not all(_stands(value, text) for value in established.values):
        return False
    return all(any(tells(said, finding, established) for said in kept) for finding in established.findings)


def _stands(value: str, text: str) -> bool:
    """Whether a figure is said as a whole: 0人 is not in 80人."""
    return re.search(rf"(?<![{_DIGIT}])(?<![{_DIGIT}][.,，]){re.escape(value)}", text) is not None
