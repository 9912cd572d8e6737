"""Claims → happenings: which claims, of one report or several, speak of the same deed.

The plainest true form. Claims are one happening where they tell of the same type of deed, of a
mode that fits, between the same parties, in the same family of standing, on days that meet. What
is not known joins nothing by itself: an undated claim, or one with an open side, joins only where
the same report, or a copy of it, says it in the same words.

A claim goes to a happening that already has the narrower dates, and only where exactly one fits;
all claims of a happening keep a stretch of days in common, so that dates do not chain. Claims are
taken in an order of their own, so that neither the order nor the batches of reading matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final, TypeAlias

import msgspec

from chancery.ledger.copies import Kinship
from chancery.ledger.policy import Policy
from chancery.ledger.settled import Settled
from chancery.model import Claim, Happening, Link, Mention, Rival

Days: TypeAlias = tuple[int, int]
"""First and last day, both known, as numbers of days (`date.toordinal`)."""

UNDATED_WIDTH: Final = 10**7
"""Sorts claims without two known ends after all others; more days than any calendar has."""


NOTHING_SETTLED: Final = Settled()
SAME_WORDS: Final = ("said in the same words by the same report, or by a copy of it",)


class Told(msgspec.Struct, frozen=True):
    """A claim with the words it rests on."""

    claim: Claim
    words: str


class Join(msgspec.Struct, frozen=True):
    """Why a second claim was put to a first: reasons a person can check."""

    happening: str
    first_claim: str
    second_claim: str
    reasons: tuple[str, ...]


class Reconciled(msgspec.Struct, frozen=True):
    """All that follows from claims: happenings by id, why claims were joined, what bears on what.

    `rivals` are the values of disputed fields.
    """

    happenings: list[Happening]
    joins: list[Join]
    links: list[Link] = []
    rivals: list[Rival] = []


class Cluster:
    """Claims of one deed, while they are being found.

    `days` are the days that all its dated claims have in common, `seed` those of its first claim.
    """

    def __init__(self, claim: Claim) -> None:
        self.claims: list[Claim] = []
        self.joins: list[tuple[str, str, tuple[str, ...]]] = []
        self.frame, self.mode, self.basis = claim.frame, claim.mode, claim.when.basis
        self.days = self.seed = days_of(claim)

    def add(self, claim: Claim, reasons: tuple[str, ...]) -> None:
        """Put a claim to this deed, for these reasons; the first needs none."""
        if self.claims:
            self.joins.append((self.claims[0].id, claim.id, reasons))
        self.claims.append(claim)
        self.mode = self.mode or claim.mode
        self.days = in_common(self.days, days_of(claim)) or self.days


class Block:
    """Claims of one type, family and parties, parted into deeds one by one."""

    def __init__(self, kinship: Kinship, policy: Policy) -> None:
        self.clusters: list[Cluster] = []
        self._kinship = kinship
        self._policy = policy
        self._told: dict[tuple[str, str], list[Cluster]] = {}

    def add(self, told: Told) -> None:
        """Put a claim to the one deed that it fits, or to a new one."""
        telling = (self._kinship.story_of(told.claim.report), told.words)
        same_words = self._told.setdefault(telling, [])
        cluster, reasons = self._find(told.claim, same_words)
        if cluster is None:
            cluster = Cluster(told.claim)
            self.clusters.append(cluster)
        cluster.add(told.claim, reasons)
        if cluster not in same_words:
            same_words.append(cluster)

    def _find(
        self, claim: Claim, same_words: Sequence[Cluster]
    ) -> tuple[Cluster | None, tuple[str, ...]]:
        """Return the one deed that a claim fits, with the reasons; none where none or several."""
        days = days_of(claim)
        told = [one for one in same_words if self._same_day(one, claim)]
        if told:
            best = [one for one in told if in_common(one.days, days)] or told
            return best[0], SAME_WORDS
        near = [one for one in self._within_reach(days) if modes_fit(one.mode, claim.mode)]
        near = [one for one in near if in_common(one.days, days)] or [
            one for one in near if self._may_be_off(one, claim)
        ]
        near = [one for one in near if one.frame == claim.frame] or near
        near = [one for one in near if one.seed == days] or near
        return (near[0], _reasons(near[0], claim)) if len(near) == 1 else (None, ())

    def _within_reach(self, days: Days | None) -> list[Cluster]:
        """Return the deeds whose days meet some days, or lie side by side with them."""
        if days is None:
            return []
        first, last = days[0] - self._policy.slack_days, days[1] + self._policy.slack_days
        return [
            one for one in self.clusters
            if one.days is not None and one.days[0] <= last and first <= one.days[1]
        ]  # fmt: skip

    def _same_day(self, cluster: Cluster, claim: Claim) -> bool:
        """Say whether the same words can speak of the same deed, whatever day they give.

        One clause of one report may give two deeds two days, and a form that is filled in anew
        gives each its own; only the very same text means the same day, whenever it is printed.
        """
        days, text = days_of(claim), self._kinship.text_of(claim.report)
        return modes_fit(cluster.mode, claim.mode) and all(
            not (days and days_of(one))
            or in_common(days, days_of(one))
            or (one.report != claim.report and self._kinship.text_of(one.report) == text)
            for one in cluster.claims
        )

    def _may_be_off(self, cluster: Cluster, claim: Claim) -> bool:
        """Say whether days side by side may be one.

        They may where either rests on a report's own date only, and another outlet tells of it:
        what one outlet tells on two days running is two deeds.
        """
        bases = {cluster.basis, claim.when.basis}
        return (
            claim.frame == cluster.frame
            and not bases.isdisjoint(self._policy.loose_bases)
            and self._kinship.other_outlets(claim.report, [one.report for one in cluster.claims])
        )


def reconcile(
    told: Iterable[Told], kinship: Kinship, policy: Policy, settled: Settled = NOTHING_SETTLED
) -> Reconciled:
    """Return the happenings that claims tell of, sorted by id, and what follows from them."""
    blocks: dict[tuple[Any, ...], list[Told]] = {}
    for one in told:
        if settled.take(one.claim) is None:
            continue
        blocks.setdefault(block_of(one, kinship, policy), []).append(one)
    clusters = [
        cluster for block in blocks.values() for cluster in cluster_block(block, kinship, policy)
    ]
    happenings, joins = [], []
    for cluster in clusters:
        happening = make_happening(cluster.claims, kinship, policy)
        happenings.append(happening)
        joins += [Join(happening.id, *join) for join in cluster.joins]
    happenings.sort(key=lambda happening: happening.id)
    joins.sort(key=lambda join: (join.happening, join.first_claim, join.second_claim))
    return Reconciled(happenings, joins)


def block_of(told: Told, kinship: Kinship, policy: Policy) -> tuple[Any, ...]:
    """Return what claims must share to be compared at all: type, standing, parties.

    Parties to a mutual deed may all stand on one side. Where a side is open, or somebody on it is
    not known, the story and the words must be shared as well.
    """
    claim = told.claim
    sides = [parties(claim.actors, policy), parties(claim.targets, policy)]
    if claim.type in policy.mutual_types:
        sides = [tuple(sorted({*sides[0], *sides[1]}))]
        whole = len(sides[0]) > 1
    else:
        whole = all(sides)
    known = all(one.actor for one in (*claim.actors, *claim.targets))
    key = (claim.type, policy.family_of(claim.standing), *sides)
    return key if whole and known else (*key, kinship.story_of(claim.report), told.words)


def parties(side: Sequence[Mention], policy: Policy) -> tuple[str, ...]:
    """Return the states and bodies of one side, sorted; those not known are left out."""
    return tuple(sorted({policy.party_of(one.actor) for one in side if one.actor}))


def cluster_block(told: Sequence[Told], kinship: Kinship, policy: Policy) -> list[Cluster]:
    """Part claims of one type, family and parties into deeds."""
    block = Block(kinship, policy)
    for one in sorted(told, key=_order):
        block.add(one)
    return block.clusters


def _order(told: Told) -> tuple[Any, ...]:
    """Narrow dates first, then known modes, so that what is vague joins what is clear."""
    claim = told.claim
    return (width_of(claim), claim.mode is None, claim.when.first or date.max, claim.id)


def days_of(claim: Claim) -> Days | None:
    """Return the first and last day of a claim, as day numbers, where both are known."""
    if claim.when.first is None or claim.when.last is None:
        return None
    return claim.when.first.toordinal(), claim.when.last.toordinal()


def width_of(claim: Claim) -> int:
    """Return how many days a claim's date may be out, 0 for a single day."""
    days = days_of(claim)
    return days[1] - days[0] if days else UNDATED_WIDTH


def modes_fit(first: str | None, second: str | None) -> bool:
    """Say whether two modes may be of one deed: the same, or one of them open."""
    return first is None or second is None or first == second


def in_common(first: Days | None, second: Days | None) -> Days | None:
    """Return the days that two stretches share; none where they share none, or one is open."""
    if first is None or second is None:
        return None
    shared = max(first[0], second[0]), min(first[1], second[1])
    return shared if shared[0] <= shared[1] else None


def _reasons(cluster: Cluster, claim: Claim) -> tuple[str, ...]:
    seed = cluster.claims[0]
    modes = " ".join(filter(None, (claim.type, cluster.mode or claim.mode)))
    sides = f"{_codes(claim.actors)} and {_codes(claim.targets)}"
    return (
        f"same kind of deed: {modes}",
        f"same parties: {sides}",
        f"days that meet: {seed.when.edtf()} and {claim.when.edtf()}",
    )


def _codes(side: Iterable[Mention]) -> str:
    return "+".join(sorted({one.actor for one in side if one.actor})) or "-"


def make_happening(claims: Sequence[Claim], kinship: Kinship, policy: Policy) -> Happening:
    """Return the happening that claims of one deed make; the leading claim gives its values."""
    lead = min(claims, key=lambda claim: lead_order(claim, policy))
    ids = tuple(sorted(claim.id for claim in claims))
    reports = tuple(sorted({claim.report for claim in claims}))
    return Happening(
        id=Happening.make_id(ids),
        frame=lead.frame,
        type=lead.type,
        mode=lead.mode,
        cameo=lead.cameo,
        actors=known_codes(lead.actors),
        targets=known_codes(lead.targets),
        when=lead.when,
        where=lead.where.country if lead.where else None,
        standing=lead.standing,
        voice=lead.voice,
        claims=ids,
        reports=reports,
        origin_count=len(kinship.origins(reports)),
        disputed=find_disputes(claims, policy),
        contexts=tuple(sorted({name for claim in claims for name in claim.contexts})),
        lead=lead.id,
    )


def lead_order(claim: Claim, policy: Policy) -> tuple[Any, ...]:
    """Return what makes a claim lead: the least of these does.

    The standing that leads its family, the narrowest date, one stated in the words, more parties
    known, the higher score, the least id.
    """
    known = len(known_codes(claim.actors)) + len(known_codes(claim.targets))
    return (
        policy.rank_of(claim.standing),
        width_of(claim),
        claim.when.basis != "stated",
        -known,
        -claim.score,
        claim.id,
    )


def known_codes(side: Iterable[Mention]) -> tuple[str, ...]:
    """Return the codes known of one side, sorted."""
    return tuple(sorted({one.actor for one in side if one.actor}))


def find_disputes(claims: Sequence[Claim], policy: Policy) -> tuple[str, ...]:
    """Name the fields on which claims differ so that they cannot all be right."""
    checks: Mapping[str, bool] = {
        "actors": not _sides_agree([_side(claim, "actors", policy) for claim in claims]),
        "standing": len({policy.alike.get(one.standing, one.standing) for one in claims}) > 1,
        "targets": not _sides_agree([_side(claim, "targets", policy) for claim in claims]),
        "when": not _days_agree(claims),
        "where": len({one.where.country for one in claims if one.where and one.where.country}) > 1,
    }
    return tuple(sorted(field for field, differs in checks.items() if differs))


def _side(claim: Claim, name: str, policy: Policy) -> tuple[str, ...]:
    if claim.type in policy.mutual_types:
        return known_codes((*claim.actors, *claim.targets))
    return known_codes(getattr(claim, name))


def _sides_agree(sides: Iterable[tuple[str, ...]]) -> bool:
    distinct = sorted({side for side in sides if side})
    return all(
        any(_related(code, other) for other in second) for first in distinct for second in distinct
        for code in first
    )  # fmt: skip


def _related(first: str, second: str) -> bool:
    """Say whether one code is the other, or a part of it: `BLR` and `BLR.GOV`."""
    return first == second or first.startswith(f"{second}.") or second.startswith(f"{first}.")


def _days_agree(claims: Iterable[Claim]) -> bool:
    firsts = [claim.when.first for claim in claims if claim.when.first]
    lasts = [claim.when.last for claim in claims if claim.when.last]
    return not firsts or not lasts or max(firsts) <= min(lasts)
