"""A pack's vocabulary: the person's terms for terms that stand in the law. Never a provision, a status or an answer."""

from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from assistant.law.pack_file import read_pack_file
from assistant.law.types import Anomaly


class TermEntry(BaseModel):
    """One term of the law with what people say for it.

    `same` means the same thing; `near` is close, and an answer that leans on it says which word the law uses.
    `en` are English words for it; `gloss` is how English answers render it, unofficially.
    """

    model_config = ConfigDict(extra="forbid")

    law: str = Field(min_length=1, max_length=24, pattern=r"^[^。；;，,！？\n]+$")
    same: list[str] = []
    near: list[str] = []
    en: list[str] = []
    gloss: str = ""


class LexiconFile(BaseModel):
    """`lexicon.toml`: `[[term]]` entries and `[typos]`, wrong spelling to right one."""

    model_config = ConfigDict(extra="forbid")

    term: list[TermEntry] = []
    typos: dict[str, str] = {}


@dataclass(frozen=True)
class Lexicon:
    """`terms[surface]` = the law's terms for it; `near` = the surfaces that are only close to their law term.

    `gone`: words of entries whose law term has left the text: still about the subject, with nothing to match."""

    terms: dict[str, tuple[str, ...]] = field(default_factory=dict)
    near: frozenset[tuple[str, str]] = frozenset()
    english: dict[str, tuple[str, ...]] = field(default_factory=dict)
    glosses: dict[str, str] = field(default_factory=dict)
    typos: dict[str, str] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()


def load_lexicon(path: Path, law_text: str) -> tuple[Lexicon, list[Anomaly]]:
    """Reads `lexicon.toml`; a missing file is an empty lexicon.

    An entry whose law term no longer stands in `law_text` is left out and reported. Raises PackError if the file
    does not follow the schema.
    """
    if not path.is_file():
        return Lexicon(), []
    return _indexed(read_pack_file(path, LexiconFile), law_text)


def _indexed(entries: LexiconFile, law_text: str) -> tuple[Lexicon, list[Anomaly]]:
    terms: dict[str, list[str]] = {}
    english: dict[str, list[str]] = {}
    near: set[tuple[str, str]] = set()
    glosses: dict[str, str] = {}
    gone: list[Anomaly] = []
    gone_words: set[str] = set()
    for entry in entries.term:
        if entry.law not in law_text:
            gone.append(Anomaly("lexicon_term_gone", f"词表中的“{entry.law}”已不在文本中，该条不再使用"))
            gone_words.update([entry.law, *entry.same])
            continue
        for surface in entry.same + entry.near:
            if entry.law not in terms.setdefault(surface, []):
                terms[surface].append(entry.law)
        near.update((surface, entry.law) for surface in entry.near)
        for word in entry.en:
            english.setdefault(word.lower(), []).append(entry.law)
        if entry.gloss:
            glosses[entry.law] = entry.gloss
    lexicon = Lexicon(
        {k: tuple(v) for k, v in terms.items()}, frozenset(near),
        {k: tuple(v) for k, v in english.items()}, glosses, dict(entries.typos), frozenset(gone_words),
    )  # fmt: skip
    return lexicon, gone
