"""The laws of a brief: every line rests on words, nothing is made up, the same gives the same."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

import chancery as ch
from chancery.ledger import Ledger
from chancery.ledger.query import Answer, Door
from chancery.outputs.brief import (
    Brief,
    Section,
    Unanswered,
    brief,
    brief_lines,
    brief_markdown,
)
from chancery.outputs.brief.settings import wording
from chancery.samples import sample_folder

GOLDEN = Path(__file__).parent / "sample_brief.md"
VISIT = "why was Mike Pompeo in Minsk?"
QUESTIONS = [
    VISIT,
    "why did Belarus expel the US diplomats",
    "what led to the agreement of the United States and Belarus in September 2019",
    "what followed Pompeo's visit to Minsk",
    "who said Belarus will buy oil",
    "what did Mike Pompeo say about oil",
    "why did Russia stop oil deliveries to Belarus",
]


def asked(ledger: Ledger, question: str) -> Brief:
    answer = brief(ledger, question)
    assert isinstance(answer, Brief), question
    return answer


def section(answer: Brief, key: str) -> Section:
    return next(one for one in answer.sections if one.key == key)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_line_has_a_note_or_is_fixed(samples: Ledger, question: str) -> None:
    answer = asked(samples, question)
    lines = [line for part in answer.sections for line in part.lines]
    assert all(line.fixed != bool(line.notes) for line in lines)
    assert all(one.note in line.notes for line in lines for one in line.sayings)
    numbers = {note.number for note in answer.notes}
    assert {note for line in (*lines, *answer.also) for note in line.notes} == numbers
    assert sorted(numbers) == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("question", QUESTIONS)
def test_notes_are_verbatim_and_hold_what_is_quoted(samples: Ledger, question: str) -> None:
    answer = asked(samples, question)
    for note in answer.notes:
        text = samples.report(note.cite.report).text
        assert note.cite.span.of(text) == note.cite.words
    notes = {note.number: note for note in answer.notes}
    for line in (line for part in answer.sections for line in part.lines):
        assert all(one.words in notes[one.note].cite.words for one in line.sayings)


def test_the_same_snapshot_gives_the_same_bytes(samples: Ledger) -> None:
    first, second = (msgspec.json.encode(asked(samples, VISIT)) for _ in range(2))
    assert first == second


def test_the_visit_is_found_from_its_presupposition(samples: Ledger) -> None:
    answer = asked(samples, "Pompeo was in Minsk. Why?")
    subjects = [samples.happening(name) for name in answer.subjects]
    assert {row.frame for row in subjects} <= {"visit", "meet", "host"}
    assert answer.joined == "told as 2 happenings that were not joined"
    assert "1 Feb 2020" in section(answer, "in short").lines[0].text


def test_a_dispute_is_laid_open(samples: Ledger) -> None:
    answer = asked(samples, "why did Belarus expel the US diplomats")
    texts = " ".join(line.text for line in section(answer, "disputed").lines)
    assert "30 Apr 2008" in texts
    assert "10 persons / 11 persons" in texts


def test_reasons_are_on_somebodys_word(samples: Ledger) -> None:
    answer = asked(samples, "why did Belarus expel the US diplomats")
    lines = [line for line in section(answer, "reasons").lines if not line.fixed]
    assert lines
    assert all(one.voice for line in lines for one in line.sayings)


def test_undated_rows_are_not_put_on_the_line_of_time(samples: Ledger) -> None:
    answer = asked(samples, VISIT)
    undated = [
        line
        for key in ("led up", "followed")
        for line in section(answer, key).lines
        if "undated" in line.date or line.date == "no date"
    ]
    assert undated
    assert {line.group for line in undated} == {wording().groups["undated"]}


def test_what_a_speaker_said(samples: Ledger) -> None:
    answer = asked(samples, "what did Mike Pompeo say about oil")
    voices = {one.voice for line in section(answer, "said").lines for one in line.sayings}
    assert voices == {"◆ Mike Pompeo"}


def test_what_no_row_answers_is_said_with_no_prose(samples: Ledger) -> None:
    answer = brief(samples, "why did Sweden join NATO?")
    assert isinstance(answer, Unanswered)
    assert answer.coverage.startswith("from 17 reports")
    text = "\n".join(brief_lines(answer))
    assert wording().fixed["unanswered"] in text
    assert "Searched for" in text


def test_removing_a_report_removes_its_lines(
    make: Callable[[Path, list[Path]], Ledger], samples: Ledger, tmp_path: Path
) -> None:
    gone = next(
        one.report for one in asked(samples, VISIT).reports if "Vistula" in one.words
    )  # fmt: skip
    title = samples.report(gone).title
    files = [path for path in sorted(sample_folder().iterdir()) if title not in path.read_text()]
    assert len(files) == len(list(sample_folder().iterdir())) - 1
    with make(tmp_path / "less.ledger", files) as ledger:
        less = asked(ledger, VISIT)
    assert gone not in {note.cite.report for note in less.notes}
    before = {note.cite.words for note in asked(samples, VISIT).notes if note.cite.report == gone}
    assert not before & {note.cite.words for note in less.notes}


def test_a_fully_answered_case_misses_nothing(answered: Ledger) -> None:
    answer = asked(answered, "why did Lavrov visit Belarus?")
    lines = section(answer, "not known").lines
    assert [line.text for line in lines] == [wording().fixed["nothing_missing"]]


def test_the_whole_brief_of_the_samples(samples: Ledger) -> None:
    told = brief_markdown(asked(samples, VISIT)).replace(samples.snapshot.id, "snp_golden")
    told = told.replace(samples.snapshot.id[:12], "snp_golden").partition(" · lexicon")[0] + "\n"
    if os.environ.get("CHANCERY_GOLDEN"):
        GOLDEN.write_text(told, "utf-8")
    assert told == GOLDEN.read_text("utf-8"), "CHANCERY_GOLDEN=1 writes it anew"


def test_the_library_answers_too(samples: Ledger) -> None:
    assert ch.brief(samples, VISIT) == brief(samples, VISIT)


SEEDS = Path(__file__).resolve().parents[4] / "shared" / "seeds"


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the starting reports are not here")
def test_the_starting_reports(make: Callable[[Path, list[Path]], Ledger], tmp_path: Path) -> None:
    folder = tmp_path / "seeds"
    shutil.copytree(SEEDS, folder)
    with make(tmp_path / "seeds.ledger", [folder]) as ledger:
        answer = asked(ledger, VISIT)
    assert "visit, 1–10 Feb 2020" in section(answer, "in short").lines[0].text
    reasons = [line for line in section(answer, "reasons").lines if not line.fixed]
    assert len(reasons) >= 3
    assert len({one.voice[0] for line in reasons for one in line.sayings}) >= 2
    dates = [line.date for line in section(answer, "led up").lines]
    assert dates.index("2008") < dates.index("Jan 2019")
    letters = {one.letter for one in answer.reports if "undated report" in one.traits}
    unknown = " ".join(line.text for line in section(answer, "not known").lines)
    assert any(f"date of report {letter}:" in unknown for letter in letters)


def test_in_short_names_place_reports_and_what_is_missing(samples: Ledger) -> None:
    texts = [line.text for line in section(asked(samples, VISIT), "in short").lines]
    assert 2 <= len(texts) <= 5
    assert "in Minsk. 4 reports of 2 origins tell of it." in texts[0]
    assert texts[1].startswith("Main reason given: ")
    assert texts[-1].startswith("Not told: who proposed it")


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_account_is_not_said_of_whoever_gives_a_reason(samples: Ledger, question: str) -> None:
    answer = asked(samples, question)
    if not any(one.key == "reasons" for one in answer.sections):
        return
    voices = {one.voice for line in section(answer, "reasons").lines for one in line.sayings}
    silent = [
        line.text
        for line in section(answer, "in short").lines
        if line.text.startswith("No account")
    ]
    assert not any(voice[2:] in text for voice in voices for text in silent if voice[2:])


def test_few_queries_answer(samples: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    asked_for: list[str] = []
    fetch = Door.fetch

    def counted(self: Door, name: str, *args: Any, **options: Any) -> Answer:
        asked_for.append(name)
        return fetch(self, name, *args, **options)

    monkeypatch.setattr(Door, "fetch", counted)
    asked(samples, VISIT)
    assert len(asked_for) <= 45, asked_for


SINCE = [
    {
        "id": "long", "published": "2021-02-01", "publisher": "The First Courier",
        "title": "Lavrov in Minsk",
        "text": (
            "Russian Foreign Minister Sergei Lavrov visited Belarus on 20 January 2021.\n\n"
            "In 2017 and 2018 Belarus and Russia held talks on a common market."
        ),
    },
    {
        "id": "short", "publisher": "The Second Courier", "title": "Russia courts Belarus",
        "text": (
            "Sergei Lavrov visited Belarus this week. Russia has held talks with Belarus since "
            "last year."
        ),
    },
]  # fmt: skip


def test_it_is_laid_open_where_reports_differ_on_since_when(
    make: Callable[[Path, list[Path]], Ledger], tmp_path: Path
) -> None:
    file = tmp_path / "reports.jsonl"
    file.write_text("".join(json.dumps(one) + "\n" for one in SINCE), "utf-8")
    with make(tmp_path / "since.ledger", [file]) as ledger:
        answer = asked(ledger, "why did Sergei Lavrov visit Belarus?")
    texts = [line.text for line in section(answer, "disputed").lines]
    assert any("2017–2018 (B) / since “last year”, undated (A)" in text for text in texts), texts
