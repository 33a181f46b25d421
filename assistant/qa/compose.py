"""Found provisions into a short answer without a language model: the direct answer first, then the quotes."""

import re
from collections.abc import Iterable, Sequence

from assistant.law.locator import Kind
from assistant.law.pack import Pack
from assistant.law.sentences import Span, split_sentences
from assistant.law.types import Document, Provision
from assistant.qa.citing import CitationBook
from assistant.qa.draft import Draft
from assistant.qa.evidence import Segment, Unit
from assistant.qa.matter import in_one, with_its_object
from assistant.qa.need import STRICT
from assistant.qa.parts import Part, is_organ
from assistant.qa.premise import contradicted_figure
from assistant.qa.search_law import Found
from assistant.qa.wording import CHINESE, ENGLISH, Wording, need_name


class Composer:
    """Writes statements into a draft. Every one is made of the law's own words and carries their citation."""

    def __init__(self, pack: Pack, document: Document, english: bool) -> None:
        self.pack, self.document, self.english = pack, document, english
        self.wording: Wording = ENGLISH if english else CHINESE
        self.book = CitationBook(pack)
        self.draft = Draft()

    # What settles a part

    def settle(self, found: Found) -> None:
        """Says what settles one part: whole lists as lists, single facts first as facts."""
        for provision in _without_nested(found.whole):
            self.give_whole(provision)
        quotes = [(u.provision, s) for u, s in _merged(found.units, self.document)]
        if not quotes:
            self._open_terms(found)
            return
        if len(quotes) == 1 and len(found.units) == 1 and not found.whole:
            self._fact(found.part, found.units[0], quotes[0])
        else:
            self._quotes(quotes)
        self._near_words(found.part, "".join(s.text for _, s in quotes))
        self._open_terms(found)

    def _fact(self, part: Part, unit: Unit, quote: tuple[Provision, Span]) -> None:
        provision, span = quote
        number = self.book.cite(self.document, provision, span.start, span.end)
        said = contradicted_figure(part, unit)
        fact = _direct_clause(part, unit, claimed=bool(said))
        label = self.label(provision)
        gloss = self._gloss(fact)
        if said:
            text = self.wording.differs.format(said=said, fact=fact, label=label, gloss=gloss)
            self.draft.say(text, [number])
        else:
            self.draft.say(self.wording.fact_line.format(fact=fact, label=label, gloss=gloss), [number])
        if fact != _bare(span.text):
            self.draft.say(self.wording.quote_line.format(label=label, quote=span.text), [number], "- ")

    def _quotes(self, quotes: Sequence[tuple[Provision, Span]]) -> None:
        numbers = [self.book.cite(self.document, p, s.start, s.end) for p, s in quotes]
        labels = ("、" if not self.english else ", ").join(dict.fromkeys(self.label(p) for p, _ in quotes))
        self.draft.say(self.wording.rules_as_follows.format(labels=labels), numbers)
        for (provision, span), number in zip(quotes, numbers, strict=True):
            line = self.wording.quote_line.format(label=self.label(provision), quote=span.text)
            self.draft.say(line, [number], "- ")

    def give_whole(self, provision: Provision) -> None:
        """A provision with everything below it: the lead, then every item."""
        children = self.document.children(provision.locator)
        lines = self._own_lines(provision)
        if provision.kind in (Kind.CHAPTER, Kind.SECTION) and provision.heading:
            for child in children:
                self.give_whole(child)
            return
        for line in lines:
            number = self.book.cite(self.document, provision, line.start, line.end)
            lead = children and line.start < children[0].start and line.text.endswith(("：", ":"))
            if lead and not self.english:
                count = sum(1 for c in children if c.kind in (Kind.ITEM, Kind.SUBITEM))
                text = f"{line.text.rstrip('：:')}（{self.label(provision)}，共{count}项）："
                self.draft.say(text if count > 1 else text.replace(f"，共{count}项", ""), [number])
            else:
                text = self.wording.quote_line.format(label=self.label(provision), quote=line.text)
                self.draft.say(text, [number], "- ")
        for child in children:
            self.give_whole(child)

    def _own_lines(self, provision: Provision) -> Iterable[Span]:
        """The provision's own words, cut at line ends so that a quote never holds a line break."""
        for start, end in self.document.own_spans(provision):
            line: list[Span] = []
            for sentence in split_sentences(self.document.text, start, end):
                for piece in _pieces_of_lines(sentence):
                    if line and "\n" not in self.document.text[line[-1].end : piece.start]:
                        line.append(piece)
                        continue
                    if line:
                        yield self._joined(line)
                    line = [piece]
            if line:
                yield self._joined(line)

    def _joined(self, spans: list[Span]) -> Span:
        start, end = spans[0].start, spans[-1].end
        return Span(start, end, self.document.text[start:end])

    # What stays open

    def leave_open(self, found: Found) -> None:
        """Says in `unsettled` what exactly the text leaves open in a part that nothing settles."""
        if found.unknown:
            words = "”“".join(dict.fromkeys(with_its_object(t, found.part) for t in found.unknown))
            self.draft.leave_open(self.wording.open_matter.format(words=words))
            return
        terms = dict.fromkeys(t.text.strip("“”") for t in found.part.required) or dict.fromkeys(
            t.text.strip("“”") for t in found.part.terms if not t.subject
        )
        listed = (", " if self.english else "、").join(terms) or found.part.text.strip("?？。,， ")
        matter = listed if self.english else in_one(list(terms), found.part.text) or listed
        name = need_name(found.part.need.value, self.english)
        self.draft.leave_open(self.wording.open_need.format(matter=matter, need=name))

    def _open_terms(self, found: Found) -> None:
        for term in found.open_terms:
            name = need_name(found.part.need.value, self.english)
            self.draft.leave_open(self.wording.open_need.format(matter=term.text, need=name))

    def _near_words(self, part: Part, quoted: str) -> None:
        """Says which words of the quotes stand for words that the law does not use."""
        for term in part.required:
            akin = any(term.text in f or f in term.text for f in term.forms)
            law = [form for form in term.forms if form in quoted][:2]
            if term.near and law and not akin and not is_organ(term) and not self.english:
                self.draft.leave_open(self.wording.near_word.format(said=term.text, law="”“".join(law)))

    def label(self, provision: Provision) -> str:
        return provision.locator.english if self.english else provision.label

    def _gloss(self, quote: str) -> str:
        """The pack's glosses of the terms in a quote, for English answers only."""
        if not self.english:
            return ""
        found = [(law, g) for law, g in self.pack.lexicon.glosses.items() if law in quote]
        outer = [(law, g) for law, g in found if not any(law != o and law in o for o, _ in found)]
        if not outer:
            return ""
        return self.wording.gloss_line.format(gloss="; ".join(f"{law} = {g}" for law, g in outer[:4]))


def _pieces_of_lines(sentence: Span) -> Iterable[Span]:
    """The lines of a sentence that a source wraps over several."""
    position = 0
    for raw in sentence.text.split("\n"):
        text = raw.strip(" \t\u3000\u00a0")
        if text:
            at = sentence.text.index(text, position)
            yield Span(sentence.start + at, sentence.start + at + len(text), text)
            position = at + len(text)


def _without_nested(provisions: Sequence[Provision]) -> list[Provision]:
    return [p for p in provisions if not any(o.locator in p.path for o in provisions)]


def _merged(units: Sequence[Unit], document: Document) -> list[tuple[Unit, Span]]:
    """One quote a run of neighbouring sentences of one provision."""
    merged: list[tuple[Unit, Span]] = []
    for unit in units:
        span = unit.sentence.span
        if merged:
            last, before = merged[-1]
            gap = document.text[before.end : span.start]
            if last.provision == unit.provision and not gap.strip() and "\n" not in gap:
                merged[-1] = (last, Span(before.start, span.end, document.text[before.start : span.end]))
                continue
        merged.append((unit, span))
    return merged


def _direct_clause(part: Part, unit: Unit, claimed: bool) -> str:
    """What answers: the clause with the value asked for; else the whole sentence, so that no condition is lost."""
    ask = part.asks[0]
    clauses = unit.clauses or (unit.sentence,)
    kinds = {f.kind for f in part.figures} if claimed else ask.kinds
    if ask.need in STRICT or claimed:
        for value in unit.values:
            if value.kind in kinds:
                place = unit.start + value.start
                inside = [c for c in clauses if c.span.start <= place < c.span.end]
                if inside:
                    return _with_condition(inside[0], clauses)
        return _bare(unit.sentence.span.text)
    return _bare(unit.sentence.span.text)


def _with_condition(clause: Segment, clauses: Sequence[Segment]) -> str:
    """A clause keeps the condition it hangs on: 对于…的，如…, and every clause from the first term on."""
    index = clauses.index(clause)
    first = index
    for position in range(index):
        text = clauses[position].span.text
        if re.match(r"对于?|如|若|凡|经|自|因|按", text) or text.endswith(("的", "后", "时")):
            first = min(first, position)
    if first == index:
        return _bare(clause.span.text)
    return "，".join(c.span.text for c in clauses[first : index + 1])


def _bare(text: str) -> str:
    return text.rstrip("。；;！？!? ")
