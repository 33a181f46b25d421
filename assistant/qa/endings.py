"""How an answer ends: with what was found, with what is missing, or with the plain word that the text is silent."""

import re
from collections.abc import Sequence

from assistant.law.citation import Citation, make_citation
from assistant.law.pack import Pack
from assistant.law.types import LegalStatus
from assistant.qa.authority import responsible_for
from assistant.qa.citing import related
from assistant.qa.compose import Composer
from assistant.qa.evidence import Unit
from assistant.qa.knowledge import PackKnowledge
from assistant.qa.models import Answer, Assessment, Provenance, RelatedProvision, Status
from assistant.qa.parts import Question
from assistant.qa.search_law import Found

# 工信厅科〔2018〕37号: the number of another document.
DOCUMENT_NUMBER = re.compile(r"[〔\[(（]\d{4}[〕\])）]\s*\d+号")


class Endings:
    """Turns the draft of one answer into the answer. `text` is the normalised question, `question` as it was asked."""

    def __init__(self, of: PackKnowledge, composer: Composer, text: str, answer_id: str, question: str) -> None:
        self.of, self.composer, self.text = of, composer, text
        self.id, self.question = answer_id, question
        self.pack: Pack = of.pack
        self.document = of.pack.regulation
        self.english, self.wording = composer.english, composer.wording
        self.assessments: list[Assessment] = []
        self.fallen_rules: list[str] = []
        self.title = (self.pack.about.title_en if self.english else "") or self.pack.about.title

    def background_only(self, found: Sequence[Found] = ()) -> Answer | None:
        """An abstention with what the unofficial summary says, if it speaks of the matter and the law does not."""
        for reader, search in self.of.summaries:
            question = reader.read(self.text)
            if not self._is_new(question):
                continue
            parts = question.parts
            units = [u for p in parts for u in search.find(p).units if p.required]
            units += [u for p in parts for w in search.find(p).whole for u in search.evidence.by_provision.get(w, ())]
            if units:
                cited = [
                    make_citation(
                        self.pack, search.document, u.provision, u.sentence.span.start, u.sentence.span.end, n
                    )
                    for n, u in enumerate(dict.fromkeys(units), 1)
                ]
                return self.not_covered(found, background=cited)
        return None

    def _is_new(self, question: Question) -> bool:
        """Whether a question speaks of something that the regulation has no word for: only there a summary informs.

        What 良好 earns a national centre is no background to what it earns here.
        """
        named = any(p in self.text for p in self.pack.about.scope.other_programmes)
        new = [t for t in question.terms if t.known and not any(self.of.evidence.contains(f) for f in t.forms)]
        return named or bool(new) or DOCUMENT_NUMBER.search(self.text) is not None

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
        authority = self._authority(found) if nearest else []
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

    def _authority(self, found: Sequence[Found]) -> list[Citation]:
        """Whom the text makes responsible for the matter, and who explains the text."""
        terms = [t for f in found for t in (*f.part.terms, *f.part.background)]
        return [
            make_citation(self.pack, self.document, duty.unit.provision, duty.start, duty.end, n)
            for n, duty in enumerate(responsible_for(self.of.evidence, terms), 1)
        ]

    def finish(self, status: Status) -> Answer:
        return self._answer(status, self.composer.draft.markdown, notices=self._notices())

    def say(self, text: str, status: Status) -> Answer:
        return self._answer(status, text, notices=self._notices())

    def _notices(self) -> list[str]:
        draft = ["draft_for_comment"] if self.pack.about.status is LegalStatus.DRAFT_FOR_COMMENT else []
        return [*draft, *self.fallen_rules]

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
            question=self.question,
            status=status,
            answer=text,
            statements=[] if silent else draft.statements,
            citations=[] if silent else self.composer.book.citations,
            assessments=[a for a in self.assessments if not (silent and a.citations)],
            unsettled=draft.unsettled,
            related=list(related),
            authority=list(authority),
            background=list(background),
            notices=list(notices),
            provenance=Provenance(embedder=self.of.retriever.embedder_name, pack_sha256=self.pack.sha256),
        )


def _sentence(text: str, english: bool) -> str:
    text = text.rstrip("。.；;")
    return text[:1].upper() + text[1:] + "." if english else text + "。"
