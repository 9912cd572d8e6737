"""Forecasts: who foresaw what, by when, and what became of it."""

from __future__ import annotations

from functools import partial
from operator import attrgetter
from typing import Any, Final

import msgspec

from chancery.outputs.desk import open_wanted
from chancery.web.page import Page
from chancery.web.saying import Asking, Pages
from chancery.web.statements_shown import Foreseen, Said, forecasts_shown, statements_shown
from chancery.web.visit import Visit
from chancery.web.voices_shown import STATES, Count

FORECASTS_PER_PAGE: Final = 50
OPEN_ENDED_SHOWN: Final = 20
"""Of what has no deadline; a link opens the whole list."""
KNOWN: Final = (
    "who", "voice", "from", "to", "report", "state", "overdue", "by", "source", "institution"
)  # fmt: skip


class ForecastList(msgspec.Struct, frozen=True):
    """A stretch of the forecasts, how many there are in all, and how many came to what."""

    rows: list[Foreseen]
    pages: Pages
    counts: tuple[Count, ...]
    href: str


class OpenEnded(msgspec.Struct, frozen=True):
    """What is foretold without a deadline: some of it, how much in all, and the whole list."""

    rows: list[Said]
    total: int
    href: str


def forecasts(visit: Visit) -> Page:
    """Show forecasts, those that the filters let through, by their deadlines."""
    asking = Asking(visit, KNOWN)
    if visit.address.form != "html":
        return _twin(asking)
    facts = {"forecasts": foreseen(asking), "open_ended": open_ended(asking), "asking": asking}
    return Page(template="forecasts.html", facts=facts, **_frame(asking))


def _frame(asking: Asking) -> dict[str, Any]:
    return {
        "title": "Forecasts", "screen": "sources", "command": asking.command("forecasts"),
        "sheet": asking.visit.desk.forecasts(()),
    }  # fmt: skip


def _twin(asking: Asking) -> Page:
    """Return every row, as `chancery forecasts` has them."""
    visit, asked = asking.visit, asking.queries
    outcomes = visit.ledger.outcomes(**asked, **asking.states)
    ids = [one.forecast for one in outcomes]
    own = {name: value for name, value in asked.items() if name in ("report", *SAID)}
    filters = msgspec.structs.replace(
        visit.address.filters, what=(), min=None, as_of=visit.as_of
    )  # fmt: skip
    left_out = visit.desk.undated_left_out(
        partial(visit.ledger.forecasts, **own), filters, attrgetter("deadline")
    )
    return Page(
        template="forecasts.html",
        rows=visit.ledger.forecasts(ids=ids, as_of=visit.as_of),
        note=left_out
        + visit.desk.open_ended_note(asking.get("state"), bool(asking.get("overdue")), asked),
        **{**_frame(asking), "sheet": visit.desk.forecasts(outcomes)},
    )


SAID: Final = ("by", "source", "institution")


def foreseen(asking: Asking, few: int = 0) -> ForecastList:
    """Return the page of forecasts that is asked for, or the `few` that are due first."""
    visit, asked, states = asking.visit, asking.queries, asking.states
    outcomes = partial(visit.ledger.outcomes, **asked, **states)
    begun = outcomes(limit=few or FORECASTS_PER_PAGE)
    list(begun)
    tally = visit.ledger.tally_forecasts(**asked)
    pages = Pages.of(visit, _total(tally, states), few or FORECASTS_PER_PAGE)
    if pages.offset and not few:
        begun = outcomes(limit=pages.size, offset=pages.offset)
    found = {one.forecast: one for one in begun}
    rows = visit.ledger.forecasts(ids=found, as_of=visit.as_of) if found else []
    return ForecastList(
        rows=forecasts_shown(visit, rows, found),
        pages=pages,
        counts=tuple(_counts(asking, tally)),
        href=asking.link("/forecasts"),
    )


def open_ended(asking: Asking, few: int = OPEN_ENDED_SHOWN) -> OpenEnded | None:
    """Return what is foretold without a deadline; none where the address leaves that out.

    Days are of a deadline, which this has not; and its state is open.
    """
    visit, asked = asking.visit, asking.queries
    if asking.get("overdue") or not open_wanted(asking.get("state")):
        return None
    if "since" in asked or "until" in asked:
        return None
    total = visit.ledger.tally_statements(open_ended=True, **asked)
    if not total:
        return None
    rows = visit.ledger.statements(open_ended=True, **asked, limit=few)
    kept = {"report": asking.get("report")} if asking.get("report") else {}
    return OpenEnded(
        statements_shown(visit, rows), total, asking.link("/statements", open_ended=1, **kept)
    )


def _total(tally: dict[str, tuple[int, int]], states: dict[str, Any]) -> int:
    wanted = (states["state"] or "").split(",") if states["state"] else list(tally)
    at = 1 if states["overdue"] else 0
    return sum(tally[state][at] for state in {one.strip() for one in wanted} if state in tally)


def _counts(asking: Asking, tally: dict[str, tuple[int, int]]) -> list[Count]:
    """Count the outcomes of all forecasts but for the state that is asked for."""
    kept = {name: asking.get(name) for name in ("from", "to", "report") if asking.get(name)}
    link = partial(asking.link, "/forecasts", **kept)
    counts = [
        Count(number, state, link(state=state))
        for state, _ in STATES
        if (number := tally.get(state, (0, 0))[0])
    ]
    overdue = tally.get("open", (0, 0))[1]
    late = Count(overdue, "open, overdue", link(state="open", overdue=1))
    return [*counts, *([late] if overdue else [])]
