"""Annotated attributions in: each text with the relations between its sources, cues and contents.

Two sets, both beside the repository and no part of it: PolNeAR, which links all three by offsets,
and the statements of our own annotated reports, which give words; those are looked for in the text.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from chancery.model import Span

SHARED = Path(__file__).resolve().parents[3] / "shared"
POLNEAR = SHARED / "gold" / "attribution" / "polnear.jsonl"
ARTICLES = SHARED / "gold" / "articles"
REPORTS = (
    SHARED / "corpus" / "corpus.jsonl",
    SHARED / "corpus" / "general.jsonl",
    ARTICLES / "newswire.jsonl",
)
NEWSWIRE = ("timebank-", "aquaint-")
"""What the ids of newswire begin with: it may be read, but never trained on."""

FOLDS = 5
REACH = 200
"""Characters between a passage and the cue or source that are looked for beside it."""


class Relation(NamedTuple):
    """What one cue brings in, as spans of the text; any of them may be missing."""

    sources: list[Span]
    cues: list[Span]
    contents: list[Span]


class Annotated(NamedTuple):
    """A text and its relations; `part` is `polnear`, `articles` or `newswire`."""

    id: str
    part: str
    row: dict[str, Any]
    text: str
    relations: list[Relation]

    @property
    def fold(self) -> int:
        """The fold in which the text is left out of training."""
        return fold_of(self.id)


def fold_of(key: str) -> int:
    """Return the fold of a text by its id."""
    return int(hashlib.sha256(key.encode()).hexdigest()[:8], 16) % FOLDS


def rows_of(*paths: Path) -> Iterator[dict[str, Any]]:
    """Yield the records of JSON Lines files."""
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield json.loads(line)


def polnear() -> Iterator[Annotated]:
    """Yield the texts of PolNeAR."""
    for row in rows_of(POLNEAR):
        spans = [
            [[Span(*place) for place in relation[role]] for role in ("source", "cue", "content")]
            for relation in row["relations"]
        ]
        relations = [Relation(*three) for three in spans]
        yield Annotated(row["id"], "polnear", row, row["text"], relations)


def articles() -> Iterator[Annotated]:
    """Yield our own annotated reports that were read for statements."""
    for row in rows_of(*REPORTS):
        labels = ARTICLES / "statements" / f"{row['id']}.jsonl"
        if labels.exists():
            text = f"{row['title']}\n{row['text']}" if row.get("title") else row["text"]
            part = "newswire" if row["id"].startswith(NEWSWIRE) else "articles"
            yield Annotated(row["id"], part, row, text, list(_relations(labels, text)))


def _relations(labels: Path, text: str) -> Iterator[Relation]:
    """Yield the relations of one report; the pieces that share a cue make one."""
    used: set[Span] = set()
    by_cue: dict[Span, Relation] = {}
    for row in rows_of(labels):
        pieces = row["content"] if isinstance(row["content"], list) else [row["content"]]
        for piece in pieces:
            places = [Span(*piece)] if isinstance(piece, list) else _places(piece, text)
            if not places:
                continue
            content = next((place for place in places if place not in used), places[0])
            used.add(content)
            cue = _nearest(row.get("cue"), text, content, content)
            speaker = (row.get("speaker") or {}).get("text")
            source = _nearest(speaker, text, cue or content, content)
            made = Relation([source] if source else [], [cue] if cue else [], [content])
            if cue is None or cue not in by_cue:
                yield by_cue.setdefault(cue or content, made)
            else:
                by_cue[cue].contents.append(content)


def _places(words: str | None, text: str) -> list[Span]:
    if not words or not words.strip():
        return []
    pattern = r"\s+".join(map(re.escape, words.split()))
    return [Span(*match.span()) for match in re.finditer(pattern, text)]


def _nearest(words: str | None, text: str, to: Span, outside: Span) -> Span | None:
    """Return the nearest place of some words that lies outside of a content, within reach."""
    found = [place for place in _places(words, text) if not place.overlaps(outside)]
    near = min(found, key=lambda place: (_gap(place, to), place), default=None)
    return near if near and _gap(near, to) <= REACH else None


def _gap(one: Span, other: Span) -> int:
    return max(0, one.start - other.end, other.start - one.end)
