"""Finds the one happening that a question is about, its other tellings, and its close rivals."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any, Final

import msgspec

from chancery.model import Claim, Happening, When
from chancery.outputs.brief.material import Material
from chancery.outputs.brief.nouns import Question
from chancery.outputs.brief.settings import questions, weights
from chancery.outputs.brief.wanted import Wanted, overlaps, read_wanted, share_of
from chancery.outputs.words import party

CAME_ABOUT: Final = frozenset({"happened", "ongoing"})
MEANT: Final = CAME_ABOUT | {"planned", "alleged"}
"""Standings of what a question may be about: it presupposes that it came about, or is to."""


class Candidate(msgspec.Struct, frozen=True):
    """A happening that may be meant, how well it fits, and whether all that was asked is in it."""

    row: Happening
    score: float
    fits: bool


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """What a question is about: `rows` are tellings of one thing, the best first.

    `beside` are rows of the same kind, parties and days, which tell of it too but in less.

    `wanted` is what the question names, `rivals` what it may mean instead, `nearest` what comes
    close where nothing is found, `searched` how many happenings were looked at.
    """

    wanted: Wanted
    rows: tuple[Happening, ...] = ()
    beside: tuple[Happening, ...] = ()
    rivals: tuple[Happening, ...] = ()
    nearest: tuple[Happening, ...] = ()
    searched: int = 0

    @property
    def lead(self) -> Happening:
        """Return the telling that fits best."""
        return self.rows[0]

    @property
    def when(self) -> When:
        """Return the narrowest days that a telling gives: the others touch them."""
        closed = [row.when for row in self.rows if row.when.first and row.when.last]
        return min(closed, key=_length, default=self.lead.when)


def _length(when: When) -> int:
    return (when.last - when.first).days if when.first and when.last else 0


def find_subject(question: Question, material: Material) -> Subject:
    """Return the subject of a question; without rows where none of the ledger's fits.

    The sum of `weights.toml` orders the happenings in which the parties of the question take part.
    """
    if question.ids:
        rows = [material.happening(name) for name in question.ids]
        kept = tuple({row.id: row for row in rows}.values())
        return Subject(wanted=Wanted(), rows=kept, searched=len(kept))
    wanted = read_wanted(question.about, material.lexicon)
    pool = _pool(wanted, material)
    rated = _rated(pool, wanted, material)
    found = [one for one in rated if one.fits and one.score >= weights().found.least]
    if not found:
        near = [one.row for one in rated if one.score > 0][: weights().found.nearest]
        return Subject(wanted=wanted, nearest=tuple(near), searched=len(pool))
    tellings = _tellings(found, wanted, material)
    ids = {row.id for row in tellings}
    least = found[0].score * weights().found.rival
    rivals = [one.row for one in found if one.row.id not in ids and one.score >= least]
    return Subject(
        wanted=wanted,
        rows=tuple(tellings),
        rivals=tuple(_unlike(rivals, material)[: weights().found.most_rivals]),
        searched=len(pool),
    )


def _rated(rows: Sequence[Happening], wanted: Wanted, material: Material) -> list[Candidate]:
    """Rate rows, the best first; the words of the best alone are read, by what is coded."""

    def order(one: Candidate) -> tuple[float, str, str]:
        when = one.row.when
        return -one.score, str(when.first or when.last or "9"), one.row.id

    coded = sorted((_rate_row(row, wanted, material) for row in rows), key=order)
    best = coded[: weights().found.most_read]
    material.fetch_reports(report for one in best for report in one.row.reports)
    return sorted((_rate_row(one.row, wanted, material, read=True) for one in best), key=order)


def _pool(wanted: Wanted, material: Material) -> list[Happening]:
    """Return the happenings that may be meant.

    Those of all the parties together; of each pair, then of each one of them, where there are
    none; else those told in the reports that hold the words.
    """
    most = weights().found.most_rows
    codes = list(wanted.named)
    seen: dict[str, Happening] = {}
    groups: list[list[tuple[str, ...]]] = [[tuple(codes)] if codes else []]
    if len(codes) > 1:
        groups += [list(combinations(codes, 2)), [(code,) for code in codes]]
    for group in groups:
        found: dict[str, Happening] = {}
        for some in group:
            for filters in _filters(wanted, material):
                rows = material.happenings(some, limit=most, **filters)
                found |= {row.id: row for row in rows}
        material.fetch_claims(found.values())
        if any(one.fits for one in _rated(list(found.values()), wanted, material)):
            return list(found.values())
        seen |= found
    return list(seen.values()) if codes else _told_with_words(wanted, material)


def _filters(wanted: Wanted, material: Material) -> list[dict[str, Any]]:
    """Return by what the happenings of some parties are narrowed, so that few are looked at.

    By the deeds that are asked for, else by the reports that hold the words; and by the days,
    which what is undated need not meet.
    """
    home, filters = questions().family, dict[str, Any]()
    if wanted.frames or wanted.presumed:
        homes = {home(frame) for frame in wanted.frames}
        kin = {frame for name in homes for frame in questions().frames_of(name)}
        filters["what"] = sorted({*wanted.frames, *wanted.presumed, *kin})
    elif wanted.words:
        filters["reports"] = material.reports_with(wanted.words)
    if not wanted.when.known:
        return [filters]
    days = {"since": wanted.when.first, "until": wanted.when.last}
    return [filters | days, filters | {"dated": False}]


def _told_with_words(wanted: Wanted, material: Material) -> list[Happening]:
    """Return what is told in the reports that hold the words of a question that names nobody."""
    reports = material.reports_with(wanted.words)
    rows = material.happenings_told(reports)
    if wanted.frames and wanted.when.known:
        for filters in _filters(wanted, material)[:1]:
            rows += material.happenings((), limit=weights().found.most_rows, **filters)
    rows = list({row.id: row for row in rows}.values())
    material.fetch_claims(rows)
    return rows


def _rate_row(
    row: Happening, wanted: Wanted, material: Material, *, read: bool = False
) -> Candidate:
    rated = [
        _rate_claim(claim, row, wanted, material if read else None)
        for claim in material.claims_of(row)
    ]
    weight = weights().subject
    score = max(score for score, _ in rated) + weight.support * min(row.origin_count - 1, 4)
    return Candidate(row, round(score, 6), any(fits for _, fits in rated))


def _rate_claim(
    claim: Claim, row: Happening, wanted: Wanted, material: Material | None
) -> tuple[float, bool]:
    """Rate a claim by what is coded, and by its words where there is material to read them in."""
    weight = weights().subject
    deed, told = _rate_deed(claim, wanted)
    who, present = _rate_parties(claim, wanted)
    where, there = _rate_place(claim, wanted)
    days = _days(row, wanted)
    score = (
        deed + who + where
        + (0.0 if days is None else weight.day if days else weight.other_day)
        + weight.certainty * (row.certainty or 0.0)
        + weight.came_about * (claim.standing in ("happened", "ongoing"))
    )  # fmt: skip
    there = there and _seen_there(claim, wanted, material)
    came = claim.standing in (CAME_ABOUT if wanted.presumed else MEANT)
    words, fits = (0.0, True) if material is None else _rate_words(claim, wanted, material)
    asked = bool(wanted.frames or wanted.presumed)
    meant = present and there and came and days is not False
    return score + words, meant and (told if asked else fits)


def _days(row: Happening, wanted: Wanted) -> bool | None:
    """Say whether a row's days fit those of the question; none where the row leaves them open."""
    touch = overlaps(row.when, wanted.when) if wanted.when.known else None
    closed = row.when.first and row.when.last
    return touch if closed or touch is False else None


def _rate_words(claim: Claim, wanted: Wanted, material: Material) -> tuple[float, bool]:
    """Rate the sentence of a claim; and say whether enough of the question's words are in it."""
    weight, words = weights().subject, material.sentence_words(claim)
    share = share_of(wanted.words, words)
    by_name = any(name.lower() in words.lower() for name in wanted.place_words)
    score = (
        weight.word * share
        + weight.place_words * by_name
        + weight.firm * material.firm(claim)
    )  # fmt: skip
    enough = not wanted.words or share >= weights().found.words
    return score, enough and bool(wanted.words or wanted.named)


def _rate_deed(claim: Claim, wanted: Wanted) -> tuple[float, bool]:
    """Rate a claim's deed; and say whether it is one that the question tells."""
    weight, home = weights().subject, questions().family(claim.frame)
    if claim.frame in wanted.frames:
        return weight.frame, True
    if claim.frame in wanted.presumed:
        return weight.presumed * wanted.presumed[claim.frame], True
    if any(questions().family(frame) == home for frame in wanted.frames):
        return weight.family, True
    return 0.0, False


def _rate_parties(claim: Claim, wanted: Wanted) -> tuple[float, bool]:
    """Rate who takes part; and say whether all do that the question names as parties."""
    weight, score = weights().subject, 0.0
    names = {one.name for one in (*claim.actors, *claim.targets) if one.name}
    acting = {party(one.actor) for one in claim.actors if one.actor}
    acted_on = {party(one.actor) for one in claim.targets if one.actor}
    for person in wanted.persons:
        score += weight.person if person in names else weight.missing_person
    score += weight.party * sum(code in acting | acted_on for code in wanted.parties)
    score += weight.side * (
        sum(code in acting for code in wanted.actors)
        + sum(code in acted_on for code in wanted.targets)
    )
    persons = all(person in names for person in wanted.persons)
    return score, persons and all(code in acting | acted_on for code in wanted.parties)


def _rate_place(claim: Claim, wanted: Wanted) -> tuple[float, bool]:
    """Rate where it was; and say whether it fits the places of the question."""
    if not wanted.places:
        return 0.0, True
    where = {claim.where.country} if claim.where else set()
    touched = {party(one.actor) for one in (*claim.targets, *claim.actors) if one.actor}
    there = all(code in where | touched for code in wanted.places)
    return weights().subject.place * there, there


def _seen_there(claim: Claim, wanted: Wanted, material: Material | None) -> bool:
    """Say whether a deed that only "was in" presupposes took place there, as far as is read.

    A visit has its place as target; of a meeting the place must be told.
    """
    if material is None or claim.frame not in wanted.presumed:
        return True
    visited = claim.targets if wanted.presumed[claim.frame] == 1.0 else ()
    there = {party(one.actor) for one in visited if one.actor}
    there |= {claim.where.country} if claim.where and claim.where.country else set()
    if there & set(wanted.places):
        return True
    words = material.sentence_words(claim).lower()
    return any(name.lower() in words for name in wanted.place_words)


def _tellings(found: Sequence[Candidate], wanted: Wanted, material: Material) -> list[Happening]:
    """Return the best and those that evidently tell the same thing but were not joined to it.

    Of one family, with the same people of the question or the same sides, on days that touch.
    """
    best, rule = found[0], weights().found
    kept = [best.row]
    for one in found[1:]:
        if one.score < best.score * rule.together or len(kept) == rule.most_subjects:
            break
        if _one_thing(best.row, one.row, wanted, material):
            kept.append(one.row)
    return kept


def _one_thing(first: Happening, second: Happening, wanted: Wanted, material: Material) -> bool:
    family = questions().family
    if family(first.frame) != family(second.frame) or first.standing != second.standing:
        return False
    touch = overlaps(first.when, second.when, weights().found.days)
    bounded = second.when.first is None or second.when.last is None
    if not touch or bounded:
        return False
    leads = [material.lead(row) for row in (first, second)]
    people = [
        {one.name for one in (*lead.actors, *lead.targets) if one.name} for lead in leads
    ]  # fmt: skip
    if wanted.persons:
        return set(wanted.persons) <= people[0] & people[1]
    sides = [set(material.parties(row)) for row in (first, second)]
    return sides[0] == sides[1]


def _unlike(rows: Sequence[Happening], material: Material) -> list[Happening]:
    """Keep one of each that would read alike."""
    seen: dict[tuple[str, str, str], Happening] = {}
    for row in rows:
        seen.setdefault((material.pair(row), row.frame, material.date(row)), row)
    return list(seen.values())
