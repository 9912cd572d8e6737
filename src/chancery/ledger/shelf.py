"""Looking things up as of a commit: named steps, their rows, and reports a few at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, Final

import msgspec

from chancery.ledger import tables
from chancery.ledger.control import Control, Snapshot
from chancery.ledger.corrections import Frames
from chancery.ledger.decide import dated_rows
from chancery.ledger.derive import Derived
from chancery.ledger.followed import STEPS, find_outcomes, make_outcomes
from chancery.ledger.query import Answer, Door, Scope, step
from chancery.ledger.reviewers import Reviewers
from chancery.ledger.rows import Rows
from chancery.ledger.rulings import Rulings, load_settlement
from chancery.ledger.settled import Settled, Settlement
from chancery.ledger.tables import Table, decoder, encode
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
        self._segments = segments
        self._derived = derived
        self._reviewers = reviewers
        self._frames = frames

    def newest(self, *, reconciled: bool) -> int:
        """Return the newest commit; or the newest whose happenings are there, if any are."""
        if reconciled:
            for snapshot in reversed(self._control.snapshots()):
                if self._derived.holds(self.name(snapshot)):
                    return snapshot.number
        return self._control.newest()

    def rulings(self, pin: int, more: Sequence[Decision] = ()) -> Rulings:
        """Return what people settled until a commit, and `more` that they only think of."""
        made = [decision for decision, _ in self._control.decisions(pin)]
        return Rulings([*made, *more], self._reviewers().lead_reviewer, self._frames)

    def settlement(self, pin: int, more: Sequence[Decision] = ()) -> Settlement:
        """Return what the decisions come to for the claims of a commit."""
        return load_settlement(partial(self.fetch, pin), self.rulings(pin, more))

    def scope(
        self, pin: int, *, derived: bool = False, followed: bool = False,
        earlier: int | None = None, more: Sequence[Decision] = (),
    ) -> Scope:  # fmt: skip
        """Return what a query may see as of a commit; what follows is derived first if missing.

        `followed` takes in what became of forecasts, which is worked out when first asked for.
        `earlier` is another commit whose happenings it may see beside them, `more` are decisions
        that are only thought of: what follows is not derived from them here.
        """
        files: dict[str, list[str]] = {}
        for segment in self._control.segments():
            if segment.added_first <= pin:
                path = str(self._segments / segment.name)
                files.setdefault(segment.table_name, []).append(path)
        if derived:
            files |= self._derived_files(pin, followed)
        made = [*self._control.decisions(pin), *((one, pin + 1) for one in more)]
        return Scope(
            commit=pin,
            files=files,
            decisions=[encode(tables.DECISIONS, one, added=added) for one, added in made],
            dated=dated_rows([decision for decision, _ in made], self._reviewers().lead_reviewer),
            earlier={} if earlier is None else self._derived_files(earlier, followed),
        )

    def _derived_files(self, pin: int, followed: bool) -> dict[str, list[str]]:
        snapshot = self._control.snapshot(pin)
        files = self._derived.files(snapshot, self)
        if followed:
            path = self._derived.beside(tables.OUTCOMES, self.name(snapshot))
            if not path.exists():
                outcomes = find_outcomes(partial(self.fetch, pin), self.settled(pin))
                make_outcomes(path, self._door, outcomes)
            files[tables.OUTCOMES.name] = [str(path)]
        return files

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
    ) -> Answer:
        """Run one named step and drain it, as if `more` decisions had been made."""
        scope = partial(
            self.scope, pin, derived=derived, followed=name in STEPS, earlier=earlier, more=more
        )
        return self._door.fetch(name, scope, parameters or {})

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
        scope = partial(self.scope, pin, derived=derived, followed=name in STEPS)
        return Rows(
            StepQuery(self._door, name, scope, parameters or {}), partial(decoder, table), cite
        )

    def ask(self, pin: int, query: str) -> Rows[dict[str, Any]]:
        """Return the rows of a user's query as dicts."""
        return Rows(
            UserQuery(self._door, query, partial(self.scope, pin, derived=True, followed=True)),
            _make_dict,
        )

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
    scope: Callable[[], Scope]
    parameters: Mapping[str, Any]

    def fetch(self) -> Answer:
        """Run it and drain it."""
        return self.door.fetch(self.name, self.scope, self.parameters)

    def capsule(self, schema: object) -> object:
        """Run it as an Arrow stream."""
        return self.door.capsule(step(self.name), self.scope, self.parameters, schema)

    def frame(self) -> Any:
        """Run it as a pandas data frame."""
        return self.door.frame(step(self.name), self.scope, self.parameters)


class UserQuery(msgspec.Struct, frozen=True):
    """A user's query, run in the sandbox, over one scope."""

    door: Door
    query: str
    scope: Callable[[], Scope]

    def fetch(self) -> Answer:
        """Run it and drain it."""
        return self.door.ask(self.query, self.scope)

    def capsule(self, schema: object) -> object:
        """Run it as an Arrow stream."""
        return self.door.ask_capsule(self.query, self.scope, schema)

    def frame(self) -> Any:
        """Run it as a pandas data frame."""
        return self.door.ask_frame(self.query, self.scope)


def _make_dict(columns: Sequence[str]) -> Callable[[Sequence[Any]], dict[str, Any]]:
    return lambda values: dict(zip(columns, values, strict=True))
