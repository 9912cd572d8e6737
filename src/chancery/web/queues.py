"""What the review asks, gathered once for a snapshot and kept while people answer it.

To gather questions, all claims and happenings are gone through, which takes seconds on a large
ledger; and every answer makes another snapshot. So the page goes on with the questions it has, less
those that decisions have answered since, and they are gathered anew in the background.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from concurrent.futures import Future, wait
from concurrent.futures import TimeoutError as NotYet
from datetime import UTC, date, datetime
from typing import Final

import msgspec

from chancery.ledger import Ledger, Snapshot
from chancery.ledger.questions import Question
from chancery.ledger.queue import Queue

MOST_HELD: Final = 4
"""Queues kept in memory, each of one snapshot."""

MOST_WORDS: Final = 20_000

PATIENCE: Final = 8.0
"""Seconds that a first page waits for its questions."""


class AtHand(msgspec.Struct, frozen=True):
    """Questions that can be shown now; `gathered` on another snapshot where that is named."""

    questions: list[Question]
    gathered: str = ""


class Queues:
    """The queues of one ledger, by the numbers of their snapshots' commits.

    `words` are those of questions that quote a report, by the question's id.
    """

    def __init__(self, ledger: Ledger) -> None:
        self.words: dict[str, str] = {}
        self._ledger = ledger
        self._counts: dict[tuple[int, date], int] = {}
        self._held: dict[int, tuple[Snapshot, Queue]] = {}
        self._under_way: dict[int, Future[Queue]] = {}
        self._lock = threading.Lock()
        self._making = threading.Lock()

    def whole(self, snapshot: Snapshot, until: str | None) -> list[Question]:
        """Return the questions of a snapshot exactly, however long it takes."""
        return self._left(self._gather(snapshot).result(), snapshot, until)

    def at_hand(
        self, snapshot: Snapshot, until: str | None, *, pinned: bool = False,
        patience: float = PATIENCE,
    ) -> AtHand | None:  # fmt: skip
        """Return the questions of a snapshot, or those left of an earlier one; none if not yet.

        A pinned page is shown exactly as of its snapshot.
        """
        with self._lock:
            held = {at: one for at, one in self._held.items() if at <= snapshot.number}
            busy = bool(self._under_way)
        of, queue = held.get(snapshot.number) or self._nearest(held, snapshot) or (snapshot, None)
        if queue and of == snapshot:
            return AtHand(self._left(queue, snapshot, until))
        if queue and not pinned:
            if not busy:
                self._gather(snapshot)
            return AtHand(self._left(queue, snapshot, until), of.id)
        try:
            queue = self._gather(snapshot).result(patience)
        except NotYet:
            return None
        return AtHand(self._left(queue, snapshot, until))

    def known(self, snapshot: Snapshot) -> int | None:
        """Return how many questions wait today, if that is known without gathering anything."""
        with self._lock:
            if snapshot.number not in self._held:
                return None
            queue = self._held[snapshot.number][1]
        key = snapshot.number, datetime.now(UTC).date()
        if key not in self._counts:
            self._counts = {key: len(self._left(queue, snapshot, None))}
        return self._counts[key]

    def close(self, within: float | None = None) -> None:
        """Wait for what is under way, so many seconds at most, so that the ledger can be let go."""
        with self._lock:
            waiting = list(self._under_way.values())
        wait(waiting, within)

    def _nearest(
        self, held: Mapping[int, tuple[Snapshot, Queue]], snapshot: Snapshot
    ) -> tuple[Snapshot, Queue] | None:
        """Return the queue that fewest decisions part from a snapshot: after an undo, the old."""

        def apart(at: int) -> tuple[int, int]:
            return self._ledger.differing(held[at][1], as_of=snapshot.id), -at

        return held[min(held, key=apart)] if held else None

    def _left(self, queue: Queue, snapshot: Snapshot, until: str | None) -> list[Question]:
        return self._ledger.left(queue, until=until, as_of=snapshot.id)

    def _gather(self, snapshot: Snapshot) -> Future[Queue]:
        """Begin to gather a snapshot's questions; or return what was begun, or done, before."""
        future: Future[Queue] = Future()
        with self._lock:
            if snapshot.number in self._held:
                future.set_result(self._held[snapshot.number][1])
                return future
            if snapshot.number in self._under_way:
                return self._under_way[snapshot.number]
            self._under_way[snapshot.number] = future
        thread = threading.Thread(
            target=self._run, args=(snapshot, future), name="chancery-queue", daemon=True
        )
        thread.start()
        return future

    def _run(self, snapshot: Snapshot, future: Future[Queue]) -> None:
        try:
            with self._making:
                queue = self._ledger.queue(as_of=snapshot.id)
        except BaseException as error:  # noqa: BLE001 -- told to whoever waits for the questions
            with self._lock:
                del self._under_way[snapshot.number]
            future.set_exception(error)
            return
        with self._lock:
            self._held[snapshot.number] = snapshot, queue
            for old in sorted(self._held)[:-MOST_HELD]:
                del self._held[old]
            if len(self.words) > MOST_WORDS:
                self.words = {}
            del self._under_way[snapshot.number]
        future.set_result(queue)
