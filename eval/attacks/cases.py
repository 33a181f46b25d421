"""Attacks as data: what a lying model returns to a prompt, and what must not be shown."""

import json
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

FOLDER = Path(__file__).parent
KEY = "sk-attack-0123456789abcdef"
Split = Literal["dev", "test"]
_PROVISION = re.compile(r"^\[(\d+)\] ([^:\n]+): (.+)$", re.MULTILINE)
_STOP = "。；;"


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Said(_Data):
    """A statement as the model returns it."""

    text: str
    citations: list[int] | Literal["all"] = [1]


class Attack(_Data):
    """One attack; README.md says what the fields mean."""

    name: str
    kind: str
    questions: list[str]
    replace: list[tuple[str, str]] = []
    append: str = ""
    say: list[Said] = []
    raw: str = ""
    repeat: int = 1
    honest: bool = False
    transport: str = ""
    status: int = 200
    headers: dict[str, str] = {}
    body: str = ""
    never: list[str] = []
    wrong_citation: bool = False
    fallback: list[str] = []

    @property
    def lies(self) -> bool:
        """Whether it can be told among honest statements."""
        return bool(self.replace or self.append or self.say)

    @property
    def forbidden(self) -> list[str]:
        return [words.replace("{key}", KEY) for words in self.never]


@dataclass(frozen=True)
class Reply:
    """The text that the model returns, and the statements in it that are lies."""

    text: str
    lies: tuple[Said, ...]


def load_attacks(split: Split) -> list[Attack]:
    """Raises if a name stands twice or a field is unknown."""
    rows = tomllib.loads((FOLDER / f"{split}.toml").read_text(encoding="utf-8"))["attack"]
    attacks = [Attack.model_validate(row) for row in rows]
    if len({a.name for a in attacks}) != len(attacks):
        raise ValueError(f"{split}.toml has a name twice")
    return attacks


def load_questions() -> dict[str, list[str]]:
    return tomllib.loads((FOLDER / "questions.toml").read_text(encoding="utf-8"))


def reply_of(attack: Attack, prompt: str, *, among: bool) -> Reply:
    """What the model returns to a prompt. Raises ValueError if there is nothing in it to replace."""
    given = {int(n): text for n, _, text in _PROVISION.findall(prompt)}
    honest = [Said(text=text, citations=[n]) for n, text in given.items()]
    if attack.raw:
        raw = attack.raw.replace("{honest}", _as_json(honest)).replace("{key}", KEY)
        return Reply(raw * attack.repeat, ())
    lies = [s.model_copy(update={"citations": list(given)}) if s.citations == "all" else s for s in attack.say]
    changed = {n: _replaced(text, attack) for n, text in given.items()}
    if attack.append:
        first = min(changed)
        changed[first] = changed[first].rstrip(_STOP) + attack.append + "。"
    lies += [Said(text=text, citations=[n]) for n, text in changed.items() if text != given[n]]
    if not lies and not attack.honest:
        raise ValueError(f"{attack.name}: nothing in the provisions to change")
    untouched = [s for s in honest if among or changed[s.citations[0]] == s.text]  # type: ignore[index]
    return Reply(_as_json([*lies, *untouched] if among or not attack.say else lies), tuple(lies))


def _replaced(text: str, attack: Attack) -> str:
    for old, new in attack.replace:
        text = text.replace(old, new)
    return text


def _as_json(statements: list[Said]) -> str:
    return json.dumps({"statements": [s.model_dump() for s in statements]}, ensure_ascii=False)
