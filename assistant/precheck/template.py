"""The form of a pack, blank or with what is known already, in the format a person likes to fill in."""

from collections.abc import Callable, Mapping
from pathlib import Path

from assistant.errors import UsageError
from assistant.forms.form_schema import FormSchema, load_form
from assistant.law.pack import Pack

FORMATS = ("docx", "xlsx", "json")


def write_template(pack: Pack, kind: str, out: Path) -> Path:
    """Writes the blank form of `pack` as docx, xlsx or json to `out`, and returns where it is.

    Raises UsageError: an unknown format, a pack without a form, a place that cannot be written.
    """
    schema = load_form(pack)
    if schema is None:
        raise UsageError(f"《{pack.about.title}》的资料包没有自评表（form.toml）。", "请先在资料包中补上 form.toml。")
    content = template_bytes(schema, kind)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(content)
    except OSError as error:
        raise UsageError(f"写不了 {out}（{error.strerror}）。", "请用 --out 换一个位置。") from error
    return out


def template_bytes(schema: FormSchema, kind: str, values: Mapping[str, str] | None = None) -> bytes:
    """The form as the bytes of a file. Raises UsageError for an unknown format.

    `values`: what is filled in already, by field; everything else is blank.
    """
    writers: dict[str, Callable[[FormSchema, Mapping[str, str]], bytes]] = {"docx": _docx, "xlsx": _xlsx, "json": _json}
    if kind not in writers:
        raise UsageError(f"没有“{kind}”这种格式。", f"请选 {'、'.join(FORMATS)} 之一。")
    return writers[kind](schema, values or {})


def _docx(schema: FormSchema, values: Mapping[str, str]) -> bytes:
    from assistant.precheck.template_docx import docx_template

    return docx_template(schema, values)


def _xlsx(schema: FormSchema, values: Mapping[str, str]) -> bytes:
    from assistant.precheck.template_xlsx import xlsx_template

    return xlsx_template(schema, values)


def _json(schema: FormSchema, values: Mapping[str, str]) -> bytes:
    from assistant.precheck.template_json import json_template

    return json_template(schema, values)
