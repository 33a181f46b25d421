"""Work that takes a while goes to threads, a few at a time; who comes when too many wait is told so."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

import anyio
from anyio.to_thread import run_sync

from assistant.errors import MicError

Made = TypeVar("Made")


class BusyError(MicError):
    """Too many requests wait already."""


class Workers:
    """`at_once` may work, `waiting` more may wait."""

    def __init__(self, at_once: int, waiting: int) -> None:
        self._limiter = anyio.CapacityLimiter(at_once)
        self._waiting = waiting

    @asynccontextmanager
    async def slot(self) -> AsyncIterator[None]:
        """Waits for a turn. Raises BusyError if too many wait."""
        if self._limiter.statistics().tasks_waiting >= self._waiting:
            raise BusyError("现在使用的人较多，暂时处理不了。", "请稍后再试。")
        # Not the task is the borrower: one task may come twice.
        borrower = object()
        await self._limiter.acquire_on_behalf_of(borrower)
        try:
            yield
        finally:
            self._limiter.release_on_behalf_of(borrower)

    async def run(self, work: Callable[[], Made]) -> Made:
        """What `work` returns, done in a thread. Raises what it raises, and BusyError."""
        async with self.slot():
            return await run_sync(work)


Gone = Callable[[], Awaitable[bool]]
