"""Half-width forms of what people and regulations write in full width."""

_HALF_WIDTH = {c: c - 0xFEE0 for c in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))} | {
    ord("＋"): "+", ord("％"): "%", ord("．"): ".",
}  # fmt: skip


def half_width(text: str) -> str:
    """The text with digits, letters and signs of calculation in half width; length and offsets stay as they are."""
    return text.translate(_HALF_WIDTH)
