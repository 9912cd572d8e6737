"""Who says what: which words are one voice, what is counted, and what people judge of it."""

from __future__ import annotations

from typing import Any

import pytest

from chancery.errors import UsageError
from chancery.ledger import Ledger
from chancery.ledger.voices import LEAST_SETTLED, VoiceSummary, link, read_by
from chancery.model import Facets, SameSource, Voice

DIPLOMAT = (
    'A diplomat said that Minsk will yield. The "diplomat" of Minsk met Washington on Monday.'
)


def said(build: Any, report: Any, words: str = "A diplomat", **fields: Any) -> Any:
    name = build.at(report, words)
    voice = {"kind": "anonymous", "name": name} | fields
    return build.statement(report, "Minsk will yield", **voice)


def fill(ledger: Ledger, build: Any, *reports: tuple[Any, dict[str, Any]]) -> None:
    ledger.add([report for report, _ in reports])
    ledger.record([
        build.reading(report, *found.pop("claims", ()), **found) for report, found in reports
    ])  # fmt: skip
    ledger.reconcile()


@pytest.fixture
def two(ledger: Ledger, build: Any) -> tuple[Ledger, list[Any]]:
    """Two reports of one outlet, each with its diplomat."""
    reports = [build.report(DIPLOMAT, title="", key=key) for key in ("a", "b")]
    fill(ledger, build, *((one, {"statements": (said(build, one),)}) for one in reports))
    return ledger, reports


def voices(ledger: Ledger, **asked: Any) -> dict[str, VoiceSummary]:
    return {one.slug: one for one in ledger.voices(**asked)}


def test_two_diplomats_in_two_reports_are_two_voices(two: Any) -> None:
    ledger, reports = two
    slugs = [f"diplomat~baltic-courier~{one.id[4:12]}" for one in reports]
    found = voices(ledger)
    assert sorted(found) == sorted(slugs)
    assert {one.name for one in found.values()} == {"A diplomat"}
    assert [len(ledger.statements(by=slug)) for slug in slugs] == [1, 1]
    assert len(ledger.statements(by="diplomat~baltic-courier")) == 2
    assert ledger.tally_statements(by="diplomat") == 2


def test_a_decision_makes_them_one_until_it_is_undone(two: Any) -> None:
    ledger, _ = two
    before = list(ledger.voices())
    least, greatest = sorted(one.slug for one in before)
    made = ledger.decide(f"voice:{greatest}", f"same voice:{least}", reason="the same words")
    [one] = ledger.voices()
    assert (one.slug, one.slugs, one.statement_count) == (least, (least, greatest), 2)
    assert ledger.voice(greatest) == one
    assert len(ledger.statements(by=greatest)) == len(ledger.statements(by=least)) == 2
    ledger.decide("", "undo", undoes=made.id)
    assert list(ledger.voices()) == before


def test_a_proposal_that_is_taken_makes_one_voice(ledger: Ledger, build: Any) -> None:
    report = build.report("A diplomat met the envoy. The official said that Minsk will yield.")
    places = build.at(report, "A diplomat"), build.at(report, "The official")
    proposal = SameSource(
        id=SameSource.make_id(report=report.id, first=places[0], second=places[1]),
        report=report.id, first=places[0], second=places[1], reason="the same body",
    )  # fmt: skip
    statements = (
        build.statement(report, "met the envoy", kind="anonymous", name=places[0]),
        said(build, report, "The official"),
    )
    fill(ledger, build, (report, {"statements": statements, "same_sources": (proposal,)}))
    slugs = sorted(voices(ledger))
    assert [slug.partition("~")[0] for slug in slugs] == ["diplomat", "official"]
    assert ledger.same_voices(slugs[0]) == [(proposal.id, *slugs)]
    ledger.decide(proposal.id, "right")
    assert [one.statement_count for one in ledger.voices()] == [2]


def test_a_full_name_is_one_voice_wherever_it_is_quoted(ledger: Ledger, build: Any) -> None:
    reports = [
        build.report("Ada Hale said that Minsk will yield.", title="", source=source)
        for source in ("One Post", "The Other Post")
    ]
    fill(ledger, build, *(
        (one, {"statements": (said(build, one, "Ada Hale", kind="named", full_name="Ada Hale"),)})
        for one in reports
    ))  # fmt: skip
    [one] = ledger.voices()
    assert (one.slug, one.outlets) == ("ada-hale", ("One Post", "The Other Post"))
    assert len(ledger.statements(by="ada-hale", source="other-post")) == 1


def test_one_word_is_a_voice_of_its_state(ledger: Ledger, build: Any) -> None:
    report = build.report("Minsk will yield, the President said, and the President said no.")
    named = {"kind": "named", "full_name": "President"}
    fill(ledger, build, (report, {"statements": (
        said(build, report, "the President", actor="BLR.GOV", **named),
    )}))  # fmt: skip
    assert sorted(voices(ledger)) == ["president-blr"]


def test_what_a_description_tells_is_verbatim(ledger: Ledger, build: Any) -> None:
    text = "Two senior Treasury aides who feared for their posts said that Minsk will yield."
    report = build.report(text, title="")
    at = build.at
    statement = said(build, report, "Two senior Treasury aides")
    facets = Facets(
        description=at(report, "Two senior Treasury aides who feared for their posts"),
        number="two", rank=at(report, "senior"), institution=at(report, "Treasury"),
        reason=at(report, "who feared for their posts"), tenure="former",
    )  # fmt: skip
    statement = type(statement)(
        **{name: getattr(statement, name) for name in statement.__struct_fields__}
        | {"facets": facets}
    )
    fill(ledger, build, (report, {"statements": (statement,)}))
    [one] = ledger.voices()
    assert one.name == "Two senior Treasury aides who feared for their posts"
    assert (one.number, one.tenure, one.rank) == ("two", "former", "senior")
    assert (one.institution, one.reason) == ("Treasury", "who feared for their posts")


HOSTILE = (
    "../../etc/passwd", "<script>alert(1)</script>", "Газета", "!!!", "-", "~", "a~b", " ",
    "x" * 900, "The The", "A", "Ünïcode Pöst", "新华社", "post.json", "%2e%2e", "'; DROP TABLE x",
    "\u202ereversed",
)  # fmt: skip


def test_hostile_names_get_slugs_that_find_them_again(ledger: Ledger, build: Any) -> None:
    reports = [
        build.report(DIPLOMAT, title="", source=name, key=str(at))
        for at, name in enumerate(HOSTILE)
    ]
    fill(ledger, build, *((one, {"statements": (said(build, one),)}) for one in reports))
    slugs = ledger.outlet_slugs()
    assert set(slugs) == set(HOSTILE)
    for name, slug in slugs.items():
        assert slug == "-" or slug.replace("-", "").isalnum(), name
        assert 0 < len(slug) <= 72
        assert ledger.outlet_slug(slug) == ledger.outlet_slug(name) == slug
        assert name in ledger.source_page(slug).names
    for one in ledger.voices():
        assert len(ledger.statements(by=one.slug)) == one.statement_count
        ledger.decide(f"voice:{one.slug}", "reliability C")
    assert {one.reliability for one in ledger.voices()} == {"C"}


@pytest.mark.parametrize("words", ["~", "a~b~c~d", "a~~b", "a~"])
def test_what_is_no_voice_is_refused(ledger: Ledger, words: str) -> None:
    with pytest.raises(UsageError):
        read_by(words)


# How often it held ------------------------------------------------------------------------------


@pytest.mark.parametrize("settled", [LEAST_SETTLED - 1, LEAST_SETTLED, LEAST_SETTLED + 1])
def test_no_rate_below_ten(settled: int) -> None:
    voice = VoiceSummary(
        slug="x", grouped="voice", borne_out=settled - 5, partly=1, not_borne_out=4, overtaken=40,
        open=9, not_testable=9,
    )  # fmt: skip
    assert (voice.rate is None) == (settled < LEAST_SETTLED)


def test_a_rate_is_an_interval() -> None:
    rate = VoiceSummary(slug="x", grouped="voice", borne_out=6, not_borne_out=5).rate
    assert str(rate) == "6 of 11, 28–79 %"
    assert VoiceSummary(slug="x", grouped="outlet", borne_out=6, not_borne_out=5).rate is None


def test_an_outcome_moves_the_counts_and_an_undo_moves_them_back(
    ledger: Ledger, build: Any
) -> None:
    report = build.report(DIPLOMAT, title="")
    statement = said(build, report)
    voice = Voice(kind="anonymous", name=build.at(report, "A diplomat"))
    forecast = build.forecast(report, "Minsk will yield", voice=voice, statement=statement.id)
    fill(ledger, build, (report, {"statements": (statement,), "forecasts": (forecast,)}))
    [before] = ledger.voices()
    assert (before.forecast_count, before.not_testable, before.borne_out) == (1, 1, 0)
    made = ledger.decide(forecast.id, "outcome borne out", reason="I was there")
    [now] = ledger.voices()
    assert (now.not_testable, now.borne_out) == (0, 1)
    assert len(ledger.outcomes(by=now.slug, state="borne out")) == 1
    assert ledger.outcome_decisions()[forecast.id] == made
    ledger.decide("", "undo", undoes=made.id)
    assert list(ledger.voices()) == [before]


# Two scales -------------------------------------------------------------------------------------


def test_a_judgement_is_kept_undone_and_changes_no_happening(two: Any) -> None:
    ledger, _ = two
    slug = min(voices(ledger))
    held = list(ledger.happenings())
    made = ledger.decide(f"voice:{slug}", "reliability b", reason="was right before", who="Ada")
    assert (voices(ledger)[slug].reliability, voices(ledger)[slug].judged) == ("B", made.id)
    assert ledger.decide("source:Baltic Courier", "reliability D").about == "source:baltic-courier"
    assert ledger.source_page("baltic-courier").reliability == "D"
    assert voices(ledger, group="outlet")["baltic-courier"].reliability == "D"
    assert list(ledger.happenings()) == held
    ledger.decide("", "undo", undoes=made.id)
    assert voices(ledger)[slug].reliability == "F"


def test_credibility_is_a_statement_s(two: Any, build: Any) -> None:
    ledger, reports = two
    statement = ledger.statements(report=reports[0].id)[0]
    made = ledger.decide(statement.id[:12], "credibility 2")
    assert ledger.judgements() == {statement.id: ("2", made)}
    # Read again, the passage is longer and its id another: the anchor finds it.
    again = said(build, reports[0], "diplomat")
    assert again.id != statement.id
    ledger.record([build.reading(reports[0], run="run_2", statements=(again,))])
    assert list(ledger.judgements()) == [again.id]
    ledger.record([build.reading(reports[0], run="run_3")])
    assert ledger.judgements() == {}
    assert [one.decision for one in ledger.orphans()] == [made]


@pytest.mark.parametrize(
    ("about", "verdict"),
    [
        ("voice:diplomat", "reliability A"),
        ("source:nobody", "reliability A"),
        ("source:baltic-courier", "reliability G"),
        ("source:baltic-courier", "credibility 1"),
        ("source:baltic-courier", "same other"),
        ("stm_0000", "credibility 1"),
    ],
)
def test_what_cannot_be_judged_is_refused(two: Any, about: str, verdict: str) -> None:
    with pytest.raises(UsageError):
        two[0].decide(about, verdict)


def test_judgements_move_between_ledgers(two: Any, build: Any, tmp_path: Any) -> None:
    ledger, reports = two
    slug = min(voices(ledger))
    ledger.decide(f"voice:{slug}", "reliability B")
    ledger.decide(ledger.statements()[0].id, "credibility 5")
    lines = list(ledger.export_decisions())
    with Ledger.open(tmp_path / "other.ledger") as other:
        assert len(other.import_decisions(lines).orphans) == 2
        fill(other, build, *((one, {"statements": (said(build, one),)}) for one in reports))
        assert list(other.voices()) == list(ledger.voices())
        assert other.judgements() == ledger.judgements()
        assert not other.orphans()


def test_two_people_who_differ_are_listed(two: Any) -> None:
    ledger, _ = two
    for who, grade in (("Ada", "B"), ("Grace", "D")):
        ledger.decide("source:baltic-courier", f"reliability {grade}", who=who)
    assert [(one.about, one.field) for one in ledger.conflicts()] == [
        ("source:baltic-courier", "reliability")
    ]
    assert ledger.source_page("baltic-courier").reliability == "D"


def test_links_go_to_the_least_slug() -> None:
    found = {one.slug: one.root for one in link([("c", "b"), ("d", "c"), ("x", "y"), ("b", "a")])}
    assert found == {"a": "a", "b": "a", "c": "a", "d": "a", "x": "x", "y": "x"}


# Outlets ----------------------------------------------------------------------------------------


def test_copies_and_wires_are_not_first(ledger: Ledger, build: Any) -> None:
    def told(source: str, day: str, text: str, **fields: Any) -> tuple[Any, dict[str, Any]]:
        report = build.report(text, title="", source=source, published=day, **fields)
        claim = build.claim(report, when="2020-02-10")
        return report, {"claims": (claim,)}

    met = "Washington met Minsk on Monday"
    fill(
        ledger,
        build,
        told("Early Post", "2020-02-11", f"{met}, says AFP.", credit="AFP"),
        told("Baltic Courier", "2020-02-12", f"{met}, our man in the hall saw with his own eyes."),
        told("Late Gazette", "2020-02-13", f"{met}: a late word from those who were not there."),
    )
    [happening] = ledger.happenings()
    assert len(happening.reports) == 3
    assert not ledger.source_happenings("early-post", "first")
    assert len(ledger.source_happenings("early-post", "copied")) == 1
    # Somebody told it before, though only on an agency's word: nobody else is first either.
    assert not ledger.source_happenings("baltic-courier", "first")
    ledger.decide(happening.id, "reject")
    assert ledger.source_page("baltic-courier").own_count == 0


def test_who_told_it_first(ledger: Ledger, build: Any) -> None:
    pairs = []
    for source, day in (("One Post", "2020-02-12"), ("Two Post", "2020-02-13")):
        report = build.report(
            f"Washington met Minsk on Monday, {source} learned on the {day[-2:]}th.", title="",
            source=source, published=day,
        )  # fmt: skip
        pairs.append((report, {"claims": (build.claim(report, when="2020-02-10"),)}))
    fill(ledger, build, *pairs)
    pages = [ledger.source_page(name) for name in ("one-post", "two-post")]
    assert [(one.first_count, one.alone_count, one.own_count) for one in pages] == [
        (1, 0, 1), (0, 0, 1),
    ]  # fmt: skip
    assert [len(ledger.claims(voice="own", source=one.slug)) for one in pages] == [1, 1]
