"""Word's automatic numbering -> the label a reader sees before a paragraph.

Where 第一条 or （一） come from a list, they are not in the document's text. This follows numbering.xml:
number formats, label patterns, several levels, starts, restarts, overrides, and lists set by a style.
"""

import re
from dataclasses import dataclass, field

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from assistant.files.docx_numerals import numeral
from assistant.files.docx_styles import Styles
from assistant.files.docx_xml import attribute, child, children, number, switch

_LEVELS = 9
_PLACEHOLDER = re.compile(r"%([1-9])")


@dataclass(frozen=True)
class _Level:
    """One level of a list, as w:lvl defines it."""

    start: int
    number_format: str
    pattern: str
    suffix: str
    restart_after: int | None
    all_decimal: bool
    style: str | None


@dataclass
class _Counter:
    """Where an abstract list stands; the lists made from it go on counting together."""

    values: dict[int, int] = field(default_factory=dict)
    started_lists: set[tuple[int, int]] = field(default_factory=set)


class Numbering:
    """The lists of a document, counted on paragraph by paragraph in document order.

    In: the root of the numbering part (None: no lists) and the document's styles.
    """

    def __init__(self, root: BaseOxmlElement | None, styles: Styles) -> None:
        self._styles = styles
        self._lists = _by_id(root, "w:num", "w:numId")
        self._abstracts = _by_id(root, "w:abstractNum", "w:abstractNumId")
        self._levels: dict[int, dict[int, _Level]] = {}
        self._counters: dict[int, _Counter] = {}

    def label(self, paragraph: BaseOxmlElement) -> str:
        """The label of the next paragraph with what separates it from the text; "" if it has none.

        A bullet is a decoration, not a word of the text, and gives "".
        """
        place = self._place(paragraph)
        if place is None:
            return ""
        list_id, level_index = place
        levels = self._levels_of(list_id)
        level = levels.get(level_index)
        if level is None:
            return ""
        values = self._count(list_id, level_index, levels)
        if level.number_format == "bullet":
            return ""

        def shown(found: re.Match[str]) -> str:
            index = int(found.group(1)) - 1
            at = levels.get(index)
            if at is None or index > level_index:
                return ""
            number_format = "decimal" if level.all_decimal else at.number_format
            return numeral(values.get(index, at.start), number_format)

        label = _PLACEHOLDER.sub(shown, level.pattern)
        return label + level.suffix if label.strip() else ""

    def _place(self, paragraph: BaseOxmlElement) -> tuple[int, int] | None:
        """The list and level a paragraph stands in, from itself or its style; None if in none."""
        direct = child(paragraph, "w:pPr", "w:numPr")
        list_id = number(child(direct, "w:numId"))
        level = number(child(direct, "w:ilvl"))
        if list_id is None:
            list_id, style_level, owner = self._styles.numbering(self._styles.of_paragraph(paragraph))
            if level is None:
                # A list's level may name the style whose paragraphs stand on it.
                linked = (at for at, lvl in self._levels_of(list_id).items() if owner and lvl.style == owner)
                level = next(linked, style_level)
        return (list_id, level or 0) if list_id in self._lists else None  # 0 takes a paragraph out of its list

    def _count(self, list_id: int, level_index: int, levels: dict[int, _Level]) -> dict[int, int]:
        """Counts one paragraph and gives the values of all levels after it."""
        counter = self._counters.setdefault(self._abstract_id(list_id), _Counter())
        values = counter.values
        start = levels[level_index].start
        override = self._start_override(list_id, level_index)
        if override is not None and (list_id, level_index) not in counter.started_lists:
            values[level_index] = override
        else:
            values[level_index] = values[level_index] + 1 if level_index in values else start
        counter.started_lists.add((list_id, level_index))
        for deeper in range(level_index + 1, _LEVELS):
            after = levels[deeper].restart_after if deeper in levels else None
            # Without w:lvlRestart a level restarts after any higher one; 0 means never (no level is below 0).
            if after is None or level_index < after:
                values.pop(deeper, None)
        return values

    def _start_override(self, list_id: int, level_index: int) -> int | None:
        for override in children(self._lists[list_id], "w:lvlOverride"):
            if number(override, "w:ilvl") == level_index:
                return number(child(override, "w:startOverride"))
        return None

    def _levels_of(self, list_id: int | None) -> dict[int, _Level]:
        if list_id is None or list_id not in self._lists:
            return {}
        if list_id not in self._levels:
            levels = _read_levels(self._abstracts.get(self._abstract_id(list_id)))
            for override in children(self._lists[list_id], "w:lvlOverride"):
                levels.update(_read_levels(override))
            self._levels[list_id] = levels
        return self._levels[list_id]

    def _abstract_id(self, list_id: int) -> int:
        """The abstract list behind a list, also where it is only a link to a list style."""
        abstract_id = number(child(self._lists[list_id], "w:abstractNumId")) or 0
        linked_style = attribute(child(self._abstracts.get(abstract_id), "w:numStyleLink"))
        linked_list = self._styles.numbering(linked_style)[0]
        if linked_list is not None and linked_list in self._lists:
            return number(child(self._lists[linked_list], "w:abstractNumId")) or 0
        return abstract_id


def _by_id(root: BaseOxmlElement | None, tag: str, name: str) -> dict[int, BaseOxmlElement]:
    found = ((number(element, name), element) for element in children(root, tag))
    return {key: element for key, element in found if key is not None}


def _read_levels(parent: BaseOxmlElement | None) -> dict[int, _Level]:
    levels: dict[int, _Level] = {}
    for element in children(parent, "w:lvl"):
        index = number(element, "w:ilvl")
        if index is None or not 0 <= index < _LEVELS:
            continue
        # A custom format stands beside its fallback, which comes last and is the one older programs show.
        formats = [attribute(found) or "decimal" for found in element.iter(qn("w:numFmt"))]
        start = number(child(element, "w:start"))
        levels[index] = _Level(
            start=0 if start is None else start,
            number_format=formats[-1] if formats else "decimal",
            pattern=attribute(child(element, "w:lvlText")) or "",
            suffix="" if attribute(child(element, "w:suff")) == "nothing" else " ",
            restart_after=number(child(element, "w:lvlRestart")),
            all_decimal=switch(element, "w:isLgl") is True,
            style=attribute(child(element, "w:pStyle")),
        )
    return levels
