"""A bar chart as Word itself draws it: the chart's own part in the document, with its values and no picture."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.parser import parse_xml
from docx.shared import Cm

_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_SPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_WIDTH = Cm(16)


def add_bar_chart(document: WordDocument, number: int, title: str, values: Sequence[tuple[str, int]]) -> None:
    """Adds a paragraph with a chart of horizontal bars, the first on top, each with its number.

    `number` counts the charts of the document from 1; `values` are names with whole numbers, at least one.
    """
    name = PackURI(f"/word/charts/chart{number}.xml")
    part = Part(name, _TYPE, _chart(title, values).encode(), document.part.package)
    relation = document.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    height = Cm(2.2 + 0.75 * len(values))
    drawing = (
        '<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        f'{_SPACES}><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{_WIDTH}" cy="{height}"/>'
        f'<wp:docPr id="{100 + number}" name="Chart {number}" descr="{escape(_described(title, values), {chr(34): ""})}"/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        f'<c:chart r:id="{relation}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
    )
    document.add_paragraph().add_run()._r.append(parse_xml(drawing))


def _described(title: str, values: Sequence[tuple[str, int]]) -> str:
    return f"{title}：" + "，".join(f"{name}{count}" for name, count in values)


def _chart(title: str, values: Sequence[tuple[str, int]]) -> str:
    names = "".join(f'<c:pt idx="{i}"><c:v>{escape(name)}</c:v></c:pt>' for i, (name, _) in enumerate(values))
    counts = "".join(f'<c:pt idx="{i}"><c:v>{count}</c:v></c:pt>' for i, (_, count) in enumerate(values))
    size = len(values)
    text = (
        '<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="900"><a:ea typeface="仿宋"/></a:defRPr></a:pPr>'
        '<a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><c:chartSpace {_SPACES}><c:chart><c:title><c:tx><c:rich>'
        f'<a:bodyPr/><a:p><a:pPr><a:defRPr sz="1100"/></a:pPr><a:r><a:rPr lang="zh-CN" sz="1100"><a:ea typeface="黑体"/></a:rPr>'
        f'<a:t>{escape(title)}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>'
        '<c:autoTitleDeleted val="0"/><c:plotArea><c:layout/><c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/>'
        '<c:varyColors val="0"/><c:ser><c:idx val="0"/><c:order val="0"/>'
        f'<c:tx><c:strRef><c:f>数据!$B$1</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>{escape(title)}</c:v></c:pt>'
        "</c:strCache></c:strRef></c:tx>"
        '<c:spPr><a:solidFill><a:srgbClr val="5B7796"/></a:solidFill></c:spPr><c:invertIfNegative val="0"/>'
        f'<c:dLbls>{text}<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/>'
        '<c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
        f'<c:cat><c:strRef><c:f>数据!$A$2:$A${size + 1}</c:f><c:strCache><c:ptCount val="{size}"/>{names}</c:strCache></c:strRef></c:cat>'
        f'<c:val><c:numRef><c:f>数据!$B$2:$B${size + 1}</c:f><c:numCache><c:formatCode>0</c:formatCode><c:ptCount val="{size}"/>'
        f'{counts}</c:numCache></c:numRef></c:val></c:ser><c:gapWidth val="60"/><c:axId val="1"/><c:axId val="2"/></c:barChart>'
        '<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="l"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>{text}'
        '<c:crossAx val="2"/></c:catAx><c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling>'
        '<c:delete val="1"/><c:axPos val="t"/><c:numFmt formatCode="0" sourceLinked="0"/><c:majorTickMark val="none"/>'
        '<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:crossAx val="1"/></c:valAx></c:plotArea>'
        '<c:plotVisOnly val="1"/></c:chart></c:chartSpace>'
    )
