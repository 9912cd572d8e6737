"""Compares what a ledger joined and linked with pairs of claims labelled by hand.

    python tests/quality/claim_pairs.py LEDGER [--split dev|held_out] [--errors]

The ledger must hold the corpus: reports are found by their key, a labelled claim in its report by
an overlapping trigger and its type. A pair is joined where one happening has both claims, linked
where a stage links their two happenings. Pairs of which a claim was not found are counted apart;
`unclear` and `misread` ones are left out. With `--errors` each wrong pair of `dev` is printed.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from chancery.ledger import Ledger

LABELS = Path(__file__).resolve().parent / "labels" / "claim_pairs.jsonl"
SPLITS = ("dev", "held_out")
SCORED = ("same", "stage", "other")

CLAIMS = """
    SELECT claims.id, reports.key, claims.type, claims.frame, trigger_start, trigger_end
    FROM claims JOIN reports ON claims.report = reports.id
"""
HAPPENINGS = "SELECT id, unnest(claims) AS claim FROM happenings"
STAGES = "SELECT first, second FROM links WHERE kind = 'stage'"


class Stored(NamedTuple):
    """What a ledger says: its claims by report and type, and what it made of them."""

    claims: Mapping[tuple[str, str], Sequence[Mapping[str, Any]]]
    happenings: Mapping[str, str]
    stages: frozenset[frozenset[str]]


class Judged(NamedTuple):
    """A labelled pair whose two claims were found, and what the ledger made of it."""

    label: Mapping[str, Any]
    joined: bool
    staged: bool


class Figures(NamedTuple):
    """How well one kind of pair was found; the counts it rests on stand beside."""

    right: int
    predicted: int
    labelled: int

    @property
    def precision(self) -> float:
        """Return the share of the predicted pairs that are right."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Return the share of the labelled pairs that were found."""
        return self.right / self.labelled if self.labelled else 0.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        both = self.predicted + self.labelled
        return 2 * self.right / both if both else 0.0


def labels(split: str | None = None) -> list[dict[str, Any]]:
    """Return the labelled pairs, of one split or of both."""
    rows = [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]
    return [row for row in rows if split in (None, row["split"])]


def stored(ledger: Ledger) -> Stored:
    """Fetch all that is asked of a ledger."""
    claims: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for row in ledger.sql(CLAIMS):
        claims.setdefault((row["key"], row["type"]), []).append(row)
    return Stored(
        claims=claims,
        happenings={row["claim"]: row["id"] for row in ledger.sql(HAPPENINGS)},
        stages=frozenset(frozenset((row["first"], row["second"])) for row in ledger.sql(STAGES)),
    )


def find(side: Mapping[str, Any], claims: Sequence[Mapping[str, Any]]) -> str | None:
    """Return the claim that stands where a labelled one stood: same frame first, then most words.

    `claims` are those of its report and type.
    """
    start, end = side["trigger"]
    near = [
        (row["frame"] == side["frame"], shared, row["id"])
        for row in claims
        if (shared := min(end, row["trigger_end"]) - max(start, row["trigger_start"])) > 0
    ]
    return max(near)[2] if near else None


def judge(rows: Iterable[Mapping[str, Any]], held: Stored) -> Iterator[Judged | None]:
    """Yield what the ledger made of each pair that is scored; none where a claim was not found."""
    for row in rows:
        if row["label"] not in SCORED:
            continue
        sides = (row["a"], row["b"])
        first, second = (
            find(side, held.claims.get((side["report"], side["type"]), ())) for side in sides
        )
        if first is None or second is None or first == second:
            yield None
            continue
        pair = frozenset((held.happenings.get(first, first), held.happenings.get(second, second)))
        yield Judged(row, joined=len(pair) == 1, staged=pair in held.stages)


def figures(judged: Iterable[Judged], name: str) -> Figures:
    """Count how well pairs labelled `same` were joined, or pairs labelled `stage` were linked."""
    counts = Counter(
        (one.label["label"] == name, one.joined if name == "same" else one.staged) for one in judged
    )
    return Figures(
        right=counts[True, True],
        predicted=counts[True, True] + counts[False, True],
        labelled=counts[True, True] + counts[True, False],
    )


def score(ledger: Ledger, split: str | None = None) -> dict[str, Any]:
    """Return the figures of a split, all together and by stratum, and how many were not found."""
    found = list(judge(labels(split), stored(ledger)))
    judged = [one for one in found if one is not None]
    strata = sorted({one.label["stratum"] for one in judged})
    return {
        "pairs": len(found),
        "not found": len(found) - len(judged),
        "same": figures(judged, "same"),
        "stage": figures(judged, "stage"),
        "strata": {
            stratum: figures((one for one in judged if one.label["stratum"] == stratum), "same")
            for stratum in strata
        },
        "errors": [one for one in judged if is_wrong(one)],
    }


def is_wrong(one: Judged) -> bool:
    """Say whether the ledger made of a pair what the label does not say."""
    label = one.label["label"]
    return (one.joined, one.staged) != (label == "same", label == "stage")


def show(name: str, counted: Figures) -> str:
    """Return figures as one line."""
    return (
        f"{name:<10} precision {counted.precision:.3f}  recall {counted.recall:.3f}"
        f"  F1 {counted.f1:.3f}  ({counted.right} right of {counted.predicted}"
        f" found, {counted.labelled} labelled)"
    )


def main() -> None:
    """Print the figures of a ledger."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ledger", type=Path)
    parser.add_argument("--split", choices=SPLITS)
    parser.add_argument("--errors", action="store_true", help="print the wrong pairs of dev")
    arguments = parser.parse_args()
    with Ledger.open(arguments.ledger, create=False) as ledger:
        for split in [arguments.split] if arguments.split else SPLITS:
            result = score(ledger, split)
            print(f"{split}: {result['pairs']} pairs, {result['not found']} of them not found")
            print(show("same", result["same"]))
            print(show("stage", result["stage"]))
            for stratum, counted in result["strata"].items():
                print(show(f"  same {stratum}", counted))
            for one in result["errors"] if arguments.errors and split == "dev" else ():
                made = "joined" if one.joined else "linked" if one.staged else "apart"
                print(one.label["id"], one.label["stratum"], one.label["label"], made, one.label)


if __name__ == "__main__":
    main()
