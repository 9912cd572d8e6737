"""The brief in short: what is told of the subject, who gives reasons, and how far the course goes.

Every sentence is a template over what the other sections show, with their notes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from chancery.model import Happening
from chancery.outputs.brief.gaps import Case, gives_account
from chancery.outputs.brief.notes import NoteBook, fixed, line_of
from chancery.outputs.brief.nouns import Line
from chancery.outputs.brief.reasons import voices_of
from chancery.outputs.brief.settings import wording
from chancery.outputs.brief.subject import Subject
from chancery.outputs.chronology import phrase_of
from chancery.outputs.words import VOICE_SHAPES, date_words

MOST_VOICES = 6


def subject_line(subject: Subject, book: NoteBook) -> Line:
    """Say what the subject is, when it was, and how many reports tell it."""
    material = book.material
    reports = {report for row in subject.rows for report in row.reports}
    date = date_words(subject.when) if subject.when.known else material.date(subject.lead)
    text = (
        wording()
        .short["told"]
        .format(
            reports="1 report" if len(reports) == 1 else f"{len(reports)} reports",
            tell="tells" if len(reports) == 1 else "tell",
            deed=deed_words(subject.lead, book),
            date=date,
        )
    )
    notes = [
        note
        for row in subject.rows
        for claim in material.claims_of(row)
        for note in [book.told(claim).note]
    ]
    return line_of(text, [], [row.id for row in subject.rows], date=date, notes=notes)


def deed_words(row: Happening, book: NoteBook) -> str:
    """Name a deed: who, to whom, and its plain phrase where the report's words are that phrase's.

    Where they are not, the quotation alone tells it.
    """
    material = book.material
    pair = material.pair(row, state=True)
    firm = material.firm(material.lead(row))
    phrase = f": {phrase_of(row.frame, material.lexicon.frames)}" if firm else ""
    standing = "" if row.standing == "happened" else f" ({row.standing})"
    return f"{pair}{phrase}{standing}"


def voices_line(reasons: Sequence[Line], case: Case) -> list[Line]:
    """Say on whose word reasons are given, and whether whoever acted is among them."""
    given = [line for line in reasons if not line.fixed]
    if not given:
        return [fixed(wording().fixed["no_reasons"])]
    words = voice_list(voices_of(given))
    notes = [note for line in given for note in line.notes]
    rows = [row for line in given for row in line.rows]
    lines = [line_of(wording().short["reasons"].format(voices=words), [], rows, notes=notes)]
    if not gives_account(case):
        text = wording().short["no_account"].format(actor=case.actor)
        lines.append(msgspec.structs.replace(fixed(text), rows=(case.subject.lead.id,)))
    return lines


def voice_list(badges: Sequence[str]) -> str:
    """Name voices by their kind: named people, anonymous voices, documents, outlets."""
    parts = []
    for kind in ("named", "anonymous", "document"):
        mark = VOICE_SHAPES[kind]
        names = [_bare(badge.removeprefix(mark)) for badge in badges if badge.startswith(mark)]
        more = f" and {len(names) - MOST_VOICES} more" if len(names) > MOST_VOICES else ""
        if names:
            told = ", ".join(names[:MOST_VOICES]) + more
            parts.append(wording().short[kind].format(names=told))
    if any(badge.startswith(VOICE_SHAPES["own"]) for badge in badges):
        parts.append(wording().short["own"])
    head, last = parts[:-1], parts[-1:]
    return " and ".join(part for part in (", ".join(head), *last) if part)


def _bare(badge: str) -> str:
    """Take the kind of voice out of a badge, since the sentence says it."""
    words = badge.strip()
    if words == "anonymous":
        return wording().short["undescribed"]
    inner = re.fullmatch(r"anonymous \((.+)\)", words)
    return inner[1] if inner else words


def course_line(lines: Sequence[Line], key: str) -> list[Line]:
    """Say how many steps are shown, from when to when."""
    dated = [line for line in lines if line.notes and not line.group]
    if not dated:
        return []
    one = len(dated) == 1
    text = wording().short[f"{key}_one" if one else key].format(
        count=len(dated), happenings="happenings", are="are",
        first=dated[0].date, last=dated[-1].date,
    )  # fmt: skip
    rows = [row for line in dated for row in line.rows]
    return [line_of(text, [], rows, notes=[note for line in dated for note in line.notes])]


def joined_words(subject: Subject) -> str:
    """Say that several rows are taken for one thing, where they are."""
    if len(subject.rows) < 2:
        return ""
    return wording().joined["several"].format(count=len(subject.rows))


def said_line(lines: Sequence[Line]) -> list[Line]:
    """Say how many statements were found, and on whose word."""
    if not lines:
        return []
    text = wording().short["said"].format(
        count=len(lines), statements="statement" if len(lines) == 1 else "statements",
        are="is" if len(lines) == 1 else "are",
        voices=voice_list(voices_of(lines)),
    )  # fmt: skip
    notes = [note for line in lines for note in line.notes]
    return [line_of(text, [], [row for line in lines for row in line.rows], notes=notes)]
