"""What lies around one happening: its claims' joins, links, rivals, ties. A part of `store.Ledger`.

`as_of` is as for every question to the ledger.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from chancery.errors import UsageError
from chancery.ledger import tables
from chancery.ledger.control import Control
from chancery.ledger.deciding import only_one
from chancery.ledger.findings import AsOf
from chancery.ledger.origins import ONE_STORY
from chancery.ledger.rows import Rows
from chancery.ledger.shelf import Shelf
from chancery.model import Claim, Happening, Link, Rival, Tie
from chancery.noun import is_whole

if TYPE_CHECKING:
    from chancery.ledger.compare import Comparison


class Around(ABC):
    """The questions to a ledger about one happening, or one claim."""

    _shelf: Shelf
    _control: Control

    @abstractmethod
    def _at(self, as_of: AsOf) -> int:
        """Return the commit that is meant."""

    def happening(self, name: str, *, as_of: AsOf = None) -> Happening:
        """Return one happening by its id, the beginning of it, or the id of one of its claims.

        An id that a new claim has replaced still finds its happening. Raises `UsageError` where
        none is meant, or more than one.
        """
        return self._happening_at(name, self._at(as_of))

    def _happening_at(self, name: str, pin: int) -> Happening:
        if not name.startswith(("hap_", "clm_")):
            raise UsageError(f"not a happening's id: {name!r}", hint="ids look like hap_4f2a")
        found = self._happenings_named(name, pin)
        if not found and name.startswith("hap_"):
            ids = (row[0] for row in self._shelf.fetch(pin, "claim_ids").rows)
            old = [id_ for id_ in ids if Happening.make_id((id_,)).startswith(name)]
            found = [one for id_ in old for one in self._happenings_named(id_, pin)]
        return only_one(found, name, "happening", "chancery chron lists them")

    def _happenings_named(self, name: str, pin: int) -> list[Happening]:
        step, parameters = "happenings_named", {"name": name, "whole": is_whole(name)}
        if is_whole(name) and name.startswith("hap_"):
            step, parameters = "happenings_by_id", {"name": name}
        rows: Rows[Happening] = self._shelf.rows(
            pin, step, tables.HAPPENINGS, parameters, derived=True
        )  # fmt: skip
        return list(rows)

    def _happening_ids(self, named: str | Iterable[str], pin: int) -> list[str]:
        if isinstance(named, str):
            return [self._happening_at(named, pin).id]
        return sorted(set(named))

    def claim(self, name: str, *, as_of: AsOf = None) -> Claim:
        """Return one claim by its id or the beginning of it; raises `UsageError` likewise."""
        pin = self._at(as_of)
        if not name.startswith("clm_"):
            raise UsageError(f"not a claim's id: {name!r}", hint="ids look like clm_77d0")
        if is_whole(name):
            step: str = "claims_by_id"
            parameters: dict[str, object] = {"ids": [name]}
        else:
            step, parameters = "claims_by_name", {"name": name}
        found: Rows[Claim] = self._shelf.rows(pin, step, tables.CLAIMS, parameters)
        return only_one(list(found), name, "claim", "chancery claims lists them")

    def why(self, first: str, second: str, *, as_of: AsOf = None) -> list[str]:
        """Say why two claims are one happening, join by join; empty where they are not."""
        pin = self._at(as_of)
        happening = self._happening_at(first, pin)
        if second not in (happening.id, *happening.claims):
            return []
        answer = self._shelf.fetch(pin, "joins_of", {"happening": happening.id}, derived=True)
        return [f"{one} + {other}: {'; '.join(reasons)}" for one, other, reasons in answer.rows]

    def compare(self, first: str, second: str, *, as_of: AsOf = None) -> Comparison:
        """Lay two claims side by side, whether they are one happening or not.

        A happening's id stands for its leading claim. Raises `UsageError` where none is meant.
        """
        from chancery.ledger.laid_beside import lay_beside

        pin = self._at(as_of)
        one, other = (self._leading_claim(name, pin) for name in (first, second))
        fetch = partial(self._shelf.fetch, pin)
        derived = partial(self._shelf.fetch, pin, derived=True)
        return lay_beside(one, other, fetch, derived, self._shelf.settled(pin))

    def _leading_claim(self, name: str, pin: int) -> Claim:
        lead = self._happening_at(name, pin).lead if name.startswith("hap_") else name
        return self.claim(lead, as_of=self._control.snapshot(pin).id)

    def links(self, happening: str | Iterable[str], *, as_of: AsOf = None) -> Rows[Link]:
        """Return what bears on a happening, and what it bears on: stages of one course.

        Of several happenings at once, by their whole ids.
        """
        pin = self._at(as_of)
        parameters = {"happenings": self._happening_ids(happening, pin)}
        return self._shelf.rows(pin, "links_of", tables.LINKS, parameters, derived=True)

    def rivals(self, happening: str | Iterable[str], *, as_of: AsOf = None) -> Rows[Rival]:
        """Return the values of the disputed fields of a happening, side by side.

        Of several happenings at once, by their whole ids.
        """
        pin = self._at(as_of)
        parameters = {"happenings": self._happening_ids(happening, pin)}
        return self._shelf.rows(pin, "rivals_of", tables.RIVALS, parameters, derived=True)

    def ties_between(
        self, reports: Iterable[str], *, as_of: AsOf = None
    ) -> list[tuple[str, str, str]]:
        """Return the ties that hold between two of some reports: which two, and of what kind."""
        asked = {"reports": sorted(set(reports))}
        answer = self._shelf.fetch(
            self._at(as_of), "ties_between", asked, derived=True, hold=True
        )  # fmt: skip
        return [(first, second, kind) for first, second, kind in answer.rows]

    def ties(self, happening: str | Iterable[Happening], *, as_of: AsOf = None) -> Rows[Tie]:
        """Return why reports of a happening have one root: why its origins are fewer than they.

        Those that do not hold are among them. Of several happenings, whose reports are then taken
        together, the rows are given.
        """
        pin = self._at(as_of)
        one = [self._happening_at(happening, pin)] if isinstance(happening, str) else [*happening]
        parameters = {
            "reports": sorted({report for row in one for report in row.reports}),
            "claims": sorted({claim for row in one for claim in row.claims}),
            "one_story": sorted(ONE_STORY),
        }
        return self._shelf.rows(pin, "ties_among", tables.TIES, parameters, derived=True)
