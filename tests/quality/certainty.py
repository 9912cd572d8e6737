"""Happenings within annotated reports, from claims that heads made which never saw the report.

    python tests/quality/certainty.py

In: the stored claims of `out_of_fold.py` with their scores. They are brought together as the ledger
does it, each report for itself. A happening is right where one of its claims matches a gold event
at the scorer's level `event`; one whose claims all fit only background events counts neither way.
Out: each happening's certainty by what the other folds teach, and whether it is right.
"""

from __future__ import annotations

import hashlib
import json
import math
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import articles  # noqa: E402
import out_of_fold  # noqa: E402

from chancery.ledger.certainty import LEAST_SCORE, weights  # noqa: E402
from chancery.ledger.derive import fold_words  # noqa: E402
from chancery.ledger.filters import CERTAINTY_WORDS, parse_days  # noqa: E402
from chancery.ledger.origins import Kinship  # noqa: E402
from chancery.ledger.policy import load_policy  # noqa: E402
from chancery.ledger.reconcile import Told, reconcile  # noqa: E402
from chancery.model import Claim, Mention, Span, Voice, When  # noqa: E402

sys.path.insert(0, str(articles.GOLD))

FOLDS = 5
EVENT, FOUND = 3, 1
"""The scorer's levels."""
PENALTY, STEPS = 1.0, 40


class Case(NamedTuple):
    """One happening of one report: its best score, its tellings, whether it is right, its fold."""

    best: float
    tellings: int
    right: bool
    fold: int


def fold_of(report: str) -> int:
    """Return a report's fold, as the gold's README fixes it."""
    return int(hashlib.sha256(report.encode()).hexdigest()[:8], 16) % FOLDS


def cases() -> Iterator[Case]:
    """Yield the happenings of all reports that were trained on, out of fold."""
    stored: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in out_of_fold.PREDICTIONS.read_text("utf-8").splitlines():
        row = json.loads(line)
        stored[row["doc"]].append(row)
    for part in out_of_fold.TRAINED:
        for report in articles.rows_of(part):
            text = f"{report['title']}\n{report['text']}" if report.get("title") else report["text"]
            yield from _of_report(report["id"], text, stored[report["id"]])


def _of_report(name: str, text: str, rows: list[dict[str, Any]]) -> Iterator[Case]:
    rights = _judge(name, text, rows)
    claims = {f"clm_{n:016x}": claim_of(n, name, row) for n, row in enumerate(rows)}
    told = [Told(one, fold_words(one.words.of(text))) for one in claims.values()]
    for happening in reconcile(told, Kinship(), load_policy()).happenings:
        judged = [rights[int(one[4:], 16)] for one in happening.claims]
        if all(one is None for one in judged):
            continue
        own = [claims[one] for one in happening.claims]
        tellings = len({one.trigger for one in own})
        yield Case(max(one.score for one in own), tellings, any(judged), fold_of(name))


def _judge(name: str, text: str, rows: list[dict[str, Any]]) -> list[bool | None]:
    import score_events  # beside the gold

    path = articles.GOLD / "events" / f"{name}.jsonl"
    golds = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    lines = [out_of_fold.worded(row, text) for row in rows]
    matched = {m[1]: golds[m[0]] for m in score_events.match(golds, lines, text, EVENT)}
    near = {m[1]: golds[m[0]] for m in score_events.match(golds, lines, text, FOUND)}
    rights: list[bool | None] = []
    for number in range(len(rows)):
        gold = matched.get(number, near.get(number))
        background = gold is not None and not gold.get("core", True)
        rights.append(None if background else number in matched)
    return rights


def claim_of(number: int, report: str, row: dict[str, Any]) -> Claim:
    """Return a stored row as a claim; its frame is its type, for the rows hold no frame."""
    first, last, start, end = row["span"]
    trigger = Span(start, end)
    sides = [
        tuple(Mention(span=trigger, actor=None if code == "UNK" else code) for code in row[side])
        for side in ("actors", "targets")
    ]
    return Claim(
        id=f"clm_{number:016x}",
        report=report,
        frame=row["type"].lower(),
        type=row["type"],
        words=Span(first, last),
        trigger=trigger,
        actors=sides[0],
        targets=sides[1],
        when=when_of(row["when"]),
        standing=row["standing"],
        voice=Voice(kind=row["voice"] or "own"),
        score=row["score"],
    )


def when_of(words: str | None) -> When:
    """Return the stretch of days that EDTF names."""
    if not words:
        return When()
    first, _, last = words.partition("/")
    ends = (first, last or first)
    days = [None if end == ".." else parse_days(end)[at] for at, end in enumerate(ends)]
    return When(first=days[0], last=days[1], basis="stated")


def fit(judged: Sequence[Case]) -> float:
    """Return the weight of each e-fold of tellings, never below 0.

    The best claim's score stands as it is; a logistic regression on the rest, by Newton's method.
    """
    weight = 0.0
    for _ in range(STEPS):
        slope, curve = PENALTY * weight, PENALTY
        for case in judged:
            sign, chance = math.log(case.tellings), chance_of(case, weight)
            slope += sign * (chance - case.right)
            curve += sign * sign * chance * (1 - chance)
        weight -= slope / curve
    return max(0.0, weight)


def chance_of(case: Case, weight: float) -> float:
    """Return a happening's certainty by a weight."""
    best = min(max(case.best, LEAST_SCORE), weights().measured["surest"])
    odds = math.log(best / (1 - best)) + weight * math.log(case.tellings)
    return 1 / (1 + math.exp(-odds))


def judge(found: Sequence[Case], taught: Sequence[Case] | None = None) -> list[tuple[float, bool]]:
    """Return the certainty of each happening, by what the other folds teach, and if it is right."""
    judged = []
    for fold in range(FOLDS):
        weight = fit([case for case in taught or found if case.fold != fold])
        judged += [(chance_of(case, weight), case.right) for case in found if case.fold == fold]
    return judged


def brier(judged: Sequence[tuple[float, bool]]) -> float:
    """Return the mean squared error of chances."""
    return sum((chance - right) ** 2 for chance, right in judged) / len(judged)


def by_tenths(judged: Sequence[tuple[float, bool]]) -> list[tuple[float, float, int]]:
    """Return what was said, what was right and how many, for each tenth that holds any."""
    return _parts(judged, [number / 10 for number in range(10)])


def by_words(judged: Sequence[tuple[float, bool]]) -> list[tuple[str, float, float, int]]:
    """Return the same for each certainty word, the surest first."""
    ends = sorted(CERTAINTY_WORDS.values())
    names = {least: word for word, least in CERTAINTY_WORDS.items()}
    found = []
    for least, end in zip(ends, [*ends[1:], 1.01], strict=True):
        for said, was, count in _parts([one for one in judged if least <= one[0] < end], [0.0]):
            found.append((names[least], said, was, count))
    return found[::-1]


def _parts(
    judged: Sequence[tuple[float, bool]], starts: Sequence[float]
) -> list[tuple[float, float, int]]:
    found = []
    for start, end in zip(starts, [*starts[1:], 1.01], strict=True):
        within = [one for one in judged if start <= one[0] < end]
        if within:
            said, was = (sum(values) / len(within) for values in zip(*within, strict=True))
            found.append((said, was, len(within)))
    return found


def main() -> None:
    """Print the figures."""
    found = list(cases())
    judged = judge(found)
    base = sum(right for _, right in judged) / len(judged)
    print(f"{len(judged)} happenings, {base:.3f} right, weight of tellings {fit(found):.3f}")
    print(f"Brier {brier(judged):.4f}, constant {base - base**2:.4f}")
    alone = [(case.best, case.right) for case in found]
    print(f"best score alone {brier(alone):.4f}")
    several = [case for case in found if case.tellings > 1]
    scores = [(case.best, case.right) for case in several]
    chances = judge(several, found)
    print(f"{len(several)} told more than once: Brier {brier(chances):.4f}, ", end="")
    print(f"best score alone {brier(scores):.4f}")
    for said, was, count in by_tenths(judged):
        print(f"said {said:.2f}, right {was:.2f}, {count}")
    for word, said, was, count in by_words(judged):
        print(f"{word}: said {said:.2f}, right {was:.2f}, {count}")


if __name__ == "__main__":
    main()
