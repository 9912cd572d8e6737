"""The reader: a report in, a reading out; the stages on one page.

text ─► sentences ─► mentions ─► times ─► statements ─► claims
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Final

from chancery.errors import Problem
from chancery.lexicon import Lexicon
from chancery.model import Reading, Report, identify
from chancery.read.anaphora import find_first_person
from chancery.read.claims import ClaimFinder, Found
from chancery.read.dates import find_times
from chancery.read.mentions import find_mentions
from chancery.read.sentences import Sentence, split_sentences
from chancery.read.voices import find_statements

READER_VERSION: Final = "1"
"""Changes whenever the same report may give other claims; part of every run's name."""

LONGEST_SENTENCE: Final = 300
"""Words. What is longer is a list or a table, and is left unread with a problem."""

READABLE: Final = frozenset({"en", "und"})


class Reader:
    """Reads reports: finds who is named, when, on whose word, and what somebody did."""

    def __init__(self, name: str, lexicon: Lexicon) -> None:
        self.name = name
        self.lexicon = lexicon
        self._claims = ClaimFinder(lexicon)

    @classmethod
    def load(cls, name: str = "small", lexicon: Lexicon | None = None) -> Reader:
        """Load a reader by name, with the lexicon that ships with the package by default."""
        return cls(name, lexicon or Lexicon.load())

    def __reduce__(self) -> tuple[Callable[..., Reader], tuple[str] | tuple[str, Lexicon]]:
        """Pickle as a name where the lexicon is the shipped one: a process loads that once."""
        if self.lexicon.hash == _shipped_hash():
            return (_shipped, (self.name,))
        return (Reader, (self.name, self.lexicon))

    def run_of(self, report: Report) -> str:
        """Name the run: the reader's version and name, the lexicon, and the report's date."""
        day = report.published.edtf()
        return identify("run", READER_VERSION, self.name, self.lexicon.hash, day)

    def read(self, reports: Iterable[Report]) -> Iterator[Reading]:
        """Read reports one after another; each is read as if it were alone."""
        return map(self.read_one, reports)

    def read_batch(self, reports: Sequence[Report]) -> list[Reading]:
        """Read several reports; what a worker process is handed."""
        return [self.read_one(report) for report in reports]

    def read_one(self, report: Report) -> Reading:
        """Read one report; one in another language comes back unread, saying so."""
        run = self.run_of(report)
        if report.language not in READABLE:
            return Reading(report=report.id, run=run, unread=f"language: {report.language}")
        sentences, problems = _readable(report)
        text, published = report.text, report.published
        mentions = find_mentions(text, sentences, self.lexicon, published)
        times = find_times(text, sentences, published)
        statements = find_statements(report.id, text, sentences, mentions, times)
        mentions += find_first_person(text, len(report.title), statements, mentions)
        mentions.sort(key=lambda mention: (mention.span, mention.actor or ""))
        found = Found(sentences=sentences, mentions=mentions, times=times, statements=statements)
        return Reading(
            report=report.id,
            run=run,
            mentions=tuple(mentions),
            times=tuple(times),
            statements=tuple(statements),
            claims=tuple(self._claims.find(report, found, run)),
            problems=tuple(problems),
        )


@cache
def _shipped(name: str) -> Reader:
    return Reader.load(name)


@cache
def _shipped_hash() -> str:
    return Lexicon.load().hash


def _readable(report: Report) -> tuple[list[Sentence], list[Problem]]:
    """Split a report, leaving out its asides and, with a problem each, what is too long."""
    asides = [aside.span for aside in report.asides]
    sentences: list[Sentence] = []
    problems: list[Problem] = []
    for sentence in split_sentences(report.text, asides):
        if len(sentence.words) <= LONGEST_SENTENCE:
            sentences.append(sentence)
            continue
        problems.append(
            Problem(
                stage="read",
                code="long-sentence",
                message=f"a sentence of {len(sentence.words)} words was not read",
                place=f"{report.id}:{sentence.span.start}-{sentence.span.end}",
                hint="text without full stops, such as a table; split it if it is prose",
                report=report.id,
            )
        )
    return sentences, problems
