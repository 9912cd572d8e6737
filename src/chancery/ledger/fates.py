"""What became of an article's claims from one of its versions to the next.

A claim is found again by where the word that names its deed stands now; else by the same words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chancery.ledger.changes import claim_fields
from chancery.ledger.edits import Laid
from chancery.ledger.pairing import pair_greedily
from chancery.ledger.versions import Fate
from chancery.model import Claim


def follow_claims(
    before: Sequence[Claim], after: Sequence[Claim], texts: tuple[str, str], laid: Laid
) -> tuple[Fate, ...]:
    """Return what became of each claim, in the order of the texts; new ones come last."""
    candidates = sorted(
        (rank, one.id, other.id)
        for one in before
        for other in after
        if (rank := _rank(one, other, texts, laid)) is not None
    )
    pairs = pair_greedily((first, second) for _, first, second in candidates)
    known = {claim.id: claim for claim in after}
    new = known.keys() - set(pairs.values())
    return (
        *(_fate(one, known.get(pairs.get(one.id, ""))) for one in _in_order(before)),
        *(Fate(what="new", shown=str(one), after=one.id)
          for one in _in_order(after) if one.id in new),
    )  # fmt: skip


def _in_order(claims: Sequence[Claim]) -> Iterator[Claim]:
    return iter(sorted(claims, key=lambda one: (one.words, one.trigger, one.id)))


def _fate(before: Claim, after: Claim | None) -> Fate:
    if after is None:
        return Fate(what="lost", shown=str(before), before=before.id)
    fields = claim_fields(before, after)
    return Fate(
        what="changed" if fields else "kept",
        shown=str(after),
        before=before.id,
        after=after.id,
        fields=fields,
    )


def _rank(one: Claim, other: Claim, texts: tuple[str, str], laid: Laid) -> int | None:
    """Say how likely two claims are the same one, 0 the likeliest; none where they are not."""
    place = laid.find(one.trigger)
    if place and place.overlaps(other.trigger):
        fields = claim_fields(one, other)
        return 0 if not fields else 1 if one.frame == other.frame else 2
    same_word = _folded(one, texts[0]) == _folded(other, texts[1])
    same_sides = _sides(one) == _sides(other)
    return 3 if one.frame == other.frame and same_word and same_sides else None


def _folded(claim: Claim, text: str) -> str:
    return claim.trigger.of(text).casefold()


def _sides(claim: Claim) -> list[list[str]]:
    sides = (claim.actors, claim.targets)
    return [sorted({one.actor for one in side if one.actor}) for side in sides]
