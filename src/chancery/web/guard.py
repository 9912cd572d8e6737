"""Keeps strangers out: who may ask, from where, and what a page may do in the browser.

A page of another site can make a browser send requests to this one, and can have its own name
point at 127.0.0.1 (DNS rebinding). So the `Host` must be one that is served; another than this
computer's asks for the token; and a POST must come from a page of ours (`Origin`) and bring back
the word that only our pages know. Source: OWASP cheat sheets on CSRF and on content security.
"""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from typing import Final
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from chancery.web.address import Address

POLICY: Final = "; ".join((
    "default-src 'self'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:",
    "connect-src 'self'", "object-src 'none'", "base-uri 'none'", "form-action 'self'",
    "frame-ancestors 'none'",
))  # fmt: skip
HEADERS: Final = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
}
OWN_HOSTS: Final = frozenset({"127.0.0.1", "localhost", "[::1]"})
COOKIE: Final = "chancery"
MOST_BODY: Final = 1 << 20
"""Bytes of a POST."""

Answer = Callable[[Request], Awaitable[Response]]


class Guard:
    """Lets a request through, or says why not; gives every answer its headers."""

    def __init__(self, token: str | None, hosts: frozenset[str] = OWN_HOSTS) -> None:
        self._token = token
        self._hosts = hosts

    async def __call__(self, request: Request, answer: Answer) -> Response:
        """Answer a request, or refuse it."""
        response = self._refuse(request) or await answer(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if not request.url.path.startswith("/static/"):
            response.headers.setdefault("cache-control", "no-store")
        return response

    def _refuse(self, request: Request) -> Response | None:
        host = request.headers.get("host", "")
        name = host if host.endswith("]") else host.rpartition(":")[0] or host
        if not self._token and name not in self._hosts:
            return PlainTextResponse("this host is not served here", 421)
        if self._token and not self._knows_token(request):
            return self._ask_token(request)
        if request.method not in ("GET", "HEAD", "POST"):
            return PlainTextResponse("only GET and POST are known here", 405)
        if request.method == "POST":
            return self._refuse_post(request, host)
        return None

    def _refuse_post(self, request: Request, host: str) -> Response | None:
        origin = request.headers.get("origin") or request.headers.get("referer") or ""
        if urlsplit(origin).netloc != host:
            return PlainTextResponse("a form of another site is not taken", 403)
        length = request.headers.get("content-length", "")
        if not length.isdigit() or int(length) > MOST_BODY:
            return PlainTextResponse("too much was sent", 413)
        return None

    def _knows_token(self, request: Request) -> bool:
        told = request.cookies.get(COOKIE, "")
        return hmac.compare_digest(told.encode(), (self._token or "").encode())

    def _ask_token(self, request: Request) -> Response:
        """Take the token from the address, once, and keep it in a cookie that no script sees."""
        address = Address.read(request.url.path, request.url.query)
        told = address.get("token").encode()
        if request.method != "GET" or not hmac.compare_digest(told, (self._token or "").encode()):
            return PlainTextResponse("this ledger is open to those who have its token", 401)
        response = RedirectResponse(str(address.with_(token=None)), 303)
        response.set_cookie(COOKIE, self._token or "", httponly=True, samesite="strict")
        return response
