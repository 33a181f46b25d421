"""A path that a proxy puts before all addresses, such as /mic: taken off by the proxy, or left as it is."""

from starlette.types import ASGIApp, Receive, Scope, Send


class UnderPath:
    """Makes both the same: what is mounted further in finds its own part only where the path is whole."""

    def __init__(self, app: ASGIApp, root_path: str) -> None:
        self._app, self._root = app, root_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and self._root and not f"{scope['path']}/".startswith(f"{self._root}/"):
            scope["path"] = self._root + scope["path"]
            scope["raw_path"] = self._root.encode() + bytes(scope.get("raw_path") or b"")
        await self._app(scope, receive, send)
