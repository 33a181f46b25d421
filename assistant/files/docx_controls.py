"""What a person ticked, chose or left empty in a Word form -> its text."""

from typing import Final

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from assistant.files.docx_xml import attribute, child, children, number, switch

TICKED: Final = "☑"
UNTICKED: Final = "☐"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_OFF = frozenset({"0", "false", "off"})
# Symbol fonts draw ticks and boxes with codes of their own; the codes stand in the private area from F000.
_SYMBOLS = {
    "wingdings": {
        0x6F: UNTICKED,
        0x70: UNTICKED,
        0x71: UNTICKED,
        0x72: UNTICKED,
        0xA8: UNTICKED,
        0x78: "☒",
        0xFB: "×",
        0xFC: "√",
        0xFD: "☒",
        0xFE: TICKED,
        0x6C: "●",
        0x6E: "■",
        0xA1: "○",
        0xA4: "◉",
    },
    "wingdings 2": {
        0x2A: UNTICKED,
        0x2E: UNTICKED,
        0x30: UNTICKED,
        0xA3: UNTICKED,
        0x4F: "×",
        0x50: "√",
        0x51: "☒",
        0x52: TICKED,
        0x53: "☒",
        0x54: "☒",
        0xA2: "■",
    },
    "symbol": {0xD6: "√", 0xB4: "×", 0xB3: "≥", 0xA3: "≤", 0x7F: UNTICKED},
}


def control_text(element: BaseOxmlElement) -> str | None:
    """What a form control says: a tick, a choice, "" for a prompt nobody answered; None if it is no such control.

    A plain text or date control gives None too: its content is ordinary text.
    """
    if element.tag == qn("w:sdt"):
        if is_placeholder(element):
            return ""
        properties = child(element, "w:sdtPr")
        box = next(properties.iterchildren(f"{_W14}checkbox"), None) if properties is not None else None
        if box is None:
            return None
        state = next(box.iterchildren(f"{_W14}checked"), None)
        value = state.get(f"{_W14}val", "1") if state is not None else "0"
        return UNTICKED if value.lower() in _OFF else TICKED
    if element.tag == qn("w:fldChar"):
        return _legacy(child(element, "w:ffData"))
    return None


def is_placeholder(element: BaseOxmlElement) -> bool:
    """Whether `element` is a content control that still shows its prompt (单击此处输入文字)."""
    return element.tag == qn("w:sdt") and switch(child(element, "w:sdtPr"), "w:showingPlcHdr") is True


def symbol(element: BaseOxmlElement) -> str:
    """The character a w:sym shows; "" for a drawing that means nothing here."""
    font = (attribute(element, "w:font") or "").lower()
    try:
        code = int(attribute(element, "w:char") or "", 16) & 0xFF
    except ValueError:
        return ""
    return _SYMBOLS.get(font, {}).get(code, "")


def _legacy(data: BaseOxmlElement | None) -> str | None:
    """A form field of older Word versions: the tick of a checkbox, the choice of a list."""
    box = child(data, "w:checkBox")
    if box is not None:
        checked = switch(box, "w:checked")
        return TICKED if (switch(box, "w:default") if checked is None else checked) else UNTICKED
    choices = child(data, "w:ddList")
    if choices is not None:
        entries = [attribute(entry) or "" for entry in children(choices, "w:listEntry")]
        at = number(child(choices, "w:result")) or number(child(choices, "w:default")) or 0
        return entries[at] if 0 <= at < len(entries) else ""
    return None
