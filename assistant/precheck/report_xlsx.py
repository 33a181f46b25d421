"""Reports as a workbook for staff: overview, one row a draft, every check, and what the drafts have in common."""

from collections.abc import Sequence

from assistant.precheck.compare import (
    Kinship,
    RuleCount,
    claims,
    contradictions,
    outcome_counts,
    rule_counts,
    rules_in,
)
from assistant.precheck.models import Check, Report
from assistant.precheck.wording import (
    MARK,
    NO_APPROVAL,
    OUTCOME,
    VERDICT,
    actual_in_words,
    basis_in_words,
    gap_in_words,
    notice_sentence,
    place_in_words,
    requirement_in_words,
    standing_in_words,
)
from assistant.precheck.workbook import Cell, Column, Row, Workbook

_CHARTED = 12


def as_xlsx(reports: Sequence[Report], title: str, kinship: Kinship) -> bytes:
    """The workbook's bytes, the same for the same reports. `title` is the regulation's."""
    with Workbook(f"申报预审：{title}") as book:
        _add_overview(book, reports, title)
        _add_drafts(book, reports, kinship)
        _add_checks(book, reports)
        _add_failures(book, reports)
        _add_contradictions(book, reports, kinship)
        _add_claims(book, reports, kinship)
        _add_unreadable(book, reports)
    return book.data


def _add_overview(book: Workbook, reports: Sequence[Report], title: str) -> None:
    sheet = book.add_sheet("总览")
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 10)
    sheet.set_column(2, 2, 90)
    sheet.set_row(0, 26)
    book.write(sheet, 0, 0, "申报预审", "title")
    book.write(sheet, 1, 0, f"依据：《{title}》", "plain")
    notices = dict.fromkeys(notice for report in reports for notice in report.notices)
    sentences = [s for notice in notices if (s := notice_sentence(notice))]
    for row, sentence in enumerate([*sentences, NO_APPROVAL], 2):
        book.write(sheet, row, 0, sentence, "notice")
    top = 4 + len(sentences)
    counts = outcome_counts(reports)
    for column, heading in enumerate(("结论", "份数", "含义")):
        book.write(sheet, top, column, heading, "heading")
    for row, (outcome, words) in enumerate(OUTCOME.items(), top + 1):
        book.write(sheet, row, 0, words)
        book.write(sheet, row, 1, counts[outcome])
        book.write(sheet, row, 2, _MEANING[outcome])
    book.write(sheet, top + 1 + len(OUTCOME), 0, "合计", "heading")
    book.write(sheet, top + 1 + len(OUTCOME), 1, len(reports), "heading")


_MEANING = {
    "blocked": "按填报内容，至少有一项必须具备的申报条件不符合",
    "incomplete": "没有发现不符合，但至少有一项必须具备的申报条件没有填报",
    "review": "必须具备的申报条件都已填报，另有事项要由人判断",
    "clear": "按填报内容没有发现问题",
    "unreadable": "文件没有读出来，原因见“无法读取”",
}


def _add_drafts(book: Workbook, reports: Sequence[Report], kinship: Kinship) -> None:
    touched = {c.rule for report in reports for c in report.checks if c.verdict != "not_applicable"}
    rules = {rule: check for rule, check in rules_in(reports).items() if rule in touched}
    named = [(field, label) for field in kinship.same if (label := _label(reports, field))]
    columns = [Column("序号", 6), Column("文件", 28), Column("结论", 16), Column("先做什么", 44)]
    columns += [Column(label, 22) for _, label in named]
    columns += [Column(f"{check.label}（{basis_in_words(check)[0]}）", 19) for check in rules.values()]
    columns.append(Column("请人工查看文件", 40))
    rows: list[Row] = []
    for number, report in enumerate(reports, 1):
        declared = {d.field: d.raw for d in report.declared}
        checks = {check.rule: check for check in report.checks}
        row: Row = [
            (number, "cell"),
            (report.file, "cell"),
            (OUTCOME[report.outcome], "cell"),
            (report.error or report.summary, "cell"),
            *((declared.get(field, ""), "cell") for field, _ in named),
            *(_verdict_cell(checks.get(rule)) for rule in rules),
            ("；".join(report.flags), "cell"),
        ]
        rows.append(row)
    sheet = book.add_sheet("逐份结果")
    book.add_table(sheet, 0, columns, rows)
    sheet.freeze_panes(1, 2)
    # Too wide for one page: several, each with the file's name.
    sheet.set_paper(8)
    sheet.fit_to_pages(0, 0)
    sheet.set_print_scale(70)
    sheet.repeat_columns(0, 1)


def _label(reports: Sequence[Report], field: str) -> str:
    return next((d.label for report in reports for d in report.declared if d.field == field), "")


def _verdict_cell(check: Check | None) -> tuple[Cell, str]:
    if check is None:
        return "", "cell"
    words = [f"{MARK[check.verdict]} {VERDICT[check.verdict]}", actual_in_words(check)]
    if check.gap:
        words.append(f"还差{gap_in_words(check)}")
    return "\n".join(w for w in words if w), check.verdict


def _add_checks(book: Workbook, reports: Sequence[Report]) -> None:
    columns = [
        Column("文件", 24), Column("项目", 22), Column("阶段·效力", 12), Column("结论", 13),
        Column("申报表所填", 18), Column("要求", 16), Column("差额", 11), Column("说明", 34), Column("位置", 16),
        Column("提示与佐证", 34), Column("依据", 16), Column("原文", 44),
    ]  # fmt: skip
    rows: list[Row] = []
    for report in reports:
        for check in (c for c in report.checks if c.verdict != "not_applicable"):
            words: list[str] = [
                report.file, check.label, standing_in_words(check), f"{MARK[check.verdict]} {VERDICT[check.verdict]}",
                actual_in_words(check), requirement_in_words(check), gap_in_words(check), check.message,
                place_in_words(check.found_at), "\n".join([*check.caveats, *check.evidence]), *basis_in_words(check),
            ]  # fmt: skip
            rows.append([(w, check.verdict if i == 3 else "cell") for i, w in enumerate(words)])
    book.add_table(book.add_sheet("逐项明细"), 0, columns, rows)


def _add_failures(book: Workbook, reports: Sequence[Report]) -> None:
    counts = [c for c in rule_counts(reports) if c.verdicts.total() > c.verdicts["not_applicable"]]
    columns = [Column("项目", 34), *(Column(words, 12) for words in VERDICT.values()), Column("不符合与未提供", 16)]
    rows: list[Row] = [
        [(c.label, "cell"), *((c.verdicts[verdict], "cell") for verdict in VERDICT), (c.failures, "cell")]
        for c in counts
    ]
    sheet = book.add_sheet("常见问题")
    book.add_table(sheet, 0, columns, rows)
    _add_chart(book, sheet, [c for c in counts if c.failures][:_CHARTED])


def _add_chart(book: Workbook, sheet: object, counts: Sequence[RuleCount]) -> None:
    """Bars of the most common failures; the rules with most failures are the first rows of the sheet."""
    if not counts:
        return
    chart = book.book.add_chart({"type": "bar", "subtype": "stacked"})
    # A pattern beside the colour tells the two apart on a black and white print.
    looks = {"不符合": {"color": "#A3241C"}, "未提供": {"color": "#E0A458"}}
    for column, (words, fill) in enumerate(looks.items(), 2):
        series = {
            "name": words,
            "categories": ["常见问题", 1, 0, len(counts), 0],
            "values": ["常见问题", 1, column, len(counts), column],
            "data_labels": {"value": True, "num_format": "0;;"},
            "gap": 60,
        }
        shape = (
            {"fill": fill}
            if column == 2
            else {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": fill["color"]}}
        )
        chart.add_series(series | shape)
    chart.set_title({"name": "最常见的问题（份数）", "name_font": {"size": 12}})
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis({"min": 0, "num_format": "0", "major_gridlines": {"visible": False}})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 760, "height": 120 + 34 * len(counts)})
    sheet.insert_chart(1, 8, chart)  # type: ignore[attr-defined]


def _add_contradictions(book: Workbook, reports: Sequence[Report], kinship: Kinship) -> None:
    columns = [Column("相同之处", 16), Column("内容", 30), Column("不一致的项目", 24), Column("文件", 30)]
    columns += [Column("所填", 30), Column("位置", 18)]
    rows: list[Row] = [
        [(words, "cell") for words in (c.shared_label, c.shared, c.label, file, raw, place_in_words(place))]
        for c in contradictions(reports, kinship)
        for file, raw, place in c.values
    ]
    book.add_table(book.add_sheet("互相矛盾"), 0, columns, rows or [_none(len(columns))])


def _add_claims(book: Workbook, reports: Sequence[Report], kinship: Kinship) -> None:
    columns = [Column("项目", 18), Column("程度", 8), Column("内容", 34), Column("文件", 30), Column("所填", 40)]
    rows: list[Row] = [
        [(words, "cell") for words in (c.label, "相同" if c.exact else "相近", c.name, file, raw)]
        for c in claims(reports, kinship)
        for file, raw in c.drafts
    ]
    book.add_table(book.add_sheet("同一领域"), 0, columns, rows or [_none(len(columns))])


def _add_unreadable(book: Workbook, reports: Sequence[Report]) -> None:
    columns = [Column("文件", 40), Column("原因和办法", 100)]
    rows: list[Row] = [[(r.file, "cell"), (r.error or "", "cell")] for r in reports if r.outcome == "unreadable"]
    book.add_table(book.add_sheet("无法读取"), 0, columns, rows or [_none(len(columns))])


def _none(width: int) -> Row:
    return [("无", "cell"), *[("", "cell")] * (width - 1)]
