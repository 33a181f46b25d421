"""Makes a pack out of another regulation's text, ready to be asked."""

import hashlib
import re
import shutil
import tempfile
from pathlib import Path

import tomli_w

from assistant.errors import UsageError
from assistant.files.source_text import read_source
from assistant.law.canonical import canonical_text
from assistant.law.pack import Pack, load_pack
from assistant.law.parser import parse_regulation
from assistant.law.types import LegalStatus


def new_pack(file: Path, out: Path, title: str = "") -> Pack:
    """Writes a pack for `file` into the new folder `out` and returns it loaded.

    The source is copied byte for byte. The pack is made aside and moved into place, so that a failure leaves
    nothing behind. Raises UsageError if `out` already holds something, UnreadableFileError if `file` has no text.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise UsageError(f"{out} 已存在且不为空", "请用 --out 指定一个新文件夹。")
    text, _ = canonical_text(read_source(file))
    parsed = parse_regulation(text)
    name = title or parsed.title or file.stem
    status = LegalStatus.DRAFT_FOR_COMMENT if "征求意见稿" in text[:400] + name else LegalStatus.UNKNOWN
    about = {
        "id": pack_id(out.name),
        "title": name,
        "issuer": "",
        "status": status.value,
        "version": "征求意见稿" if status is LegalStatus.DRAFT_FOR_COMMENT else "",
        "language": "zh-CN",
        "published": "",
        "effective": "",
        "documents": [
            {
                "id": "measures",
                "file": f"source/{file.name}",
                "title": name,
                "authority": "regulation",
                "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
            }
        ],
    }
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}-") as aside:
        made = Path(aside) / "pack"
        (made / "source").mkdir(parents=True)
        shutil.copyfile(file, made / "source" / file.name)
        (made / "pack.toml").write_text(tomli_w.dumps(about), encoding="utf-8")
        load_pack(made)
        if out.exists():
            out.rmdir()
        made.rename(out)
    return load_pack(out)


def pack_id(name: str) -> str:
    """An id that file systems and the vector store accept: ASCII, lower case, hyphens."""
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    return slug or "pack-" + hashlib.sha256(name.encode()).hexdigest()[:8]
