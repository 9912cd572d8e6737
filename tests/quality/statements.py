"""Hands report texts to Chancery and writes the statements it finds, for two scorers.

statements.py REPORTS.jsonl              > PRED.jsonl    for articles/score_statements.py
statements.py GOLD.jsonl --attribution   > PRED.jsonl    for score_attribution.py

The shipped model was trained on these texts but newswire; `stored_statements.py` has figures that
mean something for the others, and here `--rules`, what is found without the model.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from chancery.model import Mention, Span, Statement, When
from chancery.read.dates import find_times
from chancery.read.encoder import Encoder
from chancery.read.encodings import Encodings
from chancery.read.sentences import split_sentences
from chancery.read.voices import find_statements


def statements_of(
    record: dict[str, Any], encoder: Encoder | None = None
) -> tuple[str, list[Statement]]:
    """Return the text of a report and its statements; only input fields are read."""
    title = record.get("title") or ""
    text = f"{title}\n{record['text']}" if title else record["text"]
    stated = record.get("published") or record.get("doc_date") or ""
    published = When()
    if stated:
        day = date.fromisoformat(stated[:10])
        published = When(first=day, last=day, basis="stated")
    sentences = split_sentences(text)
    times = find_times(text, sentences, published)
    mentions: list[Mention] = []
    encodings = Encodings(text, sentences, encoder) if encoder else None
    return text, find_statements(record["id"], text, sentences, mentions, times, encodings)


def statement_lines(
    record: dict[str, Any], encoder: Encoder | None = None
) -> Iterator[dict[str, Any]]:
    """Yield a line per statement, as `score_statements.py` reads them."""
    yield from lines_of(record["id"], *statements_of(record, encoder))


def lines_of(key: str, text: str, statements: Iterable[Statement]) -> Iterator[dict[str, Any]]:
    """Yield a line per statement of one report."""
    for statement in statements:
        voice = statement.voice
        speaker = {"kind": voice.kind, "id": voice.actor, "name": voice.full_name}
        speaker["text"] = voice.name.of(text) if voice.name else None
        yield {
            "doc": key,
            "content": statement.content.of(text),
            "start": statement.content.start,
            "end": statement.content.end,
            "speaker": speaker,
            "cue": voice.cue.of(text) if voice.cue else None,
            "mode": statement.mode,
            "foresees": statement.foresees,
        }


def relations(record: dict[str, Any], encoder: Encoder | None = None) -> dict[str, Any]:
    """Return one line of relations: the pieces of one cue together, for `score_attribution.py`."""
    return grouped(record["id"], statements_of(record, encoder)[1])


def grouped(key: str, statements: Iterable[Statement]) -> dict[str, Any]:
    """Group a report's statements into relations, those of one speaker and cue together."""
    found: dict[tuple[Span | None, Span | None, Span | None], dict[str, list[list[int]]]] = {}
    for statement in statements:
        voice = statement.voice
        parts = (voice.name, voice.cue, None if voice.cue else statement.content)
        row = found.setdefault(
            parts, {"source": _pair(voice.name), "cue": _pair(voice.cue), "content": []}
        )
        row["content"].append([statement.content.start, statement.content.end])
    return {"id": key, "relations": list(found.values())}


def _pair(span: Span | None) -> list[list[int]]:
    return [[span.start, span.end]] if span else []


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the records of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", type=Path)
    parser.add_argument("--attribution", action="store_true", help="write relations")
    parser.add_argument("--rules", action="store_true", help="leave the model out")
    arguments = parser.parse_args()
    model = None if arguments.rules else Encoder.load()
    for report in read_lines(arguments.reports):
        if arguments.attribution:
            print(json.dumps(relations(report, model)))
        else:
            for row in statement_lines(report, model):
                print(json.dumps(row, ensure_ascii=False))
