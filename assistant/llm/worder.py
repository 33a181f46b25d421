"""Words for what is established: asks the model, keeps what is supported, says whether that still answers."""

import logging
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from typing import Protocol

from assistant.config import Settings
from assistant.errors import SettingsError
from assistant.llm.check import Checker, Verify
from assistant.llm.enough import is_enough
from assistant.llm.established import Established, Worded
from assistant.llm.failure import Fallback, LlmFailure
from assistant.llm.prompts import SYSTEM, user_prompt
from assistant.llm.reply import ReplyReader
from assistant.verify import verify

logger = logging.getLogger(__name__)


class Streams(Protocol):
    """What gives a reply in pieces: an Endpoint, or a stand-in for it."""

    @property
    def model(self) -> str: ...

    def stream(self, system: str, user: str, seconds: float) -> Generator[str, None, None]: ...


class Rewording:
    """One attempt to word what is established. Iterate over it once; then the fields say what came of it."""

    def __init__(self, established: Established, checker: Checker, endpoint: Streams, seconds: float) -> None:
        self.kept: list[Worded] = []
        self.dropped = 0
        self.fallback: Fallback | None = None
        self._established, self._checker = established, checker
        self._endpoint, self._seconds = endpoint, seconds

    def __iter__(self) -> Iterator[Worded]:
        """Each statement that may be shown, as soon as it is complete. Never raises."""
        try:
            yield from self._statements()
        except LlmFailure as failure:
            self.fallback = failure.why
        except Exception as error:
            logger.error("rewording failed: %s", type(error).__name__)
            self.fallback = Fallback.INTERNAL
        if self.fallback is None and not is_enough(self.kept, self._established):
            self.fallback = Fallback.INCOMPLETE if self.kept else Fallback.UNSUPPORTED

    def _statements(self) -> Iterator[Worded]:
        ends = time.monotonic() + self._seconds
        reader = ReplyReader()
        with closing(self._endpoint.stream(SYSTEM, user_prompt(self._established), self._seconds)) as pieces:
            for piece in pieces:
                for said in reader.feed(piece):
                    kept = self._checker.kept(said)
                    if time.monotonic() > ends:
                        raise LlmFailure(Fallback.TIMEOUT)
                    if kept is None:
                        self.dropped += 1
                    elif kept.text not in {k.text for k in self.kept}:
                        self.kept.append(kept)
                        yield kept
                if reader.finished:
                    break
        self.dropped += reader.broken
        if not self.kept and not self.dropped:
            raise LlmFailure(Fallback.BROKEN_REPLY)


class Worder:
    """Words answers with one model. Thread-safe."""

    def __init__(self, endpoint: Streams, seconds: float, check: Verify = verify) -> None:
        self._endpoint, self._seconds, self._verify = endpoint, seconds, check

    @property
    def name(self) -> str:
        return self._endpoint.model

    def word(self, established: Established, accept: Callable[[Worded], bool]) -> Rewording:
        """`accept` is asked of every statement that passed, before it is shown."""
        checker = Checker(established, self._verify, accept)
        return Rewording(established, checker, self._endpoint, self._seconds)


def open_worder(settings: Settings) -> Worder | None:
    """The worder of the endpoint that is set; None if there is none. Asks nothing of it yet.

    Raises SettingsError if the model has no name.
    """
    if not settings.llm_base_url:
        return None
    if not settings.llm_model.strip():
        raise SettingsError("设置了 MIC_LLM_BASE_URL，但没有设置 MIC_LLM_MODEL。", "请填写模型名称。")
    from assistant.llm.endpoint import Endpoint

    endpoint = Endpoint(settings.llm_base_url, settings.llm_model.strip(), settings.llm_api_key)
    return Worder(endpoint, settings.llm_timeout_seconds)
