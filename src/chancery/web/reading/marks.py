"""What is marked in a report's text: happenings, voices, forecasts, dates, actors, places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from chancery.ledger.cite import paragraphs_of, sentences_of
from chancery.model import Span, TimeExpression, When
from chancery.outputs.words import BASIS_WORDS, date_words
from chancery.web.marks import Mark
from chancery.web.reading.material import Material
from chancery.web.visit import Visit

SHOWN: Final = ("happenings", "voices", "forecasts", "dates", "actors")
"""What can be shown or left unmarked; actors stand for places as well."""
USUALLY: Final = ("happenings", "voices", "forecasts", "dates")
NOTHING: Final = "nothing"

ASIDES: Final = {
    "byline": "byline", "credit": "credit line", "dateline": "dateline",
    "related": "link to another article", "boilerplate": "standing text, not reporting",
    "date": "date line",
}  # fmt: skip


def shown_of(visit: Visit) -> tuple[str, ...]:
    """Return what the address says is to be marked."""
    asked = visit.address.all("show")
    return tuple(word for word in SHOWN if word in asked) if asked else USUALLY


def marks_of(
    visit: Visit, found: Material, left: Sequence[Span], passage: Span | None
) -> list[Mark]:  # fmt: skip
    """Return all that is marked in a report, whether it is shown or not.

    `left` are the sentences that nothing was made of, `passage` what the address points at.
    """
    marks = [*_happenings(found), *_voices(found), *_forecasts(found), *_dates(found)]
    marks += _actors(visit, found)
    marks += [
        Mark(one.span, "aside", ASIDES.get(one.kind, one.kind)) for one in found.report.asides
    ]
    marks += [Mark(span, "unused", "", f"unused{span.start}") for span in left]
    if passage:
        marks.append(Mark(passage, "passage", "", f"at{passage.start}"))
    return marks


def _happenings(found: Material) -> Iterator[Mark]:
    for claim in found.claims:
        yield Mark(claim.words, "happening", "", claim.id)
        yield Mark(claim.trigger, "trigger")


def _voices(found: Material) -> Iterator[Mark]:
    voices = [one.voice for one in found.statements]
    voices += [one.voice for one in found.forecasts]
    voices += [one.voice for one in found.claims]
    names = {one.name: one.kind for one in voices if one.name and one.kind != "own"}
    for span, kind in names.items():
        yield Mark(span, "voice", f"voice: {kind}")


def _forecasts(found: Material) -> Iterator[Mark]:
    for one in found.forecasts:
        yield Mark(one.span, "forecast", "forecast", one.id)


def _dates(found: Material) -> Iterator[Mark]:
    """Mark words of time; what a claim takes them for counts before what they say alone."""
    days = {one.when.words: one.when for one in found.claims if one.when.words}
    alone = {one.span: one for one in found.times}
    for span, when in days.items():
        yield Mark(span, "date", date_title(when))
    for span in _untouched(sorted(alone), sorted(days)):
        yield Mark(span, "date", time_title(alone[span]))


def date_title(when: When) -> str:
    """Say what words of time mean, and how that is known."""
    return f"{date_words(when)}: {BASIS_WORDS[when.basis]}"


def time_title(time: TimeExpression) -> str:
    """Say what words of time mean; a length of time is no day."""
    if time.when.known:
        return date_title(time.when)
    return f"{time.type.lower()} {time.value}: no day can be told from it"


def _actors(visit: Visit, found: Material) -> Iterator[Mark]:
    for one in found.mentions:
        yield Mark(one.span, "actor", visit.name(one.actor) if one.actor else "unknown actor")
    places = {claim.where.span: claim.where for claim in found.claims if claim.where}
    for span, place in places.items():
        yield Mark(span, "place", f"place: {place.country or 'unknown'}")


def unused(found: Material) -> list[Span]:
    """Return the sentences that nothing was made of: no claim, statement, forecast or reason.

    The title and what is no reporting are left out: a headline is told again below it.
    """
    used = sorted(_used(found))
    skipped = sorted(one.span for one in found.report.asides)
    left = []
    for paragraph in paragraphs_of(found.report)[1:]:
        for sentence in sentences_of(found.report.text, paragraph):
            if sentence.start < sentence.end:
                left.append(sentence)
    return _untouched(_untouched(left, used), skipped)


def _used(found: Material) -> Iterator[Span]:
    yield from (one.words for one in found.claims)
    yield from (one.content for one in found.statements)
    yield from (one.span for one in found.forecasts)
    yield from (one.passage for one in found.reasons)


def _untouched(sentences: Sequence[Span], used: Sequence[Span]) -> list[Span]:
    """Return the sentences that share no character with any of these spans; both are sorted."""
    left, at, reach = [], 0, 0
    for sentence in sentences:
        while at < len(used) and used[at].start < sentence.end:
            reach = max(reach, used[at].end)
            at += 1
        if reach <= sentence.start:
            left.append(sentence)
    return left
