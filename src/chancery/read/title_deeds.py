"""The meeting or call that an official release is about, as its title tells it.

A government's own releases are titled by what its office did: "Telephone conversation with the
president of …", "Readout of the minister's call with …". The publisher is one party, though a
title seldom says so; who stands after "with" is the other; and it was on the day of the release, or
on one that its first sentence names. Mostly the body tells it too. Where that gives one party only,
the other is filled in; where the body was not understood, the title tells it.

The forms lie in `data/title_deeds.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import cache
from importlib import resources
from typing import Final, NamedTuple

import msgspec

from chancery.model import Claim, Frame, Mention, Report, Span, TimeExpression, When
from chancery.read.contexts import contexts_of
from chancery.read.sentences import Sentence
from chancery.read.states import state_of

OFFICE: Final = "GOV"
"""The sector of who publishes: a release of an office tells what the office did."""

WITH: Final = r"\s+with\b"
TOLD: Final = frozenset({"happened", "ongoing"})

_TITLES: Final = r"(?:(?:[Tt]he|then|former|acting|new)\s+|[A-Z][\w.’'-]*\s+){0,5}"
"""What may stand before the words that name a party: "First Deputy …"."""

_LEAD: Final = re.compile(rf"\s+{_TITLES}")
_BETWEEN: Final = re.compile(rf"(?:,|,?\s+and|,?\s+as well as)\s+{_TITLES}")


class Form(NamedTuple):
    """One way in which a title tells a deed of a frame.

    The words of group `deed` name it. The other party stands after all of it, or within its group
    `party`: "at the … summit"; or both stand within its group `pair`: "Mali-Chad talks".
    """

    pattern: re.Pattern[str]
    frame: str
    signed: bool

    def of(self, report: Report) -> MetForm | None:
        """Return what this form has for what in a report's title."""
        met = self.pattern.match(report.text, 0, len(report.title))
        if met is None:
            return None
        groups = met.groupdict()
        party = next((Span(*met.span(name)) for name in ("party", "pair") if name in groups), None)
        deed = Span(*met.span("deed"))
        led = min(deed, party or deed).start
        return MetForm(deed, party, self.frame, self.signed, led, met.end(), "pair" in groups)


class MetForm(NamedTuple):
    """A form met in a title: the deed's words, the place of the party, where both begin and end.

    Where it is `signed`, those named before the deed are the publisher's own people. Where it is
    `joint`, the place of the party names the publisher too.
    """

    deed: Span
    party: Span | None
    frame: str
    signed: bool
    led: int
    end: int
    joint: bool


class Table(NamedTuple):
    """The forms of titles, and what follows from one."""

    forms: tuple[Form, ...]
    story_days: int
    near_days: int
    score: float


class TitleDeed(NamedTuple):
    """What a title tells: the words of the deed, its frame, the publisher, the other parties."""

    trigger: Span
    frame: str
    own: Mention
    others: tuple[Mention, ...]


@cache
def title_table() -> Table:
    """Load the table, once per process."""
    source = resources.files("chancery.read") / "data" / "title_deeds.toml"
    read = tomllib.loads(source.read_text(encoding="utf-8"))
    forms = []
    for frame, words in read["deeds"].items():
        signed = [*read["readouts"]]
        signed += read["statements"] if frame in read["statement_frames"] else ()
        forms += [_form(one + WITH, words, frame) for one in read["forms"]]
        forms += [_form(one + WITH, words, frame, signed=True) for one in signed]
    for frame, words in read["deed_verbs"].items():
        forms += [_form(one, words, frame) for one in read["verbs"]]
    for frame, words in read["gatherings"].items():
        forms += [_form(one, words, frame) for one in read["speeches"]]
    for frame, words in (read["deeds"] | read["gatherings"]).items():
        forms += [_form(one, words, frame) for one in read["pairs"]]
    return Table(tuple(forms), read["story_days"], read["near_days"], read["score"])


def _form(form: str, words: str, frame: str, *, signed: bool = False) -> Form:
    pattern = form.replace("{deed}", rf"(?P<deed>\b(?:{words}))")
    return Form(re.compile(pattern, re.IGNORECASE), frame, signed)


def with_title_deed(
    report: Report, deed: TitleDeed, when: When, claims: Sequence[Claim], frame: Frame, run: str
) -> list[Claim]:
    """Return a report's claims, sorted, with the meeting or call that its title tells on a day.

    Where the body tells it with all its parties, it is told once: on that day, if on no other.
    """
    found = list(claims)
    for other in deed.others:
        told = [one for one in found if _may_tell(one, frame, when)]
        whole = [one for one in told if _both(deed, other) <= _parties(one)]
        if whole:
            first = next((one for one in whole if one.frame == frame.id), None)
            if first and first.when.first is None:
                found[found.index(first)] = msgspec.structs.replace(first, when=when)
            continue
        partial = next((one for one in told if _lacks_one(one, deed, other, told)), None)
        if partial:
            found[found.index(partial)] = _completed(partial, deed, other)
        else:
            found.append(_claim(report, deed, other, frame, when, run))
    return sorted(found, key=lambda claim: (claim.trigger, claim.id))


def find_title_deed(report: Report, state: str, mentions: Sequence[Mention]) -> TitleDeed | None:
    """Return the meeting or call that the title of a state's release tells in one of the forms."""
    named = [one for one in mentions if one.span.end <= len(report.title)]
    own = next((one for one in mentions if one.actor == f"{state}.{OFFICE}"), None)
    met = next(filter(None, (form.of(report) for form in title_table().forms)), None)
    if own is None or met is None:
        return None
    led = [one for one in named if one.actor and one.span.end <= met.led]
    if not met.signed and any(state_of(one.actor or "") != state for one in led):
        return None
    if met.party:
        others = tuple(one for one in named if met.party.covers(one.span))
        if met.joint and any(state_of(one.actor or "") == state for one in others):
            others = tuple(one for one in others if state_of(one.actor or "") != state)
    else:
        others = tuple(_others(report.text, met.end, named))
    if not others or any(not one.actor or state_of(one.actor) == state for one in others):
        return None
    return TitleDeed(met.deed, met.frame, msgspec.structs.replace(own, candidates=()), others)


def _others(text: str, after: int, named: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the parties that stand right after "with", and those joined to them by "and"."""
    lead = _LEAD
    linked = [one for one in named if one.actor]
    while True:
        here = [one for one in linked if lead.fullmatch(text, after, one.span.start)]
        if not here:
            return
        party = min(here, key=lambda one: (one.span.start, -one.span.end))
        yield party
        lead, after = _BETWEEN, party.span.end


def _parties(claim: Claim) -> set[str]:
    return {state_of(one.actor) for one in (*claim.actors, *claim.targets) if one.actor}


def _both(deed: TitleDeed, other: Mention) -> set[str]:
    return {state_of(deed.own.actor or ""), state_of(other.actor or "")}


def _may_tell(claim: Claim, frame: Frame, when: When) -> bool:
    """Say whether a claim is of the kind and the days of a title's deed."""
    modes = {claim.mode, frame.mode} - {None}
    if claim.type != frame.type or claim.standing not in TOLD or len(modes) > 1:
        return False
    day, told = when.first, claim.when.last
    return not (day and told) or abs((day - told).days) <= title_table().near_days


def _lacks_one(claim: Claim, deed: TitleDeed, other: Mention, told: Sequence[Claim]) -> bool:
    """Say whether a claim tells the title's deed with one party, and leaves the other unsaid.

    That the publisher alone did something of the kind is told of the title's deed only by the
    first such claim: it meets its own people too.
    """
    known = _parties(claim)
    if known == {state_of(other.actor or "")}:
        return True
    return known == {state_of(deed.own.actor or "")} and claim is told[0]


def _completed(claim: Claim, deed: TitleDeed, other: Mention) -> Claim:
    """Return a claim with both parties in place of the one that is known."""
    known = next(one for one in (*claim.actors, *claim.targets) if one.actor)
    ours = state_of(known.actor or "") == state_of(deed.own.actor or "")
    actors, targets = ((known,), (other,)) if ours else ((deed.own,), (known,))
    name = Claim.make_id(
        report=claim.report, frame=claim.frame, trigger=claim.trigger,
        actors=actors, targets=targets,
    )  # fmt: skip
    return msgspec.structs.replace(claim, id=name, actors=actors, targets=targets)


def _claim(
    report: Report, deed: TitleDeed, other: Mention, frame: Frame, when: When, run: str
) -> Claim:
    sides = (deed.own,), (other,)
    return Claim(
        id=Claim.make_id(
            report=report.id, frame=frame.id, trigger=deed.trigger,
            actors=sides[0], targets=sides[1],
        ),
        report=report.id, frame=frame.id, type=frame.type, mode=frame.mode, cameo=frame.cameo,
        words=Span(0, len(report.title)), trigger=deed.trigger,
        actors=sides[0], targets=sides[1],
        when=when,
        contexts=contexts_of(report.text, Span(0, len(report.title))),
        score=title_table().score,
        run=run,
    )  # fmt: skip


def day_of_title(
    report: Report, sentences: Sequence[Sentence], times: Sequence[TimeExpression]
) -> When:
    """Return the day that the first sentence of the body names, if near; else the release's own."""
    published = report.published.first
    body = next((one for one in sentences if one.span.start >= len(report.title)), None)
    for time in times:
        first = time.when.first
        if not (body and body.span.covers(time.span) and first and first == time.when.last):
            continue
        if published and timedelta(0) <= published - first <= timedelta(title_table().story_days):
            return time.when
    return When(first=published, last=report.published.last, basis="published")
