"""How likely a claim is right, seen among the others of its report."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from chancery.model import Claim, Mention, Report, Span, When
from chancery.read import sureness
from chancery.read.sureness import likely, signs_of, table

TEXT = "Kenya expels envoys\nKenya expelled two Somali envoys on Monday. In 1998 it shelled a port."
DAY = When(first=date(2014, 3, 5), last=date(2014, 3, 5), basis="stated")
REPORT = Report(id="r", text=TEXT, title="Kenya expels envoys", published=DAY)
KENYA = Mention(span=Span(20, 25), actor="KEN", score=0.95)
SOMALIA = Mention(span=Span(39, 52), actor="SOM.GOV", score=0.95)
NEW = When(first=date(2014, 3, 3), last=date(2014, 3, 3), basis="reckoned")
OLD = When(first=date(1998, 1, 1), last=date(1998, 12, 31), basis="stated")


def claim(start: int, end: int, score: float, **more: object) -> Claim:
    """Make a claim of an expulsion."""
    made = Claim(
        id=f"c{start}", report="r", frame="expel", type="SANCTION",
        words=Span(start, end), trigger=Span(start, start + 5), actors=(KENYA,), score=score,
    )  # fmt: skip
    return msgspec.structs.replace(made, **more)


def test_a_claim_is_described_by_its_report_and_the_other_claims() -> None:
    title = claim(0, 19, 0.5, targets=(SOMALIA,))
    body = claim(20, 63, 0.9, targets=(SOMALIA,), when=NEW)
    past = claim(64, len(TEXT), 0.4, actors=(), when=OLD)
    first, second, third = signs_of(REPORT, [title, body, past])
    assert (first["title"], second["title"]) == (1, 0)
    assert first["told_surer"] == 1, "the body tells the title's deed, and surer"
    assert second["told_before"] == 1
    assert (second["across"], second["within"]) == (1, 0)
    assert (third["long_past"], third["no_doer"]) == (1, 1)
    assert first["undated"] == 1
    assert {signs["type_SANCTION"] for signs in (first, second, third)} == {1}


def test_a_deed_told_inside_a_surer_claims_words_is_marked() -> None:
    outer, inner = claim(20, 63, 0.9), claim(29, 63, 0.4, type="ACCUSE")
    told, within = signs_of(REPORT, [outer, inner])
    assert (told["inside_surer"], within["inside_surer"]) == (0, 1)
    assert told["raw_accuse"] == 0 > within["raw_accuse"] == within["raw"]


def test_a_word_that_is_no_cue_is_the_models_alone() -> None:
    claims = [claim(20, 63, 0.9), claim(64, 80, 0.4)]
    signs = signs_of(REPORT, claims, {"c64"})
    assert [each["cued"] for each in signs] == [0, 1]


def test_a_report_without_a_power_is_not_about_politics() -> None:
    alone = claim(20, 63, 0.9)
    assert signs_of(REPORT, [alone])[0]["no_power"] == 1, "a bare state may be anybody of it"
    assert signs_of(REPORT, [alone])[0]["raw_no_power"] == signs_of(REPORT, [alone])[0]["raw"]
    unsaid = claim(64, 80, 0.4, targets=(SOMALIA,))
    assert signs_of(REPORT, [alone, unsaid])[0]["no_power"] == 1, "its words name no power"
    beside = claim(29, 63, 0.4, targets=(SOMALIA,))
    assert [signs["no_power"] for signs in signs_of(REPORT, [alone, beside])] == [0, 0]
    body = msgspec.structs.replace(KENYA, actor="IGO.NATO")
    assert signs_of(REPORT, [claim(20, 63, 0.9, actors=(body,))])[0]["no_power"] == 0


def test_words_in_the_first_person_and_the_press_are_marked() -> None:
    said = Report(id="r", text="We expelled two envoys, the editor said.", published=DAY)
    press = Mention(span=Span(24, 34), actor="KEN.JRN", score=0.9)
    marked = signs_of(said, [claim(0, 22, 0.9, targets=(press,))])[0]
    assert (marked["first_person"], marked["press"]) == (1, 1)
    plain = signs_of(REPORT, [claim(20, 63, 0.9)])[0]
    assert (plain["first_person"], plain["press"]) == (0, 0)


def test_what_is_too_unlikely_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sureness, "table", lambda: sureness.Sureness(0.5, {"raw": 1.0}))
    claims = [claim(20, 63, 0.9), claim(64, 80, 0.2)]
    whole = msgspec.structs.replace(REPORT, text=TEXT + " It rained." * 40)
    assert [(c.id, c.score) for c in likely(whole, claims)] == [("c20", 0.9)]
    assert [c.id for c in likely(REPORT, claims)] == ["c20", "c64"], "a brief text keeps all"
    denial = claim(64, 80, 0.2, standing="denied")
    assert [c.id for c in likely(whole, [denial])] == ["c64"], "a sure denial is kept"


def test_every_weight_is_of_a_known_sign() -> None:
    signs = set().union(*signs_of(REPORT, [claim(0, 19, 0.5, when=NEW), claim(20, 63, 0.9)]))
    assert {n for n in table().weights if not n.startswith("type_")} <= signs
    assert 0 < table().least < 1


def test_the_order_of_claims_changes_nothing() -> None:
    claims = [claim(0, 19, 0.5), claim(20, 63, 0.9, targets=(SOMALIA,))]
    assert signs_of(REPORT, claims) == list(reversed(signs_of(REPORT, claims[::-1])))
