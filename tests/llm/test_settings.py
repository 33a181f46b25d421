"""The settings of the endpoint: off by default, and a key that shows nowhere."""

import pytest

from assistant.config import Settings, load_settings
from assistant.errors import SettingsError

KEY = "sk-0123456789"


def test_there_is_no_model_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BASE_URL", "MODEL", "API_KEY", "TIMEOUT_SECONDS"):
        monkeypatch.delenv(f"MIC_LLM_{name}", raising=False)
    settings = Settings()
    assert (settings.llm_base_url, settings.llm_model, settings.llm_api_key.get_secret_value()) == ("", "", "")


def test_the_environment_sets_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIC_LLM_BASE_URL", " http://127.0.0.1:8080/v1/ ")
    monkeypatch.setenv("MIC_LLM_MODEL", "qwen3:4b")
    monkeypatch.setenv("MIC_LLM_API_KEY", KEY)
    monkeypatch.setenv("MIC_LLM_TIMEOUT_SECONDS", "2.5")
    settings = load_settings()
    assert settings.llm_base_url == "http://127.0.0.1:8080/v1"
    assert settings.llm_timeout_seconds == 2.5
    assert settings.llm_api_key.get_secret_value() == KEY
    assert KEY not in repr(settings) + str(settings) + settings.model_dump_json()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BASE_URL", "127.0.0.1:8080"),
        ("BASE_URL", "file:///etc/passwd"),
        ("BASE_URL", f"http://user:{KEY}@host/v1"),
        ("BASE_URL", f"http://host/v1?key={KEY}"),
        ("BASE_URL", f"http://host/v1#{KEY}"),
        ("BASE_URL", "http://host:port/v1"),
        ("MODEL", f"<b>{KEY}"),
        ("TIMEOUT_SECONDS", "0"),
        ("TIMEOUT_SECONDS", "601"),
        ("TIMEOUT_SECONDS", KEY),
    ],
)
def test_a_wrong_value_is_named_and_not_repeated(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"MIC_LLM_{name}", value)
    with pytest.raises(SettingsError, match=f"MIC_LLM_{name}") as error:
        load_settings()
    assert KEY not in str(error.value) + str(error.value.__cause__)
