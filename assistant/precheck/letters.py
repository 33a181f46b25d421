"""Whom a letter about a draft goes to, and the name of its file."""

import re

from assistant.forms.form_schema import FormSchema
from assistant.precheck.models import Report

_UNSAFE = re.compile(r"[^0-9A-Za-z\u3400-\u9fff]+")


def addressee(report: Report, schema: FormSchema) -> str:
    """The organisation that hands the draft in, as the draft names it; "" if it does not."""
    stated = {declared.field: declared.raw for declared in report.declared}
    return next((stated[field] for field in schema.addressees if stated.get(field)), "").split("\n")[0]


def letter_name(number: int, file: str) -> str:
    """A file name that any system takes, e.g. `001-沈阳-自评表.docx`."""
    short = _UNSAFE.sub("-", file.rsplit(".", 1)[0]).strip("-")[:40].strip("-")
    return f"{number:03}-{short}.docx" if short else f"{number:03}.docx"
