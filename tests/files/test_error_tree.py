"""Every expected error says what is wrong, what to do, and with which code a command ends."""

import pytest

from assistant import errors
from assistant.errors import MicError


def test_str_joins_message_and_hint() -> None:
    error = errors.UnreadableFileError("文件是空的。", "请重新下载。")
    assert (error.message, error.hint, str(error)) == (
        "文件是空的。",
        "请重新下载。",
        "文件是空的。请重新下载。",
    )
    assert str(MicError("只有一句。")) == "只有一句。"


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (errors.UnreadableFileError, 1),
        (errors.UsageError, 2),
        (errors.SettingsError, 3),
        (errors.PackError, 3),
        (errors.SearchIndexError, 3),
        (errors.QuoteError, 3),
    ],
)
def test_exit_codes(kind: type[MicError], code: int) -> None:
    with pytest.raises(MicError) as caught:
        raise kind("坏了。")
    assert caught.value.exit_code == code
