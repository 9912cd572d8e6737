"""Groups things by how alike they are: average linkage.

The two groups whose members are on average most alike are joined, until no two are alike enough
(Sokal and Michener 1958). Where several pairs are equally alike, those that come first are joined.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Likeness = NDArray[np.float64]

NEVER: Final = -1e9


class Join(NamedTuple):
    """Two groups, by the first of their members, that are joined, and how alike they are."""

    first: int
    second: int
    likeness: float


def joins(likeness: Likeness) -> Iterator[Join]:
    """Yield the joins of n things by their likeness, n × n and symmetric, until all are one."""
    import numpy as np

    count = len(likeness)
    scores = likeness.astype(np.float64)
    np.fill_diagonal(scores, NEVER)
    sizes = np.ones(count)
    best = scores.argmax(1) if count else np.zeros(0, np.intp)
    values = scores[np.arange(count), best]
    for _ in range(count - 1):
        one = int(values.argmax())
        first, second = sorted((one, int(best[one])))
        yield Join(first, second, float(values[one]))
        merged = sizes[first] * scores[first] + sizes[second] * scores[second]
        merged /= sizes[first] + sizes[second]
        merged[scores[first] == NEVER] = NEVER
        merged[[first, second]] = NEVER
        scores[first] = scores[:, first] = merged
        scores[second] = scores[:, second] = NEVER
        sizes[first] += sizes[second]
        values[second] = NEVER
        stale = np.where((best == first) | (best == second))[0]
        for row in {first, *stale.tolist()} - {second}:
            best[row] = scores[row].argmax()
            values[row] = scores[row, best[row]]
        closer = (scores[:, first] > values) & (values > NEVER)
        best[closer], values[closer] = first, scores[closer, first]


def groups_of(likeness: Likeness, least: float) -> list[list[int]]:
    """Return the groups, each in order, that are left when no two are `least` alike on average."""
    groups = {number: [number] for number in range(len(likeness))}
    for first, second, alike in joins(likeness):
        if alike < least:
            break
        groups[first] += groups.pop(second)
    return [sorted(members) for members in groups.values()]


def joined_at(likeness: Likeness) -> Likeness:
    """Return for each pair how alike the groups were when it came into one, n × n."""
    import numpy as np

    found = np.full(likeness.shape, likeness.max(initial=0.0))
    groups = {number: [number] for number in range(len(likeness))}
    for first, second, alike in joins(likeness):
        found[np.ix_(groups[first], groups[second])] = alike
        found[np.ix_(groups[second], groups[first])] = alike
        groups[first] += groups.pop(second)
    return found
