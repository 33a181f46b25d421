"""The values of a workbook's cells: shared strings, number formats, dates, cached results of formulas."""

import posixpath
import re
import zipfile
from dataclasses import dataclass
from typing import Any

from lxml import etree

from assistant.files.number_format import exact_number, format_code, shown

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_RELATIONSHIP = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATIONSHIP = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
# _x000D_ and the like stand for characters that XML cannot hold.
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True)
class Workbook:
    """What all sheets of a file share. `sheets`: name, path of its part, whether it is visible."""

    sheets: tuple[tuple[str, str, bool], ...]
    strings: tuple[str, ...]
    formats: tuple[str, ...]
    from_1904: bool

    def value(self, cell: Any) -> tuple[str, str]:
        """The text of a cell element and a note (Chinese), both possibly empty."""
        kind = cell.get("t", "n")
        stored = next(cell.iterchildren("{*}v"), None)
        if kind == "inlineStr":
            return _rich_text(next(cell.iterchildren("{*}is"), None)), ""
        if stored is None or not (stored.text or "").strip():
            formula = next(cell.iterchildren("{*}f"), None)
            lost = formula is not None and kind not in ("str", "s")
            return (
                "",
                "单元格是公式，文件中没有保存计算结果，按空白处理；请用Excel或WPS打开并保存一次。" if lost else "",
            )
        written = str(stored.text)
        if kind == "s":
            return self.strings[int(written)], ""
        if kind == "str":
            return _plain(written), ""
        if kind == "b":
            return ("是" if written.strip() in ("1", "true") else "否"), ""
        if kind == "e":
            return "", f"单元格的公式出错（{written.strip()}），按空白处理。"
        if kind == "d":
            return written.strip().removesuffix("T00:00:00"), ""
        number = exact_number(written)
        if number is None:
            return written.strip(), ""
        style = int(cell.get("s") or 0)
        return shown(number, self.formats[style] if 0 <= style < len(self.formats) else "General", self.from_1904)


def read_workbook(opened: zipfile.ZipFile) -> Workbook:
    """The sheets, strings and number formats of a workbook. Raises KeyError, ValueError or lxml's errors."""
    main = _main_part(opened)
    root = _parsed(opened, main)
    links = _links(opened, main)
    sheets = []
    for sheet in root.iter("{*}sheet"):
        link = links.get(sheet.get(_RELATIONSHIP) or sheet.get(_STRICT_RELATIONSHIP) or "")
        if link is None or not link[0].endswith("/worksheet"):  # a chart or a dialog has a sheet of its own
            continue
        sheets.append((sheet.get("name", ""), link[1], sheet.get("state", "visible") == "visible"))
    properties = next(root.iter("{*}workbookPr"), None)
    return Workbook(
        sheets=tuple(sheets),
        strings=_shared_strings(opened, links),
        formats=_formats(opened, links),
        from_1904=properties is not None and properties.get("date1904") in ("1", "true"),
    )


def column_and_row(reference: str) -> tuple[int, int]:
    """B11 -> (2, 11). Raises ValueError."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        raise ValueError(reference)
    column = 0
    for letter in found.group(1):
        column = column * 26 + ord(letter) - ord("A") + 1
    return column, int(found.group(2))


def local(element: Any) -> str:
    """An element's name without its namespace."""
    return str(etree.QName(element).localname)


def _parsed(opened: zipfile.ZipFile, path: str) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return etree.fromstring(opened.read(path), parser)


def _main_part(opened: zipfile.ZipFile) -> str:
    for kind, target in _links(opened, "").values():
        if kind.endswith("/officeDocument"):
            return target
    raise KeyError("officeDocument")


def _links(opened: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """The relationships of a part: id -> (type, path of the target)."""
    folder, name = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    if path not in opened.namelist():
        return {}
    found = {}
    for link in _parsed(opened, path).iter("{*}Relationship"):
        if link.get("TargetMode") != "External":
            target = link.get("Target", "")
            full = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            found[link.get("Id", "")] = (link.get("Type", ""), posixpath.normpath(full))
    return found


def _linked(opened: zipfile.ZipFile, links: dict[str, tuple[str, str]], kind: str) -> Any:
    path = next((target for type_, target in links.values() if type_.endswith(f"/{kind}")), None)
    return _parsed(opened, path) if path is not None and path in opened.namelist() else None


def _shared_strings(opened: zipfile.ZipFile, links: dict[str, tuple[str, str]]) -> tuple[str, ...]:
    root = _linked(opened, links, "sharedStrings")
    return () if root is None else tuple(_rich_text(item) for item in root.iterchildren("{*}si"))


def _formats(opened: zipfile.ZipFile, links: dict[str, tuple[str, str]]) -> tuple[str, ...]:
    """The number format code of each cell style."""
    root = _linked(opened, links, "styles")
    if root is None:
        return ()
    codes = {int(item.get("numFmtId", "0")): item.get("formatCode", "") for item in root.iter("{*}numFmt")}
    styles = next(root.iterchildren("{*}cellXfs"), ())
    return tuple(format_code(int(style.get("numFmtId") or 0), codes) for style in styles)


def _rich_text(item: Any) -> str:
    """The text of a string in runs, without the readings above Chinese and Japanese characters."""
    if item is None:
        return ""
    pieces = [
        text.text or "" for text in item.iter("{*}t") if not any(local(up) == "rPh" for up in text.iterancestors())
    ]
    return _plain("".join(pieces))


def _plain(text: str) -> str:
    unescaped = _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), text)
    lines = unescaped.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.strip() for line in lines).strip()
