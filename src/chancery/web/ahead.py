"""What a new snapshot brings, worked out before somebody waits for it.

Some answers rest on the whole ledger: the pairs with most between them, whose words there are, the
questions of the review, the words that lists show. A while after the server has begun, and after
every new snapshot, they are asked for here, one by one, in a thread that lets all others go first;
never while another process writes, which would make them out of date.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from chancery.errors import ChanceryError
from chancery.ledger import Snapshot
from chancery.web.address import Address
from chancery.web.filters import bar_of
from chancery.web.pages import page_of

if TYPE_CHECKING:
    from chancery.web.room import Room

log = logging.getLogger("chancery.web")

SETTLED_SECONDS: Final = 4.0
"""A snapshot stays the newest for so long before anything is worked out for it."""
LOOK_SECONDS: Final = 2.0
NICE: Final = 10
"""How far such a thread stands back (`nice`), where the system counts threads one by one."""
PAGES_AHEAD: Final = ("/sources", "/statements", "/forecasts", "/relations")
"""Pages whose first look is a long one."""


class Ahead:
    """Works ahead for a room, from `begin` until `close`."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def begin(self) -> None:
        """Begin to watch for new snapshots."""
        self._thread = threading.Thread(target=self._watch, name="chancery-ahead", daemon=True)
        self._thread.start()

    def close(self, within: float) -> None:
        """Ask it to stop, and wait a while for the piece of work that it is at."""
        self._stop.set()
        if self._thread:
            self._thread.join(within)

    def _watch(self) -> None:
        stand_back()
        seen = done = ""
        while not self._stop.wait(SETTLED_SECONDS if seen != done else LOOK_SECONDS):
            try:
                newest = self._room.newest()
                if newest.id == seen != done and not self._room.ledger.being_written:
                    done = newest.id if self._work(newest) else done
                seen = newest.id
            except Exception as error:  # noqa: BLE001 -- whoever asks for the page is told
                log.info("ahead: %s", error)
                done = seen

    def _work(self, snapshot: Snapshot) -> bool:
        """Work out what a snapshot brings; false where a newer one, or a writer, came between."""
        for piece in self._pieces(snapshot):
            if self._stop.is_set() or self._room.ledger.being_written:
                return False
            if self._room.newest().id != snapshot.id:
                return False
            try:
                piece()
            except ChanceryError as error:
                log.info("ahead: %s", error.message)
        return True

    def _pieces(self, snapshot: Snapshot) -> Iterator[Callable[[], object]]:
        room, as_of = self._room, snapshot.id
        yield lambda: bar_of(room.visit(Address("/chronology")))
        yield lambda: room.words.update(room.ledger.words_of_happenings(as_of=as_of))
        for path in PAGES_AHEAD:
            yield lambda path=path: page_of(room.visit(Address(path)))  # type: ignore[misc]
        yield lambda: room.queues.whole(snapshot, None)


def stand_back() -> None:
    """Let other threads go first, where the system can tell them apart."""
    try:
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICE)
    except (AttributeError, OSError):
        log.debug("threads cannot be told apart here")
