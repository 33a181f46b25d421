"""Whether a question is of another subject: what its words say, weighed with what the reader makes of it.

A question left open and one of something else differ in little, so nothing decides alone. The weights are those of a
logistic model, fitted on the development questions of one turn in Chinese; of English ones there are too few, and there
only the words count, unless a sentence is near.
"""

from assistant.qa.normalise import is_english
from assistant.qa.parts import Question
from assistant.qa.scope import ScopeJudge
from assistant.reader.sentences import Reading

_MARGIN, _SCOPE, _KNOWN, _UNKNOWN, _NO_WORD = 0.28, 0.76, 0.36, -0.17, -1.09
_CONSTANT = 3.17
_LEAST_MARGIN, _MOST_MARGIN = -10.0, 4.0
_MOST_KNOWN, _MOST_UNKNOWN = 6.0, 4
_NEAR = -3.0


def is_of_another_subject(question: Question, judge: ScopeJudge, reading: Reading | None) -> bool:
    """`reading`: of the question by itself; None without a reader."""
    if any(t.subject for t in question.terms):
        return False
    wordless = judge.after_reading(question) is not None
    if reading is None:
        return wordless
    if is_english(question.text):
        return wordless and reading.margin <= _NEAR
    known = sum(t.weight for t in question.terms if t.known)
    score = (
        _CONSTANT
        + _MARGIN * min(max(reading.margin, _LEAST_MARGIN), _MOST_MARGIN)
        + _SCOPE * reading.scope
        + _KNOWN * min(known, _MOST_KNOWN)
        + _UNKNOWN * min(sum(not t.known for t in question.terms), _MOST_UNKNOWN)
        + _NO_WORD * wordless
    )
    return score < 0
