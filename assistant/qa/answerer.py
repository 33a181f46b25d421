"""Answers questions about one pack: reads the question, finds what settles it, and composes the answer."""

from collections.abc import Mapping, Sequence


from assistant.law.locator import Kind
from assistant.law.pack import Pack
from assistant.law.types import Authority, LegalStatus
from assistant.qa import eligibility
from assistant.qa.citing import make_citation, related
from assistant.qa.compose import Composer
from assistant.qa.conversation import carry_over, is_elliptic, neighbour_reference
from assistant.qa.evidence import Evidence, Unit
from assistant.qa.lookup import named_provisions, only_names, resolved
from assistant.qa.models import Answer, Citation, Provenance, RelatedProvision, Status
from assistant.qa.nearness import Near, Nearness, Retriever
from assistant.qa.need import Need
from assistant.qa.normalise import is_english, normalise
from assistant.qa.organs import claim_of, without_organs
from assistant.qa.question import Part, Question, QuestionReader
from assistant.qa.scope import Outside, ScopeJudge
from assistant.qa.search_law import Found, LawSearch
from assistant.qa.wording import CHINESE, ENGLISH

MAX_QUESTION = 2000
MAX_TURNS = 40


class PackAnswerer:
    """One pack with everything that answering from it needs."""

    def __init__(self, pack: Pack, retriever: Retriever) -> None:
        self.pack, self.retriever = pack, retriever
        scope = pack.about.scope
        subjects, places = tuple(scope.subject), (*scope.places, *([scope.jurisdiction] if scope.jurisdiction else ()))
        self.evidence = Evidence(pack.regulation, pack.lexicon)
        self.reader = QuestionReader(self.evidence, pack.lexicon, subjects, places)
        self.law = LawSearch(self.evidence)
        self.nearness = Nearness(retriever, self.evidence)
        self.judge = ScopeJudge(pack)
        self.summaries = []
        for document in pack.documents:
            if document.authority is Authority.SUMMARY:
                evidence = Evidence(document, pack.lexicon)
                self.summaries.append((QuestionReader(evidence, pack.lexicon, (), places), LawSearch(evidence)))

    def answer(self, turns: Sequence[str], answer_id: str) -> Answer:
        """The answer to the last turn; not yet checked."""
        return _Answering(self, turns, answer_id).run()

    def abstain(self, turns: Sequence[str], answer_id: str) -> Answer:
        """The abstention that stands in for an answer which did not pass the check."""
        return _Answering(self, turns, answer_id).not_covered([])


class _Answering:
    """The steps of one answer."""

    def __init__(self, of: PackAnswerer, turns: Sequence[str], answer_id: str) -> None:
        self.of, self.id = of, answer_id
        self.pack = of.pack
        self.document = of.pack.regulation
        self.turns = [normalise(str(t), self.pack.lexicon.typos) for t in turns[-MAX_TURNS:]]
        self.raw = str(turns[-1]) if turns else ""
        self.text = self.turns[-1] if self.turns else ""
        self.english = is_english(self.text)
        self.wording = ENGLISH if self.english else CHINESE
        self.title = (self.pack.about.title_en if self.english else "") or self.pack.about.title
        self.composer = Composer(self.pack, self.document, self.english)

    def run(self) -> Answer:
        early = self._before_reading()
        if early:
            return early
        place = self.judge.other_place(self.text)
        if place:
            return self._outside(Outside.OTHER_PLACE)
        question, before = self._read()
        programme = self.judge.other_programme(self.text)
        if programme:
            return self._background_only() or self._outside(Outside.OTHER_PROGRAMME)
        looked_up = self._lookup(question)
        if looked_up:
            return looked_up
        whole = eligibility.asks_eligibility(self.text, question)
        if self.judge.after_reading(question) and not before and not whole:
            return self._background_only() or self._outside(Outside.OTHER_SUBJECT)
        if whole:
            answer = self._eligibility(question)
            if answer:
                return answer
        return self._settle(question, before)

    @property
    def judge(self) -> ScopeJudge:
        return self.of.judge

    # Before anything is looked for

    def _before_reading(self) -> Answer | None:
        if not any(c.isalnum() for c in self.text):
            return self._say(self.wording.empty, "out_of_scope")
        if len(self.raw) > MAX_QUESTION:
            return self._say(self.wording.too_long.format(limit=MAX_QUESTION), "out_of_scope")
        outside = self.judge.before_reading(self.text)
        return self._outside(outside) if outside else None

    def _outside(self, why: Outside) -> Answer:
        match why:
            case Outside.GREETING:
                examples = "；".join(self.pack.about.examples[:3]) or "……"
                return self._say(self.wording.help.format(title=self.title, examples=examples), "out_of_scope")
            case Outside.STEERING:
                return self._say(self.wording.steering.format(title=self.title), "out_of_scope")
            case _:
                return self._say(self.wording.out_of_scope.format(title=self.title), "out_of_scope")

    def _read(self) -> tuple[Question, Question | None]:
        """The question, and the one before it if this one leans on it."""
        question = self.of.reader.read(self.text)
        if len(self.turns) < 2 or not is_elliptic(self.text, question):
            return question, None
        for turn in reversed(self.turns[:-1]):
            if self.judge.before_reading(turn) is not None:
                continue
            place = self.judge.other_place(turn)
            jurisdiction = self.pack.about.scope.jurisdiction
            if place and jurisdiction and jurisdiction in self.text:
                # 那辽宁的呢? repeats the question for the right place.
                return self.of.reader.read(turn.replace(place + "省", "").replace(place, "")), None
            before = self.of.reader.read(turn)
            if any(p.required for p in before.parts):
                return question, before
        return question, None

    # Provisions by number

    def _lookup(self, question: Question) -> Answer | None:
        references = named_provisions(self.text)
        neighbour = neighbour_reference(self.text, self.turns[:-1]) if not references else None
        if neighbour:
            from assistant.law.references import Reference

            references = [Reference(neighbour, 0, len(self.text))]
        if not references:
            return None
        provisions, missing = resolved(self.document, references)
        if provisions and not (neighbour or only_names(self.text, references, question.parts)):
            return None
        for locator in missing:
            label = locator.english if self.english else locator.label
            self.composer.draft.leave_open(self.wording.no_such_provision.format(label=label).rstrip("。."))
        if not provisions:
            return self.not_covered([], nearest=False)
        for provision in provisions:
            self.composer.give_whole(provision)
        return self._finish("answered")

    # Eligibility as a whole

    def _eligibility(self, question: Question) -> Answer | None:
        conditions = eligibility.condition_list(self.of.evidence)
        if conditions is None:
            return None
        circumstances = eligibility.own_circumstances(question, tuple(self.pack.about.scope.other_programmes))
        if circumstances:
            words = "”“".join(circumstances)
            self.composer.draft.leave_open(self.wording.open_matter.format(words=words))
            return self.not_covered([], units=self.of.evidence.by_provision.get(conditions, ()))
        self.composer.give_whole(conditions)
        headings = [
            units[0].sentence.span.text.rstrip("。")
            for child in self.document.children(conditions.locator)
            if (units := self.of.evidence.by_provision.get(child)) and units[0].is_heading
        ]
        facts = "、".join(headings) or "逐项说明"
        self.composer.draft.plain(self.wording.eligibility_ask.format(facts=facts))
        return self._finish("needs_facts")

    # What settles the question

    def _settle(self, question: Question, before: Question | None) -> Answer:
        prior = self.of.nearness.of(self.text)
        parts = question.parts or (Part(self.text, (), ()),) if before is None else question.parts
        found: list[Found] = []
        if before is not None:
            found = [self._carried(part, before, prior) for part in parts or (_bare_part(self.text),)]
        else:
            found = [self._find(part, question, prior) for part in question.parts]
        settled = [f for f in found if f.settled]
        if not settled and all(f.part.need in (Need.LIST, Need.TOPIC, Need.REQUIREMENT) for f in found):
            for provision in resolved(self.document, named_provisions(self.text))[0]:
                # 附件里的材料清单有哪些: the provision that is named is what is wanted.
                self.composer.give_whole(provision)
            if self.composer.draft.statements:
                return self._finish("answered")
        if not settled:
            return self._background_only(found) or self.not_covered(found)
        for each in settled:
            self.composer.settle(each)
        for each in found:
            if not each.settled:
                self.composer.leave_open(each)
        return self._finish("answered")

    def _find(self, part: Part, question: Question, prior: Mapping[int, Near]) -> Found:
        """What settles a part; a claim about who does something is put right by the sentence that says who does."""
        found = self.of.law.find(part, prior)
        if found.settled or part.need not in (Need.YES_NO, Need.WHO, Need.TOPIC):
            return found
        for claim in (without_organs(part), claim_of(question, part)):
            if claim is not None:
                put_right = self.of.law.find(claim, prior)
                if put_right.settled:
                    return put_right
        return found

    def _carried(self, part: Part, before: Question, prior: Mapping[int, Near]) -> Found:
        previous = next(p for p in reversed(before.parts) if p.required)
        readings = carry_over(part, previous).readings
        tried = [self.of.law.find(reading, prior) for reading in readings]
        return next((f for f in tried if f.settled), tried[0])

    # Endings

    def _background_only(self, found: Sequence[Found] = ()) -> Answer | None:
        """An abstention with what the unofficial summary says, if it speaks of the matter and the law does not."""
        for reader, search in self.of.summaries:
            parts = reader.read(self.text).parts
            units = [u for p in parts for u in search.find(p).units if p.required]
            units += [u for p in parts for w in search.find(p).whole for u in search.evidence.by_provision.get(w, ())]
            if units:
                cited = [
                    make_citation(self.pack, search.document, u.provision, u.sentence.span.start, u.sentence.span.end, n)
                    for n, u in enumerate(dict.fromkeys(units), 1)
                ]
                return self.not_covered(found, background=cited)
        return None

    def not_covered(
        self,
        found: Sequence[Found],
        *,
        background: Sequence[Citation] = (),
        units: Sequence[Unit] = (),
        nearest: bool = True,
    ) -> Answer:
        """Says that the text does not settle the matter, what exactly is open, and who is responsible for it."""
        for each in found:
            self.composer.leave_open(each)
        draft = self.composer.draft
        near = list(units) or [u for f in found for u in f.near]
        shown = [related(self.document, u.provision, u.sentence.span.start, u.sentence.span.end) for u in near[:3]]
        if nearest and not shown:
            shown = self._nearest()
        authority = self._authority() if nearest else []
        lines = [self.wording.not_covered]
        if draft.unsettled:
            joint = "; " if self.english else "；"
            lines[0] += (" " if self.english else "") + _sentence(joint.join(draft.unsettled), self.english)
        if shown:
            lines.append(self.wording.related_hint)
        notices = self._notices()
        if background:
            notices.append("unofficial_summary")
            lines.append(self.wording.unofficial.format(title=self.title))
        return self._answer(
            "not_covered",
            "\n\n".join(lines),
            related=list(dict.fromkeys(shown)),
            authority=authority,
            background=list(background),
            notices=notices,
        )

    def _nearest(self) -> list[RelatedProvision]:
        """The two sentences nearest to the question, from two provisions."""
        near = self.of.nearness.of(self.text)
        units = sorted((u for u in self.of.evidence.units if u.order in near), key=lambda u: -near[u.order].score)
        shown: dict[str, RelatedProvision] = {}
        for unit in units:
            span = unit.sentence.span
            entry = related(self.document, unit.provision, span.start, span.end)
            shown.setdefault(entry.locator, entry)
            if len(shown) == 2:
                break
        return list(shown.values())

    def _authority(self) -> list[Citation]:
        """Whom the text names to explain it."""
        for unit in self.of.evidence.units:
            if unit.sentence.text.find("解释") >= 0 and "负责" in unit.sentence.text:
                span = unit.sentence.span
                return [make_citation(self.pack, self.document, unit.provision, span.start, span.end, 1)]
        return []

    def _finish(self, status: Status) -> Answer:
        return self._answer(status, self.composer.draft.markdown, notices=self._notices())

    def _say(self, text: str, status: Status) -> Answer:
        return self._answer(status, text, notices=self._notices())

    def _notices(self) -> list[str]:
        return ["draft_for_comment"] if self.pack.about.status is LegalStatus.DRAFT_FOR_COMMENT else []

    def _answer(
        self,
        status: Status,
        text: str,
        *,
        related: Sequence[RelatedProvision] = (),
        authority: Sequence[Citation] = (),
        background: Sequence[Citation] = (),
        notices: Sequence[str] = (),
    ) -> Answer:
        draft = self.composer.draft
        silent = status in ("not_covered", "out_of_scope")
        return Answer(
            id=self.id,
            question=self.raw,
            status=status,
            answer=text,
            statements=[] if silent else draft.statements,
            citations=[] if silent else self.composer.book.citations,
            unsettled=draft.unsettled,
            related=list(related),
            authority=list(authority),
            background=list(background),
            notices=list(notices),
            provenance=Provenance(embedder=self.of.retriever.embedder_name, pack_sha256=self.pack.sha256),
        )


def _bare_part(text: str) -> Part:
    from assistant.qa.need import find_asks

    return Part(text, tuple(find_asks(text)), ())


def _sentence(text: str, english: bool) -> str:
    text = text.rstrip("。.；;")
    return text[:1].upper() + text[1:] + "." if english else text + "。"


