"""A conversation as a pure function of its turns: what is known, what each turn does, and what is asked of the person.

Nothing is kept between calls; the same turns always lead to the same state.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Protocol

from assistant.forms.form_schema import FormField, FormSchema
from assistant.interview.change import Suppositions
from assistant.interview.headcount import headcount
from assistant.interview.own_facts import OwnFactsReader, Told
from assistant.interview.plan import Next, Plan
from assistant.interview.replies import ReplyReader
from assistant.interview.script import Script
from assistant.interview.words import clauses_of, general_words
from assistant.rules.facts import Fact
from assistant.rules.quantity import Quantity
from assistant.rules.rulebook import Rulebook

_BRIEF = 16


class Move(Enum):
    """What a turn does in the interview."""

    START = "start"
    RESUME = "resume"
    TELL = "tell"
    PASS = "pass"  # noqa: S105 - the person cannot say
    SUPPOSE = "suppose"
    LEDGER = "ledger"
    STOP = "stop"
    UNCLEAR = "unclear"
    OTHER = "other"


class Ear(Protocol):
    """What the interview needs of the understanding of questions."""

    def chinese(self, turn: str) -> str:
        """The turn; of an English one also the figures it states, in Chinese."""

    def figures(self, turn: str) -> str:
        """The turn; an English one with its amounts in Chinese."""

    def starts(self, turn: str) -> bool:
        """Whether it asks if the asker may apply, all conditions together."""

    def weighs(self, turn: str, fields: Sequence[FormField]) -> bool:
        """Whether a turn that supposes something of some fields asks only what comes of it for the conditions."""

    def asks(self, turn: str) -> bool:
        """Whether it asks something, or speaks of a matter of the law, and so may be another question."""


@dataclass(frozen=True)
class State:
    """Where a conversation stands after its last turn.

    `changed`: fields that the turn states anew; `supposed`: the facts as they would be; `passed`: what the person
    cannot say; `pressed`: what was asked to be told exactly once; `figure`: the field of the figure told last.
    """

    told: Told = field(default_factory=Told)
    facts: dict[str, Fact] = field(default_factory=dict)
    move: Move = Move.OTHER
    active: bool = False
    begun: bool = False
    asked: Next | None = None
    changed: tuple[str, ...] = ()
    supposed: dict[str, Fact] | None = None
    passed: frozenset[str] = frozenset()
    pressed: frozenset[str] = frozenset()
    just_passed: tuple[str, ...] = ()
    figure: str = ""


class Interview:
    """The interview of one pack."""

    def __init__(self, rulebook: Rulebook, schema: FormSchema, script: Script, reader: OwnFactsReader) -> None:
        self.schema, self.script, self.reader = schema, script, reader
        self.plan = Plan(rulebook, schema, script)
        self.replies = ReplyReader(schema, script)
        self._suppositions = Suppositions(schema, script)
        self._words = general_words()

    def follow(self, turns: Sequence[str], ear: Ear) -> State:
        """The state after all turns."""
        state = State()
        for turn in turns:
            state = self._after(state, turn, ear)
        return state

    def _after(self, before: State, turn: str, ear: Ear) -> State:
        state = replace(before, changed=(), supposed=None, just_passed=(), move=Move.OTHER)
        command = self._command(state, turn, ear)
        # 如果改成联盟型，能报吗 asks of what was told; with nothing told it begins with the case that it puts.
        begins = command is Move.START and (not state.facts or asks_for_interview(turn))
        supposes = self._suppositions.supposes(turn) and not begins
        if supposes and (supposed := self._supposed(state, turn, ear)) is not None:
            fields = [self.schema.by_id[n] for n, f in supposed.items() if f != state.facts.get(n)]
            weighs = state.active or (bool(state.facts) and ear.weighs(self._suppositions.bare(turn), fields))
            if weighs:
                # 继续 goes on with what was told, also where no interview was begun.
                return replace(state, supposed=supposed, move=Move.SUPPOSE, begun=True)
            return replace(state, supposed=supposed)
        if not supposes:
            state = self._heard(state, turn, ear, replies=command in (None, Move.START))
        if command is Move.STOP and not state.changed:
            return replace(state, active=False, asked=None, move=Move.STOP)
        if command is Move.START:
            state = replace(state, active=True, begun=True, passed=frozenset(), pressed=frozenset())
        elif command is Move.RESUME:
            state = replace(state, active=True)
        if not state.active:
            return state
        move = self._move(state, command, turn, ear)
        if move is Move.PASS:
            state = self._passing(state, turn)
        if move is Move.RESUME and not self._asks(state):
            # Taken up again, what could not be said before is asked once more.
            state = replace(state, passed=frozenset(), pressed=frozenset())
        return self._asking(replace(state, move=move))

    def _command(self, state: State, turn: str, ear: Ear) -> Move | None:
        """What a turn says about the interview itself."""
        words, brief = self._words, len(turn) <= _BRIEF or turn.isascii()
        if asks_for_interview(turn) or ear.starts(turn):
            return Move.START
        if not brief or not (state.active or state.begun):
            return None
        if not state.active:
            return Move.RESUME if words.has("moves.resume", turn) and not _questioning(turn) else None
        if words.has("moves.stop", turn) and not words.has("moves.resume", turn):
            return Move.STOP
        if words.has("moves.ledger", turn):
            return Move.LEDGER
        return Move.RESUME if words.has("moves.resume", turn) and not _questioning(turn) else None

    def _heard(self, state: State, turn: str, ear: Ear, *, replies: bool) -> State:
        """With the facts that the turn states, as the form reads them, as people say them, and as a reply."""
        chinese = ear.chinese(turn)
        told = self.reader.hear(state.told, chinese)
        new = {name: told.facts[name] for name in told.now if name in told.facts}
        figures = ear.figures(turn)
        righted = self._put_right(state, figures, new)
        new |= righted or self.replies.spoken(turn, new.keys())
        if not state.active:
            others = (f for f in self.schema.fields if f.id not in new and f.id not in state.facts)
            new |= headcount(chinese, others)
        if replies and state.active and state.asked is not None:
            asked = [self.schema.by_id[name] for name in state.asked.fields]
            new |= self.replies.asked(figures, asked, new.keys())
        told = replace(told, facts=told.facts | new)
        facts = self.reader.weighed(told.facts)
        changed = tuple(n for n in self.schema.by_id if n in new and _differs(facts.get(n), state.facts.get(n)))
        counted = [n for n in new if isinstance(new[n].value, Quantity)]
        said_again = tuple(n for n in self.schema.by_id if n in new and n not in changed)
        return replace(
            state,
            told=replace(told, now=frozenset(new)),
            facts=facts,
            changed=changed + said_again,
            passed=state.passed - new.keys(),
            figure=counted[-1] if counted else state.figure,
        )

    def _put_right(self, state: State, turn: str, new: dict[str, Fact]) -> dict[str, Fact]:
        """说错了，是82: a lone figure puts right the figure that was told last."""
        if new or not state.figure or not self._words.has("moves.wrong", turn):
            return {}
        # 不对，人是75: the field may be named, if only by its unit; else it is the one told last.
        known = [f for f in self.schema.fields if f.id in state.facts and isinstance(state.facts[f.id].value, Quantity)]
        named = [f for f in known if self.replies.names(f.id, turn) or f.unit in turn]
        field = named[0] if len(named) == 1 else self.schema.by_id[state.figure]
        clauses = [c for c in clauses_of(turn) if self.replies.asked(c, [field], set())]
        return self.replies.asked(clauses[-1], [field], set()) if clauses else {}

    def _supposed(self, state: State, turn: str, ear: Ear) -> dict[str, Fact] | None:
        """The facts as the turn supposes them; None if it supposes nothing of the form's fields."""
        changed = self._suppositions.figures(ear.figures(turn), state.facts, state.figure)
        if not changed:
            bare = self._suppositions.bare(turn)
            told = self.reader.hear(state.told, ear.chinese(bare))
            changed = {name: told.facts[name] for name in told.now if name in told.facts}
            changed |= self.replies.spoken(bare, changed.keys())
        return self.reader.weighed(state.told.facts | changed) if changed else None

    def _move(self, state: State, command: Move | None, turn: str, ear: Ear) -> Move:
        if command is not None:
            return command
        if self._words.has("moves.unknown", turn):
            return Move.PASS
        if state.changed:
            return Move.OTHER if ear.asks(turn) and _questioning(turn) else Move.TELL
        return Move.OTHER if ear.asks(turn) or self._suppositions.supposes(turn) else Move.UNCLEAR

    def _passing(self, state: State, turn: str) -> State:
        """The fields that the person cannot tell of: those named beside 不知道, else those that were asked."""
        asked = state.asked.fields if state.asked else ()
        clauses = [c for c in clauses_of(turn) if self._words.has("moves.unknown", c)]
        named = [n for n in asked if any(self.replies.names(n, c) for c in clauses)]
        passed = tuple(n for n in (named or asked) if n not in state.changed)
        return replace(state, passed=state.passed | set(passed), just_passed=passed)

    def _asks(self, state: State) -> Next | None:
        return self.plan.next(state.facts, state.passed, state.pressed)

    def _asking(self, state: State) -> State:
        asked = self._asks(state)
        pressed = set(asked.fields) if asked is not None and asked.exactly else set()
        # What is pressed for is remembered when the question has been answered, not when it is asked.
        old = state.asked
        done = set(old.fields) if old is not None and old.exactly and set(old.fields) & set(state.changed) else set()
        if done & pressed:
            state = replace(state, pressed=state.pressed | done)
            asked = self._asks(state)
        return replace(state, asked=asked)


def asks_for_interview(turn: str) -> bool:
    """Whether a turn asks to be taken through the conditions, whatever pack it is about."""
    has = general_words().has
    if has("start.not", turn):
        return False
    if has("start.check", turn) and has("start.apply", turn):
        return True
    return has("start.look", turn) and has("start.able", turn) and has("start.apply", turn)


def _differs(new: Fact | None, old: Fact | None) -> bool:
    return new is not None and (old is None or (new.value, new.doubts) != (old.value, old.doubts))


def _questioning(turn: str) -> bool:
    return turn.rstrip().endswith(("?", "？", "吗", "么", "呢", "吗。"))
