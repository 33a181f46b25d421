"""An OpenAI-compatible endpoint through LlamaIndex: text in pieces, or an LlmFailure within the time that was given."""

import json
import logging
import ssl
from collections.abc import Generator, Iterator
from queue import Empty, SimpleQueue
from threading import BoundedSemaphore, Thread

import httpx
import openai
from llama_index.core.base.llms.types import ChatMessage, MessageRole
from llama_index.llms.openai_like import OpenAILike
from pydantic import SecretStr
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt, wait_exponential

from assistant.llm.failure import Fallback, LlmFailure
from assistant.llm.prompts import REPLY_SCHEMA
from assistant.llm.wire import Call, LimitedTransport

logger = logging.getLogger(__name__)

_AT_ONCE = 4
_ATTEMPTS = 3
_MAX_TOKENS = 3000
_CONTEXT = 8192
_PASSING = {Fallback.UNREACHABLE, Fallback.RATE_LIMITED, Fallback.SERVER_ERROR}
_backoff = wait_exponential(multiplier=0.25, max=2)

# At DEBUG these log what people ask and the headers that come back, in which a server may repeat the key.
_TALKATIVE = ("openai", "httpx", "httpcore")

# How servers answer that do not know a schema of the reply; some call it an error of their own.
_NO_SCHEMA = {Fallback.REQUEST_REFUSED, Fallback.SERVER_ERROR}

# A piece of text, the end of it, or why there is none.
_Item = str | None | LlmFailure


class Endpoint:
    """Asks one model. Used by many threads; each question has a connection of its own, so that it can be cut."""

    def __init__(self, base_url: str, model: str, key: SecretStr) -> None:
        self._base_url, self.model, self._key = base_url, model, key
        self._tls = ssl.create_default_context()
        for library in _TALKATIVE:
            logging.getLogger(library).setLevel(logging.WARNING)
        self._slots = BoundedSemaphore(_AT_ONCE)
        self._knows_schema = True

    def stream(self, system: str, user: str, seconds: float) -> Generator[str, None, None]:
        """The reply in pieces. Closing it ends the request. Raises LlmFailure, at the latest after `seconds`."""
        if not self._slots.acquire(blocking=False):
            raise LlmFailure(Fallback.BUSY)
        call, items = Call(seconds), SimpleQueue[_Item]()
        messages = [ChatMessage(role=MessageRole.SYSTEM, content=system), ChatMessage(role="user", content=user)]
        # A thread of its own: neither a name that does not resolve nor a header that drips can hold the answer up.
        Thread(target=self._work, args=(call, messages, items), name="llm", daemon=True).start()
        try:
            while True:
                try:
                    item = items.get(timeout=max(0.0, call.left))
                except Empty:
                    raise LlmFailure(Fallback.TIMEOUT) from None
                if item is None:
                    return
                if isinstance(item, LlmFailure):
                    raise item
                yield item
        finally:
            call.stop()

    def _work(self, call: Call, messages: list[ChatMessage], items: "SimpleQueue[_Item]") -> None:
        """Asks until there is a reply; always ends with None or a failure."""
        try:
            for piece in self._with_attempts(call, messages):
                items.put(piece)
            items.put(None)
        except LlmFailure as failure:
            items.put(failure)
        except Exception as error:
            # Only its kind: the message of an error may repeat what was sent.
            logger.error("the language model's client failed: %s", type(error).__name__)
            items.put(LlmFailure(Fallback.INTERNAL))
        finally:
            self._slots.release()

    def _with_attempts(self, call: Call, messages: list[ChatMessage]) -> Iterator[str]:
        """What comes before the first piece may be tried again; after it nothing is."""
        retrying = Retrying(
            retry=retry_if_exception(lambda e: isinstance(e, LlmFailure) and e.why in _PASSING),
            stop=lambda state: stop_after_attempt(_ATTEMPTS)(state) or call.left <= _pause(state) or call.stopped,
            wait=_pause,
            sleep=call.wait,
            reraise=True,
        )
        first, rest = retrying(self._begun, call, messages)
        yield first
        yield from rest

    def _begun(self, call: Call, messages: list[ChatMessage]) -> tuple[str, Iterator[str]]:
        """The first piece and the rest. Where a server refuses the schema, it is asked again without."""
        if self._knows_schema:
            try:
                return self._first(call, messages, schema=True)
            except LlmFailure as failure:
                if failure.why not in _NO_SCHEMA:
                    raise
                refused = failure.why is Fallback.REQUEST_REFUSED
            begun = self._first(call, messages, schema=False)
            self._knows_schema = not refused
            return begun
        return self._first(call, messages, schema=False)

    def _first(self, call: Call, messages: list[ChatMessage], *, schema: bool) -> tuple[str, Iterator[str]]:
        pieces = self._asked(call, messages, schema)
        try:
            return next(pieces), pieces
        except StopIteration:
            raise LlmFailure(call.failure or Fallback.EMPTY_REPLY) from None

    def _asked(self, call: Call, messages: list[ChatMessage], schema: bool) -> Iterator[str]:
        """One request. Raises LlmFailure and nothing else."""
        call.check()
        failure: LlmFailure | None = None
        transport = LimitedTransport(call, self._key, self._tls)
        with httpx.Client(transport=transport, timeout=call.left, follow_redirects=False) as client:
            try:
                for response in self._model(client, call.left, schema).stream_chat(messages):
                    call.check()
                    if response.delta:
                        yield response.delta
            except LlmFailure:
                raise
            except Exception as error:
                failure = _failure(error, call)
        # Raised out here so that it does not carry the error it came from: a server may repeat the key in one.
        if failure:
            raise failure
        if call.failure:
            raise LlmFailure(call.failure)

    def _model(self, client: httpx.Client, seconds: float, schema: bool) -> OpenAILike:
        return OpenAILike(
            model=self.model,
            api_base=self._base_url,
            api_key="put on by the wire",  # LlamaIndex shows this one in its events and its repr
            is_chat_model=True,
            is_function_calling_model=False,
            context_window=_CONTEXT,
            temperature=0.0,
            max_tokens=_MAX_TOKENS,
            max_retries=0,
            timeout=seconds,
            additional_kwargs={"response_format": REPLY_SCHEMA} if schema else {},
            http_client=client,
        )


def _pause(state: RetryCallState) -> float:
    """How long to wait: as long as the server asks for, else a little longer each time."""
    error = state.outcome.exception() if state.outcome else None
    asked = error.retry_after if isinstance(error, LlmFailure) else None
    return max(_backoff(state), asked or 0.0)


def _failure(error: Exception, call: Call) -> LlmFailure:
    """The code for what a library raised."""
    if call.failure:
        return LlmFailure(call.failure)
    match error:
        case openai.APITimeoutError() | httpx.TimeoutException():
            return LlmFailure(Fallback.TIMEOUT)
        case _ if call.stopped or call.left <= 0:
            return LlmFailure(Fallback.TIMEOUT)
        case openai.RateLimitError():
            return LlmFailure(Fallback.RATE_LIMITED, _retry_after(error))
        case openai.AuthenticationError() | openai.PermissionDeniedError():
            return LlmFailure(Fallback.NOT_AUTHORISED)
        case openai.APIStatusError():
            server = error.status_code >= 500
            return LlmFailure(Fallback.SERVER_ERROR if server else Fallback.REQUEST_REFUSED, _retry_after(error))
        case openai.APIConnectionError() | httpx.ConnectError():
            return LlmFailure(Fallback.UNREACHABLE)
        case openai.APIError():
            return LlmFailure(Fallback.SERVER_ERROR)
        case httpx.HTTPError() | json.JSONDecodeError() | ValueError() | TypeError() | AttributeError() | KeyError():
            return LlmFailure(Fallback.BROKEN_REPLY)
        case _:
            logger.error("the language model's client failed: %s", type(error).__name__)
            return LlmFailure(Fallback.INTERNAL)


def _retry_after(error: openai.APIStatusError) -> float | None:
    """The seconds a server asks to wait; a date is as good as nothing."""
    try:
        return min(max(float(error.response.headers.get("Retry-After", "")), 0.0), 3600.0)
    except ValueError:
        return None
