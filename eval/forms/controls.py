"""Word's content controls: a text field, a list to choose from, boxes to tick."""

from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.table import _Cell

from eval.forms.plan import Row
from eval.forms.words import PLACEHOLDER

_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)


def put_control(cell: _Cell, row: Row, number: int) -> None:
    """Puts the row's value into the cell: boxes for every other choice, a list for the rest, else a text field."""
    paragraph = cell.paragraphs[0]._p
    if row.options and row.tick is not None:
        if number % 2:
            for option in row.options:
                paragraph.append(parse_xml(_box(option == row.tick)))
                paragraph.append(parse_xml(f"<w:r {_SPACES}>{_text(option + '  ')}</w:r>"))
        else:
            items = "".join(f"<w:listItem w:displayText={quoteattr(o)} w:value={quoteattr(o)}/>" for o in row.options)
            chosen = row.tick if row.text else ""
            paragraph.append(parse_xml(_field(row, chosen, f"<w:dropDownList>{items}</w:dropDownList>")))
    elif number % 3 == 0:  # a control around the whole paragraph instead of its words
        block = f"<w:p>{_run(row.text or PLACEHOLDER)}</w:p>"
        cell._tc.insert(cell._tc.index(paragraph), parse_xml(_wrap(row, row.text, "<w:richText/>", block)))
    else:
        paragraph.append(parse_xml(_field(row, row.text, "<w:text/>")))


def _field(row: Row, text: str, kind: str) -> str:
    return _wrap(row, text, kind, _run(text or PLACEHOLDER))


def _wrap(row: Row, text: str, kind: str, content: str) -> str:
    empty = "" if text else "<w:showingPlcHdr/>"
    about = f"<w:alias w:val={quoteattr(row.label)}/>{empty}{kind}"
    return f"<w:sdt {_SPACES}><w:sdtPr>{about}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def _box(ticked: bool) -> str:
    state = f'<w14:checkbox><w14:checked w14:val="{int(ticked)}"/></w14:checkbox>'
    return (
        f"<w:sdt {_SPACES}><w:sdtPr>{state}</w:sdtPr>"
        f"<w:sdtContent>{_run('☒' if ticked else '☐')}</w:sdtContent></w:sdt>"
    )


def _run(text: str) -> str:
    return f"<w:r>{_text(text)}</w:r>"


def _text(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'
