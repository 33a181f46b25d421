"""The database file of the records: how it is opened, read and written so that nothing acknowledged is ever lost."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DatabaseError, OperationalError, SQLAlchemyError

from assistant.errors import RecordsError
from assistant.records.tables import lay_out

_WAIT_SECONDS = 30


class Database:
    """One SQLite file that threads and processes may share. It is made when it is first used.

    Every method raises RecordsError with a sentence for the operator.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._one_writer = threading.Lock()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state throughout and hinders nobody."""
        with _explained(self._file), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is alone in writing from its first statement on; it is on disk when the block is left."""
        # Threads queue here: SQLite itself lets those that wait only try again and again.
        with (
            _explained(self._file),
            self._one_writer,
            self._engine.connect().execution_options(writes=True) as connection,
            connection.begin(),
        ):
            yield connection

    def sweep_traces(self) -> bool:
        """Empties the write-ahead log, which still has what was deleted. False if somebody reading was in the way."""
        with _explained(self._file), self._engine.connect() as connection:
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
        engine = create_engine(f"sqlite+pysqlite:///{self._file}", connect_args={"timeout": _WAIT_SECONDS})
        event.listen(engine, "connect", _set_up)
        event.listen(engine, "begin", _begin)
        self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Turning to WAL and making the tables is for one process alone.
        with FileLock(self._file.with_suffix(".lock"), timeout=_WAIT_SECONDS):
            os.close(os.open(self._file, os.O_CREAT | os.O_RDWR, 0o600))
            with engine.connect() as connection:
                raw = connection.connection.dbapi_connection
                assert raw is not None  # noqa: S101 - it was connected just now
                raw.cursor().execute("PRAGMA journal_mode = WAL")
            with engine.connect() as connection, connection.execution_options(writes=True).begin():
                lay_out(connection)
        return engine


def _set_up(connection: Any, _: object) -> None:
    """Each connection's own settings: on disk at every commit, deleted content overwritten."""
    connection.isolation_level = None  # transactions begin where `_begin` says, not where the driver guesses
    for pragma in ("synchronous = FULL", "secure_delete = ON", "foreign_keys = ON", "trusted_schema = OFF"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.execute(text("BEGIN IMMEDIATE" if writes else "BEGIN"))


@contextmanager
def _explained(file: Path) -> Iterator[None]:
    """What the database, the lock or the disk say, as one sentence for the operator."""
    try:
        yield
    except Timeout as error:
        raise RecordsError(f"记录库 {file} 一直被占用", "请稍后再试。") from error
    except OSError as error:
        raise RecordsError(
            f"读写不了记录库 {file}（{error.strerror}）", "请检查 MIC_DATA_DIR、权限和磁盘空间。"
        ) from error
    except OperationalError as error:
        raise RecordsError(f"读写不了记录库 {file}（{error.orig}）", "请检查 MIC_DATA_DIR、权限和磁盘空间。") from error
    except DatabaseError as error:
        raise RecordsError(f"记录库 {file} 已损坏或被改动（{error.orig}）", "请从备份恢复。") from error
    except SQLAlchemyError as error:
        raise RecordsError(f"读写不了记录库 {file}", "请检查 MIC_DATA_DIR、权限和磁盘空间。") from error
