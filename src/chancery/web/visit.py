"""One look at the ledger: an address, as of one snapshot, by somebody."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import msgspec

from chancery.errors import UsageError
from chancery.ledger import Coverage, Ledger, Snapshot
from chancery.lexicon import Lexicon
from chancery.outputs.coverage import coverage_line
from chancery.outputs.desk import Desk
from chancery.outputs.words import SECTOR_WORDS
from chancery.web.address import Address
from chancery.web.done import Done, find_done
from chancery.web.links import Links, ServedLinks
from chancery.web.page import NotFound

if TYPE_CHECKING:
    from chancery.web.room import Room

T = TypeVar("T")

PASSING: Final = ("at", "done", "was", "part")
"""Fields that are about this one look, and are not passed on."""
NOT_VIEWS: Final = ("/preview", "/decide", "/undo", "/entry", "/error", "/doing", "/add")
"""Addresses that are no views of the ledger: they answer a form, or tell of a fault."""
SNAPSHOTS_OFFERED: Final = 6


class Kept(msgspec.Struct, frozen=True):
    """What a static dossier holds: the filters in words, and its screens."""

    words: str
    screens: frozenset[str]


class Shared(msgspec.Struct, frozen=True):
    """How a view is passed on: its address, the same pinned, and pinned to earlier snapshots.

    Each of `snapshots` is its time, its id, the address, and whether it is the one shown.
    """

    view: str
    pinned: str
    snapshots: list[tuple[str, str, str, bool]]


class Visit:
    """What a page function works at.

    `desk` has the ledger, the lexicon and the evidence, pinned; `live` says whether something can
    be settled here: not in a pinned view, not in a static dossier, not where the ledger is served
    read-only. `who` is the name that the reader signs with, where one was given. Every query takes
    `as_of`.
    """

    def __init__(
        self,
        address: Address,
        ledger: Ledger,
        lexicon: Lexicon,
        snapshot: Snapshot,
        *,
        where: Path,
        links: Links | None = None,
        room: Room | None = None,
        live: bool = False,
        dossier: Kept | None = None,
        who: str = "",
    ) -> None:
        self.who = who
        self.address = address
        self.ledger = ledger
        self.lexicon = lexicon
        self.snapshot = snapshot
        self.as_of = snapshot.id
        self.pinned = address.as_of is not None
        self.live = live and not self.pinned
        self.links: Links = links or ServedLinks(address.as_of)
        self.room = room
        self.dossier = dossier
        words = room.words if room else None
        self.desk = Desk(ledger, lexicon, snapshot.id, where, words)

    @property
    def csrf(self) -> str:
        """Return what a form must send back."""
        return self.room.csrf if self.room else ""

    @property
    def signs(self) -> str:
        """Return whose name stands under a decision made here; none where others may settle too."""
        return self.who or ("" if self.room and self.room.token else self.ledger.signature)

    @cached_property
    def asked(self) -> dict[str, Any]:
        """Return what the ledger's queries take: the address's filters, names resolved, pinned."""
        asked = self.desk.asked(self.address.filters)
        return {**asked, "as_of": self.as_of}

    @cached_property
    def coverage(self) -> Coverage:
        """Return what the snapshot rests on."""
        return self.ledger.coverage(as_of=self.as_of)

    @cached_property
    def done(self) -> Done | None:
        """Return what was just decided on the page that led here."""
        found = self.address.get("done") if self.live else ""
        return find_done(self.ledger, found, self.as_of) if found else None

    @cached_property
    def shared(self) -> Shared | None:
        """Return how this view is passed on; none for what is no view, and in a dossier."""
        if self.room is None or self.address.path.startswith(NOT_VIEWS):
            return None
        view = self.address.with_(**dict.fromkeys(PASSING))
        made = self.ledger.snapshots()[-SNAPSHOTS_OFFERED:]
        return Shared(
            str(view.with_(asof=None)),
            str(view.with_(asof=self.as_of)),
            [(one.made[:16].replace("T", " "), one.id,
              str(view.with_(asof=one.id, page=None)), one.id == self.as_of)
             for one in reversed(made)],
        )  # fmt: skip

    @cached_property
    def waiting(self) -> int | None:
        """Return how many questions wait; none where they were not gathered yet."""
        return self.room.queues.known(self.snapshot) if self.room else None

    @property
    def coverage_line(self) -> str:
        """Return the coverage line."""
        return coverage_line(self.coverage)

    def find(self, look: Callable[[], T]) -> T:
        """Look something up by its id; raises `NotFound` where it is not there."""
        try:
            return look()
        except UsageError as error:
            raise NotFound(error.message, hint=error.hint) from error

    def name(self, code: str) -> str:
        """Return what people call an actor by its code: `Belarus (government)` for `BLR.GOV`."""
        known = self.lexicon.actors.get(code)
        if known:
            return known.names[0]
        whole, _, sector = code.rpartition(".")
        known = self.lexicon.actors.get(whole)
        return f"{known.names[0]} ({SECTOR_WORDS.get(sector, sector)})" if known else code
