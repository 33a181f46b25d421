"""Whether the quotes that a statement cites carry what it says: `verify(statement, quotes)`, whoever wrote it."""

from assistant.verify.support import Reason, Support
from assistant.verify.verify import verify

__all__ = ["Reason", "Support", "verify"]
