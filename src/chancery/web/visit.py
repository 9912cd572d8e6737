"""One look at the ledger: an address, as of one snapshot, by somebody."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

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


class Visit:
    """What a page function works at.

    `desk` has the ledger, the lexicon and the evidence, pinned; `live` says whether something can
    be settled here: not in a pinned view, not in a static dossier, not where the ledger is served
    read-only. Every query takes `as_of`.
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
    ) -> None:
        self.address = address
        self.ledger = ledger
        self.lexicon = lexicon
        self.snapshot = snapshot
        self.as_of = snapshot.id
        self.pinned = address.as_of is not None
        self.live = live and not self.pinned
        self.links: Links = links or ServedLinks(address.as_of)
        self.room = room
        self.desk = Desk(ledger, lexicon, snapshot.id, where)

    @property
    def csrf(self) -> str:
        """Return what a form must send back."""
        return self.room.csrf if self.room else ""

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
