"""A pack: one regulation as data. `pack.toml` and `source/` are enough; everything else is optional."""

import hashlib
import re
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from assistant.errors import PackError
from assistant.files.source_text import read_source
from assistant.law.canonical import canonical_text
from assistant.law.lexicon import Lexicon, load_lexicon
from assistant.law.pack_file import read_pack_file
from assistant.law.parser import parse_regulation
from assistant.law.types import Anomaly, Authority, Document, LegalStatus

_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}")


def _is_date(written: str) -> str:
    """A date or the beginning of one. Raises ValueError with a sentence for staff."""
    parts = [int(part) for part in written.split("-")] if _DATE.fullmatch(written) else []
    try:
        if written:
            date(*(*parts, 1, 1)[:3])
    except (TypeError, ValueError) as error:
        raise ValueError(f"日期应写成 2026-03-01 的样子，现为“{written}”") from error
    return written


WrittenDate = Annotated[str, AfterValidator(_is_date)]


class DocumentEntry(BaseModel):
    """One document of a pack. `file` is relative to the pack; `sha256` is that of the source's bytes."""

    model_config = ConfigDict(extra="forbid")

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    file: str
    title: str = ""
    authority: Authority = Authority.REGULATION
    sha256: str = ""


class Scope(BaseModel):
    """What the regulation is about, so that another subject can be told from an open question.

    `subject`: names of the thing that is regulated. `jurisdiction`: where it applies; `places`: places inside it.
    `other_programmes`: names of programmes that people confuse with this one.
    """

    model_config = ConfigDict(extra="forbid")

    subject: list[str] = []
    jurisdiction: str = ""
    places: list[str] = []
    other_programmes: list[str] = []


class PackFile(BaseModel):
    """`pack.toml`. Dates are written 2026, 2026-03 or 2026-03-01; unknown ones are empty strings.

    Packs of one `id` are versions of one regulation. `current`: a person has said that this version is the current one;
    `called`: other words by which people call it.
    """

    model_config = ConfigDict(extra="forbid")

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: str
    title_en: str = ""
    issuer: str = ""
    status: LegalStatus = LegalStatus.UNKNOWN
    version: str = ""
    language: str = "zh-CN"
    published: WrittenDate = ""
    effective: WrittenDate = ""
    repealed: WrittenDate = ""
    current: bool = False
    called: list[str] = []
    scope: Scope = Scope()
    examples: list[str] = []
    documents: list[DocumentEntry] = Field(min_length=1)


@dataclass(frozen=True)
class Pack:
    """A loaded regulation. `sha256` identifies the text of all its documents; `anomalies` are for staff."""

    path: Path
    about: PackFile
    documents: tuple[Document, ...]
    lexicon: Lexicon
    sha256: str
    anomalies: tuple[Anomaly, ...] = field(default=())

    @property
    def id(self) -> str:
        return self.about.id

    @property
    def version(self) -> str:
        return self.about.version or self.sha256[:12]

    @property
    def regulation(self) -> Document:
        """The document that settles things: the first with authority "regulation"."""
        return next(d for d in self.documents if d.authority is Authority.REGULATION)

    def document(self, document_id: str) -> Document | None:
        return next((d for d in self.documents if d.id == document_id), None)


def load_pack(path: Path) -> Pack:
    """Reads a pack folder. Raises PackError if `pack.toml` or a source is missing or cannot be read."""
    about = _read_pack_file(path)
    anomalies: list[Anomaly] = []
    several = len(about.documents) > 1
    documents = tuple(_load_document(path, entry, anomalies, several) for entry in about.documents)
    if not any(d.authority is Authority.REGULATION for d in documents):
        raise PackError(f'{path / "pack.toml"} 中没有 authority = "regulation" 的文件', "至少要有一份法规文本。")
    law_text = next(d.text for d in documents if d.authority is Authority.REGULATION)
    lexicon, gone = load_lexicon(path / "lexicon.toml", law_text)
    digest = hashlib.sha256("\x00".join(f"{d.id}\x00{d.text}" for d in documents).encode()).hexdigest()
    return Pack(path, about, documents, lexicon, digest, tuple(anomalies + gone))


def _read_pack_file(path: Path) -> PackFile:
    file = path / "pack.toml"
    if not file.is_file():
        raise PackError(f"找不到 {file}", "MIC_PACK_DIR 应指向含有 pack.toml 的文件夹；可用 mic pack new 新建。")
    return read_pack_file(file, PackFile)


def _load_document(path: Path, entry: DocumentEntry, anomalies: list[Anomaly], several: bool) -> Document:
    source = path / entry.file
    if not source.resolve().is_relative_to(path.resolve()):
        raise PackError(f"{entry.file} 不在资料包文件夹内", "file 只能指向资料包内的文件。")
    if not source.is_file():
        raise PackError(f"找不到源文件 {source}", "请补上该文件，或改正 pack.toml 中的 file。")
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    if entry.sha256 and digest != entry.sha256:
        anomalies.append(Anomaly("source_hash", f"源文件 {entry.file} 与 pack.toml 记录的 sha256 不一致"))
    text, marks = canonical_text(read_source(source))
    parsed = parse_regulation(text)
    found = list(parsed.anomalies)
    if marks:
        found.insert(0, Anomaly("bookmark_marks", f"去除了 {marks} 处文字处理软件残留的 [bookmark: …] 标记"))
    if not parsed.provisions:
        raise PackError(f"{source} 中没有可用的文字", "请换一份含有正文的文件。")
    title = entry.title or parsed.title
    # Of several documents the list says which one is meant.
    anomalies += [replace(a, message=f"{title}：{a.message}") for a in found] if several else found
    return Document(entry.id, title, entry.authority, text, parsed.provisions, tuple(found))
