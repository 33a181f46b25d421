"""Question in, checked answer out: the one entrance for chat, command line and programs."""

import logging
import uuid
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from assistant.config import Settings
from assistant.law.installed import Installed, install, load_installed
from assistant.law.pack import Pack
from assistant.llm.worder import Worder, open_worder
from assistant.qa.answerer import PackAnswerer
from assistant.qa.guard import UnsupportedAnswerError, check_answer
from assistant.qa.models import WITHHELD, Answer
from assistant.qa.reworded import reworded
from assistant.qa.routing import Route, Router, routing_notices
from assistant.qa.version_choice import VersionChoice, choose_version, version_notices
from assistant.rules.facts import Facts

logger = logging.getLogger(__name__)


class Assistant:
    """Answers from one or several packs. Holds no conversation: a caller hands over all turns."""

    def __init__(
        self, answerers: Sequence[PackAnswerer], worder: Worder | None = None, only: Sequence[Pack] = ()
    ) -> None:
        """Without a worder every answer is in the law's own words. `only`: versions that answer whatever is said."""
        self._answerers, self._worder = tuple(answerers), worder
        self._installed = install([a.pack for a in answerers])
        self._only = tuple(only)
        self._routers: dict[tuple[str, ...], Router] = {}

    @property
    def packs(self) -> tuple[Pack, ...]:
        """All packs; of several versions of a regulation the current one (of the day this is asked) goes first."""
        current = self._installed.current_packs(date.today())
        return tuple(p for c in current for p in (c, *(v for v in self._installed.versions(c.id) if v is not c)))

    @property
    def installed(self) -> Installed:
        """The packs as versions of their regulations."""
        return self._installed

    def at(self, version: str, today: date | None = None) -> "Assistant":
        """The same assistant answering by one version, by whatever words it is called. Raises UsageError if unknown."""
        only = self._installed.called(version, today or date.today())
        return Assistant(self._answerers, self._worder, only)

    def ask(self, turns: Sequence[str], today: date | None = None) -> Answer:
        """Answers the last turn in the light of those before it.

        `today` is what 去年 is counted from, and the day whose current version answers unless the turns name another
        one. With several regulations the one that the question is about answers. An answer that fails the check is
        logged and becomes an abstention: nothing unsupported leaves.
        """
        *_, answer = self.ask_in_steps(turns, today)
        return answer

    def ask_in_steps(self, turns: Sequence[str], today: date | None = None) -> Iterator[Answer]:
        """The same while it is being worded: each answer holds what has passed so far, the last one is whole."""
        choices = self._choices(turns, today)
        route = self._route(choices)
        choice = choices[route.order[0]]
        answer = self._checked(choice, today)
        if answer.status == "out_of_scope" and route.unsure:
            for other in (choices[i] for i in route.order[1:]):
                second = self._checked(other, today)
                if second.status != "out_of_scope":
                    answer, choice = second, other
                    break
        notices = version_notices(self._installed, choice, today or date.today())
        if len(choices) > 1 and answer.status != "out_of_scope":
            notices += routing_notices(choice.pack, [c.pack for c in choices if c is not choice], route)
        answer = answer.model_copy(
            update={"question": str(turns[-1]) if turns else "", "notices": [*answer.notices, *notices]}
        )
        if self._worder is None:
            yield answer
        else:
            yield from reworded(answer, choice.turns, self._worder, choice.pack)

    def facts(self, turns: Sequence[str]) -> Facts:
        """What the turns state of the person, as the likeliest regulation that has rules understands it."""
        choices = self._choices(turns, None)
        ordered = [choices[i] for i in self._route(choices).order]
        read = (self._answerer(choice.pack).facts(choice.turns) for choice in ordered)
        return next((found for found in read if found is not None), {})

    def _choices(self, turns: Sequence[str], today: date | None) -> list[VersionChoice]:
        """The version of each regulation that may answer."""
        day = today or date.today()
        if self._only:
            return [VersionChoice(pack, tuple(turns)) for pack in self._only]
        return [choose_version(self._installed, pack_id, turns, day) for pack_id in self._installed.ids]

    def _route(self, choices: Sequence[VersionChoice]) -> Route:
        """Which of them the conversation is about; with one there is nothing to tell."""
        if len(choices) == 1:
            return Route((0,))
        packs = tuple(choice.pack for choice in choices)
        key = tuple(pack.sha256 for pack in packs)
        if key not in self._routers:
            self._routers[key] = Router([self._answerer(pack) for pack in packs])
        # Each version took its own names out of the turns; what is left is the question in all of them.
        return self._routers[key].route(min((choice.turns for choice in choices), key=lambda t: sum(map(len, t))))

    def _answerer(self, pack: Pack) -> PackAnswerer:
        return next(a for a in self._answerers if a.pack is pack)

    def _checked(self, choice: VersionChoice, today: date | None) -> Answer:
        answerer, turns = self._answerer(choice.pack), choice.turns
        answer = answerer.answer(turns, uuid.uuid4().hex, today)
        try:
            return check_answer(answer, [answerer.pack])
        except UnsupportedAnswerError:
            logger.exception("answer withheld")
            abstention = answerer.abstain(turns, answer.id)
            told = abstention.provenance.model_copy(update={"fallback": WITHHELD})
            return check_answer(abstention.model_copy(update={"provenance": told}), [answerer.pack])


def open_assistant(settings: Settings, progress: Callable[[str], None] = lambda _: None) -> Assistant:
    """Loads the packs and their indexes, building an index that is missing or stale.

    Raises PackError, SettingsError or SearchIndexError with a sentence for the operator.
    """
    from assistant.reader.sentences import reader_in
    from assistant.retrieval.search import Search

    worder = open_worder(settings)
    answerers = []
    for pack in load_installed(settings).packs:
        answerers.append(PackAnswerer(pack, Search(pack, settings, progress), reader_in(settings.index_dir)))
    return Assistant(answerers, worder)
