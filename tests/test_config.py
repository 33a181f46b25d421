"""Settings that are wrong are told in words, by the name of the variable."""

import pytest

from assistant.config import load_settings
from assistant.errors import SettingsError


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("MIC_RECORDS", "foo", "应为 'on', 'off' 或 'required'"),
        ("MIC_MAX_PAGES", "many", "应为整数"),
        ("MIC_MAX_PAGES", "0", "应不小于 1"),
        ("MIC_MAX_PAGES", "99999", "应不大于 2000"),
        ("MIC_LOG_ADDRESSES", "perhaps", "应为 true 或 false"),
        ("MIC_LLM_TIMEOUT_SECONDS", "0", "应大于 0"),
        ("MIC_LLM_BASE_URL", "ftp://x", "应以 http:// 或 https:// 开头"),
        ("MIC_ROOT_PATH", "mic", "格式不对"),
    ],
)
def test_a_wrong_setting_is_told_in_chinese(monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=f"{name} 的值不对：{told}"):
        load_settings()
