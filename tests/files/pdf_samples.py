"""Writes small PDFs by hand: Chinese text in a predefined font, pictures, page furniture, encryption."""

from dataclasses import dataclass, field

A4 = (595, 842)
SIZE = 16
LEFT = 80
CHARS_PER_LINE = 27


@dataclass
class PdfPage:
    """What stands on a page: lines as (x, y from the top, text, size), ruled boxes as (x, y from the top, width,
    height), and whether a picture fills it."""

    lines: list[tuple[float, float, str, float]] = field(default_factory=list)
    picture: bool = False
    boxes: list[tuple[float, float, float, float]] = field(default_factory=list)


def wrapped(paragraph: str, indent: int = 2, width: int = CHARS_PER_LINE) -> list[tuple[int, str]]:
    """A paragraph broken into printed lines, each as (characters of indent, text)."""
    lines = [(indent, paragraph[: width - indent])]
    rest = paragraph[width - indent :]
    lines += [(0, rest[at : at + width]) for at in range(0, len(rest), width)]
    return lines


def page_of(lines: list[tuple[int, str]], top: float = 120) -> PdfPage:
    """A page with printed lines (characters of indent, text) below each other."""
    return PdfPage([(LEFT + i * SIZE, top + n * 28, text, SIZE) for n, (i, text) in enumerate(lines)])


def pdf_bytes(pages: list[PdfPage], encrypt: bool = False, extra: str = "") -> bytes:
    """A PDF file with these pages; `extra` goes into the first object's dictionary."""
    objects = ["", "", _FONT, _DESCENDANT, _PICTURE]
    kids = []
    for page in pages:
        content = _content(page)
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            f"/Resources << /Font << /F1 3 0 R >> /XObject << /Im 5 0 R >> >> /Contents {len(objects)} 0 R >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[0] = f"<< /Type /Catalog /Pages 2 0 R {extra}>>"
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>"
    return _file(objects, encrypt)


_FONT = "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>"
_DESCENDANT = (
    "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500] "
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> "
    "/FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /Ascent 880 /Descent -120 "
    "/FontBBox [0 -120 1000 880] >> >>"
)
_PICTURE = (
    "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 "
    "/Filter /ASCIIHexDecode /Length 3 >>\nstream\n80>\nendstream"
)


def _content(page: PdfPage) -> str:
    parts = [f"q {A4[0]} 0 0 {A4[1]} 0 0 cm /Im Do Q"] if page.picture else []
    parts += [f"{x} {A4[1] - top - height} {width} {height} re S" for x, top, width, height in page.boxes]
    for x, top, text, size in page.lines:
        shown = text.encode("utf-16-be").hex()
        parts.append(f"BT /F1 {size} Tf 1 0 0 1 {x} {A4[1] - top - size} Tm <{shown}> Tj ET")
    return "\n".join(parts)


def _file(objects: list[str], encrypt: bool) -> bytes:
    written = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(written))
        written += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(written)
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    locked = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'41' * 32}> /U <{'42' * 32}> >> " if encrypt else ""
    trailer = f"/Size {size} /Root 1 0 R {locked}/ID [<{'30' * 16}> <{'30' * 16}>]"
    tail = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< {trailer} >>\nstartxref\n{start}\n%%EOF\n"
    return written + tail.encode("latin-1")
