"""Tables without rules: words far apart in a row stand in columns, and a cell may go on over several lines."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.files.content import Cell
from assistant.files.page_words import Word, edges_of, joined, lowest, nearest, unbreakable, wrapped

Segments = list[Word]  # what stands close together in a row is one

_COLUMN_GAP = 1.2  # of the height of the characters
_LEAST_GAP = 0.25  # the same, before a place where columns are known to begin
_ALIGNED = 0.6
_ENOUGH_STARTS = 3
_ROOM = 2.0  # a cell with less of it left was full, so what stands below goes on in it
_ROOM_AT_END = 1.3
_COMPLETES = 0.9  # a label in the middle of a cell of two lines is at most so far from them


def segments_of(rows: Sequence[list[Word]]) -> list[Segments]:
    """The words of each row joined where they stand close and no column begins between them."""
    apart = [_segments(row, []) for row in rows]
    starts = [word.box.left for segments in apart for word in segments[1:]]
    size = min((word.box.height for segments in apart for word in segments), default=1.0)
    columns = [
        at
        for at in edges_of(starts, _ALIGNED * size)
        if sum(abs(start - at) < _ALIGNED * size for start in starts) >= _ENOUGH_STARTS
    ]
    return [_segments(row, columns) for row in rows]


def _segments(row: list[Word], columns: list[float]) -> Segments:
    segments: list[list[Word]] = []
    for word in row:
        size = word.box.height
        gap = word.box.left - segments[-1][-1].box.right if segments else 0.0
        begins = gap > _LEAST_GAP * size and any(abs(word.box.left - at) < _ALIGNED * size for at in columns)
        if segments and gap < _COLUMN_GAP * size and not begins:
            segments[-1].append(word)
        else:
            segments.append([word])
    return [joined(words) for words in segments]


def blocks_of(lines: Sequence[Segments]) -> Iterator[tuple[bool, list[Segments]]]:
    """The lines of a page in groups from the top: those that make a table (True), and those that stand alone."""
    block: list[Segments] = []
    for at, segments in enumerate(lines):
        following = lines[at + 1] if at + 1 < len(lines) else []
        if len(segments) > 1 or (block and segments and _belongs(segments[0], block, following)):
            block.append(segments)
            continue
        if block:
            yield True, block
            block = []
        yield False, [segments]
    if block:
        yield True, block


def column_cells(block: Sequence[Segments]) -> tuple[Cell, ...]:
    """The cells of a table: segments that begin at the same place share a column."""
    size = min(word.box.height for line in block for word in line)
    xs = edges_of([word.box.left for line in block for word in line], 1.5 * size)
    cells: list[Cell] = []
    for number, row in enumerate(_rows(block), start=1):
        used = 0
        for parts in sorted(row, key=lambda each: min(part.box.left for part in each)):
            used = max(nearest(xs, min(part.box.left for part in parts)) + 1, used + 1)
            cells.append(Cell(_text(parts, block), number, used, "", confidence=lowest([p.confidence for p in parts])))
    return tuple(cells)


def _rows(block: Sequence[Segments]) -> list[list[list[Word]]]:
    """Rows of cells, each with the lines that stand in it."""
    rows: list[list[list[Word]]] = []
    for line in block:
        cells = rows[-1] if rows else []
        over = [next((cell for cell in cells if _in_column(word, cell)), None) for word in line]
        if cells and not any(over) and _completes(line, cells):
            cells += [[word] for word in line]
        elif cells and _goes_on(line, over, cells, block):
            for word, cell in zip(line, over, strict=True):
                if cell is not None:
                    cell.append(word)
        else:
            rows.append([[word] for word in line])
    return rows


def _goes_on(line: Segments, over: list[list[Word] | None], cells: list[list[Word]], block: Sequence[Segments]) -> bool:
    """Whether each segment of a line goes on in the cell above it: one that was full, or one beside a label."""
    for word, cell in zip(line, over, strict=True):
        if cell is None or word.box.top - cell[-1].box.bottom > word.box.height:
            return False
        beside = len(line) == 1 and len(cells) > 1 and cell is not min(cells, key=lambda each: each[0].box.left)
        if not (_full(cell[-1], word.text, block) or beside):
            return False
    return True


def _completes(line: Segments, cells: list[list[Word]]) -> bool:
    """Whether a line has the cells that are missing beside those of the row: a label beside a cell of two lines."""
    middle = line[0].box.middle
    return any(abs(middle - part.box.middle) < _COMPLETES * part.box.height for cell in cells for part in cell)


def _in_column(word: Word, cell: Sequence[Word]) -> bool:
    first = cell[0].box
    return abs(word.box.left - first.left) < word.box.height or (
        word.box.left < first.right and first.left < word.box.right
    )


def _full(word: Word, text: str, block: Sequence[Segments]) -> bool:
    """Whether `text` found no room in a cell behind a segment."""
    size = word.box.height
    more = unbreakable(text)
    others = [other.box for line in block for other in line]
    following = min((box.left for box in others if box.left > word.box.right), default=None)
    if following is not None:
        return following - word.box.right < (_ROOM + more) * size
    return max(box.right for box in others) - word.box.right < (_ROOM_AT_END + more) * size


def _text(parts: Sequence[Word], block: Sequence[Segments]) -> str:
    """The lines of a cell, joined where one was full."""
    text = parts[0].text
    for before, part in pairwise(parts):
        text = wrapped(text, part.text) if _full(before, part.text, block) else f"{text}\n{part.text}"
    return text


def _belongs(word: Word, block: Sequence[Segments], following: Segments) -> bool:
    """Whether a lone segment is of the table above it: it goes on in a cell, or is a label that was not answered."""
    above = block[-1]
    size = word.box.height
    if word.box.top - max(other.box.bottom for other in above) >= size:
        return False
    first = min(other.box.left for line in block for other in line)
    others = [other.box.left for line in block for other in line if other.box.left > first + size]
    if abs(word.box.left - first) >= size:
        return any(abs(word.box.left - left) < size for left in others)
    if not others or word.box.right > min(others):
        return False
    under = next((line[0] for line in reversed(block) if abs(line[0].box.left - first) < size), None)
    next_near = len(following) > 1 and following[0].box.top - word.box.bottom < size
    return next_near or (under is not None and _full(under, word.text, block))
