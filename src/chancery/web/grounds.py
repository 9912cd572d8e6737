"""The cubes that were looked at last, kept for the next look: one is made once a snapshot and step.

All pages of a ledger share them, those of a static dossier too. What was made of a cube – a
relation, its drawing – is kept beside it. Everything follows from the ledger's snapshot and can be
dropped at any time.
"""

from __future__ import annotations

import shutil
import tempfile
import threading
import weakref
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar

from chancery.ledger import Ledger
from chancery.relations.cube import Filters, WrittenDeeds
from chancery.relations.ground import Ground
from chancery.relations.layers import FOLDER, Layers
from chancery.relations.ledger_deeds import write_deeds

T = TypeVar("T")

MOST_GROUNDS: Final = 8
MOST_SNAPSHOTS: Final = 2
"""Snapshots whose happenings are kept written out, so that another step is quickly made."""
MOST_MADE: Final = 256
"""Relations and drawings that are kept."""


class Grounds:
    """The grounds of one ledger; a ground answers one reader at a time."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = weakref.ref(ledger)
        self._lock = threading.Lock()
        self._held: OrderedDict[Hashable, _Held] = OrderedDict()
        self._made: OrderedDict[Hashable, Any] = OrderedDict()
        self._folder = Path(tempfile.mkdtemp(prefix="chancery-pages-"))
        self._written: OrderedDict[str, WrittenDeeds] = OrderedDict()
        self._writing = threading.Lock()

    @contextmanager
    def ground(
        self, as_of: str, step: str, layer: str | None, *, fold: bool = False
    ) -> Iterator[Ground]:
        """Lend the ground of a step, in the ledger or in a layer, for its whole span."""
        held = self._take((as_of, step, layer, self.state(layer), fold))
        try:
            with held.lock:
                if held.ground is None:
                    held.ground = self._make(as_of, step, layer, fold)
                yield held.ground
        finally:
            self._put_back(held)

    def state(self, layer: str | None) -> tuple[int, ...]:
        """Tell apart what a layer held before another import from what it holds now."""
        if layer is None:
            return ()
        ledger = self._owner()
        Layers(ledger.path, ledger.lexicon).manifest(layer)
        folder = ledger.path / FOLDER / layer
        return tuple(sorted(path.stat().st_mtime_ns for path in folder.glob("*.json")))

    def kept(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what was made of this before, or make it."""
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
                found: T = self._made[key]
                return found
        made = make()
        with self._lock:
            self._made[key] = made
            while len(self._made) > MOST_MADE:
                self._made.popitem(last=False)
        return made

    def close(self) -> None:
        """Let go of all cubes and of what was written for them."""
        with self._lock:
            for held in self._held.values():
                held.close()
            self._held.clear()
            self._made.clear()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _take(self, key: Hashable) -> _Held:
        with self._lock:
            held = self._held.setdefault(key, _Held())
            self._held.move_to_end(key)
            held.readers += 1
            idle = [name for name, one in self._held.items() if not one.readers]
            for name in idle[: max(0, len(self._held) - MOST_GROUNDS)]:
                self._held.pop(name).close()
            return held

    def _put_back(self, held: _Held) -> None:
        with self._lock:
            held.readers -= 1

    def _make(self, as_of: str, step: str, layer: str | None, fold: bool) -> Ground:
        ledger, filters = self._owner(), Filters(fold=fold)
        written = None if layer else self._deeds(ledger, as_of, filters)
        return Ground(
            ledger, step=step, layer=layer, as_of=as_of, filters=filters, written=written
        )  # fmt: skip

    def _deeds(self, ledger: Ledger, as_of: str, filters: Filters) -> WrittenDeeds:
        """Write the happenings of a snapshot out, once for all steps."""
        with self._writing:
            if as_of not in self._written:
                folder = self._folder / as_of
                folder.mkdir(parents=True, exist_ok=True)
                self._written[as_of] = write_deeds(ledger, folder, filters.standings, as_of)
                while len(self._written) > MOST_SNAPSHOTS:
                    old, _ = self._written.popitem(last=False)
                    shutil.rmtree(self._folder / old, ignore_errors=True)
            return self._written[as_of]

    def _owner(self) -> Ledger:
        ledger = self._ledger()
        assert ledger is not None
        return ledger


class _Held:
    """A ground, once it is made, and how many are at it."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.readers = 0
        self.ground: Ground | None = None

    def close(self) -> None:
        if self.ground is not None:
            self.ground.close()


_ALL: Final[weakref.WeakKeyDictionary[Ledger, Grounds]] = weakref.WeakKeyDictionary()
_FIRST: Final = threading.Lock()


def grounds_of(ledger: Ledger) -> Grounds:
    """Return the grounds of a ledger; they go when it goes."""
    with _FIRST:
        if ledger not in _ALL:
            grounds = Grounds(ledger)
            weakref.finalize(ledger, grounds.close)
            _ALL[ledger] = grounds
        return _ALL[ledger]
