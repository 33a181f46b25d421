"""One statement against the quotes it cites."""

from collections.abc import Sequence

from assistant.verify.additions import check_conditions, check_coverage, check_effects, check_promises
from assistant.verify.articles import check_articles
from assistant.verify.context import Context
from assistant.verify.dropped import check_dropped
from assistant.verify.english import check_english, is_english
from assistant.verify.letters import check_letters
from assistant.verify.lists import check_lists
from assistant.verify.markup import check_markup
from assistant.verify.near_quotes import check_near_quotes, check_quoted
from assistant.verify.negations import check_negations
from assistant.verify.numbers import check_numbers
from assistant.verify.polarity import check_polarity
from assistant.verify.replaced import check_replaced
from assistant.verify.roles import check_roles
from assistant.verify.subjects import check_subjects
from assistant.verify.support import SUPPORTED, Reason, Support, unsupported
from assistant.verify.text import Reading, plain, read
from assistant.verify.vocabulary import vocabulary

MAX_STATEMENT = 2000


def verify(statement: str, quotes: Sequence[str], *, known: Sequence[str] = (), labels: Sequence[str] = ()) -> Support:
    """Whether `quotes` support `statement`; what they do not show is not supported.

    `known` are further texts that may supply facts: what the person said of themselves, and findings of the rules
    (还差5人). `labels` are the names of the cited provisions (第七条第（四）项), which the statement may mention; the
    regulation's title belongs here, too, where the statement may name it.
    """
    quotes = [q for q in quotes if q.strip()]
    if not statement.strip() or not quotes or len(statement) > MAX_STATEMENT:
        return unsupported(Reason.NO_QUOTE, "nothing is said or cited, or far too much is said")
    found = check_markup(statement, quotes, known) or check_articles(statement, quotes, known, labels)
    if found:
        return found
    if is_english(statement):
        return check_english(statement, quotes, known) or SUPPORTED
    said = unframed(statement, labels)
    if not said.clauses:
        return unsupported(Reason.NO_QUOTE, "nothing is said beyond the names of provisions")
    law = read("\n".join(quotes))
    known_text = "\n".join(known)
    context = Context(said, read("\n".join((*quotes, *known))), len(law.text))
    if _is_verbatim(said.text.strip("。,;. \n"), law.text):
        return SUPPORTED
    return (
        check_promises(context, plain(known_text))
        or check_numbers(context, "\n".join((*quotes, *known)))
        or check_letters(statement, (*quotes, *known, *labels))
        or check_quoted(statement, (*quotes, *known, *labels))
        or check_polarity(context)
        or check_negations(context)
        or check_subjects(context)
        or check_roles(context)
        or check_near_quotes(context)
        or check_replaced(context)
        or check_lists(context)
        or check_conditions(context)
        or check_dropped(context)
        or check_effects(context)
        or check_coverage(context)
        or SUPPORTED
    )


def _is_verbatim(said: str, law: str) -> bool:
    """Whether the law has a statement as it stands, from where a clause begins: 不可以转让 does not say 可以转让."""
    place = law.find(said)
    while place >= 0:
        if not place or not law[place - 1].isalnum():
            return True
        place = law.find(said, place + 1)
    return False


def unframed(statement: str, labels: Sequence[str]) -> Reading:
    """A statement without what a writer puts around the law: openings, and the names of the provisions it cites."""
    text = plain(statement)
    for label in labels:
        name = plain(label)
        text = text.replace(f"({name})", "").replace(f"{name}:", "")
    text = vocabulary().frames.sub("", text)
    return Reading(read(text).text)
