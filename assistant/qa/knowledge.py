"""One pack with everything that answering from it needs, made once and shared by all questions."""

from assistant.interview.follow import Interview
from assistant.interview.script import Script
from assistant.law.pack import Pack
from assistant.law.types import Authority
from assistant.qa.assess import criteria_of
from assistant.qa.evidence import Evidence
from assistant.qa.nearness import Nearness, Retriever
from assistant.qa.question import QuestionReader
from assistant.qa.scope import ScopeJudge
from assistant.qa.search_law import LawSearch
from assistant.qa.weighing import Weighing
from assistant.reader.sentences import OpenReader


class PackKnowledge:
    """`summaries` pairs a reader and a search for each document that may inform but settles nothing.

    `sentences` says how well each unit of the evidence answers a question; None without a reader.
    """

    def __init__(self, pack: Pack, retriever: Retriever, open_reader: OpenReader | None = None) -> None:
        self.pack, self.retriever = pack, retriever
        scope = pack.about.scope
        jurisdiction = [scope.jurisdiction] if scope.jurisdiction else []
        places = (*scope.places, *jurisdiction)
        self.evidence = Evidence(pack.regulation, pack.lexicon)
        self.reader = QuestionReader(self.evidence, pack.lexicon, tuple(scope.subject), places)
        self.law = LawSearch(self.evidence)
        self.nearness = Nearness(retriever, self.evidence)
        self.judge = ScopeJudge(pack)
        self.criteria = criteria_of(pack)
        self.script = self.criteria.script if self.criteria else Script()
        own = self.criteria
        self.interview = Interview(own.rulebook, own.schema, self.script, own.reader) if own else None
        self.sentences = open_reader([u.in_context for u in self.evidence.units]) if open_reader else None
        self.weighing = Weighing(self.evidence, pack.lexicon.gone)
        self.summaries: list[tuple[QuestionReader, LawSearch]] = []
        for document in pack.documents:
            if document.authority is Authority.SUMMARY:
                evidence = Evidence(document, pack.lexicon)
                self.summaries.append((QuestionReader(evidence, pack.lexicon, (), places), LawSearch(evidence)))
