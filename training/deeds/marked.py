"""Our own sentences with a pair of parties marked, for the head that types a pair handed over.

`own/pairs.tsv`: type (or NONE), standing, and the sentence with `<s>…</s>` about the one who does
it and `<t>…</t>` about the one to whom it is done.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from reports import OWN, Annotator, Example

from chancery.model import Report, When

TAG = re.compile(r"</?[st]>")
NONE = "NONE"
DAY = When(first=date(2010, 1, 1), last=date(2010, 1, 1), basis="stated")


class Pair(NamedTuple):
    """A sentence, its words marked 1 (source) and 2 (target), the type and the standing."""

    example: Example
    marks: list[int]
    type: str
    standing: str


def read_pairs(annotator: Annotator) -> Iterator[Pair]:
    """Yield the pairs of our file that lie in one sentence."""
    for number, line in enumerate((OWN / "pairs.tsv").read_text("utf-8").splitlines()):
        kind, standing, marked = line.split("\t")
        text, spans = _without_tags(marked)
        report = Report(id=f"pair-{number}", text=text, published=DAY)
        annotated = annotator.annotate(report.id, "pairs", -1, report, ())
        for example in annotated.examples:
            marks = [0] * len(example.line.words)
            for mark, (start, end) in enumerate(spans, 1):
                for place, word in enumerate(example.line.sentence.words):
                    if word.start < end and word.end > start:
                        marks[place] = mark
            if {1, 2} <= set(marks):
                yield Pair(example, marks, kind, standing)


def _without_tags(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """Return the bare sentence and the spans of source and target."""
    text, last, starts, spans = "", 0, {}, {}
    for match in TAG.finditer(marked):
        text += marked[last : match.start()]
        last = match.end()
        letter = match.group().strip("</>")
        if match.group().startswith("</"):
            spans[letter] = (starts[letter], len(text))
        else:
            starts[letter] = len(text)
    return text + marked[last:], [spans["s"], spans["t"]]
