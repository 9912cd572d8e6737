"""What became of what, from one state to another: claims paired, happenings brought together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from chancery.ledger.changes import ChangeWord
from chancery.ledger.origins import Groups
from chancery.model import Claim, Happening


def name_change(before: int, after: int) -> ChangeWord:
    """Say what it is called when so many happenings become so many others."""
    if not before:
        return "added"
    if not after:
        return "removed"
    if before == after == 1:
        return "altered"
    return "merged" if after == 1 else "split" if before == 1 else "regrouped"


def most_told(happenings: Sequence[Happening]) -> Happening:
    """Return the happening with the most claims; of several, the one of the least id."""
    return min(happenings, key=lambda one: (-len(one.claims), one.id))


def closest(before: Sequence[Happening], shown: Happening, became: Mapping[str, str]) -> Happening:
    """Return which of some earlier happenings is most of one that is there now."""

    def shared(one: Happening) -> int:
        return len({became.get(id_, id_) for id_ in one.claims} & set(shown.claims))

    return min(before, key=lambda one: (-shared(one), one.id != shown.id, one.id))


def group_by_claims(
    before: Sequence[Happening], after: Sequence[Happening], became: Mapping[str, str]
) -> list[tuple[list[Happening], list[Happening]]]:
    """Bring together happenings before and after that share a claim, or what became of it."""
    groups = Groups()
    for happening in before:
        for id_ in happening.claims:
            groups.join(f"<{happening.id}", became.get(id_, id_))
    for happening in after:
        for id_ in happening.claims:
            groups.join(f">{happening.id}", id_)
    found: dict[str, tuple[list[Happening], list[Happening]]] = {}
    for mark, side, happenings in (("<", 0, before), (">", 1, after)):
        for happening in happenings:
            name = groups.find(f"{mark}{happening.id}")
            found.setdefault(name, ([], []))[side].append(happening)
    return list(found.values())


def pair_by_words(gone: Iterable[Claim], come: Iterable[Claim]) -> dict[str, str]:
    """Pair claims of a report that was read again by the words that name their deeds.

    Overlapping triggers are one; the same frame is preferred, then the greater overlap. Each claim
    is in one pair at the most.
    """
    of_report: dict[str, list[Claim]] = {}
    for claim in come:
        of_report.setdefault(claim.report, []).append(claim)
    candidates = sorted(
        (one.frame != other.frame, -_overlap(one, other), one.id, other.id)
        for one in gone
        for other in of_report.get(one.report, ())
        if one.trigger.overlaps(other.trigger)
    )
    return pair_greedily((first, second) for _, _, first, second in candidates)


def pair_greedily(candidates: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Take pairs in their order, each thing once."""
    pairs: dict[str, str] = {}
    taken: set[str] = set()
    for first, second in candidates:
        if first not in pairs and second not in taken:
            pairs[first] = second
            taken.add(second)
    return pairs


def _overlap(one: Claim, other: Claim) -> int:
    ends = min(one.trigger.end, other.trigger.end), max(one.trigger.start, other.trigger.start)
    return ends[0] - ends[1]
