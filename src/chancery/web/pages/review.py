"""Screen (e): the review, one question at a time, each answer with its effect."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

import msgspec
from starlette.responses import HTMLResponse, Response

from chancery.ledger.filters import parse_days
from chancery.ledger.questions import KINDS, Question
from chancery.ledger.queue import read_kinds
from chancery.outputs.review import KIND_SHAPES, item_sheet, kind_names
from chancery.outputs.words import counted
from chancery.web.asking import Entry, entry_shown, item_shown, words_of
from chancery.web.done import today
from chancery.web.page import Moved, NotFound, Page
from chancery.web.pages.audit import audit
from chancery.web.pages.similar import similar
from chancery.web.queues import AtHand
from chancery.web.render import fragment
from chancery.web.visit import Visit

QUESTIONS_PER_PAGE: Final = 100
KEPT: Final = ("kind", "until")
"""What a link to another question keeps of the address."""
SIMILAR: Final = "similar"


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where in the queue one is: the questions of the kinds wanted, which is open, which page."""

    wanted: Sequence[Question]
    index: int
    page: int

    @property
    def open(self) -> Question | None:
        """Return the question that is open; none where none waits."""
        return self.wanted[self.index] if self.wanted else None

    @property
    def listed(self) -> Sequence[Question]:
        """Return the questions of the page."""
        start = (self.page - 1) * QUESTIONS_PER_PAGE
        return self.wanted[start : start + QUESTIONS_PER_PAGE]

    @property
    def next(self) -> Question | None:
        """Return the question that comes up once this one is answered."""
        near = [*self.wanted[self.index + 1 : self.index + 2], *self.wanted[: self.index][-1:]]
        return near[0] if near else None


def review(visit: Visit, name: str = "") -> Page | Moved | Response:
    """Show the questions that wait, and one of them in full; or an audit of claims."""
    address = visit.address
    if name == SIMILAR:
        return similar(visit)
    if address.get("audit") and not name:
        return audit(visit)
    kinds = read_kinds(address.get("kind") or None)
    until = address.get("until") or None
    if until:
        parse_days(until)
    if address.form != "html":
        return _twin(visit, kinds, until, name)
    hand = _at_hand(visit, until)
    if hand is None:
        return Page(template="review_wait.html", title="Review", screen="review")
    wanted = [one for one in hand.questions if one.kind in kinds]
    place = _place(visit, wanted, name or address.get("sel"))
    if isinstance(place, Moved):
        return place
    facts = _item_facts(visit, place)
    if address.get("part") == "item":
        return HTMLResponse(fragment("_question.html", visit, **facts))
    return Page(
        template="review.html",
        title="Review",
        screen="review",
        facts={**facts, **_list_facts(visit, place, hand, kinds)},
        sheet=item_sheet(),
        command=_command(visit),
        scripts=("review.js",),
    )


def _at_hand(visit: Visit, until: str | None) -> AtHand | None:
    if visit.room:
        return visit.room.queues.at_hand(visit.snapshot, until, pinned=visit.pinned)
    queue = visit.ledger.queue(as_of=visit.as_of)
    return AtHand(visit.ledger.left(queue, until=until, as_of=visit.as_of))


def _whole(visit: Visit, until: str | None) -> Sequence[Question]:
    if visit.room:
        return visit.room.queues.whole(visit.snapshot, until)
    return visit.ledger.left(
        visit.ledger.queue(as_of=visit.as_of), until=until, as_of=visit.as_of
    )  # fmt: skip


def _twin(visit: Visit, kinds: frozenset[str], until: str | None, name: str) -> Page:
    """Give the rows that the command line prints, all of them; or one question alone."""
    wanted = [one for one in _whole(visit, until) if one.kind in kinds]
    if name:
        wanted = [one for one in wanted if one.id == name]
        if not wanted:
            raise NotFound(f"no open question {name!r}", hint="it may have been answered")
    items = visit.ledger.review_items(wanted, as_of=visit.as_of)
    return Page(
        template="review.html", title="Review", rows=items, sheet=item_sheet(),
        command=_command(visit),
    )  # fmt: skip


def _command(visit: Visit) -> str:
    given = "".join(f" --{name} {value}" for name in KEPT if (value := visit.address.get(name)))
    return f"chancery review{given}"


def _place(visit: Visit, wanted: Sequence[Question], name: str) -> Place | Moved:
    """Find the question that is asked for; the first of the page where none is."""
    address = visit.address
    if not name:
        last = max(1, -(-len(wanted) // QUESTIONS_PER_PAGE))
        page = min(max(1, address.number("page", 1)), last)
        return Place(wanted=wanted, index=(page - 1) * QUESTIONS_PER_PAGE, page=page)
    for index, one in enumerate(wanted):
        if one.id == name:
            return Place(wanted=wanted, index=index, page=index // QUESTIONS_PER_PAGE + 1)
    if address.get("done"):
        return Moved(str(address.to("/review", *KEPT, "done", "was")))
    raise NotFound(
        f"no open question {name!r}", hint="it may have been answered: the decisions tell"
    )


def _item_facts(visit: Visit, place: Place) -> dict[str, Any]:
    """Return the question that is open, and where its answer leads."""
    if place.open is None:
        return {"asked": None, "back": "/review", "here": "/review"}
    item = visit.ledger.review_items([place.open], as_of=visit.as_of)[0]
    following = f"/review/{place.next.id}" if place.next else "/review"
    return {
        "asked": item_shown(visit, item),
        "here": str(visit.address.to(f"/review/{item.id}", *KEPT)),
        "back": str(visit.address.to(following, *KEPT).with_(was=item.id)),
    }


def _list_facts(
    visit: Visit, place: Place, hand: AtHand, kinds: frozenset[str]
) -> dict[str, Any]:  # fmt: skip
    address = visit.address
    kept = {name: address.get(name) or None for name in KEPT}
    was = address.get("was")
    pages = -(-len(place.wanted) // QUESTIONS_PER_PAGE)
    return {
        "entries": _entries(visit, place),
        "count": counted(len(place.wanted), "question"),
        "gathered": hand.gathered,
        "kinds": _kinds(visit, hand.questions, kinds),
        "today": today(visit.ledger, visit.as_of, visit.signs) if visit.live else None,
        "done_back": str(address.to(f"/review/{was}" if was else "/review", *KEPT)),
        "page_number": place.page,
        "pages": pages,
        "earlier": visit.links.to("/review", **kept, page=place.page - 1)
        if place.page > 1 else "",
        "later": visit.links.to("/review", **kept, page=place.page + 1)
        if place.page < pages else "",
    }  # fmt: skip


def _entries(visit: Visit, place: Place) -> list[Entry]:
    kept = {name: visit.address.get(name) or None for name in KEPT}
    known = visit.room.queues.words if visit.room else {}
    words = words_of(visit, place.listed, known)
    return [
        entry_shown(
            one, words[one.id], visit.links.to(f"/review/{one.id}", **kept), one is place.open
        )
        for one in place.listed
    ]


def _kinds(
    visit: Visit, questions: Sequence[Question], kinds: frozenset[str]
) -> list[tuple[str, str, int, str, bool]]:
    """Give each kind that waits: its sign, its word, how many, its address, whether it is shown."""
    counts = Counter(one.kind for one in questions)
    until = visit.address.get("until") or None
    one_kind = len(kinds) < len(KINDS)
    everything = (
        "",
        "all kinds",
        len(questions),
        visit.links.to("/review", until=until),
        not one_kind,
    )
    return [
        everything,
        *(
            (
                KIND_SHAPES[kind], kind, counts[kind],
                visit.links.to("/review", kind=kind_names([kind]), until=until),
                one_kind and kind in kinds,
            )
            for kind in KINDS if counts[kind]
        ),
    ]  # fmt: skip
