"""An answer while it is being written: statements with citations, plain lines, and what stays open."""

import re
from dataclasses import dataclass, field

from assistant.qa.models import Statement

_MARKER = re.compile(r"\[(\d+)\]")


@dataclass
class Draft:
    """Lines in order. A statement's line shows its text and then its `[n]` markers; a plain line states no law."""

    lines: list[str] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    unsettled: list[str] = field(default_factory=list)

    def say(self, text: str, citations: list[int], prefix: str = "") -> None:
        """Adds an asserting sentence. Said twice with the same support, it stands once."""
        statement = Statement(text=text, citations=sorted(set(citations)))
        if statement in self.statements:
            return
        self.statements.append(statement)
        self.lines.append(prefix + text + "".join(f"[{n}]" for n in statement.citations))

    def plain(self, text: str) -> None:
        if text and text not in self.lines:
            self.lines.append(text)

    def leave_open(self, matter: str) -> None:
        """Names what stays open, which may be in the person's own words: a marker among them is none of ours."""
        matter = _MARKER.sub(r"［\1］", matter)
        if matter not in self.unsettled:
            self.unsettled.append(matter)

    @property
    def markdown(self) -> str:
        """Paragraphs apart, list lines together."""
        text = ""
        for line in self.lines:
            joint = "\n" if line.startswith("- ") and text.rsplit("\n", 1)[-1].startswith("- ") else "\n\n"
            text += (joint if text else "") + line
        return text
