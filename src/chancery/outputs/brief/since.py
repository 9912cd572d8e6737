"""Since when something goes on, where reports differ: states, and courses told as lasting."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final

import msgspec

from chancery.lexicon.frames import QUAD
from chancery.model import Claim, HeldState, Span
from chancery.outputs.brief.material import Material
from chancery.outputs.brief.notes import NoteBook, cut, line_of
from chancery.outputs.brief.nouns import Line, Saying
from chancery.outputs.brief.settings import cues, has_cue, weights, wording
from chancery.outputs.brief.wanted import overlaps
from chancery.outputs.words import VOICE_SHAPES, date_words, party

SINCE: Final = re.compile(r"\bsince\s+[^,.;:]{2,40}", re.IGNORECASE)
SINGLE: Final = frozenset({"cap", "absence"})
"""States that cannot begin twice without ending: of others a second day may be a second one."""
COOPERATION: Final = frozenset(type_ for type_, quad in QUAD.items() if quad in (1, 2))


class Told(msgspec.Struct, frozen=True):
    """A passage that says since when: its report, the days in words, and the row."""

    report: str
    days: str
    span: Span
    row: Claim | HeldState


def since_lines(reports: Sequence[str], parties: Sequence[str], book: NoteBook) -> Iterator[Line]:
    """Make a line where reports differ on since when a state or a course of the parties goes on."""
    if len(reports) < 2:
        return
    yield from _states(reports, parties, book)
    yield from _courses(reports, parties, book)


def _states(reports: Sequence[str], parties: Sequence[str], book: NoteBook) -> Iterator[Line]:
    material = book.material
    rows = [
        row
        for row in material.ledger.states(reports=reports, as_of=material.as_of)
        if row.kind in SINGLE and row.since and {party(code) for code in row.holders} & {*parties}
    ]
    for one, other in combinations(rows, 2):
        same = one.kind == other.kind and set(map(party, one.holders)) == set(
            map(party, other.holders)
        )
        apart = one.since and other.since and overlaps(one.since, other.since) is False
        if same and apart and one.report != other.report:
            yield _line([_state(one), _state(other)], book)


def _state(row: HeldState) -> Told:
    return Told(row.report, date_words(row.since) if row.since else "", row.span, row)


def _courses(reports: Sequence[str], parties: Sequence[str], book: NoteBook) -> Iterator[Line]:
    """Compare what is told as going on since a day with a longer course that is told elsewhere."""
    material, both = book.material, set(parties[:2])
    if len(both) < 2:
        return
    material.fetch_told(reports, "claims")
    material.fetch_reports(reports)
    claims = [claim for report in reports for claim in material.claims_told(report)]
    going = [one for claim in claims if (one := _going_on(claim, both, material))]
    lasting = [one for claim in claims if (one := _lasting(claim, both, material))]
    seen = set[tuple[str, str]]()
    for since in going:
        for other in lasting:
            if since.report == other.report or (since.report, other.report) in seen:
                continue
            if _differ(since, other):
                seen.add((since.report, other.report))
                yield _line([other, since], book)


def _going_on(claim: Claim, both: set[str], material: Material) -> Told | None:
    """Return what a sentence that names both says: has done so since a day."""
    text, around = material.text(claim.report), material.sentence(claim.report, claim.words)
    words = around.of(text)
    match = SINCE.search(words)
    if match is None or not has_cue(words[: match.start()], cues().since.words):
        return None
    start = around.start + match.start()
    named = set(material.named(material.paragraph(claim.report, claim.words)[1].of(text)))
    if not both <= named or not (claim.when.words and claim.when.words.start >= start):
        return None
    days = "since " + date_words(claim.when, claim.when.words.of(text))
    return Told(claim.report, days, around, claim)


def _lasting(claim: Claim, both: set[str], material: Material) -> Told | None:
    """Return a stretch of dealings between both, told with its own words."""
    when, codes = claim.when, {party(one.actor) for one in (*claim.actors, *claim.targets)
                               if one.actor}  # fmt: skip
    if not (when.first and when.last and when.words) or codes != both:
        return None
    long = (when.last - when.first).days >= weights().limits.lasting_days
    lasts = has_cue(when.words.of(material.text(claim.report)), cues().lasting.words)
    if not (long and lasts) or claim.type not in COOPERATION or claim.standing != "happened":
        return None
    around = material.sentence(claim.report, claim.words)
    return Told(claim.report, date_words(when), around, claim)


def _differ(since: Told, other: Told) -> bool:
    """Say whether a course begins on other days than another; what has no day may do so."""
    first, begun = (
        one.row.when.first if isinstance(one.row, Claim) else None for one in (since, other)
    )
    return first is None or begun is None or begun < first


def _line(told: Sequence[Told], book: NoteBook) -> Line:
    values = " / ".join(f"{one.days} (<{one.report}>)" for one in told)
    return line_of(
        wording().disputed["since"].format(values=values),
        [_saying(one, book) for one in told],
        [one.row.id for one in told],
    )


def _saying(told: Told, book: NoteBook) -> Saying:
    if isinstance(told.row, Claim):
        return book.told(told.row)
    words = cut(told.span.of(book.material.text(told.report)).strip())
    note = book.take(told.report, told.span)
    return Saying(words=words, voice=f"{VOICE_SHAPES['own']} own voice", note=note)
