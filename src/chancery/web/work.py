"""Long work that a page sets going: it shows how far it is, and it can be stopped.

What it had done when it was stopped stays done; set going again, it goes on from there.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from typing import Final, Literal, TypeAlias

from chancery.errors import ChanceryError

State: TypeAlias = Literal["running", "done", "stopped", "failed"]
Tell: TypeAlias = Callable[[str], None]

SOON_SECONDS: Final = 3.0
"""Work that ends within this time is waited for; the reader then never sees it."""


class Stopped(Exception):  # noqa: N818 -- named for what happened
    """Whoever watches the work wants no more of it."""


class Work:
    """One piece of work in a thread of its own; `words` say how far it is."""

    def __init__(self, title: str, job: Callable[[Tell], str], back: str) -> None:
        self.id = secrets.token_hex(4)
        self.title = title
        self.back = back
        self.words = "begun"
        self.state: State = "running"
        self._job = job
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="chancery-work", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ask it to stop at the next place where nothing is half done."""
        self._stop.set()

    def ended(self, within: float = 0.0) -> bool:
        """Wait a while for its end, and say whether it has come."""
        self._thread.join(within)
        return self.state != "running"

    def _tell(self, words: str) -> None:
        self.words = words
        if self._stop.is_set():
            raise Stopped

    def _run(self) -> None:
        try:
            self.words = self._job(self._tell)
            self.state = "done"
        except Stopped:
            self.words = f"stopped: {self.words}"
            self.state = "stopped"
        except ChanceryError as error:
            self.words = f"{error.message}. {error.hint}".strip()
            self.state = "failed"
