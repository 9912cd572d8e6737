"""Claims → happenings: which claims, of one report or several, speak of the same deed.

Claims that share parties and a kind of deed, on days that are near, are compared (`candidates`,
`compare`); what a comparison joins hangs together (`components`), and each part that hangs together
is parted into deeds by itself (`clusters`). So neither the order nor the batches of reading matter,
and what changes in one part leaves all others as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any, Final

import msgspec

from chancery.ledger.certainty import assess
from chancery.ledger.clusters import DECIDED, Clusterer, Deed
from chancery.ledger.components import Rank, Tied, Weaver, parts_of, rank_of
from chancery.ledger.disputes import find_rivals, settle_fields
from chancery.ledger.faces import Face, Faces, codes_of
from chancery.ledger.origins import Kinship
from chancery.ledger.policy import Policy
from chancery.ledger.settled import Settled, pair_of
from chancery.ledger.stages import kind_of
from chancery.ledger.told import Told, width_of
from chancery.ledger.weights import load_weights
from chancery.model import Claim, Happening, Link, Rival

__all__ = ["Join", "Part", "Reconciled", "Told", "reconcile", "work_out"]

NOTHING_SETTLED: Final = Settled()
ALL_FIELDS: Final = "*"
"""In `Settled.leads`: a claim leads as a whole."""


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


class Part(msgspec.Struct):
    """What follows from claims that hang together and with no others; named for the least of them.

    `loose` are its vague claims that would fit several deeds.
    """

    name: str
    faces: list[Face]
    loose: frozenset[str]
    happenings: list[Happening]
    joins: list[Join]
    links: list[Link]
    rivals: list[Rival]


def reconcile(
    told: Iterable[Told], kinship: Kinship, policy: Policy, settled: Settled = NOTHING_SETTLED
) -> Reconciled:
    """Return the happenings that claims tell of, sorted by id, and what follows from them."""
    parts = list(work_out(told, kinship, policy, settled))
    return Reconciled(
        sorted((one for part in parts for one in part.happenings), key=attrgetter("id")),
        sorted((one for part in parts for one in part.joins), key=join_order),
        sorted((one for part in parts for one in part.links), key=link_order),
        sorted((one for part in parts for one in part.rivals), key=rival_order),
    )


def join_order(join: Join) -> tuple[str, ...]:
    """Return what joins are sorted by."""
    return (join.happening, join.first_claim, join.second_claim)


def link_order(link: Link) -> tuple[str, ...]:
    """Return what links are sorted by."""
    return (link.first, link.second, link.kind, link.stage)


def rival_order(rival: Rival) -> tuple[str, ...]:
    """Return what rivals are sorted by."""
    return (rival.happening, rival.field, rival.value)


def work_out(
    told: Iterable[Told],
    kinship: Kinship,
    policy: Policy,
    settled: Settled = NOTHING_SETTLED,
    known_loose: Mapping[str, bool] = {},
) -> Iterator[Part]:
    """Yield what follows, part by part, in an order that does not depend on that of the claims.

    `known_loose` says of claims whose surroundings are not all at hand whether they are loose.
    """
    taken = [
        msgspec.structs.replace(one, claim=claim)
        for one in told
        if (claim := settled.take(one.claim)) is not None
    ]
    taken.sort(key=lambda one: one.claim.id)
    maker = Faces(kinship, policy, load_weights())
    faces = [maker.make(one) for one in taken]
    weaver = Weaver(policy)
    ties = weaver.tie(faces, taken, known_loose)
    worker = Worker(weaver, kinship, policy, settled)
    for tied in parts_of(faces, ties, settled):
        loose = frozenset(faces[place].id for place in tied.places if place in ties.loose)
        yield worker.work_out(tied, faces, taken, loose)


class Worker:
    """Works out what follows from claims that hang together."""

    def __init__(self, weaver: Weaver, kinship: Kinship, policy: Policy, settled: Settled) -> None:
        self._comparer = weaver.comparer
        self._kinship = kinship
        self._policy = policy
        self._settled = settled

    def work_out(
        self, tied: Tied, faces: Sequence[Face], told: Sequence[Told], loose: frozenset[str]
    ) -> Part:
        """Return a part: its deeds as happenings, their joins, links and rivals."""
        own = [faces[place] for place in tied.places]
        claims = {told[place].claim.id: told[place].claim for place in tied.places}
        part = Part(min(claims), own, loose, [], [], [], [])
        of_claim: dict[str, str] = {}
        for deed in self._deeds(own, faces, tied):
            happening, rivals = self._happening([claims[face.id] for face in deed.faces])
            part.happenings.append(happening)
            part.rivals += rivals
            part.joins += self._joins(happening, deed)
            of_claim |= dict.fromkeys(happening.claims, happening.id)
        part.links = links_of(tied, told, of_claim)
        return part

    def _deeds(self, own: Sequence[Face], faces: Sequence[Face], tied: Tied) -> list[Deed]:
        if len(own) == 1:
            return [Deed(own[0])]
        joins = ((faces[one].id, faces[other].id, score) for (one, other), score in tied.joins)
        return Clusterer(own, self._comparer, self._settled).part(joins)

    def _happening(self, claims: Sequence[Claim]) -> tuple[Happening, list[Rival]]:
        return make_happening(claims, self._kinship, self._policy, self._settled)

    def _joins(self, happening: Happening, deed: Deed) -> list[Join]:
        faces = {face.id: face for face in deed.faces}
        return [
            Join(happening.id, first, second, self._reasons(faces[first], faces[second]))
            for first, second in (sorted(pair) for pair in deed.joins)
        ]

    def _reasons(self, first: Face, second: Face) -> tuple[str, ...]:
        decided = pair_of(first.id, second.id) in self._settled.together
        found = self._comparer.compare(first, second)
        if decided:
            return (*DECIDED, *(found.reasons if found.joins else ()))
        return found.reasons


def links_of(tied: Tied, told: Sequence[Told], of_claim: Mapping[str, str]) -> list[Link]:
    """Return the stages of one course among happenings: of each stage the nearest that follows."""
    best: dict[tuple[str, str], tuple[Rank, Link]] = {}
    for (one, other), (stage, reasons) in tied.stages:
        first, second = of_claim[told[one].claim.id], of_claim[told[other].claim.id]
        rank = rank_of(told[one], told[other])
        if first != second and ((first, stage) not in best or rank < best[first, stage][0]):
            link = Link(
                kind=kind_of(stage), first=first, second=second, stage=stage, reasons=reasons
            )
            best[first, stage] = rank, link
    return [link for _, link in best.values()]


def make_happening(
    claims: Sequence[Claim], kinship: Kinship, policy: Policy, settled: Settled
) -> tuple[Happening, list[Rival]]:
    """Return the happening that claims of one deed make, and the rival values of its fields.

    The leading claim gives its values, but for disputed fields: there the leading value counts.
    """
    lead = min(claims, key=lambda claim: lead_order(claim, policy, settled))
    ids = tuple(sorted(claim.id for claim in claims))
    reports = tuple(sorted({claim.report for claim in claims}))
    name = Happening.make_id(ids)
    disputed, rivals = find_rivals(name, claims, kinship, policy, settled)
    led_by = settle_fields(claims, rivals, policy)
    actors = led_by.get("actors", lead)
    targets = actors if lead.type in policy.mutual_types else led_by.get("targets", lead)
    where = led_by.get("where", lead).where
    certainty, signals = assess(claims, kinship, policy, settled, rivals)
    happening = Happening(
        id=name,
        frame=lead.frame,
        type=lead.type,
        mode=lead.mode,
        cameo=lead.cameo,
        actors=codes_of(actors.actors),
        targets=codes_of(targets.targets),
        when=led_by.get("when", lead).when,
        where=where.country if where else None,
        standing=led_by.get("standing", lead).standing,
        voice=lead.voice,
        claims=ids,
        reports=reports,
        origin_count=len(kinship.origins(reports, {one.id: one.report for one in claims})),
        disputed=disputed,
        contexts=tuple(sorted({context for claim in claims for context in claim.contexts})),
        certainty=certainty,
        signals=signals,
        lead=lead.id,
    )
    return happening, rivals


def lead_order(claim: Claim, policy: Policy, settled: Settled) -> tuple[Any, ...]:
    """Return what makes a claim lead: the least of these does.

    What a person said leads, the standing that leads its family, the narrowest date, one stated in
    the words, more parties known, the higher score, the least id.
    """
    known = len(codes_of(claim.actors)) + len(codes_of(claim.targets))
    return (
        ALL_FIELDS not in settled.leads.get(claim.id, ()),
        policy.rank_of(claim.standing),
        width_of(claim),
        claim.when.basis != "stated",
        -known,
        -claim.score,
        claim.id,
    )
