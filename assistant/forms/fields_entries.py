"""Entries of a json draft that stand as a list of names and values: {"name": "中心名称", "value": "…"}."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.files.content import Entry
from assistant.forms.fields_headings import Role, role_of


def named_entries(entries: Sequence[Entry]) -> Iterator[Entry]:
    """The entries; of those that are a name and its value, one that is called by the name."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.name.rpartition(".")[0], []).append(entry)
    for above, group in groups.items():
        roles = {id(entry): role_of(entry.name.rpartition(".")[2]) for entry in group}
        names = [entry for entry in group if (role := roles[id(entry)]) is not None and role[0] is Role.LABEL]
        values = [entry for entry in group if (role := roles[id(entry)]) is not None and role[0] is Role.VALUE]
        if above and len(names) == len(values) == 1 and isinstance(names[0].value, str) and names[0].value.strip():
            yield replace(values[0], name=names[0].value.replace(".", " "))
        else:
            yield from group
