"""The interview of the real pack, with an ear that needs no search and no model."""

from collections.abc import Callable, Sequence

import pytest
from qa.samples import LIAONING

from assistant.forms.form_schema import FormField, load_form
from assistant.interview.follow import Interview, State
from assistant.interview.own_facts import OwnFactsReader
from assistant.interview.script import Script, load_script
from assistant.law.pack import Pack, load_pack
from assistant.rules.evaluate import actual_of
from assistant.rules.rulebook import load_rulebook

START = "帮我看看我们能不能申报"

Follow = Callable[..., State]


class PlainEar:
    """Takes a turn that ends in a question mark for a question."""

    def chinese(self, turn: str) -> str:
        return turn

    def figures(self, turn: str) -> str:
        return turn

    def weighs(self, turn: str, fields: Sequence[FormField]) -> bool:  # noqa: ARG002
        return True

    def starts(self, turn: str) -> bool:  # noqa: ARG002
        return False

    def asks(self, turn: str) -> bool:
        return turn.endswith("？")


def interview_of(pack: Pack, script: Script | None = None) -> Interview:
    schema = load_form(pack)
    assert schema is not None
    return Interview(load_rulebook(pack), schema, script or load_script(pack), OwnFactsReader(schema))


@pytest.fixture(scope="session")
def interview() -> Interview:
    return interview_of(load_pack(LIAONING))


@pytest.fixture(scope="session")
def follow(interview: Interview) -> Follow:
    return lambda *turns: interview.follow(turns, PlainEar())


def known(state: State) -> dict[str, str | None]:
    """The facts in short."""
    return {name: actual_of(fact) for name, fact in state.facts.items()}
