"""The staff's own file: accounts, sessions and the queue. The records lie in another, which only they write."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from assistant.errors import AccountsError
from assistant.staff.tables import lay_out

_WAIT_SECONDS = 30


class StaffDatabase:
    """One SQLite file that threads and processes may share; made when it is first used, for its owner's eyes only.

    Both methods raise AccountsError with a sentence for the operator.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self._one_writer = threading.Lock()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state throughout."""
        with self._explained(), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is alone in writing from its first statement on."""
        with (
            self._explained(),
            self._one_writer,
            self._engine.connect().execution_options(writes=True) as connection,
            connection.begin(),
        ):
            yield connection

    def close(self) -> None:
        """Lets go of the file; the next use opens it again."""
        if engine := self.__dict__.pop("_engine", None):
            engine.dispose()

    @cached_property
    def _engine(self) -> Engine:
        engine = create_engine(f"sqlite+pysqlite:///{self.file}", connect_args={"timeout": _WAIT_SECONDS})
        event.listen(engine, "connect", _set_up)
        event.listen(engine, "begin", _begin)
        self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with FileLock(self.file.with_suffix(".lock"), timeout=_WAIT_SECONDS):
            os.close(os.open(self.file, os.O_CREAT | os.O_RDWR, 0o600))
            with engine.connect() as connection:
                raw = connection.connection.dbapi_connection
                assert raw is not None  # noqa: S101 - it was connected just now
                raw.cursor().execute("PRAGMA journal_mode = WAL")
            with engine.connect() as connection, connection.execution_options(writes=True).begin():
                lay_out(connection)
        return engine

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except Timeout as error:
            raise AccountsError(f"账号库 {self.file} 一直被占用", "请稍后再试。") from error
        except (OSError, SQLAlchemyError) as error:
            why = error.orig if isinstance(error, OperationalError) else getattr(error, "strerror", "") or "可能已损坏"
            raise AccountsError(
                f"读写不了账号库 {self.file}（{why}）", "请检查 MIC_DATA_DIR、权限和磁盘空间。"
            ) from error


def _set_up(connection: Any, _: object) -> None:
    connection.isolation_level = None  # transactions begin where `_begin` says, not where the driver guesses
    for pragma in ("synchronous = FULL", "secure_delete = ON", "foreign_keys = ON", "trusted_schema = OFF"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.execute(text("BEGIN IMMEDIATE" if writes else "BEGIN"))
