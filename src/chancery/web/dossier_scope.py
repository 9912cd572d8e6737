"""Which pages a static dossier has: those that the filters let through, each list once.

A served ledger shows a list in as many ways as there are filters, orders and groups; followed from
link to link these are more pages than rows. A dossier has each once: fields that only sort, group
or narrow a list fall away, so that such a link leads to the whole of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any, Final

import msgspec

from chancery.outputs.desk import Desk
from chancery.outputs.words import listed
from chancery.web.address import Address

KEPT: Final = {
    "chronology": ("page", "who"),
    "happening": (),
    "reports": ("page",),
    "report": (),
    "relations": (),
    "sources": ("page",),
    "source": ("page",),
    "voice": ("page",),
    "statements": ("page", "source"),
    "forecasts": ("page",),
    "brief": ("q",),
    "limits": (),
    "chart": ("form",),
}
"""The screens of a dossier, and the fields by which one has several pages."""
FILTERED: Final = {
    "chronology": ("who", "what", "from", "to", "voice", "min"),
    "statements": ("who", "from", "to", "voice"),
    "forecasts": ("who", "from", "to", "voice"),
    "relations": ("from", "to"),
}
"""The filters that a screen knows. Where others are set, and for screens that know none, a filtered
dossier leaves it out: it would show more than was asked for."""
ALWAYS: Final = frozenset({"happening", "report", "brief", "limits"})
"""Screens that stand for one thing, or for none: no filter narrows them."""
DOORS: Final = ("relations", "reports", "sources", "statements", "forecasts", "limits")


class Scope:
    """What a dossier holds; made once, asked for every link."""

    def __init__(
        self, desk: Desk, filters: dict[str, str], *, whole_texts: bool = False,
        briefs: tuple[str, ...] = (),
    ) -> None:  # fmt: skip
        self._desk = desk
        self._filters = {name: value for name, value in filters.items() if value}
        self.whole_texts = whole_texts
        self.briefs = briefs
        self.start = Address("/chronology").with_(**self._filters)

    @property
    def words(self) -> str:
        """Say what was asked for; nothing where all is there."""
        return listed(f"{name} {value}" for name, value in self._filters.items())

    def doors(self) -> Iterator[Address]:
        """Give the pages that are made whether or not a link leads there."""
        doors = [*(Address(f"/{name}") for name in DOORS), *self._relations]
        doors += [Address("/brief").with_(q=words) for words in self.briefs]
        yield from (page for one in doors if (page := self.page(one)))

    def screens(self) -> frozenset[str]:
        """Name the screens that the dossier has."""
        names = {name for name in DOORS if self.page(Address(f"/{name}"))}
        return frozenset({*names, "chronology"} | ({"brief"} if self.briefs else set()))

    def page(self, address: Address, *, anyway: bool = False) -> Address | None:
        """Return the page that a link leads to, with what falls away gone; none where it is not in.

        `anyway` also lets in a happening or report that the filters leave out: a brief rests on it.
        """
        address = self._instead(address)
        first, *names = address.path.strip("/").split("/")
        if first not in KEPT or address.form != "html" or not self._lets_in(first, names, address):
            return None
        kept = {name: value for name in KEPT[first] if (value := address.get(name))}
        fields = {**self._narrowing(first), **kept}
        plain = Address(address.path).with_(**dict(sorted(fields.items())))
        if first == "happening":
            name = self._happenings.get(names[0] if names else "")
            name = name or (self._resolved(names) if anyway else "")
            return Address(f"/happening/{name}") if name else None
        if first == "report":
            return plain if anyway or self._holds_report(names) else None
        if first == "relations" and names:
            return msgspec.structs.replace(plain, path=f"/relations/{_sorted(names[0])}")
        return plain

    def _instead(self, address: Address) -> Address:
        """Return what stands for an overview of everything in a dossier of something."""
        if self._filters and address.path == "/relations" and self._relations:
            return self._relations[0]
        if self._filters and address.path == "/sources":
            return msgspec.structs.replace(address, path="/statements")
        return address

    def holds(self, claim: str) -> bool:
        """Say whether a claim is of a happening that is in."""
        return not self._filters or claim in self._happenings

    def _lets_in(self, first: str, names: list[str], address: Address) -> bool:
        if first == "brief":
            return address.get("q") in self.briefs
        if first == "relations" and names and names[0].count("-") != max(1, len(self._who) - 1):
            return False
        if not self._filters or first in ALWAYS:
            return True
        if first in ("relations", "chart"):
            whose = names and set(_sorted(names[0]).split("-")) == set(self._who)
            return bool(whose) and self._filters.keys() <= {"who", *FILTERED["relations"]}
        return self._filters.keys() <= set(FILTERED.get(first, ()))

    def _narrowing(self, first: str) -> dict[str, str]:
        known = FILTERED.get(first, ())
        return {name: value for name, value in self._filters.items() if name in known}

    @cached_property
    def _asked(self) -> dict[str, Any]:
        return {**self._desk.asked(self.start.filters), "as_of": self._desk.as_of}

    @property
    def _who(self) -> list[str]:
        return [str(code) for code in self._asked.get("who", ())]

    @property
    def _relations(self) -> list[Address]:
        return [Address(f"/relations/{'-'.join(self._who)}")] if len(self._who) in (2, 3) else []

    @cached_property
    def _rows(self) -> list[Any]:
        """Return the happenings let through; undated ones whatever the days asked for."""
        ledger = self._desk.ledger
        days = {"since", "until"}
        anytime = {name: value for name, value in self._asked.items() if name not in days}
        rows = list(ledger.happenings(**self._asked))
        if days & self._asked.keys():
            rows += ledger.happenings(**anytime, dated=False)
        return rows

    @cached_property
    def _happenings(self) -> dict[str, str]:
        """Return which happening an id means: its own, or that of a claim."""
        own = {row.id: row.id for row in self._rows}
        return {claim: row.id for row in self._rows for claim in row.claims} | own

    @cached_property
    def _reports(self) -> frozenset[str]:
        return frozenset(name for row in self._rows for name in row.reports)

    def _holds_report(self, names: list[str]) -> bool:
        """Say whether a report's page is in; its versions only where whole texts are."""
        if not self.whole_texts and len(names) > 1:
            return False
        return not self._filters or (bool(names) and names[0] in self._reports)

    def _resolved(self, names: list[str]) -> str:
        return self._desk.ledger.happening(names[0], as_of=self._desk.as_of).id if names else ""


def _sorted(name: str) -> str:
    """Name the same states in one order: both directions stand on one page."""
    return "-".join(sorted(name.split("-")))
