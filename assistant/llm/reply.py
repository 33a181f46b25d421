"""A model's reply as it comes: each statement as soon as it is complete, whatever stands around it.

Read leniently where that cannot change what is said: code fences, thoughts, words before and after. Never repaired:
single quotes, missing brackets, bare words.
"""

import json
import re
from collections.abc import Iterator

from assistant.llm.established import Worded
from assistant.llm.failure import Fallback, LlmFailure

MAX_CHARS = 32_000
MAX_STATEMENTS = 60
_START = re.compile(r'"statements"\s*:\s*\[')
_THOUGHT = re.compile(r"<(think|thinking|thought|reasoning)>.*?(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE)
_OPENING = re.compile(r"<[a-z]{0,9}\Z", re.IGNORECASE)
_MAY_START = re.compile(r"[\[>]")
_NUMBER = re.compile(r"\[?(\d{1,3})\]?")
_MARKERS = re.compile(r"\s*(?:\[\d{1,3}\])+(?=[。．.；;]?$)")


class ReplyReader:
    """Takes pieces of text, gives statements. `finished` once the list is closed: what comes after does not count."""

    def __init__(self) -> None:
        self.finished = False
        self.broken = 0  # elements that are no statement
        self._before = ""  # what came before the list
        self._inside = False
        self._element = ""
        self._depth = 0
        self._in_string = self._escaped = False
        self._length = self._count = 0

    def feed(self, piece: str) -> Iterator[Worded]:
        """The statements that `piece` completes. Raises LlmFailure if there is no end to it."""
        self._length += len(piece)
        if self._length > MAX_CHARS:
            raise LlmFailure(Fallback.TOO_LONG)
        if self.finished:
            return
        if not self._inside:
            self._before += piece
            if not _MAY_START.search(piece):
                return  # searched only where it may have begun: a thought can be long
            # A thought that is not closed yet hides everything; half a tag may become one.
            visible = _OPENING.sub("", _THOUGHT.sub("", self._before))
            found = _START.search(visible)
            if not found:
                return
            self._inside, piece = True, visible[found.end() :]
        yield from self._elements(piece)

    def _elements(self, piece: str) -> Iterator[Worded]:
        for character in piece:
            if self._depth:
                self._element += character
            if self._in_string:
                self._in_string = self._escaped or character != '"'
                self._escaped = character == "\\" and not self._escaped
            elif character == '"':
                self._in_string = True
            elif character in "{[":
                self._element = self._element if self._depth else character
                self._depth += 1
            elif character in "}]":
                if not self._depth:
                    self.finished = True
                    return
                self._depth -= 1
                if not self._depth:
                    yield from self._complete()

    def _complete(self) -> Iterator[Worded]:
        self._count += 1
        if self._count > MAX_STATEMENTS:
            raise LlmFailure(Fallback.TOO_LONG)
        statement = statement_in(self._element)
        self._element = ""
        if statement is None:
            self.broken += 1
        else:
            yield statement


def statement_in(element: str) -> Worded | None:
    """The statement that a JSON object is; None for anything else."""
    try:
        given = json.loads(element, strict=False)
    except (ValueError, RecursionError):
        return None
    if not isinstance(given, dict):
        return None
    text, citations = given.get("text"), given.get("citations")
    if not isinstance(text, str) or not isinstance(citations, list):
        return None
    numbers = [_number(c) for c in citations]
    # Markers behind the words are what the page puts there itself; anywhere else they stay, and are dropped for it.
    said = _MARKERS.sub("", text.strip())
    return Worded(said, tuple(dict.fromkeys(n for n in numbers if n is not None))) if None not in numbers else None


def _number(given: object) -> int | None:
    if isinstance(given, int) and not isinstance(given, bool):
        return given
    found = _NUMBER.fullmatch(given.strip()) if isinstance(given, str) else None
    return int(found[1]) if found else None
