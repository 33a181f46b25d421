"""The tables of the staff: accounts, sessions, failed attempts, and the queue, which follows the log of the records."""

from sqlalchemy import Column, Connection, ForeignKey, Index, Integer, MetaData, String, Table, text

from assistant.errors import AccountsError

SCHEMA_VERSION = 1

metadata = MetaData()

accounts = Table(
    "accounts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String, nullable=False, unique=True),  # the name as it is looked up
    Column("name", String, nullable=False),
    Column("role", String, nullable=False),
    Column("password_hash", String, nullable=False),
    Column("created", String, nullable=False),
    Column("disabled", String, nullable=False, server_default=""),
)

# Only the digest of a token: who reads this file cannot sign in with it.
sessions = Table(
    "sessions",
    metadata,
    Column("token_sha256", String, primary_key=True),
    Column("account", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("begun", Integer, nullable=False),
    Column("used", Integer, nullable=False),
)

# What was given wrong too often: `key` is the digest of a name, existing or not, or of a client's address.
failures = Table(
    "failures",
    metadata,
    Column("key", String, primary_key=True),
    Column("attempts", Integer, nullable=False),
    Column("last", Integer, nullable=False),
)

# The queue and the figures, made from the log and made anew whenever that is needed. No word of any record is here.
items = Table(
    "items",
    metadata,
    Column("record", String, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("at", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("status", String, nullable=False),
    Column("thumb", String, nullable=False),
    Column("queued", Integer, nullable=False),
    Column("is_open", Integer, nullable=False),
    Index("items_open", "is_open", "seq"),
    Index("items_time", "at"),
)
reasons = Table(
    "reasons",
    metadata,
    Column("record", String, primary_key=True),
    Column("reason", String, primary_key=True),
)
overruled = Table(
    "overruled",
    metadata,
    Column("record", String, primary_key=True),
    Column("document", String, primary_key=True),
    Column("locator", String, primary_key=True),
)
followed = Table(
    "followed",
    metadata,
    Column("only", Integer, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("hash", String, nullable=False),
    Column("made_with", String, nullable=False),
)


def lay_out(connection: Connection) -> None:
    """Makes what is not there yet, inside a writing transaction. Raises AccountsError if a newer program made it."""
    version: int = connection.execute(text("PRAGMA user_version")).scalar_one()
    if version > SCHEMA_VERSION:
        raise AccountsError("账号库由更新版本的程序写成，这个版本不能使用", "请升级程序后再用。")
    metadata.create_all(connection)
    connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")
