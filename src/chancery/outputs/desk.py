"""An open ledger with its lexicon, as of one snapshot: what whoever looks works at.

Both the command line and the pages work at one; it brings in the whole ledger.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, MutableMapping, Sequence
from functools import cached_property
from operator import attrgetter
from pathlib import Path
from typing import Any

from chancery.ledger import Ledger
from chancery.ledger.filters import read_certainty
from chancery.ledger.wording import Place
from chancery.lexicon import Lexicon
from chancery.model import Claim, Happening, HeldState, Outcome, Reason, When
from chancery.outputs.asked import Filters
from chancery.outputs.coverage import coverage_line
from chancery.outputs.evidence import Evidence
from chancery.outputs.names import resolve_voice, resolve_what, resolve_who
from chancery.outputs.own import among
from chancery.outputs.sheet import Sheet
from chancery.outputs.sheets import (
    bar_sheet,
    claim_sheet,
    forecast_sheet,
    happening_sheet,
    own_sheet,
    same_source_sheet,
    statement_sheet,
    with_reasons,
)
from chancery.outputs.words import counted

RESOLVERS = {"who": resolve_who, "what": resolve_what, "voice": resolve_voice}


def open_wanted(states: str | None) -> bool:
    """Say whether what is still open is among the outcomes asked for; none given is all."""
    return not states or "open" in {one.strip() for one in states.split(",")}


class Desk:
    """A ledger, its lexicon, and how its rows are shown; `where` it lies, as the user put it.

    `words` are those of reports that are at hand, and where others are put.
    """

    def __init__(
        self, ledger: Ledger, lexicon: Lexicon, as_of: str | None, where: Path,
        words: MutableMapping[Place, str] | None = None,
    ) -> None:  # fmt: skip
        self._words = words
        self.where = where
        self.ledger = ledger
        self.lexicon = lexicon
        self.as_of = as_of

    @cached_property
    def evidence(self) -> Evidence:
        """Where the words that rows rest on are looked up."""
        return Evidence(self.ledger, self.as_of, self._words)

    @cached_property
    def happenings(self) -> Any:
        """How happenings are shown."""
        return happening_sheet(self.evidence, self.lexicon)

    def with_own(
        self, happenings: Sequence[Happening], filters: Filters
    ) -> tuple[Sequence[Any], Sheet[Any]]:
        """Return happenings with people's own entries among them, and how both are shown.

        A voice or a certainty is asked of reports only: no entry has any.
        """
        asked = self.asked(filters)
        limit = asked.pop("limit", None)
        none = "voice" in asked or "min" in asked
        entries = [] if none else self.ledger.entries(as_of=self.as_of, **asked)
        return among(happenings, entries)[:limit], own_sheet(self.evidence, self.lexicon)

    @cached_property
    def claims(self) -> Any:
        """How claims are shown."""
        return claim_sheet(self.evidence, self.lexicon)

    @cached_property
    def statements(self) -> Any:
        """How statements are shown."""
        judged = self.ledger.judgements(as_of=self.as_of)
        return statement_sheet(
            self.evidence, {about: grade for about, (grade, _) in judged.items()}
        )

    @cached_property
    def same_sources(self) -> Any:
        """How proposals that anonymous voices are one source are shown."""
        return same_source_sheet(self.evidence)

    def forecasts(self, outcomes: Iterable[Outcome]) -> Any:
        """Return how forecasts are shown with what became of them."""
        return forecast_sheet(self.evidence, {one.forecast: one for one in outcomes})

    def claims_with_reasons(self, claims: Sequence[Claim]) -> Sheet[Claim]:
        """Return how these claims are shown with their reasons."""
        found = self.ledger.reasons(claims=[one.id for one in claims], as_of=self.as_of)
        self.evidence.prepare(found, words=True, quotes=False)
        reasons: dict[str, list[Reason]] = {}
        for one in found:
            reasons.setdefault(one.claim or "", []).append(one)
        return with_reasons(self.claims, self.evidence, reasons)

    def bars(self, states: Sequence[HeldState]) -> Any:
        """Return how the states that these passages tell are shown."""
        self.evidence.prepare(states, words=True, quotes=False)
        return bar_sheet(self.evidence, {one.id: one for one in states})

    def coverage(self) -> str:
        """Return the coverage line."""
        return coverage_line(self.ledger.coverage(as_of=self.as_of))

    def undated_left_out(
        self,
        ask: Callable[..., Sequence[Any]],
        filters: Filters,
        day_of: Callable[[Any], When | None] = attrgetter("when"),
    ) -> str:
        """Say how many undated rows only the days asked for leave out; nothing if none."""
        days = {"since": "--from", "until": "--to"}
        asked = self.asked(filters)
        given = [option for name, option in days.items() if asked.pop(name, None)]
        asked.pop("limit", None)
        days_known = [(day := day_of(row)) and day.known for row in ask(**asked)] if given else []
        count = sum(not known for known in days_known)
        left_out = f"left out by {' and '.join(given)}"
        return f"{counted(count, 'undated row')} {left_out} · " if count else ""

    def open_ended_note(
        self, state: str | None, overdue: bool | None, asked: Mapping[str, Any]
    ) -> str:
        """Say how much is foretold without a deadline, beside the forecasts that were asked for.

        Nothing where only some outcomes, or deadlines within some days, are wanted.
        """
        if overdue or asked.get("since") or asked.get("until") or not open_wanted(state):
            return ""
        kept = {name: value for name, value in asked.items() if name != "limit"}
        count = self.ledger.tally_statements(open_ended=True, **{"as_of": self.as_of, **kept})
        return f"{count:,} more foretold without a deadline · " if count else ""

    def said(self, by: str | None, source: str | None, institution: str | None) -> dict[str, Any]:
        """Return whose words are wanted as the ledger's queries take it, only what was asked for.

        An outlet may be given by its name; raises `UsageError` where there is none.
        """
        asked: dict[str, Any] = {"by": by, "institution": institution}
        if source:
            asked["source"] = self.ledger.outlet_slug(source, as_of=self.as_of)
        return {name: value for name, value in asked.items() if value}

    def asked(self, filters: Filters) -> dict[str, Any]:
        """Return what the ledger's queries take: names resolved, only what was asked for."""
        asked = {name: value for name, value in filters.given() if name != "min"}
        for name, resolve in RESOLVERS.items():
            if name in asked:
                asked[name] = resolve(asked[name], self.lexicon)
        if filters.min is not None:
            asked["min"] = read_certainty(filters.min)
        return asked
