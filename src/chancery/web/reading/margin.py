"""What stands beside the text: one note for each deed, voice, forecast, reason and doubt."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import msgspec

from chancery.model import Claim, Forecast, Happening, Outcome, Reason, Span, Statement, Voice
from chancery.outputs.chronology import phrase_of
from chancery.outputs.evidence import CHAIN_MARK
from chancery.outputs.visible import one_line
from chancery.outputs.words import (
    certainty_word,
    counted,
    date_words,
    listed,
    pair_words,
    voice_words,
)
from chancery.web.reading.material import Material
from chancery.web.visit import Visit

HAPPENING: Final = "◢"
FORECAST: Final = "≈"
WARNING: Final = "⚠"
OWN: Final = "✎"
LONGEST: Final = 160
"""Characters of a reason or an own entry in the margin; its whole is in the text beside it."""


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """A note beside a paragraph, about the words from `first` to `last`.

    `show` is what it goes with: it is hidden where that is not marked. `below` are its reasons,
    `warnings` what speaks for caution. `href` leads to what it is about.
    """

    first: int
    last: int
    show: str
    shape: str
    head: str
    facts: tuple[str, ...] = ()
    claim: str = ""
    href: str = ""
    certainty: str = ""
    certainty_number: str = ""
    warnings: tuple[str, ...] = ()
    below: tuple[str, ...] = ()


def notes_of(visit: Visit, found: Material) -> list[Note]:
    """Return all notes in the order of the text."""
    maker = _Notes(visit, found)
    notes = [*maker.claims(), *maker.voices(), *maker.forecasts(), *maker.doubts(), *maker.own()]
    return sorted(notes, key=lambda note: (note.first, ORDER.index(note.show), note.last))


ORDER: Final = ("happenings", "voices", "forecasts", "doubts", "own")


class _Notes:
    """Puts what was found in a report into words."""

    def __init__(self, visit: Visit, found: Material) -> None:
        self.visit, self.found, self.text = visit, found, found.report.text
        self._doubts = _Doubts(found)
        self._reasons: dict[str, list[Reason]] = {}
        for one in found.reasons:
            self._reasons.setdefault(one.claim or "", []).append(one)

    def claims(self) -> Iterator[Note]:
        """Say of each claim what it says was done, when, and how certain its happening is."""
        for claim in self.found.claims:
            made = self.found.made.get(claim.id)
            yield Note(
                first=claim.words.start,
                last=claim.words.end,
                show="happenings",
                shape=HAPPENING,
                head=f"{_sides(claim)} {phrase_of(claim.frame, self.visit.lexicon.frames)}",
                facts=tuple(self._claim_facts(claim, made)),
                claim=claim.id,
                href=self.visit.links.happening(made.id) if made else "",
                certainty=certainty_word(made.certainty) if made else "",
                certainty_number=_number(made.certainty) if made else "",
                warnings=tuple(_warnings(made, self._doubts.about(claim.words))),
                below=tuple(map(self._reason, self._reasons.get(claim.id, ()))),
            )

    def _claim_facts(self, claim: Claim, made: Happening | None) -> Iterator[str]:
        words = claim.when.words
        yield date_words(claim.when, words.of(self.text) if words else None)
        if claim.standing != "happened":
            yield claim.standing
        if claim.voice.kind != "own":
            yield self._badge(claim.voice)
        if made and len(made.reports) > 1:
            yield counted(len(made.reports), "report")

    def voices(self) -> Iterator[Note]:
        """Say of each voice whose words are in the text who it is, once for each place."""
        at: dict[Span, list[Statement]] = {}
        for one in self.found.statements:
            if one.voice.name and one.voice.kind != "own":
                at.setdefault(one.voice.name, []).append(one)
        for name, some in at.items():
            voice = some[0].voice
            actor = self.visit.name(voice.actor) if voice.actor else ""
            kind = "" if voice.kind == "anonymous" and some[0].facets else voice.kind
            shape, _, badge = self._badge(voice).partition(" ")
            yield Note(
                first=name.start,
                last=name.end,
                show="voices",
                shape=shape,
                head=badge,
                facts=(kind, actor, *self._facets(some[0]), counted(len(some), "statement")),
                href=self.visit.links.to("/statements", report=self.found.report.id),
            )

    def _facets(self, statement: Statement) -> Iterator[str]:
        """Tell what the description of an anonymous voice says of it."""
        facets = statement.facets
        if facets is None:
            return
        yield "anonymous"
        if facets.number:
            yield facets.number
        if facets.tenure:
            yield "current and former" if facets.tenure == "both" else facets.tenure
        for span in (facets.rank, facets.institution, facets.reason):
            if span:
                yield one_line(span.of(self.text))

    def forecasts(self) -> Iterator[Note]:
        """Say of each forecast by when it is to come about, and what became of it."""
        for one in self.found.forecasts:
            yield Note(
                first=one.span.start,
                last=one.span.end,
                show="forecasts",
                shape=FORECAST,
                head="forecast",
                facts=tuple(self._forecast_facts(one, self.found.outcomes.get(one.id))),
                href=self.visit.links.to("/forecasts", report=self.found.report.id),
            )

    def _forecast_facts(self, one: Forecast, outcome: Outcome | None) -> Iterator[str]:
        known = one.deadline and one.deadline.known
        yield f"deadline {date_words(one.deadline)}" if known and one.deadline else "no deadline"
        if outcome:
            yield "open, overdue" if outcome.overdue else outcome.state
        if one.condition:
            yield f"if “{_short(one.condition.of(self.text))}”"
        yield self._badge(one.voice)

    def doubts(self) -> Iterator[Note]:
        """Show odd words that no claim bears, and why they are odd; and reasons of no claim."""
        for span, name, why in self._doubts.left():
            yield Note(
                first=span.start, last=span.end, show="doubts", shape=WARNING, head=name,
                facts=(why,),
            )  # fmt: skip
        known = {claim.id for claim in self.found.claims}
        for reason in self.found.reasons:
            if reason.claim not in known:
                yield Note(
                    first=reason.deed.start, last=reason.passage.end, show="happenings", shape="",
                    head=self._reason(reason),
                )  # fmt: skip

    def own(self) -> Iterator[Note]:
        """Show what people entered themselves about words of this report."""
        for entry in self.found.entries:
            span = read_span(entry.reference.rpartition(":")[2], self.text)
            if span:
                yield Note(
                    first=span.start,
                    last=span.end,
                    show="own",
                    shape=OWN,
                    head=f"own knowledge: {_short(entry.what)}",
                    facts=(date_words(entry.when), pair_words(entry.actors, entry.targets),
                           entry.note),
                )  # fmt: skip

    def _reason(self, reason: Reason) -> str:
        voice = self._badge(reason.voice)
        return f"{reason.kind}: “{_short(reason.passage.of(self.text))}” {voice}"

    def _badge(self, voice: Voice) -> str:
        links = [*(one.outer for one in voice.chain), *(one.inner for one in voice.chain[-1:])]
        chain = CHAIN_MARK.join(f"“{_short(one.of(self.text))}”" for one in links)
        return voice_words(voice, voice.name.of(self.text) if voice.name else None, chain)


class _Doubts:
    """Which odd words of a report lie within which claim: told whole once, then by name."""

    def __init__(self, found: Material) -> None:
        self._text = found.report.text
        self._found = sorted(
            (one.words, trait.name, one.reason)
            for trait in found.traits
            for one in trait.evidence
            if one.words
        )
        self._starts = [span.start for span, _, _ in self._found]
        self._told: set[int] = set()

    def about(self, words: Span) -> list[str]:
        """Say what is odd within these words."""
        said: dict[str, None] = {}
        first = bisect_right(self._starts, words.start - 1)
        for number in range(first, bisect_right(self._starts, words.end - 1)):
            name, why = self._found[number][1], self._why(number)
            if number not in self._told:
                self._told.add(number)
                said[f"{name}: {why}"] = None
            elif not any(one.startswith(name) for one in said):
                said[name] = None
        return list(said)

    def left(self) -> Iterator[tuple[Span, str, str]]:
        """Give the odd words that no claim bore, with what is odd about them, and why."""
        for number, (span, name, _) in enumerate(self._found):
            if number not in self._told:
                yield span, name, self._why(number)

    def _why(self, number: int) -> str:
        span, _, reason = self._found[number]
        return f"“{_short(span.of(self._text))}”, {reason}"


def _warnings(made: Happening | None, doubts: Sequence[str]) -> Iterator[str]:
    if made is None:
        yield f"{WARNING} makes no happening: settled so"
    yield from (f"{WARNING} {one}" for one in doubts)
    if made and made.disputed:
        yield f"⇄ disputed: {listed(made.disputed)}"


def _sides(claim: Claim) -> str:
    sides = ([one.actor for one in side if one.actor] for side in (claim.actors, claim.targets))
    return pair_words(*sides)


def _number(certainty: float | None) -> str:
    return "" if certainty is None else f"{certainty:.2f}"


def _short(words: str) -> str:
    line = one_line(words)
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"


def read_span(words: str, text: str) -> Span | None:
    """Read `12-34` as a place in a text; none where it is none."""
    first, dash, last = words.partition("-")
    if not (dash and first.isascii() and first.isdigit() and last.isascii() and last.isdigit()):
        return None
    if max(len(first), len(last)) > 9:
        return None
    span = Span(int(first), int(last))
    return span if span.start < span.end <= len(text) else None


def by_paragraph(notes: Sequence[Note], starts: Sequence[int]) -> Mapping[int, list[Note]]:
    """Return notes by the number of the paragraph in which their words begin."""
    found: dict[int, list[Note]] = {}
    for note in notes:
        found.setdefault(max(bisect_right(starts, note.first) - 1, 0), []).append(note)
    return found
