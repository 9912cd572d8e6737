"""Annotated reports in, sentences with labels out: what the deed heads learn from.

Three kinds of report are read: those of the gold set beside the repository (each event a JSON line
with its words, trigger and both sides); our own, in `own/*.txt`: a header line `# id | date`, the
title, paragraphs with `{trigger|number}` marks, and a line `= number TYPE …` for each deed; and
real ones that we annotated, in `own/real.tsv`: offsets and codes alone, for texts that lie beside
the repository (`own/README.md`). Every report goes through the reader's own stages, so that what
the heads see in training is what they will see.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from chancery.lexicon import Lexicon
from chancery.model import Report, When
from chancery.read.deeds import TYPE_NUMBER, cue_numbers, kind_numbers
from chancery.read.encoder import Encoder
from chancery.read.framing import framing_of
from chancery.read.parse import Tree, parse
from chancery.read.reader import Reader
from chancery.read.states import Line, lay_out

HERE = Path(__file__).resolve().parent
OWN = HERE / "own"
SHARED = HERE.parents[2] / "shared"
FOLDS = 5
LONGEST = 160
"""Words; what is longer is no prose."""

MARK = re.compile(r"\{([^{}|]+)\|(\d+)\}")
EVENT = re.compile(
    r"= (?P<number>\d+) (?P<type>[A-Z]+)(?:/(?P<mode>[a-z-]+))?(?: alt (?P<alt>[A-Z,]+))? "
    r"(?P<standing>[a-z]+) (?P<weight>core|background) a\[(?P<actors>.*?)\] t\[(?P<targets>.*)\]"
)


class Side(NamedTuple):
    """A party of a deed: its side, the place of its head word (none outside), words and code."""

    side: str
    word: int | None
    text: str
    code: str


class Deed(NamedTuple):
    """An annotated deed: the place of its trigger's head word and of all its words."""

    place: int
    words: tuple[int, ...]
    type: str
    alternatives: tuple[str, ...]
    mode: str | None
    standing: str
    core: bool
    sides: tuple[Side, ...]


class Example(NamedTuple):
    """A sentence with what the heads are told and what they should answer."""

    line: Line
    cues: list[int]
    kinds: list[int]
    deeds: tuple[Deed, ...]
    hollow: bool
    """A title whose deeds the body tells again: unmarked words there are no counter-examples."""


class Annotated(NamedTuple):
    """A report with its sentences; `fold` is -1 where it is trained on in every fold."""

    id: str
    part: str
    fold: int
    report: Report
    examples: tuple[Example, ...]
    events: tuple[dict[str, Any], ...]


def fold_of(report: str) -> int:
    """Return a report's fold, as the gold set's README fixes it."""
    return int(hashlib.sha256(report.encode()).hexdigest()[:8], 16) % FOLDS


def locate(event: dict[str, Any], text: str) -> tuple[int, int] | None:
    """Return where an event's trigger stands in the text, by its words."""
    words = event.get("words") or ""
    start = text.find(words) if words else -1
    if start < 0 and words:
        found = re.search(r"\s+".join(map(re.escape, words.split())), text)
        if found:
            start, words = found.start(), found.group()
    if start < 0:
        return None
    trigger = event.get("trigger") or words
    place = text.find(trigger, start, start + len(words))
    return (place, place + len(trigger)) if place >= 0 else (start, start + len(words))


class Annotator:
    """Turns reports with events into examples; holds the reader, the lexicon and the parser."""

    def __init__(self) -> None:
        self.lexicon = Lexicon.load()
        self.reader = Reader.load("frames", self.lexicon)
        self.encoder = Encoder.load()
        self.framing = framing_of(self.lexicon)

    def annotate(
        self, name: str, part: str, fold: int, report: Report, events: Sequence[dict[str, Any]]
    ) -> Annotated:
        """Read a report with the reader's own stages and lay its events over the sentences."""
        found, _ = self.reader.find(report)
        lines = []
        for sentence in found.sentences:
            mentions = [m for m in found.mentions if sentence.span.covers(m.span)]
            is_title = bool(report.title) and sentence.span.end <= len(report.title) + 1
            tree = parse(report.text, sentence, self.encoder)
            lines.append(lay_out(report.text, sentence, tree, mentions, is_title))
        placed: list[list[Deed]] = [[] for _ in lines]
        for event in events:
            span = event["span"]
            number = next(
                (n for n, line in enumerate(lines) if span and _holds(line, span[0])), None
            )
            if number is not None:
                deed = _deed(report.text, lines[number], event, span)
                placed[number] += [deed] if deed else []
        told_in_body = any(
            deeds for line, deeds in zip(lines, placed, strict=True) if not line.is_title
        )
        examples = []
        for line, deeds in zip(lines, placed, strict=True):
            if 0 < len(line.words) <= LONGEST:
                mentions = [place.mention for place in line.places]
                view = self.framing.view(report.text, line.sentence, mentions)
                cues = cue_numbers(self.framing.cues.find(view), self.lexicon, len(line.words))
                hollow = line.is_title and told_in_body
                examples.append(Example(line, cues, kind_numbers(line), tuple(deeds), hollow))
        return Annotated(name, part, fold, report, tuple(examples), tuple(events))


def _holds(line: Line, place: int) -> bool:
    return line.sentence.span.start <= place < line.sentence.span.end


def _deed(text: str, line: Line, event: dict[str, Any], span: tuple[int, int]) -> Deed | None:
    words = _words_in(line, span)
    if not words:
        return None
    mode = event.get("mode")
    return Deed(
        place=head_of(line.tree, words),
        words=tuple(words),
        type=event["type"],
        alternatives=tuple(a for a in event.get("alt_types") or () if a in TYPE_NUMBER),
        mode=mode if isinstance(mode, str) else None,
        standing=event["standing"],
        core=event.get("core", True),
        sides=tuple(
            Side(
                side,
                _party(text, line, party.get("text") or "", span[0]),
                party.get("text") or "",
                party.get("id") or "UNK",
            )
            for side in ("actors", "targets")
            for party in event[side]
        ),
    )  # fmt: skip


def _words_in(line: Line, span: tuple[int, int]) -> list[int]:
    return [
        number
        for number, word in enumerate(line.sentence.words)
        if word.start < span[1] and word.end > span[0]
    ]


def _party(text: str, line: Line, words: str, trigger: int) -> int | None:
    """Return the head word of the party's words nearest the trigger in its sentence, or none."""
    if not words:
        return None
    span = line.sentence.span
    pattern = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
    starts = [match.start() for match in pattern.finditer(text, span.start, span.end)]
    if not starts:
        return None
    start = min(starts, key=lambda place: abs(place - trigger))
    inside = _words_in(line, (start, start + len(words)))
    return head_of(line.tree, inside) if inside else None


def head_of(tree: Tree | None, words: Sequence[int]) -> int:
    """Return the word of a phrase on which no other of its words hangs; content words first."""
    if tree is None:
        return words[-1]
    inside = set(words)
    heads = [word for word in words if tree.heads[word] not in inside] or [words[0]]
    content = ("VERB", "NOUN", "PROPN", "ADJ", "PRON")
    return next((word for word in heads if tree.upos[word] in content), heads[0])


def own_reports(annotator: Annotator, folder: Path = OWN) -> Iterator[Annotated]:
    """Yield our own annotated reports, file after file: the short ones, then those of agencies."""
    for part, place in (("own", folder), ("wire", folder / "wire")):
        for path in sorted(place.glob("*.txt")):
            for block in re.split(r"(?m)^(?=# )", path.read_text(encoding="utf-8")):
                if block.startswith("# own-"):
                    yield _own(annotator, part, block)


def _own(annotator: Annotator, part: str, block: str) -> Annotated:
    lines = block.rstrip("\n").split("\n")
    name, day = lines[0][2:].split(" | ")
    rows = [match for line in lines[1:] if (match := EVENT.fullmatch(line))]
    raw = "\n".join(line for line in lines[1:] if not line.startswith("= ")).strip("\n")
    title, _, body = raw.partition("\n")
    raw = title + "\n" + re.sub(r"\n+", "\n\n", body.strip())
    text, marks = _without_marks(raw)
    events = [
        {
            "type": row["type"], "mode": row["mode"], "standing": row["standing"],
            "alt_types": (row["alt"] or "").split(","), "core": row["weight"] == "core",
            "actors": _parties(row["actors"]), "targets": _parties(row["targets"]),
            "span": marks.get(row["number"]),
        }
        for row in rows if row["type"] in TYPE_NUMBER
    ]  # fmt: skip
    published = When(first=date.fromisoformat(day), last=date.fromisoformat(day), basis="stated")
    report = Report(id=name, text=text, title=text.split("\n")[0], published=published)
    return annotator.annotate(name, part, -1, report, events)


def _without_marks(raw: str) -> tuple[str, dict[str, tuple[int, int]]]:
    text, marks, last = "", {}, 0
    for match in MARK.finditer(raw):
        text += raw[last : match.start()]
        marks[match[2]] = (len(text), len(text) + len(match[1]))
        text += match[1]
        last = match.end()
    return text + raw[last:], marks


def _parties(written: str) -> list[dict[str, str]]:
    parties = []
    for part in written.split(";"):
        words, equals, code = part.strip().rpartition("=")
        if equals:
            parties.append({"text": words, "id": code})
    return parties


def real_reports(annotator: Annotator) -> Iterator[Annotated]:
    """Yield the real reports that we annotated, where their texts lie beside the repository.

    Raises ValueError where a text is not the one whose offsets were noted.
    """
    texts = dict(_real_texts())
    blocks = re.split(r"(?m)^(?=\S)", (OWN / "real.tsv").read_text(encoding="utf-8"))
    for block in filter(None, blocks):
        header, *lines = block.rstrip("\n").split("\n")
        name, digest = header.split("\t")
        if name not in texts:
            continue
        report = texts[name]
        if not hashlib.sha256(report.text.encode()).hexdigest().startswith(digest):
            raise ValueError(f"{name} is not the text that was annotated")
        events = [_noted(report.text, line.split("\t")[1:]) for line in lines]
        yield annotator.annotate(name, "real", -1, report, events)


def _real_texts() -> Iterator[tuple[str, Report]]:
    for path in (SHARED / "corpus" / "corpus.jsonl", SHARED / "gold/attribution/polnear.jsonl"):
        if path.is_file():
            for line in path.read_text(encoding="utf-8").splitlines():
                row = json.loads(line)
                title = row.get("title") or row["text"].partition("\n")[0]
                text = f"{title}\n{row['text']}" if row.get("title") else row["text"]
                day = date.fromisoformat((row.get("published") or row["doc_date"])[:10])
                yield row["id"], Report(
                    id=row["id"], text=text, title=title, source=row.get("publisher"),
                    url=row.get("url"), published=When(first=day, last=day, basis="stated"),
                )  # fmt: skip


def _noted(text: str, columns: Sequence[str]) -> dict[str, Any]:
    """Return a deed of `real.tsv`: span, type, alternatives, standing, weight and both sides."""
    span, kind, alternatives, standing, weight, actors, targets = columns
    first, last = map(int, span.split("-"))

    def parties(written: str) -> list[dict[str, str]]:
        found = []
        for part in written.split():
            place, _, code = part.rpartition("=")
            start, _, end = place.partition("-")
            found.append({"text": text[int(start) : int(end)] if end else "", "id": code})
        return found

    return {
        "type": kind.partition("/")[0], "mode": kind.partition("/")[2] or None,
        "alt_types": alternatives.split(","), "standing": standing, "core": weight == "core",
        "actors": parties(actors), "targets": parties(targets), "span": (first, last),
    }  # fmt: skip


def gold_reports(
    annotator: Annotator, rows: Iterable[tuple[str, str, Report]]
) -> Iterator[Annotated]:
    """Yield the gold reports; `rows` are part, id and the report as a user would take it in."""
    for part, name, report in rows:
        path = SHARED / "gold" / "articles" / "events" / f"{name}.jsonl"
        events = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
        for event in events:
            event["span"] = locate(event, report.text)
        yield annotator.annotate(name, part, fold_of(name), report, events)
