"""The screens: which function makes the page of which address.

A page function takes the visit and the names in the address's path, and gives a `Page`, a `Moved`,
or a response of its own (a file). Each is loaded when first asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any, Final, TypeAlias

import msgspec
from starlette.responses import Response

from chancery.web.page import Moved, NotFound, Page
from chancery.web.visit import Visit

Made: TypeAlias = Page | Moved | Response


class Screen(msgspec.Struct, frozen=True):
    """Where a page function is, and how many names its address has after its own."""

    home: str
    called: str
    names: tuple[int, ...] = (0,)


PAGES: Final[dict[str, Screen]] = {
    "": Screen("chronology", "first_page"),
    "chronology": Screen("chronology", "chronology"),
    "happening": Screen("happening", "happening", (1,)),
    "add": Screen("adding", "add"),
    "reports": Screen("reports", "reports"),
    "report": Screen("report", "report", (1, 2)),
    "relations": Screen("relations", "relations", (0, 1)),
    "sources": Screen("sources", "sources"),
    "source": Screen("sources", "source", (1,)),
    "voice": Screen("voices", "voice", (1,)),
    "statements": Screen("statements", "statements"),
    "forecasts": Screen("forecasts", "forecasts"),
    "review": Screen("review", "review", (0, 1)),
    "decisions": Screen("decisions", "decisions"),
    "brief": Screen("brief", "brief", (0, 1)),
    "search": Screen("search", "search"),
    "diff": Screen("diff", "diff"),
    "export": Screen("export", "export", (0, 1)),
    "chart": Screen("relations", "chart", (1,)),
    "news": Screen("news", "news"),
    "doing": Screen("work", "work", (1,)),
    "openapi": Screen("openapi", "openapi"),
    "help": Screen("help", "help_page"),
    "limits": Screen("help", "limits"),
}


def page_of(visit: Visit) -> Made:
    """Return the page that an address names; raises `NotFound` where there is none."""
    first, *names = visit.address.path.strip("/").split("/")
    screen = PAGES.get(first)
    if screen is None or len(names) not in screen.names or not all(names):
        raise NotFound(f"no page {visit.address.path!r}", hint="the row of screens leads to all")
    made: Made = _function(screen)(visit, *names)
    return made


def _function(screen: Screen) -> Callable[..., Any]:
    function: Callable[..., Any] = getattr(
        import_module(f"chancery.web.pages.{screen.home}"), screen.called
    )
    return function
