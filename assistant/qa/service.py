"""Question in, checked answer out: the one entrance for chat, command line and programs."""

import logging
import uuid
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from assistant.config import Settings
from assistant.law.pack import Pack, load_pack
from assistant.llm.worder import Worder, open_worder
from assistant.qa.answerer import PackAnswerer
from assistant.qa.guard import UnsupportedAnswerError, check_answer
from assistant.qa.models import Answer
from assistant.qa.reworded import reworded
from assistant.rules.facts import Facts

logger = logging.getLogger(__name__)

_RANK = {"answered": 0, "needs_facts": 1, "not_covered": 2, "out_of_scope": 3}


class Assistant:
    """Answers from one or several packs. Holds no conversation: a caller hands over all turns."""

    def __init__(self, answerers: Sequence[PackAnswerer], worder: Worder | None = None) -> None:
        """Without a worder every answer is in the law's own words."""
        self._answerers, self._worder = tuple(answerers), worder

    @property
    def packs(self) -> tuple[Pack, ...]:
        return tuple(a.pack for a in self._answerers)

    def ask(self, turns: Sequence[str], today: date | None = None) -> Answer:
        """Answers the last turn in the light of those before it.

        `today` is what 去年 is counted from. With several packs the one that settles the question answers. An answer
        that fails the check is logged and becomes an abstention: nothing unsupported leaves.
        """
        *_, answer = self.ask_in_steps(turns, today)
        return answer

    def ask_in_steps(self, turns: Sequence[str], today: date | None = None) -> Iterator[Answer]:
        """The same while it is being worded: each answer holds what has passed so far, the last one is whole."""
        answers = [(self._checked(answerer, turns, today), answerer.pack) for answerer in self._answerers]
        answer, pack = min(answers, key=lambda pair: _RANK[pair[0].status])
        if self._worder is None:
            yield answer
        else:
            yield from reworded(answer, turns, self._worder, pack)

    def facts(self, turns: Sequence[str]) -> Facts:
        """What the turns state of the person, as the first pack with rules understands it."""
        return next((found for answerer in self._answerers if (found := answerer.facts(turns)) is not None), {})

    def _checked(self, answerer: PackAnswerer, turns: Sequence[str], today: date | None) -> Answer:
        answer = answerer.answer(turns, uuid.uuid4().hex, today)
        try:
            return check_answer(answer, [answerer.pack])
        except UnsupportedAnswerError:
            logger.exception("answer withheld")
            return check_answer(answerer.abstain(turns, answer.id), [answerer.pack])


def open_assistant(settings: Settings, progress: Callable[[str], None] = lambda _: None) -> Assistant:
    """Loads the packs and their indexes, building an index that is missing or stale.

    Raises PackError, SettingsError or SearchIndexError with a sentence for the operator.
    """
    from assistant.reader.sentences import reader_in
    from assistant.retrieval.search import Search

    worder = open_worder(settings)
    answerers = []
    for path in settings.pack_paths:
        pack = load_pack(path)
        answerers.append(PackAnswerer(pack, Search(pack, settings, progress), reader_in(settings.index_dir)))
    return Assistant(answerers, worder)
