"""Writes docx files from raw XML: what Word makes and python-docx cannot, such as list numbering."""

import io
import zipfile

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_MORE = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def docx_parts(body: str, numbering: str = "", styles: str = "") -> dict[str, bytes]:
    """The members of a docx file, by name, from the inner XML of its parts."""
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>'
        f'<Override PartName="/word/numbering.xml" ContentType="{_TYPE}.numbering+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_OFFICE}/numbering" Target="numbering.xml"/>'
        f'<Relationship Id="r2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "word/document.xml": f"<w:document {W} {_MORE}><w:body>{body}</w:body></w:document>",
        "word/numbering.xml": f"<w:numbering {W}>{numbering}</w:numbering>",
        "word/styles.xml": f"<w:styles {W}>{styles}</w:styles>",
    }
    return {name: (HEAD + xml).encode() for name, xml in parts.items()}


def zipped(parts: dict[str, bytes]) -> bytes:
    """A zip file with these members."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def docx_bytes(body: str, numbering: str = "", styles: str = "") -> bytes:
    """A docx file from the inner XML of its body, numbering and styles."""
    return zipped(docx_parts(body, numbering, styles))


def p(text: str = "", properties: str = "") -> str:
    """A paragraph of one run."""
    run = f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    return f"<w:p><w:pPr>{properties}</w:pPr>{run}</w:p>"


def listed(text: str, list_id: int = 1, level: int = 0) -> str:
    """A paragraph of a list."""
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def level(index: int, number_format: str, pattern: str, more: str = "", start: int = 1) -> str:
    """A list level; `more` is what the schema has between format and pattern (w:suff, w:lvlRestart …)."""
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{number_format}"/>{more}'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
    )


def abstract(abstract_id: int, *levels: str, more: str = "") -> str:
    """An abstract list."""
    return f'<w:abstractNum w:abstractNumId="{abstract_id}">{more}{"".join(levels)}</w:abstractNum>'


def num(list_id: int, abstract_id: int, override: str = "") -> str:
    """A list made from an abstract list."""
    return f'<w:num w:numId="{list_id}"><w:abstractNumId w:val="{abstract_id}"/>{override}</w:num>'
