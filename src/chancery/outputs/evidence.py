"""Looks up what a row rests on: its quotations, and the words that name its voice.

Reports get letters (A, B, … Z, AA) in the order in which they are quoted, so that a list can name
them briefly; `legend` says which is which.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from string import ascii_uppercase
from typing import Final

from chancery.ledger import Ledger
from chancery.model import Cite, Claim, Happening, Statement
from chancery.outputs.table import PLAIN, Style
from chancery.outputs.visible import one_line
from chancery.outputs.words import date_words, short_id

REPORTS_HELD: Final = 512
"""Texts kept in memory while rows are printed."""

INDENT: Final = "    "


class Evidence:
    """What rows of one ledger rest on."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._letters: dict[str, str] = {}
        self._quoted: dict[str, Cite] = {}
        self.report = lru_cache(REPORTS_HELD)(ledger.report)

    def quotes(self, row: Happening | Claim) -> list[Cite]:
        """Fetch the quotations a row rests on."""
        return list(self._ledger.cite(row))

    def voice_text(self, row: Happening | Claim | Statement) -> str | None:
        """Return the report's words that name the voice, where any do."""
        name = row.voice.name
        if name is None or row.voice.kind == "own":
            return None
        if isinstance(row, Happening):
            lead = self._ledger.claim(row.lead or row.claims[0])
            return name.of(self.report(lead.report).text)
        return name.of(self.report(row.report).text)

    def date_text(self, row: Happening | Claim) -> str | None:
        """Return the report's words for the date of a row that has none, where there are any."""
        if row.when.known or row.when.words is None:
            return None
        report = (
            self._ledger.claim(row.lead or row.claims[0]).report
            if isinstance(row, Happening)
            else row.report
        )
        return row.when.words.of(self.report(report).text)

    def quote_lines(self, row: Happening | Claim, style: Style = PLAIN) -> Iterator[str]:
        """Print each quotation of a row on one line: `A ¶5 “… met in March 2016 …”`."""
        for cite in self.quotes(row):
            self._quoted.setdefault(cite.report, cite)
            place = f"{self.letter(cite.report)} ¶{cite.paragraph}"
            yield f"{INDENT}{style.dim(place)} {quotation(cite, style)}"

    def letter(self, report: str) -> str:
        """Name a report by a letter, the same throughout a list."""
        return self._letters.setdefault(report, letters(len(self._letters)))

    def legend(self) -> Iterator[str]:
        """Say which letter names which report."""
        for report, letter in self._letters.items():
            cite = self._quoted[report]
            told = [date_words(cite.published), one_line(cite.source or ""), one_line(cite.title)]
            facts = " · ".join(fact for fact in told if fact)
            yield f"{letter} = {short_id(report)}  {facts}"


def letters(number: int) -> str:
    """Count in letters: A, B, … Z, AA, AB, …"""
    rest, place = divmod(number, len(ascii_uppercase))
    return (letters(rest - 1) if rest else "") + ascii_uppercase[place]


def quotation(cite: Cite, style: Style = PLAIN) -> str:
    """Set a quotation in its marks, an ellipsis where its sentence goes on, the deed's word bold."""
    first, last = cite.trigger.start - cite.span.start, cite.trigger.end - cite.span.start
    before, trigger, after = cite.words[:first], cite.words[first:last], cite.words[last:]
    if first < 0 or not trigger:
        before, trigger, after = cite.words, "", ""
    inner = one_line_parts(before, trigger, after)
    opening = "" if _stands_at(cite, start=True) else "… "
    closing = "" if _stands_at(cite, start=False) else " …"
    return f"“{opening}{inner[0]}{style.bold(inner[1])}{inner[2]}{closing}”"


def one_line_parts(*parts: str) -> list[str]:
    """Fold white space in each part to single spaces, keeping those between the parts."""
    folded = []
    for part in parts:
        left = " " if part[:1].isspace() else ""
        right = " " if part[-1:].isspace() and part.strip() else ""
        folded.append(f"{left}{one_line(part)}{right}")
    return folded


def _stands_at(cite: Cite, *, start: bool) -> bool:
    sentence, words = cite.sentence.strip(), cite.words.strip()
    return sentence.startswith(words) if start else sentence.endswith(words)

