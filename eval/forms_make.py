"""Writes the draft forms of a part into a folder: `python -m eval.forms_make --split dev --out FOLDER`.

The forms come from the tables of eval/forms (cases, fresh, unseen) and are the same in every run. PDF files and scans
need LibreOffice; without it they are left out and counted. The hand-made forms come too.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from eval.forms import docx_forms, paper, sheet_forms, text_forms
from eval.forms.plan import Plan, plans
from eval.forms.table import SPLITS, Expectation, Split, hand_folder, load_hand, load_table

PAPER = ("pdf", "png", "jpg", "scan.pdf")
WRITERS: dict[str, Callable[[Plan, Path], None]] = {
    "docx": docx_forms.write_docx,
    "xlsx": sheet_forms.write_xlsx,
    "csv": sheet_forms.write_csv,
    "json": sheet_forms.write_json,
    "txt": text_forms.write_txt,
}


@dataclass(frozen=True)
class Form:
    """A file with what the pre-check should say of it. `origin` is generated or hand, `kind` the group of formats.

    `written` has for each field the ways in which its value stands in the file, as far as they are known.
    """

    id: str
    split: Split
    origin: str
    kind: str
    path: Path
    expect: dict[str, Expectation]
    readable: bool = True
    written: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def ocr(self) -> bool:
        return self.kind == "scan"


def make_forms(split: Split, folder: Path, scans: bool = True) -> tuple[list[Form], int]:
    """Writes the forms of a part into the folder, which is made; without `scans` only what needs no recognition.

    Gives them and how many could not be made for want of LibreOffice.
    """
    folder.mkdir(parents=True, exist_ok=True)
    todo = [plan for plan in plans(load_table(split), split) if scans or plan.kind != "scan"]
    possible = [plan for plan in todo if plan.format not in PAPER or paper.office()]
    _write_paper([plan for plan in possible if plan.format in PAPER], folder)
    for plan in possible:
        if plan.format not in PAPER:
            WRITERS[plan.format](plan, folder / plan.file)
    made = [_form(plan, folder) for plan in possible]
    by_hand = [form for form in _hand_forms(split) if scans or not form.ocr]
    return [*made, *by_hand], len(todo) - len(possible)


def _form(plan: Plan, folder: Path) -> Form:
    written: dict[str, tuple[str, ...]] = {r.field: (r.text, r.tick or r.text) for r in plan.rows if r.field}
    return Form(plan.id, plan.split, "generated", plan.kind, folder / plan.file, plan.expect, written=written)


def _write_paper(todo: Sequence[Plan], folder: Path) -> None:
    """Every paper form is a Word document first, all of which LibreOffice prints in one run."""
    if not todo:
        return
    drafts = folder / "drafts"
    drafts.mkdir(exist_ok=True)
    for plan in todo:
        docx_forms.write_docx(plan, drafts / f"{plan.id}.docx")
    paper.convert([drafts / f"{plan.id}.docx" for plan in todo], "pdf", drafts)
    for plan in todo:
        printed = drafts / f"{plan.id}.pdf"
        if plan.format == "pdf":
            printed.replace(folder / plan.file)
        else:
            paper.scan(printed, plan, folder / plan.file)


def _hand_forms(split: Split) -> list[Form]:
    table = load_table(split)
    made = []
    for form in load_hand(split):
        if form.split == split and not (form.office and not paper.office()):
            expect = {field: form.expect.get(field, table.silent(field)) for field in table.fields}
            name = f"{hand_folder(split).name}/{form.file}"
            made.append(Form(name, split, "hand", form.kind, hand_folder(split) / form.file, expect, form.readable))
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; 0 done, 2 wrong usage."""
    parser = argparse.ArgumentParser(prog="python -m eval.forms_make", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--split", choices=SPLITS, default="dev")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(arguments)
    made, missing = make_forms(options.split, options.out)
    print(f"{len(made)} forms in {options.out}, {missing} could not be made without LibreOffice", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
