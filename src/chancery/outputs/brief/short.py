"""The brief in short: what is told of the subject, who gives reasons, and how far the course goes.

Every sentence is a template over what the other sections show, with their notes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from chancery.model import Happening
from chancery.outputs.brief.gaps import Case, accounts
from chancery.outputs.brief.notes import NoteBook, fixed, line_of
from chancery.outputs.brief.nouns import Line
from chancery.outputs.brief.reasons import voices_of
from chancery.outputs.brief.settings import wording
from chancery.outputs.brief.subject import Subject
from chancery.outputs.chronology import phrase_of
from chancery.outputs.visible import one_line
from chancery.outputs.words import VOICE_SHAPES, counted, date_words

MOST_VOICES = 6


def subject_line(subject: Subject, book: NoteBook) -> Line:
    """Say what the subject is, when and where it was, and how many reports tell of it."""
    material, rows = book.material, [*subject.rows, *subject.beside]
    material.fetch_claims(rows)
    reports = {report for row in rows for report in row.reports}
    date = date_words(subject.when) if subject.when.known else material.date(subject.lead)
    text = wording().short["told"].format(
        deed=deed_words(subject.lead, book), date=date, place=_place(subject, book),
        reports=counted(len(reports), "report"), tell="tells" if len(reports) == 1 else "tell",
        origins=counted(material.origin_count(rows), "origin"),
    )  # fmt: skip
    notes = [
        note
        for row in rows
        for claim in material.claims_of(row)
        for note in [book.told(claim).note]
    ]
    return line_of(text, [], [row.id for row in rows], date=date, notes=notes)


def _place(subject: Subject, book: NoteBook) -> str:
    """Return where it was in the words of a report, with a comma before; of most claims."""
    material = book.material
    named = Counter(
        one_line(claim.where.span.of(material.text(claim.report)))
        for row in subject.rows
        for claim in material.claims_of(row)
        if claim.where and material.sentence(claim.report, claim.words).covers(claim.where.span)
    )
    best = sorted(named, key=lambda words: (-named[words], words))[:1]
    return wording().short["place"].format(place=best[0]) if best else ""


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


def reasons_lines(reasons: Sequence[Line], case: Case) -> list[Line]:
    """Say which reason stands first and on whose word, which others there are, and who is silent.

    Silent: of those that act.
    """
    given = [line for line in reasons if not line.fixed]
    if not given:
        return [fixed(wording().fixed["no_reasons"])]
    first, others = given[0], given[1:]
    text = wording().short["reason"].format(reason=small(first.text), voices=_voices([first]))
    if others:
        labels = ", ".join(small(line.text) for line in others)
        text += wording().short["reasons"].format(labels=labels)
    notes = [note for line in given for note in line.notes]
    lines = [line_of(f"{text}.", [], [row for line in given for row in line.rows], notes=notes)]
    return [*lines, *_account_lines(given, case)]


def _account_lines(given: Sequence[Line], case: Case) -> Iterator[Line]:
    """Say who of those that act is heard among the reasons, with the notes, and who is not."""
    told = accounts(case)
    for name, rows in told.given.items():
        heard = [line for line in given if set(line.rows) & set(rows)]
        numbers = ", ".join(str(given.index(line) + 1) for line in heard)
        text = wording().short["account"].format(actor=name, numbers=numbers)
        notes = [
            one.note
            for line in heard
            for row, one in zip(line.rows, line.sayings, strict=False)
            if row in rows
        ]
        yield line_of(text, [], rows, notes=notes)
    if told.missing:
        text = wording().short["no_account"].format(actors=" or ".join(told.missing))
        yield msgspec.structs.replace(fixed(text), rows=(case.subject.lead.id,))


def missing_line(gaps: Sequence[Line]) -> list[Line]:
    """Say in short what is not known, but for who gives no account, which is said before it."""
    parts = [line.text.partition(":")[0].rstrip(".") for line in gaps if not line.sayings]
    parts = [small(part) for part in parts if part not in wording().said_before]
    known = fixed(wording().fixed["nothing_missing"])
    if not parts or gaps[0] == known:
        return []
    return [fixed(wording().short["missing"].format(parts="; ".join(parts)))]


def small(words: str) -> str:
    """Let a heading go on within a sentence: only its first letter is made small, if it may be."""
    first = words.partition(" ")[0]
    return words[:1].lower() + words[1:] if first in wording().small else words


def _voices(lines: Sequence[Line]) -> str:
    return voice_list(voices_of(lines))


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
    if words in ("anonymous", "not named"):
        return wording().short["undescribed"]
    inner = re.fullmatch(r"not named \((.+)\)", words)
    if inner:
        return wording().short["somebody"].format(party=inner[1])
    return re.sub(r" \(([^()]+)\)$", r" of \1", words)


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
