"""What two versions of a regulation have to do with each other, on the command line: text and verdicts compared."""

import sys
import tempfile
from collections.abc import Sequence
from contextlib import redirect_stdout
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.commands.output import AsJson, print_json, progress, write_file
from assistant.commands.packs import pack_app
from assistant.config import Settings, load_settings
from assistant.errors import PackError, UsageError
from assistant.law.installed import install, load_installed
from assistant.law.pack import Pack, load_pack

if TYPE_CHECKING:
    from assistant.precheck.check import Desk
    from assistant.versions.models import PackDiff, TouchedCase
    from assistant.versions.resting import Cited


@pack_app.command("diff")
def diff(
    old: Annotated[str, typer.Argument(help="旧版本：资料包文件夹，或已安装版本的叫法，如 征求意见稿")],
    new: Annotated[str, typer.Argument(help="新版本：同上")],
    as_json: AsJson = False,
    out: Annotated[Path | None, typer.Option("--out", help="对照页面写到这个 html 文件")] = None,
    cases: Annotated[list[Path] | None, typer.Option("--cases", help="评测题目（jsonl），可以多个")] = None,
    records: Annotated[bool, typer.Option("--records", help="也查已记录的答复")] = False,
) -> None:
    """对照两个版本：逐条列出变化，以及受影响的规则、自评表、词表、题目和已作出的答复。"""
    settings = load_settings()
    with redirect_stdout(sys.stderr):
        from assistant.versions.pack_diff import diff_packs
        from assistant.versions.page import as_page

        answers = _recorded(settings) if records else ()
        found = diff_packs(pack_named(old, settings), pack_named(new, settings), cases or (), answers)
        if out:
            write_file(out, as_page(found).encode())
            progress(f"对照页面已写到 {out}。")
    print_json(found.model_dump(mode="json")) if as_json else typer.echo(_readable(found))


def pack_named(words: str, settings: Settings) -> Pack:
    """The pack in a folder, or the installed version that goes by these words. Raises UsageError if there is none."""
    if (Path(words) / "pack.toml").is_file():
        return load_pack(Path(words).resolve())
    found = load_installed(settings).called(words, date.today())
    if len(found) > 1:
        named = "、".join(pack.about.title for pack in found)
        raise UsageError(f"“{words}”是几个办法都有的版本（{named}）。", "请给出资料包文件夹。")
    return found[0]


def _recorded(settings: Settings) -> "Sequence[Cited]":
    from assistant.records.store import open_records
    from assistant.versions.resting import cited_by

    return list(cited_by(open_records(settings).entries()))


def _readable(found: "PackDiff") -> str:
    from assistant.versions.wording import (
        MARKS,
        RULE_STATES,
        counts_in_words,
        kind_in_words,
        places_in_words,
        version_in_words,
    )

    lines = [
        f"旧：{version_in_words(found.old)}",
        f"新：{version_in_words(found.new)}",
        counts_in_words(found.counts) + "。",
    ]
    lines += [f"注意：{notice}" for notice in found.notices]
    for entry in found.entries:
        if entry.kind == "unchanged":
            continue
        figures = "".join(f"　{f.old or '（无）'} → {f.new or '（无）'}" for f in entry.figures)
        lines.append(f"{MARKS[entry.kind]} {kind_in_words(entry)}：{' → '.join(places_in_words(entry))}{figures}")
        if entry.reworded:
            signs = {"same": "{}", "removed": "［－{}－］", "added": "［＋{}＋］"}
            lines.append("    " + "".join(signs[s.op].format(s.text) for s in entry.segments))
    for state, words in RULE_STATES.items():
        rules = [r for r in found.rules if r.state == state]
        if state == "moved" and rules:
            lines.append(f"规则 另有{len(rules)}条只是换了条款，要更新 provision，见 --out 的页面。")
        else:
            lines += [f"规则 {r.label}（{r.rule}）{words}：{r.reason}" for r in rules]
    lines += [f"自评表 {f.label}（{f.field}）：{f.reason}" for f in found.fields]
    lines += [f"词表 {t.law}：{t.reason}" for t in found.terms]
    lines += [f"题目 {c.source} {c.id}：{_touched(c)}" for c in _pressing_first(found.cases)]
    lines += [f"答复 {c.id}：{_touched(c)}" for c in _pressing_first(found.answers)]
    return "\n".join(lines)


def _touched(case: "TouchedCase") -> str:
    from assistant.versions.wording import KINDS

    return f"{'、'.join(case.provisions)}（{'、'.join(KINDS[kind] for kind in case.kinds)}）。"


def _pressing_first(cases: "Sequence[TouchedCase]") -> "list[TouchedCase]":
    """Those whose provisions say something else before those whose provisions only have another number or place."""
    return sorted(cases, key=lambda case: set(case.kinds) <= {"renumbered", "moved"})


def compare_verdicts(paths: Sequence[Path], version: str, against: str, *, as_json: bool, out: Path | None) -> int:
    """Prints or writes which verdicts differ under two versions, the older one first. Returns the exit code."""
    settings = load_settings()
    with redirect_stdout(sys.stderr), tempfile.TemporaryDirectory(prefix="mic-precheck-") as workspace:
        from assistant.precheck.inputs import gather
        from assistant.versions import verdict_reports
        from assistant.versions.verdict_changes import check_both

        old, new = _desks(settings, version, against)
        inputs = gather(paths, Path(workspace), new.limits, [out] if out else [])
        if not inputs:
            raise UsageError("没有找到要预审的文件。", "请检查路径。")
        drafts = check_both(inputs, old, new, lambda done, total, name: progress(f"已对照 {done}/{total}：{name}"))
        if out:
            write_file(out / "changes.json", verdict_reports.as_json(drafts).encode())
            write_file(out / "changes.xlsx", verdict_reports.as_xlsx(drafts))
            write_file(out / "changes.html", verdict_reports.as_html(drafts).encode())
            progress(f"对照报告在 {out}。")
    typer.echo(verdict_reports.as_json(drafts) if as_json else verdict_reports.as_text(drafts), nl=False)
    return 1 if any(draft.error for draft in drafts) else 0


def _desks(settings: Settings, version: str, against: str) -> "tuple[Desk, Desk]":
    """The desks of both versions, the older one first."""
    from assistant.precheck.check import desk_of, open_desk

    mine = open_desk(settings, version)
    other = desk_of(pack_named(against, settings), settings)
    if other is None:
        raise PackError(f"要对照的版本（{against}）没有 form.toml，不能预审", "请补上自评表的定义。")
    if other.pack.sha256 == mine.pack.sha256 and other.pack.version == mine.pack.version:
        raise UsageError(f"“{against}”就是本次预审所依据的版本。", "请用 --against 写另一个版本。")
    if other.pack.id != mine.pack.id:
        return other, mine
    order = install([other.pack, mine.pack]).in_order([other.pack, mine.pack])
    return (other, mine) if order[0] is other.pack else (mine, other)
