"""Hands labelled sentences to Chancery and compares nested voices and the facets of anonymous ones.

nesting.py [--part dev|held] [--errors]      prints the figures, with --errors what went wrong

A pair of voices is right where both spans share at least half of their joint characters with the
labelled ones; a facet is right where its value is the labelled one.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from chancery.model import Facets, Mention, Span, Statement, When
from chancery.read.dates import find_times
from chancery.read.facets import find_facets
from chancery.read.nesting import find_nested
from chancery.read.sentences import Sentence, split_sentences
from chancery.read.voices import find_statements

HERE = Path(__file__).resolve().parent
LABELS = HERE / "labels"
CORPUS = HERE.parents[2] / "shared" / "corpus"
FIELDS = ("number", "rank", "institution", "tenure", "reason")
DAY = When(first=date(2020, 3, 5), last=date(2020, 3, 5), basis="stated")


class Read(NamedTuple):
    """A text with its sentences and statements."""

    text: str
    sentences: Sequence[Sentence]
    statements: Sequence[Statement]


def is_held_out(key: str) -> bool:
    """Say to which half an id belongs, by its hash."""
    return int(hashlib.sha256(key.encode()).hexdigest(), 16) % 2 == 1


def labels(name: str, part: str) -> list[dict[str, Any]]:
    """Return the labelled rows of a file: of "dev", of "held", or of both."""
    lines = (LABELS / name).read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [row for row in rows if part == "all" or is_held_out(row["id"]) == (part == "held")]


def corpus() -> dict[str, dict[str, Any]]:
    """Return the reports of the corpus by id."""
    found: dict[str, dict[str, Any]] = {}
    for name in ("corpus.jsonl", "general.jsonl"):
        for line in (CORPUS / name).read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            found[record["id"]] = record
    return found


def full_text(record: dict[str, Any]) -> str:
    """Return a record's text as all spans count it."""
    title = record.get("title") or ""
    return f"{title}\n{record['text']}" if title else str(record["text"])


def read(key: str, text: str) -> Read:
    """Find the sentences and statements of a text; no lexicon is asked."""
    sentences = split_sentences(text)
    mentions: list[Mention] = []
    times = find_times(text, sentences, DAY)
    return Read(text, sentences, find_statements(key, text, sentences, mentions, times))


def found_in(rows: Sequence[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], Read]]:
    """Yield each labelled row with what was read in its text."""
    reports = corpus() if any("doc" in row for row in rows) else {}
    done: dict[str, Read] = {}
    for row in rows:
        key = row.get("doc", row["id"])
        if key not in done:
            done[key] = read(key, full_text(reports[key]) if "doc" in row else row["text"])
        yield row, done[key]


def alike(one: Span, other: Sequence[int]) -> bool:
    """Say whether two spans share at least half of their joint characters."""
    shared = min(one.end, other[1]) - max(one.start, other[0])
    return 2 * shared >= max(one.end, other[1]) - min(one.start, other[0])


def rate(hits: int, found: int, wanted: int) -> dict[str, float]:
    """Return precision, recall and F1."""
    p, r = hits / found if found else 0.0, hits / wanted if wanted else 0.0
    return {"p": round(p, 3), "r": round(r, 3), "f1": round(2 * p * r / (p + r or 1), 3)}


def measure(part: str, *, errors: bool = False) -> dict[str, Any]:
    """Return the figures for nested voices and facets on one part of the labels."""
    rows = labels("nested.jsonl", part)
    pairs, facets = [0, 0, 0], [0, 0, 0]
    for row, seen in found_in(rows):
        start, end = row.get("start", 0), row.get("end", len(seen.text))
        nested = find_nested(seen.text, seen.sentences, seen.statements)
        mine = [item for item in nested if start <= item.inner.start < end]
        gold = row["nested"]
        right = [
            wanted
            for wanted in gold
            if any(
                alike(m.outer, wanted["outer"]) and alike(m.inner, wanted["inner"]) for m in mine
            )
        ]
        pairs = [a + b for a, b in zip(pairs, (len(right), len(mine), len(gold)), strict=True)]
        voices = [item.voice.name for item in seen.statements if item.voice.name]
        voices += [item.inner for item in nested]
        described = find_facets(seen.text, seen.sentences, voices)
        described = [item for item in described if start <= item.description.start < end]
        told = [_facets(row, seen, described, wanted) for wanted in row["facets"]]
        for got, wanted in told:
            counts = (len(got & wanted), len(got), len(wanted))
            facets = [a + b for a, b in zip(facets, counts, strict=True)]
        if errors:
            _show(row, seen.text, [(m.outer, m.inner) for m in mine], right, told)
    return {
        "sentences": len(rows),
        "pairs": pairs[2],
        "nested": rate(*pairs),
        "facets": rate(*facets),
    }


def _facets(
    row: dict[str, Any], seen: Read, described: Sequence[Facets], wanted: dict[str, Any]
) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Return the facets found and wanted of one description, as pairs of field and value."""
    gold = {(field, wanted[field].lower()) for field in FIELDS if field in wanted}
    near = [item for item in described if item.description.overlaps(Span(*wanted["voice"]))]
    if not near:
        return set(), gold
    item, got = near[0], set()
    for field in FIELDS:
        value = getattr(item, field)
        if value is not None:
            words = value.of(seen.text) if isinstance(value, Span) else value
            got.add((field, words.lower()))
    return got, gold


def _show(
    row: dict[str, Any],
    text: str,
    mine: Sequence[tuple[Span, Span]],
    right: Sequence[dict[str, Any]],
    told: Sequence[tuple[set[tuple[str, str]], set[tuple[str, str]]]],
) -> None:
    if len(right) != len(row["nested"]) or len(mine) != len(right):
        print(row["id"], text[row.get("start", 0) : row.get("end", len(text))])
        for outer, inner in mine:
            print("   found ", outer.of(text), ">>", inner.of(text))
        for pair in row["nested"]:
            print("   wanted", text[slice(*pair["outer"])], ">>", text[slice(*pair["inner"])])
    for got, wanted in told:
        if got != wanted:
            print(row["id"], "   facets", sorted(got), "wanted", sorted(wanted))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=("dev", "held", "all"), default="dev")
    parser.add_argument("--errors", action="store_true")
    arguments = parser.parse_args()
    print(json.dumps(measure(arguments.part, errors=arguments.errors)))
