"""Whether an answer means no more than it says: a no that is taken back, a name that is none."""

import re

from assistant.forms.form_schema import FormField
from assistant.forms.words import folded, form_words

_CLAUSES = re.compile(r"[,;。()、:\n]|(?<!不)而")
_BELIES = form_words("doubts", "belies")
_DENYING = "|".join(sorted(map(re.escape, form_words("doubts", "denying")), key=len, reverse=True))
_DENIED = re.compile(rf"(?:{_DENYING})[^,;。]{{0,12}}$")
_UNNAMED = form_words("doubts", "unnamed")
_SURNAMES = form_words("names", "surnames")
_NOT_NAMES = form_words("names", "not_names")
_ORGANISATIONS = form_words("names", "organisations")
_TITLES = "|".join(sorted(map(re.escape, form_words("names", "titles")), key=len, reverse=True))
_PERSON = re.compile(rf"(?:{_TITLES})?([一-龥·]{{2,12}}?|[a-z][a-z.\- ]+)(?:{_TITLES})*(?:([(,、:/])(.*))?")
_LONGEST_NAME = 4
_SHORTEST_ORGANISATION = 3


def belied(field: FormField, width: str) -> bool:
    """无重大违法，有一般违规: whether a no is taken back by a word that is not denied itself."""
    words = (*_BELIES, *map(folded, field.belies))
    return any(
        not _DENIED.search(clause[: found.start()])
        for clause in _CLAUSES.split(width)
        for word in words
        for found in re.finditer(re.escape(word), clause)
    )


def names_such(field: FormField, words: str) -> bool:
    """Whether words can be the name of a person or an organisation, where the field asks for one."""
    if not field.names_a:
        return True
    if any(word in words for word in _UNNAMED):
        return False
    if field.names_a == "organisation":
        return len(words) > _SHORTEST_ORGANISATION and any(word in words for word in _ORGANISATIONS)
    return _is_person(words)


def _is_person(words: str) -> bool:
    """One name: a surname and up to three characters, or letters; with a title or a remark, if need be."""
    found = _PERSON.fullmatch(words)
    if found is None:
        return False
    name, mark, rest = found.groups()
    if mark in ("/", "、") and _is_person(rest):
        return False  # two of them
    if name.isascii() or "·" in name:
        return True
    starts = name[0] in _SURNAMES or name[:2] in _SURNAMES
    return starts and len(name) <= _LONGEST_NAME and not any(name.startswith(word) for word in _NOT_NAMES)
