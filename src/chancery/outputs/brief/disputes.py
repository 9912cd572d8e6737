"""What is disputed: rival values, differing days and figures, stages, denials, doubt in reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Final

from chancery.ledger.cite import find_sentence
from chancery.model import OWN_VOICE, Claim, Happening, Span
from chancery.outputs.brief.course import Course
from chancery.outputs.brief.notes import NoteBook, line_of
from chancery.outputs.brief.nouns import Line, Saying
from chancery.outputs.brief.settings import cue_pattern, cues, weights, wording
from chancery.outputs.brief.since import since_lines
from chancery.outputs.brief.subject import Subject
from chancery.outputs.brief.wanted import content_words, overlaps, share_of
from chancery.outputs.words import party, voice_words

CONTESTED: Final = frozenset({"denied", "negated", "alleged"})
MOST_VALUES: Final = 4


def dispute_lines(
    subject: Subject, course: Course, book: NoteBook, told: Sequence[str], parties: Sequence[str]
) -> list[Line]:
    """Make a line of each dispute about the subject and the steps that are shown.

    `told` are the reports that the other sections quote.
    """
    groups = [list(subject.rows), *(
        list(step.rows)
        for step in course.steps()
    )]  # fmt: skip
    rows = [row for group in groups for row in group]
    reports = sorted({report for row in subject.rows for report in row.reports})
    open_steps = (*course.during, *course.unclear, *course.undated)
    open_rows = [row for step in open_steps for row in step.rows]
    book.material.fetch_claims(rows)
    book.material.fetch_told(reports, "claims")
    book.material.fetch_reports(report for row in rows for report in row.reports)
    book.material.fetch_rivals(rows)
    book.material.fetch_links([*subject.rows, *open_rows])
    lines = [
        *(line for row in rows for line in _rivals(row, book)),
        *_days(subject, book),
        *(line for group in groups for line in _figures(group, book)),
        *_standings(reports, book),
        *since_lines(told, parties, book),
        *_stages([*subject.rows, *open_rows], book),
        *_doubts([row for row in rows if set(row.reports) & set(reports)], book),
    ]
    seen: dict[tuple[str, tuple[int, ...]], Line] = {}
    for line in lines:
        seen.setdefault((line.text, line.notes), line)
    return list(seen.values())[: weights().limits.disputed]


def _rivals(row: Happening, book: NoteBook) -> Iterator[Line]:
    """Lay the values side by side that the claims of a happening give to a disputed field."""
    material = book.material
    claims = {claim.id: claim for claim in material.claims_of(row)}
    for field in row.disputed:
        rivals = [one for one in material.rivals(row) if one.field == field]
        told = [claims[name] for one in rivals for name in one.claims[:1] if name in claims]
        if len(told) > 1:
            values = " / ".join(f"{one.value}{' (leads)' * one.leads}" for one in rivals)
            yield line_of(
                wording().disputed["rival"].format(field=field.capitalize(), values=values),
                [book.told(claim) for claim in told[:MOST_VALUES]],
                [row.id],
            )


def _days(subject: Subject, book: NoteBook) -> Iterator[Line]:
    """Say where the tellings of the subject give days that exclude one another."""
    apart = [
        pair for pair in combinations(subject.rows, 2)
        if overlaps(pair[0].when, pair[1].when) is False
    ]  # fmt: skip
    rows = list({row.id: row for pair in apart for row in pair}.values())
    if rows:
        values = " / ".join(dict.fromkeys(book.material.date(row) for row in rows))
        yield line_of(
            wording().disputed["days"].format(values=values),
            [book.told(book.material.lead(row)) for row in rows[:MOST_VALUES]],
            [row.id for row in rows],
        )


def _figures(rows: Sequence[Happening], book: NoteBook) -> Iterator[Line]:
    """Say where rows that may be one deed give different figures of one unit."""
    found: dict[str, dict[float, Claim]] = {}
    for row in rows:
        for claim in book.material.claims_of(row):
            for one in claim.quantities:
                if one.bound == "exact":
                    found.setdefault(one.unit, {}).setdefault(one.value, claim)
    for unit, told in sorted(found.items()):
        if len({claim.report for claim in told.values()}) > 1:
            values = " / ".join(f"{value:,.10g} {_plural(unit, value)}" for value in sorted(told))
            yield line_of(
                wording()
                .disputed["figures"]
                .format(values=values, date=book.material.date(rows[0])),
                [book.told(told[value]) for value in sorted(told)][:MOST_VALUES],
                [row.id for row in rows],
            )


def _plural(unit: str, value: float) -> str:
    return unit if value == 1 or not unit.isalpha() or unit.endswith("s") else f"{unit}s"


def _standings(reports: Sequence[str], book: NoteBook) -> Iterator[Line]:
    """Say where one kind of deed between the same sides is both told and denied."""
    material = book.material
    found: dict[tuple[str, frozenset[str]], dict[bool, Claim]] = {}
    for report in reports:
        for claim in material.claims_told(report):
            codes = (one.actor for one in (*claim.actors, *claim.targets) if one.actor)
            sides = claim.frame, frozenset(map(party, codes))
            if len(sides[1]) > 1 and material.firm(claim) and material.trusted(claim):
                found.setdefault(sides, {}).setdefault(claim.standing in CONTESTED, claim)
    for told in found.values():
        if len(told) == 2 and _one_word(told[False], told[True], book):
            ways = [told[False], told[True]]
            values = " / ".join(claim.standing for claim in ways)
            yield line_of(
                wording().disputed["standing"].format(values=values),
                [book.told(claim) for claim in ways],
                [claim.id for claim in ways],
            )


def _one_word(one: Claim, other: Claim, book: NoteBook) -> bool:
    """Say whether two claims are told by forms of one word: `would lift`, `would not lift`."""
    triggers = [claim.trigger.of(book.material.text(claim.report)) for claim in (one, other)]
    return share_of(content_words(triggers[0]), triggers[1]) > 0


def _stages(rows: Sequence[Happening], book: NoteBook) -> Iterator[Line]:
    """Show how far a course has come, where rows are linked as stages of one."""
    material = book.material
    for row in rows:
        for link in material.links(row):
            if link.kind != "stage":
                continue
            ends = [material.happening(name) for name in (link.first, link.second)]
            yield line_of(
                wording().disputed["link"].format(stage=link.stage),
                [book.told(material.lead(one)) for one in ends],
                [one.id for one in ends],
            )


def _doubts(rows: Iterable[Happening], book: NoteBook) -> Iterator[Line]:
    """Quote sentences that mark doubt, from the paragraphs that tell the rows shown."""
    material = book.material
    for row in rows:
        for claim in material.claims_of(row):
            for span in sentences_with(claim, cues().doubt.words, book):
                words = span.of(material.text(claim.report))
                note = book.take(claim.report, span)
                saying = Saying(
                    words=words[: weights().limits.quotation], voice=voice_at(claim, span, book),
                    note=note,
                )  # fmt: skip
                yield line_of("", [saying], [row.id], group=wording().groups["doubt"])


def voice_at(claim: Claim, span: Span, book: NoteBook) -> str:
    """Return on whose word a sentence stands: that of a statement in it, else the outlet's."""
    said = [one for one in book.material.statements(claim.report) if one.content.overlaps(span)]
    trusted = [one for one in said if book.material.trusted(one)]
    return book.material.voice(trusted[0]) if trusted else voice_words(OWN_VOICE)


def sentences_with(claim: Claim, words: tuple[str, ...], book: NoteBook) -> Iterator[Span]:
    """Give the sentences of a claim's paragraph in which any of the cue words stands."""
    text = book.material.text(claim.report)
    _, around = book.material.paragraph(claim.report, claim.words)
    for match in cue_pattern(words).finditer(text, around.start, around.end):
        yield find_sentence(text, Span(match.start(), match.end()), around)
