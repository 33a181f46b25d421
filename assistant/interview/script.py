"""How a pack's form is asked for in conversation: `interview.toml`, which may be absent, beside `form.toml`.

It holds words only: the order and the plain wording of questions, and everyday names. What is required, and whether a
field is asked for at all, comes from the rules.
"""

from functools import cached_property

from pydantic import Field

from assistant.forms.form_schema import Identifier, Strict, Words
from assistant.law.pack import Pack
from assistant.law.pack_file import read_pack_file

SCRIPT_FILE = "interview.toml"


class Ask(Strict):
    """One question for one field, or for several that are naturally told together."""

    fields: tuple[Identifier, ...] = Field(min_length=1)
    ask: str = Field(min_length=1, max_length=200)
    ask_en: str = Field(default="", max_length=300)


class Spoken(Strict):
    """Everyday words for a field: `names` for it, `cues` beside which one of its choices is meant, own yes and no;
    `cues_of_reply`: further cues, which count in the interview alone.

    `figures`: words beside which a bare figure of the field's unit is meant; `never`: words beside which no amount is
    the field's; `label_en`: its English name; `unit_en`: its unit, of money the currency; `values_en`: its choices.
    """

    field: Identifier
    names: tuple[Words, ...] = ()
    cues: tuple[Words, ...] = ()
    cues_of_reply: tuple[Words, ...] = ()
    figures: tuple[Words, ...] = ()
    never: tuple[Words, ...] = ()
    yes: tuple[Words, ...] = ()
    no: tuple[Words, ...] = ()
    label_en: str = ""
    unit_en: str = ""
    values_en: dict[str, str] = Field(default_factory=dict)


class Period(Strict):
    """A rule whose years run from a date. A question is about it if it has a word of every group of `about`."""

    rule: str
    about: tuple[tuple[Words, ...], ...] = Field(min_length=1)
    said: str = Field(min_length=1, max_length=60)
    said_en: str = Field(default="", max_length=120)


class Script(Strict):
    questions: tuple[Ask, ...] = Field(default=(), alias="question")
    spoken: tuple[Spoken, ...] = ()
    periods: tuple[Period, ...] = Field(default=(), alias="period")

    def values_in_english(self, field: str) -> dict[str, str]:
        """The English names of a field's choices, as far as there are any."""
        spoken = self.of_field.get(field)
        return spoken.values_en if spoken else {}

    @cached_property
    def of_field(self) -> dict[str, Spoken]:
        return {one.field: one for one in self.spoken}


def load_script(pack: Pack) -> Script:
    """The pack's wording of the interview; an empty one where it has none. Raises PackError if it is malformed."""
    file = pack.path / SCRIPT_FILE
    return read_pack_file(file, Script) if file.is_file() else Script()
