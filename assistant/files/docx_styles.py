"""What a paragraph or run of a docx inherits from its styles."""

from collections.abc import Iterator

from docx.oxml.xmlchemy import BaseOxmlElement

from assistant.files.docx_xml import attribute, child, children, number, switch


class Styles:
    """The styles part of a document. In: its root element, or None if the document has none."""

    def __init__(self, root: BaseOxmlElement | None) -> None:
        self._by_id: dict[str, BaseOxmlElement] = {}
        self._default_paragraph: str | None = None
        for style in children(root, "w:style"):
            style_id = attribute(style, "w:styleId")
            if style_id is None:
                continue
            self._by_id[style_id] = style
            is_default = (attribute(style, "w:default") or "0").lower() in ("1", "true", "on")
            if is_default and attribute(style, "w:type") == "paragraph":
                self._default_paragraph = style_id

    def of_paragraph(self, paragraph: BaseOxmlElement) -> str | None:
        """The id of a paragraph's style: its own or the default one."""
        return attribute(child(paragraph, "w:pPr", "w:pStyle")) or self._default_paragraph

    def name(self, style_id: str | None) -> str:
        """A style's name in lower case; "" if there is no such style."""
        return (attribute(child(self._by_id.get(style_id or ""), "w:name")) or "").lower()

    def hides(self, style_id: str | None) -> bool | None:
        """Whether the style makes text hidden (w:vanish); None if it says nothing about it."""
        for _, style in self._chain(style_id):
            hidden = switch(child(style, "w:rPr"), "w:vanish")
            if hidden is not None:
                return hidden
        return None

    def numbering(self, style_id: str | None) -> tuple[int | None, int | None, str | None]:
        """The list a style puts its paragraphs in: list id, level, and the style that says so."""
        level: int | None = None
        for owner, style in self._chain(style_id):
            properties = child(style, "w:pPr", "w:numPr")
            if level is None:
                level = number(child(properties, "w:ilvl"))
            list_id = number(child(properties, "w:numId"))
            if list_id is not None:
                return list_id, level, owner
        return None, level, None

    def _chain(self, style_id: str | None) -> Iterator[tuple[str, BaseOxmlElement]]:
        """A style and those it is based on; a circle in a broken file ends it."""
        seen: set[str] = set()
        while style_id is not None and style_id in self._by_id and style_id not in seen:
            seen.add(style_id)
            style = self._by_id[style_id]
            yield style_id, style
            style_id = attribute(child(style, "w:basedOn"))
