"""The tables of the records and the triggers that refuse to change what is written."""

from sqlalchemy import Column, Connection, Index, Integer, LargeBinary, MetaData, String, Table, text

from assistant.errors import RecordsError

SCHEMA_VERSION = 1

metadata = MetaData()

# Nothing personal stands in the log itself: it stays when a payload is erased.
log = Table(
    "log",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("id", String, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("at", String, nullable=False),
    Column("record", String, nullable=False),
    Column("payload_hash", String, nullable=False),
    Column("previous", String, nullable=False),
    Column("hash", String, nullable=False),
    Index("log_of_record", "record"),
    Index("log_of_time", "at"),
)

payloads = Table(
    "payloads",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("salt", LargeBinary, nullable=False),
    Column("body", String, nullable=False),
)

_TRIGGERS = (
    """CREATE TRIGGER IF NOT EXISTS log_is_not_changed BEFORE UPDATE ON log
       BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END""",
    """CREATE TRIGGER IF NOT EXISTS log_is_not_shortened BEFORE DELETE ON log
       BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END""",
    # Also against INSERT OR REPLACE, which deletes without asking the trigger above.
    """CREATE TRIGGER IF NOT EXISTS log_grows_at_its_end BEFORE INSERT ON log
       WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM log)
         OR EXISTS (SELECT 1 FROM log WHERE id = NEW.id)
       BEGIN SELECT RAISE(ABORT, 'the log grows at its end'); END""",
    """CREATE TRIGGER IF NOT EXISTS payload_is_not_changed BEFORE UPDATE ON payloads
       BEGIN SELECT RAISE(ABORT, 'a payload is not changed'); END""",
    """CREATE TRIGGER IF NOT EXISTS payload_is_new BEFORE INSERT ON payloads
       WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) FROM log)
         OR EXISTS (SELECT 1 FROM payloads WHERE seq = NEW.seq)
       BEGIN SELECT RAISE(ABORT, 'a payload comes with its entry'); END""",
    """CREATE TRIGGER IF NOT EXISTS payload_goes_with_a_tombstone BEFORE DELETE ON payloads
       WHEN NOT EXISTS (SELECT 1 FROM log AS stone JOIN log AS entry ON stone.record = entry.record
                        WHERE entry.seq = OLD.seq AND stone.kind = 'erasure' AND stone.seq > entry.seq)
       BEGIN SELECT RAISE(ABORT, 'a payload goes with a tombstone only'); END""",
)


def lay_out(connection: Connection) -> None:
    """Makes what is not there yet, inside a writing transaction. Raises RecordsError if a newer program made it."""
    version: int = connection.execute(text("PRAGMA user_version")).scalar_one()
    if version > SCHEMA_VERSION:
        raise RecordsError("记录库由更新版本的程序写成，这个版本不能使用", "请升级程序后再用。")
    metadata.create_all(connection)
    for trigger in _TRIGGERS:
        connection.exec_driver_sql(trigger)
    connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")
