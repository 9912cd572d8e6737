"""The rows that a brief is made from: fetched for many at once, each looked up once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from typing import Any, Literal, TypeAlias

from chancery.ledger import Ledger
from chancery.lexicon import Lexicon
from chancery.model import (
    Claim,
    Forecast,
    Happening,
    Link,
    Outcome,
    Reason,
    Report,
    Rival,
    Statement,
    Tie,
    When,
)
from chancery.outputs.brief.origins import count_origins
from chancery.outputs.brief.settings import weights
from chancery.outputs.evidence import lead_of

Kind: TypeAlias = Literal["claims", "statements", "reasons", "forecasts"]
"""What is fetched for many reports at once."""


class Gathered:
    """Rows of one ledger as of one snapshot, and the texts of their reports: many a query."""

    def __init__(self, ledger: Ledger, lexicon: Lexicon, as_of: str | None) -> None:
        self.ledger, self.lexicon, self.as_of = ledger, lexicon, as_of
        self._claims: dict[str, Claim] = {}
        self._told: dict[Kind, dict[str, list[Any]]] = {
            "claims": {}, "statements": {}, "reasons": {}, "forecasts": {},
        }  # fmt: skip
        self._ties: list[Tie] = []
        self._links: dict[str, list[Link]] = {}
        self._rivals: dict[str, list[Rival]] = {}
        self._happenings: dict[str, Happening] = {}
        self._of_claim: dict[str, str] = {}
        self._reports: dict[str, Report] = {}
        self.claims_told = cache(self._claims_told)
        self.reports_with = cache(self._reports_with)

    def happenings(self, who: Iterable[str], **filters: Any) -> list[Happening]:
        """Return the happenings in which all of these take part, without their claims.

        The filters are those of `Ledger.happenings`.
        """
        codes = sorted(set(who))
        rows = list(self.ledger.happenings(who=codes, as_of=self.as_of, **filters))
        self._keep(rows)
        return rows

    def happenings_told(self, reports: Iterable[str]) -> list[Happening]:
        """Return what any of some reports tells."""
        rows = list(self.ledger.happenings(reports=reports, as_of=self.as_of))
        self._keep(rows)
        return rows

    def fetch_claims(self, rows: Iterable[Happening]) -> None:
        """Fetch all claims of many happenings at once."""
        self._fetch(claim for row in rows for claim in row.claims)

    def fetch_leads(self, rows: Iterable[Happening]) -> None:
        """Fetch the leading claims of many happenings at once."""
        self._fetch(lead_of(row) for row in rows)

    def fetch_told(self, reports: Iterable[str], *kinds: Kind) -> None:
        """Fetch at once what many reports tell: rows of some kinds, else of all."""
        asked: dict[Kind, Callable[..., Iterable[Any]]] = {
            "claims": self.ledger.claims, "statements": self.ledger.statements,
            "reasons": self.ledger.reasons, "forecasts": self.ledger.forecasts,
        }  # fmt: skip
        for kind in kinds or tuple(asked):
            held = self._told[kind]
            missing = sorted(set(reports) - held.keys())
            held |= {report: [] for report in missing}
            for row in asked[kind](reports=missing, as_of=self.as_of) if missing else ():
                held[row.report].append(row)

    def _fetch(self, ids: Iterable[str]) -> None:
        missing = sorted(set(ids) - self._claims.keys())
        if missing:
            for claim in self.ledger.claims(ids=missing, as_of=self.as_of):
                self._claims[claim.id] = claim

    def happening(self, name: str) -> Happening:
        """Return one happening, by its id or that of one of its claims."""
        row = self.ledger.happening(name, as_of=self.as_of)
        self._keep([row])
        return row

    def _keep(self, rows: Iterable[Happening]) -> None:
        for row in rows:
            self._happenings[row.id] = row
            self._of_claim |= dict.fromkeys(row.claims, row.id)

    def claims_of(self, row: Happening) -> list[Claim]:
        """Return the claims of a happening, the leading one first."""
        self._fetch(row.claims)
        lead = lead_of(row)
        found = [self._claims[name] for name in row.claims if name in self._claims]
        return sorted(found, key=lambda claim: (claim.id != lead, claim.id))

    def lead(self, row: Happening) -> Claim:
        """Return the claim whose values a happening shows."""
        name = lead_of(row)
        self._fetch([name])
        return self._claims[name] if name in self._claims else self.claims_of(row)[0]

    def of_claim(self, claim: str) -> Happening:
        """Return the happening of a claim."""
        if claim not in self._of_claim:
            return self.happening(claim)
        return self._happenings[self._of_claim[claim]]

    def links(self, row: Happening) -> Sequence[Link]:
        """Return what bears on a happening."""
        self.fetch_links([row])
        return self._links[row.id]

    def fetch_links(self, rows: Iterable[Happening]) -> None:
        """Fetch at once what bears on many happenings, and the happenings at the other ends."""
        missing = sorted({row.id for row in rows} - self._links.keys())
        self._links |= {name: [] for name in missing}
        ends = set[str]()
        for link in self.ledger.links(missing, as_of=self.as_of) if missing else ():
            for name in dict.fromkeys((link.first, link.second)):
                ends.add(name)
                if name in missing:
                    self._links[name].append(link)
        if unknown := ends - self._happenings.keys():
            self._keep(self.ledger.happenings(ids=unknown, as_of=self.as_of))

    def rivals(self, row: Happening) -> Sequence[Rival]:
        """Return the disputed values of a happening, by field, the leading one first."""
        self.fetch_rivals([row])
        return self._rivals[row.id]

    def fetch_rivals(self, rows: Iterable[Happening]) -> None:
        """Fetch the disputed values of many happenings at once."""
        missing = sorted({row.id for row in rows if row.disputed} - self._rivals.keys())
        self._rivals |= {row.id: [] for row in rows if row.id not in self._rivals}
        for rival in self.ledger.rivals(missing, as_of=self.as_of) if missing else ():
            self._rivals[rival.happening].append(rival)

    def fetch_ties(self, rows: Sequence[Happening]) -> None:
        """Fetch at once why reports of many happenings have one root."""
        self._ties = list(self.ledger.ties(rows, as_of=self.as_of))

    def origin_count(self, rows: Sequence[Happening]) -> int:
        """Return how many independent roots the reports of some happenings have together."""
        return rows[0].origin_count if len(rows) == 1 else count_origins(rows, self._ties)

    def published(self, report: str) -> When:
        """Return the day on which a report was published."""
        return self.report(report).published

    def outcomes(self, reports: Iterable[str]) -> dict[str, Outcome]:
        """Return what became of the forecasts of some reports, by their ids."""
        found = self.ledger.outcomes(reports=reports, as_of=self.as_of)
        return {one.forecast: one for one in found}

    def _claims_told(self, report: str) -> list[Claim]:
        self.fetch_told([report], "claims")
        found: list[Claim] = self._told["claims"][report]
        self._claims |= {claim.id: claim for claim in found}
        return sorted(found, key=lambda claim: (claim.trigger, claim.id))

    def _reports_with(self, words: tuple[str, ...]) -> list[str]:
        """Return the reports that hold all these words; else those that hold most of them."""
        search = partial(self.ledger.search, as_of=self.as_of)
        if hits := search(" ".join(words)):
            return list(dict.fromkeys(hit.report for hit in hits))
        met: Counter[str] = Counter()
        for word in words:
            met.update({hit.report for hit in search(word)})
        found = sorted(met.items(), key=lambda item: (-item[1], item[0]))
        return [report for report, _ in found[: weights().found.most_reports]]

    def statements(self, report: str) -> list[Statement]:
        """Return the statements of a report."""
        self.fetch_told([report], "statements")
        return self._told["statements"][report]

    def reasons(self, report: str) -> list[Reason]:
        """Return the reasons that a report gives."""
        self.fetch_told([report], "reasons")
        return self._told["reasons"][report]

    def forecasts(self, report: str) -> list[Forecast]:
        """Return the forecasts of a report."""
        self.fetch_told([report], "forecasts")
        return self._told["forecasts"][report]

    # Words ---------------------------------------------------------------------------------------

    def fetch_reports(self, names: Iterable[str]) -> None:
        """Fetch the texts of many reports at once, before they are read one by one."""
        missing = set(names) - self._reports.keys()
        if missing:
            found = self.ledger.reports_named(missing, as_of=self.as_of).values()
            self._reports |= {report.id: report for report in found}

    def report(self, name: str) -> Report:
        """Return one report."""
        self.fetch_reports([name])
        return self._reports[name]

    def text(self, report: str) -> str:
        """Return a report's text."""
        return self.report(report).text
