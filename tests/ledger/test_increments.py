"""What is worked out bit by bit is what is worked out from scratch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from chancery.ledger import Ledger
from chancery.ledger.candidates import Key
from chancery.ledger.components import Weaver
from chancery.ledger.effects import compare
from chancery.ledger.faces import Faces
from chancery.ledger.origins import Kinship
from chancery.ledger.policy import load_policy
from chancery.ledger.reconcile import Part, reconcile, work_out
from chancery.ledger.settled import Settled, pair_of
from chancery.ledger.told import Told
from chancery.ledger.touched import Change, Finder
from chancery.ledger.weights import load_weights
from chancery.model import Claim, Decision

Build = Any
POLICY = load_policy()
WEAVER = Weaver(POLICY)
DECISION = Decision(id="dec_1", about="clm_1", verdict="reject", who="", made="2026-01-01T00:00Z")
TEXT = "Title {}\nWashington met Minsk on Monday. Washington met Minsk again and again."

days = st.sampled_from(
    ["2020", "2020-02", "2020-02-10", "2020-02-11", "2020-02-20", "2020-02-10/2020-02-12", None]
)


@st.composite
def worlds(draw: st.DrawFn, build: Build) -> tuple[list[Told], Kinship]:
    """Some claims of a few states on few days, told by a few outlets, some of them official."""
    told: dict[str, Told] = {}
    outlets: dict[str, str | None] = {}
    capitals: dict[str, str] = {}
    for number in range(draw(st.integers(1, 5))):
        report = build.report(TEXT.format(number))
        capital = draw(st.sampled_from(["USA", "BLR", None, None]))
        outlets[report.id] = capital or draw(st.sampled_from(["A", "B", None]))
        if capital:
            capitals[report.id] = capital
        for _ in range(draw(st.integers(1, 4))):
            claim = build.claim(
                report,
                draw(st.sampled_from(["meet", "visit", "accuse"])),
                draw(st.sampled_from(["USA", "USA.GOV", "BLR", "BLR+POL", ""])),
                draw(st.sampled_from(["BLR", "USA", "BLR+POL"])),
                build.when(draw(days), draw(st.sampled_from(["stated", "published"]))),
                trigger=draw(st.sampled_from(["met", "again"])),
                standing=draw(st.sampled_from(["happened", "happened", "planned", "denied"])),
            )
            told[claim.id] = Told(claim, str(claim.words), "Washington met Minsk on Monday")
    return list(told.values()), Kinship(outlets=outlets, capitals=capitals)


@st.composite
def settlements(draw: st.DrawFn, claims: Sequence[Claim]) -> Settled:
    """Some pairs put together, some put apart, some claims rejected; nothing in contradiction."""
    ids = sorted(claim.id for claim in claims)
    one = st.sampled_from(ids)
    apart, together = set(), []
    for first, second in draw(st.lists(st.tuples(one, one), max_size=3)):
        if first != second:
            apart.add(pair_of(first, second))
    for first, second in draw(st.lists(st.tuples(one, one), max_size=2)):
        if first != second and pair_of(first, second) not in apart:
            together.append(pair_of(first, second))
    rejected = frozenset(draw(st.sets(one, max_size=1)))
    return Settled(together=tuple(together), apart=frozenset(apart), rejected=rejected)


class Memory:
    """A ledger's parts, kept in memory: what derived files hold."""

    def __init__(self, kinship: Kinship) -> None:
        self.parts: dict[str, Part] = {}
        self.told: dict[str, Told] = {}
        self.settled = Settled()
        self.kinship = kinship

    def near(self, keys: Sequence[Key]) -> dict[str, str]:
        return {
            face.id: face.report
            for part in self.parts.values()
            for face in part.faces
            for key in WEAVER.keys(face)
            if any(
                key.words == (one.seeks or one.words)
                and key.first <= one.last
                and one.first <= key.last
                for one in keys
            )
        }

    def parts_of(self, claims: Sequence[str]) -> dict[str, str]:
        return {
            face.id: part.name
            for part in self.parts.values()
            for face in part.faces
            if face.id in claims
        }

    def members(self, parts: Sequence[str]) -> dict[str, tuple[str, bool]]:
        return {
            face.id: (face.report, face.id in self.parts[name].loose)
            for name in parts
            for face in self.parts[name].faces
        }

    def follow(
        self, now: Mapping[str, Told], settled: Settled, again: frozenset[str] = frozenset()
    ) -> None:
        """Work out what a change touches, and nothing else; `again` is taken in once more."""
        decided = _differing(self.settled, settled) | again
        added = {id_: one for id_, one in now.items() if id_ not in self.told or id_ in decided}
        removed = {id_: one for id_, one in self.told.items() if id_ not in now or id_ in decided}

        def make(some: Sequence[Told]) -> list[Any]:
            maker = Faces(self.kinship, POLICY, load_weights())
            return [maker.make(one) for one in some]

        def tell(claims: Mapping[str, str]) -> list[Told]:
            return [now[id_] for id_ in sorted(claims)]

        finder = Finder(self, WEAVER, tell, make)
        touched = finder.find(Change(added, removed), (self.settled, settled))
        for name in touched.parts:
            del self.parts[name]
        worked = work_out(touched.told, self.kinship, POLICY, settled, touched.known_loose)
        for part in worked:
            assert part.name not in self.parts
            self.parts[part.name] = part
        self.told, self.settled = dict(now), settled


def _differing(before: Settled, now: Settled) -> set[str]:
    from chancery.ledger.derive import differing

    return differing(before, now)


def plain(parts: Mapping[str, Part]) -> list[Any]:
    return [
        (name, sorted(face.id for face in part.faces), part.loose, part.happenings, part.joins,
         part.links, part.rivals)
        for name, part in sorted(parts.items())
    ]  # fmt: skip


@given(data=st.data())
def test_working_out_what_changed_gives_what_working_out_all_gives(
    build: Build, data: st.DataObject
) -> None:
    told, kinship = data.draw(worlds(build))
    every = {one.claim.id: one for one in told}
    memory = Memory(kinship)
    for _ in range(data.draw(st.integers(1, 4))):
        ids = data.draw(st.sets(st.sampled_from(sorted(every)), max_size=len(every)))
        now = {id_: every[id_] for id_ in sorted(ids)}
        settled = data.draw(settlements([one.claim for one in told]))
        memory.follow(now, settled)
        scratch = {part.name: part for part in work_out(now.values(), kinship, POLICY, settled)}
        assert plain(memory.parts) == plain(scratch)


@given(data=st.data())
def test_what_is_taken_in_again_changes_nothing(build: Build, data: st.DataObject) -> None:
    told, kinship = data.draw(worlds(build))
    settled = data.draw(settlements([one.claim for one in told]))
    memory = Memory(kinship)
    now = {one.claim.id: one for one in told}
    memory.follow(now, settled)
    before = plain(memory.parts)
    again = data.draw(st.sets(st.sampled_from(sorted(now)), min_size=1))
    memory.follow(now, settled, frozenset(again))
    assert plain(memory.parts) == before


@given(data=st.data())
def test_what_a_decision_touches_is_all_that_it_changes(build: Build, data: st.DataObject) -> None:
    """The effect shown before a decision is the difference that it makes to everything."""
    told, kinship = data.draw(worlds(build))
    claims = [one.claim for one in told]
    before = data.draw(settlements(claims))
    after = one_more(before, data.draw(settlements(claims)))
    memory = Memory(kinship)
    now = {one.claim.id: one for one in told}
    memory.follow(now, before)
    held = {one.id: one for one in reconcile(told, kinship, POLICY, before).happenings}
    old = memory.parts.copy()
    memory.follow(now, after)
    gone = [h for name, part in old.items() if memory.parts.get(name) is not part
            for h in part.happenings]  # fmt: skip
    come = [h for name, part in memory.parts.items() if old.get(name) is not part
            for h in part.happenings]  # fmt: skip
    effect = compare(DECISION, gone, come, len(held))
    for one in effect.before:
        assert held.pop(one.id) == one
    assert held.keys().isdisjoint(one.id for one in effect.after)
    held |= {one.id: one for one in effect.after}
    assert effect.count_after == len(held)
    assert held == {one.id: one for one in reconcile(told, kinship, POLICY, after).happenings}


def one_more(before: Settled, drawn: Settled) -> Settled:
    """Return what is settled with one decision more: two apart, two together, or one rejected."""
    apart, together = sorted(drawn.apart), sorted(drawn.together)
    if together and together[0] not in before.apart:
        return msgspec.structs.replace(before, together=(*before.together, together[0]))
    if apart and apart[0] not in before.together:
        return msgspec.structs.replace(before, apart=before.apart | {apart[0]})
    return msgspec.structs.replace(before, rejected=before.rejected | drawn.rejected)


@given(data=st.data())
def test_what_a_person_put_apart_is_never_one(build: Build, data: st.DataObject) -> None:
    told, kinship = data.draw(worlds(build))
    settled = data.draw(settlements([one.claim for one in told]))
    found = reconcile(told, kinship, POLICY, settled)
    for happening in found.happenings:
        claims = set(happening.claims)
        assert claims.isdisjoint(settled.rejected)
        for first, second in settled.apart:
            assert not {first, second} <= claims
    shuffled = data.draw(st.permutations(told))
    assert reconcile(shuffled, kinship, POLICY, settled) == found


@given(data=st.data())
def test_what_a_person_put_together_is_one(build: Build, data: st.DataObject) -> None:
    told, kinship = data.draw(worlds(build))
    ids = sorted(one.claim.id for one in told)
    pair = pair_of(data.draw(st.sampled_from(ids)), data.draw(st.sampled_from(ids)))
    if pair[0] != pair[1]:
        found = reconcile(told, kinship, POLICY, Settled(together=(pair,)))
        assert any(set(pair) <= set(one.claims) for one in found.happenings)
        undone = reconcile(told, kinship, POLICY, Settled())
        assert undone == reconcile(told, kinship, POLICY)


PARTED = ("happenings", "joins", "links", "rivals", "members")


def derived_rows(ledger: Ledger) -> dict[str, list[str]]:
    """Return what follows from the newest snapshot, table by table, in an order of its own."""
    ledger.reconcile()
    return {
        name: sorted(str(sorted(row.items())) for row in ledger.sql(f"SELECT * FROM {name}"))  # noqa: S608
        for name in PARTED
    }


def test_layers_hold_what_one_ground_would(ledger: Ledger, build: Build) -> None:
    days = ["2020-02-10", "2020-02", "2020-02-11", "2020", None, "2020-02-12"]
    for number in range(14):
        report = build.report(TEXT.format(number // 2), published=f"20{number + 1:02}")
        ledger.add([report])
        claim = build.claim(report, ("meet", "visit")[number % 2], when=days[number % len(days)])
        ledger.record([build.reading(report, claim)])
        if number % 3 == 2:  # read again, by a reader that sees another deed
            again = build.claim(report, "accuse", when=days[number % len(days)], trigger="again")
            ledger.record([build.reading(report, again, run="run_2")])
        layered = derived_rows(ledger)
    assert len(list((ledger.path / "derived").glob("happenings-*-snp_*-snp_*.parquet"))) > 1
    ledger.rebuild()
    assert derived_rows(ledger) == layered


def test_missing_layers_are_made_again(ledger: Ledger, build: Build) -> None:
    for number in range(3):
        report = build.report(TEXT.format(number))
        ledger.add([report])
        ledger.record([build.reading(report, build.claim(report, when="2020-02-10"))])
        rows = derived_rows(ledger)
    for name in ("happenings-*", "*.json", "members-*"):
        for path in (ledger.path / "derived").glob(name):
            path.unlink()
        assert derived_rows(ledger) == rows
