"""The lines of `chancery code`: a contract with every tool that scores them."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from chancery.model import Claim, Reading, Report, When
from chancery.outputs.coding import code_lines, day_value


def test_a_claim(report: Report, reading: Reading) -> None:
    text = report.text
    [line] = code_lines(report, reading, "claims")
    words = "Freedonia would ship up to 40 million tonnes of grain to Sylvania"
    assert line == {
        "doc": "wire-1",
        "words": words,
        "trigger": "ship",
        "start": text.index(words),
        "end": text.index(words) + len(words),
        "actors": [{"id": "FRE", "text": "Freedonia"}],
        "targets": [{"id": "UNK", "text": "Sylvania"}],
        "type": "AID",
        "mode": None,
        "standing": "planned",
        "when": {"text": "in January 2021", "value": "2021-01"},
        "where": {"text": "Minsk", "id": "BLR"},
        "voice": {
            "text": "A state official",
            "kind": "anonymous",
            "id": "FRE.GOV",
            "cue": "said",
        },
        "quantity": [
            {
                "text": "up to 40 million tonnes",
                "value": 40e6,
                "unit": "tonne",
                "bound": "at_most",
            }
        ],
        "contexts": [],
        "cameo": "071",
        "score": 0.8,
        "frame": "give-aid",
    }


def test_what_is_not_known_is_null(report: Report, claim: Claim) -> None:
    bare = Claim(
        id=claim.id,
        report=claim.report,
        frame="meet",
        type="CONSULT",
        words=claim.words,
        trigger=claim.trigger,
    )
    [line] = code_lines(report, Reading(report=report.id, run="run_1", claims=(bare,)), "claims")
    assert line["when"] == {"value": None}
    assert [line[name] for name in ("voice", "where", "quantity", "mode", "cameo")] == [None] * 5
    assert line["actors"] == line["targets"] == []


def test_a_statement(report: Report, reading: Reading) -> None:
    text = report.text
    [line] = code_lines(report, reading, "statements")
    assert line == {
        "doc": "wire-1",
        "content": text[line["start"] : line["end"]],
        "start": text.index("Freedonia"),
        "end": text.index(" in January"),
        "speaker": {
            "text": "A state official",
            "kind": "anonymous",
            "id": "FRE.GOV",
            "name": None,
        },
        "speaker_start": text.index("A state"),
        "speaker_end": text.index(" said"),
        "cue": "said",
        "cue_start": text.index("said"),
        "cue_end": text.index("said") + 4,
        "mode": "indirect",
        "foresees": True,
        "deadline": "2021-01",
    }


def test_a_time_and_a_mention(report: Report, reading: Reading) -> None:
    start = report.text.index("January 2021")
    assert list(code_lines(report, reading, "times")) == [
        {
            "doc": "wire-1",
            "text": "January 2021",
            "start": start,
            "end": start + len("January 2021"),
            "type": "DATE",
            "value": "2021-01",
            "interval": "2021-01",
        }
    ]
    start = report.text.index("Freedonia")
    assert list(code_lines(report, reading, "mentions")) == [
        {
            "doc": "wire-1",
            "text": "Freedonia",
            "start": start,
            "end": start + len("Freedonia"),
            "id": "FRE",
            "candidates": ["FRE"],
        }
    ]


def place(report: Report, words: str) -> dict[str, object]:
    start = report.text.index(words)
    return {"text": words, "start": start, "end": start + len(words)}


CLAUSE = "Freedonia would ship up to 40 million tonnes of grain to Sylvania"


def test_a_reason_a_forecast_and_a_state(report: Report, reading: Reading) -> None:
    [reason], [forecast], [state] = (
        code_lines(report, reading, what) for what in ("reasons", "forecasts", "states")
    )
    assert reason == {
        "doc": "wire-1",
        **place(report, "January 2021"),
        "kind": "cause",
        "deed": place(report, "ship"),
        "cue": "in",
        "claim": reading.claims[0].id,
        "voice": None,
    }
    assert forecast == {
        "doc": "wire-1",
        **place(report, CLAUSE),
        "test": place(report, "ship"),
        "cue": "would",
        "deadline": "../2021-01-31",
        "condition": None,
        "voice": {"text": "A state official", "kind": "anonymous", "id": "FRE.GOV", "cue": "said"},
    }
    assert state == {
        "doc": "wire-1",
        **place(report, CLAUSE),
        "kind": "ban",
        "phase": "opens",
        "cue": "ship",
        "holders": ["FRE"],
        "since": "2021-01",
        "until": None,
        "claims": [reading.claims[0].id],
    }


def test_a_report_without_a_key_goes_by_its_id(report: Report, reading: Reading) -> None:
    nameless = msgspec.structs.replace(report, key=None)
    [line] = code_lines(nameless, reading, "claims")
    assert line["doc"] == report.id


@pytest.mark.parametrize(
    ("first", "last", "value"),
    [
        ("2019-01-01", "2019-01-31", "2019-01"),
        ("2019-01-01", "2019-12-31", "2019"),
        ("2020-02-01", "2020-02-10", "2020-02-01/2020-02-10"),
        (None, "2020-02-10", "../2020-02-10"),
        ("2020-02-10", None, "2020-02-10/.."),
        (None, None, None),
    ],
)
def test_days_as_the_guidelines_write_them(
    first: str | None, last: str | None, value: str | None
) -> None:
    ends = [date.fromisoformat(day) if day else None for day in (first, last)]
    assert day_value(When(first=ends[0], last=ends[1])) == value
