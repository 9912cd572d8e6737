"""Lists of happenings: their pages, counts, strip and groups say the same as the whole list."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chancery.errors import UsageError
from chancery.ledger import Ledger
from chancery.ledger.counts import MOST_BARS, Order
from chancery.model import Happening, Report

Build = Any
Tell = Callable[..., Report]
FRAMES = ("meet", "visit", "accuse", "expel-diplomats")
STATES = ("USA", "BLR", "RUS.GOV", "IGO.NATO", "USA.MIL", "")
DAYS = ("2019", "2019-11", "2020-02-01", "2020-02-10", "2020-02-01/2020-04-30", "../2020-03-01",
        None, "2021-07-05/..", "1990", "2020-02-10")  # fmt: skip
VOICES: tuple[dict[str, Any], ...] = (
    {"kind": "own"},
    {"kind": "named", "actor": "BLR.GOV"},
    {"kind": "anonymous"},
)


@pytest.fixture(scope="module", autouse=True)
def told(shared_ledger: Ledger, build: Build) -> None:
    """Tell eighty deeds in sixty reports, some of them without a day."""
    from chancery.model import Voice

    choose = random.Random(8)
    for number in range(60):
        text = f"Envoys {number}\nWashington met Minsk on Monday. Moscow visited Kyiv {number}."
        published = choose.choice(("2020-02-10", "2020-03", "2021", None))
        report = build.report(text, published=published, key=str(number))
        claims = [
            build.claim(
                report, choose.choice(FRAMES), actors=choose.choice(STATES),
                targets=choose.choice(STATES), when=choose.choice(DAYS), trigger=trigger,
                voice=Voice(**choose.choice(VOICES)),
            )
            for trigger in ("met", "visited")[: choose.choice((1, 2))]
        ]  # fmt: skip
        shared_ledger.add([report])
        shared_ledger.record([build.reading(report, *claims)])
    shared_ledger.reconcile()


filters = st.fixed_dictionaries(
    {},
    optional={
        "who": st.lists(
            st.sampled_from(("USA", "BLR", "RUS", "IGO", "RUS.GOV", "US")), max_size=3, unique=True
        ),
        "what": st.sampled_from(("meet", "CONSULT", "deport", "visit,accuse")),
        "since": st.sampled_from(("2019", "2020-02", "2020-02-10")),
        "until": st.sampled_from(("2020-02-10", "2020-12", "2021")),
        "voice": st.sampled_from(("own", "anonymous", "BLR")),
        "min": st.sampled_from(("plausible", 0.3)),
        "dated": st.booleans(),
    },
)
FEW = settings(max_examples=40, deadline=None)


def by_codes(row: Happening, who: list[str]) -> bool:
    codes = [*row.actors, *row.targets]
    return all(any(code == one or code.startswith(f"{one}.") for code in codes) for one in who)


@given(
    wanted=filters, size=st.integers(1, 30), order=st.sampled_from(("date", "reported", "changed"))
)
@FEW
def test_pages_are_the_whole_list(
    shared_ledger: Ledger, wanted: dict[str, Any], size: int, order: Order
) -> None:
    whole = list(shared_ledger.happenings(order=order, **wanted))
    pages = [
        list(shared_ledger.happenings(order=order, limit=size, offset=offset, **wanted))
        for offset in range(0, len(whole) + 1, size)
    ]
    assert [row for page in pages for row in page] == whole
    listed = list(shared_ledger.happenings(**wanted))
    assert sorted(one.id for one in whole) == sorted(one.id for one in listed)
    everything = list(shared_ledger.happenings())
    assert listed == [one for one in everything if one in listed]
    if wanted.keys() <= {"who", "dated"}:
        assert listed == [
            one for one in everything
            if by_codes(one, wanted.get("who", []))
            and one.when.known == wanted.get("dated", one.when.known)
        ]  # fmt: skip


@given(wanted=filters)
@FEW
def test_counts_are_those_of_the_list(shared_ledger: Ledger, wanted: dict[str, Any]) -> None:
    rows = list(shared_ledger.happenings(**wanted))
    tally = shared_ledger.tally(**wanted)
    days = [one.when.first or one.when.last for one in rows]
    lasts = [one.when.last or one.when.first for one in rows]
    assert tally.happening_count == len(rows) == tally.dated_count + tally.undated_count
    assert tally.dated_count == len([day for day in days if day])
    assert tally.disputed_count == sum(bool(one.disputed) for one in rows)
    assert tally.claim_count == len({id_ for one in rows for id_ in one.claims})
    assert tally.report_count == len({id_ for one in rows for id_ in one.reports})
    assert tally.first_year == min((day.year for day in days if day), default=None)
    assert tally.last_year == max((day.year for day in lasts if day), default=None)


@given(wanted=filters, step=st.sampled_from((None, "month", "quarter", "year", "decade")))
@FEW
def test_the_strip_sums_up_to_the_list(
    shared_ledger: Ledger, wanted: dict[str, Any], step: Any
) -> None:
    rows = list(shared_ledger.happenings(**wanted))
    bars = list(shared_ledger.strip(step=step, **wanted))
    assert len(bars) <= MOST_BARS
    assert all(one.last < other.first for one, other in itertools.pairwise(bars))
    for bar in bars:
        assert bar.step == step or step is None
        within = [
            one for one in rows
            if bar.first <= (one.when.first or one.when.last or date.max) <= bar.last
        ]  # fmt: skip
        away = [one for one in within if one.type in ("ACCUSE", "COERCE")]
        assert (bar.happening_count, bar.conflict) == (len(within), len(away))
        assert bar.cooperation + bar.conflict == bar.happening_count
        days = (bar.last - bar.first).days + 1
        assert bar.vague == sum(
            one.when.first is None or one.when.last is None
            or (one.when.last - one.when.first).days + 1 > days
            for one in within
        )  # fmt: skip
    assert sum(bar.happening_count for bar in bars) == sum(one.when.known for one in rows)


@given(wanted=filters)
@FEW
def test_groups_hold_each_happening_once(shared_ledger: Ledger, wanted: dict[str, Any]) -> None:
    rows = list(shared_ledger.happenings(**wanted))
    kinds = Counter(one.frame for one in rows)
    years = Counter(str(day.year) if (day := one.when.first or one.when.last) else None
                    for one in rows)  # fmt: skip
    dyads = Counter(parties(one) for one in rows)
    assert {
        one.name: one.happening_count for one in shared_ledger.groups("kind", **wanted)
    } == kinds
    assert {
        one.name: one.happening_count for one in shared_ledger.groups("year", **wanted)
    } == years
    found = list(shared_ledger.groups("dyad", **wanted))
    assert {one.parties: one.happening_count for one in found} == dyads
    assert found == sorted(found, key=lambda one: (-one.happening_count, one.parties))
    assert found[:2] == list(shared_ledger.groups("dyad", limit=2, **wanted))


def parties(row: Happening) -> tuple[str, ...]:
    codes = {*row.actors, *row.targets}
    return tuple(sorted({code if code.startswith("IGO") else code[:3] for code in codes}))


def test_happenings_of_one_report_and_of_some_ids(shared_ledger: Ledger) -> None:
    everything = list(shared_ledger.happenings())
    report = everything[3].reports[0]
    of_report = list(shared_ledger.happenings(report=report[:10]))
    assert of_report == [one for one in everything if report in one.reports]
    ids = [one.id for one in everything[5:9]]
    assert list(shared_ledger.happenings(ids=reversed(ids))) == everything[5:9]
    assert list(shared_ledger.happenings(ids=[])) == []
    assert shared_ledger.tally(ids=ids).happening_count == len(ids)


def test_one_happening_and_what_lies_around_it(shared_ledger: Ledger) -> None:
    everything = list(shared_ledger.happenings())
    for one in everything[::9]:
        assert shared_ledger.happening(one.id) == one
        assert shared_ledger.happening(one.claims[-1]) == one
        assert shared_ledger.happening(one.id[:14]) == one
        assert {rival.happening for rival in shared_ledger.rivals(one.id)} <= {one.id}
        assert all(rival.field in one.disputed for rival in shared_ledger.rivals(one.id))
        assert {tie.first for tie in shared_ledger.ties(one.id)} <= {*one.reports, *one.claims}


def test_orders_are_by_the_days_of_reports(shared_ledger: Ledger) -> None:
    days = {one.id: one.published.first or one.published.last for one in shared_ledger.reports()}

    def told(row: Happening, pick: Callable[..., Any]) -> date | None:
        found: date | None = pick((day for id_ in row.reports if (day := days[id_])), default=None)
        return found

    reported = [told(one, min) for one in shared_ledger.happenings(order="reported")]
    assert reported == sorted(reported, key=lambda day: (day is None, day))
    changed = [told(one, max) for one in shared_ledger.happenings(order="changed")]
    known = [day for day in changed if day]
    assert known == sorted(known, reverse=True) == changed[: len(known)]


def test_what_cannot_be_meant(shared_ledger: Ledger) -> None:
    for wrong in ({"order": "size"}, {"offset": -1}, {"limit": -1}):
        with pytest.raises(UsageError):
            shared_ledger.happenings(**wrong)
    with pytest.raises(UsageError, match="no step"):
        shared_ledger.strip(step="week")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="no group"):
        shared_ledger.groups("voice")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="wher"):
        shared_ledger.tally(wher="USA")  # type: ignore[call-arg]


def test_the_steps_of_a_strip_are_chosen_by_what_fits(ledger: Ledger, build: Build) -> None:
    def strip_of(*days: str) -> set[str]:
        report = build.report(f"{days}\nWashington met Minsk on Monday", key=str(days))
        ledger.add([report])
        states = [f"S{number:02}" for number in range(len(days))]
        ledger.record([
            build.reading(report, *(
                build.claim(report, when=day, actors=state)
                for day, state in zip(days, states, strict=True)
            ))
        ])  # fmt: skip
        return {bar.step for bar in ledger.strip(report=report.id)}

    assert strip_of("2020-01-01", "2020-02-01") == {"month"}
    assert strip_of("2000-01-01", "2020-02-01") == {"quarter"}
    assert strip_of("1950-01-01", "2020-02-01") == {"year"}
    assert strip_of("1158-01-01", "2020-02-01") == {"decade"}


def test_news_counts_what_was_not_known(ledger: Ledger, tell: Tell, build: Build) -> None:
    assert ledger.newest_ready() is None
    first = tell("One\nWashington met Minsk on Monday")
    ledger.reconcile()
    old = ledger.snapshot
    assert ledger.newest_ready() == old
    assert ledger.news(old.id).report_count == 0
    tell("Two\nWashington met Minsk on Monday")
    again = build.claim(first)
    more = build.claim(first, "accuse", trigger="on")
    ledger.record([build.reading(first, again, more, run="run_2")])
    assert ledger.newest_ready() == old
    assert ledger.news(old.id).claim_count == 0
    news = ledger.news(old.id, until=ledger.snapshot.id)
    assert (news.claim_count, news.report_count) == (2, 1)
    ledger.reconcile()
    assert ledger.newest_ready() == ledger.snapshot
    assert ledger.news(old.id) == news
