"""What can be settled about words that are picked in a report: forms, filled in as far as known.

Each form posts an `about`, a `verdict` and what is typed into its gap to `/preview`; a person's own
entry goes by way of `/entry`, which makes the two. What no verdict can say yet is not offered.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from chancery.model import Claim, Mention, Span
from chancery.outputs.chronology import phrase_of
from chancery.outputs.visible import one_line
from chancery.outputs.words import date_words, pair_words
from chancery.web.reading.margin import read_span
from chancery.web.reading.material import Material
from chancery.web.visit import Visit

LONGEST_NAME: Final = 200
LONGEST_PICK: Final = 2_000
GAP: Final = "{}"
DAYS: Final = "2020, 2020-05, 2020-05-11, 2020-02-01/2020-02-10, or .. for unknown"
CODES: Final = "a name or a code: Belarus, BLR.GOV; several with +; - for nobody known"


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that can be settled: what it is about, the verdict, and what is asked.

    `says` is the whole in words. `label` names what is typed into the verdict's gap, `typed` is
    what is known of it, `hint` how it is written, `offers` a list to choose from.
    """

    about: str
    verdict: str
    says: str
    button: str = "Preview"
    label: str = ""
    typed: str = ""
    hint: str = ""
    offers: str = ""


class Verb(msgspec.Struct, frozen=True):
    """A button over picked words, and the forms behind it; `none` says why there are none."""

    name: str
    key: str
    forms: Sequence[Form] = ()
    none: str = ""


class Picked(msgspec.Struct, frozen=True):
    """Words that are picked, and what can be settled about them."""

    span: Span
    words: str
    place: str
    verbs: Sequence[Verb]
    when: str
    who: str
    whom: str
    frame: str


def picked_of(visit: Visit, found: Material) -> Picked | None:
    """Return what can be settled about the words that the address picks; none if it picks none."""
    span = read_span(visit.address.get("pick"), found.report.text)
    if span is None or span.end - span.start > LONGEST_PICK or not visit.live:
        return None
    claims = claims_at(found, span)
    first = claims[0] if claims else None
    return Picked(
        span=span,
        words=one_line(span.of(found.report.text)),
        place=f"characters {span.start}–{span.end}",
        verbs=(
            Verb("Not a happening", "reject", [_reject(visit, one) for one in claims],
                 "No happening was read in these words."),
            Verb("Date means…", "date", [_date(visit, one) for one in claims],
                 "No happening was read in these words, so no date is settled by them."),
            Verb("Voice…", "voice", list(_voices(visit, found, span)),
                 "These words name no voice."),
            Verb("Same person as…", "person", list(_persons(visit, found, span)),
                 "Pick a name."),
            Verb("Correct…", "correct", [one for claim in claims for one in _correct(visit, claim)],
                 "No happening was read in these words."),
        ),
        when=first.when.edtf() if first and first.when.known else "",
        who=_codes(first.actors) if first else "",
        whom=_codes(first.targets) if first else "",
        frame=first.frame if first else "",
    )  # fmt: skip


def claims_at(found: Material, span: Span) -> list[Claim]:
    """Return the claims that picked words speak of: those whose deed they name, else all around."""
    here = [one for one in found.claims if one.words.overlaps(span)]
    named = [one for one in here if one.trigger.overlaps(span)]
    return sorted(named or here, key=lambda one: (one.words, one.trigger, one.id))


def _told(visit: Visit, claim: Claim) -> str:
    sides = ([one.actor for one in side if one.actor] for side in (claim.actors, claim.targets))
    phrase = phrase_of(claim.frame, visit.lexicon.frames)
    return f"{pair_words(*sides)} {phrase}, {date_words(claim.when)}"


def _reject(visit: Visit, claim: Claim) -> Form:
    return Form(
        about=claim.id, verdict="reject", says=f"It did not happen so: {_told(visit, claim)}"
    )


def _date(visit: Visit, claim: Claim) -> Form:
    return Form(
        about=claim.id, verdict=f"date {GAP}", says=_told(visit, claim), label="It took place on",
        typed=claim.when.edtf() if claim.when.known else "", hint=DAYS,
    )  # fmt: skip


def _correct(visit: Visit, claim: Claim) -> Iterator[Form]:
    told = _told(visit, claim)
    yield Form(
        about=claim.id, verdict=f"type {GAP}", says=told, label="Kind of deed", typed=claim.frame,
        hint="such as expel-diplomats", offers="deeds",
    )  # fmt: skip
    yield Form(
        about=claim.id, verdict=f"actor {GAP}", says=told, label="Who did it",
        typed=_codes(claim.actors), hint=CODES, offers="actors",
    )  # fmt: skip
    yield Form(
        about=claim.id, verdict=f"target {GAP}", says=told, label="To whom",
        typed=_codes(claim.targets), hint=CODES, offers="actors",
    )  # fmt: skip


def _codes(side: Sequence[Mention]) -> str:
    return "+".join(sorted({one.actor for one in side if one.actor}))


def _voices(visit: Visit, found: Material, span: Span) -> Iterator[Form]:
    """Offer to say whose word it is, of the voices that are picked or that say what is."""
    statements = [
        one for one in found.statements
        if one.voice.name and (one.voice.name.overlaps(span) or one.content.overlaps(span))
    ]  # fmt: skip
    names = {one.voice.name: one.voice.actor for one in statements if one.voice.name}
    for name, actor in sorted(names.items()):
        yield from _is(found, name, actor, "On whose word it is")


def _persons(visit: Visit, found: Material, span: Span) -> Iterator[Form]:
    """Offer to say whom words name: the mentions that are picked, else the picked words."""
    mentions = [one for one in found.mentions if one.span.overlaps(span)]
    for one in mentions:
        yield from _is(found, one.span, one.actor, "This is")
    if not mentions:
        yield from _is(found, span, None, "This is")


def _is(found: Material, span: Span, actor: str | None, label: str) -> Iterator[Form]:
    words = one_line(span.of(found.report.text))
    if not words or len(words) > LONGEST_NAME:
        return
    yield Form(
        about=f"name:{words}", verdict=f"is {GAP}", says=f"“{words}”, in every report",
        label=label, typed=actor or "", hint="a name or a code: Mike Pompeo, BLR.GOV",
        offers="actors",
    )  # fmt: skip
    if actor:
        yield Form(
            about=f"name:{words}", verdict=f"is not {actor}", button="Preview: it is not",
            says=f"“{words}” is not {actor}, in any report",
        )  # fmt: skip


def known_names(visit: Visit, found: Material) -> tuple[list[tuple[str, str]], list[str]]:
    """Return deeds with their phrases, and the actors that this report names, to choose from."""
    deeds = [(frame.id, frame.phrase) for frame in visit.lexicon.frames.values()]
    codes = {one.actor for one in found.mentions if one.actor}
    return sorted(deeds), sorted(codes)
