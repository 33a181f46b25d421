"""The lookup behind permalinks: the very text that was cited, however old."""

from collections.abc import Iterable

from assistant.law.locator import Locator
from assistant.law.pack import Pack
from assistant.law.types import Document, Provision


def find(packs: Iterable[Pack], pack_id: str, version: str) -> Pack | None:
    """The pack of exactly this id and version; None if it is not installed. Never another version in its place."""
    return next((pack for pack in packs if (pack.id, pack.version) == (pack_id, version)), None)


def find_provision(
    packs: Iterable[Pack], pack_id: str, version: str, document_id: str, locator: str
) -> tuple[Pack, Document, Provision] | None:
    """What a permalink points to; None if any part of it does not exist."""
    pack = find(packs, pack_id, version)
    document = pack.document(document_id) if pack else None
    try:
        provision = document.get(Locator.parse(locator)) if document else None
    except ValueError:
        return None
    return (pack, document, provision) if pack and document and provision else None
