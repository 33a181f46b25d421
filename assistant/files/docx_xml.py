"""Small questions to WordprocessingML elements, which every reader of docx parts asks."""

from collections.abc import Iterator

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

_FALSE = frozenset({"0", "false", "off", "none"})


def children(parent: BaseOxmlElement | None, tag: str) -> Iterator[BaseOxmlElement]:
    """The direct children of `parent` named `tag` (such as "w:p")."""
    if parent is not None:
        yield from parent.iterchildren(qn(tag))


def child(parent: BaseOxmlElement | None, *path: str) -> BaseOxmlElement | None:
    """The first element down the `path` of tags, or None."""
    for tag in path:
        parent = next(children(parent, tag), None)
    return parent


def attribute(element: BaseOxmlElement | None, name: str = "w:val") -> str | None:
    """An attribute's value, or None if it or the element is not there."""
    if element is None:
        return None
    value: str | None = element.get(qn(name))
    return value


def number(element: BaseOxmlElement | None, name: str = "w:val") -> int | None:
    """An attribute that is a whole number; None if it is absent or malformed."""
    try:
        return int(attribute(element, name) or "")
    except ValueError:
        return None


def switch(parent: BaseOxmlElement | None, tag: str) -> bool | None:
    """A toggle property such as w:vanish: True or False as set, None if it is not set."""
    element = child(parent, tag)
    if element is None:
        return None
    return (attribute(element) or "true").lower() not in _FALSE
