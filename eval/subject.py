"""What is measured: one opened pack, with the source's own text to hold its quotes against."""

from dataclasses import dataclass
from pathlib import Path

from llama_index.core.base.embeddings.base import BaseEmbedding

from assistant.config import Settings
from assistant.files.source_text import read_source
from assistant.law.canonical import canonical_text
from assistant.law.citation import Citation
from assistant.law.locator import Locator
from assistant.law.pack import Pack, load_pack
from assistant.law.types import Document
from assistant.qa.answerer import PackAnswerer
from assistant.qa.models import Answer
from assistant.qa.service import Assistant
from assistant.reader.sentences import reader_in
from assistant.retrieval.search import Search
from eval.rates import Rate


@dataclass(frozen=True)
class Subject:
    """An assistant over one pack. `texts` are read from the sources again, not taken from the pack."""

    assistant: Assistant
    search: Search
    pack: Pack
    texts: dict[str, str]

    @property
    def document(self) -> Document:
        return self.pack.regulation

    def verbatim(self, answer: Answer) -> Rate:
        """How many of an answer's quotes stand in the source where they are said to, inside their provision."""
        citations = [*answer.citations, *answer.authority, *answer.background]
        right = sum(self.stands(c) for c in citations)
        right += sum(r.quote in self.texts[r.document] for r in answer.related)
        return Rate(right, len(citations) + len(answer.related))

    def stands(self, citation: Citation) -> bool:
        """Whether a quote is the source's own text at its place, inside the provision that it names."""
        document = self.pack.document(citation.document)
        provision = document.get(Locator.parse(citation.locator)) if document else None
        inside = provision is not None and provision.start <= citation.start < citation.end <= provision.end
        return inside and self.texts[citation.document][citation.start : citation.end] == citation.quote


def open_subject(path: Path, settings: Settings, embedder: BaseEmbedding) -> Subject:
    """Opens a pack as `open_assistant` does, with an embedder that several packs share."""
    pack = load_pack(path)
    search = Search(pack, settings, embedder=embedder)
    texts = {d.id: canonical_text(read_source(path / d.file))[0] for d in pack.about.documents}
    return Subject(Assistant([PackAnswerer(pack, search, reader_in(settings.index_dir))]), search, pack, texts)


def beside(settings: Settings, folder: Path) -> Settings:
    """Settings that build indexes in `folder` and share the vectors already made, so that passages whose text
    did not change are not embedded again and the project's own indexes are not pushed out."""
    vectors = (settings.index_dir / "embeddings").resolve()
    vectors.mkdir(parents=True, exist_ok=True)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "embeddings").symlink_to(vectors, target_is_directory=True)
    return settings.model_copy(update={"index_dir": folder})
