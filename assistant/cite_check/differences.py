"""How a text's words differ from the law's, word by word."""

from collections.abc import Sequence
from difflib import SequenceMatcher

import rjieba

from assistant.cite_check.folding import is_blank, is_punctuation, loose
from assistant.cite_check.models import Difference, DifferenceKind


def differences(text: str, law: str) -> list[Difference]:
    """What has to change in `text` so that it reads like `law`, in order; empty if only blanks differ."""
    mine, theirs = _words(text), _words(law)
    found = []
    for what, a, b, c, d in SequenceMatcher(None, theirs, mine, autojunk=False).get_opcodes():
        if what != "equal":
            found.append(_difference("".join(theirs[a:b]), "".join(mine[c:d])))
    return found


def _words(text: str) -> Sequence[str]:
    return [word for word in rjieba.cut("".join(c for c in text if not is_blank(c))) if word]


def _difference(law: str, text: str) -> Difference:
    if all(map(is_punctuation, law + text)):
        kind = DifferenceKind.PUNCTUATION
    elif loose(law).text == loose(text).text:
        same_marks = _marks(law) == _marks(text)
        kind = DifferenceKind.SCRIPT if same_marks else DifferenceKind.PUNCTUATION
    else:
        kind = DifferenceKind.CHANGED if law and text else (DifferenceKind.MISSING if law else DifferenceKind.ADDED)
    return Difference(kind=kind, law=law, text=text)


def _marks(text: str) -> str:
    return "".join(filter(is_punctuation, text))


def only_form(found: Sequence[Difference]) -> bool:
    """Whether nothing but punctuation, width or script differs."""
    return all(d.kind in (DifferenceKind.PUNCTUATION, DifferenceKind.SCRIPT) for d in found)
