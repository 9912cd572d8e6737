"""Voices, outlets and institutions as the pages show them: counts that open their lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from chancery.ledger.verdicts import CREDIBILITY, GRADES, RELIABILITY
from chancery.ledger.voices import NOBODY, VoiceSummary
from chancery.model import Decision
from chancery.outputs.voices import facet_words, rate_words, voice_name
from chancery.outputs.words import CREDIBILITY_WORDS, RELIABILITY_WORDS, VOICE_SHAPES
from chancery.web.saying import Asking
from chancery.web.visit import Visit

SCALES: Final[Mapping[str, Mapping[str, str]]] = {
    RELIABILITY: RELIABILITY_WORDS, CREDIBILITY: CREDIBILITY_WORDS,
}  # fmt: skip

STATES: Final = (
    ("borne out", "borne_out"),
    ("partly", "partly"),
    ("not borne out", "not_borne_out"),
    ("overtaken", "overtaken"),
    ("open", "open"),
    ("not testable", "not_testable"),
)
"""The outcomes of forecasts, and the fields that count them."""

FIELD: Final = {"voice": "by", "outlet": "source", "institution": "institution"}
"""By which field of an address a list is narrowed to one row of each grouping."""


class Count(msgspec.Struct, frozen=True):
    """A number, what it counts, and the list that it opens: nothing where it is none."""

    number: int
    what: str
    href: str = ""


class Decided(msgspec.Struct, frozen=True):
    """Who settled something, when and why."""

    id: str
    who: str
    day: str
    reason: str


class Grade(msgspec.Struct, frozen=True):
    """A grade on one of the two scales, in words, and what moved it there."""

    kind: str
    about: str
    letter: str
    words: str
    moved: Decided | None
    choices: tuple[tuple[str, str], ...]


class VoiceRow(msgspec.Struct, frozen=True, kw_only=True):
    """One voice, outlet or institution in the table."""

    slug: str
    kind: str
    shape: str
    name: str
    href: str
    facets: str
    others: tuple[str, ...]
    outlets: tuple[tuple[str, str], ...]
    told: Count
    statements: Count
    forecasts: Count
    states: tuple[Count, ...]
    overdue: Count
    open_ended: Count
    rate: str
    letter: str
    letter_words: str


def voice_row(asking: Asking, row: VoiceSummary, slugs: Mapping[str, str]) -> VoiceRow:
    """Put a row into words; `slugs` name outlets in addresses."""
    field = FIELD[row.grouped]

    def count(number: int, what: str, path: str, **more: object) -> Count:
        href = asking.link(path, **{field: row.slug, **more}) if number else ""
        return Count(number, what, href)

    outlet = slugs.get(row.name or "", NOBODY) if row.grouped == "outlet" else ""
    own = row.slug if row.kind == "own" else f"~{outlet}"
    told = Count(row.claim_count, "deeds told", asking.visit.links.to(f"/voice/{own}"))
    return VoiceRow(
        slug=row.slug,
        kind=row.kind or row.grouped,
        shape=VOICE_SHAPES[row.kind] if row.kind else "",
        name=_named(asking.visit, row),
        href=_page(asking, row),
        facets=facet_words(row),
        others=tuple(name for name in row.names if name != row.name),
        outlets=tuple(
            (name, asking.visit.links.to(f"/source/{slugs[name]}")) for name in row.outlets
        ),
        told=told if row.claim_count else Count(0, "deeds told"),
        statements=count(row.statement_count, "statements", "/statements"),
        forecasts=count(row.forecast_count, "forecasts", "/forecasts"),
        states=tuple(
            count(getattr(row, name), state, "/forecasts", state=state) for state, name in STATES
        ),
        overdue=count(row.overdue, "overdue", "/forecasts", state="open", overdue=1),
        open_ended=count(row.open_ended_count, "without deadline", "/statements", open_ended=1),
        rate=rate_words(row.rate),
        letter=row.reliability,
        letter_words=RELIABILITY_WORDS[row.reliability],
    )


def _named(visit: Visit, row: VoiceSummary) -> str:
    if row.grouped == "institution" and row.actor:
        return visit.name(row.actor)
    return voice_name(row)


def _page(asking: Asking, row: VoiceSummary) -> str:
    if row.grouped == "institution":
        return asking.link("/sources", institution=row.slug, group=None)
    kind = "source" if row.grouped == "outlet" else "voice"
    return asking.visit.links.to(f"/{kind}/{row.slug}")


def voice_rows(asking: Asking, rows: Sequence[VoiceSummary]) -> list[VoiceRow]:
    """Put the rows of a table into words."""
    slugs = outlet_slugs(asking.visit)
    return [voice_row(asking, row, slugs) for row in rows]


def outlet_slugs(visit: Visit) -> dict[str, str]:
    """Return how outlets are named in addresses, by their names as reports state them."""
    return visit.ledger.outlet_slugs(as_of=visit.as_of)


def grade_of(
    kind: str, about: str, letter: str, judged: Mapping[str, tuple[str, Decision]]
) -> Grade:
    """Show a grade with what moved it; the last of its scale where nobody judged."""
    decision = judged[about][1] if about in judged else None
    words = SCALES[kind]
    return Grade(
        kind, about, letter, words[letter], decided(decision) if decision else None,
        tuple((f"{kind} {one}", f"{one}: {words[one]}") for one in GRADES[kind]),
    )  # fmt: skip


def decided(decision: Decision) -> Decided:
    """Show who settled something."""
    return Decided(decision.id, decision.who, decision.made[:10], decision.reason)
