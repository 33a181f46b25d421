"""Of several regulations the one that a question is about, told by what the question says and not by who has an answer.

Each regulation is scored by the same signals: names of what it regulates, words that stand in it and not in the others,
how near its nearest provision is, and what the reader makes of it. The weights but those of names and of other places
are those of a logistic model without a constant, fitted on pairs of regulations (eval/routing, the development halves:
there every question has one regulation that it is about, so a model of them alone would trust the reader too far and
names too little). A turn that does not tell stays with
the regulation of the conversation so far.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from assistant.law.pack import Pack
from assistant.qa.answerer import PackAnswerer
from assistant.qa.normalise import normalise
from assistant.retrieval.expansion import Expander
from assistant.retrieval.tokens import normalize, search_tokens

# A name decides against all else: a question on what this regulation leaves open must not go to one that settles it.
_NAMED, _WORDS, _NEAREST, _SCOPE, _MARGIN, _ELSEWHERE = 8.0, 1.03, 9.04, 0.065, 0.338, -3.0
_LEAST_MARGIN, _MOST_MARGIN = -10.0, 4.0
# Below this lead the question is one that either regulation could be asked.
_UNSURE = 1.0
# What the conversation so far counts for, and for a turn that leans on the one before.
_STAY, _STAY_LEANING = 1.5, 3.0
_TURNS = 6
_LEANING = re.compile(r"^(?:那|那么|还有|如果|要是|它|这个|这)|呢[？?。]?$")
_SHORT = 8
_ABBREVIATED = re.compile(r"(?:以下|下)(?:统?简称|称)[：:]?[“\"《]([^”\"》]{2,20})[”\"》]")
_BRACKETED = re.compile(r"[（(][^（()）]*[）)]")
_PLACE = re.compile(r"^[^省市县区]{2,7}?(?:省|市|自治区|县|区)")
_KIND = re.compile(
    r"(?:(?:建设|认定|评定|评价|评选|补助|补贴|奖励|扶持|资金|专项|工作|运行|使用|监督|组织)*(?:管理|实施)?(?:与|和|及)?(?:建设|运行)?管?理?"
    r"(?:暂行|试行)?(?:办法|规定|细则|条例|方案|指南|通知|意见|规则))$"
)


@dataclass(frozen=True)
class Signals:
    """What a question says for one regulation. `elsewhere`: it names a place or a programme that this one is not of."""

    named: float
    words: float
    nearest: float
    scope: float
    margin: float
    elsewhere: float

    @property
    def score(self) -> float:
        return (
            _NAMED * self.named
            + _WORDS * self.words
            + _NEAREST * self.nearest
            + _SCOPE * self.scope
            + _MARGIN * self.margin
            + _ELSEWHERE * self.elsewhere
        )


@dataclass(frozen=True)
class Route:
    """The regulations by their position, the likeliest first. `unsure`: the next one could be meant as well; `kept`:
    the conversation so far decided."""

    order: tuple[int, ...]
    unsure: bool = False
    kept: bool = False


class Router:
    """Routes among fixed regulations. Threads may share it."""

    def __init__(self, answerers: Sequence[PackAnswerer]) -> None:
        self._answerers = tuple(answerers)
        self._profiles = [_Profile(a) for a in answerers]
        self._signals = lru_cache(maxsize=256)(self._read)

    def route(self, turns: Sequence[str]) -> Route:
        """The regulation that the last turn is about, in the light of those before it."""
        stands: int | None = None
        route = Route(tuple(range(len(self._answerers))), unsure=True)
        for turn in turns[-_TURNS:] or [""]:
            route = self._one(turn, stands)
            stands = route.order[0] if stands is not None or not route.unsure else None
        return route

    def signals(self, turn: str) -> tuple[Signals, ...]:
        """What one turn alone says for each regulation."""
        return self._signals(turn)

    def _one(self, turn: str, stands: int | None) -> Route:
        scores = [s.score for s in self._signals(turn)]
        alone = sorted(range(len(scores)), key=lambda i: -scores[i])
        if stands is not None:
            scores[stands] += _STAY_LEANING if _leans(turn) else _STAY
        order = sorted(range(len(scores)), key=lambda i: -scores[i])
        lead = scores[order[0]] - scores[order[1]] if len(order) > 1 else _UNSURE
        kept = stands is not None and order[0] == stands
        return Route(tuple(order), unsure=lead < _UNSURE and not kept, kept=kept and order[0] != alone[0])

    def _read(self, turn: str) -> tuple[Signals, ...]:
        texts = [normalise(turn, a.pack.lexicon.typos) for a in self._answerers]
        named = [profile.names_in(text) for profile, text in zip(self._profiles, texts, strict=True)]
        tokens = [profile.tokens_of(text) for profile, text in zip(self._profiles, texts, strict=True)]
        return tuple(self._signals_of(i, texts[i], named[i], tokens[i]) for i in range(len(texts)))

    def _signals_of(self, i: int, text: str, named: set[str], tokens: set[str]) -> Signals:
        answerer, knowledge = self._answerers[i], self._answerers[i].knowledge
        own = {n for n in named if not any(n in p.text for j, p in enumerate(self._profiles) if j != i)}
        share = [sum(t in p.tokens for p in self._profiles) / len(self._profiles) for t in sorted(tokens)]
        held = [t in self._profiles[i].tokens for t in sorted(tokens)]
        words = sum((1 - s) * h for s, h in zip(share, held, strict=True)) / max(len(tokens), 1) ** 0.5
        nearest = float(answerer.knowledge.retriever.dense_scores(text).max(initial=0.0)) if text.strip() else 0.0
        reading = knowledge.sentences.read([text]) if knowledge.sentences and len(text) > 1 else None
        margin = min(max(reading.margin, _LEAST_MARGIN), _MOST_MARGIN) if reading else 0.0
        judge = knowledge.judge
        elsewhere = bool(judge.other_place(text) or judge.other_programme(text))
        return Signals(bool(own), words, nearest, reading.scope if reading else 0.0, margin, float(elsewhere))


class _Profile:
    """What tells one regulation from others: its names and its words."""

    def __init__(self, answerer: PackAnswerer) -> None:
        self.pack = answerer.pack
        self.text = self.pack.about.title + self.pack.regulation.text
        self._expander = Expander(self.pack.lexicon)

    @cached_property
    def tokens(self) -> frozenset[str]:
        return frozenset(t for t in search_tokens(self.text) if len(t) > 1)

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset(names_of(self.pack))

    def names_in(self, text: str) -> set[str]:
        return {name for name in self.names if name in text}

    def tokens_of(self, text: str) -> set[str]:
        """The pairs of characters of a question and of the law's words for it."""
        return {t for t in search_tokens(self._expander.expand(normalize(text)).with_terms) if len(t) > 1}


def routing_notices(pack: Pack, others: Sequence[Pack], route: Route) -> list[str]:
    """Which of several regulations the answer is from, and that another one could have been meant."""
    notices = [f"以上出自《{pack.about.title}》。"]
    if route.unsure:
        named = "".join(f"《{other.about.title}》" for other in others)
        notices.append(f"问题没有说明问的是哪一个办法；如果问的是{named}，请在问题里写明。")
    return notices


def names_of(pack: Pack) -> set[str]:
    """What a regulation's subject is called: by its pack, by the text (以下简称…), by its title and its place."""
    about = pack.about
    title = _BRACKETED.sub("", about.title)
    bare = _KIND.sub("", _PLACE.sub("", title))
    place = _PLACE.match(title)
    names = {*about.scope.subject, *_ABBREVIATED.findall(pack.regulation.text), about.title, title, bare}
    names |= {about.scope.jurisdiction, place.group() if place else "", place.group()[:-1] if place else ""}
    return {name for name in names if len(name) >= 2}


def _leans(turn: str) -> bool:
    return len(turn) <= _SHORT or _LEANING.search(turn) is not None
