"""Which reports rest on one root, and why.

`find_ties` finds the ties between reports, and of reports and claims to the outlets they rest on;
`Kinship` answers from ties. Start reading there: what makes a tie is in `copies.py` (one text),
`retranslations.py` (one text, translated anew), `wires.py` (one agency) and `relayed.py` (one
outlet quoted).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

import msgspec

from chancery.ledger.copies import find_copies
from chancery.ledger.outlets import load_outlets
from chancery.ledger.policy import Policy
from chancery.ledger.query import Answer
from chancery.ledger.relayed import find_relayed
from chancery.ledger.retranslations import find_retranslations
from chancery.ledger.wires import find_wires
from chancery.model import Trait
from chancery.reconciled import Tie, TieKind

Fetch = Callable[[str, Mapping[str, Any]], Answer]

EDGE: Final = 200
"""Characters of a text's beginning and end in which an agency may be credited."""

TOLD: Final = 60
"""Characters after a verb of telling that are looked at."""

REPORTS_AT_ONCE: Final = 2000
"""Reports that are compared with all others in one query, so that its memory stays small."""

ONE_STORY: Final = frozenset({"same-text", "copy", "excerpt", "retranslation"})
"""Ties between two reports; the others are to a root that has a name."""


def find_ties(fetch: Fetch, policy: Policy, new_reports: Sequence[str] | None = None) -> list[Tie]:
    """Return all ties, sorted; those of new reports only, where these are given.

    `fetch` runs a named step of `sql/`. The ties of some reports to all others, and the ties found
    before these came, are together the ties of all: `settle_ties` then says which of them hold.
    """
    only = None if new_reports is None else sorted(set(new_reports))
    credits = fetch("credits", {"edge": EDGE, "new_reports": only}).rows
    voices = fetch("voices_of_claims", {"told": TOLD, "new_reports": only}).rows
    outlets = load_outlets(policy, [row[0] for row in fetch("outlets", {}).rows])
    ties = [*find_wires(credits, policy), *find_relayed(voices, outlets)]
    new = only is not None
    reports = [row[0] for row in fetch("report_outlets", {}).rows] if only is None else only
    for start in range(0, len(reports), REPORTS_AT_ONCE):
        wanted = reports[start : start + REPORTS_AT_ONCE]
        ties += find_copies(fetch, policy, wanted, new=new)
        ties += find_retranslations(fetch, policy, wanted, new=new)
    return sorted(set(ties), key=_order)


def settle_ties(ties: Iterable[Tie], policy: Policy) -> list[Tie]:
    """Return ties, sorted, with those marked that do not hold.

    A report that was cut fits a form, or an earlier report of a series, as well as the one that it
    was cut from. Of two texts that have no tie to each other, it is a copy only of the one that
    holds far more of it.
    """
    found = sorted(ties, key=_order)
    shares: dict[str, dict[str, float]] = {}
    for tie in found:
        for mine, theirs in _explained(tie):
            shares.setdefault(mine, {})[theirs] = tie.share
    pairs = {(tie.first, tie.second) for tie in found}

    def is_outdone(mine: str, theirs: str, share: float) -> bool:
        return any(
            more >= share + policy.copies.far_more and _sorted_pair(other, theirs) not in pairs
            for other, more in shares[mine].items()
        )

    return [
        msgspec.structs.replace(
            tie, holds=not any(is_outdone(*pair, tie.share) for pair in _explained(tie))
        )
        for tie in found
    ]


def _order(tie: Tie) -> tuple[str, str, str]:
    return tie.first, tie.second, tie.kind


def _sorted_pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def _explained(tie: Tie) -> list[tuple[str, str]]:
    """Return which report of a tie the other explains: the part, or either of two like texts."""
    ways = [(tie.first, tie.second), (tie.second, tie.first)] if tie.part else []
    return [(mine, theirs) for mine, theirs in ways if tie.kind != "excerpt" or mine == tie.part]


class Kinship(msgspec.Struct, frozen=True):
    """What reports have to do with each other.

    `stories` names each report's copies, and `texts` those with the very same text, by the least
    id among them; `agencies` are the agencies and outlets that a report, or a claim, rests on;
    `outlets` its source, `pages` the page it was printed at. `found` are the ties of each report
    and claim. `capitals` is the state whose own outlet published a report, `published` its day,
    `traits` what is odd about it.
    """

    stories: Mapping[str, str] = {}
    texts: Mapping[str, str] = {}
    agencies: Mapping[str, frozenset[str]] = {}
    outlets: Mapping[str, str | None] = {}
    pages: Mapping[str, str] = {}
    found: Mapping[str, tuple[Tie, ...]] = {}
    capitals: Mapping[str, str] = {}
    published: Mapping[str, date] = {}
    traits: Mapping[str, tuple[Trait, ...]] = {}

    @classmethod
    def from_ties(cls, ties: Iterable[Tie], outlets: Mapping[str, str | None]) -> Kinship:
        """Return the kinship that ties make; `outlets` is the source of each report."""
        found: dict[str, list[Tie]] = {}
        agencies: dict[str, set[str]] = {}
        pairs, same = [], []
        for tie in ties:
            if not tie.holds:
                continue
            found.setdefault(tie.first, []).append(tie)
            if tie.kind in ONE_STORY:
                found.setdefault(tie.second, []).append(tie)
                pairs.append((tie.first, tie.second))
                same += [(tie.first, tie.second)] if tie.kind == "same-text" else []
            else:
                agencies.setdefault(tie.first, set()).add(tie.second)
        return cls(
            stories=find_groups(pairs),
            texts=find_groups(same),
            agencies={id_: frozenset(names) for id_, names in agencies.items()},
            outlets=outlets,
            found={id_: tuple(some) for id_, some in found.items()},
        )

    def story_of(self, report: str) -> str:
        """Return the name of the text that a report is a copy of, its own where of none."""
        return self.stories.get(report, report)

    def text_of(self, report: str) -> str:
        """Return the name of the very text that a report has, its own where no other has it."""
        return self.texts.get(report, report)

    def other_outlets(self, report: str, others: Iterable[str]) -> bool:
        """Say whether a report is of another outlet than others, all of them known."""
        outlets = {self.outlets.get(other) for other in others}
        outlet = self.outlets.get(report)
        return outlet is not None and None not in outlets and outlet not in outlets

    def origins(
        self, reports: Iterable[str], claims: Mapping[str, str] | None = None
    ) -> list[tuple[str, ...]]:
        """Part reports into independent origins: those that rest on one root are one.

        `claims` names the report of each claim that is spoken of: where all that a report says of
        it is on one outlet's word, the report rests on that outlet. An outlet that tells a thing
        twice is no second root, nor is a page that was printed anew.
        """
        members = sorted(reports)
        roots = {report: self._roots_of(report, claims or {}) for report in members}
        shared: dict[str, str] = {}
        groups = Groups()
        for report in members:
            groups.add(report)
            own = {root for root in (self.outlets.get(report), self.pages.get(report)) if root}
            for root in [self.story_of(report), *sorted(roots[report] | own)]:
                groups.join(shared.setdefault(root, report), report)
        return groups.all()

    def _roots_of(self, report: str, claims: Mapping[str, str]) -> frozenset[str]:
        """Return the agencies and outlets on which a report rests, by itself or by its claims."""
        own = self.agencies.get(report, frozenset())
        nothing = frozenset[str]()
        mine = [self.agencies.get(claim, nothing) for claim, of in claims.items() if of == report]
        return own | frozenset.intersection(*mine) if mine else own

    def ties(self, first: str, second: str) -> tuple[Tie, ...]:
        """Return why two reports have one root: their own ties, and those to one agency or outlet.

        Empty where they have none, or only through a third report.
        """
        both = {first, second}
        direct = [tie for tie in self.found.get(first, ()) if {tie.first, tie.second} == both]
        shared = self.agencies.get(first, frozenset()) & self.agencies.get(second, frozenset())
        one, other = sorted(both) if len(both) == 2 else (first, second)
        for root in sorted(shared):
            wire = any(tie.kind == "wire" for tie in self.found[first] if tie.second == root)
            reason = f"both {'credit' if wire else 'quote'} {root}"
            kind: TieKind = "wire" if wire else "quotes"
            direct.append(Tie(first=one, second=other, kind=kind, reason=reason))
        own = self.outlets.get(first)
        same_outlet = own is not None and own == self.outlets.get(second) and first != second
        if same_outlet:
            direct.append(Tie(first=one, second=other, kind="outlet", reason=f"both of {own}"))
        page = self.pages.get(first)
        if not same_outlet and page and page == self.pages.get(second) and first != second:
            direct.append(Tie(first=one, second=other, kind="outlet", reason=f"both at {page}"))
        for mine, theirs in ((first, second), (second, first)):
            outlet = self.outlets.get(theirs)
            if not same_outlet and outlet in self.agencies.get(mine, ()) and outlet not in shared:
                reason = f"one quotes {outlet}, the outlet of the other, as its source"
                direct.append(Tie(first=one, second=other, kind="quotes", reason=reason))
        return tuple(direct)


class Groups:
    """Groups that grow together (union-find); each is named for its least member."""

    def __init__(self) -> None:
        self._parents: dict[str, str] = {}

    def add(self, member: str) -> None:
        """Put a member into a group of its own, unless it is in one."""
        self._parents.setdefault(member, member)

    def find(self, member: str) -> str:
        """Return the least member of a member's group."""
        self.add(member)
        root = member
        while self._parents[root] != root:
            root = self._parents[root]
        while self._parents[member] != root:
            self._parents[member], member = root, self._parents[member]
        return root

    def join(self, first: str, second: str) -> None:
        """Make one group of two."""
        one, other = sorted((self.find(first), self.find(second)))
        self._parents[other] = one

    def all(self) -> list[tuple[str, ...]]:
        """Return the groups, each sorted, in the order of their least members."""
        groups: dict[str, list[str]] = {}
        for member in sorted(self._parents):
            groups.setdefault(self.find(member), []).append(member)
        return [tuple(members) for _, members in sorted(groups.items())]


def find_groups(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return, for each member of some pairs, the least one that pairs tie it to."""
    groups = Groups()
    for first, second in pairs:
        groups.join(first, second)
    return {member: group[0] for group in groups.all() for member in group}
