"""What follows from a snapshot: its happenings, made once and kept in `derived/`.

The files are named for the snapshot and for the policy, so they can never be out of date; they
can be deleted at any time, and whoever needs them makes them again.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from chancery.ledger import tables
from chancery.ledger.copies import (
    Kinship,
    Likeness,
    are_copies,
    are_same_text,
    containment,
    find_agencies,
    find_groups,
)
from chancery.ledger.policy import Policy, load_policy, policy_digest
from chancery.ledger.query import Answer, Door
from chancery.ledger.reconcile import Told, reconcile
from chancery.ledger.segments import write_lines
from chancery.ledger.tables import (
    CLAIMS,
    HAPPENINGS,
    JOINS,
    LINKS,
    OUTCOMES,
    RIVALS,
    Row,
    Table,
    decoder,
    encode,
)
from chancery.model import Claim, Happening
from chancery.sketch import SIZE, resemblance

SHAPE: Final = 3
"""Changes whenever happenings or joins get other columns, so that older files are made again."""

KEPT_SNAPSHOTS: Final = 8
"""Snapshots whose happenings are kept; older ones are made again when asked for."""

Fetch = Callable[[str, Mapping[str, Any]], Answer]


class Derived:
    """The folder of what follows."""

    def __init__(self, folder: Path, door: Door) -> None:
        self.folder = folder
        self._door = door

    def holds(self, snapshot: str) -> bool:
        """Say whether a snapshot's happenings are there already."""
        return all(self._path(table, snapshot).exists() for table in tables.DERIVED_TABLES)

    def files(self, snapshot: str, fetch: Fetch) -> dict[str, list[str]]:
        """Return the files of a snapshot's happenings and joins, made first where missing."""
        paths = {table.name: self._path(table, snapshot) for table in tables.DERIVED_TABLES}
        if not self.holds(snapshot):
            self._make(snapshot, fetch)
        return {name: [str(path)] for name, path in paths.items()}

    def keep(self, snapshots: Sequence[str]) -> None:
        """Delete the files of all but these snapshots."""
        kept = {self._path(table, one) for one in snapshots for table in tables.DERIVED_TABLES}
        for path in self.folder.glob("*"):
            if path not in kept:
                path.unlink(missing_ok=True)

    def _make(self, snapshot: str, fetch: Fetch) -> None:
        policy = load_policy()
        told = load_told(fetch)
        found = reconcile(told, load_kinship(fetch, policy), policy)
        voices = {one.claim.id: one.claim for one in told}
        rows = (happening_row(happening, voices) for happening in found.happenings)
        self._write(HAPPENINGS, snapshot, rows)
        self._write(JOINS, snapshot, (msgspec.structs.asdict(join) for join in found.joins))
        self._write(LINKS, snapshot, (encode(LINKS, link) for link in found.links))
        self._write(RIVALS, snapshot, (encode(RIVALS, rival) for rival in found.rivals))
        self._write(OUTCOMES, snapshot, iter(()))

    def _write(self, table: Table, snapshot: str, rows: Iterator[Row]) -> None:
        self.folder.mkdir(exist_ok=True)
        aside = self.folder / f".aside-{os.getpid()}-{table.name}.parquet"
        lines = write_lines(aside.with_suffix(".jsonl"), rows)
        self._door.write(lines, aside, table)
        lines.path.unlink()
        aside.rename(self._path(table, snapshot))

    def _path(self, table: Table, snapshot: str) -> Path:
        return self.folder / f"{table.name}-{SHAPE}-{policy_digest()}-{snapshot}.parquet"


def happening_row(happening: Happening, claims: Mapping[str, Claim]) -> Row:
    """Return a happening's row, with the voices of all its claims: kinds and known actors."""
    voices = [claims[id_].voice for id_ in happening.claims]
    known = {voice.kind for voice in voices} | {voice.actor for voice in voices if voice.actor}
    return encode(HAPPENINGS, happening, voices=sorted(known))


def load_told(fetch: Fetch) -> list[Told]:
    """Return the claims of the newest readings with the words they rest on."""
    answer = fetch("claims_with_words", {})
    claim_of = decoder(CLAIMS, answer.columns[:-1])
    return [Told(claim_of(values[:-1]), fold_words(values[-1])) for values in answer.rows]


def fold_words(words: str) -> str:
    """Return words so that copies of them compare as the same: blanks and case do not matter."""
    return " ".join(words.casefold().split())


def load_kinship(fetch: Fetch, policy: Policy) -> Kinship:
    """Return which reports are copies of one text, and where each came from."""
    credits = fetch("credits", {}).rows
    alike = load_likenesses(fetch, policy)
    return Kinship(
        stories=find_groups(pair for pair in alike if are_copies(pair, policy.copies)),
        texts=find_groups(pair for pair in alike if are_same_text(pair, policy.copies)),
        agencies={report: find_agencies(words, policy) for report, _, words in credits},
        outlets={report: source for report, source, _ in credits},
    )


def load_likenesses(fetch: Fetch, policy: Policy) -> list[Likeness]:
    """Return how alike the texts of reports are, for those that are alike at all."""
    copies = policy.copies
    parameters = {"least_shared": copies.least_shared, "most_reports": copies.most_reports}
    sketches = dict(fetch("sketches_alike", parameters).rows)
    return [
        Likeness(
            first,
            second,
            resemblance(sketches[first], sketches[second]),
            containment(sketches[first], sketches[second], SIZE),
            days_apart,
        )
        for first, second, days_apart in fetch("alike_reports", parameters).rows
    ]
