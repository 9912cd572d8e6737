"""Looks up what rows rest on: their quotations, and the report's words for voices and dates.

What many rows need is fetched at once (`prepare`). Reports get letters (A, B, … Z, AA) in the order
in which they are quoted, so that a list can name them briefly; `legend` says which is which.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from functools import cached_property
from string import ascii_uppercase
from typing import Any, Final

from chancery.ledger import Change, Ledger
from chancery.ledger.wording import Place
from chancery.model import (
    Cite,
    Claim,
    Forecast,
    Happening,
    HeldState,
    Reason,
    Report,
    SameSource,
    Span,
    Statement,
)
from chancery.outputs.table import PLAIN, Style
from chancery.outputs.visible import one_line, visible
from chancery.outputs.words import date_words, listed, short_id, voice_words

REPORTS_HELD: Final = 512
"""Texts kept in memory while rows are printed."""

ROWS_AT_ONCE: Final = 512
"""Rows for which one query fetches what they rest on."""

INDENT: Final = "    "

EARLIER: Final = "  · said in an earlier version"
"""After a quotation whose report was printed again with another text."""

CHAIN_MARK: Final = " ← "
"""Between two voices of which the first tells what the second says."""

Found = Reason | Forecast | HeldState | SameSource
Row = Happening | Claim | Statement | Found


class Evidence:
    """What the rows of one ledger rest on, as of one snapshot."""

    def __init__(
        self, ledger: Ledger, as_of: str | None = None,
        words: MutableMapping[Place, str] | None = None,
    ) -> None:  # fmt: skip
        self._ledger = ledger
        self._as_of = as_of
        self._letters: dict[str, str] = {}
        self._reports_told: dict[str, str] = {}
        self._words: MutableMapping[Place, str] = {} if words is None else words
        self._leads: dict[str, str] = {}
        self._cites: dict[str, Cite] = {}
        self._reports: OrderedDict[str, Report] = OrderedDict()

    def as_of(self, snapshot: str) -> Evidence:
        """Return the evidence of another snapshot, which names reports by the same letters."""
        other = Evidence(self._ledger, snapshot)
        other._letters, other._reports_told = self._letters, self._reports_told
        return other

    @property
    def ledger(self) -> Ledger:
        """The ledger that is looked into."""
        return self._ledger

    @property
    def pinned(self) -> str | None:
        """The snapshot that was named; none for the one the ledger was opened at."""
        return self._as_of

    # Reports -------------------------------------------------------------------------------------

    def report(self, name: str) -> Report:
        """Return one report by its id; those asked for last are at hand."""
        if name not in self._reports:
            self._keep({name: self._ledger.report(name, as_of=self._as_of)})
        self._reports.move_to_end(name)
        return self._reports[name]

    def prepare_reports(self, names: Iterable[str]) -> None:
        """Fetch at once some reports that will be asked for, by their whole ids."""
        missing = sorted(set(names) - self._reports.keys())[:REPORTS_HELD]
        if missing:
            self._keep(self._ledger.reports_named(missing, as_of=self._as_of))

    def _keep(self, reports: Mapping[str, Report]) -> None:
        self._reports.update(reports)
        while len(self._reports) > max(REPORTS_HELD, len(reports)):
            self._reports.popitem(last=False)

    # Words ---------------------------------------------------------------------------------------

    def prepare(self, rows: Sequence[Row], *, words: bool, quotes: bool) -> None:
        """Fetch at once what many rows show: words for voices and dates, and quotations."""
        for at in range(0, len(rows), ROWS_AT_ONCE):
            some = rows[at : at + ROWS_AT_ONCE]
            if quotes:
                self._fetch_cites(some)
            if words:
                self._fetch_words([row for row in some if _spans_shown(row)])

    def hold(self, rows: Iterable[Row], reports: Mapping[str, Report]) -> None:
        """Take in the words that rows show from reports that are at hand already."""
        for row in rows:
            report = reports[self.report_of(row)]
            for span in _spans_shown(row):
                self._words[report.id, span] = span.of(report.text)

    def _find_leads(self, rows: Iterable[Happening]) -> None:
        several = [lead_of(row) for row in rows if len(row.reports) > 1]
        unknown = [lead for lead in several if lead not in self._leads]
        if unknown:
            found = self._ledger.places_of_claims(unknown, as_of=self._as_of)
            self._leads |= {name: report for name, (report, _) in found.items()}

    def _fetch_words(self, rows: Sequence[Row]) -> None:
        self._find_leads([row for row in rows if isinstance(row, Happening)])
        places = {(self.report_of(row), span) for row in rows for span in _spans_shown(row)}
        wanted = {one for one in places - self._words.keys() if one[0] not in self._reports}
        if not wanted:
            return
        self._words.update(self._ledger.words_at(wanted, as_of=self._as_of))

    def report_of(self, row: Row) -> str:
        """Return the report that a row's own spans point into."""
        if not isinstance(row, Happening):
            return row.report
        if len(row.reports) == 1:
            return row.reports[0]
        lead = lead_of(row)
        if lead not in self._leads:
            self._find_leads([row])
        return self._leads[lead]

    def _words_at(self, row: Row, span: Span | None) -> str | None:
        if span is None:
            return None
        place = self.report_of(row), span
        if place not in self._words:
            self._words[place] = span.of(self.report(place[0]).text)
        return self._words[place]

    def voice_text(self, row: Happening | Claim | Statement | Reason | Forecast) -> str | None:
        """Return the report's words that name the voice, where any do."""
        return self._words_at(row, None if row.voice.kind == "own" else row.voice.name)

    def chain_text(self, row: Claim | Statement) -> str:
        """Return the report's words for the voices that words came through, outermost first.

        Nothing where they came through none but the row's own voice.
        """
        chain = row.voice.chain
        links = [*(one.outer for one in chain), *(one.inner for one in chain[-1:])]
        return CHAIN_MARK.join(f"“{one_line(self._words_at(row, one) or '')}”" for one in links)

    def voice_badge(self, row: Claim | Statement) -> str:
        """Show on whose word a row rests; all its voices where words came through several."""
        return voice_words(row.voice, self.voice_text(row), self.chain_text(row))

    def facet_text(self, row: Statement) -> str:
        """Say in short what the description of an anonymous voice tells; nothing of any other."""
        facets = row.facets
        if facets is None:
            return ""
        told = (facets.rank, facets.institution, facets.reason)
        words = [one_line(self._words_at(row, span) or "") for span in told]
        tenure = "current and former" if facets.tenure == "both" else facets.tenure
        return listed((facets.number or "", tenure or "", *words))

    def date_text(self, row: Happening | Claim) -> str | None:
        """Return the report's words for the date of a row that has none, where there are any."""
        return self._words_at(row, None if row.when.known else row.when.words)

    def statement_text(self, row: Statement) -> str:
        """Return the words of a statement."""
        return self._words_at(row, row.content) or ""

    def found_text(self, row: Found, span: Span | None) -> str | None:
        """Return the words at one of the row's own spans; none where it has no such span."""
        return self._words_at(row, span)

    # Quotations ----------------------------------------------------------------------------------

    def quotes(self, row: Any) -> Sequence[Cite]:
        """Fetch the quotations a row rests on; a statement or report is its own words."""
        claims = _claims_of(row)
        if not all(claim in self._cites for claim in claims):
            self._fetch_cites([row])
        return [self._cites[claim] for claim in claims if claim in self._cites]

    def prepare_quotes(self, rows: Sequence[Any]) -> None:
        """Fetch at once the quotations of many rows of any kind."""
        for at in range(0, len(rows), ROWS_AT_ONCE):
            self._fetch_cites(rows[at : at + ROWS_AT_ONCE])

    def _fetch_cites(self, rows: Iterable[Any]) -> None:
        known = self._cites.keys()
        wanted = [row for row in rows if not known >= set(_claims_of(row))]
        if wanted:
            cites = self._ledger.cite(wanted, as_of=self._as_of)
            self._cites |= {cite.claim: cite for cite in cites}

    def quoted(self, rows: Sequence[Any]) -> Iterator[tuple[Any, Sequence[Cite]]]:
        """Give each row with its quotations, fetched for many rows at once."""
        for at in range(0, len(rows), ROWS_AT_ONCE):
            some = rows[at : at + ROWS_AT_ONCE]
            self._cites.clear()
            self._fetch_cites(some)
            yield from ((row, self.quotes(row)) for row in some)

    def quote_lines(self, row: Happening | Claim | Change, style: Style = PLAIN) -> Iterator[str]:
        """Print each quotation of a row on one line: `A ¶5 “… met in March 2016 …”`."""
        for cite in self.quotes(row):
            self._reports_told[cite.report] = report_words(cite)
            place = f"{self.letter(cite.report)} ¶{cite.paragraph}"
            earlier = EARLIER if cite.report in self._older else ""
            yield f"{INDENT}{style.dim(place)} {quotation(cite, style)}{style.dim(earlier)}"

    @cached_property
    def _older(self) -> frozenset[str]:
        """The reports that a newer version of their article stands for."""
        return self._ledger.older_versions(as_of=self._as_of)

    def statement_lines(self, row: Statement, style: Style = PLAIN) -> Iterator[str]:
        """Print a statement whole on a line, with its report, and what is told of its voice."""
        words = one_line(self.statement_text(row))
        yield f"{INDENT}{style.dim(self.letter(row.report))} “{words}”"
        if chain := self.chain_text(row):
            yield f"{INDENT}{style.dim('through')} {chain}"
        if facets := self.facet_text(row):
            yield f"{INDENT}{style.dim('described as')} {facets}"

    def found_line(self, row: Forecast | HeldState, style: Style = PLAIN) -> str:
        """Print the passage that a row rests on, on a line of its own, with its report."""
        words = one_line(self._words_at(row, row.span) or "")
        return f"{INDENT}{style.dim(self.letter(row.report))} “{words}”"

    def reason_line(self, row: Reason, style: Style = PLAIN) -> str:
        """Print a reason on one line: `response: in response to “the raid”  ● own voice`."""
        cue, passage = (one_line(self._words_at(row, s) or "") for s in (row.cue, row.passage))
        cue = "" if row.passage.overlaps(row.cue) else f"{cue} "
        voice = voice_words(row.voice, self.voice_text(row))
        return f"{INDENT}{style.dim(row.kind)}: {cue}“{passage}”  {voice}"

    def letter(self, report: str) -> str:
        """Name a report by a letter, the same throughout a list."""
        return self._letters.setdefault(report, letters(len(self._letters)))

    def legend(self) -> Iterator[str]:
        """Say which letter names which report."""
        for name, letter in self._letters.items():
            told = self._reports_told.get(name) or report_words(self.report(name))
            yield f"{letter} = {short_id(name)}  {told}"


def report_words(report: Report | Cite) -> str:
    """Say which report it is: its day, its outlet, its title."""
    facts = (date_words(report.published), report.source or "", report.title)
    return listed(map(one_line, facts))


def lead_of(happening: Happening) -> str:
    """Return the claim that leads: whose date and voice the happening shows."""
    return happening.lead or happening.claims[0]


def _spans_shown(row: Row) -> list[Span]:
    if isinstance(row, HeldState):
        return [row.span]
    if isinstance(row, SameSource):
        return [row.first, row.second]
    spans = [None if row.voice.kind == "own" else row.voice.name]
    spans += [span for one in row.voice.chain for span in (one.outer, one.inner)]
    if isinstance(row, Statement):
        spans.append(row.content)
        if row.facets:
            spans += [row.facets.rank, row.facets.institution, row.facets.reason]
    elif isinstance(row, Reason):
        spans += [row.cue, row.passage]
    elif isinstance(row, Forecast):
        spans += [row.span, row.test, row.condition]
    elif not row.when.known:
        spans.append(row.when.words)
    return [span for span in spans if span]


def _claims_of(row: Any) -> Sequence[str]:
    if isinstance(row, Happening):
        return sorted(row.claims, key=lambda claim: (claim != row.lead, claim))
    if isinstance(row, Change):
        return row.claims
    return (row.id,) if isinstance(row, Claim) else ()


def letters(number: int) -> str:
    """Count in letters: A, B, … Z, AA, AB, …"""
    rest, place = divmod(number, len(ascii_uppercase))
    return (letters(rest - 1) if rest else "") + ascii_uppercase[place]


def quotation(cite: Cite, style: Style = PLAIN) -> str:
    """Set a quotation in its marks, with an ellipsis where its sentence goes on."""
    first, last = cite.trigger.start - cite.span.start, cite.trigger.end - cite.span.start
    parts = [cite.words[:first], cite.words[first:last], cite.words[last:]]
    before, trigger, after = (_folded(part) for part in parts)
    opening = "" if cite.sentence.lstrip().startswith(cite.words.lstrip()) else "… "
    closing = "" if cite.sentence.rstrip().endswith(cite.words.rstrip()) else " …"
    return f"“{opening}{before}{style.bold(trigger)}{after}{closing}”"


def _folded(part: str) -> str:
    """Fold white space to single spaces, keeping one at either end."""
    return visible(" ".join(f"|{part}|".split()))[1:-1]
