"""The reader as a whole: unread languages, asides, long sentences, company, pickling."""

from __future__ import annotations

import pickle
from datetime import date
from typing import Any

import msgspec
import pytest

from chancery.model import Aside, Claim, Reading, Report, Span, When
from chancery.read import Reader
from chancery.read import encodings as encodings_module
from chancery.read.sentences import Sentence

DAY = When(first=date(2020, 2, 3), last=date(2020, 2, 3), basis="stated")
SENTENCES = (
    "Poland expelled three Belarusian diplomats on Monday.",
    "Norway sent medicine to Sudan.",
    "Turkey may attack Syria.",
    "India and Pakistan held talks in Geneva.",
    "A court in Iran sentenced a Swedish citizen.",
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load()


def report(text: str, **fields: object) -> Report:
    return msgspec.structs.replace(Report(id="rep_0", text=text, published=DAY), **fields)


def told(claim: Claim) -> tuple[object, ...]:
    sides = [sorted(m.actor or "" for m in side) for side in (claim.actors, claim.targets)]
    return (claim.frame, *map(tuple, sides), claim.standing)


def test_another_language_is_unread(reader: Reader) -> None:
    reading = reader.read_one(report("Турция напала на Сирию.", language="ru"))
    assert reading.unread == "language: ru"
    assert reading.claims == ()


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\x00", "a" * 10_000, "🇹🇷" * 50, "((((“”"])
def test_odd_texts_give_empty_readings(reader: Reader, text: str) -> None:
    assert reader.read_one(report(text)).claims == ()


def test_asides_are_not_read(reader: Reader) -> None:
    text = "Related: Turkey attacked Syria.\nNorway sent medicine to Sudan."
    aside = Aside(kind="related", span=Span(0, text.index("\n")))
    claims = reader.read_one(report(text, asides=(aside,))).claims
    assert [claim.frame for claim in claims] == ["give-aid"]


def test_a_very_long_sentence_is_a_problem_and_the_rest_is_read(reader: Reader) -> None:
    text = "Turkey " + "and Greece " * 400 + ".\n\nNorway sent medicine to Sudan."
    reading = reader.read_one(report(text))
    assert [problem.code for problem in reading.problems] == ["long-sentence"]
    assert reading.problems[0].place.startswith("rep_0:0-")
    assert [claim.frame for claim in reading.claims] == ["give-aid"]


@pytest.mark.parametrize("place", range(len(SENTENCES)))
def test_a_sentence_alone_and_in_company_gives_the_same_claim(reader: Reader, place: int) -> None:
    alone = reader.read_one(report(SENTENCES[place])).claims
    together = reader.read_one(report(" ".join(SENTENCES))).claims
    assert {told(claim) for claim in alone} <= {told(claim) for claim in together}


def test_an_odd_report_in_the_batch_changes_nothing(reader: Reader) -> None:
    plain = report(SENTENCES[0])
    odd = report("\x00\ufeff" + "x" * 5000, id="rep_1")
    assert reader.read_batch([odd, plain, odd])[1] == reader.read_one(plain)


def test_headline_only(reader: Reader) -> None:
    (claim,) = reader.read_one(report("Russia expels 10 US diplomats", title="x")).claims
    assert told(claim) == ("expel-diplomats", ("RUS",), ("USA.GOV",), "happened")


def test_read_streams_in_order(reader: Reader) -> None:
    reports = [report(text, id=f"rep_{place}") for place, text in enumerate(SENTENCES)]
    readings = list(reader.read(reports))
    assert [reading.report for reading in readings] == [item.id for item in reports]


def test_run_names_reader_lexicon_and_date(reader: Reader) -> None:
    plain = report("x")
    assert reader.run_of(plain) == reader.run_of(report("y"))
    assert reader.run_of(plain) != reader.run_of(report("x", published=When()))
    assert reader.run_of(plain).startswith("run_")


def test_a_reader_pickles_and_reads_the_same(reader: Reader) -> None:
    again: Reader = pickle.loads(pickle.dumps(reader))
    plain = report(" ".join(SENTENCES))
    assert again.read_one(plain) == reader.read_one(plain)


def test_a_reading_goes_through_json(reader: Reader) -> None:
    reading = reader.read_one(report(" ".join(SENTENCES)))
    assert msgspec.json.decode(msgspec.json.encode(reading), type=Reading) == reading


def test_an_unknown_day_leaves_dates_open(reader: Reader) -> None:
    (claim,) = reader.read_one(report("Turkey attacked Syria.", published=When())).claims
    assert claim.when.first is None


REASONED = (
    "Poland expelled three Belarusian diplomats on Monday in response to the arrest of a priest. "
    "Warsaw imposed sanctions on Belarus on Tuesday. "
    "“Belarus will release him by 1 March 2020,” a Polish official said."
)


@pytest.mark.parametrize("name", ["small", "frames"])
def test_a_reason_is_tied_to_its_claim(name: str) -> None:
    reading = Reader.load(name).read_one(report(REASONED))
    [reason] = reading.reasons
    [claim] = [claim for claim in reading.claims if claim.id == reason.claim]
    assert claim.frame == "expel-diplomats"
    assert claim.trigger == reason.deed
    assert reason.passage.of(REASONED) == "the arrest of a priest"
    assert (reason.kind, reason.voice.kind) == ("response", "own")


def test_a_statement_has_the_deadline_of_its_forecast(reader: Reader) -> None:
    reading = reader.read_one(report(REASONED))
    [forecast] = reading.forecasts
    [statement] = [one for one in reading.statements if one.id == forecast.statement]
    assert forecast.deadline
    assert forecast.deadline.last == date(2020, 3, 1)
    assert statement.deadline == forecast.deadline
    assert forecast.voice == statement.voice
    assert forecast.voice.kind == "anonymous"


def test_a_state_knows_the_claims_of_its_clause(reader: Reader) -> None:
    reading = reader.read_one(report(REASONED))
    [state] = reading.states
    assert (state.kind, state.phase, state.holders) == ("sanctions", "opens", ("POL.GOV",))
    told = {claim.frame for claim in reading.claims if claim.id in state.claims}
    assert told == {"impose-sanctions"}


def test_no_sentence_is_parsed_twice(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[Span] = []
    parse = encodings_module.tree_of

    def counted(sentence: Sentence, encoded: Any, encoder: Any) -> Any:
        parsed.append(sentence.span)
        return parse(sentence, encoded, encoder)

    monkeypatch.setattr(encodings_module, "tree_of", counted)
    reader.read_one(report(REASONED))
    assert len(parsed) == len(set(parsed)) > 0
