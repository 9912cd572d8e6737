"""Hands labelled reports to Chancery and compares the traits it gives them.

traits.py [--part dev|held|round2|round3|round4|round5|all] [--errors]

Prints the figures, with --errors what went wrong.
A report's outlet and address are withheld, so that an official release must show itself in its
words. Precision and recall count flags over all reports; `by_trait` gives them for each.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from chancery.lexicon import Lexicon
from chancery.model import Mention, Report, Trait, When
from chancery.read.dates import find_times
from chancery.read.encoder import Encoder
from chancery.read.parse import parse
from chancery.read.sentences import split_sentences
from chancery.read.traits import find_traits
from chancery.read.voices import find_statements

HERE = Path(__file__).resolve().parent
LABELS = HERE / "labels"
CORPUS = HERE.parents[2] / "shared" / "corpus"


def is_held_out(key: str) -> bool:
    """Say to which half an id belongs, by its hash."""
    return int(hashlib.sha256(key.encode()).hexdigest(), 16) % 2 == 1


def labels(part: str) -> list[dict[str, Any]]:
    """Return the labelled rows: of "dev", of "held", or all.

    Those of "round2" to "round5" were written after the signs; all but the last were tuned on.
    """
    lines = (LABELS / "traits.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [row for row in rows if part in ("all", _part(row))]


def _part(row: dict[str, Any]) -> str:
    if "round" in row:
        return f"round{row['round']}"
    return "held" if is_held_out(row["id"]) else "dev"


def corpus() -> dict[str, dict[str, Any]]:
    """Return the reports of the corpus by id."""
    found: dict[str, dict[str, Any]] = {}
    for name in ("corpus.jsonl", "general.jsonl"):
        for line in (CORPUS / name).read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            found[record["id"]] = record
    return found


def reports(part: str) -> Iterator[tuple[dict[str, Any], Report]]:
    """Yield each labelled row with its report; passages of the corpus start at its title."""
    records = corpus()
    for row in labels(part):
        if "doc" in row:
            record = records[row["doc"]]
            title, day = record["title"], record["published"][:10]
            text = f"{title}\n{record['text']}"[row["start"] : row["end"]]
        else:
            title, day = row.get("title", ""), row.get("published")
            text = f"{title}\n{row['text']}" if title else row["text"]
        published = When()
        if day:
            stated = date.fromisoformat(day)
            published = When(first=stated, last=stated, basis="stated")
        yield row, Report(id=row["id"], text=text, title=title, published=published)


def traits_of(report: Report, lexicon: Lexicon) -> list[Trait]:
    """Return the traits of a report, read without mentions."""
    sentences = split_sentences(report.text)
    times = find_times(report.text, sentences, report.published)
    mentions: list[Mention] = []
    statements = find_statements(report.id, report.text, sentences, mentions, times)
    encoder = encoder_once()
    body = [sentence for sentence in sentences if sentence.span.start >= len(report.title)]
    parsed = (parse(report.text, sentence, encoder) for sentence in body)
    trees = [tree for tree in parsed if tree]
    return find_traits(report, sentences, statements, lexicon, trees)


@cache
def encoder_once() -> Encoder:
    """Return the model that ships with the package."""
    return Encoder.load()


def rate(hits: int, found: int, wanted: int) -> dict[str, float]:
    """Return precision, recall and F1."""
    p, r = hits / found if found else 0.0, hits / wanted if wanted else 0.0
    return {"p": round(p, 3), "r": round(r, 3), "f1": round(2 * p * r / (p + r or 1), 3)}


def measure(part: str, *, errors: bool = False) -> dict[str, Any]:
    """Return the figures for the traits on one part of the labels."""
    lexicon = Lexicon.load()
    hits: Counter[str] = Counter()
    given: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    count = 0
    for row, report in reports(part):
        found = traits_of(report, lexicon)
        mine, gold = {trait.name for trait in found}, set(row["traits"])
        hits.update(mine & gold)
        given.update(mine)
        wanted.update(gold)
        count += 1
        if errors and mine != gold:
            _show(row, report, found)
    names = sorted(wanted | given)
    return {
        "reports": count,
        **rate(hits.total(), given.total(), wanted.total()),
        "by_trait": {
            name: {**rate(hits[name], given[name], wanted[name]), "n": wanted[name]}
            for name in names
        },
    }


def _show(row: dict[str, Any], report: Report, found: list[Trait]) -> None:
    print(row["id"], "wanted", row["traits"], "|", report.text[:500].replace("\n", " // "))
    for trait in found:
        for item in trait.evidence:
            words = item.words.of(report.text) if item.words else ""
            print("   ", trait.name, "|", item.reason, "|", words)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--part",
        choices=("dev", "held", "round2", "round3", "round4", "round5", "all"),
        default="dev",
    )
    parser.add_argument("--errors", action="store_true")
    arguments = parser.parse_args()
    print(json.dumps(measure(arguments.part, errors=arguments.errors)))
