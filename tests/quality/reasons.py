"""Scores the reasons that Chancery finds against our labels: `reasons.py [dev|held_out|later]`.

A reason is right where its deed overlaps the labelled word of the deed and the passages share at
least half of the words of both together; each label counts once.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from chancery.model import Reason, Span, Statement, When
from chancery.read.dates import find_times
from chancery.read.encoder import Encoder
from chancery.read.parse import parse
from chancery.read.reasons import find_reasons
from chancery.read.sentences import split_sentences
from chancery.read.voices import find_statements

HERE = Path(__file__).resolve().parent
LABELS = HERE / "labels" / "reasons.jsonl"
CORPUS = HERE.parents[2] / "shared" / "corpus"
SHARED_WORDS = 0.5


def split_of(row: dict[str, Any]) -> str:
    """Return `later` for labels made after the rules, else `dev` or `held_out` by an id's hash."""
    if row["chosen"].startswith("later"):
        return "later"
    odd = int(hashlib.sha256(row["id"].encode()).hexdigest(), 16) % 2
    return "held_out" if odd else "dev"


@cache
def corpus() -> dict[str, str]:
    """Return the corpus' texts by id, each its title, a newline and its body."""
    texts = {}
    for name in ("corpus.jsonl", "general.jsonl"):
        path = CORPUS / name
        for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else ():
            record = json.loads(line)
            title = record.get("title") or ""
            texts[record["id"]] = f"{title}\n{record['text']}" if title else record["text"]
    return texts


def rows(split: str, *, written: bool = False) -> Iterator[tuple[dict[str, Any], str, Span]]:
    """Yield labels with their text and where the labelled stretch stands in it.

    Where `written` is true only sentences of our own count, which need no corpus.
    """
    for line in LABELS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if split_of(row) != split or (written and "text" not in row):
            continue
        text = row.get("text") or corpus().get(row["report"])
        if text is not None:
            yield row, text, Span(*row.get("span", (0, len(text))))


@cache
def statements_in(text: str) -> list[Statement]:
    """Return a text's statements, its names unread."""
    sentences = split_sentences(text)
    return find_statements("", text, sentences, [], find_times(text, sentences, When()))


def read(text: str, stretch: Span, encoder: Encoder) -> list[Reason]:
    """Return the reasons in a stretch of a text."""
    sentences = [s for s in split_sentences(text) if stretch.covers(s.span)]
    trees = [parse(text, sentence, encoder) for sentence in sentences]
    return find_reasons("rep_0000", text, sentences, trees, statements_in(text))


def is_right(text: str, reason: Reason, label: dict[str, Any]) -> bool:
    """Say whether a reason is a labelled one."""
    spans = [Span(*pair) for pair in (label["deed"], *label.get("also", []))]
    if not any(reason.deed.overlaps(span) for span in spans):
        return False
    found, wanted = _places(text, reason.passage), _places(text, Span(*label["passage"]))
    return len(found & wanted) >= SHARED_WORDS * len(found | wanted)


def _places(text: str, span: Span) -> set[int]:
    return {match.start() for match in re.compile(r"\w+").finditer(text, span.start, span.end)}


def score(
    split: str, encoder: Encoder, *, written: bool = False, errors: bool = False
) -> dict[str, float]:
    """Return precision, recall and F1, and how often kind and voice are right given a match."""
    right = found = wanted = kinds = voices = 0
    for row, text, stretch in rows(split, written=written):
        labels, reasons = list(row["reasons"]), read(text, stretch, encoder)
        found, wanted = found + len(reasons), wanted + len(labels)
        for reason in reasons:
            label = next((one for one in labels if is_right(text, reason, one)), None)
            if label is None:
                if errors:
                    print(
                        "WRONG", *_shown(text, reason.deed, reason.passage), "|", stretch.of(text)
                    )
                continue
            labels.remove(label)
            right += 1
            kinds += reason.kind == label["kind"]
            voices += (reason.voice.kind == "own") == (label["voice"] == "own")
            if errors and (reason.voice.kind == "own") != (label["voice"] == "own"):
                print("VOICE", reason.voice, "|", stretch.of(text))
        for label in labels if errors else ():
            print("MISSED", *_shown(text, *(Span(*label[k]) for k in ("deed", "passage"))), "|",
                  stretch.of(text))  # fmt: skip
    precision, recall = right / max(found, 1), right / max(wanted, 1)
    return {
        "labels": wanted,
        "p": precision,
        "r": recall,
        "f1": 2 * precision * recall / max(precision + recall, 1e-9),
        "kind": kinds / max(right, 1),
        "voice": voices / max(right, 1),
    }


def _shown(text: str, deed: Span, passage: Span) -> tuple[str, str]:
    return f"[{deed.of(text)}]", f"{{{passage.of(text)}}}"


if __name__ == "__main__":
    chosen = sys.argv[1] if len(sys.argv) > 1 else "dev"
    print(score(chosen, Encoder.load(), errors=chosen == "dev"))
