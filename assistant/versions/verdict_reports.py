"""Drafts under two versions as JSON, workbook, page and text: only what differs, and why."""

import json
from collections.abc import Iterator, Sequence
from html import escape

from assistant.precheck.html_page import whole_page
from assistant.precheck.models import Verdict
from assistant.precheck.printable import short
from assistant.precheck.wording import MARK, NO_APPROVAL, OUTCOME, VERDICT
from assistant.precheck.workbook import Column, Row, Workbook
from assistant.versions.page import page_style
from assistant.versions.verdict_changes import DraftChanges, VerdictChange
from assistant.versions.wording import version_in_words

_CELL = 1000


def as_json(drafts: Sequence[DraftChanges]) -> str:
    dumped = [draft.model_dump(mode="json") for draft in drafts]
    return json.dumps(dumped, ensure_ascii=False, indent=1) + "\n"


def as_text(drafts: Sequence[DraftChanges]) -> str:
    lines = [f"旧：{version_in_words(drafts[0].old)}", f"新：{version_in_words(drafts[0].new)}"] if drafts else []
    everywhere = _everywhere(drafts)
    if everywhere:
        lines += [f"每份都有的{len(everywhere)}项：", *everywhere]
    for draft in drafts:
        own = [line for change in draft.changes if (line := _line(change)) not in everywhere]
        said = "没有别的不同" if everywhere and draft.changes and not own else ""
        lines += [f"{draft.file}：{draft.error or _summary(draft)}{f'，{said}' if said else ''}", *own]
    return "\n".join([*lines, NO_APPROVAL]) + "\n"


def _line(change: VerdictChange) -> str:
    return f"  {_verdicts(change)}　{change.label}{_stated(change)}：{change.why.rstrip('。')}。"


def _everywhere(drafts: Sequence[DraftChanges]) -> list[str]:
    """The differences that all drafts have, such as those of a rule that fell away; of one draft there are none."""
    read = [[_line(change) for change in draft.changes] for draft in drafts if not draft.error]
    return [line for line in read[0] if all(line in other for other in read[1:])] if len(read) > 1 else []


def as_xlsx(drafts: Sequence[DraftChanges]) -> bytes:
    """One sheet a draft a row, one sheet a difference a row."""
    with Workbook("两版预审对照") as book:
        overview = book.add_sheet("总览")
        _head(book, overview, drafts)
        columns = [
            Column("文件", 40),
            Column("旧版结论", 18),
            Column("新版结论", 18),
            Column("不同的项", 10),
            Column("说明", 60),
        ]
        book.add_table(overview, 4, columns, [_overview_row(draft) for draft in drafts])
        sheet = book.add_sheet("不同的结论")
        columns = [
            Column("文件", 30), Column("项目", 24), Column("所填", 14), Column("旧版", 14), Column("新版", 14),
            Column("旧版要求", 16), Column("新版要求", 16), Column("原因", 36), Column("旧版依据", 40),
            Column("新版依据", 40),
        ]  # fmt: skip
        book.add_table(sheet, 0, columns, [_row(d, c) for d in drafts for c in d.changes])
    return book.data


def _head(book: Workbook, sheet: object, drafts: Sequence[DraftChanges]) -> None:
    book.write(sheet, 0, 0, "两版预审对照", "title")
    if drafts:
        book.write(sheet, 1, 0, f"旧：{version_in_words(drafts[0].old)}", "plain")
        book.write(sheet, 2, 0, f"新：{version_in_words(drafts[0].new)}", "plain")


def _overview_row(draft: DraftChanges) -> Row:
    what = draft.error or _summary(draft)
    return [
        (draft.file, "cell"), (OUTCOME[draft.old_outcome], "cell"), (OUTCOME[draft.new_outcome], "cell"),
        (len(draft.changes), "cell"), (what, "cell"),
    ]  # fmt: skip


def _row(draft: DraftChanges, change: VerdictChange) -> Row:
    old, new = _verdicts(change).split(" → ")
    return [
        (draft.file, "cell"), (change.label, "cell"), (_with_unit(change), "cell"),
        (old, _style(change.old_verdict)), (new, _style(change.new_verdict)),
        (change.old_required, "cell"), (change.new_required, "cell"), (change.why, "cell"),
        (change.old_basis, "cell"), (change.new_basis, "cell"),
    ]  # fmt: skip


def _style(verdict: str) -> str:
    return verdict if verdict in ("met", "not_met", "missing", "review") else "cell"


def as_html(drafts: Sequence[DraftChanges]) -> str:
    """One self-contained page, for reading and printing. Every text of a form is escaped."""
    changed = [draft for draft in drafts if draft.changes]
    heading = f"两版预审对照：{len(drafts)}份材料"
    body = [
        f"<header><h1>{heading}</h1>",
        *(f'<p class="basis">{words}</p>' for words in _versions(drafts)),
        "</header>",
        f"<p>有{len(changed)}份的结论有不同。只列不同的项。</p>",
        *(_section(draft) for draft in drafts if draft.changes or draft.error),
        _unchanged([draft.file for draft in drafts if not draft.changes and not draft.error]),
        f"<footer><p>{NO_APPROVAL}</p></footer>",
    ]
    return whole_page(heading, page_style(), body)


def _versions(drafts: Sequence[DraftChanges]) -> Iterator[str]:
    if drafts:
        yield escape(f"旧：{version_in_words(drafts[0].old)}")
        yield escape(f"新：{version_in_words(drafts[0].new)}")


def _section(draft: DraftChanges) -> str:
    said = _text(draft.error or _summary(draft))
    head = f'<section class="draft"><h2>{_text(draft.file)}</h2><p class="outcome">{said}</p>'
    rows = "".join(_html_row(change) for change in draft.changes)
    heads = "<th>旧版 → 新版<th>项目<th>所填<th>旧版要求<th>新版要求<th>原因"
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>" if rows else ""
    return f"{head}{table}</section>"


def _html_row(change: VerdictChange) -> str:
    basis = "".join(
        f"<br><small>{_text(words)}</small>" for words in dict.fromkeys((change.old_basis, change.new_basis)) if words
    )
    cells = [
        f'<span class="kind">{_verdicts(change)}</span>',
        _text(change.label),
        _text(_with_unit(change)) or "—",
        _text(change.old_required) or "—",
        _text(change.new_required) or "—",
        _text(change.why) + basis,
    ]
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _unchanged(files: Sequence[str]) -> str:
    return f'<p class="rest">两版结论相同的{len(files)}份：{_text("、".join(files))}。</p>' if files else ""


def _summary(draft: DraftChanges) -> str:
    if not draft.changes and draft.old_outcome == draft.new_outcome:
        return f"两版结论相同（{OUTCOME[draft.new_outcome]}）"
    return f"{OUTCOME[draft.old_outcome]} → {OUTCOME[draft.new_outcome]}，{len(draft.changes)}项结论不同"


def _verdicts(change: VerdictChange) -> str:
    return f"{_verdict(change.old_verdict)} → {_verdict(change.new_verdict)}"


def _verdict(verdict: "Verdict | str") -> str:
    return f"{MARK[verdict]} {VERDICT[verdict]}" if verdict in VERDICT else "（没有这一条）"


def _stated(change: VerdictChange) -> str:
    return f"（所填：{_with_unit(change)}）" if change.actual else ""


def _with_unit(change: VerdictChange) -> str:
    actual = {"true": "是", "false": "否"}.get(change.actual or "", change.actual or "")
    return f"{actual}{change.unit or ''}" if actual[-1:].isdigit() else actual


def _text(text: str) -> str:
    return escape(short(text, _CELL))
