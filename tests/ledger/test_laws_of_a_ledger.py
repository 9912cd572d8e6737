"""Laws of whole ledgers on disk, several cases on each: previews, undoing, reading again.

Making a ledger is what takes time, so one serves for several cases. What is decided stays there
and meets what is decided later; when the ledger has served, all of it is undone, which leaves no
trace in the exports. `test_decisions_laws` tries more at a time, with a fresh ledger each.
"""

from __future__ import annotations

import io
import random
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chancery.ledger import Ledger
from chancery.ledger.decide import standing_decisions
from chancery.lexicon import Lexicon
from chancery.model import Claim, Decision, Happening, Reading, Report
from chancery.outputs.exports import write_export

Build = Any
CASES_OF_ONE: Final = 20
"""A ledger is made anew after so many cases: its log of decisions grows with each."""
ON_DISK = settings(max_examples=max(8, settings().max_examples // 16))
"""Each example makes two snapshots, so fewer than of the laws that stay in memory."""

REPORTS: Final = 4
SENTENCE: Final = "Washington met Minsk on Monday"
DAYS: Final = (None, "2020-02", "2020-02-10", "2020-02-11", "2020-02-10/2020-02-14")
CODES: Final = ("USA", "USA.GOV", "BLR", "RUS+POL", "")


class Small:
    """A small ledger made from a number, and what it exports while nothing is decided."""

    def __init__(self, folder: Path, build: Build, lexicon: Lexicon, seed: int) -> None:
        self.ledger = Ledger.open(folder / f"{seed}.ledger", lexicon)
        self.reports = [build.report(f"Title {number}\n{SENTENCE}.") for number in range(REPORTS)]
        self.claims = _claims(build, self.reports, random.Random(seed))
        self.readings: list[Reading] = [
            build.reading(report, *(one for one in self.claims if one.report == report.id))
            for report in self.reports
        ]
        self.ledger.add(self.reports)
        self.ledger.record(self.readings)
        self.exported = written(self.ledger)

    def undo_all(self) -> None:
        """Take back all that stands, the newest first."""
        for one in reversed(self.standing()):
            self.ledger.decide(one.id, "undo", who="Ada")

    def standing(self) -> list[Decision]:
        """Return what is decided and holds, undos left out, as they were made."""
        return [one for one in standing_decisions(self.ledger.decisions()) if not one.undoes]


def _claims(build: Build, reports: list[Report], chance: random.Random) -> list[Claim]:
    claims = [
        build.claim(
            report, chance.choice(("meet", "visit", "accuse")), chance.choice(CODES),
            chance.choice(CODES), chance.choice(DAYS), trigger=chance.choice(("met", "Monday")),
            standing=chance.choice(("happened", "happened", "planned", "denied")),
        )
        for report in reports
        for _ in range(chance.randint(1, 2))
    ]  # fmt: skip
    return list({claim.id: claim for claim in claims}.values())


class Stock:
    """Gives a small ledger out, and a new one when it has served long enough."""

    def __init__(self, folder: Path, build: Build) -> None:
        self._folder, self._build = folder, build
        self._lexicon = Lexicon.load()
        self._made = self._left = 0
        self._small: Small | None = None

    def take(self) -> Small:
        """Return a ledger; in the one before, everything was undone without a trace."""
        small = self._small
        if small is None or self._left == 0:
            if small is not None:
                self._small = None
                self._put_away(small)
            self._made, self._left = self._made + 1, CASES_OF_ONE
            small = self._small = Small(self._folder, self._build, self._lexicon, self._made)
        self._left -= 1
        return small

    @contextmanager
    def in_use(self) -> Iterator[Small]:
        """Give one out; a case that fails may leave something in it, so it serves no more."""
        small = self.take()
        try:
            yield small
        except BaseException:
            self._small = None
            raise

    def _put_away(self, small: Small) -> None:
        with small.ledger as ledger:
            small.undo_all()
            assert written(ledger) == small.exported
        shutil.rmtree(ledger.path)

    def close(self) -> None:
        if self._small is not None:
            self._put_away(self._small)


@pytest.fixture(scope="module")
def stock(build: Build) -> Iterator[Stock]:
    with tempfile.TemporaryDirectory() as folder:
        kept = Stock(Path(folder), build)
        yield kept
        kept.close()


def written(ledger: Ledger) -> bytes:
    """Return the exports of all happenings, as CSV and as JSON Lines."""
    target = io.BytesIO()
    for form in ("csv", "jsonl"):
        write_export(target, ledger, None, form)  # type: ignore[arg-type]
    return target.getvalue()


def held(ledger: Ledger) -> dict[str, Happening]:
    return {one.id: one for one in ledger.happenings()}


def verdict_of(small: Small, numbers: tuple[int, int, int]) -> tuple[str, str]:
    """Return what is decided, and how: of one claim, two, a name, a rule or a report; or an undo.

    Numbers choose among what is there: hypothesis wants to draw the same, whatever the ledger that
    a case happens to get holds.
    """
    kind, first, second = numbers
    standing, claims = small.standing(), small.claims
    claim, other = claims[first % len(claims)], claims[second % len(claims)]
    if kind % 4 == 0 and standing:
        return standing[first % len(standing)].id, "undo"
    if kind % 4 == 1 and claim.id != other.id:
        return claim.id, f"{('join', 'split')[kind // 4 % 2]} {other.id}"
    several = (
        ("rule:frame=meet", "reject"), ('rule:words~"minsk on" actor=USA', "date 2020-02"),
        (f"name:{SENTENCE}", "is POL"), (claim.report, "withdrawn"),
    )  # fmt: skip
    alone = (
        "reject", "type accuse", "type visit", "date 2020-02-11", "actor RUS", "lead", "right",
        "target BLR.GOV+POL", "wrong", "lead when", "date 2019/..",
    )  # fmt: skip
    of_one = [(claim.id, verdict) for verdict in alone]
    return (*of_one, *several)[second % (len(of_one) + len(several))]


@given(numbers=st.tuples(*[st.integers(0, 999)] * 3))
@ON_DISK
def test_a_preview_is_what_follows(stock: Stock, numbers: tuple[int, int, int]) -> None:
    with stock.in_use() as small:
        ledger = small.ledger
        about, verdict = verdict_of(small, numbers)
        state = held(ledger)
        effect = ledger.preview(about, verdict, who="Ada")
        ledger.decide(about, verdict, who="Ada")
        for gone in effect.before:
            assert state.pop(gone.id) == gone
        assert state.keys().isdisjoint(one.id for one in effect.after)
        state |= {one.id: one for one in effect.after}
        assert held(ledger) == state
        assert effect.count_after == len(state)


@given(places=st.lists(st.integers(0, REPORTS - 1), max_size=6))
@ON_DISK
def test_what_is_read_a_second_time_changes_nothing(stock: Stock, places: list[int]) -> None:
    with stock.in_use() as small:
        ledger, snapshots, state = small.ledger, small.ledger.snapshots(), held(small.ledger)
        ledger.add(small.reports[place] for place in places)
        ledger.record(small.readings[place] for place in places)
        assert ledger.snapshots() == snapshots
        assert held(ledger) == state
