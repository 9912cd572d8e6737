"""How pages are linked: on the server by addresses, in a static dossier by files."""

from __future__ import annotations

from typing import Protocol
from urllib.parse import quote

from chancery.model import Cite, Span
from chancery.web.address import Address


class Links(Protocol):
    """Writes where a thing's page is; every link keeps the pinned snapshot."""

    def to(self, path: str, **fields: object) -> str:
        """Link any screen, such as `/chronology`, with these fields."""
        ...

    def happening(self, name: str) -> str:
        """Link a happening's page."""
        ...

    def report(self, name: str, *, claim: str = "", span: Span | None = None) -> str:
        """Link a report's page, at a claim or at a passage."""
        ...

    def static(self, name: str) -> str:
        """Link a file that comes with the pages."""
        ...

    def cite(self, cite: Cite) -> str:
        """Link a quotation to where it stands."""
        ...


class ServedLinks:
    """Links of a running server."""

    def __init__(self, as_of: str | None = None) -> None:
        self._as_of = as_of

    def to(self, path: str, **fields: object) -> str:
        """Link any screen, such as `/chronology`, with these fields."""
        return str(Address(quote(path)).with_(**{"asof": self._as_of, **fields}))

    def happening(self, name: str) -> str:
        """Link a happening's page."""
        return self.to(f"/happening/{name}")

    def report(self, name: str, *, claim: str = "", span: Span | None = None) -> str:
        """Link a report's page, at a claim or at a passage."""
        place = f"#{claim}" if claim else f"#at{span.start}" if span else ""
        fields = {} if claim or not span else {"mark": f"{span.start}-{span.end}"}
        return self.to(f"/report/{name}", **fields) + place

    def static(self, name: str) -> str:
        """Link a file that comes with the pages."""
        return f"/static/{name}"

    def cite(self, cite: Cite) -> str:
        """Link a quotation to where it stands."""
        return self.report(cite.report, claim=cite.claim, span=cite.span)
