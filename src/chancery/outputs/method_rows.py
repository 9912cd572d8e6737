"""What the methods find about two or three parties, as rows for programs and for people.

What cannot be told is a row as well. People are shown fewer of them, and shorter.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Literal, TypeAlias, get_args

import msgspec

from chancery.errors import MissingExtra, UsageError
from chancery.model import Refusal, Relation
from chancery.outputs.rows import Row, plain
from chancery.outputs.sheet import Sheet, plain_sheet
from chancery.outputs.triad_words import Sentence, sentence_of
from chancery.outputs.words import counted
from chancery.relations.dependence import dependence
from chancery.relations.ground import Ground
from chancery.relations.reciprocity import Reciprocity, reciprocity
from chancery.relations.series_table import dyad_series
from chancery.relations.surprise import surprise
from chancery.relations.triads import Balance, balance_of, pair_flows, triad

MOST_PARTNERS: Final = 10
"""Partners that people are shown; programs get all."""
Method: TypeAlias = Literal["reciprocity", "surprise", "dependence"]
METHODS: Final[tuple[Method, ...]] = get_args(Method)
REFUSAL_FIELDS: Final = ("kind", "code", "words")


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What a method found: `rows`, the `tests` that go before them, and what it cannot tell.

    `shown` are the rows that people get to see, `note` says what they rest on.
    """

    rows: list[Row] = []
    tests: list[Row] = []
    shown: list[Row] = []
    refusals: list[Refusal] = []
    note: str = ""

    def for_programs(self, *, csv: bool) -> list[Row]:
        """Return all rows in their order; CSV has rows of one kind alone."""
        refused: list[Row] = [{"kind": "refusal", **plain(one)} for one in self.refusals]
        return (self.rows or refused) if csv else [*self.tests, *self.rows, *refused]

    def sheet(self) -> Sheet[Mapping[str, Any]]:
        """Return how the rows for programs are shown."""
        return plain_sheet(self.rows[0] if self.rows else REFUSAL_FIELDS)


def told_by(method: str, ground: Ground, one: str, other: str) -> Told:
    """Ask one method about two parties; raises `UsageError` for a method that is not known."""
    tellers: dict[str, Callable[[Ground, str, str], Told]] = {
        "reciprocity": _answers, "surprise": _surprises, "dependence": _partners,
    }  # fmt: skip
    if method not in tellers:
        raise UsageError(f"no method {method!r}", hint=f"one of: {', '.join(METHODS)}")
    return tellers[method](ground, one, other)


def _answers(ground: Ground, one: str, other: str) -> Told:
    table = dyad_series(ground.dyad(one, other))
    found = table if isinstance(table, Refusal) else reciprocity(table)
    if isinstance(found, Refusal):
        return Told(refusals=[found])
    note = (
        f"{found.observations} steps of sums of scores, {counted(found.lag, 'lag')} by "
        f"{found.criterion}; {'stable' if found.stable else 'not stable'}; bands of "
        f"{found.level:.0%} from {found.draws} draws; the past of one helps to foretell the "
        "other, which is not yet an answer"
    )
    rows = _response_rows(found)
    return Told(rows=rows, tests=_granger_rows(found), shown=rows, note=note)


def _granger_rows(found: Reciprocity) -> list[Row]:
    return [{"kind": "granger", "lag": found.lag, **plain(one)} for one in found.granger]


def _response_rows(found: Reciprocity) -> list[Row]:
    """Give a row a step of every impulse response."""
    columns = ("low", "high", "cumulative", "cumulative_low", "cumulative_high")
    return [
        {
            "kind": "response", "impulse": one.impulse, "response": one.response, "step": at,
            "value": one.values[at], **{name: getattr(one, name)[at] for name in columns},
        }
        for one in found.responses
        for at in range(len(one.values))
    ]  # fmt: skip


def _surprises(ground: Ground, one: str, other: str) -> Told:
    dyad = ground.dyad(one, other)
    rows: list[Row] = []
    notes, refusals = [], []
    for flow in (dyad.flow("there+mutual"), dyad.flow("back+mutual")):
        found = surprise(flow, dyad.world)
        if isinstance(found, Refusal):
            refusals.append(found)
            continue
        sides = {"kind": "surprise", "actor": flow.actor, "target": flow.target}
        rows += [{**sides, **plain(cell)} for cell in found.cells]
        flagged = sum(cell.flagged for cell in found.cells)
        notes.append(
            f"{flow.actor} → {flow.target}: {flagged} of {found.tests} steps stand out, "
            f"{found.model}, {found.correction} at {found.level:g}"
        )
    shown = [row for row in rows if row["flagged"]]
    return Told(rows=rows, shown=shown, refusals=refusals, note=" · ".join(notes))


def _partners(ground: Ground, one: str, other: str) -> Told:
    rows: list[Row] = []
    shown: list[Row] = []
    notes, refusals = [], []
    for party, partner in ((one, other), (other, one)):
        found = dependence(ground.cube, party, first=ground.first, last=ground.last)
        if isinstance(found, Refusal):
            refusals.append(found)
            continue
        all_rows = [{"kind": "partner", "party": party, **plain(row)} for row in found.partners]
        rows += all_rows
        shown += [
            row for at, row in enumerate(all_rows) if at < MOST_PARTNERS or
            row["partner"] == partner
        ]  # fmt: skip
        notes.append(
            f"{party}: as many as {found.as_many:.1f} equal partners (Herfindahl "
            f"{found.herfindahl:.3f}, {found.rows:,} rows)"
        )
    return Told(rows=rows, shown=shown, refusals=refusals, note=" · ".join(notes))


# Three parties ----------------------------------------------------------------------------------


class Triangle(msgspec.Struct, frozen=True, kw_only=True):
    """What is found about three parties: balance by step and border, tests, and a sentence.

    `missing` says why there are no tests where an extra is not installed.
    """

    balance: list[Row]
    tests: list[Row]
    sentence: Sentence | None
    refusals: list[Refusal]
    note: str
    missing: str = ""

    def for_programs(self, *, csv: bool) -> list[Row]:
        """Return all rows in their order; CSV has those of the balance alone."""
        if csv:
            return self.balance
        said = [self.sentence.row()] if self.sentence else []
        refused: list[Row] = [{"kind": "refusal", **plain(one)} for one in self.refusals]
        return [*self.balance, *self.tests, *said, *refused]

    def sheet(self) -> Sheet[Mapping[str, Any]]:
        """Return how the rows for programs are shown."""
        return plain_sheet(self.balance[0] if self.balance else ("kind",))

    @property
    def pairs(self) -> list[str]:
        """Return the names of the three pairs, as the rows of the balance have them."""
        first = self.balance[0] if self.balance else {}
        return [name for name in first if f"{name} sign" in first]


def triangle(
    ground: Ground, parties: Sequence[str], relations: Sequence[Relation]
) -> Triangle:  # fmt: skip
    """Return the balance of three parties step by step, the tests of their model, a sentence.

    `relations` are those of the three pairs, on the same ground.
    """
    a, b, c = parties
    first, last = ground.span(parties)
    model: Reciprocity | Refusal | None = None
    refusals: list[Refusal] = []
    missing = ""
    try:
        # Nothing of the impulse responses is shown, so no bands are drawn for them.
        found = triad(ground.cube, a, b, c, draws=0, first=first, last=last)
        balance, model = found.balance, found.model
        refusals += found.refusals
    except MissingExtra as absent:
        balance = balance_of(ground.cube, pair_flows(ground.cube, (a, b, c), first, last))
        missing = f"without the tests of who moves whom: {absent}"
    if isinstance(model, Refusal):
        refusals.append(model)
    return Triangle(
        balance=[_balance_row(one) for one in balance],
        tests=_granger_rows(model) if isinstance(model, Reciprocity) else [],
        sentence=sentence_of(relations), refusals=refusals, missing=missing,
        note=f"layer {ground.layer}" if ground.layer else
        f"{ground.cube.rows:,} happenings by pair",
    )  # fmt: skip


def _balance_row(one: Balance) -> Row:
    row: Row = {"kind": "balance", "first": one.first, "last": one.last, "border": one.border}
    row |= {"at": one.at, "rows": sum(edge.rows for edge in one.edges)}
    for edge in one.edges:
        name = f"{edge.one}-{edge.other}"
        row |= {name: edge.warmth, f"{name} rows": edge.rows, f"{name} sign": edge.sign}
    return {**row, "balanced": one.balanced}
