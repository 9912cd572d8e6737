"""What one happening rests on, as its pane and its page show it: every word made here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

import msgspec

from chancery.ledger.decide import standing_decisions
from chancery.ledger.entries import ENTRY
from chancery.model import Claim, Decision, Happening, Link, Reason, Report
from chancery.outputs.chronology import phrase_of
from chancery.outputs.evidence import lead_of, report_words
from chancery.outputs.visible import one_line
from chancery.outputs.words import (
    STANDING_WORDS,
    counted,
    date_words,
    listed,
    pair_words,
    reason_of_date,
    short_id,
    voice_words,
)
from chancery.web.quoted import archived, citation, text_fragment, warned
from chancery.web.shown import (
    Quote,
    Row,
    named_pair,
    odd_words,
    quotes_shown,
    row_shown,
    rows_shown,
)
from chancery.web.visit import Visit

SIDE_BY_SIDE: Final = 12
"""Other accounts shown at once; the rest are counted, and shown on the happening's own page."""
SUSPECTED: Final = "suspected"
"""Ends the names of traits that are about some words only: shown where these are a row's own."""
OFFICIAL: Final = "official release"
"""A trait that is no warning."""
FIELD_WORDS: Final = {
    "when": "date", "where": "place", "actors": "who", "targets": "to whom", "voice": "voice",
    "standing": "standing", "frame": "kind of deed", "type": "kind of deed", "mode": "manner",
    "quantities": "number",
}  # fmt: skip
LEGEND: Final = (
    ("deed", "what is told"), ("trigger", "deed"), ("actor", "who"), ("target", "to whom"),
    ("date", "date"), ("place", "place"), ("voice", "on whose word"),
)  # fmt: skip


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """What one claim says: its quotation, and how it reads beside the others.

    `original` leads to the passage on the outlet's own page, `archive` to what an archive keeps of
    it; `citation` is what one copies.
    """

    quote: Quote
    line: str
    voice: str
    voice_kind: str
    date: str
    date_reason: str
    standing: str
    flags: list[str]
    official: bool
    citation: str
    original: str
    archive: str
    reasons: list[Given]


class Given(msgspec.Struct, frozen=True):
    """One reason that is given for the deed, and on whose word."""

    kind: str
    words: str
    voice: str
    voice_kind: str


class Value(msgspec.Struct, frozen=True):
    """One of the values that the claims give to a disputed field."""

    words: str
    origins: str
    leads: bool
    because: str
    claims: tuple[str, ...]
    field: str


class Dispute(msgspec.Struct, frozen=True):
    """A field on which the claims cannot all be right, its leading value first."""

    field: str
    values: list[Value]


class Bearing(msgspec.Struct, frozen=True):
    """Another happening that this one led to, or that led to this one."""

    row: Row
    stage: str
    why: str


class Settled(msgspec.Struct, frozen=True):
    """A decision that stands about this happening."""

    id: str
    words: str
    reason: str
    signed: str


class Support(msgspec.Struct, frozen=True):
    """The reports behind a happening, each with its address, and why some count as one."""

    reports: list[tuple[str, str]]
    ties: list[str]


class Pane(msgspec.Struct, frozen=True, kw_only=True):
    """All that the evidence pane shows of one happening."""

    row: Row
    pair: str
    where: str
    standing: str
    date_reason: str
    deed: str
    signals: list[tuple[str, str]]
    warnings: list[str]
    lead: Account | None
    others: list[Account]
    others_words: str
    more_words: str
    more_href: str
    support: Support
    disputes: list[Dispute]
    led_here: list[Bearing]
    followed: list[Bearing]
    decisions: list[Settled]
    legend: list[tuple[str, str]]


def pane_of(visit: Visit, happening: Happening, most: int = SIDE_BY_SIDE) -> Pane:
    """Look up all that a happening rests on, and put it into words.

    `most` is how many other accounts are shown beside the leading one.
    """
    visit.desk.evidence.prepare_reports(happening.reports)
    claims = _lead_first(visit, happening)
    hidden = max(len(claims) - 1 - most, 0)
    claims = claims[: most + 1]
    evidence = visit.desk.evidence
    accounts = list(_accounts(visit, claims))
    decided = _decisions(visit, happening)
    before, after = _bearings(visit, happening)
    lead = claims[0]
    report = evidence.report(lead.report)
    words = evidence.found_text(happening, happening.when.words)  # type: ignore[arg-type]
    single = happening.origin_count == 1 and len(happening.reports) > 1
    traits = {name for one in happening.reports for name in evidence.report(one).traits}
    odd = odd_words(visit, [happening]).get(happening.id, []) if traits - {OFFICIAL} else []
    return Pane(
        row=row_shown(visit, happening, odd),
        pair=named_pair(visit, happening),
        where=_where(visit, happening, lead),
        standing=STANDING_WORDS[happening.standing],
        date_reason=(
            "a person settled it"
            if any(one.verdict.startswith("date ") for one in decided)
            else reason_of_date(happening.when, words, report.published)
        ),
        deed=listed((happening.type, happening.mode or "", f"frame {happening.frame}",
                     f"CAMEO {happening.cameo}" if happening.cameo else "")),
        signals=[_signal(words) for words in happening.signals],
        warnings=[
            *(f"odd words here: {name}" for name in odd),
            *(["single origin"] if single else []),
        ],
        lead=accounts[0] if accounts else None,
        others=accounts[1:],
        others_words=f"Also told: {counted(len(happening.claims) - 1, 'other account')}",
        more_words=f"{counted(hidden, 'more account')} on its own page" if hidden else "",
        more_href=visit.links.happening(happening.id) if hidden else "",
        support=_support(visit, happening),
        disputes=_disputes(visit, happening),
        led_here=before,
        followed=after,
        decisions=[decision_shown(one) for one in decided],
        legend=list(LEGEND),
    )  # fmt: skip


def _lead_first(visit: Visit, happening: Happening) -> list[Claim]:
    claims = list(visit.ledger.claims(happening=happening.id, as_of=visit.as_of))
    lead = lead_of(happening)
    days = {name: visit.desk.evidence.report(name).published for name in happening.reports}

    def told(one: Claim) -> tuple[bool, date, str, int, str]:
        day = days[one.report].first or days[one.report].last or date.max
        return one.id != lead, day, one.report, one.words.start, one.id

    return sorted(claims, key=told)


def _accounts(visit: Visit, claims: Sequence[Claim]) -> Iterator[Account]:
    warnings = warned(visit, claims)
    evidence, quotes = visit.desk.evidence, quotes_shown(visit, claims)
    given: dict[str, list[Given]] = {}
    for one in visit.ledger.reasons_of(claims, as_of=visit.as_of):
        given.setdefault(one.claim or "", []).append(_given(visit, one))
    for claim, quote in zip(claims, quotes, strict=True):
        report = evidence.report(claim.report)
        words = evidence.found_text(claim, claim.when.words)  # type: ignore[arg-type]
        sides = ([one.actor for one in side if one.actor] for side in (claim.actors, claim.targets))
        phrase = phrase_of(claim.frame, visit.lexicon.frames)
        yield Account(
            quote=quote,
            line=f"{pair_words(*sides)} {phrase}",
            voice=voice_words(claim.voice, evidence.voice_text(claim)),
            voice_kind=claim.voice.kind,
            date=date_words(claim.when, evidence.date_text(claim)),
            date_reason=reason_of_date(claim.when, words, report.published),
            standing="" if claim.standing == "happened" else claim.standing,
            flags=[
                *(one for one in quote.flags if one != OFFICIAL and not one.endswith(SUSPECTED)),
                *warnings.get(claim.id, ()),
            ],
            official=OFFICIAL in quote.flags,
            citation=citation(quote, visit),
            original=text_fragment(quote.original, quote.words),
            archive=archived(quote.original, report.published),
            reasons=given.get(claim.id, []),
        )


def _given(visit: Visit, reason: Reason) -> Given:
    evidence = visit.desk.evidence
    cue, words = (one_line(evidence.found_text(reason, span) or "")
                  for span in (reason.cue, reason.passage))  # fmt: skip
    whole = words if reason.passage.overlaps(reason.cue) else f"{cue} {words}"
    voice = voice_words(reason.voice, evidence.voice_text(reason))
    return Given(reason.kind, whole, voice, reason.voice.kind)


def _where(visit: Visit, happening: Happening, lead: Claim) -> str:
    country = visit.name(happening.where) if happening.where else ""
    if not lead.where:
        return country
    words = one_line(lead.where.span.of(visit.desk.evidence.report(lead.report).text))
    same = not country or words.casefold() == country.casefold()
    return words if same else f"{words}, {country}"


def _signal(words: str) -> tuple[str, str]:
    """Part a signal into its direction and its words."""
    way, _, rest = words.partition(": ")
    return (way, rest) if way in ("up", "down") else ("", words)


def _support(visit: Visit, happening: Happening) -> Support:
    reports = [visit.desk.evidence.report(name) for name in happening.reports]
    return Support(
        reports=[(one_line(_named(one)), visit.links.report(one.id)) for one in reports],
        ties=[*_ties(visit, happening, reports)] if len(reports) > 1 else [],
    )


def _named(report: Report) -> str:
    return report_words(report) or short_id(report.id)


def _ties(visit: Visit, happening: Happening, reports: Sequence[Report]) -> Iterator[str]:
    """Say why some of the reports count as one."""
    names = {one.id: _called(one) for one in reports}
    for tie in visit.ledger.ties(happening.id, as_of=visit.as_of):
        one, why = names.get(tie.first), one_line(tie.reason)
        if not (tie.holds and one):
            continue
        if other := names.get(tie.second):
            yield f"{one} and {other} count as one: {why}"
        elif not tie.second.startswith("rep_"):
            yield f"{one} rests on {one_line(tie.second)}: {why}"


def _called(report: Report) -> str:
    """Name a report in a sentence."""
    if name := report.source or report.title:
        return one_line(name)
    known = report.published.known
    return f"the report of {date_words(report.published)}" if known else short_id(report.id)


def _disputes(visit: Visit, happening: Happening) -> list[Dispute]:
    if not happening.disputed:
        return []
    by_field: dict[str, list[Value]] = {}
    for one in visit.ledger.rivals(happening.id, as_of=visit.as_of):
        value = Value(
            words=one_line(one.value),
            origins=counted(one.origin_count, "origin"),
            leads=one.leads,
            because=one_line(one.because),
            claims=one.claims,
            field=one.field.partition(".")[0],
        )
        by_field.setdefault(one.field, []).append(value)
    return [Dispute(_field(name), values) for name, values in by_field.items()]


def _field(name: str) -> str:
    whole, _, part = name.partition(".")
    words = FIELD_WORDS.get(whole, whole)
    return f"{words} ({one_line(part)})" if part else words


def _bearings(visit: Visit, happening: Happening) -> tuple[list[Bearing], list[Bearing]]:
    """Return what led to a happening, and what followed from it."""
    links: Sequence[Link] = list(visit.ledger.links(happening.id, as_of=visit.as_of))
    before = [one for one in links if one.second == happening.id]
    after = [one for one in links if one.first == happening.id]
    others = {one.first for one in before} | {one.second for one in after}
    found = list(visit.ledger.happenings(ids=others, as_of=visit.as_of)) if others else []
    rows = {one.id: row for one, row in zip(found, rows_shown(visit, found), strict=True)}

    def shown(link: Link, other: str) -> Bearing:
        return Bearing(rows[other], link.stage, one_line("; ".join(link.reasons)))

    return [shown(one, one.first) for one in before], [shown(one, one.second) for one in after]


def _decisions(visit: Visit, happening: Happening) -> list[Decision]:
    """Return the decisions that stand and name one of the claims."""
    made = visit.ledger.decisions(as_of=visit.as_of)
    claims = set(happening.claims)
    return [
        one
        for one in standing_decisions(made)
        if not one.undoes and claims & {one.about, *one.verdict.split(), *_anchored(one)}
    ]


def _anchored(decision: Decision) -> Iterable[str]:
    return (anchor.claim for anchor in decision.anchors)


def _verdict_words(one: Decision) -> str:
    if one.undoes:
        return "taken back"
    if one.verdict.startswith(ENTRY):
        return "an entry"
    return " ".join(map(short_id, one.verdict.split()))


def decision_shown(one: Decision) -> Settled:
    """Put a decision into words."""
    about = short_id(one.about) if ":" not in one.about else one.about.partition(":")[0]
    words = f"{about}: {_verdict_words(one)}"
    signed = listed((one_line(one.who), one.made[:10]))
    return Settled(one.id, one_line(words), one_line(one.reason), signed)
