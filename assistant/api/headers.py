"""What every response tells a browser not to do with it."""

from collections.abc import Mapping
from typing import ClassVar

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    # The page's own scripts and styles stand in it, so more than this would break it; none of it comes from elsewhere.
    "Content-Security-Policy": "frame-ancestors 'self'; base-uri 'self'; object-src 'none'; form-action 'self'",
    "X-Frame-Options": "SAMEORIGIN",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


class SecurityHeaders:
    """Adds them where a route has not set its own, and takes away what would open the answer to other sites.

    Gradio lets the pages of any site read its answers where the service goes by a name other than localhost: whoever
    has opened such a page would lend it their place in the network. Nothing here is read by other sites' scripts.
    """

    added: ClassVar[Mapping[str, str]] = _ALWAYS

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name in [name for name in headers if name.startswith("access-control-")]:
                    del headers[name]
                for name, value in self.added.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, sent if scope["type"] == "http" else send)


class NoStore(SecurityHeaders):
    """The same for what no cache is to keep: answers, and reports on drafts."""

    added: ClassVar[Mapping[str, str]] = {"Cache-Control": "no-store"}
