"""The review queue: what is asked, in which order, and what no longer is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from chancery.errors import UsageError
from chancery.ledger import Ledger
from chancery.ledger.ask_deeds import ask_low_certainty
from chancery.ledger.questions import KINDS, Question, ReviewItem, answer, numbered
from chancery.ledger.queue import ask, read_kinds
from chancery.lexicon import Lexicon
from chancery.model import (
    Mention,
    Outcome,
    Report,
    Rival,
    SameSource,
    Span,
    Trait,
    TraitEvidence,
    Voice,
)

Build = Any
Tell = Callable[..., Report]

FIRST = "Talks\nWashington met Minsk for talks on the oil pipeline on Monday. Moscow frowned."
SECOND = "More\nFor talks on the oil pipeline Washington met Minsk. Nobody else was there at all."


def of_kind(ledger: Ledger, kind: str, **fields: Any) -> list[ReviewItem]:
    return [item for item in ledger.review(**fields) if item.kind == kind]


def undated(tell: Tell, **fields: Any) -> Report:
    return tell(published=None, run="run_..", **fields)


# What is asked ----------------------------------------------------------------------------------


def test_an_undated_report_is_asked_about_and_answered(ledger: Ledger, tell: Tell) -> None:
    report = undated(tell)
    (item,) = ledger.review()
    assert (item.kind, item.about) == ("undated", report.id)
    assert item.touches.reports == (report.id,)
    assert len(item.touches.claims) == len(item.touches.happenings) == 1
    assert {cite.words for cite in item.cites} == {"Envoys talk"}
    option = item.option("1")
    assert option.asks == "date"
    ledger.decide(option.about, option.filled("2020-05"))
    assert ledger.review() == []


def near_pair(tell: Tell, second: str = SECOND) -> tuple[Report, Report]:
    words = "Washington met Minsk for talks on the oil pipeline"
    other = "For talks on the oil pipeline Washington met Minsk"
    first = tell(FIRST, when="2020-02-10", words=words, source="Baltic Courier")
    return first, tell(
        second, when="2020-02-11", words=other, source="Harbour Gazette", published="2020-02-12"
    )


def test_happenings_that_nearly_joined_are_asked_about(ledger: Ledger, tell: Tell) -> None:
    near_pair(tell)
    (item,) = of_kind(ledger, "same happening")
    assert len(item.touches.happenings) == 2
    assert [cite.words for cite in item.cites] == [
        "Washington met Minsk for talks on the oil pipeline",
        "For talks on the oil pipeline Washington met Minsk",
    ]
    join, split = item.options
    assert join.verdict.startswith("join clm_")
    assert (split.key, split.verdict.split()[0]) == ("x", "split")


@pytest.mark.parametrize("key", ["1", "x"])
def test_a_pair_that_was_settled_is_not_asked_about_again(
    ledger: Ledger, tell: Tell, key: str
) -> None:
    near_pair(tell)
    (item,) = of_kind(ledger, "same happening")
    option = item.option(key)
    made = ledger.decide(option.about, option.verdict)
    assert of_kind(ledger, "same happening") == []
    ledger.decide(made.id, "undo")
    assert of_kind(ledger, "same happening") == [item]


def test_what_one_outlet_tells_on_two_days_is_two_deeds(ledger: Ledger, tell: Tell) -> None:
    for day, text in (("10", FIRST), ("11", FIRST.replace("Talks", "Again"))):
        tell(text, when=f"2020-02-{day}", words="Washington met Minsk", published=f"2020-02-{day}")
    assert of_kind(ledger, "same happening") == []


@pytest.mark.parametrize(("field", "kind"), [("standing", "standing"), ("when", "dispute")])
def test_rival_values_are_asked_about(ledger: Ledger, tell: Tell, field: str, kind: str) -> None:
    for at, standing in enumerate(("happened", "denied")):
        tell(f"Talks {at}\nWashington met Minsk on Monday.", when="2020-02-10",
             standing=standing, source=f"Outlet {at}", published=f"2020-02-1{at}")  # fmt: skip
    (happening,) = ledger.happenings()
    rivals = [
        Rival(happening=happening.id, field=field, value=value, claims=(claim,), origin_count=1,
              leads=claim == happening.lead, because="the narrower")
        for value, claim in zip("ab", happening.claims, strict=True)
    ]  # fmt: skip

    def asked() -> list[Question]:
        material = msgspec.structs.replace(ledger._material(ledger._pin, None), rivals=rivals)
        queue = ask(material, read_kinds(None))
        return [one for one in queue.left(material.standing) if one.kind == kind]

    (question,) = asked()
    first, second, both, *_ = question.options
    assert [first.verdict, second.verdict] == [f"lead {field}"] * 2
    assert first.about == happening.lead
    assert both.verdict == f"split {second.about}"
    assert {place.claim for place in question.passages} == set(happening.claims)
    ledger.decide(second.about, second.verdict)
    assert asked() == []


def test_several_candidates_are_asked_about(ledger: Ledger, build: Build) -> None:
    report = build.report("Envoys\nThe government met Minsk on Monday.")
    claim = build.claim(report, words="The government met Minsk", when="2020-02-10")
    known = Mention(span=build.at(report, "Minsk"), actor="BLR")
    open_ = Mention(span=build.at(report, "The government"), candidates=("USA.GOV", "RUS.GOV"))
    claim = msgspec.structs.replace(claim, actors=(known, open_))
    ledger.add([report])
    ledger.record([build.reading(report, claim)])
    (item,) = of_kind(ledger, "actor")
    assert item.question.startswith("Who is “The government” here?")
    assert [option.verdict for option in item.options] == [
        "actor BLR+USA.GOV", "actor BLR+RUS.GOV", "actor {}", "seen actor 1",
    ]  # fmt: skip
    ledger.decide(claim.id, item.option("x").verdict)
    assert of_kind(ledger, "actor") == []


def test_voices_forecasts_and_odd_words_are_asked_about(ledger: Ledger, build: Build) -> None:
    text = "Envoys\nWashington met Minsk. It was free or fair. An aide said so. The aide left."
    report = build.report(text)
    claim = build.claim(report, words="It was free or fair", trigger="was", when="2020-02-09")
    spans = build.at(report, "An aide"), build.at(report, "The aide")
    pair = SameSource(
        id="sam_0123456789abcdef", report=report.id, first=spans[0], second=spans[1], reason="alike"
    )
    doubt = TraitEvidence(reason="two praises", words=build.at(report, "free or fair"), weight=1.0)
    trait = Trait(name="lost negation suspected", evidence=(doubt,))
    forecast = build.forecast(report, "Washington met Minsk", by="2020-01-31")
    ledger.add([report])
    ledger.record([
        build.reading(
            report, claim, same_sources=(pair,), traits=(trait,), forecasts=(forecast,)
        )
    ])  # fmt: skip
    items = {item.kind: item for item in ledger.review()}
    assert set(items) == {"voice", "suspicion", "outcome"}
    assert items["suspicion"].question == (
        "Are these words right: “free or fair”? lost negation suspected"
    )
    assert items["suspicion"].option("1").verdict == "reject"
    assert items["outcome"].question.startswith("What became of it: “Washington met Minsk”")
    for item in items.values():
        option = item.options[-1]
        ledger.decide(option.about, option.verdict)
    assert ledger.review() == []


def test_a_rare_spelling_and_an_open_name_are_asked_about(ledger: Ledger, build: Build) -> None:
    ledger.lexicon = Lexicon.load()
    text = "Leaders\nLukashenko spoke. Lukashenko left. Alexander Loekashenko met Merkel there."
    report = build.report(text)

    def mention(words: str, actor: str | None, name: str) -> Mention:
        return Mention(span=build.at(report, words), actor=actor, name=name)

    spelt = mention("Alexander Loekashenko", "BLR.GOV", "Alexander Lukashenko")
    usual = mention("Lukashenko", "BLR.GOV", "Alexander Lukashenko")
    left = Mention(span=Span(spelt.span.start - 17, spelt.span.start - 7), actor="BLR.GOV",
                   name="Alexander Lukashenko")  # fmt: skip
    claim = build.claim(report, words="Alexander Loekashenko met Merkel", when="2020-02-10")
    claim = msgspec.structs.replace(claim, actors=(spelt,))
    ledger.add([report])
    ledger.record([build.reading(report, claim, mentions=(usual, left, spelt))])
    (item,) = of_kind(ledger, "same person")
    assert item.question == "“Alexander Loekashenko”: Is it Alexander Lukashenko?"
    assert item.option("1").verdict == "is BLR.GOV"
    assert item.option("x").verdict == "is not BLR.GOV"
    ledger.decide(item.about, "is BLR.GOV")
    assert of_kind(ledger, "same person") == []


@pytest.mark.parametrize("key", ["1", "2", "x"])
def test_versions_of_an_article_are_asked_about(ledger: Ledger, build: Build, key: str) -> None:
    texts = (FIRST, FIRST.replace("frowned", "frowned at it"))
    made = [
        msgspec.structs.replace(one, id=Report.make_id(
            text=one.text, title=one.title, published=one.published, source=one.source,
            url="https://example.org/a", key=one.key,
        ), url="https://example.org/a") for one in map(build.report, texts)
    ]  # fmt: skip
    ledger.add(made)
    ledger.record([build.reading(one) for one in made])
    (item,) = ledger.review("changed-report")
    assert set(item.touches.reports) == {one.id for one in made}
    ledger.decide(item.option(key).about, item.option(key).verdict)
    assert ledger.review("changed-report") == []


def test_doubtful_rows_that_matter_are_asked_about(ledger: Ledger, tell: Tell) -> None:
    tell(when="2020-02-10")
    material = ledger._material(ledger._pin, None)
    (row,) = material.happenings

    def asked(**fields: Any) -> list[str]:
        rows = [msgspec.structs.replace(row, **fields)]
        return [
            one.words
            for one in ask_low_certainty(msgspec.structs.replace(material, happenings=rows))
        ]

    assert asked(certainty=None) == asked(certainty=0.3) == []
    assert len(asked(certainty=0.3, reports=("rep_1", "rep_2"))) == 1
    assert asked(certainty=0.9, reports=("rep_1", "rep_2")) == []


def test_an_outcome_with_evidence_is_asked_about(ledger: Ledger, build: Build) -> None:
    report = build.report(FIRST)
    claim = build.claim(report, words="Washington met Minsk", when="2020-02-09")
    forecast = build.forecast(report, "Moscow frowned")
    ledger.add([report])
    ledger.record([build.reading(report, claim, forecasts=(forecast,))])
    material = ledger._material(ledger._pin, None)
    outcome = Outcome(forecast=forecast.id, state="partly", evidence=(claim.id,), because="alike")
    from chancery.ledger.ask_forecasts import ask_outcomes

    (question,) = ask_outcomes(msgspec.structs.replace(material, outcomes=[outcome]))
    assert question.options[0].verdict == f"outcome partly {claim.id}"
    assert question.touches.claims == (claim.id,)
    decided = msgspec.structs.replace(outcome, decided=True)
    assert list(ask_outcomes(msgspec.structs.replace(material, outcomes=[decided]))) == []


# In which order, and until when -------------------------------------------------------------------


def test_what_touches_most_comes_first(ledger: Ledger, build: Build) -> None:
    small = build.report("Small\nWashington met Minsk.", published=None, key="small")
    large = build.report(
        "Large\nWashington met Minsk. Moscow met Kyiv.", published=None, key="large"
    )
    readings = [
        build.reading(small, build.claim(small, words="Washington met Minsk")),
        build.reading(
            large,
            build.claim(large, words="Washington met Minsk"),
            build.claim(large, actors="RUS", targets="UKR", words="Moscow met Kyiv"),
        ),
    ]
    ledger.add([small, large])
    ledger.record(readings)
    items = ledger.review()
    assert [item.about for item in items] == [large.id, small.id]
    assert ledger.review(limit=1) == items[:1]
    assert ledger.review() == items


def test_a_question_that_is_put_off_comes_back(ledger: Ledger, tell: Tell) -> None:
    undated(tell)
    tell(key="dated", published="2020-02-10", when="2020-02-09")
    (item,) = of_kind(ledger, "undated")
    ledger.decide(item.about, item.delay("2020-02"))
    assert of_kind(ledger, "undated") == []
    assert of_kind(ledger, "undated", until="2020-02-29") == []
    assert of_kind(ledger, "undated", until="2020-03-01") == [item]
    tell(key="later", published="2020-03-02", when="2020-03-01")
    assert [one.id for one in of_kind(ledger, "undated")] == [item.id]


def test_a_question_about_a_claim_stays_put_off_after_re_reading(
    ledger: Ledger, build: Build
) -> None:
    report = build.report("Envoys\nThe government met Minsk on Monday.")

    def read(run: str, target: str) -> None:
        claim = build.claim(report, words="The government met Minsk", targets=target)
        open_ = Mention(span=build.at(report, "The government"), candidates=("USA.GOV", "RUS.GOV"))
        ledger.record([build.reading(
            report, msgspec.structs.replace(claim, actors=(open_,)), run=run)])  # fmt: skip

    ledger.add([report])
    read("run_1", "BLR")
    (before,) = of_kind(ledger, "actor")
    ledger.decide(before.about, before.delay("2030"))
    read("run_2", "BLR.GOV")
    assert ledger.claims()[0].id != before.about
    assert of_kind(ledger, "actor") == []


def test_kinds_are_told_by_name() -> None:
    assert read_kinds(None) == frozenset(KINDS)
    assert read_kinds("same-person,undated") == {"same person", "undated"}
    with pytest.raises(UsageError, match="no kind"):
        read_kinds("gossip")


def test_answers_are_numbered_and_must_be_typed() -> None:
    options = numbered(answer("a", "x", "join y"), None, answer("b", "x", "date {}", asks="date"),
                       answer("c", "x", "reject", key="x"))  # fmt: skip
    assert [one.key for one in options] == ["1", "2", "x"]
    assert options[1].filled(" 2020 ") == "date 2020"
    with pytest.raises(UsageError):
        options[1].filled("  ")


def test_voices_of_names_are_found(ledger: Ledger, build: Build) -> None:
    """Words that name a voice which several may be, and that stand in one report only."""
    report = build.report("Vote\nThe vote was fair, Foreign Ministry said. Washington met Minsk.")
    voice = Voice(kind="named", name=build.at(report, "Foreign Ministry"))
    claim = build.claim(report, words="The vote was fair", trigger="was", voice=voice)
    mention = Mention(span=build.at(report, "Foreign Ministry"), candidates=("USA.GOV", "RUS.GOV"))
    ledger.add([report])
    ledger.record([build.reading(report, claim, mentions=(mention,))])
    (item,) = of_kind(ledger, "actor")
    assert item.about == "name:Foreign Ministry"
    assert item.option("1").verdict == "is RUS.GOV"
    assert item.touches.claims == (claim.id,)
