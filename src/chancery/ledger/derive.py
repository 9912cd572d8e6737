"""What follows from a snapshot: its happenings, made once and kept in `derived/`.

The files are named for the snapshot and for the policy, so they can never be out of date; they can
be deleted at any time, and whoever needs them makes them again. Where an earlier snapshot has its
happenings, only what changed since then is worked out: that gives the same rows.
"""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final, Protocol

import msgspec

from chancery.ledger.candidates import Key
from chancery.ledger.components import Weaver
from chancery.ledger.faces import Faces
from chancery.ledger.kinship import load_kinship, load_ties
from chancery.ledger.layers import LayerFolder, Layers
from chancery.ledger.origins import Fetch, Kinship, find_ties, settle_ties
from chancery.ledger.policy import Policy, load_policy, policy_digest
from chancery.ledger.query import Answer, Door
from chancery.ledger.reconcile import Part, work_out
from chancery.ledger.settled import Settled
from chancery.ledger.tables import (
    CLAIMS,
    HAPPENINGS,
    JOINS,
    LINKS,
    MEMBERS,
    RETIRED,
    RIVALS,
    TIES,
    Row,
    Table,
    decoder,
    encode,
)
from chancery.ledger.told import Told, fold_words
from chancery.ledger.touched import Change, Finder
from chancery.ledger.weights import load_weights
from chancery.model import Claim, Happening, Tie

SHAPE: Final = 6
"""Changes whenever derived tables get other columns or counts, so that older ones are made anew."""

UNDATED: Final = date.max
"""Where an undated happening is sorted: after all others."""

CLOCK_NANOSECONDS: Final = 100_000_000
"""Times of folders are at least as exact as this."""
KEPT_SNAPSHOTS: Final = 8
"""Snapshots whose happenings are kept; older ones are made again when asked for."""


class Snapshot(Protocol):
    """A snapshot: its id, and the number of its commit."""

    @property
    def id(self) -> str: ...  # noqa: D102

    @property
    def number(self) -> int: ...  # noqa: D102


class World(Protocol):
    """What can be looked up of a ledger as of any commit."""

    def fetch(
        self, pin: int, name: str, parameters: Mapping[str, Any] | None = None, *,
        derived: bool = False,
    ) -> Answer:  # fmt: skip
        """Run a named step as of a commit."""
        ...

    def earlier(self, pin: int) -> Sequence[Snapshot]:
        """Return the snapshots before a commit, newest first."""
        ...

    def name(self, snapshot: Any) -> str:
        """Return what the files that follow from a snapshot are named for."""
        ...

    def settled(self, pin: int) -> Settled:
        """Return what people settled about the claims as of a commit."""
        ...


class Derived:
    """The folder of what follows."""

    def __init__(self, folder: Path, door: Door) -> None:
        self._layers = LayerFolder(folder, door)
        self._making = threading.RLock()

    def names(self) -> list[str]:
        """Return the names of the snapshots whose happenings are there, in any order."""
        return self._layers.names(stamp())

    def state(self) -> int:
        """Return what is another whenever a file has come or gone."""
        return self._layers.state()

    def settled(self) -> bool:
        """Say whether the last file came or went so long ago that `state` would tell the next."""
        return time.time_ns() - self._layers.state() > CLOCK_NANOSECONDS

    def holds(self, snapshot: str) -> bool:
        """Say whether a snapshot's happenings are there already."""
        return self._layers.find(stamp(), snapshot) is not None

    def files(self, snapshot: Snapshot, world: World) -> dict[str, list[str]]:
        """Return the files of what follows from a snapshot, by table, made first where missing."""
        name = world.name(snapshot)
        layers = self._layers.find(stamp(), name)
        if layers is None:
            with self._making:  # one thread makes them; whoever waited finds them made
                layers = self._layers.find(stamp(), name) or self._make(snapshot, world)
        return self._layers.paths(layers)

    def beside(self, table: Table, name: str) -> Path:
        """Return where a table that is made whole for a snapshot of this name has its file."""
        return self._layers.beside(table, stamp(), name)

    def keep(self, snapshots: Sequence[str]) -> None:
        """Delete the files of all but these snapshots."""
        self._layers.keep(stamp(), snapshots)

    def _make(self, snapshot: Snapshot, world: World) -> Layers:
        for earlier in world.earlier(snapshot.number):
            if below := self._layers.find(stamp(), world.name(earlier)):
                rows = follow(earlier.number, snapshot.number, world)
                return self._layers.lay(
                    stamp(), world.name(snapshot), rows, (world.name(earlier), below)
                )
        return self._layers.lay(stamp(), world.name(snapshot), start(snapshot.number, world))


def stamp() -> str:
    """Return what names files beside their snapshot: their shape, and the policy they follow."""
    return f"{SHAPE}-{policy_digest()}"


def start(pin: int, world: World) -> Iterator[tuple[Table, Row]]:
    """Yield all that follows from a snapshot, worked out from its claims alone."""
    policy = load_policy()
    fetch = partial(world.fetch, pin)
    ties = settle_ties(find_ties(fetch, policy), policy)
    yield from tie_rows(ties)
    kinship = load_kinship(fetch, ties)
    told = load_told(fetch)
    with no_collecting():
        yield from rows_of(work_out(told, kinship, policy, world.settled(pin)), told, policy, pin)


@contextmanager
def no_collecting() -> Iterator[None]:
    """Leave the memory alone for a while: nothing made here refers to itself, so all is freed."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def follow(since: int, pin: int, world: World) -> Iterator[tuple[Table, Row]]:
    """Yield what follows from a snapshot otherwise than from an earlier one."""
    return Following(since, pin, world).rows()


class Following:
    """Works out what changes from one snapshot to a later one."""

    def __init__(self, since: int, pin: int, world: World) -> None:
        self._policy = load_policy()
        self._weaver = Weaver(self._policy)
        self._since, self._pin = since, pin
        self._world = world
        self._before = partial(world.fetch, since)
        self._now = partial(world.fetch, pin)
        self._settled = world.settled(since), world.settled(pin)
        self._changed = self._now("reports_since", {"since": since}).rows
        self._added = {report for report, new in self._changed if new}
        self._reports = {report for report, _ in self._changed} | self._dated_anew()
        self._earlier = sorted(self._reports - self._added)
        self._old = {one.claim.id: one for one in self._told(self._before, self._earlier)}
        self._old_ties = load_ties(partial(self._before, derived=True))
        self._ties = self._find_ties() if self._reports else self._old_ties

    def _find_ties(self) -> list[Tie]:
        """Return the ties as they are now: those of reports that changed are found anew."""
        gone = self._reports | self._old.keys()
        kept = [tie for tie in self._old_ties if not {tie.first, tie.second} & gone]
        new = find_ties(self._now, self._policy, sorted(self._reports))
        return settle_ties([*kept, *new], self._policy)

    def rows(self) -> Iterator[tuple[Table, Row]]:
        """Yield the rows of the parts that were touched, and which parts are no more."""
        change = self._find_change()
        touched = Finder(self, self._weaver, self._tell, self._faces).find(change, self._settled)
        taken = touched.told
        parts = work_out(
            taken, self._kinship(taken), self._policy, self._settled[1], touched.known_loose
        )
        yield from rows_of(parts, taken, self._policy, self._pin)
        for part in touched.parts:
            yield RETIRED, {"part": part, "made": self._pin}
        yield from tie_rows(self._ties)

    # What changed ---------------------------------------------------------------------------------

    def _find_change(self) -> Change:
        """Return the claims that came, went, or are taken otherwise: by reading or by decision."""
        before, now = (Kinship.from_ties(ties, {}) for ties in (self._old_ties, self._ties))
        regrouped = {
            report
            for old, new in ((before.stories, now.stories), (before.texts, now.texts))
            for report in old.keys() | new.keys()
            if old.get(report, report) != new.get(report, report)
        }
        more = sorted(regrouped - self._reports)
        old = self._old | {one.claim.id: one for one in self._told(self._before, more)}
        some = sorted(self._reports | regrouped)
        new = {one.claim.id: one for one in self._told(self._now, some)}
        decided = sorted(differing(*self._settled))
        for fetch, claims in ((self._before, old), (self._now, new)):
            claims |= {one.claim.id: one for one in self._by_id(fetch, decided)}
        same = {
            id_ for id_ in old.keys() & new.keys()
            if alike(old[id_], new[id_]) and old[id_].claim.report not in regrouped
            and id_ not in decided
        }  # fmt: skip
        return Change(
            {id_: one for id_, one in new.items() if id_ not in same},
            {id_: one for id_, one in old.items() if id_ not in same},
        )

    def _dated_anew(self) -> set[str]:
        """Return the reports that people dated otherwise at one time than at another."""
        before, now = ({*fetch("dates_decided", {}).rows} for fetch in (self._before, self._now))
        return {report for report, _, _ in before ^ now}

    def _told(self, fetch: Fetch, reports: Sequence[str]) -> list[Told]:
        return load_told(fetch, reports=reports) if reports else []

    def _by_id(self, fetch: Fetch, ids: Sequence[str]) -> list[Told]:
        if not ids:
            return []
        where = {row[0]: row[1] for row in fetch("reports_of_claims", {"ids": list(ids)}).rows}
        return load_told(fetch, claims=where)

    # What was there before ------------------------------------------------------------------------

    def near(self, keys: Sequence[Key]) -> dict[str, str]:
        """Return the claims that share a key, with their reports."""
        wanted = [
            {"key": key.seeks or key.words, "first_day": key.first, "last_day": key.last}
            for key in keys
        ]
        names = sorted({key.seeks or key.words for key in keys})
        some = {"keys": wanted, "names": names}
        return dict(self._before("members_near", some, derived=True).rows)

    def parts_of(self, claims: Sequence[str]) -> dict[str, str]:
        """Return the part of each of some claims."""
        answer = self._before("parts_of_claims", {"claims": list(claims)}, derived=True)
        return {claim: part for claim, part, _ in answer.rows}

    def members(self, parts: Sequence[str]) -> dict[str, tuple[str, bool]]:
        """Return the claims of some parts, with their reports, and whether they were loose."""
        answer = self._before("members_of_parts", {"parts": list(parts)}, derived=True)
        return {claim: (report, loose) for claim, report, loose in answer.rows}

    # What is there now ----------------------------------------------------------------------------

    def _tell(self, claims: Mapping[str, str]) -> list[Told]:
        return load_told(self._now, claims=claims) if claims else []

    def _faces(self, told: Sequence[Told]) -> list[Any]:
        maker = Faces(self._kinship(told), self._policy, load_weights())
        taken = ((one, self._settled[1].take(one.claim)) for one in told)
        return [
            maker.make(msgspec.structs.replace(one, claim=claim or one.claim))
            for one, claim in taken
        ]

    def _kinship(self, told: Sequence[Told]) -> Kinship:
        reports = sorted({one.claim.report for one in told})
        return load_kinship(self._now, self._ties, reports)


def alike(first: Told, second: Told) -> bool:
    """Say whether two readings of a claim are the same, whichever run made them."""
    same_run = msgspec.structs.replace(first.claim, run=second.claim.run)
    return first.words == second.words and same_run == second.claim


def differing(before: Settled, now: Settled) -> set[str]:
    """Return the claims that people settled otherwise at one time than at another."""
    pairs = {*before.together} ^ {*now.together} | (before.apart ^ now.apart)
    found = {id_ for pair in pairs for id_ in pair} | (before.rejected ^ now.rejected)
    for old, new in ((before.leads, now.leads), (before.changed, now.changed)):
        found |= {id_ for id_ in old.keys() | new.keys() if old.get(id_) != new.get(id_)}
    return found


def rows_of(
    parts: Iterable[Part], told: Sequence[Told], policy: Policy, pin: int
) -> Iterator[tuple[Table, Row]]:
    """Yield the rows of what follows, part by part, each with its table."""
    claims = {one.claim.id: one.claim for one in told}
    weaver = Weaver(policy)
    for part in parts:
        derived_in = {"part": part.name, "made": pin}
        for happening in part.happenings:
            yield HAPPENINGS, {**happening_row(happening, claims), **derived_in}
        for join in part.joins:
            yield JOINS, {**msgspec.structs.asdict(join), **derived_in}
        for link in part.links:
            yield LINKS, encode(LINKS, link, **derived_in)
        for rival in part.rivals:
            yield RIVALS, encode(RIVALS, rival, **derived_in)
        for row in member_rows(part, weaver):
            yield MEMBERS, {**row, **derived_in}


def tie_rows(ties: Iterable[Tie]) -> Iterator[tuple[Table, Row]]:
    """Yield the rows of what ties reports together."""
    for tie in ties:
        yield TIES, encode(TIES, tie)


def member_rows(part: Part, weaver: Weaver) -> Iterator[Row]:
    """Yield what each claim of a part is found by."""
    for face in part.faces:
        for key in weaver.keys(face):
            yield {
                "key": key.words,
                "claim": face.id,
                "report": face.report,
                "loose": face.id in part.loose,
                "first_day": key.first,
                "last_day": key.last,
            }


def happening_row(happening: Happening, claims: Mapping[str, Claim]) -> Row:
    """Return a happening's row, with what it is found and sorted by.

    That is the voices of all its claims (kinds and known actors), the codes of both sides in a form
    in which a part of one is looked for as words are (` USA. USA.GOV. `), and its day.
    """
    voices = [claims[id_].voice for id_ in happening.claims]
    known = {voice.kind for voice in voices} | {voice.actor for voice in voices if voice.actor}
    parties = "".join(f" {code}." for code in sorted({*happening.actors, *happening.targets}))
    day = happening.when.first or happening.when.last or UNDATED
    return encode(
        HAPPENINGS, happening, voices=sorted(known), parties=f"{parties} ", sorted_on=day
    )  # fmt: skip


def load_told(
    fetch: Fetch, *, reports: Sequence[str] = (), claims: Mapping[str, str] | None = None
) -> list[Told]:
    """Return the claims of the newest readings with the words they rest on.

    All of them, or those of some reports, or some by their ids with their reports.
    """
    if reports or claims is not None:
        claims = claims or {}
        some = {
            "reports": list(reports),
            "claims": sorted(claims),
            "others": sorted({*claims.values()}),
        }
        answer = fetch("claims_with_words_of", some)
    else:
        answer = fetch("claims_with_words", {})
    claim_of = decoder(CLAIMS, answer.columns[:-2])
    told, rows = [], answer.rows
    rows.reverse()
    while rows:  # each row is let go of once it is a claim: the memory holds all of them once
        values = rows.pop()
        told.append(Told(claim_of(values[:-2]), fold_words(values[-1]), values[-1], values[-2]))
    return told
