"""Who may use the programs' interface, how often, and with how large a request; decided before a body is read.

With a key made, a key is needed. Without any, programs on this machine may ask, and nobody else.
"""

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.api.body_limit import TOO_LARGE, counted, declared
from assistant.api.keys import ApiKey, KeyRing
from assistant.api.locality import client_address, is_local
from assistant.api.problems import problem
from assistant.errors import SettingsError

logger = logging.getLogger(__name__)

_NO_KEY = "需要密钥：请在 Authorization: Bearer 中给出管理员发放的密钥。"
_WRONG_KEY = "密钥不对或已作废；请向管理员重新申请。"
_NOT_LOCAL = "接口还没有发放密钥，只接受本机直接访问；请管理员用 mic keys add 发放密钥。"
TOO_OFTEN = "请求过于频繁；请在{seconds}秒后再试。"
# In the scope of a request that was let through: counts work of a heavy kind for whoever asks, where that does not
# show in the address, and returns the seconds to wait; 0 if it may be done.
COUNT = "mic.count"
PRECHECK = "/precheck"


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many requests a client may make in a minute, and how many bytes one may have.

    `heavy`: of paths that end so, such as `/precheck`, the same where it is another.
    """

    per_minute: int
    body_bytes: int
    heavy: Mapping[str, "Allowance"] = field(default_factory=dict)


class Porter:
    """Knows the keys, and how often each client has come; all gates of a service share one."""

    def __init__(self, keys: KeyRing) -> None:
        self.keys = keys
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def wait_seconds(self, client: str, kind: str, per_minute: int) -> int:
        """Counts a request. In how many seconds the client may come again; 0 if it may now."""
        item = RateLimitItemPerMinute(per_minute)
        if self._limiter.hit(item, client, kind):
            return 0
        reset, _ = self._limiter.get_window_stats(item, client, kind)
        return max(1, int(reset - time.time()) + 1)


class Gate:
    """Stands before an ASGI application and lets through whom it may."""

    def __init__(self, app: ASGIApp, porter: Porter, allowance: Allowance) -> None:
        self._app, self._porter, self._allowance = app, porter, allowance

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        refusal = self._refusal(scope)
        if refusal:
            await refusal(scope, receive, send)
            return
        allowed = self._allowed(scope)[1]
        await self._app(scope, counted(receive, allowed.body_bytes), send)

    def _refusal(self, scope: Scope) -> Response | None:
        """Why a request is not let through; None if it is."""
        headers = Headers(scope=scope)
        secret = _bearer(headers)
        try:
            key = self._porter.keys.holder(secret) if secret else None
            is_open = self._porter.keys.is_empty
        except SettingsError:
            logger.error("the key file cannot be read")
            return problem(503, "服务暂时不可用；请联系管理员。")
        late = self._too_often(scope, key)
        if late:
            return problem(429, TOO_OFTEN.format(seconds=late), headers={"Retry-After": str(late)})
        if key is None and not (is_open and is_local(scope)):
            if is_open:
                return problem(403, _NOT_LOCAL)
            return problem(401, _WRONG_KEY if secret else _NO_KEY, headers={"WWW-Authenticate": "Bearer"})
        scope[COUNT] = lambda kind: self._porter.wait_seconds(
            _client(scope, key), kind, self._allowance.heavy[kind].per_minute
        )
        limit = self._allowed(scope)[1].body_bytes
        if declared(headers) > limit:
            return problem(413, TOO_LARGE.format(limit=limit), headers={"Connection": "close"})
        return None

    def _too_often(self, scope: Scope, key: ApiKey | None) -> int:
        kind, allowed = self._allowed(scope)
        own = key.per_minute if key and not kind else None
        return self._porter.wait_seconds(_client(scope, key), kind, own or allowed.per_minute)

    def _allowed(self, scope: Scope) -> tuple[str, Allowance]:
        path = str(scope["path"]).rstrip("/")
        kind = next((ending for ending in self._allowance.heavy if path.endswith(ending)), "")
        return kind, self._allowance.heavy[kind] if kind else self._allowance


def _client(scope: Scope, key: ApiKey | None) -> str:
    return f"key:{key.sha256[:16]}" if key else f"address:{client_address(scope)}"


def _bearer(headers: Headers) -> str:
    scheme, _, secret = headers.get("authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else ""
