"""Writes plans as plain text."""

from pathlib import Path

from eval.forms.plan import Plan
from eval.forms.words import TITLE, marked


def lines(plan: Plan) -> list[str]:
    """The form line by line, as label and value under the sections' headings, or the plan's own text."""
    if plan.text:
        return plan.text.splitlines()
    written, section = [TITLE[plan.split]], ""
    for number, row in enumerate(plan.rows, 1):
        if row.section != section:
            section = row.section
            written.append(section)
        serial = f"{number}. " if plan.layout.numbered else ""
        written.append(f"{serial}{row.label}：{marked(row, plan.layout.marks)}")
    return written


def write_txt(plan: Plan, path: Path) -> None:
    path.write_text("\n".join(lines(plan)) + "\n", encoding=plan.layout.encoding)
