"""Happenings and quotations as the pages show them: every word made, nothing left to templates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from chancery.ledger.cite import cite_claim, find_sentence
from chancery.model import Cite, Claim, Happening, Span, When
from chancery.outputs.chronology import phrase_of
from chancery.outputs.words import (
    BASIS_WORDS,
    STANDING_WORDS,
    certainty_word,
    counted,
    date_words,
    listed,
    pair_words,
    short_id,
    spoken_count,
    voice_words,
)
from chancery.web.marks import Segment, claim_marks, segments
from chancery.web.visit import Visit

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One happening in a list; `spoken` is what a screen reader hears of it.

    `named` are both sides by the names that people use. `tip` is a remark for a first reader, of
    which kind and in words; `note` the number of its quotation where the list has notes.
    """

    id: str
    short: str
    href: str
    date: str
    date_reason: str
    edtf: str
    pair: str
    phrase: str
    voice: str
    voice_kind: str
    standing: str
    support: str
    certainty: str
    certainty_number: str
    markers: tuple[tuple[str, str], ...]
    spoken: str
    named: str = ""
    tip: tuple[str, str] | None = None
    note: int = 0
    single: bool = False
    own: bool = False


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """One quotation: its sentence cut into marked segments, and where it stands."""

    claim: str
    report: str
    source: str
    published: str
    title: str
    place: str
    segments: tuple[Segment, ...]
    words: str
    href: str
    original: str = ""
    flags: tuple[str, ...] = ()


def rows_shown(visit: Visit, rows: Sequence[Happening]) -> list[Row]:
    """Put a list of happenings into words, looking up at once what they rest on."""
    visit.desk.evidence.prepare(rows, words=True, quotes=False)
    odd = odd_words(visit, rows)
    return [row_shown(visit, row, odd.get(row.id, ())) for row in rows]


def row_shown(visit: Visit, row: Happening, warnings: Sequence[str] = ()) -> Row:
    """Put one happening into words; `warnings` say what is odd about the words it rests on."""
    evidence = visit.desk.evidence
    day = date_words(row.when, evidence.date_text(row))
    certainty = certainty_word(row.certainty)
    support = support_shown(row)
    phrase = phrase_of(row.frame, visit.lexicon.frames)
    standing = "" if row.standing == "happened" else row.standing
    sides = [", ".join(visit.name(code) for code in side) for side in (row.actors, row.targets)]
    parties = " to ".join(side for side in sides if side) or "unknown parties"
    spoken_support = [spoken_count(len(row.reports), "report")]
    if len(row.reports) > 1:
        spoken_support.append(spoken_count(row.origin_count, "origin"))
    return Row(
        id=row.id,
        short=short_id(row.id),
        href=visit.links.happening(row.id),
        date=day,
        date_reason=date_reason(row.when),
        edtf=row.when.edtf(),
        pair=pair_words(row.actors, row.targets),
        phrase=phrase,
        voice=voice_words(row.voice, evidence.voice_text(row)),
        voice_kind=row.voice.kind,
        standing=standing,
        support=support,
        single=len(row.reports) == 1,
        certainty=certainty,
        certainty_number="" if row.certainty is None else f"{row.certainty:.2f}",
        markers=tuple(_markers(row, warnings)),
        named=named_pair(visit, row),
        spoken=", ".join(filter(None, (
            spoken_date(row.when) or day, parties, phrase, standing, certainty, *spoken_support,
        ))),
    )  # fmt: skip


def support_shown(row: Happening) -> str:
    """Say how many reports tell it, and how many origins they have where there are several."""
    reports = counted(len(row.reports), "report")
    return (
        listed((reports, counted(row.origin_count, "origin"))) if len(row.reports) > 1 else reports
    )


def named_pair(visit: Visit, row: Happening) -> str:
    """Write both sides by the names that people use: `United States → Belarus`."""
    actors, targets = ([visit.name(code) for code in side] for side in (row.actors, row.targets))
    if not targets:
        return (" ↔ " if len(actors) == 2 else ", ").join(actors) or "?"
    return f"{', '.join(actors) or '?'} → {', '.join(targets)}"


def odd_words(visit: Visit, rows: Sequence[Happening]) -> dict[str, list[str]]:
    """Return what is odd about the very words that happenings rest on, by their ids.

    A trait of the whole report is none of these: it is shown beside its quotations.
    """
    places = visit.ledger.odd_words(
        {name for row in rows for name in row.reports}, as_of=visit.as_of
    ) if rows else []  # fmt: skip
    if not places:
        return {}
    suspect = {report for report, _, _ in places}
    claims = [c for row in rows if suspect.intersection(row.reports) for c in row.claims]
    found: dict[str, list[str]] = {}
    for claim, (told_by, words) in visit.ledger.places_of_claims(claims, as_of=visit.as_of).items():
        names = [name for report, name, span in places
                 if report == told_by and span.overlaps(words)]  # fmt: skip
        if names:
            found[claim] = names
    told = {row.id: [n for c in row.claims for n in found.get(c, ())] for row in rows}
    return {name: list(dict.fromkeys(names)) for name, names in told.items() if names}


def _markers(row: Happening, warnings: Sequence[str]) -> Iterable[tuple[str, str]]:
    if warnings:
        yield "⚠", f"odd words: {', '.join(warnings)}"
    if row.disputed:
        yield "⇄", f"disputed: {', '.join(row.disputed)}"
    if row.origin_count == 1 and len(row.reports) > 1:
        yield "≡", "several reports of a single origin"


def date_reason(when: When) -> str:
    """Say how a date is known."""
    return BASIS_WORDS[when.basis]


def spoken_date(when: When) -> str:
    """Say a date as one reads it aloud: `1 to 10 February 2020`."""
    first, last = when.first, when.last
    if not first or not last:
        return ""
    if first == last:
        return f"{first.day} {MONTHS[first.month - 1]} {first.year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {last.day} {MONTHS[last.month - 1]} {last.year}"
    return (
        f"{first.day} {MONTHS[first.month - 1]} {first.year} to "
        f"{last.day} {MONTHS[last.month - 1]} {last.year}"
    )


def quotes_shown(visit: Visit, claims: Sequence[Claim]) -> list[Quote]:
    """Show the sentence of each claim with its trigger, sides, date and place marked in it."""
    report = visit.desk.evidence.report
    visit.desk.evidence.prepare_reports(one.report for one in claims)
    return [quote_shown(visit, one, cite_claim(one, report(one.report))) for one in claims]


def quote_shown(visit: Visit, claim: Claim, cite: Cite) -> Quote:
    """Show one claim's sentence."""
    report = visit.desk.evidence.report(claim.report)
    around = Span(0, len(report.text))
    sentence = find_sentence(report.text, claim.words, _paragraph(report.text, claim.words, around))
    within = Span(min(sentence.start, claim.words.start), max(sentence.end, claim.words.end))
    return Quote(
        claim=claim.id,
        report=report.id,
        source=report.source or "no outlet named",
        published=date_words(report.published),
        title=report.title,
        place=f"¶{cite.paragraph} · chars {cite.span.start}–{cite.span.end}",
        segments=tuple(segments(report.text, within, claim_marks(claim))),
        words=cite.words,
        href=visit.links.cite(cite),
        original=safe_url(report.url),
        flags=report.traits,
    )


def _paragraph(text: str, words: Span, whole: Span) -> Span:
    start = text.rfind("\n", whole.start, words.start) + 1
    end = text.find("\n", words.end, whole.end)
    return Span(start, whole.end if end < 0 else end)


def safe_url(url: str | None) -> str:
    """Return an address that a link may lead to: http or https, nothing else."""
    return url if url and url.startswith(("http://", "https://")) else ""


def standing_shown(standing: str) -> str:
    """Put a standing into its words."""
    return STANDING_WORDS[standing]  # type: ignore[index]
