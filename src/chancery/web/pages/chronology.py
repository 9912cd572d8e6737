"""Screen (a): the chronology with its evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

import msgspec

from chancery.errors import UsageError
from chancery.model import Cite, Happening
from chancery.outputs.sheet import Sheet
from chancery.outputs.words import counted, date_words, listed
from chancery.web.evidence import Pane, decision_shown, pane_of
from chancery.web.filters import Chip, bar_of, command_words, loosened
from chancery.web.listing import DENSITIES, GROUPS, ORDERS, Group, Listing, Wish
from chancery.web.owned import OwnRow, dated_own, rows_of_year, undated_own, with_own
from chancery.web.page import Moved, Page
from chancery.web.shown import Row, rows_shown
from chancery.web.strip import Strip, draw
from chancery.web.tips import with_tips
from chancery.web.visit import Visit

Shown = Row | OwnRow
LEAVES: Final = {"page": None, "at": None, "done": None}
"""Fields that no longer hold once rows are asked for in another way."""


class Option(msgspec.Struct, frozen=True):
    """One way to look at the list, with its address."""

    words: str
    href: str
    chosen: bool


class Pager(msgspec.Struct, frozen=True):
    """Which rows these are, and where the others are."""

    words: str
    before: str
    after: str


class Undated(msgspec.Struct, frozen=True):
    """The drawer of rows without a day: they are never on the axis."""

    words: str
    rows: Sequence[Shown]
    more: str
    open: bool


class Note(msgspec.Struct, frozen=True):
    """A numbered quotation under a printed list."""

    number: int
    words: str
    source: str
    published: str
    place: str
    href: str


class Empty(msgspec.Struct, frozen=True):
    """What was searched where nothing matches, and what could be dropped."""

    title: str
    searched: str
    loosen: list[Chip]


def first_page(visit: Visit) -> Moved:
    """Lead to the chronology."""
    return Moved(visit.links.to("/chronology"))


def chronology(visit: Visit) -> Page:
    """Show happenings by day, those that the filters let through, with the evidence of one."""
    wish = Wish.of(visit.address)
    facts = _facts(visit, wish) if visit.address.form == "html" else {}
    filters = visit.address.filters
    picked: dict[str, Any] = {"ids": list(wish.ids)} if wish.ids else {}
    found = visit.ledger.happenings(**visit.asked, **picked, order=wish.order)
    told: tuple[Sequence[Any], Sheet[Any]] = found, visit.desk.happenings
    if wish.own:
        told = visit.desk.with_own(found, filters)
    before = ["chron", *(["--own"] if wish.own else [])]
    if wish.order != "date":
        before += ["--sort", wish.order]
    return Page(
        template="chronology.html",
        title="Chronology",
        screen="chronology",
        facts=facts,
        rows=told[0],
        sheet=told[1],
        note=_left_out(visit),
        command="" if wish.ids else command_words(filters, *before),
        scripts=("chronology.js",),
    )


def _left_out(visit: Visit) -> str:
    if visit.address.form == "html":
        return ""
    return visit.desk.undated_left_out(visit.ledger.happenings, visit.address.filters)


def _facts(visit: Visit, wish: Wish) -> dict[str, Any]:
    listing = Listing(visit, wish)
    found = [*(row for _, some in listing.sections for row in some), *listing.undated]
    worded = rows_shown(visit, found)
    if listing.offset == 0:
        worded = with_tips(visit, worded, found)
    shown = {row.id: row for row in worded}
    sections = list(_sections(visit, wish, listing, shown))
    undated = _undated(visit, listing, shown)
    rows = [row for _, some in sections for row in some if isinstance(row, Row)]
    chosen = visit.address.get("sel")
    selected, pane = _pane(visit, wish, chosen, found)
    notes: list[Note] = []
    if wish.density == "newspaper":
        sections, undated, notes = _noted(visit, listing, sections, undated)
    return {
        "filters": bar_of(visit) if visit.room else None,
        "density": wish.density,
        "count_words": _count_words(listing, sections),
        "switches": _switches(visit, wish),
        "own_switch": _own_switch(visit, wish),
        "picked": counted(len(wish.ids), "picked row") if wish.ids else "",
        "unpicked": str(visit.address.with_(**{**LEAVES, "id": None})),
        "strip": _strip(visit, listing),
        "sections": sections,
        "undated": undated,
        "pager": _pager(visit, wish, listing),
        "notes": notes,
        "chosen": chosen,
        "selected": selected,
        "pane": pane,
        "back": str(visit.address.with_(sel=selected, done=None)),
        "merge_href": visit.links.to(f"/happening/{selected}", merge=1) if pane else "",
        "merging": None,
        "empty": None if rows or undated else _empty(visit),
        "done": done_of(visit),
    }


# The list -----------------------------------------------------------------------------------------


def _sections(
    visit: Visit, wish: Wish, listing: Listing, shown: Mapping[str, Row]
) -> Iterator[tuple[Group | None, list[Shown]]]:
    own = wish.own and wish.order == "date" and not wish.ids
    together: list[Shown] = []
    if own and not listing.in_groups:
        first = listing.offset == 0
        together = with_own(visit, listing.rows, shown, listing.next_row, first=first)
    for group, found in listing.sections:
        rows: list[Shown] = [shown[row.id] for row in found]
        if together:
            rows = rows_of_year(together, found) if group else together
        yield group, rows
    if own and listing.in_groups and wish.page == 1 and (entries := dated_own(visit)):
        yield Group("✎ own knowledge, not counted", len(entries)), list(entries)


def _count_words(listing: Listing, sections: Sequence[tuple[Group | None, list[Shown]]]) -> str:
    own = sum(isinstance(row, OwnRow) for _, rows in sections for row in rows)
    return listed((
        f"{listing.dated_count:,} dated",
        f"{listing.undated_count:,} undated" if listing.undated_count else "",
        f"{own:,} of one's own, not counted" if own else "",
    ))  # fmt: skip


def _switches(visit: Visit, wish: Wish) -> dict[str, list[Option]]:
    ways = {
        "density": (wish.density, {name: name for name in DENSITIES}),
        "group": (wish.group, {name: name for name in GROUPS}),
        "sort": (wish.order, dict(ORDERS)),
    }
    return {
        name: [
            Option(words, str(visit.address.with_(**{**LEAVES, name: value if place else None})),
                   value == chosen)
            for place, (value, words) in enumerate(known.items())
        ]
        for name, (chosen, known) in ways.items()
    }  # fmt: skip


def _own_switch(visit: Visit, wish: Wish) -> Option | None:
    if wish.own:
        return Option("Leave out own knowledge", str(visit.address.with_(own=None)), True)
    if not any(one.about.startswith("own:") for one in visit.ledger.decisions(as_of=visit.as_of)):
        return None
    return Option("Show own knowledge", str(visit.address.with_(own="1")), False)


def _pager(visit: Visit, wish: Wish, listing: Listing) -> Pager | None:
    """Lead to the rows before and after, as of the snapshot that this list was begun on."""
    if listing.page_count < 2 and wish.page == 1:
        return None
    here = visit.address.with_(sel=None, done=None)
    at = None if visit.pinned else visit.as_of
    before = here.with_(page=wish.page - 1 if wish.page > 2 else None, at=at)
    after = here.with_(page=wish.page + 1, at=at)
    return Pager(
        words=listing.place_words,
        before=str(before) if wish.page > 1 else "",
        after=str(after) if wish.page < listing.page_count else "",
    )


def _undated(visit: Visit, listing: Listing, shown: Mapping[str, Row]) -> Undated | None:
    count = listing.undated_count
    own = undated_own(visit) if listing.wish.own else []
    if not count and not own:
        return None
    rows = [shown[row.id] for row in listing.undated]
    named = ", ".join(f"{row.pair} {row.phrase}" for row in rows[:3])
    hidden = count - len(rows)
    return Undated(
        words=f"{count:,} undated{': ' if named else ''}{named}{' …' if count > 3 else ''}",
        rows=[*rows, *own],
        more=f"{hidden:,} more: narrow the filters, or take the .csv" if hidden else "",
        open=listing.wish.density == "newspaper"
        or not listing.dated_count
        or visit.address.get("sel") in {row.id for row in rows},
    )


def _strip(visit: Visit, listing: Listing) -> Strip | None:
    def link(first: date | None, last: date | None) -> str:
        days = {"from_": first and first.isoformat(), "to": last and last.isoformat()}
        given = {name: value for name, value in days.items() if value}
        return str(visit.address.with_(**{**LEAVES, "sel": None, **given}))

    few = listing.page_count == 1 and not listing.in_groups
    return draw(listing.along, link, [row.when for row in listing.rows] if few else ())


def _empty(visit: Visit) -> Empty:
    known = visit.coverage
    years = ""
    if known.first and known.last:
        years = f", {known.first.year}–{known.last.year}"
    searched = f"{counted(known.report_count, 'report')} were searched{years}."
    if known.report_count == 1:
        searched = searched.replace("were", "was")
    return Empty("No happenings match.", searched, loosened(visit))


# The pane -----------------------------------------------------------------------------------------


def _pane(
    visit: Visit, wish: Wish, name: str, rows: Sequence[Happening]
) -> tuple[str, Pane | None]:
    """Return the evidence of the row that is open, else of the first.

    One that is not there leaves the pane empty.
    """
    if wish.density == "newspaper" or not (name or rows):
        return "", None
    found = next((row for row in rows if row.id == name or not name), None)
    try:
        found = found or visit.ledger.happening(name, as_of=visit.as_of)
    except UsageError:
        return "", None
    return found.id, pane_of(visit, found)


def done_of(visit: Visit) -> Any:
    """Return the decision that was just taken, in words; none where the address names none."""
    name = visit.address.get("done")
    if not name:
        return None
    made = (one for one in visit.ledger.decisions() if one.id == name)
    return next(map(decision_shown, made), None)


# The printed list ---------------------------------------------------------------------------------


def _noted(
    visit: Visit,
    listing: Listing,
    sections: Sequence[tuple[Group | None, list[Shown]]],
    undated: Undated | None,
) -> tuple[list[tuple[Group | None, list[Shown]]], Undated | None, list[Note]]:
    """Number the rows, and return the leading quotation of each as a note."""
    happenings = [*(row for _, some in listing.sections for row in some), *listing.undated]
    cites = _leading_cites(visit, happenings)
    notes: list[Note] = []

    def numbered(row: Shown) -> Shown:
        cite = cites.get(row.id)
        if cite is None or isinstance(row, OwnRow):
            return row
        notes.append(_note(visit, len(notes) + 1, cite))
        return msgspec.structs.replace(row, note=len(notes))

    with_notes = [(group, [numbered(row) for row in rows]) for group, rows in sections]
    if undated:
        undated = msgspec.structs.replace(undated, rows=[numbered(row) for row in undated.rows])
    return with_notes, undated, notes


def _leading_cites(visit: Visit, rows: Sequence[Happening]) -> dict[str, Cite]:
    """Return the leading quotation of each happening, by its id."""
    evidence = visit.desk.evidence
    evidence.prepare(rows, words=False, quotes=True)
    return {row.id: cites[0] for row in rows if (cites := evidence.quotes(row))}


def _note(visit: Visit, number: int, cite: Cite) -> Note:
    return Note(
        number=number,
        words=cite.words,
        source=cite.source or "no outlet named",
        published=date_words(cite.published),
        place=f"¶{cite.paragraph} · chars {cite.span.start}–{cite.span.end}",
        href=visit.links.cite(cite),
    )
