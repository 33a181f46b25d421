"""Invented regulations whose structure is known, written down with random dirt, for property tests."""

from dataclasses import dataclass, field

from hypothesis import strategies as st

from assistant.law.numerals import format_numeral

PHRASES = (
    "申报单位应当在本省登记注册满三年，具有独立法人资格",
    "项目资金按照有关规定专款专用，不得挪用",
    "目标任务明确，研发人员不少于80人，经费不低于1.5亿元",
    "依照本办法第七条、第八条的规定办理",
    "符合前款第（二）项、第（三）项规定的，可以优先支持",
    "至少一名负责人具有高级职称（含副高级）",
    "条件成熟的，由主管部门（以下简称“市级部门”）组织评审",
    "到期未整改的，依据第三条处理",
    "2024年3月31日前提交材料，每年一次",
    "评审得分从高到低排序：优秀、良好和合格",
)
REFERENCES = (
    "第六条第二款规定的情形，不适用本办法",
    "第七条、第八条的规定同样适用",
    "依照第十二条第（四）项，可以延长",
    "第三条所称单位，包括联合体",
)
HEADINGS = ("总则", "申报条件与程序", "评  估", "附　则", "支持措施")


@dataclass
class Expected:
    """A provision that has to come out: its locator and its words without blanks, children's included."""

    locator: str
    words: str = ""


@dataclass
class Regulation:
    text: str
    expected: list[Expected] = field(default_factory=list)


class Writer:
    """Writes a regulation and notes what has to come out of it."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.parts: list[str] = []
        self.expected: list[Expected] = []
        self.glued = draw(st.booleans())
        self.arabic = draw(st.booleans())
        self.newline = draw(st.sampled_from(["\n", "\n\n", " \n", "\n\u3000\n"]))

    def blank(self) -> str:
        return self.draw(st.sampled_from(["", "", "", " ", "\u3000", "\u00a0", "\u200b", "\t"]))

    def number(self, value: int) -> str:
        if not self.arabic:
            return self.blank().join(format_numeral(value))
        full = str(value).translate({ord("0") + i: ord("０") + i for i in range(10)})
        return self.draw(st.sampled_from([str(value), full]))

    def line(self, text: str, stop: str = "") -> str:
        indent = self.draw(st.sampled_from(["", "", "    ", "\u3000\u3000", "\t"]))
        self.parts.append(indent + text + stop + self.newline)
        return "".join((text + stop).split()).replace("\u200b", "")

    def phrase(self) -> str:
        return self.draw(st.sampled_from(PHRASES))


def _article(w: Writer, number: int, branch: int | None) -> None:
    locator = f"art_{number}" + (f"-{branch}" if branch else "")
    place = len(w.expected)
    w.expected.append(Expected(locator))
    gap = "" if w.glued else w.draw(st.sampled_from([" ", "  ", "\u3000", "\t", "："]))
    head = f"第{w.blank()}{w.number(number)}{w.blank()}条"
    if branch:
        head += f"之{format_numeral(branch)}"
        gap = gap or " "
    items = w.draw(st.integers(0, 4))
    items = items if items != 1 else 0
    paragraphs = w.draw(st.integers(0, 2))
    words = [w.line(head + gap + w.phrase(), "，包括：" if items else "。")]
    if paragraphs:
        w.expected.append(Expected(f"{locator}.par_1"))
    style = w.draw(st.sampled_from(["（{}）", "({})", "{}、", "{}."]))
    arabic = style == "{}." or w.draw(st.booleans())
    for item in range(1, items + 1):
        w.expected.append(Expected(f"{locator}.item_{item}"))
        shown = str(item) if arabic else format_numeral(item)
        mark = style.format(w.blank() + shown + w.blank() if style[:2] != "{}" else shown)
        subs = w.draw(st.sampled_from([0, 0, 0, 2, 3]))
        own = [w.line(mark + w.blank() + w.phrase(), "：" if subs else w.draw(st.sampled_from("；。;")))]
        at = len(w.expected) - 1
        for sub in range(1, subs + 1):
            inner = w.line(f"{'①②③'[sub - 1]}{w.phrase()}", "；" if sub < subs else "。")
            w.expected.append(Expected(f"{locator}.item_{item}.sub_{sub}", inner))
            own.append(inner)
        if item < items and w.draw(st.integers(0, 5)) == 0:
            own.append(w.line(w.phrase(), "。"))
        w.expected[at].words = "".join(own)
        words += own
    if paragraphs:
        w.expected[place + 1].words = "".join(words).split("条", 1)[1].removeprefix("：") if not branch else ""
    for paragraph in range(paragraphs):
        text = w.line(w.draw(st.sampled_from(PHRASES + REFERENCES)), "。")
        w.expected.append(Expected(f"{locator}.par_{paragraph + 2}", text))
        words.append(text)
    w.expected[place].words = "".join(words)


@st.composite
def regulations(draw: st.DrawFn) -> Regulation:
    """A regulation of one to twelve articles, with or without chapters, the first of which may be missing."""
    w = Writer(draw)
    w.line("某某省某某中心管理办法")
    if draw(st.booleans()):
        w.line("（征求意见稿）")
    chapters = draw(st.booleans())
    chapter = draw(st.integers(0, 1)) if chapters else 0
    for number in range(1, draw(st.integers(1, 12)) + 1):
        if chapters and draw(st.integers(0, 3)) == 0:
            chapter += 1
            name = str(chapter) if draw(st.booleans()) else format_numeral(chapter)
            w.expected.append(Expected(f"ch_{chapter}"))
            w.line(f"第{name}章{draw(st.sampled_from([' ', '  ', chr(0x3000)]))}{draw(st.sampled_from(HEADINGS))}")
        if draw(st.integers(0, 6)) == 0:
            w.parts.append(draw(st.sampled_from(["[bookmark: _GoBack]", "[bookmark: _Hlk1]"])))
        _article(w, number, None)
        if draw(st.integers(0, 8)) == 0:
            _article(w, number, 1)
    if draw(st.booleans()):
        w.line("某某省工业和信息化厅")
        w.line("2025年4月16日")
        w.expected += [Expected("end_1"), Expected("end_2")]
    text = "".join(w.parts)
    return Regulation(text.replace("\n", "\r\n") if draw(st.booleans()) else text, w.expected)
