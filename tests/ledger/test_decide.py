"""What people settle: made, undone, previewed, moved; and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from chancery.errors import UsageError
from chancery.ledger import Ledger
from chancery.ledger.labels import find_agreement, kappa
from chancery.model import Decision, Report

Build = Any
Tell = Callable[..., Report]


def run_of(report: Report) -> str:
    """Name a run as readers do: by what they read and by the day they reckon from."""
    return f"run_{report.published.edtf()}"


def test_a_date_is_applied_and_the_report_read_again(ledger: Ledger, tell: Tell) -> None:
    report = tell(published=None, run="run_..")
    assert list(ledger.unread(run_of)) == []
    decision = ledger.decide(report.id[:12], "date 2020-05", who="me", reason="by its context")
    assert (decision.about, decision.who) == (report.id, "me")
    assert ledger.report(report.id).published.edtf() == "2020-05"
    (unread,) = ledger.unread(run_of)
    assert unread.id == report.id
    assert unread.published.edtf() == "2020-05"
    assert unread.published.basis == "stated"
    assert [one.published.edtf() for one in ledger.reports(dated=True)] == ["2020-05"]
    assert ledger.verify() == []


def test_decisions_are_undone_and_done_again(ledger: Ledger, tell: Tell) -> None:
    report = tell(published="2019")
    first = ledger.decide(report.id, "date 2020")
    second = ledger.decide(report.id, "date 2021")
    assert day(ledger, report) == "2021"
    undo = ledger.decide(second.id, "undo")
    assert day(ledger, report) == "2020"
    ledger.decide(undo.id[:10], "undo")
    assert day(ledger, report) == "2021"
    ledger.decide(report.id, "undo", undoes=second.id)
    ledger.decide(first.id, "undo")
    assert day(ledger, report) == "2019"
    assert len(ledger.decisions()) == 6
    assert ledger.decisions()[:2] == [first, second]


def test_a_decision_is_kept_once(ledger: Ledger, tell: Tell) -> None:
    report = tell()
    made = [
        ledger.decide(report.id, "date 2020", made="2020-01-01T00:00:00+00:00") for _ in range(2)
    ]
    assert ledger.decisions() == made[:1]


@pytest.mark.parametrize(
    ("about", "verdict"),
    [
        ("rep_", "date soon"),
        ("rep_", "date 2020-13-45"),
        ("rep_", "date"),
        ("rep_", "wrong"),
        ("rep_", "undo"),
        ("rep_zz", "date 2020"),
        ("dec_zz", "undo"),
        ("clm_", "date soon"),
        ("clm_zz", "date 2020"),
    ],
)
def test_what_cannot_be_settled_is_refused(
    ledger: Ledger, tell: Tell, about: str, verdict: str
) -> None:
    tell()
    with pytest.raises(UsageError):
        ledger.decide(about, verdict)
    assert ledger.decisions() == []


def test_decisions_are_plain_nouns(ledger: Ledger, tell: Tell) -> None:
    decision = ledger.decide(tell().id, "date 2020", who="me")
    assert isinstance(decision, Decision)
    assert decision.made.endswith("+00:00")
    assert decision.id == Decision.make_id(
        about=decision.about, verdict="date 2020", who="me", made=decision.made, undoes=None
    )


def day(ledger: Ledger, report: Report) -> str:
    return ledger.report(report.id).published.edtf()


# Claims, happenings, names and rules -------------------------------------------------------------


@pytest.fixture
def two(ledger: Ledger, tell: Tell) -> tuple[Report, Report]:
    """Two reports that tell one meeting, and a third that tells another kind of deed."""
    tell("Third\nWashington met Minsk on Monday.", source="C", frame="accuse", when="2020-02-10")
    return (
        tell("First\nWashington met Minsk on Monday.", source="A", when="2020-02-10"),
        tell("Second\nWashington met Minsk on Monday, too.", source="B", when="2020-02-10"),
    )


def claims_of(ledger: Ledger, *reports: Report) -> list[str]:
    return [ledger.claims(report=report.id)[0].id for report in reports]


def test_a_happening_stands_for_its_leading_claim(
    ledger: Ledger, two: tuple[Report, Report]
) -> None:
    [meeting] = [one for one in ledger.happenings() if one.frame == "meet"]
    made = ledger.decide(meeting.id[:10], "reject", who="me")
    assert made.about == meeting.lead
    assert [one.claim for one in made.anchors] == [
        meeting.lead, *(one for one in meeting.claims if one != meeting.lead)
    ]  # fmt: skip
    assert {one.report for one in made.anchors} == {one.id for one in two}
    assert [one.frame for one in ledger.happenings()] == ["accuse"]
    assert len(ledger.claims()) == 3
    assert ledger.settled().rejected == set(meeting.claims)
    assert ledger.verify() == []


def test_a_split_and_a_join_are_kept(ledger: Ledger, two: tuple[Report, Report]) -> None:
    first, second = claims_of(ledger, *two)
    assert len(ledger.happenings()) == 2
    made = ledger.decide(first, f"split {second[:12]}")
    assert made.verdict == f"split {second}"
    assert [one.claim for one in made.anchors] == [first, second]
    assert len(ledger.happenings()) == 3
    accused = next(one for one in ledger.happenings() if one.frame == "accuse")
    ledger.decide(first, f"join {accused.id[:12]}")
    assert {one.claims for one in ledger.happenings()} == {
        tuple(sorted([first, accused.lead])), (second,)
    }  # fmt: skip
    assert ledger.why(first, accused.lead)[0].partition(": ")[2].startswith("a person")
    ledger.decide(first, f"join {second}")
    assert [one.claims for one in ledger.happenings()] == [
        tuple(sorted([first, second, accused.lead]))
    ]


def test_happenings_that_are_joined_are_so_with_all_their_claims(
    ledger: Ledger, two: tuple[Report, Report]
) -> None:
    meeting, accused = sorted(ledger.happenings(), key=lambda one: -len(one.claims))
    made = ledger.decide(accused.id, f"join {meeting.id[:9]}")
    assert made.verdict == f"join {meeting.lead}"
    assert {one.claim for one in made.anchors} == {accused.lead, *meeting.claims}
    assert len(ledger.settled().together) == 2
    assert [len(one.claims) for one in ledger.happenings()] == [3]
    undone = ledger.preview(made.id, "undo")
    assert {one.id for one in undone.after} == {meeting.id, accused.id}


@pytest.mark.parametrize(
    ("verdict", "field", "value"),
    [
        ("date 2021", "when", "2021"),
        ("date 2021-03-04/2021-03-05", "when", "2021-03-04/2021-03-05"),
        ("type accuse", "frame", "accuse"),
        ("actor RUS+UKR", "actors", ("RUS", "UKR")),
        ("target POL.GOV", "targets", ("POL.GOV",)),
    ],
)
def test_what_is_settled_shows_in_the_happening(
    ledger: Ledger, tell: Tell, verdict: str, field: str, value: object
) -> None:
    claim = claims_of(ledger, tell())[0]
    made = ledger.decide(claim, verdict)
    [happening] = ledger.happenings()
    shown = getattr(happening, field)
    assert (shown.edtf() if field == "when" else shown) == value
    assert happening.claims == (claim,)
    assert ledger.claim(claim).frame == "meet"
    ledger.decide(made.id, "undo")
    assert ledger.happenings()[0].when.edtf() == ".."


def test_a_withdrawn_report_is_kept_and_marked(ledger: Ledger, two: tuple[Report, Report]) -> None:
    ledger.decide(two[0].id, "withdrawn")
    assert "withdrawn" in ledger.report(two[0].id).traits
    assert all(two[0].id not in one.reports for one in ledger.happenings())
    assert len(ledger.claims(report=two[0].id)) == 1
    assert ledger.verify() == []


def test_names_and_rules_reach_the_happenings(ledger: Ledger, tell: Tell) -> None:
    tell(words="Washington")
    ledger.decide("name:WASHINGTON", "is RUS")
    assert ledger.happenings()[0].actors == ("RUS",)
    [claim] = ledger.matching('trigger=met source="baltic courier"')
    assert ledger.matching("rule:frame=visit") == []
    ledger.decide('rule:trigger=met source="Baltic Courier"', "reject")
    assert ledger.settled().rejected == {claim.id}
    assert list(ledger.happenings()) == []


def test_decisions_outlive_reading_again(ledger: Ledger, build: Build, tell: Tell) -> None:
    report = tell(frame="meet")
    [claim] = claims_of(ledger, report)
    ledger.decide(claim, "date 2019-05")
    again = build.claim(report, "accuse", trigger="met Minsk")
    ledger.record([build.reading(report, again, run="run_2")])
    assert [(one.frame, one.when.edtf()) for one in ledger.happenings()] == [("accuse", "2019-05")]
    assert ledger.orphans() == []
    gone = build.claim(report, trigger="Moscow")
    ledger.record([build.reading(report, gone, run="run_3")])
    [orphan] = ledger.orphans()
    assert (orphan.decision, orphan.missing[0].claim) == (ledger.decisions()[0], claim)
    assert ledger.happenings()[0].when.edtf() == ".."
    assert ledger.verify() == []


def test_who_decides_stands_in_the_settings_or_the_environment(
    ledger: Ledger, tell: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = claims_of(ledger, tell())[0]
    for variable in ("CHANCERY_USER", "USER", "LOGNAME", "USERNAME"):
        monkeypatch.delenv(variable, raising=False)
    assert ledger.decide(claim, "right").who == ""
    monkeypatch.setenv("LOGNAME", "grace")
    assert ledger.decide(claim, "right").who == "grace"
    monkeypatch.setenv("CHANCERY_USER", "Ada")
    assert ledger.decide(claim, "right").who == "Ada"
    settings = ledger.path / "chancery.toml"
    settings.write_text(settings.read_text() + '\n[decisions]\nwho = "Joan"\n')
    assert ledger.decide(claim, "right").who == "Joan"
    assert ledger.decide(claim, "right", who="me").who == "me"
    settings.write_text(settings.read_text().replace('"Joan"', "3"))
    with pytest.raises(UsageError, match="decisions"):
        ledger.decide(claim, "right")


def test_a_lead_reviewer_leads(ledger: Ledger, tell: Tell) -> None:
    claim = claims_of(ledger, tell())[0]
    ledger.decide(claim, "date 2019", who="Ada")
    ledger.decide(claim, "date 2020", who="Grace")
    assert ledger.happenings()[0].when.edtf() == "2020"
    settings = ledger.path / "chancery.toml"
    settings.write_text(settings.read_text() + '\n[decisions]\nlead_reviewer = "Ada"\n')
    assert ledger.happenings()[0].when.edtf() == "2019"
    assert [one.field for one in ledger.conflicts()] == ["date"]


def test_a_preview_writes_nothing(ledger: Ledger, two: tuple[Report, Report]) -> None:
    first, second = claims_of(ledger, *two)
    snapshot, files = ledger.snapshot, sorted(ledger.path.rglob("*.parquet"))
    effect = ledger.preview(first, f"split {second}", who="me")
    assert (ledger.snapshot, ledger.decisions()) == (snapshot, [])
    assert set(ledger.path.rglob("*.parquet")) - set(files) <= set(ledger.path.glob("derived/*"))
    assert (effect.count_before, effect.count_after) == (2, 3)
    assert [one.claims for one in effect.added] == [(max(first, second),)]
    assert next(one.fields for one in effect.altered)[:2] == ("claims", "reports")
    assert effect.decision.who == "me"
    assert effect.removed == ()
    nothing = ledger.preview(first, "right")
    assert (nothing.before, nothing.after, nothing.count_after) == ((), (), 2)


def test_a_preview_of_a_report_s_date_says_that_it_is_read_again(
    ledger: Ledger, tell: Tell
) -> None:
    assert "read again" in ledger.preview(tell().id, "date 2020-05").note


GOOD = '{"id":"%s","about":"%s","verdict":"%s","who":"me","made":"%s"}'
MADE = "2026-01-01T00:00:00+00:00"
ZEROS = "0" * 16


def line(about: str, verdict: str, made: str = MADE, id_: str = "") -> str:
    named = Decision.make_id(about=about, verdict=verdict, who="me", made=made, undoes=None)
    return GOOD % (id_ or named, about, verdict, made)


def test_decisions_move_to_another_ledger(
    ledger: Ledger, tell: Tell, tmp_path: Any, build: Build
) -> None:
    report = tell()
    [claim] = claims_of(ledger, report)
    ledger.decide(claim, "date 2019", who="me")
    made = ledger.decide("name:nobody", "is RUS", who="me")
    lines = list(ledger.export_decisions())
    with Ledger.open(tmp_path / "other.ledger") as other:
        other.add([report])
        found = other.import_decisions(line.encode() for line in reversed(lines))
        assert (found.new, found.known, found.problems) == (2, 0, ())
        assert len(found.orphans) == 2
        other.record([build.reading(report, build.claim(report))])
        assert other.happenings()[0].when.edtf() == "2019"
        found = other.import_decisions(lines)
        assert (found.new, found.known) == (0, 2)
        assert [one.decision for one in found.orphans] == [made]
        assert list(other.export_decisions()) == lines
        assert other.verify() == []


@pytest.mark.parametrize(
    "words",
    [
        "{",
        "[]",
        '{"id": 3}',
        "\ufffe\x00",
        line(f"clm_{ZEROS}", "reject", id_=f"dec_{ZEROS}"),
        line(f"clm_{ZEROS}", "sing"),
        line("clm_00", "reject"),
        line(f"clm_{ZEROS}/../x", "reject"),
        line(f"clm_{ZEROS}", "reject", made="yesterday"),
        line(f"clm_{ZEROS}", "reject", made="2026-01-01T00:00:00+05:00"),
        line("name:a\u202eb", "is RUS"),
        line("name:" + "a" * 600, "is RUS"),
        line("rule:frame", "reject"),
        line(f"clm_{ZEROS}", "reject")[:-1] + ',"reason":"\\u001b[31m"}',
        line(f"clm_{ZEROS}", "reject")[:-1] + ',"reason":"' + "a" * 6000 + '"}',
        line(f"clm_{ZEROS}", "reject")[:-1] + ',"anchors":[{"claim":"clm_1","report":"rep_'
        + ZEROS + '","trigger":[0,3],"frame":"meet"}]}',
        line(f"clm_{ZEROS}", "reject")[:-1] + ',"anchors":[{"claim":"clm_' + ZEROS
        + '","report":"rep_' + ZEROS + '","trigger":[3,1],"frame":"meet"}]}',
    ],
)  # fmt: skip
def test_a_stranger_s_file_is_not_trusted(ledger: Ledger, words: str) -> None:
    found = ledger.import_decisions([line("name:fine", "is RUS"), "", words])
    assert (found.new, len(found.problems)) == (1, 1), found.problems
    assert found.problems[0].place == "line 3"
    assert len(found.problems[0].message) <= 200


def test_an_anchor_past_the_end_of_its_report_is_refused(ledger: Ledger, tell: Tell) -> None:
    report = tell()
    anchor = '{"claim":"clm_%s","report":"%s","trigger":[0,9999],"frame":"meet"}'
    words = line(f"clm_{ZEROS}", "reject")[:-1] + f',"anchors":[{anchor % (ZEROS, report.id)}]}}'
    assert "past the end" in ledger.import_decisions([words]).problems[0].message
    assert ledger.decisions() == []


def test_what_was_judged_is_labelled_data(ledger: Ledger, two: tuple[Report, Report]) -> None:
    first, second = claims_of(ledger, *two)
    for who, verdicts in (
        ("Ada", ["wrong", "right", f"split {second}"]), ("Grace", ["reject", f"join {second}"]),
    ):  # fmt: skip
        for verdict in verdicts:
            ledger.decide(first, verdict, who=who)
    labels = ledger.labels()
    assert sorted((one.who, one.verdict, len(one.places)) for one in labels) == [
        ("Ada", "different", 2), ("Ada", "right", 1), ("Grace", "same", 2), ("Grace", "wrong", 1)
    ]  # fmt: skip
    place = labels[0].places[0]
    assert (place.report, place.trigger.of(two[0].text)) == (two[0].id, "met")
    [agreement] = find_agreement(labels)
    assert (agreement.items, agreement.per_cent) == (2, 0)


def test_kappa_takes_off_what_chance_gives() -> None:
    assert kappa([("right", "right"), ("wrong", "wrong")]) == 1
    assert kappa([("right", "right")]) is None
    # Cohen's own kind of table: 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no.
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert kappa(pairs) == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("about", "verdict"),
    [
        ("{claim}", "join {claim}"),
        ("{claim}", "join"),
        ("{claim}", "split hap_zz"),
        ("{claim}", "type Meet"),
        ("{claim}", "type unheard-of"),
        ("{claim}", "date 2020/2019"),
        ("{claim}", "actor belarus"),
        ("{claim}", "lead colour"),
        ("{claim}", "reject it"),
        ("{claim}", "withdrawn"),
        ("{claim}", "reject\x07"),
        ("name:", "is RUS"),
        ("name:x", "is RUS+USA"),
        ("name:x", "reject"),
        ("rule:", "reject"),
        ("rule:frame=meet", "join {claim}"),
        ("own:x", "entry {"),
        ("fct_zz", "outcome borne out"),
        ("nothing", "reject"),
    ],
)
def test_what_means_nothing_is_refused_with_a_hint(
    ledger: Ledger, tell: Tell, about: str, verdict: str
) -> None:
    claim = claims_of(ledger, tell())[0]
    with pytest.raises(UsageError) as refused:
        ledger.decide(about.format(claim=claim), verdict.replace("{claim}", claim))
    assert refused.value.hint
    assert ledger.decisions() == []


def test_a_forecast_has_an_outcome(ledger: Ledger, tell: Tell, build: Build) -> None:
    report = tell()
    claim, forecast = build.claim(report), build.forecast(report, "met Minsk")
    ledger.record([build.reading(report, claim, run="run_2", forecasts=(forecast,))])
    made = ledger.decide(forecast.id[:9], f"outcome not borne out {claim.id[:9]}")
    assert [one.frame for one in made.anchors] == ["forecast", "meet"]
    assert ledger.settled().outcomes == {forecast.id: ("not borne out", (claim.id,))}
    with pytest.raises(UsageError, match="no outcome 'maybe'"):
        ledger.decide(forecast.id, "outcome maybe")
