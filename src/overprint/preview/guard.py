"""Who may ask: only the page that we serve ourselves, known by its token, its Host and its Origin."""

from __future__ import annotations

import hmac
import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; "
    "frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
BOOK_POLICY = (
    "sandbox allow-same-origin; default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
"""For what comes from the manuscript. It never runs: without `allow-same-origin` its own pictures would be foreign."""
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Guard:
    """Lets through what our own page asks, with the token taken off the path; all else gets an empty refusal."""

    def __init__(self, app: ASGIApp, token: str, port: int) -> None:
        """Guard `app`, which is served at this port of 127.0.0.1."""
        self._app, self._token = app, token
        self._host = f"127.0.0.1:{port}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return

        async def safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        if refused := self._refused(scope):
            await Response(status_code=refused)(scope, receive, safely)
            return
        path = scope["path"][len(self._token) + 1 :]
        await self._app({**scope, "path": path, "raw_path": path.encode()}, receive, safely)

    def _refused(self, scope: Scope) -> int:
        """Return the status of a refusal, 0 where there is none."""
        headers = Headers(scope=scope)
        origins = headers.getlist("origin")
        if headers.getlist("host") != [self._host] or any(each != f"http://{self._host}" for each in origins):
            return 403
        # Other pages of this machine are foreign as well.
        if headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}:
            return 403
        if scope["method"] == "POST" and not origins:
            return 403
        found = re.match(r"/([^/]*)/", scope["path"])
        return 0 if found and hmac.compare_digest(found[1].encode(), self._token.encode()) else 404
