"""A database file: how it is opened, read and written so that nothing acknowledged is ever lost."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DatabaseError, OperationalError, SQLAlchemyError

from assistant.errors import MicError

_WAIT_SECONDS = 30


class Database:
    """One SQLite file that threads and processes may share; made when it is first used, for its owner's eyes only.

    Every method raises the error it was given with a sentence for the operator.
    """

    def __init__(self, file: Path, lay_out: Callable[[Connection], None], error: type[MicError], called: str) -> None:
        """`lay_out` makes the tables that are not there yet; `called` is what the file is to the operator."""
        self.file = file
        self._lay_out, self._error, self._called = lay_out, error, called
        self._one_writer = threading.Lock()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state throughout and hinders nobody."""
        with self._explained(), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is alone in writing from its first statement on; it is on disk when the block is left."""
        # Threads queue here: SQLite itself lets those that wait only try again and again.
        with (
            self._explained(),
            self._one_writer,
            self._engine.connect().execution_options(writes=True) as connection,
            connection.begin(),
        ):
            yield connection

    def sweep_traces(self) -> bool:
        """Empties the write-ahead log, which still has what was deleted. False if somebody reading was in the way."""
        with self._explained(), self._engine.connect() as connection:
            raw = connection.connection.dbapi_connection
            assert raw is not None  # noqa: S101 - it was connected just now
            busy: int = raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        return busy == 0

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
        # Turning to WAL and making the tables is for one process alone.
        with FileLock(self.file.with_suffix(".lock"), timeout=_WAIT_SECONDS):
            os.close(os.open(self.file, os.O_CREAT | os.O_RDWR, 0o600))
            with engine.connect() as connection:
                raw = connection.connection.dbapi_connection
                assert raw is not None  # noqa: S101 - it was connected just now
                raw.cursor().execute("PRAGMA journal_mode = WAL")
            with engine.connect() as connection, connection.execution_options(writes=True).begin():
                self._lay_out(connection)
        return engine

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """What the database, the lock or the disk say, as one sentence for the operator."""
        called, check = f"{self._called} {self.file}", "请检查 MIC_DATA_DIR、权限和磁盘空间。"
        try:
            yield
        except Timeout as error:
            raise self._error(f"{called} 一直被占用", "请稍后再试。") from error
        except OSError as error:
            raise self._error(f"读写不了{called}（{error.strerror}）", check) from error
        except OperationalError as error:
            raise self._error(f"读写不了{called}（{error.orig}）", check) from error
        except DatabaseError as error:
            raise self._error(f"{called} 已损坏或被改动（{error.orig}）", "请从备份恢复。") from error
        except SQLAlchemyError as error:
            raise self._error(f"读写不了{called}", check) from error


def _set_up(connection: Any, _: object) -> None:
    """Each connection's own settings: on disk at every commit, deleted content overwritten."""
    connection.isolation_level = None  # transactions begin where `_begin` says, not where the driver guesses
    for pragma in ("synchronous = FULL", "secure_delete = ON", "foreign_keys = ON", "trusted_schema = OFF"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.execute(text("BEGIN IMMEDIATE" if writes else "BEGIN"))
