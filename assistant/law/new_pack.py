"""Makes a pack out of another regulation's text, ready to be asked."""

import hashlib
import re
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import tomli_w

from assistant.errors import UsageError
from assistant.files.source_text import read_source
from assistant.law.canonical import canonical_text
from assistant.law.pack import Pack, load_pack
from assistant.law.parser import parse_regulation
from assistant.law.types import LegalStatus

# Further files of a pack, by their names, once it is known what is in it.
More = Callable[[Pack], Mapping[str, str]]


def new_pack(file: Path, out: Path, title: str = "", more: More | None = None) -> Pack:
    """Writes a pack for `file` into the new folder `out` and returns it loaded.

    The source is copied byte for byte. `more` gives further files for the pack that was made. The pack is made aside
    and moved into place, so that a failure leaves nothing behind. Raises UsageError if `out` already holds something,
    UnreadableFileError if `file` has no text.
    """
    text, _ = canonical_text(read_source(file))
    name = title or parse_regulation(text).title or file.stem
    status = LegalStatus.DRAFT_FOR_COMMENT if "征求意见稿" in text[:400] + name else LegalStatus.UNKNOWN
    about: dict[str, Any] = {
        "id": pack_id(out.name),
        "title": name,
        "issuer": "",
        "status": status.value,
        "version": "征求意见稿" if status is LegalStatus.DRAFT_FOR_COMMENT else "",
        "language": "zh-CN",
        "published": "",
        "effective": "",
        "documents": [_entry(file, name)],
    }
    return _made(file, out, about, more=more)


def next_version(file: Path, out: Path, old: Pack, about: Mapping[str, str], more: More | None = None) -> Pack:
    """Writes a pack for another version of a regulation: the new text, with all that is known about the old one.

    In: `about`: what stands otherwise in `pack.toml` (version, status, effective, published, title); `more`: files that
    take the place of the old ones. Rules whose words
    are not in the new text fall away by themselves. Raises as `new_pack`, and UsageError for a version that the old
    pack has.
    """
    if about.get("version", "") in ("", old.version):
        raise UsageError("新版本要有自己的叫法", "请用 --version 写明，如 --version 2026年版。")
    text, _ = canonical_text(read_source(file))
    name = about.get("title") or parse_regulation(text).title or old.about.title
    kept = old.about.model_dump(mode="json", exclude={"current", "called", "documents", "repealed", "published"})
    own = old.regulation.id
    documents = [
        _entry(file, name, own) if entry.id == own else entry.model_dump(mode="json", exclude_defaults=True)
        for entry in old.about.documents
    ]
    content = {**kept, "effective": "", **about, "title": name, "documents": documents}
    return _made(file, out, content, old=old, more=more)


def _entry(file: Path, title: str, document_id: str = "measures") -> dict[str, str]:
    return {
        "id": document_id,
        "file": f"source/{file.name}",
        "title": title,
        "authority": "regulation",
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
    }


def _made(
    file: Path, out: Path, about: Mapping[str, Any], *, old: Pack | None = None, more: More | None = None
) -> Pack:
    """Makes the folder aside and moves it into place."""
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise UsageError(f"{out} 已存在且不为空", "请用 --out 指定一个新文件夹。")
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}-") as aside:
        made = Path(aside) / "pack"
        (made / "source").mkdir(parents=True)
        if old:
            _carry_over(old, made)
        shutil.copyfile(file, made / "source" / file.name)
        (made / "pack.toml").write_text(tomli_w.dumps(about), encoding="utf-8")
        pack = load_pack(made)
        for name, content in (more(pack) if more else {}).items():
            (made / name).write_text(content, encoding="utf-8")
        if out.exists():
            out.rmdir()
        made.rename(out)
    return load_pack(out)


def _carry_over(old: Pack, made: Path) -> None:
    """All that lies beside the old text: words, rules, form, and documents that are no regulation."""
    for file in sorted(old.path.glob("*.toml")):
        if file.name != "pack.toml":
            shutil.copyfile(file, made / file.name)
    for entry in old.about.documents:
        if entry.id != old.regulation.id:
            (made / entry.file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(old.path / entry.file, made / entry.file)


def pack_id(name: str) -> str:
    """An id that file systems and the vector store accept: ASCII, lower case, hyphens."""
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    return slug or "pack-" + hashlib.sha256(name.encode()).hexdigest()[:8]
