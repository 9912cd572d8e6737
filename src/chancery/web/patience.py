"""Pages that may take long: waited for a few seconds, then for as long as it takes on a page of
their own, which says so, and since when. Whoever asks again meanwhile waits for the same work.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, wait
from typing import Final

from chancery.web.page import Moved
from chancery.web.pages import Made, page_of
from chancery.web.visit import Visit
from chancery.web.work import Tell, Work

SLOW_SCREENS: Final = frozenset({
    "relations", "sources", "source", "voice", "statements", "forecasts", "brief"
})  # fmt: skip
"""Screens of which some page rests on a whole snapshot."""
WAITED_SECONDS: Final = 6.0
MOST_HELD: Final = 32
"""Pages that were made while nobody waited any more, held for whoever comes back."""

Key = tuple[str, str]


class Making(Work):
    """A page that is being made; its words say for how long."""

    def __init__(self, visit: Visit, usual: float | None, done: Callable[[float], None]) -> None:
        self.made: Future[Made] = Future()
        self._began = time.monotonic()
        self._usual = usual
        self._told = ""

        def job(tell: Tell) -> str:
            try:
                self.made.set_result(page_of(visit))
            except BaseException as error:  # noqa: BLE001 -- told to whoever asked for the page
                self.made.set_exception(error)
            done(time.monotonic() - self._began)
            return "ready"

        super().__init__("This page takes a while", job, str(visit.address))

    @property
    def words(self) -> str:
        """Say how long it has been made, and how long the like took before."""
        if self.state != "running":
            return self._told
        usual = f"; the last such page took {self._usual:.0f} s" if self._usual else ""
        return f"Worked out once for each state of the ledger: {self._so_far:.0f} s so far{usual}."

    @words.setter
    def words(self, told: str) -> None:
        self._told = told

    def stop(self) -> None:
        """Wait no longer; what was begun ends by itself, and is there for the next who asks."""
        self.state = "stopped"
        self._told = "stopped"

    @property
    def _so_far(self) -> float:
        return time.monotonic() - self._began


class Patience:
    """Makes the pages of a room that may take long."""

    def __init__(self, begin: Callable[[Work], Work]) -> None:
        self._begin = begin
        self._going: dict[Key, Making] = {}
        self._took: dict[str, float] = {}
        self._lock = threading.Lock()

    def page_of(self, visit: Visit) -> Made:
        """Make a page, or lead to the one that tells how far it is."""
        screen = visit.address.path.strip("/").partition("/")[0]
        whole = visit.address.form == "html" and not visit.address.get("part")
        if screen not in SLOW_SCREENS or not whole:
            return page_of(visit)
        key = str(visit.address), visit.as_of
        going = self._begun(key, screen, visit)
        if not wait([going.made], WAITED_SECONDS).done:
            self._begin(going)
            return Moved(f"/doing/{going.id}")
        with self._lock:
            self._going.pop(key, None)
        return going.made.result()

    def _begun(self, key: Key, screen: str, visit: Visit) -> Making:
        def done(seconds: float) -> None:
            self._took[screen] = max(seconds, self._took.get(screen, 0.0))

        with self._lock:
            if key not in self._going:
                ended = [name for name, one in self._going.items() if one.made.done()]
                for name in ended[: max(0, len(self._going) - MOST_HELD)]:
                    del self._going[name]
                self._going[key] = Making(visit, self._took.get(screen), done)
            return self._going[key]
