"""The self-assessment form of a regulation as data: `form.toml` of its pack, checked when it is loaded."""

import re
from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)

from assistant.forms.words import plain
from assistant.law.locator import Locator
from assistant.law.pack import Pack
from assistant.law.pack_file import read_pack_file
from assistant.law.types import LegalStatus

FORM_FILE = "form.toml"


def _written_exactly(value: object) -> object:
    if isinstance(value, float):
        raise ValueError('数字请写成带引号的文字，如 "0.80"')
    return value


Exact = Annotated[Decimal, BeforeValidator(_written_exactly)]
Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Words = Annotated[str, Field(min_length=1, max_length=60)]


def _compiles(value: str) -> str:
    try:
        groups = re.compile(value).groups
    except re.error as error:
        raise ValueError(f"不是有效的正则表达式：{error}") from error
    if groups != 1:
        raise ValueError("正则表达式要有且只有一个括号，括出所取的值")
    return value


Pattern = Annotated[str, AfterValidator(_compiles)]


class FieldType(StrEnum):
    """What may be filled in. The value is the word used in form.toml."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    CHOICE = "choice"
    YES_NO = "yes_no"
    INTEGER = "integer"
    DECIMAL = "decimal"
    YES_NO_OR_COUNT = "yes_no_or_count"

    @property
    def is_number(self) -> bool:
        return self in (FieldType.INTEGER, FieldType.DECIMAL)

    @property
    def is_yes_no(self) -> bool:
        return self in (FieldType.YES_NO, FieldType.YES_NO_OR_COUNT)

    @property
    def is_text(self) -> bool:
        return self in (FieldType.TEXT, FieldType.LONG_TEXT)


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, ignored_types=(cached_property,))


class Choice(Strict):
    """One value of a choice. `aliases` mean it, `near` mean it with a caveat, `prose` only in running text.

    A choice that is not `offered` is understood but not printed; of a `verbatim` one the person's own words stand.
    """

    value: Words
    aliases: list[Words] = []
    near: list[Words] = []
    prose: list[Words] = []
    offered: bool = True
    verbatim: bool = False


class FormField(Strict):
    """One field. The lists of names are explained at the head of form.toml; `provision` is a locator.

    What is filled into a `personal` one names persons, and is not kept in records.
    """

    id: Identifier
    label: Words
    section: Identifier
    type: FieldType
    unit: str = ""
    hint: str = ""
    provision: str = ""
    choices: list[Choice] = []
    same: list[Words] = []
    near: list[Words] = []
    wider: list[Words] = []
    total: list[Words] = []
    never: list[Words] = []
    parts: list[Words] = []
    others: list[Words] = []
    belies: list[Words] = []
    names_a: Literal["", "person", "organisation"] = ""
    inverse: list[Words] = []
    prose: list[Words] = []
    stated: list[Pattern] = []
    holds: list[Words] = []
    holds_near: list[Words] = []
    holds_wider: list[Words] = []
    yes: list[Words] = []
    no: list[Words] = []
    count_units: list[Words] = []
    telling: bool = True
    personal: bool = False

    @field_validator("provision")
    @classmethod
    def _is_locator(cls, value: str) -> str:
        if value:
            Locator.parse(value)
        return value

    @model_validator(mode="after")
    def _fits_its_type(self) -> Self:
        if (self.type is FieldType.CHOICE) != bool(self.choices):
            raise ValueError(f"字段 {self.id}：choice 类型要有 choices，其他类型不能有")
        if self.type.is_number and not self.unit:
            raise ValueError(f"字段 {self.id}：数字要有 unit")
        if (self.wider or self.total) and not self.type.is_number:
            raise ValueError(f"字段 {self.id}：wider、total 只用于数字")
        if self.inverse and not self.type.is_yes_no:
            raise ValueError(f"字段 {self.id}：inverse 只用于是否")
        values = [plain(name) for choice in self.choices for name in (choice.value, *choice.aliases, *choice.near)]
        twice = next((name for name in values if values.count(name) > 1), None)
        if twice:
            raise ValueError(f"字段 {self.id}：“{twice}”在选项中出现了两次")
        return self

    @property
    def offered(self) -> tuple[str, ...]:
        """What a person is asked to choose from; empty where any words do."""
        if self.type is FieldType.YES_NO:
            return ("是", "否")
        return tuple(choice.value for choice in self.choices if choice.offered)

    @property
    def basis(self) -> str:
        """The provision it serves, as people write it; empty where there is none."""
        return Locator.parse(self.provision).label if self.provision else ""

    @property
    def explanation(self) -> str:
        """The hint with the provision behind it."""
        return self.hint + (f"（{self.basis}）" if self.basis else "")

    @property
    def wanted(self) -> str:
        """What kind of answer is wanted, in a few words."""
        if self.type is FieldType.YES_NO:
            return "是或否"
        if self.type is FieldType.YES_NO_OR_COUNT:
            return "有、无或数量"
        if self.offered:
            return "选一项：" + "、".join(self.offered)
        return f"数字，单位：{self.unit}" if self.type.is_number else "文字"

    def names(self) -> Iterator[str]:
        """All that a label may call it as a whole."""
        yield from dict.fromkeys((self.id, self.label, *self.same, *self.near, *self.wider, *self.inverse))


class Section(Strict):
    id: Identifier
    title: Words


class Plausible(Strict):
    """Outside [low, high] (inclusive, in the field's unit, or in that per one of `per`) a value is doubted."""

    field: Identifier
    per: Identifier | None = None
    low: Exact | None = None
    high: Exact | None = None
    doubt: str = Field(min_length=1)


class FormSchema(Strict):
    """`form.toml`. `draft_notice` stands on the form as long as the regulation is a draft for comment.

    Fields by what they tell of several drafts: `same_matter` name whom a draft is about, the most telling first;
    `draft`: made by a program and reviewed by nobody; such a form is not loaded.
    `exclusive` is what only one applicant should name; `addressees` name whom a letter about a draft goes to.
    """

    draft: bool = False
    title: str = Field(min_length=1)
    draft_notice: str = ""
    instructions: str = ""
    file_name: str = "form"
    ocr_confidence: Exact = Field(default=Decimal("0.8"), ge=0, le=1)
    same_matter: list[Identifier] = []
    exclusive: list[Identifier] = []
    addressees: list[Identifier] = []
    sections: list[Section] = Field(alias="section", min_length=1)
    fields: list[FormField] = Field(alias="field", min_length=1)
    plausible: list[Plausible] = []

    @field_validator("fields", mode="after")
    @classmethod
    def _fields_stand_once(cls, fields: list[FormField], info: ValidationInfo) -> list[FormField]:
        ids = [field.id for field in fields]
        sections = {section.id for section in info.data.get("sections", ())}
        taken: dict[str, str] = {}
        for field in fields:
            if ids.count(field.id) > 1:
                raise ValueError(f"字段 {field.id} 出现了两次")
            if field.section not in sections:
                raise ValueError(f"字段 {field.id}：没有 {field.section} 这一节")
            for name in field.names():
                owner = taken.setdefault(plain(name), field.id)
                if owner != field.id:
                    raise ValueError(f"字段 {field.id}：“{name}”已用作字段 {owner} 的名称")
        return fields

    @model_validator(mode="after")
    def _bounds_are_of_numbers(self) -> Self:
        numbers = {field.id for field in self.fields if field.type.is_number}
        for bound in self.plausible:
            if {bound.field, bound.per or bound.field} - numbers:
                raise ValueError(f"plausible：{bound.field}{'、' + bound.per if bound.per else ''} 不都是数字字段")
        return self

    @cached_property
    def by_id(self) -> dict[str, FormField]:
        return {field.id: field for field in self.fields}

    def of_section(self, section: Section) -> tuple[FormField, ...]:
        return tuple(field for field in self.fields if field.section == section.id)

    @cached_property
    def own_words(self) -> frozenset[str]:
        """What the blank form itself says, made plain, labels aside: never anybody's answer."""
        words = [self.title, self.draft_notice, self.instructions, *(section.title for section in self.sections)]
        words += [hint for field in self.fields for hint in (field.hint, field.explanation)]
        return frozenset(plain(text) for text in words if text)


def load_form(pack: Pack) -> FormSchema | None:
    """The form of a pack; None if the pack has no form.toml, or only a draft of one.

    A provision that is not in the regulation is left out of its field; the notice is empty unless the regulation is
    a draft for comment. Raises PackError that names the file, the field and the reason.
    """
    file: Path = pack.path / FORM_FILE
    if not file.is_file():
        return None
    schema = read_pack_file(file, FormSchema)
    if schema.draft:
        return None
    known = {str(provision.locator) for provision in pack.regulation.provisions}
    fields = [
        field if not field.provision or field.provision in known else field.model_copy(update={"provision": ""})
        for field in schema.fields
    ]
    draft = pack.about.status is LegalStatus.DRAFT_FOR_COMMENT
    return schema.model_copy(update={"fields": fields, "draft_notice": schema.draft_notice if draft else ""})
