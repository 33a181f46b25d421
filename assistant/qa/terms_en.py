"""The terms of an English question: the pack's English words for terms of the law, whatever their ending."""

import re
from collections.abc import Callable

import snowballstemmer

from assistant.law.lexicon import Lexicon
from assistant.qa.evidence import plain
from assistant.qa.terms import Term
from assistant.qa.vocabulary import general_vocabulary

_WORD = re.compile(r"[A-Za-z][A-Za-z&'’-]*")
_LONGEST = 7


class EnglishTerms:
    """The longest phrases of the lexicon in an English text; other words with a meaning have no form in the law."""

    def __init__(self, lexicon: Lexicon, subjects: frozenset[str], weigh: Callable[[str], float]) -> None:
        self._stemmer = snowballstemmer.stemmer("english")
        self._subjects, self._weigh = subjects, weigh
        self._phrases: dict[tuple[str, ...], list[str]] = {}
        for phrase, laws in lexicon.english.items():
            stems = tuple(self._stem(w) for w in _WORD.findall(phrase))
            if stems:
                self._phrases.setdefault(stems, []).extend(plain(law) for law in laws)
        self._stop = frozenset(self._stem(w) for w in general_vocabulary().stop_en)
        self._matters = frozenset(self._stem(w) for w in general_vocabulary().process_en)

    def _stem(self, word: str) -> str:
        return str(self._stemmer.stemWord(word.lower().replace("centre", "center").replace("isation", "ization")))

    def terms(self, text: str) -> list[Term]:
        words = list(_WORD.finditer(text))
        stems = [self._stem(w.group()) for w in words]
        found: list[Term] = []
        at = 0
        while at < len(words):
            size = next((n for n in range(_LONGEST, 0, -1) if tuple(stems[at : at + n]) in self._phrases), 0)
            if size == 1 and stems[at] in self._stop:
                size = 0
            start, end = words[at].start(), words[min(at + max(size, 1), len(words)) - 1].end()
            if size:
                forms = tuple(dict.fromkeys(self._phrases[tuple(stems[at : at + size])]))
                subject = any(f in self._subjects for f in forms)
                weight = 0.1 if subject else max(self._weigh(f) for f in forms)
                found.append(Term(text[start:end], forms, start, end, weight, subject=subject))
            elif stems[at] not in self._stop and len(stems[at]) > 1:
                found.append(Term(text[start:end], (), start, end, 5.0, matter=stems[at] in self._matters))
            at += max(size, 1)
        return found
