"""What people judged, as labelled data, and how far two reviewers agree on it.

A claim is judged `right` or `wrong` (a rejected one is wrong), a pair of claims `same` or
`different`. Agreement is the share of items that both judged alike, and Cohen's kappa, which takes
off what chance would give (J. Cohen, *A coefficient of agreement for nominal scales*, 1960).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Final

from chancery.ledger.decide import by_rank, standing_decisions, verdict_of
from chancery.ledger.verdicts import subject_of
from chancery.model import Anchor, Decision, Noun, Span

JUDGEMENTS: Final[Mapping[str, str]] = {
    "right": "right", "wrong": "wrong", "reject": "wrong", "join": "same", "split": "different"
}  # fmt: skip


class Place(Noun, frozen=True):
    """Where a judged claim stands: its report, the report's own key, the words that name the deed.

    `trigger` are offsets in the report's text, `frame` the deed it was read as.
    """

    report: str
    trigger: Span
    frame: str
    key: str | None = None


class Label(Noun, frozen=True):
    """One reviewer's judgement of one claim (`places` has one), or of a pair of claims (two)."""

    places: tuple[Place, ...]
    verdict: str
    who: str
    decision: str

    @property
    def item(self) -> tuple[tuple[str, Span], ...]:
        """Name what is judged, whoever judges it."""
        return tuple(sorted((one.report, one.trigger) for one in self.places))


class Agreement(Noun, frozen=True):
    """How far two reviewers agree on the `items` that both judged.

    `kappa` is none where chance alone would have them agree on everything.
    """

    first: str
    second: str
    items: int
    per_cent: float
    kappa: float | None = None


def make_labels(decisions: Sequence[Decision], keys: Mapping[str, str | None]) -> list[Label]:
    """Return the last judgement of each reviewer on each item, by report and place."""
    labels: dict[tuple[object, str], Label] = {}
    for decision in by_rank(standing_decisions(decisions)):
        verdict = verdict_of(decision)
        if verdict is None or subject_of(decision.about) != "clm_":
            continue
        if verdict.kind in JUDGEMENTS:
            named = (decision.about, *verdict.claims)
            by_claim = {anchor.claim: anchor for anchor in decision.anchors}
            if by_claim.keys() >= set(named):
                label = Label(
                    places=tuple(_place(by_claim[one], keys) for one in named),
                    verdict=JUDGEMENTS[verdict.kind],
                    who=decision.who,
                    decision=decision.id,
                )
                labels[label.item, label.who] = label
    return sorted(labels.values(), key=lambda one: (one.item, one.who))


def _place(anchor: Anchor, keys: Mapping[str, str | None]) -> Place:
    return Place(
        report=anchor.report, trigger=anchor.trigger, frame=anchor.frame,
        key=keys.get(anchor.report),
    )  # fmt: skip


def find_agreement(labels: Iterable[Label]) -> list[Agreement]:
    """Return how far each two reviewers agree who judged some item both."""
    judged: dict[str, dict[object, str]] = {}
    for label in labels:
        judged.setdefault(label.who, {})[label.item] = label.verdict
    found = []
    for first, second in combinations(sorted(judged), 2):
        one, other = judged[first], judged[second]
        pairs = [(one[item], other[item]) for item in one if item in other]
        if pairs:
            alike = sum(mine == yours for mine, yours in pairs)
            found.append(Agreement(
                first=first, second=second, items=len(pairs),
                per_cent=100 * alike / len(pairs), kappa=kappa(pairs),
            ))  # fmt: skip
    return found


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Return Cohen's kappa of two reviewers' verdicts, −1…1; none where chance explains all."""
    count = len(pairs)
    mine, yours = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    observed = sum(one == other for one, other in pairs) / count
    chance = sum(mine[word] * yours[word] for word in mine) / count**2
    return None if chance == 1 else (observed - chance) / (1 - chance)
