"""The reader: a report in, a reading out; the stages on one page.

text ─► sentences ─► mentions ─► times ─► statements ─► claims ─► reasons, states
                                                    └─► forecasts
and beside them what is said of the report as a whole: its traits, contexts and signature
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Final

from chancery.errors import Problem, UsageError
from chancery.lexicon import Lexicon
from chancery.model import Claim, Reading, Report, Span, identify
from chancery.read.anaphora import find_first_person
from chancery.read.assess import Assessment, assess
from chancery.read.claims import ClaimFinder, Found
from chancery.read.contexts import contexts_of_report
from chancery.read.corefer import DeedMention, corefer
from chancery.read.dates import find_times
from chancery.read.encoder import Encoder
from chancery.read.encodings import Encodings
from chancery.read.facets import propose_same
from chancery.read.forecasts import find_forecasts, set_deadlines
from chancery.read.hearsay import facets_of_statements, with_hearsay
from chancery.read.holding import find_states
from chancery.read.mentions import find_mentions
from chancery.read.pair_model import PairModel
from chancery.read.pairs import Pair, Typed, classify
from chancery.read.posts import code_of_issuer
from chancery.read.reasons import find_reasons, tie_reasons
from chancery.read.sentences import Sentence, split_sentences
from chancery.read.signature import make_signature
from chancery.read.terms import with_terms
from chancery.read.traits import find_traits
from chancery.read.voices import find_statements
from chancery.read.why import Reason

READER_VERSION: Final = "9"
"""Changes whenever the same report may give other claims; part of every run's name."""

FRAMES: Final = "frames"
"""The reader without the model: frames and clauses alone."""

READERS: Final = ("small", FRAMES)

LONGEST_SENTENCE: Final = 300
"""Words. What is longer is a list or a table, and is left unread with a problem."""

READABLE: Final = frozenset({"en", "und"})


class Reader:
    """Reads reports: finds who is named, when, on whose word, and what somebody did."""

    def __init__(self, name: str, lexicon: Lexicon, encoder: Encoder | None = None) -> None:
        self.name = name
        self.lexicon = lexicon
        self.encoder = None if name == FRAMES else encoder or Encoder.load()
        self._claims = ClaimFinder(lexicon, self.encoder)
        self._pairs = PairModel(self.encoder, lexicon) if self.encoder else None

    @classmethod
    def load(cls, name: str = "small", lexicon: Lexicon | None = None) -> Reader:
        """Load a reader by name, with the lexicon that ships with the package by default.

        `small` reads with the model, `frames` without it. Raises UsageError for other names.
        """
        if name not in READERS:
            raise UsageError(
                f"no reader is called {name}", hint=f"there are {' and '.join(READERS)}"
            )
        return cls(name, lexicon or Lexicon.load())

    def __reduce__(self) -> tuple[Callable[..., Reader], tuple[str] | tuple[str, Lexicon]]:
        """Pickle as a name where the lexicon is the shipped one: a process loads that once."""
        if self.lexicon.hash == _shipped_hash():
            return (_shipped, (self.name,))
        return (Reader, (self.name, self.lexicon))

    def run_of(self, report: Report) -> str:
        """Name the run: the reader's version and name, model, lexicon, and the report's date."""
        day = report.published.edtf()
        model = self.encoder.hash if self.encoder else ""
        return identify("run", READER_VERSION, self.name, model, self.lexicon.hash, day)

    def read(self, reports: Iterable[Report]) -> Iterator[Reading]:
        """Read reports one after another; each is read as if it were alone."""
        return map(self.read_one, reports)

    def read_batch(self, reports: Sequence[Report]) -> list[Reading]:
        """Read several reports; what a worker process is handed."""
        return [self.read_one(report) for report in reports]

    def classify(self, text: str, actor: str | None = None, target: str | None = None) -> Typed:
        """Type what a text says that one side did to the other, both as they stand in it."""
        pair = Pair(text=text, actor=actor, target=target)
        return classify(pair, self.lexicon, self._pairs)

    def assess(self, text: str, spans: Sequence[Span]) -> list[Assessment]:
        """Say of the deeds that the words at some spans name whether they came about.

        An answer rests on the deed's own sentence alone. Raises UsageError where a span holds no
        word of the text, and where this is the reader without a model.
        """
        return assess(text, spans, self._model("assess"))

    def corefer(
        self, texts: Mapping[str, str], mentions: Iterable[tuple[str, Span]]
    ) -> list[tuple[DeedMention, ...]]:
        """Group mentions, given by their text's id and span, by the happening they speak of.

        Every mention is in one group, maybe alone. An answer rests on all the texts, whatever
        their order and ids. Raises UsageError where a mention's text is not given or its span
        holds no word of it, and where this is the reader without a model.
        """
        return corefer(texts, mentions, self._model("corefer"))

    def _model(self, what: str) -> Encoder:
        if self.encoder is None:
            raise UsageError(
                f"the reader {self.name} has no model to {what} with", hint='use "small"'
            )
        return self.encoder

    def trace(self, report: Report, reading: Reading, claim: Claim) -> Iterator[Reason]:
        """Yield what the model knows of a claim: how likely its words tell a deed of its type."""
        found, _ = self.find(report)
        told, _ = self._claims.told(report, found)
        for view, telling in told:
            span = view.span(telling.trigger.first, telling.trigger.last)
            if span == claim.trigger and telling.chance is not None:
                yield Reason(what="model", value=telling.chance, words=span.of(report.text))

    def read_one(self, report: Report) -> Reading:
        """Read one report; one in another language comes back unread, saying so."""
        run = self.run_of(report)
        if report.language not in READABLE:
            return Reading(report=report.id, run=run, unread=f"language: {report.language}")
        found, problems = self.find(report)
        text, sentences, times = report.text, found.sentences, found.times
        claims, trees = self._claims.find(report, found, run)
        deeds = sorted({claim.trigger for claim in claims})
        reasons = find_reasons(report.id, text, sentences, trees, found.statements, deeds)
        forecasts = find_forecasts(
            report.id, text, sentences, times, report.published, found.statements
        )
        states = find_states(
            report.id, text, sentences, found.mentions, times, report.published, claims
        )
        body = [tree for tree in trees if tree and tree.sentence.span.start >= len(report.title)]
        told = facets_of_statements(found.statements)
        return Reading(
            report=report.id,
            run=run,
            mentions=tuple(found.mentions),
            times=tuple(times),
            statements=tuple(set_deadlines(found.statements, forecasts)),
            claims=tuple(claims),
            reasons=tuple(tie_reasons(reasons, claims)),
            forecasts=tuple(forecasts),
            states=tuple(states),
            traits=tuple(find_traits(report, sentences, found.statements, self.lexicon, body)),
            contexts=contexts_of_report(text),
            same_sources=tuple(propose_same(report.id, text, told)),
            signature=make_signature(report, sentences, found.encodings),
            problems=tuple(problems),
        )

    def find(self, report: Report) -> tuple[Found, list[Problem]]:
        """Run the stages before claims: sentences, mentions, times and statements."""
        sentences, problems = _readable(report)
        text, published = report.text, report.published
        issuer = self.lexicon.source(report.source, report.url)
        mentions = find_mentions(text, sentences, self.lexicon, published, issuer)
        times = find_times(text, sentences, published)
        times = with_terms(text, sentences, times, self.lexicon, published)
        encodings = Encodings(text, sentences, self.encoder) if self.encoder else None
        statements = find_statements(report.id, text, sentences, mentions, times, encodings)
        statements = with_hearsay(text, sentences, statements)
        mentions += find_first_person(
            text, len(report.title), statements, mentions, code_of_issuer(issuer)
        )
        mentions.sort(key=lambda mention: (mention.span, mention.actor or ""))
        found = Found(
            sentences=sentences,
            mentions=mentions,
            times=times,
            statements=statements,
            encodings=encodings,
        )
        return found, problems


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
