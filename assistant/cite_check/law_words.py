"""A statement in the law's own terms: 省厅 as the 省工业和信息化厅 that the provision names."""

from assistant.law.lexicon import Lexicon

_LONGEST = 24  # characters, as in a lexicon


def in_law_words(words: str, law: str, lexicon: Lexicon, *, near: bool) -> str:
    """The words with people's terms replaced by those of `law`, the longest first.

    A term that `law` has itself stays, as does one whose terms it has not, or several of. `near`: also terms that are
    only close to the law's.
    """
    made, place = [], 0
    while place < len(words):
        surface, term = _term_at(words, place, law, lexicon, near=near)
        made.append(term)
        place += len(surface)
    return "".join(made)


def _term_at(words: str, place: int, law: str, lexicon: Lexicon, *, near: bool) -> tuple[str, str]:
    """The longest term that begins here, with the law's for it; else one character."""
    for size in range(min(_LONGEST, len(words) - place), 1, -1):
        surface = words[place : place + size]
        fitting = [t for t in lexicon.terms.get(surface, ()) if t in law and (near or (surface, t) not in lexicon.near)]
        if len(fitting) == 1 and surface not in law:
            return surface, fitting[0]
    return words[place], words[place]
