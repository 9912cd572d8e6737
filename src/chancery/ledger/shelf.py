"""Looking things up as of a commit: named steps, their rows, and reports a few at a time."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, Final

import msgspec

from chancery.ledger import tables
from chancery.ledger.content import SNAPSHOT_ID_LENGTH
from chancery.ledger.control import Control, Snapshot
from chancery.ledger.corrections import Frames
from chancery.ledger.derive import Derived
from chancery.ledger.followed import STEPS, VOICED, find_outcomes, make_outcomes
from chancery.ledger.outlets import names_credited
from chancery.ledger.query import Answer, Door, step
from chancery.ledger.reviewers import Reviewers
from chancery.ledger.rows import Rows
from chancery.ledger.rulings import Rulings, load_settlement
from chancery.ledger.scopes import Look, Scopes
from chancery.ledger.settled import Settled, Settlement
from chancery.ledger.tables import Table, decoder
from chancery.model import Cite, Decision, Report

REPORTS_PER_FETCH: Final = 64
"""Reports whose texts are in memory at once while they are given out."""


class Shelf:
    """All that can be looked up, each time as of a commit (`pin`)."""

    def __init__(
        self, control: Control, door: Door, segments: Path, derived: Derived,
        reviewers: Callable[[], Reviewers], frames: Callable[[], Frames],
    ) -> None:  # fmt: skip
        self._control = control
        self._door = door
        self._derived = derived
        self._reviewers = reviewers
        self._frames = frames
        self._following = threading.RLock()
        self._newest_ready: tuple[object, Snapshot | None] | None = None
        self._scopes = Scopes(
            control, segments, reviewers, self._derived_files, self._voiced_file
        )  # fmt: skip

    def newest(self, *, reconciled: bool) -> int:
        """Return the newest commit; or the newest whose happenings are there, if any are."""
        ready = self.newest_ready() if reconciled else None
        return ready.number if ready else self._control.newest()

    def newest_ready(self) -> Snapshot | None:
        """Return the newest snapshot whose happenings are there, if any are.

        That is found out anew only where the control file, the settings or the folder of what
        follows are no more as they were.
        """
        seen = self._control.state(), self._reviewers(), self._derived.state()
        if self._newest_ready is None or self._newest_ready[0] != seen:
            found = next(self.ready(), None)
            if not self._derived.settled():
                return found
            self._newest_ready = seen, found
        return self._newest_ready[1]

    def ready(self) -> Iterator[Snapshot]:
        """Give the snapshots whose happenings are there, newest first."""
        names = set(self._derived.names())
        for snapshot in self._control.named([name[:SNAPSHOT_ID_LENGTH] for name in names]):
            if (name := self.name(snapshot)) in names and self._derived.holds(name):
                yield snapshot

    def rulings(self, pin: int, more: Sequence[Decision] = ()) -> Rulings:
        """Return what people settled until a commit, and `more` that they only think of."""
        made = [decision for decision, _ in self._control.decisions(pin)]
        return Rulings([*made, *more], self._reviewers().lead_reviewer, self._frames)

    def settlement(self, pin: int, more: Sequence[Decision] = ()) -> Settlement:
        """Return what the decisions come to for the claims of a commit."""
        return load_settlement(partial(self.fetch, pin), self.rulings(pin, more))

    def _derived_files(self, pin: int, followed: bool) -> dict[str, list[str]]:
        snapshot = self._control.snapshot(pin)
        files = self._derived.files(snapshot, self)
        if followed:
            path = self._derived.beside(tables.OUTCOMES, self.name(snapshot))
            with self._following:  # one thread makes them; whoever waited finds them made
                if not path.exists():
                    outcomes = find_outcomes(partial(self.fetch, pin), self.settled(pin))
                    make_outcomes(path, self._door, outcomes)
            files[tables.OUTCOMES.name] = [str(path)]
        return files

    def _look(
        self, pin: int, name: str, *, derived: bool, earlier: int | None = None,
        more: tuple[Decision, ...] = (),
    ) -> Look:  # fmt: skip
        voiced = VOICED.get(name, ())
        return Look(self._scopes, pin, derived, name in STEPS, earlier, more, voiced)

    def _voiced_file(self, pin: int, table: Table) -> Path:
        path = self._derived.beside(table, self.name(self._control.snapshot(pin)))
        with self._following:  # one thread makes it; whoever waited finds it made
            if not path.exists():
                aside = path.with_name(f".aside-{os.getpid()}-{table.name}.parquet")
                scope = Look(self._scopes, pin, derived=table is tables.TELLINGS)
                self._door.make(table.name, scope, aside, self._asked_of(pin, table))
                aside.rename(path)
        return path

    def _asked_of(self, pin: int, table: Table) -> dict[str, Any]:
        """Return the parameters of the step that makes a whole table."""
        if table is tables.SAYINGS:
            return {}
        return {"named": names_credited([row[0] for row in self.fetch(pin, "outlets").rows])}

    def earlier(self, pin: int) -> list[Snapshot]:
        """Return the snapshots before a commit, newest first."""
        return [one for one in reversed(self._control.snapshots()) if one.number < pin]

    def name(self, snapshot: Snapshot) -> str:
        """Return what the files that follow from a snapshot are named for."""
        return snapshot.id + self.rulings(snapshot.number).tag

    def settled(self, pin: int) -> Settled:
        """Return what people settled about the claims as of a commit."""
        return self.settlement(pin).settled

    def fetch(
        self,
        pin: int,
        name: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        derived: bool = False,
        earlier: int | None = None,
        more: Sequence[Decision] = (),
        hold: bool = False,
    ) -> Answer:
        """Run one named step and drain it, as if `more` decisions had been made.

        With `hold`, an answer given before is given again; its rows must not be changed.
        """
        look = self._look(pin, name, derived=derived, earlier=earlier, more=tuple(more))
        return self._door.fetch(name, look, parameters or {}, hold=hold)

    def rows(
        self,
        pin: int,
        name: str,
        table: Table,
        parameters: Mapping[str, Any] | None = None,
        *,
        derived: bool = False,
        cite: Callable[[Any], list[Cite]] | None = None,
    ) -> Rows[Any]:
        """Return the rows of one named step as the table's nouns."""
        look = self._look(pin, name, derived=derived)
        return Rows(
            StepQuery(self._door, name, look, parameters or {}), partial(decoder, table), cite
        )

    def ask(self, pin: int, query: str) -> Rows[dict[str, Any]]:
        """Return the rows of a user's query as dicts."""
        # What became of forecasts is worked out for a whole snapshot: only for whoever asks for it.
        followed = tables.OUTCOMES.name in query.casefold()
        voiced = tuple(
            one for one in (tables.SAYINGS, tables.TELLINGS) if one.name in query.casefold()
        )
        look = Look(self._scopes, pin, derived=True, followed=followed, voiced=voiced)
        return Rows(UserQuery(self._door, query, look), _make_dict)

    def reports_by_id(
        self, pin: int, ids: Sequence[str], *, name: str = "reports_by_id",
        added: tuple[int, int] | None = None,
    ) -> list[Report]:  # fmt: skip
        """Return whole reports, in the order of their ids; `added` bounds narrow the search."""
        first, last = added or (0, pin)
        parameters = {"ids": list(ids), "added_first": first, "added_last": last}
        return list(self.rows(pin, name, tables.REPORTS, parameters))

    def stream_reports(
        self, pin: int, wanted: Callable[[str | None], object], *, name: str = "reports_by_id"
    ) -> Iterator[tuple[Report, str | None, int]]:
        """Give reports with the run of their newest reading and the commit that brought them.

        `wanted` says by that run whether a report is given at all. They come in the order in
        which they were added, so that each fetch looks into few files.
        """
        rows = iter([row for row in self.fetch(pin, "report_runs").rows if wanted(row[2])])
        while part := list(islice(rows, REPORTS_PER_FETCH)):
            added = part[0][1], part[-1][1]
            reports = self.reports_by_id(pin, [row[0] for row in part], name=name, added=added)
            for report, (_, number, run) in zip(reports, part, strict=True):
                yield report, run, number


class StepQuery(msgspec.Struct, frozen=True):
    """A named step with its parameters, over one scope."""

    door: Door
    name: str
    look: Look
    parameters: Mapping[str, Any]

    def fetch(self) -> Answer:
        """Run it and drain it."""
        return self.door.fetch(self.name, self.look, self.parameters, hold=True)

    def capsule(self, schema: object) -> object:
        """Run it as an Arrow stream."""
        return self.door.capsule(step(self.name), self.look, self.parameters, schema)

    def frame(self) -> Any:
        """Run it as a pandas data frame."""
        return self.door.frame(step(self.name), self.look, self.parameters)


class UserQuery(msgspec.Struct, frozen=True):
    """A user's query, run in the sandbox, over one scope."""

    door: Door
    query: str
    look: Look

    def fetch(self) -> Answer:
        """Run it and drain it."""
        return self.door.ask(self.query, self.look)

    def capsule(self, schema: object) -> object:
        """Run it as an Arrow stream."""
        return self.door.ask_capsule(self.query, self.look, schema)

    def frame(self) -> Any:
        """Run it as a pandas data frame."""
        return self.door.ask_frame(self.query, self.look)


def _make_dict(columns: Sequence[str]) -> Callable[[Sequence[Any]], dict[str, Any]]:
    return lambda values: dict(zip(columns, values, strict=True))
