"""Two witnesses weighed: what the words of the law settle, and which sentences the trained reader holds to answer.

The words (terms, values, needs) are exact where they match and blind where people speak in other words; the reader
understands other words and cannot be shown why. A logistic model weighs them; its weights were fitted on the
development questions (docs/evaluation.md).
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from assistant.law.locator import Locator
from assistant.law.types import Provision
from assistant.law.values import ValueKind
from assistant.qa.alternatives import Alternatives
from assistant.qa.evidence import Evidence, Unit
from assistant.qa.need import STRICT, Need
from assistant.qa.normalise import is_english
from assistant.qa.parts import Part
from assistant.qa.search_law import Found
from assistant.qa.supply import attaches_consequence
from assistant.reader.sentences import Reading, together

Features = tuple[float, float, float, float, float]
# The logistic model, as `python -m eval.fit_weighing` finds it: how far the reader's sentences exceed silence, what may
# be expected of such questions, whether the words settle it, how far the sentences that they found exceed silence,
# and, where they settle it, again what may be expected, which matters less there.
_WEIGHTS: Features = (0.63, 0.74, 1.50, 0.04, -0.11)
_CONSTANT = -0.87
_LEAST_MARGIN = -8.0
_MOST_EXPECTED = 4.0
ENOUGH = 0.3
"""What the weighing has to come to before an answer is given: a wrong answer costs more than an abstention."""
ENOUGH_FOR_BOTH = -0.5
"""Where the words settle it already."""
ENOUGH_IN_ENGLISH = -1.2
"""The same in English, of which the reader has read less."""
ENOUGH_TO_DEFINE = 2.0
"""To use a word is not to define it, and the reader hardly sees the difference."""
_LEAST_ALONE = -1.0
"""Where only the reader speaks for an answer: with less, what may be expected of such questions would decide."""
_LEAST_FOR_A_LIST = -0.8
"""Words that stand in a sentence with many commas look like a list of what was asked."""
SURELY_NEAR = 0.0
_ANOTHER = 8.0
_CITED = -1.0
_BESIDE = 2.0
_UNFIT = -4.0
_CERTAIN = 1.0
_SURE = 2.5
_BOUND = re.compile(r"至少|最[少低多高]|起码|不[少低多高]于")
_MOST = 6
_SHOWN = 3

Margins = NDArray[np.float32]


class Weighing:
    """Weighs one document's evidence."""

    def __init__(self, evidence: Evidence, gone: Collection[str] = ()) -> None:
        """`gone`: words that the vocabulary knows as the law's own and that its text no longer has."""
        self.evidence, self.gone = evidence, tuple(word for word in gone if len(word) > 1)
        self.alternatives = Alternatives(evidence)

    def weigh(self, found: Found, reading: Reading) -> Found:
        """What settles a part in the light of both; not settled if too little speaks for it."""
        margins = self._margins(found.part, reading)
        alone = not found.settled
        gone = alone and any(word in found.part.text for word in self.gone)
        if gone or together(margins) < _least(found) or self._score(found, reading, margins) < _enough(found):
            return self._open(found, reading)
        read = self._read(found.part, margins)
        if found.settled:
            return self._joined(found, read, margins)
        return self._whole_lists(found, read) if read else self._open(found, reading)

    def _open(self, found: Found, reading: Reading) -> Found:
        """Nothing settles it; the sentences nearest to it, one a provision, are what to look at."""
        nearest: dict[Locator, Unit] = {}
        for index in np.argsort(-reading.margins):
            unit = self.evidence.units[int(index)]
            if not unit.is_heading:
                nearest.setdefault(unit.provision.locator, unit)
            if len(nearest) == _SHOWN:
                break
        return replace(found, units=(), whole=(), near=tuple(nearest.values()), unmet=True)

    def _margins(self, part: Part, reading: Reading) -> Margins:
        """The reader's margins, less where a sentence speaks of another grade or kind than the question."""
        another = np.array(self.alternatives.about_another(part.text), dtype=np.float32)
        return reading.margins - np.float32(_ANOTHER) * another

    def features(self, found: Found, reading: Reading) -> Features:
        """What speaks for an answer: the terms of the logistic model in the order of its weights."""
        return self._features(found, reading, self._margins(found.part, reading))

    def _features(self, found: Found, reading: Reading, margins: Margins) -> Features:
        expected = max(-_MOST_EXPECTED, min(_MOST_EXPECTED, reading.expectation))
        own = [u.order for u in self._units(found)]
        settled = max(together(margins[own]), _LEAST_MARGIN) if own else 0.0
        return together(margins), expected, float(bool(own)), settled, expected * bool(own)

    def _score(self, found: Found, reading: Reading, margins: Margins) -> float:
        features = self._features(found, reading, margins)
        return _CONSTANT + sum(w * f for w, f in zip(_WEIGHTS, features, strict=True))

    def _read(self, part: Part, margins: Margins) -> list[Unit]:
        """The sentences that the reader holds to answer, the surest first; of a figure those that have one."""
        top = float(margins.max(initial=float("-inf")))
        least = min(max(_CITED, top - _BESIDE), _CERTAIN)
        order = [int(i) for i in np.argsort(-margins)[:_MOST] if margins[i] > least]
        units = [self.evidence.units[i] for i in order or [int(margins.argmax())]]
        if part.asks and part.need is Need.CONSEQUENCE:
            units = [u for u in units if attaches_consequence(u)]
        kinds = part.asks[0].kinds if part.asks and part.need in STRICT else frozenset()
        giving = [u for u in units if not kinds or _gives(u, kinds, part.need)]
        loose = bool(part.asks) and _says_no_figure(part)
        return giving or [u for u in units if loose and margins[u.order] > _SURE]

    def _joined(self, found: Found, read: Sequence[Unit], margins: Margins) -> Found:
        """What the words found, without what the reader holds to be beside the point, and what it adds."""
        kept = [u for u in found.units if margins[u.order] > _UNFIT] or list(found.units)
        covered = {u.order for p in found.whole for u in self._below(p)} | {u.order for u in kept}
        new = [u for u in read if u.order not in covered and margins[u.order] > SURELY_NEAR]
        added = self._whole_lists(found, new) if new else replace(found, units=(), whole=())
        units = sorted({*kept, *added.units}, key=lambda u: u.order)
        return replace(found, units=tuple(units), whole=tuple(dict.fromkeys([*found.whole, *added.whole])))

    def _whole_lists(self, found: Found, read: Sequence[Unit]) -> Found:
        """Leads and headings stand for all that they introduce; a lead that is not the surest says too little."""
        whole: list[Provision] = []
        for index, unit in enumerate(read):
            if (unit.is_lead and index == 0) or unit.is_heading:
                whole.append(unit.provision)
        inside = {p.locator for p in whole}
        units = [u for u in read if not u.is_lead and not inside & {u.provision.locator, *u.provision.path}]
        kept = [p for p in whole if not inside & set(p.path)]
        ordered = tuple(sorted(units, key=lambda u: u.order))
        return replace(found, units=ordered, whole=tuple(kept), unknown=(), unmet=False)

    def beyond(self, found: Found, given: Sequence[Found]) -> Found | None:
        """Of what was found, what is not given already; None if all of it is. What is open stays open."""
        if not found.settled:
            return found
        covered = {u.order for f in given for u in self._units(f)}
        units = tuple(u for u in found.units if u.order not in covered)
        whole = tuple(p for p in found.whole if not {u.order for u in self._below(p)} <= covered)
        return replace(found, units=units, whole=whole) if units or whole else None

    def _units(self, found: Found) -> list[Unit]:
        """All that was found: the sentences, and those of the provisions that are given whole."""
        return [*found.units, *(u for p in found.whole for u in self._below(p))]

    def _below(self, provision: Provision) -> list[Unit]:
        """The units of a provision and of all below it."""
        wanted: Locator = provision.locator
        return [u for u in self.evidence.units if wanted in (u.provision.locator, *u.provision.path)]


def _least(found: Found) -> float:
    """What the reader has to make of the sentences at least, whatever else speaks for an answer."""
    if not found.settled:
        return _LEAST_ALONE
    asks_for_a_list = bool(found.part.asks) and found.part.need is Need.LIST
    return _LEAST_FOR_A_LIST if asks_for_a_list else float("-inf")


def _enough(found: Found) -> float:
    if found.settled:
        return ENOUGH_IN_ENGLISH if is_english(found.part.text) else ENOUGH_FOR_BOTH
    if found.part.asks and found.part.need is Need.DEFINITION:
        return ENOUGH_TO_DEFINE
    return ENOUGH


def _says_no_figure(part: Part) -> bool:
    """Words for how many and for when that often ask for neither: 就几家拉个联盟搭伙，中不中; 这样过得了门槛吗."""
    ask = part.asks[0]
    if ask.need is Need.WHEN:
        return True
    beside = any(other.need not in STRICT for other in part.asks[1:])
    if not beside or _BOUND.search(part.text):
        return False
    return (ask.need is Need.COUNT and ask.text.startswith("几")) or (
        ask.need is Need.QUANTITY and "多" not in ask.text
    )


def _gives(unit: Unit, kinds: frozenset[ValueKind], need: Need) -> bool:
    if need is Need.DATE:
        # 自发布之日起 is a date of coming into force only; where that is asked, the words find it.
        kinds = kinds - {ValueKind.START}
    return any(v.kind in kinds for v in unit.values) or (need is Need.COUNT and unit.is_lead)
