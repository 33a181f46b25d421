"""Files, folders and zips -> the drafts in them, each with the name it goes by in the reports."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.errors import UnreadableFileError
from assistant.files.archives import unpack
from assistant.files.limits import Limits
from assistant.precheck.printable import one_sentence, printable

# What programs leave beside the drafts: lock files, previews, folder settings.
_LITTER_PREFIXES = (".", "~$", ".~")
_LITTER = frozenset({"thumbs.db", "desktop.ini", "__macosx"})


@dataclass(frozen=True, slots=True)
class Input:
    """One draft to check. `error` says why it cannot even be opened, such as a broken zip; else it is ""."""

    path: Path
    name: str
    error: str = ""


def gather(paths: Sequence[Path], workspace: Path, limits: Limits, left_out: Iterable[Path] = ()) -> list[Input]:
    """All drafts at `paths` in a fixed order: as given, folders by name; zips are unpacked into `workspace`.

    `left_out`: files and folders that are no drafts, such as the reports of this run. A path that does
    not exist is an input that cannot be read.
    """
    skipped = {path.resolve() for path in left_out}
    found: list[Input] = []
    for path in paths:
        if path.is_dir():
            prefix = f"{shown(path.resolve().name)}/" if len(paths) > 1 else ""
            found += [
                one
                for file in _files_in(path, skipped)
                for one in _inputs(file, prefix + shown(file.relative_to(path).as_posix()), workspace, limits)
            ]
        else:
            found += _inputs(path, shown(path.name), workspace, limits)
    return _told_apart(found)


def shown(name: str) -> str:
    """A file's name as words; bytes that are no UTF-8 are taken for GB18030, as old Windows programs write them."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        name = os.fsencode(name).decode("gb18030", errors="replace")
    return printable(name)


def _files_in(folder: Path, skipped: set[Path]) -> Iterator[Path]:
    for root, folders, names in os.walk(folder):
        here = Path(root)
        folders[:] = sorted(n for n in folders if not _is_litter(n) and (here / n).resolve() not in skipped)
        for name in sorted(names):
            file = here / name
            if not _is_litter(name) and file.is_file() and file.resolve() not in skipped:
                yield file


def _is_litter(name: str) -> bool:
    return name.startswith(_LITTER_PREFIXES) or name.lower() in _LITTER


def _inputs(file: Path, name: str, workspace: Path, limits: Limits) -> list[Input]:
    if not file.is_file():
        return [Input(file, name, "找不到这个文件；请检查路径。")]
    if file.suffix.lower() != ".zip":
        return [Input(file, name)]
    target = workspace / f"zip-{len(list(workspace.iterdir()))}"
    target.mkdir()
    try:
        members = unpack(file, target, limits)
    except UnreadableFileError as error:
        return [Input(file, name, one_sentence(error))]
    return [Input(member.path or file, f"{name}/{printable(member.name)}", member.error) for member in members]


def _told_apart(inputs: list[Input]) -> list[Input]:
    """Of inputs with one and the same name all but the first get a number."""
    seen: Counter[str] = Counter()
    told = []
    for one in inputs:
        seen[one.name] += 1
        told.append(one if seen[one.name] == 1 else replace(one, name=f"{one.name}（{seen[one.name]}）"))
    return told
