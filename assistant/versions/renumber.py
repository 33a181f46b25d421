"""The addresses in a pack's files, carried over to the next version of its text."""

import re

from assistant.law.pack import Pack
from assistant.versions.compare import compare_texts
from assistant.versions.correspondence import Correspondence

_FILES = ("rules.toml", "form.toml")
_PROVISION = re.compile(r'^(provision = ")([a-z0-9_.-]+)(")', re.MULTILINE)


def renumbered_files(old: Pack, new: Pack) -> dict[str, str]:
    """The old pack's rules and form with every `provision` where it stands in the new text; nothing else is changed.

    Whether the words behind it still carry a rule is left to the rulebook. A provision that is gone stays as it was.
    """
    entries = compare_texts(old.regulation, new.regulation)
    found = Correspondence(old.regulation, new.regulation, entries)

    def moved(match: re.Match[str]) -> str:
        return match[1] + (found.new_locator(match[2]) or match[2]) + match[3]

    texts = {name: (old.path / name) for name in _FILES if (old.path / name).is_file()}
    return {name: _PROVISION.sub(moved, file.read_text(encoding="utf-8")) for name, file in texts.items()}
