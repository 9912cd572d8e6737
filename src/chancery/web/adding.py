"""Quick add: what a person knows, from a sentence of a report or from their own knowledge.

An entry is a decision about `own:…`. It counts for nothing and says so; see docs/review.md. It is
never taken without the sentence it rests on or words on how it is known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from chancery.errors import UsageError
from chancery.ledger.cite import find_paragraph, find_sentence
from chancery.ledger.decide import standing_decisions
from chancery.ledger.entries import Entry
from chancery.ledger.verdicts import parse_stretch
from chancery.model import Claim, Report, Span, When
from chancery.outputs.names import resolve_what, resolve_who
from chancery.outputs.visible import one_line
from chancery.web.owned import write_passage
from chancery.web.visit import Visit

LONGEST_SENTENCE: Final = 2_000
"""Characters of a sentence that are shown and kept; more of one word says nothing more."""


class Sentence(msgspec.Struct, frozen=True):
    """One sentence of a report; `read` says that something was made of it already."""

    span: Span
    words: str
    paragraph: int
    read: bool
    href: str


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """What the form is filled with: as the reader understood the sentence, where it did."""

    what: str = ""
    frame: str = ""
    when: str = ""
    actors: str = ""
    targets: str = ""
    report: str = ""
    mark: str = ""


def read_mark(words: str, report: Report) -> Span:
    """Return the passage that `120-240` names; raises `UsageError` where the text has none."""
    first, dash, last = words.partition("-")
    if not (dash and first.isdigit() and last.isdigit() and len(words) < 20):
        raise UsageError(f"not a passage: {words!r}", hint="a passage looks like 120-240")
    span = Span(int(first), int(last))
    if not span.start < span.end <= len(report.text):
        raise UsageError(f"the report has no passage {words}")
    return span


def sentences(visit: Visit, report: Report) -> Iterator[Sentence]:
    """Give the sentences of a report in their order, each with the address that picks it."""
    claims = visit.ledger.claims(report=report.id, as_of=visit.as_of)
    read = [claim.words for claim in claims]
    place, text = 0, report.text
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        here = Span(place, place + 1)
        number, around = find_paragraph(report, here)
        whole = find_sentence(text, here, around)
        end = max(whole.end, place + 1)
        span = Span(place, end)
        fields = {"report": report.id, "mark": f"{place}-{end}"}
        yield Sentence(
            span=span,
            words=span.of(text)[:LONGEST_SENTENCE],
            paragraph=number,
            read=any(span.overlaps(words) for words in read),
            href=visit.links.to("/add", **fields),
        )
        place = end


def draft_of(visit: Visit, report: Report, span: Span) -> Draft:
    """Fill the form from a sentence: from its claim, else from the names and days in it."""
    words = one_line(span.of(report.text)[:LONGEST_SENTENCE])
    claims = visit.ledger.claims(report=report.id, as_of=visit.as_of)
    inside = [claim for claim in claims if span.overlaps(claim.words)]
    if inside:
        return _from_claim(max(inside, key=lambda one: (one.score, one.id)), words, report, span)
    names = visit.ledger.mentions(report.id, as_of=visit.as_of)
    codes = [one.actor for one in names if one.actor and span.covers(one.span)]
    days = (
        one.when.edtf()
        for one in visit.ledger.times(report.id, as_of=visit.as_of)
        if span.covers(one.span) and one.when.known
    )
    first, *others = [*dict.fromkeys(codes), ""]
    return Draft(
        what=words,
        when=next(days, report.published.edtf() if report.published.known else ""),
        actors=first,
        targets="+".join(code for code in others[:1] if code),
        report=report.id,
        mark=f"{span.start}-{span.end}",
    )


def _from_claim(claim: Claim, words: str, report: Report, span: Span) -> Draft:
    sides = ([one.actor for one in side if one.actor] for side in (claim.actors, claim.targets))
    actors, targets = ("+".join(dict.fromkeys(side)) for side in sides)
    return Draft(
        what=words,
        frame=claim.frame,
        when=claim.when.edtf() if claim.when.known else "",
        actors=actors,
        targets=targets,
        report=report.id,
        mark=f"{span.start}-{span.end}",
    )


def entry_of(visit: Visit, form: dict[str, str]) -> Entry:
    """Make an entry of what was typed; raises `UsageError` for what cannot be meant."""
    what, note = (form.get(name, "").strip() for name in ("what", "note"))
    if not what:
        raise UsageError("what happened is missing", hint="write it in your own words")
    reference = ""
    if name := form.get("report", "").strip():
        report = visit.find(lambda: visit.ledger.report(name, as_of=visit.as_of))
        reference = write_passage(report.id, read_mark(form.get("mark", ""), report))
    elif not note:
        raise UsageError(
            "say how you know it", hint="without a sentence of a report it is your own knowledge"
        )
    first, last = parse_stretch(form.get("when", "").strip() or "..")
    frames = (
        resolve_what([frame], visit.lexicon) if (frame := form.get("frame", "").strip()) else []
    )
    if frames and frames[0] not in visit.lexicon.frames:
        raise UsageError(f"not a kind of deed: {frame!r}", hint="such as visit or expel-diplomats")
    sides = [_codes(visit, form.get(name, "")) for name in ("actors", "targets")]
    return Entry(
        when=When(first=first, last=last, basis="stated") if first or last else When(),
        what=what,
        actors=sides[0],
        targets=sides[1],
        who=sides[0],
        whom=sides[1],
        where=form.get("where", "").strip(),
        frame=frames[0] if frames else None,
        note=note,
        reference=reference,
    )


def _codes(visit: Visit, words: str) -> tuple[str, ...]:
    names = [name.strip() for name in words.replace(",", "+").split("+") if name.strip()]
    return tuple(sorted({code for name in names for code in _resolve(visit, name)}))


def _resolve(visit: Visit, name: str) -> Sequence[str]:
    return resolve_who([name], visit.lexicon)


def decision_of(visit: Visit, entry: Entry) -> str:
    """Return the decision that keeps an entry."""
    made = standing_decisions(visit.ledger.decisions())
    return next((one.id for one in reversed(made) if one.about == entry.id), "")
