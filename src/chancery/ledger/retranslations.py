"""Which reports are one text that was translated and translated back.

Such a copy shares hardly a run of words with its original. It still gives the same names, in
another spelling, and the same numbers, mostly in the same order, and its sentences mean the same
one after another. Pairs worth comparing share enough rarely used names and numbers; they are then
laid side by side by their signatures (`read/signature.py` makes these).
"""

from __future__ import annotations

import base64
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import msgspec

from chancery.ledger.policy import Policy, RetranslationPolicy
from chancery.ledger.query import Answer
from chancery.lexicon.sounds import allowed, distance, sounds_of
from chancery.reconciled import Tie

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float32]

Fetch = Callable[[str, Mapping[str, Any]], Answer]

SIZE: Final = 64
"""Numbers to a sentence in a signature."""

SIGNATURES_AT_ONCE: Final = 4096


class Signed(msgspec.Struct, frozen=True, dict=True):
    """A report's signature, ready to be compared."""

    report: str
    marks: tuple[str, ...]
    meanings: str

    @cached_property
    def sentences(self) -> Numbers:
        """The meanings of its sentences: n × 64, each of length 1."""
        import numpy as np

        steps = np.frombuffer(base64.b64decode(self.meanings), np.int8).astype(np.float32)
        rows = steps.reshape(-1, SIZE)
        whole: Numbers = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
        return whole

    @cached_property
    def names(self) -> dict[str, int]:
        """Its names by their places among its marks."""
        return {mark: at for at, mark in enumerate(self.marks) if not mark.startswith("#")}

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Its numbers by their places among its marks."""
        return {mark: at for at, mark in enumerate(self.marks) if mark.startswith("#")}


class Likeness(msgspec.Struct, frozen=True):
    """What two signatures share; all but the counts are shares, 0…1.

    `sentences` is how well their sentences match in order, by what they mean. Of the shorter one's
    `count` names and numbers, `shared` are in the other, `in_order` of these in the same order.
    `names` and `numbers` are the shares of either, `number_count` how many numbers there were.
    """

    sentences: float
    count: int
    shared: int
    in_order: int
    names: float
    numbers: float
    number_count: int


def find_retranslations(
    fetch: Fetch, policy: Policy, wanted: Sequence[str], *, new: bool = False
) -> Iterator[Tie]:
    """Yield the ties of some reports to others of which they are re-translated copies.

    Where they are `new`, that is all of their ties; else only those to reports of a greater id.
    """
    limits = policy.retranslations
    answer = fetch(
        "kindred_reports",
        {
            "least_keys": limits.least_keys,
            "most_reports": limits.most_reports,
            "most_days_apart": limits.most_days_apart,
            "wanted": list(wanted),
            "new": new,
        },
    )
    held: dict[str, Signed] = {}
    for start in range(0, len(answer.rows), SIGNATURES_AT_ONCE):
        part = answer.rows[start : start + SIGNATURES_AT_ONCE]
        needed = {report for pair in part for report in pair}
        held = {report: one for report, one in held.items() if report in needed}
        rows = fetch("signatures_by_report", {"ids": sorted(needed - held.keys())}).rows
        held |= {row[0]: Signed(row[0], tuple(row[1]), row[2]) for row in rows}
        for first, second in part:
            if tie := tie_of(held[first], held[second], limits):
                yield tie


def tie_of(one: Signed, other: Signed, policy: RetranslationPolicy) -> Tie | None:
    """Return the tie between a report and its re-translated copy, with its reason; else none."""
    aligned = align(one.sentences, other.sentences, policy)
    if aligned < policy.least_sentences:
        return None
    likeness = compare(one, other, aligned)
    if not is_retranslation(likeness, policy):
        return None
    first, second = sorted((one.report, other.report))
    shorter = min((one, other), key=lambda signed: (len(signed.marks), signed.report))
    reason = (
        f"re-translation: {likeness.shared} of {likeness.count} names and numbers, "
        f"{likeness.in_order} of them in the same order; sentences alike in order: {aligned:.0%}"
    )
    return Tie(
        first=first,
        second=second,
        kind="retranslation",
        reason=reason,
        share=round(aligned, 3),
        part=shorter.report,
    )


def is_retranslation(likeness: Likeness, policy: RetranslationPolicy) -> bool:
    """Say whether what two signatures share makes them one text.

    Numbers tell best. Where there are few of them, more is asked of sentences and order.
    """
    if likeness.shared < policy.least_shared or likeness.names < policy.least_names:
        return False
    if likeness.number_count >= policy.enough_numbers:
        return likeness.numbers >= policy.least_numbers
    return (
        likeness.sentences >= policy.least_sentences_alone
        and likeness.names >= policy.least_names_alone
        and likeness.in_order >= policy.least_order_alone * likeness.shared
    )


def align(one: Numbers, other: Numbers, policy: RetranslationPolicy) -> float:
    """Return how well two texts' sentences match in order, 0…1 of the shorter one's.

    Each is paired with one of the other text at most and no two pairs cross (the best such
    alignment, by dynamic programming). A pair counts by how far its cosine is above that of
    sentences which merely speak of like things.
    """
    if not len(one) or not len(other):
        return 0.0
    gains = (one @ other.T - policy.unlike) / (1 - policy.unlike)
    if gains.max() <= 0 or gains.max(1).clip(0).mean() + gains.max(0).clip(0).mean() < (
        policy.least_sentences
    ):
        return 0.0
    before = [0.0] * (len(other) + 1)
    for row in gains.tolist():
        now = [0.0]
        for place, gain in enumerate(row):
            now.append(max(now[-1], before[place + 1], before[place] + max(0.0, gain)))
        before = now
    return before[-1] / min(len(one), len(other))


def compare(one: Signed, other: Signed, aligned: float) -> Likeness:
    """Lay the names and numbers of two signatures side by side."""
    shorter, longer = sorted((one, other), key=lambda signed: (len(signed.marks), signed.report))
    pairs = [(at, longer.numbers[mark]) for mark, at in shorter.numbers.items()
             if mark in longer.numbers]  # fmt: skip
    number_pairs = len(pairs)
    pairs += pair_names(shorter.names, longer.names)
    return Likeness(
        sentences=aligned,
        count=max(1, len(shorter.marks)),
        shared=len(pairs),
        in_order=count_in_order([place for _, place in sorted(pairs)]),
        names=(len(pairs) - number_pairs) / max(1, len(shorter.names)),
        numbers=number_pairs / max(1, len(shorter.numbers)),
        number_count=len(shorter.numbers),
    )


def pair_names(mine: Mapping[str, int], theirs: Mapping[str, int]) -> list[tuple[int, int]]:
    """Pair names that are spellings of one, by their places; a name has one partner."""
    pairs = [(at, theirs[name]) for name, at in mine.items() if name in theirs]
    left = {name: at for name, at in theirs.items() if name not in mine}
    for name, at in mine.items():
        if name in theirs:
            continue
        like = next((other for other in left if sound_alike(name, other)), None)
        if like is not None:
            pairs.append((at, left.pop(like)))
    return pairs


def sound_alike(one: str, other: str) -> bool:
    """Say whether two romanised words may be spellings of one name."""
    mine, theirs = sounds_of(one), sounds_of(other)
    most = allowed(mine, theirs)
    if abs(len(mine) - len(theirs)) > most + 1:
        return False
    return distance(mine, theirs) <= most


def count_in_order(places: Sequence[int]) -> int:
    """Return the length of the longest part of some places that goes up."""
    ends: list[int] = []
    for place in places:
        at = bisect_left(ends, place)
        ends[at : at + 1] = [place]
    return len(ends)
