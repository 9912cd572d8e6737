"""What queries may see as of a commit: put together once, and kept while it stays the same.

What a snapshot holds never changes, but its files do: small segments are merged, and what follows
from it may be deleted and made again. So a scope is looked at anew when the control file or the
reviewers have changed, and stays the very same object where it comes to the same: what the door has
ready for it (cursors, answers) then stays good as well.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import msgspec

from chancery.ledger.control import Control
from chancery.ledger.decide import dated_rows
from chancery.ledger.query import Scope
from chancery.ledger.reviewers import Reviewers
from chancery.ledger.tables import DECISIONS, DERIVED_TABLES, Table, encode
from chancery.model import Decision

SCOPES_KEPT: Final = 16
"""Scopes held: a few snapshots that people look at, with and without what follows."""

FOLLOWING: Final = tuple(table.name for table in DERIVED_TABLES)

Place = tuple[int, bool, bool, tuple[str, ...]]
"""A commit, whether what follows from it is seen, what became of forecasts, and who says what."""


class Kept(msgspec.Struct):
    """A scope, and what the ledger was like when it was last looked at."""

    seen: object
    scope: Scope

    def is_there(self) -> bool:
        """Say whether all files of what follows are still there: anybody may delete them."""
        files = self.scope.files
        return all(Path(path).exists() for name in FOLLOWING for path in files.get(name, ()))


class Scopes:
    """The scopes of one ledger; `follow` gives the files of what follows from a commit."""

    def __init__(
        self, control: Control, segments: Path, reviewers: Callable[[], Reviewers],
        follow: Callable[[int, bool], dict[str, list[str]]],
        voice: Callable[[int, Table], Path],
    ) -> None:  # fmt: skip
        self._control = control
        self._segments = segments
        self._reviewers = reviewers
        self._follow = follow
        self._voice = voice
        self._kept: OrderedDict[Place, Kept] = OrderedDict()
        self._lock = threading.Lock()

    def find(
        self, pin: int, *, derived: bool, followed: bool, voiced: tuple[Table, ...] = (),
        anew: bool = False,
    ) -> Scope:  # fmt: skip
        """Return the scope of a commit; `anew` where a file of the kept one was gone."""
        place = (pin, derived, followed, tuple(table.name for table in voiced))
        seen = self._control.state(), self._reviewers()
        with self._lock:
            kept = self._kept.get(place)
            if kept and kept.seen == seen and not anew and kept.is_there():
                self._kept.move_to_end(place)
                return kept.scope
        scope = self.make(pin, derived=derived, followed=followed, voiced=voiced)
        with self._lock:
            kept = self._kept.get(place)
            if kept and kept.scope == scope:
                scope = kept.scope
            self._kept[place] = Kept(seen, scope)
            self._kept.move_to_end(place)
            while len(self._kept) > SCOPES_KEPT:
                self._kept.popitem(last=False)
        return scope

    def make(
        self, pin: int, *, derived: bool, followed: bool, voiced: Sequence[Table] = (),
        earlier: int | None = None, more: Sequence[Decision] = (),
    ) -> Scope:  # fmt: skip
        """Put a scope together; what follows is derived first where it is missing.

        `voiced` are the tables of who says what and who tells it, made when first asked for.
        `earlier` is another commit whose happenings it may see beside them, `more` are decisions
        that are only thought of: what follows is not derived from them here.
        """
        files: dict[str, list[str]] = {}
        for segment in self._control.segments():
            if segment.added_first <= pin:
                path = str(self._segments / segment.name)
                files.setdefault(segment.table_name, []).append(path)
        if derived:
            files |= self._follow(pin, followed)
        for table in voiced:
            files[table.name] = [str(self._voice(pin, table))]
        made = [*self._control.decisions(pin), *((one, pin + 1) for one in more)]
        return Scope(
            commit=pin,
            files=files,
            decisions=[encode(DECISIONS, one, added=added) for one, added in made],
            dated=dated_rows([decision for decision, _ in made], self._reviewers().lead_reviewer),
            earlier={} if earlier is None else self._follow(earlier, followed),
        )


class Look(msgspec.Struct, frozen=True):
    """How one query finds what it may see."""

    scopes: Scopes
    pin: int
    derived: bool = False
    followed: bool = False
    earlier: int | None = None
    more: tuple[Decision, ...] = ()
    voiced: tuple[Table, ...] = ()

    def __call__(self, *, anew: bool = False) -> Scope:
        """Return the scope; `anew` where a file of the one returned before was gone."""
        if self.earlier is None and not self.more:
            return self.scopes.find(
                self.pin, derived=self.derived, followed=self.followed, voiced=self.voiced,
                anew=anew,
            )  # fmt: skip
        return self.scopes.make(
            self.pin, derived=self.derived, followed=self.followed, voiced=self.voiced,
            earlier=self.earlier, more=self.more,
        )  # fmt: skip
