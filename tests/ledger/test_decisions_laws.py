"""Laws of decisions, whatever is decided: undone, done again, read again, moved, previewed."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from chancery.ledger import Ledger
from chancery.ledger.anchors import make_anchor
from chancery.ledger.decide import standing_decisions, verdict_of
from chancery.ledger.origins import Kinship
from chancery.ledger.policy import load_policy
from chancery.ledger.reconcile import Told, reconcile
from chancery.ledger.settled import Settlement, Surroundings, settle
from chancery.ledger.tables import HAPPENINGS
from chancery.model import Cite, Claim, Decision, Frame, Happening, When
from chancery.outputs.exports import FORMS, THINGS, Export, write_export

Build = Any
SENTENCE = "Washington met Minsk on Monday"
TRIGGERS = ("met", "Washington met", "met Minsk", "Monday")
FRAMES = {
    name: Frame(id=name, type=type_, phrase=name, cameo="04", intensity=1.0, quad=1, mode=mode)
    for name, type_, mode in (("meet", "CONSULT", None), ("accuse", "ACCUSE", None),
                              ("visit", "CONSULT", "visit"))
}  # fmt: skip
ON_DISK = settings(max_examples=max(2, settings().max_examples // 16))
"""Each example writes ledgers, so fewer than of the laws that do not."""

whos = st.sampled_from(["Ada", "Grace", ""])
some_days = st.sampled_from([None, "2020-02", "2020-02-10", "2020-02-11", "2020-02-10/2020-02-14"])
codes = st.sampled_from(["USA", "USA.GOV", "BLR", "RUS+POL", ""])


@st.composite
def worlds(draw: st.DrawFn, build: Build) -> list[Claim]:
    """A few claims that meet often: two to a report at most, of three kinds, on few days."""
    claims = []
    for number in range(draw(st.integers(2, 8))):
        report = build.report(f"Title {number // 2}\n{SENTENCE}.")
        claims.append(build.claim(
            report, draw(st.sampled_from(sorted(FRAMES))), draw(codes), draw(codes),
            draw(some_days), trigger=draw(st.sampled_from(TRIGGERS)),
            standing=draw(st.sampled_from(["happened", "planned", "denied"])),
        ))  # fmt: skip
    return list({claim.id: claim for claim in claims}.values())


@st.composite
def verdicts(draw: st.DrawFn, claims: Sequence[Claim]) -> tuple[str, str, list[Claim]]:
    """What is decided, how, and which claims that names."""
    claim, other = draw(st.sampled_from(claims)), draw(st.sampled_from(claims))
    alone = st.sampled_from([
        "reject", "right", "wrong", "type accuse", "type visit", "date 2020-02-11", "date 2019/..",
        "actor RUS", "target BLR.GOV+POL", "lead", "lead when",
    ])  # fmt: skip
    kind = draw(st.sampled_from(["alone", "pair", "pair", "many"]))
    if kind == "pair" and claim.id != other.id:
        return claim.id, f"{draw(st.sampled_from(['join', 'split']))} {other.id}", [claim, other]
    if kind == "many":
        about = draw(st.sampled_from([
            ("rule:frame=meet", "reject"), ('rule:words~"minsk on" actor=USA', "date 2020-02"),
            ("rule:trigger=met type=CONSULT", "type accuse"), (f"name:{SENTENCE}", "is POL"),
            (f"name:{SENTENCE.upper()}", "is not USA"), (claim.report, "withdrawn"),
        ]))  # fmt: skip
        return (*about, [])
    return claim.id, draw(alone), [claim]


@st.composite
def decided(draw: st.DrawFn, claims: Sequence[Claim], most: int = 6) -> list[Decision]:
    """Decisions about claims, some of them undone and some of these done again."""
    made: list[Decision] = []
    for _ in range(draw(st.integers(1, most))):
        if made and draw(st.integers(0, 3)) == 0:
            made.append(undo(draw(st.sampled_from(made)), len(made)))
        else:
            about, verdict, named = draw(verdicts(claims))
            made.append(decision(about, verdict, named, draw(whos), len(made)))
    return made


def decision(
    about: str,
    verdict: str,
    named: Sequence[Claim],
    who: str,
    number: int,
    undoes: str | None = None,
) -> Decision:
    made = (datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=number)).isoformat()
    return Decision(
        id=Decision.make_id(about=about, verdict=verdict, who=who, made=made, undoes=undoes),
        about=about, verdict=verdict, who=who, made=made, undoes=undoes,
        anchors=tuple(map(make_anchor, named)),
    )  # fmt: skip


def undo(one: Decision, number: int) -> Decision:
    return decision(one.about, "undo", [], "Ada", number, one.id)


def settled(claims: Sequence[Claim], decisions: Sequence[Decision]) -> Settlement:
    around = Surroundings(
        words=lambda report, span: span.of(f"Title 0\n{SENTENCE}."), frames=lambda: FRAMES,
        sources={claim.report: None for claim in claims},
    )  # fmt: skip
    return settle(claims, decisions, around)


def tell(claims: Sequence[Claim]) -> list[Told]:
    return [Told(claim, str(claim.words)) for claim in claims]


def happenings(claims: Sequence[Claim], decisions: Sequence[Decision]) -> list[Happening]:
    found = settled(claims, decisions).settled
    return reconcile(tell(claims), Kinship(), load_policy(), found).happenings


class Quoted:
    """Stands for the evidence of an export: quotes claims from memory."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self._claims = {claim.id: claim for claim in claims}

    def quoted(self, rows: Sequence[Happening]) -> Iterator[tuple[Happening, list[Cite]]]:
        for row in rows:
            yield row, [self._cite(self._claims[id_]) for id_ in row.claims]

    @staticmethod
    def _cite(claim: Claim) -> Cite:
        return Cite(
            claim=claim.id, report=claim.report, source=None, published=When(), title="",
            words=SENTENCE, span=claim.words, trigger=claim.trigger, paragraph=1, sentence=SENTENCE,
        )  # fmt: skip


def exported(claims: Sequence[Claim], decisions: Sequence[Decision]) -> bytes:
    """The bytes of the CSV and JSON Lines exports of the happenings."""
    rows = sorted(happenings(claims, decisions), key=THINGS["happenings"].key)
    export = Export(Quoted(claims), None, HAPPENINGS, rows)  # type: ignore[arg-type]
    written = io.BytesIO()
    for form in ("csv", "jsonl"):
        FORMS[form](export, written)
    return written.getvalue()


@given(data=st.data())
def test_an_undo_restores_the_exports_byte_for_byte(build: Build, data: st.DataObject) -> None:
    claims = data.draw(worlds(build))
    before = data.draw(decided(claims))
    about, verdict, named = data.draw(verdicts(claims))
    taken = decision(about, verdict, named, data.draw(whos), 90)
    assert exported(claims, [*before, taken, undo(taken, 91)]) == exported(claims, before)


@given(data=st.data())
def test_accept_undo_accept_is_the_first_accept(build: Build, data: st.DataObject) -> None:
    claims = data.draw(worlds(build))
    before = data.draw(decided(claims))
    about, verdict, named = data.draw(verdicts(claims))
    first = decision(about, verdict, named, "Ada", 90)
    back = undo(first, 91)
    again = decision(about, verdict, named, "Ada", 92)
    accepted = exported(claims, [*before, first])
    assert exported(claims, [*before, first, back, again]) == accepted
    assert exported(claims, [*before, first, back, undo(back, 92)]) == accepted


@given(data=st.data())
def test_settling_is_blind_to_order(build: Build, data: st.DataObject) -> None:
    claims = data.draw(worlds(build))
    decisions = data.draw(decided(claims))
    shuffled = data.draw(st.permutations(claims)), data.draw(st.permutations(decisions))
    assert settled(*shuffled) == settled(claims, decisions)
    assert exported(*shuffled) == exported(claims, decisions)


@given(data=st.data())
def test_what_is_decided_different_never_shares_a_happening(
    build: Build, data: st.DataObject
) -> None:
    claims = data.draw(worlds(build))
    pairs = st.tuples(st.sampled_from(claims), st.sampled_from(claims))
    decisions = [
        decision(one.id, f"{data.draw(st.sampled_from(['join', 'split']))} {other.id}",
                 [one, other], data.draw(whos), number)
        for number, (one, other) in enumerate(data.draw(st.lists(pairs, max_size=8)))
        if one.id != other.id
    ]  # fmt: skip
    decisions += data.draw(decided(claims))
    home = {id_: one.id for one in happenings(claims, decisions) for id_ in one.claims}
    found = settled(claims, decisions).settled
    assert not {*found.together} & found.apart
    for first, second in found.apart:
        assert first not in home or home[first] != home.get(second)
    for first, second in found.together:
        assert not {first, second} <= home.keys() or home[first] == home[second]
    assert sorted(home) == sorted({claim.id for claim in claims} - found.rejected)


@st.composite
def read_again(draw: st.DrawFn, build: Build, claims: Sequence[Claim]) -> list[Claim]:
    """The same reports by a newer reader: claims lost, and others with new frames or triggers."""
    found = []
    for claim in claims:
        change = draw(st.sampled_from(["none", "frame", "trigger", "side", "lost", "new"]))
        if change == "lost":
            continue
        report = next(one for one in (
            build.report(f"Title {number}\n{SENTENCE}.") for number in range(4)
        ) if one.id == claim.report)  # fmt: skip
        trigger = claim.trigger.of(report.text)
        if change in ("trigger", "new"):
            trigger = draw(st.sampled_from(TRIGGERS))
        frame = draw(st.sampled_from(sorted(FRAMES))) if change == "frame" else claim.frame
        actors = draw(codes) if change == "side" else "+".join(
            one.actor or "" for one in claim.actors
        )  # fmt: skip
        targets = "+".join(one.actor or "" for one in claim.targets)
        if change == "new":
            found.append(claim)
        found.append(build.claim(report, frame, actors, targets, claim.when, trigger=trigger))
    return list({claim.id: claim for claim in found}.values())


def is_found(claim: Claim, now: Sequence[Claim]) -> bool:
    """The rule as docs/deciding.md has it: the id, else an overlapping trigger in the report."""
    return any(
        one.id == claim.id or (one.report == claim.report and one.trigger.overlaps(claim.trigger))
        for one in now
    )


@given(data=st.data())
def test_no_decision_is_lost_by_reading_again(build: Build, data: st.DataObject) -> None:
    claims = data.draw(worlds(build))
    decisions = data.draw(decided(claims))
    now = data.draw(read_again(build, claims))
    result = settled(now, decisions)
    orphans = {one.decision.id for one in result.orphans}
    by_id = {claim.id: claim for claim in claims}
    for one in standing_decisions(decisions):
        verdict = verdict_of(one)
        if verdict is None or not one.about.startswith("clm_"):
            continue
        named = [by_id[id_] for id_ in (one.about, *verdict.claims)]
        if not all(is_found(claim, now) for claim in named):
            assert one.id in orphans
        elif verdict.kind != "split":
            assert one.id not in orphans
    alone = [one for one in decisions if not one.undoes][:1]
    assert_applied_or_orphaned(now, alone[0])


def assert_applied_or_orphaned(now: Sequence[Claim], one: Decision) -> None:
    """Alone, a decision shows in what is settled, or it is listed."""
    result, verdict = settled(now, [one]), verdict_of(one)
    assert verdict is not None
    if verdict.kind in ("right", "wrong") or result.orphans:
        assert all(orphan.decision == one and orphan.because for orphan in result.orphans)
        return
    found = result.settled
    if verdict.kind in ("is", "is not", "date", "type", "actor", "target"):
        after = [found.changed.get(claim.id, claim) for claim in now]
        assert found.changed or verdict.kind in ("is", "is not") or any(
            shows(claim, verdict) for claim in after
        )  # fmt: skip
        assert {claim.id for claim in after} == {claim.id for claim in now}
    elif verdict.kind in ("reject", "withdrawn"):
        assert found.rejected or verdict.kind == "withdrawn"
    elif verdict.kind == "lead":
        assert found.leads
    else:
        pairs = found.together if verdict.kind == "join" else found.apart
        assert pairs or verdict.kind == "join"


def shows(claim: Claim, verdict: Any) -> bool:
    sides = {"actor": claim.actors, "target": claim.targets}
    if verdict.kind in sides:
        return tuple(sorted(one.actor or "" for one in sides[verdict.kind])) == verdict.codes
    if verdict.kind == "date":
        return (claim.when.first, claim.when.last) == verdict.days
    return bool(claim.frame == verdict.value)


def accepted(held: Sequence[Happening], effect: Any) -> list[Happening]:
    """The state that an effect promises."""
    state = {one.id: one for one in held}
    for gone in effect.before:
        assert state.pop(gone.id) == gone
    for come in effect.after:
        assert come.id not in state
        state[come.id] = come
    return [state[id_] for id_ in sorted(state)]


# On disk ----------------------------------------------------------------------------------------


def fill(ledger: Ledger, build: Build, claims: Sequence[Claim], run: str = "run_1") -> None:
    reports = [build.report(f"Title {number}\n{SENTENCE}.") for number in range(4)]
    ledger.add(reports)
    ledger.record(
        build.reading(report, *(one for one in claims if one.report == report.id), run=run)
        for report in reports
    )


def written(ledger: Ledger) -> bytes:
    target = io.BytesIO()
    for form in ("csv", "jsonl"):
        write_export(target, ledger, None, form)  # type: ignore[arg-type]
    return target.getvalue()


@given(data=st.data())
@ON_DISK
def test_a_ledger_keeps_these_laws(build: Build, data: st.DataObject) -> None:
    claims = data.draw(worlds(build))
    with (
        tempfile.TemporaryDirectory() as folder,
        Ledger.open(Path(folder) / "a.ledger") as ledger,
        Ledger.open(Path(folder) / "b.ledger") as other,
    ):
        for one in (ledger, other):
            fill(one, build, claims)
        for about, verdict, _ in data.draw(st.lists(verdicts(claims), max_size=3)):
            ledger.decide(about, verdict, who=data.draw(whos))
        before = written(ledger)
        about, verdict, _ = data.draw(verdicts(claims))
        effect = ledger.preview(about, verdict, who="Ada")
        held = sorted(ledger.happenings(), key=lambda one: one.id)
        taken = ledger.decide(about, verdict, who="Ada")
        first = written(ledger)
        assert accepted(held, effect) == sorted(ledger.happenings(), key=lambda one: one.id)
        assert effect.count_after == len(ledger.happenings())
        back = ledger.preview(taken.id, "undo")
        assert accepted(list(ledger.happenings()), back) == held
        ledger.decide(taken.id, "undo")
        assert written(ledger) == before
        ledger.decide(about, verdict, who="Ada")
        assert written(ledger) == first
        # Another ledger of the same reports ends as this one, and a second import changes nothing.
        lines = list(ledger.export_decisions())
        done = other.import_decisions(data.draw(st.permutations(lines)))
        assert (done.new, done.problems) == (len(lines), ())
        assert other.snapshot.id == ledger.snapshot.id
        assert written(other) == first
        assert other.import_decisions(lines).new == 0
        assert list(other.export_decisions()) == lines
        fill(ledger, build, data.draw(read_again(build, claims)), run="run_2")
        assert len(ledger.decisions()) == len(lines)
        listed = {msgspec.json.encode(one) for one in ledger.orphans()}
        assert len(listed) == len(ledger.orphans())
        assert ledger.verify() == []
