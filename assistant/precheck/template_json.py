"""The blank form as JSON: field names with empty values, the explanations beside them."""

import json
from collections.abc import Mapping

from assistant.forms.form_schema import FormSchema

COMMENT = "_"
_INSTRUCTIONS = "请在冒号后的引号里填写；没有的写“无”，不清楚的留空。以下划线开头的是说明，不用填写。"


def json_template(schema: FormSchema, values: Mapping[str, str] | None = None) -> bytes:
    """A flat object; names that begin with an underscore are explanations and are not read back."""
    content = {f"{COMMENT}说明": f"{schema.title}。{schema.draft_notice}{_INSTRUCTIONS}"}
    for section in schema.sections:
        content[f"{COMMENT * 2}{section.id}"] = f"──── {section.title} ────"
        for field in schema.of_section(section):
            content[f"{COMMENT}{field.id}"] = f"{field.label}（{field.wanted}）。{field.explanation}"
            content[field.id] = (values or {}).get(field.id, "")
    return json.dumps(content, ensure_ascii=False, indent=2).encode() + b"\n"
