"""What was told in a conversation, taken to the desk: the same report as of a draft, and the form filled in with it."""

from collections.abc import Mapping

from assistant.forms.form_schema import FieldType, FormField, FormSchema
from assistant.forms.submission import Submission
from assistant.precheck.check import Desk, report_of
from assistant.precheck.models import Report
from assistant.precheck.template import template_bytes
from assistant.rules.evaluate import actual_of, filled
from assistant.rules.facts import Facts
from assistant.rules.quantity import Quantity


def check_facts(facts: Facts, desk: Desk, name: str) -> Report:
    """The report on facts that no draft states; `name` stands in the place of the file's."""
    return report_of(Submission(dict(facts), (), len(facts)), desk, name)


def filled_form(facts: Facts, schema: FormSchema, kind: str) -> bytes:
    """The form with what is known in it, as docx, xlsx or json; what is doubtful stands as it was said."""
    return template_bytes(schema, kind, values_of(facts, schema))


def values_of(facts: Facts, schema: FormSchema) -> Mapping[str, str]:
    """What is written into each field."""
    found = ((field, filled(facts.get(field.id))) for field in schema.fields)
    return {field.id: _value(field, fact.value, fact.raw, actual_of(fact) or "") for field, fact in found if fact}


def _value(field: FormField, value: Quantity | str | bool | None, raw: str, actual: str) -> str:
    if isinstance(value, bool):
        yes, no = ("有", "无") if field.type is FieldType.YES_NO_OR_COUNT else ("是", "否")
        return yes if value else no
    if isinstance(value, Quantity) and not value.exact:
        # 研发人员70人 is more than the field asks for; a bare 70 in its place would be read as less than was said.
        return f"不超过{raw}" if value.low is None and value.high is not None and not value.high_open else raw
    return actual
