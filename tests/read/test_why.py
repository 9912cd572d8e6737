"""Why a claim was made: every kind of reason, on sentences of our own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest

from chancery.lexicon import Lexicon
from chancery.model import Claim, Reading, Report, When
from chancery.read import Reader
from chancery.read.why import Reason, explain

DAY = When(first=date(2020, 2, 3), last=date(2020, 2, 3), basis="stated")


class Explained:
    """Reads a text and says why its first claim was made."""

    def __init__(self, reader: Reader, lexicon: Lexicon) -> None:
        self.reader, self.lexicon = reader, lexicon

    def read(self, text: str) -> tuple[Report, Reading, Claim]:
        report = Report(id="rep_0", text=text, published=DAY)
        reading = self.reader.read_one(report)
        return report, reading, reading.claims[0]

    def __call__(self, text: str) -> dict[str, list[tuple[str, str | float]]]:
        reasons: dict[str, list[tuple[str, str | float]]] = {}
        for reason in explain(*self.read(text), self.lexicon):
            reasons.setdefault(reason.what, []).append((reason.words, reason.value))
        return reasons


@pytest.fixture(scope="module")
def explained() -> Explained:
    lexicon = Lexicon.load()
    return Explained(Reader.load("frames", lexicon), lexicon)


def test_every_reason_is_given(explained: Explained) -> None:
    reasons = explained("Turkey attacked Syria on Saturday.")
    assert list(reasons) == [
        "cue", "pattern", "frame", "actor", "target", "standing", "date", "voice", "score",
    ]  # fmt: skip
    assert reasons["cue"] == [("attacked", "verb: attack")]
    assert reasons["pattern"] == [("", "verb with subject")]
    assert reasons["frame"] == [("", "attack: ASSAULT")]
    assert reasons["date"] == [("on Saturday", "2020-02-01, reckoned")] or reasons["date"] == [
        ("Saturday", "2020-02-01, reckoned")
    ]
    assert reasons["voice"] == [("", "the outlet's own")]
    assert isinstance(reasons["score"][0][1], float)


@pytest.mark.parametrize(
    ("text", "side", "words", "how"),
    [
        ("Turkey attacked Syria.", "actor", "Turkey", "TUR, by name"),
        ("Turkish troops attacked Syria.", "actor", "Turkish troops", "by role and state"),
        ("Turkey met Syria. It attacked Syria again.", "actor", "Turkey", "by name"),
    ],
)
def test_how_a_side_was_linked(
    explained: Explained, text: str, side: str, words: str, how: str
) -> None:
    [(told, value), *_] = explained(text)[side]
    assert told == words
    assert how in str(value)


def test_a_side_that_points_back(explained: Explained) -> None:
    reasons = explained("Turkish troops crossed the river. They attacked Syria.")
    assert any("pointed back" in str(value) for _, value in reasons["actor"])


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("Turkey attacked Syria.", "", "happened"),
        ("Turkey will attack Syria.", "will", "planned"),
        ("Turkey did not attack Syria.", "not", "negated"),
        ("Turkey may attack Syria.", "may", "hypothetical"),
        ("Turkey denied attacking Syria.", "denied", "denied"),
    ],
)
def test_the_words_of_a_standing(explained: Explained, text: str, words: str, value: str) -> None:
    assert explained(text)["standing"] == [(words, value)]


def test_passives_and_nobody(explained: Explained) -> None:
    reasons = explained("Syria was attacked.")
    assert reasons["actor"] == [("", "nobody is named")]
    assert reasons["pattern"] == [("", "passive verb")]


def test_a_voice(explained: Explained) -> None:
    [(words, value)] = explained("A senior diplomat said that Turkey attacked Syria.")["voice"]
    assert words == "A senior diplomat said"
    assert str(value).startswith("anonymous")


def test_what_a_learned_part_knows_comes_after_the_trigger(explained: Explained) -> None:
    def trace(report: Report, reading: Reading, claim: Claim) -> Iterable[Reason]:
        yield Reason(what="learned", words=claim.trigger.of(report.text), value=0.87)

    reasons = explain(*explained.read("Turkey attacked Syria."), explained.lexicon, trace)
    assert [reason.what for reason in reasons][:4] == ["cue", "pattern", "frame", "learned"]


def test_a_claim_that_the_frames_did_not_make(explained: Explained) -> None:
    report, reading, claim = explained.read("Turkey attacked Syria.")
    other = Claim(
        id="clm_0", report=report.id, frame="visit", type="CONSULT", words=claim.words,
        trigger=claim.words,
    )  # fmt: skip
    reasons = explain(report, reading, other, explained.lexicon)
    assert str(reasons[0].value).startswith("learned")


def test_rules_are_named(explained: Explained) -> None:
    report, reading, claim = explained.read("Gunmen from Turkey attacked Syria.")
    ruled = Claim(
        id="clm_0", report=report.id, frame="attack", type="ASSAULT", mode="firearms",
        words=claim.words, trigger=claim.trigger, actors=claim.actors, targets=claim.targets,
    )  # fmt: skip
    values = [
        r.value for r in explain(report, reading, ruled, explained.lexicon) if r.what == "rule"
    ]
    assert values == ["by-gun: ASSAULT firearms"]
