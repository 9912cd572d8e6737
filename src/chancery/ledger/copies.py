"""Which reports are one text: the same, copies with changes, or excerpts of each other.

Pairs worth comparing are those whose sketches share enough hashes (`sketch.py`); each is then
verified on the texts themselves (`texts.py`). What is written alike but gives other numbers or
other names is a form that was filled in anew, and no copy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from chancery.ledger.policy import CopyPolicy, Policy
from chancery.ledger.query import Answer
from chancery.ledger.texts import Overlap, Text, compare, prepare
from chancery.reconciled import Tie, TieKind
from chancery.sketch import words_of

Fetch = Callable[[str, Mapping[str, Any]], Answer]

TEXTS_AT_ONCE: Final = 256
"""Reports whose texts are asked for at once, and prepared texts that are kept beside them."""


def find_copies(
    fetch: Fetch, policy: Policy, wanted: Sequence[str], *, new: bool = False
) -> Iterator[Tie]:
    """Yield the ties of some reports to others with which they are one text.

    Where they are `new`, that is all of their ties; else only those to reports of a greater id.
    """
    copies = policy.copies
    answer = fetch(
        "alike_reports",
        {
            "least_shared": copies.least_shared,
            "least_sketch": copies.least_sketch,
            "most_reports": copies.most_reports,
            "wanted": list(wanted),
            "new": new,
        },
    )
    texts = Texts(fetch)
    ignored = outlet_words(policy)
    for group in _in_groups(answer.rows):
        for first, second, days_apart in group:
            one, other = texts.get(first, group), texts.get(second, group)
            if tie := tie_of(one, other, days_apart, ignored, copies):
                yield tie


class Texts:
    """The prepared texts of reports, fetched some at a time and forgotten again."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._held: dict[str, Text] = {}

    def get(self, report: str, pairs: Sequence[tuple[Any, ...]]) -> Text:
        """Return a report's text; with it those of the pairs that are looked at are fetched."""
        if report not in self._held:
            wanted = sorted({id_ for pair in pairs for id_ in pair[:2]} - self._held.keys())
            if len(self._held) + len(wanted) > TEXTS_AT_ONCE:
                self._held.clear()
                wanted = sorted({id_ for pair in pairs for id_ in pair[:2]})
            rows = self._fetch("texts_by_id", {"ids": wanted}).rows
            self._held |= {row[0]: prepare(*row) for row in rows}
        return self._held[report]


def _in_groups(rows: Sequence[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    """Cut sorted pairs into groups that speak of no more reports than are fetched at once."""
    group: list[tuple[Any, ...]] = []
    reports: set[str] = set()
    for row in rows:
        if group and len(reports | {row[0], row[1]}) > TEXTS_AT_ONCE:
            yield group
            group, reports = [], set()
        group.append(row)
        reports |= {row[0], row[1]}
    if group:
        yield group


def outlet_words(policy: Policy) -> frozenset[str]:
    """Return the words that name outlets: another outlet's name is no other fact."""
    agencies = (name for names in policy.agencies.values() for name in names)
    return _words([*policy.copies.outlet_words, *agencies])


def _words(names: Iterable[str]) -> frozenset[str]:
    return frozenset(word.folded for name in names for word in words_of(name))


def tie_of(
    one: Text, other: Text, days_apart: int | None, ignored: frozenset[str], policy: CopyPolicy
) -> Tie | None:
    """Return the tie between two reports whose texts are one, with its reason; else none."""
    ignored |= _words(filter(None, (one.source, other.source)))
    overlap = compare(one, other, ignored, policy)
    same_outlet = one.source is not None and one.source == other.source
    if not is_copy(overlap, days_apart, policy, same_outlet=same_outlet):
        return None
    kind, reason = _describe(overlap, policy)
    first, second = sorted((one.report, other.report))
    part = min((one, other), key=lambda text: (text.size, text.report)).report
    share = round(overlap.share, 3)
    return Tie(first=first, second=second, kind=kind, reason=reason, share=share, part=part)


def _describe(overlap: Overlap, policy: CopyPolicy) -> tuple[TieKind, str]:
    if min(overlap.share, overlap.back) >= policy.same_text:
        return "same-text", f"same text: {overlap.back:.0%}"
    if overlap.back < policy.excerpt * overlap.share:
        return "excerpt", f"excerpt: {overlap.share:.0%} of it stands in the longer text"
    return "copy", f"copy with changes: {overlap.share:.0%} of the one text stands in the other"


def is_copy(
    overlap: Overlap, days_apart: int | None, policy: CopyPolicy, *, same_outlet: bool
) -> bool:
    """Say whether what two texts share makes them one.

    One outlet writes alike of two things more often than two outlets do, so more is asked of it.
    """
    if days_apart is not None and days_apart > policy.most_days_apart:
        whole = min(overlap.share, overlap.back) >= policy.whole_text
        return whole and not (overlap.other_numbers or overlap.other_names)
    least_share = policy.least_share_same_outlet if same_outlet else policy.least_share
    least_closeness = policy.least_closeness_same_outlet if same_outlet else policy.least_closeness
    share = overlap.share
    if same_outlet and overlap.size < policy.short:
        least_share = policy.least_share_short
    elif overlap.covered >= policy.least_covered and overlap.core >= policy.least_core:
        share = max(share, overlap.core)
    return (
        share >= least_share
        and overlap.closeness >= least_closeness
        and overlap.agreeing >= policy.least_agreeing
        and _is_of_one_thing(overlap, policy, same_outlet=same_outlet)
    )


def _is_of_one_thing(overlap: Overlap, policy: CopyPolicy, *, same_outlet: bool) -> bool:
    """Say whether the few facts that differ, if any, are corrections of one text."""
    differing = overlap.other_numbers + overlap.other_names
    if not same_outlet and differing <= policy.most_differing * overlap.agreeing:
        return overlap.other_numbers <= 1
    most = policy.most_differing_same_outlet * overlap.agreeing
    if overlap.size >= policy.least_size_differing:
        most = max(most, 1)
    near = overlap.share >= policy.least_share_differing
    return differing == 0 or (near and not overlap.other_numbers and differing <= most)
