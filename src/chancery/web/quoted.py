"""What belongs to a quotation: its citation, where else it can be read, and what warns of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import quote as quote_url

from chancery.model import Claim, Report, When
from chancery.outputs.visible import one_line
from chancery.outputs.words import date_words, short_id
from chancery.web.shown import Quote
from chancery.web.visit import Visit

FRAGMENT_WORDS: Final = 8
"""Words at either end of a passage that a text fragment names."""
ARCHIVE: Final = "https://web.archive.org/web/"
"""Where an archive keeps pages by their day; asked only if a reader follows the link."""
COPIES: Final = frozenset({"same-text", "copy"})
"""Ties by which two reports should have the same words."""
DIFFERS: Final = "quote differs between copies"
LATER: Final = "corrected later"


def citation(quote: Quote, visit: Visit) -> str:
    """Write what one pastes into a text: words, outlet, title, day, place, and where they are."""
    facts = _facts(quote.source, quote.title, quote.published)
    place = f"{short_id(quote.claim)}, {visit.as_of[:12]}"
    return f"“{one_line(quote.words)}” {facts}, {quote.place} ({place})"


def cited(report: Report, visit: Visit) -> tuple[str, str]:
    """Return what all citations of a report have in common: its facts, and the snapshot."""
    source = report.source or "no outlet named"
    return _facts(source, report.title, date_words(report.published)), visit.as_of[:12]


def _facts(source: str, title: str, published: str) -> str:
    named = f"“{one_line(title)}”" if title else ""
    return ", ".join(filter(None, (one_line(source), named, published)))


def text_fragment(url: str, words: str) -> str:
    """Return an address that opens at a passage, as browsers understand `#:~:text=`.

    Source: WICG, Scroll to Text Fragment. A passage is named by its first and last words.
    """
    pieces = words.split()
    if not url or not pieces:
        return url
    first, last = pieces[:FRAGMENT_WORDS], pieces[-FRAGMENT_WORDS:]
    ends = (
        [" ".join(pieces)]
        if len(pieces) <= 2 * FRAGMENT_WORDS
        else [" ".join(first), " ".join(last)]
    )
    named = ",".join(quote_url(end, safe="", errors="replace").replace("-", "%2D") for end in ends)
    return f"{url.partition('#')[0]}#:~:text={named}"


def archived(url: str, published: When) -> str:
    """Return where an archive keeps a page, as it stood about the day it was published."""
    if not url:
        return ""
    day = published.first or published.last
    return f"{ARCHIVE}{f'{day:%Y%m%d}/' if day else ''}{url}"


def warned(visit: Visit, claims: Sequence[Claim]) -> dict[str, list[str]]:
    """Return, by the claims' ids, what readers of their quotations are to be warned of.

    A report may have been corrected since, and a copy of it may have other words.
    """
    reports = sorted({one.report for one in claims})
    later = visit.ledger.newer_versions_than(reports, as_of=visit.as_of)
    copies = _copies(visit, reports)
    return {one.id: list(_warnings(visit, one, later, copies)) for one in claims}


def _warnings(
    visit: Visit, claim: Claim, later: frozenset[str], copies: dict[str, list[str]]
) -> Iterator[str]:
    if claim.report in later:
        yield LATER
    words = _plain(claim.words.of(visit.desk.evidence.report(claim.report).text))
    others = (visit.desk.evidence.report(name).text for name in copies.get(claim.report, ()))
    if any(words not in _plain(text) for text in others):
        yield DIFFERS


def _plain(text: str) -> str:
    """Return text without what a copy changes though it quotes alike: spaces and the marks used."""
    return " ".join(text.translate(_MARKS).split())


_MARKS: Final = str.maketrans("“”„«»‘’", '"""""\'\'')


def _copies(visit: Visit, reports: Sequence[str]) -> dict[str, list[str]]:
    """Return which of some reports are copies of which others among them."""
    found: dict[str, list[str]] = {}
    if len(reports) > 1:
        for first, second, kind in visit.ledger.ties_between(reports, as_of=visit.as_of):
            if kind in COPIES:
                found.setdefault(first, []).append(second)
                found.setdefault(second, []).append(first)
    return found
