"""A draft -> the facts it states about the fields of a form, each with its place, its words and what is doubtful."""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date

from assistant.errors import UnreadableFileError
from assistant.files.content import Draft, Entry, Line
from assistant.forms.fields_answers import Answer
from assistant.forms.fields_boxes import ticked
from assistant.forms.fields_entries import named_entries
from assistant.forms.fields_labels import Closeness, LabelIndex, LabelMatch
from assistant.forms.fields_lines import Headings, pairs_in
from assistant.forms.fields_merge import Mention, merge
from assistant.forms.fields_prose import ProseReader, Stated
from assistant.forms.fields_steering import steering, without_steering
from assistant.forms.fields_tables import TableReader
from assistant.forms.fields_values import find_choices, read_value, says_no
from assistant.forms.form_schema import FieldType, FormSchema
from assistant.forms.words import plain
from assistant.rules.facts import Fact

_MAX_FLAGS = 20
_ENOUGH = 2
_MAX_SHOWN = 60
_SHORT_KEY = 4
_DATE = re.compile(r"(?<![0-9])(20[0-9]{2})年(?:([0-9]{1,2})月)?")


@dataclass(frozen=True, slots=True)
class Submission:
    """What a draft states. `flags`: Chinese sentences about what was found and not used; `recognised`: how many
    fields of the form were found in it, filled in or not."""

    facts: dict[str, Fact]
    flags: tuple[str, ...]
    recognised: int


def read_submission(draft: Draft, schema: FormSchema, today: date | None = None) -> Submission:
    """The facts in a draft, as of `today` (else of the day it is read): what is dated later is not taken as done.

    Raises UnreadableFileError if nothing of the form is in it.
    """
    found = _Finder(schema, today)
    for entry in named_entries(draft.entries):
        found.read_entry(entry)
    before: TableReader | None = None
    for table in draft.tables:
        before = TableReader(table, found.index, before)
        found.read_table(before)
    found.read_lines(draft.lines)
    if found.telling() < _ENOUGH:
        raise UnreadableFileError(
            f"这份文件里没有找到{schema.file_name}的内容，没有检查。",
            f"请上传填写好的{schema.file_name}，或下载模板填写。",
        )
    flags = tuple(dict.fromkeys((*found.flags, *draft.notes)))
    return Submission(
        merge(found.mentions, schema, found.left_blank, found.own_blank, found.noted),
        flags[:_MAX_FLAGS],
        len(found.fields),
    )


def facts_in_text(text: str, schema: FormSchema, today: date | None = None) -> dict[str, Fact]:
    """The facts that one chat message states; `today` as for a draft."""
    found = _Finder(schema, today)
    message = without_steering(text)
    for line in message.split("\n"):
        found.read_line(Line(line, ""), asked=bool(re.search(r"[?？]|吗|什么|哪|怎么|多少|如何", line)))
    return merge(found.mentions, schema)


class _Finder:
    """Collects what is said of the fields, place by place."""

    def __init__(self, schema: FormSchema, today: date | None) -> None:
        self.schema = schema
        self.today = today or date.today()
        self.index = LabelIndex(schema)
        self.prose = ProseReader(schema)
        self.mentions: list[Mention] = []
        self.flags: list[str] = []
        self.fields: dict[str, int] = {}
        self.left_blank: set[str] = set()
        self.own_blank: set[str] = set()
        self.noted: dict[str, str] = {}

    def telling(self) -> int:
        """How much speaks for the file being a form at all."""
        return sum(self.fields.values())

    def read_entry(self, entry: Entry) -> None:
        name = re.sub(r"(?:\.\d+)+$", "", entry.name)
        if name.startswith(("_", "/", "#")):
            return
        last = name.rsplit(".", 1)[-1]
        above = name.rpartition(".")[0].rpartition(".")[2]
        # 牵头单位.名称: a short key asks something of what stands above it.
        whole = above + last if above and len(plain(last)) <= _SHORT_KEY else last
        match = self.index.match(name) or self.index.match(whole) or self.index.match(last)
        match = match or self.index.guess(whole) or self.index.guess(last)
        text = _written(entry)
        self._flag(text, entry.place)
        if match is None:
            self.flags.append(f"没有认出字段“{entry.name[:_MAX_SHOWN]}”，没有使用。")
            return
        self._answered(Answer(match, text, entry.place, text.strip()))

    def read_table(self, table: TableReader) -> None:
        for answer in table.answers():
            self._answered(answer)
            self._flag(answer.text, answer.place)
        for cell in table.free:
            self._flag(cell.text, cell.place)
            own = {
                pair.match.field.id
                for pair in pairs_in(cell.text, self.index)
                if pair.match.closeness <= Closeness.NEAR
            }
            self._stated(cell.text, cell.place, cell.confidence, own, denied=says_no(table.beside(cell)))

    def read_lines(self, lines: Sequence[Line]) -> None:
        waiting: tuple[LabelMatch, Line] | None = None
        headings = Headings(lines, self.index)
        for line in lines:
            if plain(line.text) in self.schema.own_words:
                waiting = None
                continue
            self._flag(line.text, line.place)
            match = self.index.match(line.text) or headings.guess(line.text)
            if match is not None:
                if waiting is not None:
                    self._empty(waiting[0])
                waiting = (match, line)
                self._seen(match)
                if match.inverse or line.text.rstrip().endswith("。"):
                    self._stated(line.text, line.place, line.confidence)  # 未发生重大违法违规事件。
                continue
            if waiting is not None and headings.are(waiting[1].text):
                if headings.marks(line.text):
                    self._empty(waiting[0])  # another heading, whatever it asks
                    self.read_line(line)
                else:
                    self._under(*waiting, line)
            elif not self.read_line(line) and waiting is not None:
                self._below(*waiting, line)
            waiting = None

    def read_line(self, line: Line, asked: bool = False) -> bool:
        """Reads one line; whether a label stood in it. `asked`: it holds a question, so only what is firm counts."""
        pairs = list(pairs_in(line.text, self.index))
        for pair in pairs:
            quote = line.text[pair.start : pair.end].strip()
            if asked and pair.match.field.type.is_text:
                continue
            self._answered(Answer(pair.match, pair.value, line.place, quote, confidence=line.confidence))
        answered = {pair.match.field.id for pair in pairs if pair.match.closeness <= Closeness.NEAR}
        self._stated(line.text, line.place, line.confidence, answered)
        return bool(pairs)

    def _under(self, match: LabelMatch, label: Line, line: Line) -> None:
        """What stands under a heading of a form that is all headings with answers under them."""
        quote = f"{label.text.strip()}：{line.text.strip()}"
        self._answered(Answer(match, line.text, line.place, quote, confidence=line.confidence))

    def _empty(self, match: LabelMatch) -> None:
        self._answered(Answer(match, "", "", match.written))

    def _below(self, match: LabelMatch, label: Line, line: Line) -> None:
        """A label on a line of its own, its value on the next one."""
        field = match.field
        heading = re.match(
            r"\s*(?:[0-9]+[.、]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十0-9]+[)）]|[^:：]{1,20}[:：])",
            line.text,
        )
        other = self.index.guess(line.text)
        if heading or (other is not None and other.field.id != field.id):
            return  # a heading or another label
        reading = read_value(match, line.text)
        firm = reading is not None and reading.value is not None and not reading.doubts
        if field.type is FieldType.CHOICE:
            firm = firm and len(find_choices(field, line.text)) == 1
        if field.type.is_text or (firm and len(line.text) <= _MAX_SHOWN):
            quote = f"{label.text.strip()}：{line.text.strip()}"
            self._answered(Answer(match, line.text, line.place, quote, confidence=line.confidence))

    def _answered(self, answer: Answer) -> None:
        field = answer.match.field
        self._seen(answer.match)
        text = without_steering(answer.text)
        stated = [s for s in self._of_field(text, field.id) if s.match.closeness <= answer.match.closeness]
        if field.type.is_number and stated:
            return  # 职工总数300，其中固定研发人员62: what the cell itself says of the field goes before
        reading = read_value(answer.match, text, answer.unit)
        doubts: tuple[str, ...] = ()
        if reading is None and answer.note and not text.strip():
            self._add(Mention(answer.match, None, answer.note, answer.place, answer.quote, doubts=(answer.note,)))
            return
        if reading is None:
            if answer.match.closeness <= Closeness.NEAR:
                self.left_blank.add(field.id)
            if answer.match.closeness is Closeness.SAME:
                self.own_blank.add(field.id)
            return
        doubts = (
            reading.doubts
            + self._unsure(answer.confidence)
            + self._to_come(reading.value, text)
            + ((answer.doubt,) if answer.doubt else ())
        )
        caveats = reading.caveats + ((answer.note,) if answer.note else ())
        self._add(
            Mention(
                answer.match, reading.value, reading.raw, answer.place, answer.quote[:400], caveats, doubts,
                year=answer.year or answer.match.year, labelled=True,
            )
        )  # fmt: skip

    def _stated(
        self, text: str, place: str, confidence: object, answered: Set[str] = frozenset(), denied: bool = False
    ) -> None:
        """What running text says, but for fields that a label in it answers already. `denied`: 否 stands beside it."""
        said = ticked(without_steering(text))
        for field, sentence in self.prose.notes(said or ""):
            self.noted.setdefault(field, sentence)
        for stated in self.prose.statements(said or ""):
            reading = stated.reading
            if stated.match.field.id in answered:
                continue
            if denied and not isinstance(reading.value, bool):
                continue
            if denied:
                reading = replace(reading, value=not reading.value)
            from_number = stated.match.field.type.is_number and stated.match.closeness <= Closeness.NEAR
            if from_number:
                self.fields[stated.match.field.id] = max(self.fields.get(stated.match.field.id, 0), 2)
            self._add(
                Mention(
                    stated.match, reading.value, reading.raw, place, stated.quote[:400], reading.caveats,
                    reading.doubts + self._unsure(confidence), planned=stated.planned,
                )
            )  # fmt: skip

    def _of_field(self, text: str, field: str) -> Iterator[Stated]:
        return (stated for stated in self.prose.statements(text) if stated.match.field.id == field)

    def _seen(self, match: LabelMatch) -> None:
        field, weight = match.field, 0
        if match.closeness is Closeness.SAME:
            weight = 2 if field.telling else int(field.type.is_number)
        elif match.closeness is not Closeness.TOTAL:
            weight = int(field.type.is_number)
        self.fields[field.id] = max(self.fields.get(field.id, 0), weight + (2 if match.by_id else 0))

    def _add(self, mention: Mention) -> None:
        self.mentions.append(mention)

    def _unsure(self, confidence: object) -> tuple[str, ...]:
        if confidence is None or not isinstance(confidence, type(self.schema.ocr_confidence)):
            return ()
        if confidence >= self.schema.ocr_confidence:
            return ()
        return (f"扫描件识别不够清楚（置信度{confidence:.2f}），请对照原件核对",)

    def _to_come(self, value: object, text: str) -> tuple[str, ...]:
        """2027年成立: what is dated after the day of the check is asked about. A year without a month is its end."""
        if value is not True:
            return ()
        dates = ((year, int(month or 12)) for year, month in _DATE.findall(text))
        late = next((year for year, month in dates if (int(year), month) > (self.today.year, self.today.month)), None)
        return (f"写有{late}年，看不出是已经还是将要，请核对",) if late else ()

    def _flag(self, text: str, place: str) -> None:
        for sentence in steering(text):
            at = f"（{place}）" if place else ""
            self.flags.append(f"文件中有写给审核系统的话“{sentence[:_MAX_SHOWN]}”{at}，已忽略，不影响检查结果。")


def _written(entry: Entry) -> str:
    if entry.value is None:
        return ""
    if isinstance(entry.value, bool):
        return "是" if entry.value else "否"
    return (
        entry.value
        if isinstance(entry.value, str)
        else f"{entry.value:f}"
        if not isinstance(entry.value, int)
        else str(entry.value)
    )
