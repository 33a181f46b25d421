"""The limits an operator set -> Limits."""

from assistant.config import Settings
from assistant.files.limits import MIB, Limits


def limits_of(settings: Settings) -> Limits:
    """The limits for reading drafts that `settings` ask for."""
    return Limits(
        file_bytes=settings.max_file_mb * MIB,
        pages=settings.max_pages,
        scanned_pages=settings.max_scanned_pages,
        rows=settings.max_rows,
        pixels=settings.max_megapixels * 1_000_000,
        seconds=settings.read_timeout_seconds,
        memory_bytes=settings.read_memory_mb * MIB,
    )
