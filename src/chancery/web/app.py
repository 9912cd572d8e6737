"""Serves the pages: an address becomes a visit, a visit a page, a page its form.

Page functions are plain Python and run in threads; the ledger is read as of the snapshot that each
visit pins, so that reading new reports never disturbs an open page.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from http import HTTPStatus
from importlib import resources
from typing import Any, Final

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from chancery.errors import ChanceryError, LedgerDamaged, LedgerLocked, UsageError
from chancery.web.address import Address
from chancery.web.guard import OWN_HOSTS, Guard
from chancery.web.page import Moved, NotFound, Page
from chancery.web.render import MEDIA, html, render
from chancery.web.room import Room
from chancery.web.settle import settle
from chancery.web.signing import COOKIE, KEPT_SECONDS, cookie_of, name_in

log = logging.getLogger("chancery.web")

PORTION: Final = 1 << 16
"""Characters of a long answer that are sent at once."""
STATUS: Final = {
    NotFound: HTTPStatus.NOT_FOUND,
    UsageError: HTTPStatus.BAD_REQUEST,
    LedgerLocked: HTTPStatus.CONFLICT,
    LedgerDamaged: HTTPStatus.SERVICE_UNAVAILABLE,
    ChanceryError: HTTPStatus.UNPROCESSABLE_ENTITY,
}
"""What an error is called in HTTP; the first that fits counts."""


def make_app(room: Room, hosts: frozenset[str] = OWN_HOSTS) -> Starlette:
    """Make the application that serves one ledger."""
    guard = Guard(room.token, hosts)

    class Guarded(BaseHTTPMiddleware):
        async def dispatch(self, request: Request, call_next: RequestResponseEndpoint) -> Response:
            return await guard(request, call_next)

    async def look(request: Request) -> Response:
        who = name_in(request.cookies)
        return await run_in_threadpool(_look, room, request.url.path, request.url.query, who)

    async def act(request: Request) -> Response:
        form = {
            key: value for key, value in (await request.form()).items() if isinstance(value, str)
        }
        who = name_in(request.cookies)
        return await run_in_threadpool(_act, room, request.url.path, request.url.query, form, who)

    static = StaticFiles(directory=str(resources.files("chancery.web") / "static"))
    app = Starlette(
        routes=[
            Mount("/static", static, name="static"),
            Route("/{path:path}", look, methods=["GET"]),
            Route("/{path:path}", act, methods=["POST"]),
        ]
    )
    app.add_middleware(Guarded)
    return app


def _look(room: Room, path: str, query: str, who: str) -> Response:
    try:
        address = Address.read(path, query)
        visit = room.visit(address, who)
        page = room.patience.page_of(visit)
        if isinstance(page, Response):
            return page
        if isinstance(page, Moved):
            return RedirectResponse(page.to, page.status)
        pieces = render(page, visit)
    except ChanceryError as error:
        return _refusal(room, path, error)
    return _answer(pieces, address.form, page.status)


def _act(room: Room, path: str, query: str, form: dict[str, str], who: str) -> Response:
    try:
        address = Address.read(path, query)
        visit = room.visit(address, who)
        done = settle(room, visit, form)
        if isinstance(done, Moved):
            return _moved(done)
        return _answer(render(done, visit), address.form, done.status)
    except ChanceryError as error:
        return _refusal(room, path, error)


def _moved(done: Moved) -> Response:
    response = RedirectResponse(done.to, HTTPStatus.SEE_OTHER)
    if done.signed:
        response.set_cookie(
            COOKIE, cookie_of(done.signed), max_age=KEPT_SECONDS, httponly=True, samesite="strict"
        )
    return response


def _answer(pieces: Iterable[str], form: str, status: int) -> Response:
    media = MEDIA[form]
    if isinstance(pieces, list):
        return Response(
            "".join(pieces).encode("utf-8", "backslashreplace"), status, media_type=media
        )
    return StreamingResponse(_portions(pieces), status, media_type=media)


def _portions(pieces: Iterable[str]) -> Iterator[bytes]:
    """Give what is to be sent a good deal at once: each portion takes a thread's turn."""
    held, size = [], 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size >= PORTION:
            yield "".join(held).encode("utf-8", "backslashreplace")
            held, size = [], 0
    yield "".join(held).encode("utf-8", "backslashreplace")


def _refusal(room: Room, path: str, error: ChanceryError) -> Response:
    """Say what is wrong and what to do, on a page that has the same frame as all others."""
    status = next(code for kind, code in STATUS.items() if isinstance(error, kind))
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        log.error("%s: %s", path, error)
    visit = room.visit(Address("/error"))
    facts: dict[str, Any] = {"message": error.message, "hint": error.hint}
    page = Page(template="error.html", title="Not found" if status == 404 else "Not possible",
                facts=facts, status=status)  # fmt: skip
    return _answer([html(page, visit)], "html", status)
