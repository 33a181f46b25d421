"""The rules of a pack, each found in the law's text: `rules.toml` and `defects.toml` beside `pack.toml`.

What a rule demands is read from the text. A rule whose words no longer stand there is disabled alone, with the reason.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import PackError
from assistant.law.locator import Locator
from assistant.law.pack import Pack
from assistant.law.pack_file import read_pack_file
from assistant.law.types import Document
from assistant.rules.quote_template import Reading, read_quote
from assistant.rules.rule_schema import DefectEntry, RuleEntry

_PLACEHOLDERS = re.compile(r"(?:\{\w+\})+")
_PLACES_NAMED = 3


class _RulesFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    rule: list[dict[str, Any]] = []


class _DefectsFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    defect: list[dict[str, Any]] = []


_Model = TypeVar("_Model", RuleEntry, DefectEntry)


@dataclass(frozen=True, slots=True)
class Defect:
    """A known defect of the text, standing at `[start, end)`."""

    id: str
    problem: str
    caveat: str
    suggestion: str
    provision: Locator | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with its place in the law. `reading` is None, and `disabled` the reason, where its words are gone.

    `provision` is where the quote was found; it need not be where the entry expects it, if the text was renumbered.
    """

    entry: RuleEntry
    provision: Locator
    reading: Reading | None
    caveats: tuple[str, ...] = ()
    disabled: str = ""

    @property
    def id(self) -> str:
        return self.entry.id

    @property
    def field(self) -> str:
        return self.entry.field

    @property
    def choices(self) -> tuple[str, ...]:
        return self.reading.choices if self.reading else ()


@dataclass(frozen=True)
class Rulebook:
    """All rules in the order of the file. `defects` are those that the text still has."""

    rules: tuple[Rule, ...] = ()
    defects: tuple[Defect, ...] = ()

    @cached_property
    def disabled(self) -> tuple[tuple[str, str], ...]:
        """The rules that no longer stand in the text: id and reason, a Chinese sentence."""
        return tuple((rule.id, rule.disabled) for rule in self.rules if rule.disabled)

    @property
    def fallen(self) -> list[str]:
        """The reasons, each once: several rules may rest on the same words."""
        return list(dict.fromkeys(reason for _, reason in self.disabled))

    @cached_property
    def _by_field(self) -> dict[str, tuple[Rule, ...]]:
        found: dict[str, list[Rule]] = {}
        for rule in self.rules:
            found.setdefault(rule.field, []).append(rule)
        return {name: tuple(rules) for name, rules in found.items()}

    def of_field(self, name: str) -> tuple[Rule, ...]:
        return self._by_field.get(name, ())

    def choices_of(self, name: str) -> tuple[str, ...]:
        """The words that the law lists for a field of choices; empty where none are known."""
        return next((rule.choices for rule in self.of_field(name) if rule.choices), ())

    @cached_property
    def _conditions(self) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for rule in self.rules:
            for name, values in (*rule.entry.applies_to.items(), *rule.entry.undescribed_for.items()):
                found.setdefault(name, set()).update(values)
        return {name: frozenset(values) for name, values in found.items()}

    def known_values(self, name: str) -> frozenset[str]:
        """The values of a field that the law lists or that a rule depends on."""
        return self._conditions.get(name, frozenset()) | frozenset(self.choices_of(name))

    def label_of(self, name: str) -> str:
        return next((rule.entry.label for rule in self.of_field(name)), name)


def load_rulebook(pack: Pack) -> Rulebook:
    """Reads a pack's rules against its regulation's text; files that are absent are empty, drafts are left out.

    Raises PackError, naming the file, the rule and the reason, if an entry does not follow the schema.
    """
    rules_file, defects_file = pack.path / "rules.toml", pack.path / "defects.toml"
    rules = _entries(rules_file, read_pack_file(rules_file, _RulesFile).rule, RuleEntry) if rules_file.is_file() else []
    defects = (
        _entries(defects_file, read_pack_file(defects_file, _DefectsFile).defect, DefectEntry)
        if defects_file.is_file()
        else []
    )
    rules = [entry for entry in rules if not entry.draft]
    _check_references(rules_file, rules, {defect.id for defect in defects})
    law = pack.regulation
    standing = tuple(d for d in (_standing(entry, law) for entry in defects) if d)
    warnings = {defect.id: defect.caveat for defect in standing if defect.caveat}
    return Rulebook(tuple(_rule(entry, law, warnings) for entry in rules), standing)


def _entries(file: Path, raw: list[dict[str, Any]], model: type[_Model]) -> list[_Model]:
    entries: list[_Model] = []
    seen: set[str] = set()
    for position, content in enumerate(raw, start=1):
        name = str(content.get("id") or f"第{position}条")
        try:
            entry = model.model_validate(content)
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(str(x) for x in first["loc"])
            reason = f"{place}：{first['msg']}" if place else first["msg"]
            raise PackError(f"{file} 中的规则 {name} 不合格式：{reason}。", "请修改这一项后重试。") from error
        if entry.id in seen:
            raise PackError(f"{file} 中的规则 {name} 重复：id 已用过。", "请为其中一条改用别的 id。")
        seen.add(entry.id)
        entries.append(entry)
    return entries


def _check_references(file: Path, rules: list[RuleEntry], defects: set[str]) -> None:
    for rule in rules:
        unknown = next((caveat for caveat in rule.caveats if caveat not in defects), None)
        if unknown:
            raise PackError(
                f"{file} 中的规则 {rule.id} 不合格式：caveats 中的 {unknown} 不在 defects.toml 里。",
                "请改正名称或补上这一条。",
            )


def _rule(entry: RuleEntry, law: Document, warnings: dict[str, str]) -> Rule:
    caveats = tuple(warnings[name] for name in entry.caveats if name in warnings) + entry.notes
    expected = Locator.parse(entry.provision)
    places = _places(entry, expected, law)
    if len(places) == 1:
        provision, readings = next(iter(places.items()))
        if len(set(map(_content, readings))) == 1:
            return Rule(entry, provision, readings[0], caveats)
    words = _PLACEHOLDERS.sub("…", entry.quote)  # where the number stands, which is read from the text
    said = f"{expected.label}的“{words}”{_why_not(places)}，这一项须人工核对"
    return Rule(entry, expected, None, caveats, said)


def _places(entry: RuleEntry, expected: Locator, law: Document) -> dict[Locator, list[Reading]]:
    """Where the quote stands: in its provision alone if it is there, else all that have it, if that was renumbered."""
    home = law.get(expected)
    readings = read_quote(entry.quote, entry.unit, law.text, home.start, home.end) if home else []
    if readings:
        return {expected: readings}
    elsewhere: dict[Locator, list[Reading]] = {}
    for reading in read_quote(entry.quote, entry.unit, law.text, 0, len(law.text)):
        provision = law.provision_at(reading.start, reading.end)
        if provision:
            elsewhere.setdefault(provision.locator, []).append(reading)
    return elsewhere


def _why_not(places: dict[Locator, list[Reading]]) -> str:
    """Why a quote is not one place with one demand."""
    if not places:
        return "已不在文中"
    if len(places) == 1:
        return "在文中多处出现且要求不一"
    named = "、".join(place.label for place in list(places)[:_PLACES_NAMED])
    more = f"等{len(places)}处" if len(places) > _PLACES_NAMED else ""
    return f"已不在原处，{named}{more}都有这样的文字，不能确定是哪一处"


def _content(reading: Reading) -> tuple[object, ...]:
    return reading.threshold, reading.comparison, reading.choices, reading.name


def _standing(entry: DefectEntry, law: Document) -> Defect | None:
    start = law.text.find(entry.quote)
    if start < 0 or any(words in law.text for words in entry.resolved_by):
        return None
    end = start + len(entry.quote)
    provision = law.provision_at(start, end)
    return Defect(
        entry.id, entry.problem, entry.caveat, entry.suggestion, provision.locator if provision else None, start, end
    )
