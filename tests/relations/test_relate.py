"""Two parties in a ledger and in a layer: points, turns with what carries them, and refusals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path

import duckdb
import pytest

import chancery as ch
from chancery.errors import UsageError
from chancery.ledger import Ledger
from chancery.lexicon import Lexicon
from chancery.model import Claim, Mention, Reading, Reason, Relation, Report, Span, Standing, When
from chancery.relations import Layers
from chancery.relations.deeds import Deed, Deeds, Share, spread
from chancery.relations.ground import Ground
from chancery.relations.relate import relation_on

SHARED = Path(__file__).resolve().parents[3] / "shared" / "events"
RUN = "run_0000000000000001"
NAMES = {"BLR": "Belarus", "USA": "America", "RUS": "Russia"}
CODE = "042"

Deal = tuple[str, str, str, str]
"""Day, who, frame, to whom; what both do together names the second as an actor as well."""


def tell(number: int, deal: Deal, standing: Standing = "happened", why: str = "") -> tuple[
    Report, Reading
]:  # fmt: skip
    """A report of one deed, and what a reader would have found in it."""
    day, actor, frame, target = deal
    because = f" because of {why}" if why else ""
    text = f"{NAMES[actor]} {frame} {NAMES[target]} in dispatch {number}{because}."
    when = When(first=date.fromisoformat(day), last=date.fromisoformat(day), basis="stated")
    report = Report(
        id=Report.make_id(
            text=text, title="", published=when, source=f"Outlet {number}", url=None, key=None
        ),
        text=text, published=when, source=f"Outlet {number}",
    )  # fmt: skip

    def at(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    sides = [
        Mention(span=at(NAMES[code]), actor=code, candidates=(code,), score=1.0)
        for code in (actor, target)
    ]
    mutual = frame == "meet"
    actors, targets = (tuple(sides), ()) if mutual else ((sides[0],), (sides[1],))
    known = LEXICON.frames[frame]
    claim = Claim(
        id=Claim.make_id(
            report=report.id, frame=frame, trigger=at(frame), actors=actors, targets=targets
        ),
        report=report.id, frame=frame, type=known.type, mode=known.mode, cameo=known.cameo,
        words=Span(0, len(text) - 1), trigger=at(frame), actors=actors, targets=targets, when=when,
        standing=standing, score=0.9, run=RUN,
    )  # fmt: skip
    reasons: tuple[Reason, ...] = ()
    if why:
        passage, cue = at(why), at("because of")
        id_ = Reason.make_id(
            report=report.id, claim=claim.id, deed=claim.trigger, passage=passage, cue=cue
        )
        reasons = (
            Reason(
                id=id_, report=report.id, claim=claim.id, deed=claim.trigger, passage=passage,
                kind="cause", cue=cue,
            ),
        )  # fmt: skip
    return report, Reading(report=report.id, run=RUN, claims=(claim,), reasons=reasons)


LEXICON = Lexicon.load()


@pytest.fixture
def make_ledger(tmp_path: Path) -> Callable[..., Ledger]:
    """A ledger of deeds: `make_ledger(deals)`, each told by a report of its own."""

    def make(
        deals: Iterable[Deal], *more: tuple[Deal, Standing], why: str = "", name: str = "test"
    ) -> Ledger:
        ledger = Ledger.open(tmp_path / f"{name}.ledger", LEXICON)
        told = [tell(at, deal, why=why) for at, deal in enumerate(deals)]
        told += [tell(100 + at, deal, standing) for at, (deal, standing) in enumerate(more)]
        ledger.add([report for report, _ in told])
        ledger.record([reading for _, reading in told])
        ledger.reconcile()
        return ledger

    return make


COLD: Sequence[Deal] = [
    (f"20{year:02}-0{month}-10", "BLR", "accuse", "USA")
    for year in range(10, 14)
    for month in (2, 5, 8)
]
WARM: Sequence[Deal] = [
    (f"20{year:02}-0{month}-10", "BLR", "praise", "USA")
    for year in range(15, 19)
    for month in (2, 5, 8)
]
BOTH: Sequence[Deal] = [("2016-03-01", "BLR", "meet", "USA")]


# Points -----------------------------------------------------------------------------------------


def test_every_point_counts_the_happenings_that_it_names(
    make_ledger: Callable[..., Ledger],
) -> None:
    relation = ch.relate(make_ledger([*COLD, *WARM, *BOTH]), "USA", "BLR", step="year")
    assert [point.count for point in relation.back] == [len(point.rows) for point in relation.back]
    assert sum(point.count for point in relation.back) == len(COLD) + len(WARM) + len(BOTH)
    assert sum(point.count for point in relation.there) == len(BOTH)
    assert {point.more for point in relation.back} == {0}


def test_what_both_do_stands_in_either_row(make_ledger: Callable[..., Ledger]) -> None:
    relation = ch.relate(make_ledger(BOTH), "USA", "BLR", step="month")
    (there,), (back,) = relation.there, relation.back
    assert there.rows == back.rows
    assert (there.count, there.mutual, back.mutual) == (1, 1, 1)
    assert "1 of both" in relation.coverage


def test_an_empty_step_has_no_value_and_is_still_there(make_ledger: Callable[..., Ledger]) -> None:
    relation = ch.relate(make_ledger([COLD[0], WARM[0]]), "BLR", "USA", step="year")
    values = {point.first.year: point.value for point in relation.there}
    assert values == {2010: -1.0, 2011: None, 2012: None, 2013: None, 2014: None, 2015: 1.0}
    assert {point.warmth for point in relation.there if not point.count} == {None}


def test_warmth_is_cooperation_less_conflict_over_both(make_ledger: Callable[..., Ledger]) -> None:
    deals = [
        *COLD[:1],
        ("2010-04-01", "BLR", "praise", "USA"),
        ("2010-05-02", "BLR", "praise", "USA"),
    ]
    (point,) = ch.relate(make_ledger(deals), "BLR", "USA", step="year").there
    assert point.warmth == point.value == round(1 / 3, 4)
    assert (point.quads[0] + point.quads[1], point.quads[2] + point.quads[3]) == (2, 1)
    assert point.exposure == 3


def test_what_did_not_come_about_is_not_counted(make_ledger: Callable[..., Ledger]) -> None:
    ledger = make_ledger(COLD[:1], (WARM[0], "planned"), (WARM[1], "denied"))
    relation = ch.relate(ledger, "BLR", "USA", step="year")
    assert sum(point.count for point in relation.there) == 1


def test_codes_stand_for_their_states(make_ledger: Callable[..., Ledger]) -> None:
    relation = ch.relate(make_ledger(COLD), "BLR.GOV", "USA.MIL", step="year")
    assert (relation.actor, relation.target) == ("BLR", "USA")
    assert sum(point.count for point in relation.there) == len(COLD)


def test_other_measures_are_shares_of_the_world(make_ledger: Callable[..., Ledger]) -> None:
    deals = [
        *COLD[:2],
        ("2010-06-01", "RUS", "praise", "USA"),
        ("2010-07-01", "RUS", "praise", "USA"),
    ]
    relation = ch.relate(make_ledger(deals), "BLR", "USA", step="year", measure="conflict")
    assert [point.value for point in relation.there] == [500.0]
    assert relation.formula.startswith("quad classes 3 and 4")


def test_days_cut_whole_steps(make_ledger: Callable[..., Ledger]) -> None:
    ledger = make_ledger([*COLD, *WARM])
    relation = ch.relate(ledger, "BLR", "USA", step="year", since="2012-06", until="2016")
    assert [point.first.year for point in relation.there] == [2012, 2013, 2014, 2015, 2016]


def test_an_older_snapshot_is_looked_at_as_it_was(make_ledger: Callable[..., Ledger]) -> None:
    ledger = make_ledger(COLD[:1])
    before = ledger.snapshot.id
    report, reading = tell(50, WARM[0])
    ledger.add([report])
    ledger.record([reading])
    ledger.reconcile()
    now, then = (ch.relate(ledger, "BLR", "USA", as_of=pin) for pin in (None, before))
    assert [sum(point.count for point in one.there) for one in (now, then)] == [2, 1]
    assert before.startswith(then.coverage.rpartition(" ")[2])


# Disputes ---------------------------------------------------------------------------------------


def test_a_dispute_whether_it_came_about_opens_a_spread(make_ledger: Callable[..., Ledger]) -> None:
    day = "2010-02-10"
    steady = [(day, "BLR", "praise", "USA"), (day, "BLR", "criticise", "USA")]
    ledger = make_ledger([*steady, (day, "BLR", "accuse", "USA")],
                         ((day, "BLR", "accuse", "USA"), "denied"))  # fmt: skip
    disputed = [one for one in ledger.happenings() if one.disputed]
    assert [(one.frame, one.disputed) for one in disputed] == [("accuse", ("standing",))]
    (point,) = ch.relate(ledger, "BLR", "USA", step="year").there
    # Held: one of cooperation, two of conflict; if the denial is right: one and one.
    assert (point.value, point.low, point.high) == (round(-1 / 3, 4), round(-1 / 3, 4), 0.0)


def test_undisputed_points_have_no_spread(make_ledger: Callable[..., Ledger]) -> None:
    points = ch.relate(make_ledger(COLD), "BLR", "USA", step="year").there
    assert {(point.low, point.high) for point in points} == {(None, None)}


def test_the_spread_is_over_every_way_of_settling() -> None:
    place = ("BLR", "USA", date(2010, 1, 1))
    deed = Deed(id="hap_1", day=date(2010, 2, 1), quad=1, intensity=2.0, mutual=False, claims=())
    coop, conflict = Share(1, 0, 2.0, 1), Share(0, 1, -3.0, 1)
    deeds = Deeds(
        at={place: [deed]}, doubts={place: {"hap_1": {coop, Share()}, "hap_2": {conflict, Share()}}}
    )
    assert spread(deeds, place, "warmth") == (-1.0, 1.0)
    assert spread(deeds, place, "intensity") == (-3.0, 2.0)
    assert spread(deeds, place, "events") == (0.0, 2.0)
    assert spread(Deeds(at={place: [deed]}, doubts={}), place, "warmth") is None
    nothing = Deeds(at={}, doubts={place: {"hap_2": {Share()}}})
    assert spread(nothing, place, "warmth") is None


# Turns ------------------------------------------------------------------------------------------


def test_a_turn_names_its_happenings_and_the_reasons_given(
    make_ledger: Callable[..., Ledger],
) -> None:
    ledger = make_ledger([*COLD, *WARM], why="the treaty")
    relation = ch.relate(ledger, "BLR", "USA", step="year")
    (turn,) = relation.turns
    assert (turn.actor, turn.target, turn.before, turn.after) == ("BLR", "USA", -1.0, 1.0)
    assert (turn.day_first, turn.day_last) == (date(2014, 1, 1), date(2015, 12, 31))
    carriers = [ledger.happening(name) for name in turn.happenings]
    assert {one.frame for one in carriers} == {"praise"}
    assert {one.when.first.year for one in carriers if one.when.first} == {2015, 2016}
    assert all("praise" in cite.sentence for one in carriers for cite in ledger.cite(one))
    assert f"said cause: “the treaty” ({turn.happenings[0]})" in turn.reasons
    assert turn.reasons[0].startswith("share of all rows: ")


def test_too_few_is_a_result(make_ledger: Callable[..., Ledger]) -> None:
    relation = ch.relate(make_ledger(COLD[:3]), "BLR", "USA")
    assert relation.turns == ()
    assert [one.code for one in relation.refusals] == ["too-few", "too-few"]
    assert relation.refusals[0].words.startswith("too few happenings: 3 in")


def test_a_steady_relation_shows_no_turn(make_ledger: Callable[..., Ledger]) -> None:
    relation = ch.relate(make_ledger(COLD), "BLR", "USA", step="year")
    (refusal,) = [one for one in relation.refusals if one.code == "not-shown"]
    assert refusal.words.startswith("not shown by these data: no turn from BLR to USA")


def test_only_undirected_deeds_cannot_say_who_answers_whom(
    make_ledger: Callable[..., Ledger],
) -> None:
    relation = ch.relate(make_ledger(BOTH), "BLR", "USA")
    assert relation.refusals[0].code == "undirected"


def test_parties_without_any_deeds_are_no_error(make_ledger: Callable[..., Ledger]) -> None:
    relation = ch.relate(make_ledger(COLD), "RUS", "USA", step="year")
    assert {point.count for point in (*relation.there, *relation.back)} == {0}
    assert {one.code for one in relation.refusals} == {"too-few"}


def test_an_empty_ledger_is_no_error(make_ledger: Callable[..., Ledger]) -> None:
    relation = ch.relate(make_ledger([]), "BLR", "USA")
    assert (relation.there, relation.turns) == ((), ())
    assert relation.chart()["vconcat"]


@pytest.mark.parametrize(
    "asked", [{"step": "decade"}, {"measure": "love"}, {"layer": "none"}, {"since": "someday"}]
)
def test_what_cannot_be_meant_is_refused(
    make_ledger: Callable[..., Ledger], asked: dict[str, str]
) -> None:
    with pytest.raises(UsageError):
        ch.relate(make_ledger(BOTH), "BLR", "USA", **asked)  # type: ignore[arg-type]


def test_the_same_question_gives_the_same_answer(make_ledger: Callable[..., Ledger]) -> None:
    deals = [*COLD, *WARM, *BOTH]
    one = make_ledger(deals, name="one")
    other = make_ledger(deals, name="other")
    assert ch.relate(one, "BLR", "USA") == ch.relate(other, "BLR", "USA")


# Layers -----------------------------------------------------------------------------------------


def layer_of(ledger: Ledger, path: Path, deals: Iterable[Deal], **options: object) -> None:
    """Put deals into a layer named *test*."""
    scores = {"accuse": ("ACCUSE", 3, -2), "praise": ("SUPPORT", 1, 3)}
    rows = [f"{day},{who},{whom},{scores[frame][0]},{scores[frame][1]},{scores[frame][2]}"
            for day, who, frame, whom in deals]  # fmt: skip
    file = path / "mine.csv"
    file.write_text("\n".join(["date,who,whom,what,class,score", *rows]) + "\n")
    mapping = {"day": "date", "actor": "who", "target": "whom", "type": "what", "quad": "class",
               "intensity": "score"}  # fmt: skip
    Layers(ledger.path).import_("csv", [file], "test", mapping=mapping, **options)  # type: ignore[arg-type]


def test_a_turn_in_a_layer_names_its_rows(
    make_ledger: Callable[..., Ledger], tmp_path: Path
) -> None:
    ledger = make_ledger([])
    layer_of(ledger, tmp_path, [*COLD, *WARM])
    relation = ch.relate(ledger, "BLR", "USA", step="year", layer="test")
    (turn,) = relation.turns
    lines = (tmp_path / "mine.csv").read_text().splitlines()
    assert turn.happenings
    for place in turn.happenings:
        name, _, line = place.partition(":")
        assert name == "mine.csv"
        assert "SUPPORT" in lines[int(line) - 1]
    assert relation.layer == "test"
    assert "layer test · 24 rows" in relation.coverage
    assert {point.low for point in relation.there} == {None}
    assert sum(point.more for point in relation.there) == 24


def test_a_layer_and_the_ledger_are_never_added(
    make_ledger: Callable[..., Ledger], tmp_path: Path
) -> None:
    ledger = make_ledger(COLD)
    layer_of(ledger, tmp_path, WARM)
    own = ch.relate(ledger, "BLR", "USA", step="year")
    layer = ch.relate(ledger, "BLR", "USA", step="year", layer="test")
    counts = [sum(point.count for point in one.there) for one in (own, layer)]
    assert counts == [len(COLD), len(WARM)]


def test_a_layer_without_rows_says_so(make_ledger: Callable[..., Ledger], tmp_path: Path) -> None:
    ledger = make_ledger([])
    layer_of(ledger, tmp_path, [("someday", "BLR", "praise", "USA")])
    with pytest.raises(UsageError, match="holds no rows"):
        ch.relate(ledger, "BLR", "USA", layer="test")


def test_rows_without_direction_belong_to_either_side(
    make_ledger: Callable[..., Ledger], tmp_path: Path
) -> None:
    ledger = make_ledger([])
    layer_of(ledger, tmp_path, [*COLD, *WARM])
    with Ground(ledger, layer="test", step="year") as ground:
        rows = ground.layer_rows("USA", "BLR", date(2010, 1, 1), date(2010, 12, 31), (3, 4))
        assert rows == ()
    _make_undirected(ledger.path / "layers" / "test")
    with Ground(ledger, layer="test", step="year") as ground:
        rows = ground.layer_rows("USA", "BLR", date(2010, 1, 1), date(2010, 12, 31), (3, 4))
        assert [one.place for one in rows] == ["mine.csv:2", "mine.csv:3", "mine.csv:4"]
    relation = ch.relate(ledger, "USA", "BLR", step="year", layer="test")
    assert relation.refusals[0].code == "undirected"
    assert [point.value for point in relation.there] == [point.value for point in relation.back]


def _make_undirected(folder: Path) -> None:
    """Write the rows of a layer anew as what both do together, as data sets of disputes have it."""
    with duckdb.connect() as connection:
        for part in folder.glob("year=*/*.parquet"):
            aside = part.with_suffix(".aside")
            connection.execute(
                f"COPY (SELECT * REPLACE (false AS directed) FROM read_parquet('{part}', "  # noqa: S608
                f"hive_partitioning = false)) TO '{aside}' (FORMAT parquet)"
            )
            aside.rename(part)


def test_one_ground_answers_for_many_pairs(
    make_ledger: Callable[..., Ledger], tmp_path: Path
) -> None:
    deals = [*COLD, ("2011-01-01", "RUS", "praise", "USA")]
    with Ground(make_ledger(deals), step="year") as ground:
        assert ground.pairs() == [("BLR", "USA"), ("RUS", "USA")]
        found = [relation_on(ground, *pair) for pair in ground.pairs()]
    assert [sum(point.count for point in one.there) for one in found] == [len(COLD), 1]


@pytest.mark.skipif(not SHARED.exists(), reason="no public event data at hand")
def test_china_and_japan_turn_where_the_sampling_does_not(tmp_path: Path) -> None:
    ledger = Ledger.open(tmp_path / "test.ledger", LEXICON)
    Layers(ledger.path, LEXICON).import_(
        "icews", [SHARED / "icews0515_part.tsv.gz"], "icews", weights={"sample20": 5},
        stratum_column="part",
    )  # fmt: skip

    withheld: list[int] = []

    def turns(measure: str) -> list[tuple[str, date]]:
        relation: Relation = ch.relate(
            ledger, "CHN", "JPN", step="quarter", measure=measure, layer="icews", since="2005",
            until="2015",
        )  # fmt: skip
        told = [one.words for one in relation.refusals if one.code == "coverage"]
        assert all("declared border of strata lies at 2012-08-08" in words for words in told)
        withheld.append(len(told))
        assert all(turn.happenings for turn in relation.turns if measure == "warmth")
        return [(turn.actor, turn.day_first) for turn in relation.turns]

    # What changes in the quarter of the border is said and is no turn; two years later it is one.
    assert {day for _, day in turns("warmth")} == {date(2014, 7, 1)}
    # How much is told does not jump by five at the border between the strata.
    assert date(2012, 7, 1) not in [day for _, day in turns("events")]
    assert withheld == [2, 0]
