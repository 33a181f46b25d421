"""Why the answer that goes out is not the model's: fixed codes, with no word of what the endpoint said."""

from enum import StrEnum


class Fallback(StrEnum):
    """What `provenance.fallback` may say."""

    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    RATE_LIMITED = "rate_limited"
    SERVER_ERROR = "server_error"
    NOT_AUTHORISED = "not_authorised"
    REQUEST_REFUSED = "request_refused"
    BROKEN_REPLY = "broken_reply"
    EMPTY_REPLY = "empty_reply"
    TOO_LONG = "too_long"
    BUSY = "busy"
    UNSUPPORTED = "unsupported"  # every statement was dropped
    INCOMPLETE = "incomplete"  # what was kept no longer answers
    LANGUAGE = "language"  # an answer in another language than the text is not reworded: nothing could check it
    PREMISE = "premise"  # what was put right about the question stays in the words that put it right
    INTERNAL = "internal"


class LlmFailure(Exception):
    """The endpoint gave nothing to use. Carries a code and never what was sent or received: a server may echo
    a key."""

    def __init__(self, why: Fallback, retry_after: float | None = None) -> None:
        super().__init__(why.value)
        self.why, self.retry_after = why, retry_after
