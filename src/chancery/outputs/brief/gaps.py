"""What is not known: each thing that the template asks for, tested against the rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

import msgspec

from chancery.ledger.cite import find_paragraph, find_sentence
from chancery.model import OWN_VOICE, Mention, Span, Statement
from chancery.outputs.brief.course import Course
from chancery.outputs.brief.disputes import sentences_with
from chancery.outputs.brief.notes import NoteBook, fixed, line_of
from chancery.outputs.brief.nouns import Asks, Line, Saying
from chancery.outputs.brief.passages import Finder, Passage
from chancery.outputs.brief.settings import (
    Gap,
    cue_pattern,
    cues,
    has_cue,
    questions,
    weights,
    wording,
)
from chancery.outputs.brief.subject import Subject
from chancery.outputs.words import party, voice_words

PROPOSING: Final = frozenset({"invite", "propose-talks", "agree-to-meet"})
DEALS: Final = frozenset({"accord", "supply"})
DAYS_OF_PROPOSAL: Final = 122


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """All that a gap is tested against."""

    asks: Asks
    subject: Subject
    finder: Finder
    course: Course
    passages: Sequence[Passage]
    book: NoteBook
    cited: Sequence[str]


def gap_lines(case: Case) -> list[Line]:
    """Make a line of each thing asked for and not told; of none, the line that says so."""
    family = questions().family(case.subject.lead.frame)
    deals = _kinds_of_deals(case)
    lines = [
        line
        for gap in wording().gaps
        if (
            not gap.families
            or {family, *(deals if gap.test == "terms" else ())} & set(gap.families)
        )
        and (not gap.asks or case.asks in gap.asks)
        for line in TESTS[gap.test](gap, case)
    ]
    return lines[: weights().limits.not_known] or [fixed(wording().fixed["nothing_missing"])]


def _kinds_of_deals(case: Case) -> set[str]:
    """Return which kinds of deals the course tells beside the subject."""
    rows = (*case.course.during, *case.course.vague, *case.course.undated)
    return {questions().family(step.lead.frame) for step in rows} & DEALS


def owning(name: str) -> str:
    """Put a name in the genitive."""
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def _missing(gap: Gap, rows: Iterable[str] = (), **fields: str) -> Line:
    line = fixed(gap.words.format(**fields))
    return msgspec.structs.replace(line, rows=tuple(rows))


# The tests, by name -----------------------------------------------------------------------------


def _account(gap: Gap, case: Case) -> Iterator[Line]:
    """Ask for reasons on the word of whoever acts."""
    missing = accounts(case).missing
    if missing:
        yield _missing(gap, actors=" or ".join(missing))


class Accounts(msgspec.Struct, frozen=True):
    """Who of those that act gives reasons on their own word, with the rows, and who does not."""

    given: Mapping[str, tuple[str, ...]]
    missing: tuple[str, ...]


def accounts(case: Case) -> Accounts:
    """Say who of those that act in the subject is among the voices of the reasons shown."""
    material = case.book.material
    lead = material.lead(case.subject.lead)
    given: dict[str, tuple[str, ...]] = {}
    missing: dict[str, None] = {}
    acting, _ = material.sides(lead)
    for mention in lead.actors:
        name = material.mention_name(mention, lead.report)
        if name not in acting:
            continue
        rows = tuple(one.row.id for one in case.passages if _speaks(one, mention, case))
        if rows:
            given[name] = rows
        else:
            missing[name] = None
    return Accounts(given, tuple(name for name in missing if name not in given))


def _speaks(passage: Passage, mention: Mention, case: Case) -> bool:
    """Say whether a passage is on the word of somebody who acts; of a state, of its officials."""
    voice, code = passage.row.voice, mention.actor and party(mention.actor)
    if case.book.material.is_own(passage.row):
        return not mention.name and _official(passage.row.report, case) == code
    if mention.name:
        return voice.full_name == mention.name
    return voice.kind == "named" and bool(voice.actor) and party(voice.actor or "") == code


def _official(report: str, case: Case) -> str:
    """Return the state whose own outlet a report is of: what it says, that state says."""
    material = case.book.material
    whole = material.report(report)
    source = material.lexicon.source(whole.source, whole.url)
    return source.country or "" if source and source.official else ""


def _proposed(gap: Gap, case: Case) -> Iterator[Line]:
    """Ask for words of a proposal or invitation near the subject, or for such a deed before it."""
    material = case.book.material
    for row in case.subject.rows:
        for claim in material.claims_of(row):
            if any(sentences_with(claim, cues().proposed.words, case.book)):
                return
    for step in case.course.before:
        when, other = step.lead.when, case.subject.when
        near = when.last and other.first and (other.first - when.last).days <= DAYS_OF_PROPOSAL
        if step.lead.frame in PROPOSING and near:
            return
    yield _missing(gap)


def _place(gap: Gap, case: Case) -> Iterator[Line]:
    """Ask for a place; a visit has its target."""
    material = case.book.material
    claims = [claim for row in case.subject.rows for claim in material.claims_of(row)]
    if not any(claim.where or (claim.frame == "visit" and claim.targets) for claim in claims):
        yield _missing(gap)


def _day(gap: Gap, case: Case) -> Iterator[Line]:
    """Ask for one day."""
    when = case.subject.when
    if not when.known or when.first != when.last:
        yield _missing(gap, date=case.book.material.date(case.subject.lead))


def _other_side(gap: Gap, case: Case) -> Iterator[Line]:
    """Ask for words of those acted on, and of the third party, as they themselves put them."""
    material = case.book.material
    acting = {party(code) for code in case.subject.lead.actors}
    others = [code for code in case.finder.parties if code not in acting]
    if len(others) == 0 and len(acting) > 1:
        others = list(case.finder.parties)
    said = [one for report in case.finder.reports for one in material.statements(report)]
    for code in others:
        if not any(_own_words(one, code, case) for one in said):
            yield _missing(gap, target=owning(material.party_name(code)))


def _own_words(row: Statement, code: str, case: Case) -> bool:
    """Say whether a statement is in a party's own words: quoted, and on its word."""
    spoken = bool(row.voice.actor) and party(row.voice.actor or "") == code
    around = case.book.material.sentence(row.report, row.content)
    words = around.of(case.book.material.text(row.report))
    return spoken and row.mode != "indirect" and not has_cue(words, cues().no_comment.words)


def _terms(gap: Gap, case: Case) -> Iterator[Line]:
    """Ask for the terms of a deal: figures, a price, or words that say what was agreed."""
    rows = [*case.subject.rows, *case.course.rows()]
    deals = [row for row in rows if questions().family(row.frame) in DEALS]
    claims = [claim for row in deals for claim in case.book.material.claims_of(row)]
    told = any(claim.quantities for claim in claims) or any(
        any(sentences_with(claim, cues().terms.words, case.book)) for claim in claims
    )
    if not told:
        yield _missing(gap)


def _undated(gap: Gap, case: Case) -> Iterator[Line]:
    """Ask for the date of every report that the brief rests on."""
    for report in case.cited:
        if not case.book.material.published(report).known:
            yield _missing(gap, [report], letter=f"<{report}>")


def _comment(gap: Gap, case: Case) -> Iterator[Line]:
    """Quote who did not comment, in the reports that the brief rests on."""
    material = case.book.material
    undated = (name for name in case.cited if not material.published(name).known)
    for report in dict.fromkeys((*case.finder.home, *undated)):
        text = material.text(report)
        for match in cue_pattern(cues().no_comment.words).finditer(text):
            at = Span(match.start(), match.end())
            _, around = find_paragraph(material.report(report), at)
            span = find_sentence(text, at, around)
            saying = Saying(
                words=span.of(text)[: weights().limits.quotation],
                voice=voice_words(OWN_VOICE),
                note=case.book.take(report, span),
            )
            yield line_of(gap.words.format(letter=f"<{report}>"), [saying], [report])


TESTS: Final[Mapping[str, Callable[[Gap, Case], Iterator[Line]]]] = {
    "account": _account,
    "proposed": _proposed,
    "place": _place,
    "day": _day,
    "other_side": _other_side,
    "terms": _terms,
    "undated": _undated,
    "comment": _comment,
}
