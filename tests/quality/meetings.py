"""Scores whether two governments' releases on one meeting are brought together.

    python tests/quality/meetings.py LEDGER [--errors] [--store]

LEDGER holds the reports of the development corpus. Two releases are taken for accounts of one
meeting or call where they share a happening of the types CONSULT or AGREE that took place, of which
one of them mainly tells, and were published within a few days of each other. What a release mainly
tells is the first such deed of its text.

Pairs of two governments are what is asked for (`two capitals`); pairs of one publisher are counted
beside them. `--store` keeps what was found in `predictions/meetings.jsonl`, from which the test in
the suite scores, as reading the corpus takes minutes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from chancery.ledger import Ledger
from chancery.ledger.origins import Groups
from chancery.model import Claim, Happening

HERE = Path(__file__).resolve().parent
LABELS = HERE / "labels" / "meetings.jsonl"
PREDICTIONS = HERE / "predictions" / "meetings.jsonl"
TYPES = ("CONSULT", "AGREE")
TOOK_PLACE = ("happened", "ongoing", "alleged", "negated", "denied")
MOST_DAYS_APART = 4
PUBLISHERS = {"kr": "Moscow", "kh": "Moscow", "ua": "Kyiv", "wh": "Washington"}


def labels() -> list[dict[str, Any]]:
    """Return the labelled pairs of releases."""
    return [json.loads(line) for line in LABELS.read_text("utf-8").splitlines()]


def digest() -> str:
    """Return a digest of the labels, so that stored predictions are known to be of them."""
    return hashlib.sha256(LABELS.read_bytes()).hexdigest()[:16]


def predict(ledger: Ledger) -> list[dict[str, Any]]:
    """Return, for each labelled pair, the happenings that both tell of, and what is disputed."""
    reports = {report.key: report for report in ledger.reports()}
    found = [one for one in ledger.happenings(what=TYPES) if one.standing in TOOK_PLACE]
    of_report: dict[str, set[str]] = {}
    for one in found:
        for report in one.reports:
            of_report.setdefault(report, set()).add(one.id)
    happenings = {one.id: one for one in found}
    mains = _mains(ledger.claims(what=TYPES), found)
    return [
        _predict(row, reports[row["a"]], reports[row["b"]], of_report, mains, happenings)
        for row in labels()
    ]


def _predict(
    row: Mapping[str, Any],
    first: Any,
    second: Any,
    of_report: Mapping[str, set[str]],
    mains: Mapping[str, str],
    happenings: Mapping[str, Happening],
) -> dict[str, Any]:
    shared = of_report.get(first.id, set()) & of_report.get(second.id, set())
    shared &= {mains.get(first.id, ""), mains.get(second.id, "")}
    days = [one.published.first for one in (first, second)]
    near = None in days or abs((days[1] - days[0]).days) <= MOST_DAYS_APART
    together = sorted(shared) if near else []
    return {
        "a": row["a"],
        "b": row["b"],
        "together": bool(together),
        "disputed": sorted({field for id_ in together for field in happenings[id_].disputed}),
    }


def _mains(claims: Iterable[Claim], happenings: Iterable[Happening]) -> dict[str, str]:
    """Return of each report the happening of the first deed it tells that took place."""
    of_claim = {claim: one.id for one in happenings for claim in one.claims}
    first: dict[str, Claim] = {}
    for claim in claims:
        known = first.get(claim.report)
        if claim.id in of_claim and (known is None or claim.trigger < known.trigger):
            first[claim.report] = claim
    return {report: of_claim[claim.id] for report, claim in first.items()}


def splits() -> dict[tuple[str, str], str]:
    """Return whether each pair may be looked at (`dev`) or only counted (`held_out`).

    All pairs of one occasion are in one half, by the hash of the least id among its releases.
    """
    groups, rows = Groups(), labels()
    for row in rows:
        if row["relation"] in ("same", "same_side"):
            groups.join(row["a"], row["b"])
    least = {id_: min(members) for members in groups.all() for id_ in members}
    halves = {}
    for row in rows:
        name = min(least.get(row[side], row[side]) for side in ("a", "b"))
        half = int(hashlib.sha256(name.encode()).hexdigest()[:8], 16) % 2
        halves[row["a"], row["b"]] = ("dev", "held_out")[half]
    return halves


def score(predictions: Iterable[Mapping[str, Any]], half: str | None = None) -> dict[str, Any]:
    """Return precision, recall and F1 of pairs of two capitals, and the counts of all kinds.

    Of all pairs, or of one half: `dev` or `held_out`.
    """
    together = {(row["a"], row["b"]): row for row in predictions}
    counts: dict[str, int] = {}
    right = wrong = missed = days_kept = days_differ = 0
    halves = splits()
    for row in labels():
        if half not in (None, halves[row["a"], row["b"]]):
            continue
        said = together[row["a"], row["b"]]
        kind = row["relation"]
        sides = {PUBLISHERS[row[side].partition("-")[0]] for side in ("a", "b")}
        where = "two capitals" if len(sides) == 2 else "one publisher"
        name = f"{where}, {kind}, {'together' if said['together'] else 'apart'}"
        counts[name] = counts.get(name, 0) + 1
        if where == "two capitals":
            right += kind == "same" and said["together"]
            missed += kind == "same" and not said["together"]
            wrong += kind != "same" and said["together"]
            if (
                kind == "same"
                and said["together"]
                and row["day_a"] != row["day_b"]
                and row["day_b"]
            ):
                days_differ += bool(row["day_a"])
                days_kept += bool(row["day_a"]) and "when" in said["disputed"]
    precision, recall = right / max(right + wrong, 1), right / max(right + missed, 1)
    return {
        "precision": round(precision, 3),
        "recall": round(recall, 3),
        "f1": round(2 * precision * recall / max(precision + recall, 1e-9), 3),
        "days_differ": days_differ,
        "days_kept": days_kept,
        "counts": dict(sorted(counts.items())),
    }


def main() -> None:
    """Score a ledger and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ledger", type=Path)
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--store", action="store_true")
    asked = parser.parse_args()
    with Ledger.open(asked.ledger, create=False) as ledger:
        predictions = predict(ledger)
    print(json.dumps(score(predictions), indent=2))
    for half in ("dev", "held_out"):
        print(half, json.dumps(score(predictions, half)))
    if asked.errors:
        halves = splits()
        for row, said in zip(labels(), predictions, strict=True):
            wrong = (row["relation"] == "same") != said["together"]
            if wrong and halves[row["a"], row["b"]] == "dev":
                print(row["relation"], said["together"], row["a"], row["b"], "|", row["what"])
    if asked.store:
        lines = [json.dumps({"labels": digest()}), *map(json.dumps, predictions)]
        PREDICTIONS.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
