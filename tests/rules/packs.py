"""The project's pack with its text changed, and facts as a form would give them."""

import shutil
from pathlib import Path

from assistant.law.pack import Pack, load_pack
from assistant.rules.facts import Fact
from assistant.rules.quantity import Quantity, read_quantity
from assistant.rules.rule_schema import Threshold, YesNo
from assistant.rules.rulebook import Rulebook

PACK = Path(__file__).parents[2] / "corpus/liaoning-mic"


def changed_pack(folder: Path, *edits: tuple[str, str], rules: str | None = None) -> Pack:
    """A copy of the pack with each first string replaced by the second; `rules` stands in for its rules.toml."""
    copy = folder / "pack"
    shutil.copytree(PACK, copy)
    source = copy / "source/liaoning-mic-measures.source.txt"
    text = source.read_text(encoding="utf-8")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    source.write_text(text, encoding="utf-8")
    if rules is not None:
        (copy / "rules.toml").write_text(rules, encoding="utf-8")
    return load_pack(copy)


def facts_of(rulebook: Rulebook, declared: dict[str, object]) -> dict[str, Fact]:
    """Facts from plain values, read by the type that the field's first rule tests."""
    return {name: _fact(rulebook, name, value) for name, value in declared.items()}


def _fact(rulebook: Rulebook, name: str, given: object) -> Fact:
    rules = rulebook.of_field(name)
    test = rules[0].entry.test if rules else None
    value: Quantity | str | bool | None = given if isinstance(given, bool) else str(given)
    if isinstance(test, Threshold):
        value = read_quantity(str(given), test.unit)
    elif isinstance(test, YesNo) and test.counts and not isinstance(given, bool):
        value = read_quantity(str(given), "件")
    return Fact(name, value, str(given), "table 1, row 1")
