"""What an address asks of statements, forecasts and voices, and the command that asks the same."""

from __future__ import annotations

import shlex
from typing import Any, Final
from urllib.parse import unquote

import msgspec

from chancery.web.address import FILTER_WORDS, Address
from chancery.web.visit import Visit

OPTIONS: Final = {
    "who": "--who", "voice": "--voice", "from": "--from", "to": "--to", "report": "--report",
    "by": "--by", "source": "--source", "institution": "--institution", "group": "--group",
    "state": "--state", "asof": "--as-of",
}  # fmt: skip
FLAGS: Final = {"foresees": "--foresees", "open_ended": "--open-ended", "overdue": "--overdue"}
SAID: Final = ("by", "source", "institution")


class Asking(msgspec.Struct, frozen=True):
    """The filters of one screen: `known` are the fields of the address that it understands.

    `fixed` are those that the address has in its path: the voice of a voice's page.
    """

    visit: Visit
    known: tuple[str, ...]
    fixed: dict[str, str] = {}

    def get(self, name: str) -> str:
        """Return a field's value, empty where it is not given or not understood."""
        return self.fixed.get(name) or (self.address.get(name) if name in self.known else "")

    @property
    def address(self) -> Address:
        """Return the address."""
        return self.visit.address

    @property
    def queries(self) -> dict[str, Any]:
        """Return what the ledger's queries take, names resolved, pinned."""
        names = {FILTER_WORDS[word] for word in self.known if word in FILTER_WORDS}
        asked = {name: value for name, value in self.visit.asked.items() if name in names}
        said = {name: self.get(name) or None for name in SAID}
        if any(said.values()):
            asked |= self.visit.desk.said(**said)
        if report := self.get("report"):
            asked["report"] = report
        asked |= {name: True for name in ("foresees", "open_ended") if self.get(name)}
        return {**asked, "as_of": self.visit.as_of}

    @property
    def states(self) -> dict[str, Any]:
        """Return what is asked of the outcomes of forecasts beside."""
        return {"state": self.get("state") or None, "overdue": bool(self.get("overdue")) or None}

    def command(self, verb: str) -> str:
        """Write the command that gives the same rows."""
        words = ["chancery", verb]
        for name, option in OPTIONS.items():
            known = name in self.known or name in self.fixed or name == "asof"
            value = ",".join(self.address.all(name)) if name == "who" else self._given(name)
            if known and value:
                words += [option, value]
        words += [flag for name, flag in FLAGS.items() if self.get(name)]
        return shlex.join(words)

    def _given(self, name: str) -> str:
        return self.address.as_of or "" if name == "asof" else self.get(name)

    def link(self, path: str, **more: object) -> str:
        """Link a list that keeps what this one asks of voices, and asks for more."""
        fields: dict[str, object] = {name: self.get(name) for name in ("who", "voice", *SAID)}
        fields.update(more)
        return self.visit.links.to(path, **fields)


class Pages(msgspec.Struct, frozen=True):
    """Where one is in a long list."""

    number: int
    total: int
    size: int
    address: Address
    as_of: str

    @classmethod
    def of(cls, visit: Visit, total: int, size: int) -> Pages:
        """Return the page that the address names; one beyond the last is the last."""
        last = max(1, -(-total // size))
        number = min(max(1, visit.address.number("page", 1)), last)
        return cls(number, total, size, visit.address, visit.as_of)

    @property
    def offset(self) -> int:
        """Return how many rows stand before it."""
        return (self.number - 1) * self.size

    @property
    def words(self) -> str:
        """Say which rows are shown."""
        last = min(self.offset + self.size, self.total)
        whole = self.total <= self.size
        return f"all {self.total:,}" if whole else f"{self.offset + 1:,}–{last:,} of {self.total:,}"

    @property
    def before(self) -> str:
        """Link the page before; nothing on the first."""
        return self._link(self.number - 1) if self.number > 1 else ""

    @property
    def after(self) -> str:
        """Link the next page; nothing on the last."""
        return self._link(self.number + 1) if self.offset + self.size < self.total else ""

    def _link(self, number: int) -> str:
        return str(self.address.with_(page=number, at=self.as_of, done=None))


def plain_name(name: str) -> str:
    """Return a name of the address's path as it is meant, percent signs resolved."""
    return unquote(name)
