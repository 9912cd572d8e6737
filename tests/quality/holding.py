"""Scores the states that hold against our labels: `python tests/quality/holding.py [--errors]`.

A found state is right where its kind is the labelled one and half of the words of the longer of
the two spans are in both. Days, phase and holders are counted on the right ones. With `--errors`
the errors on the development half are shown, never those on the other half.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from chancery.lexicon import Lexicon
from chancery.model import HeldState, Report, Span, When
from chancery.read.dates import find_times
from chancery.read.holders import side_of
from chancery.read.holding import find_states
from chancery.read.mentions import find_mentions
from chancery.read.sentences import split_sentences

HERE = Path(__file__).resolve().parent
PARTS = ("all", "development", "held out", "later rounds")
CORPUS = HERE.parents[2] / "shared" / "corpus"


def is_held_out(row: dict[str, Any]) -> bool:
    """Say whether a label belongs to those that nobody looks at while tuning.

    That is half of the first round by the hash of the id, and all later rounds, which were
    labelled when the tables stood; each was looked at once it had been measured.
    """
    return "round" in row or sha256(row["id"].encode()).digest()[0] % 2 == 1


def labelled(name: str) -> Iterator[tuple[dict[str, Any], Report, Span]]:
    """Yield the labels of a file, each with its report and the sentence it is about."""
    rows = [
        json.loads(line)
        for line in (HERE / "labels" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    reports = _reports({row["report"] for row in rows if "report" in row})
    for row in rows:
        if "report" in row:
            yield row, reports[row["report"]], Span(*row["sentence"])
        else:
            report = _report(row["id"], row["text"], row["published"])
            yield row, report, Span(0, len(row["text"]))


def _reports(wanted: set[str]) -> dict[str, Report]:
    found = {}
    for name in ("corpus", "general"):
        with (CORPUS / f"{name}.jsonl").open(encoding="utf-8") as lines:
            for record in map(json.loads, lines):
                if record["id"] in wanted:
                    title, text = record["title"], record["text"]
                    whole = f"{title}\n{text}" if title else text
                    found[record["id"]] = _report(record["id"], whole, record["published"], title)
    return found


def _report(name: str, text: str, published: str, title: str = "") -> Report:
    day = date.fromisoformat(published[:10])
    when = When(first=day, last=day, basis="stated")
    return Report(id=name, text=text, title=title, published=when)


def share(text: str, one: Span, other: Span) -> float:
    """Return which share of the words of the longer of two spans both have."""
    counts = [len(span.of(text).split()) for span in (one, other)]
    low, high = max(one.start, other.start), min(one.end, other.end)
    return len(text[low:high].split()) / max(*counts, 1) if low < high else 0.0


def states_of(report: Report, sentence: Span, lexicon: Lexicon) -> list[HeldState]:
    """Return the states that the reader finds in one sentence of a report."""
    sentences = split_sentences(report.text)
    times = find_times(report.text, sentences, report.published)
    here = [one for one in sentences if sentence.overlaps(one.span)]
    mentions = find_mentions(report.text, sentences, lexicon, report.published)
    return find_states(report.id, report.text, here, mentions, times, report.published)


def paired(
    text: str, gold: list[dict[str, Any]], found: Iterable[Any], same_kind: bool = True
) -> Iterator[tuple[dict[str, Any] | None, Any]]:
    """Yield what was found with its label, then what of either has no counterpart."""
    left = list(gold)
    for one in found:
        fits = [
            label
            for label in left
            if share(text, Span(*label["span"]), one.span) >= 0.5
            and (not same_kind or label["kind"] == one.kind)
        ]
        if fits:
            left.remove(fits[0])
        yield (fits[0] if fits else None), one
    for label in left:
        yield label, None


def edtf(when: When | None) -> str | None:
    """Write days as the labels do."""
    return when.edtf() if when else None


def is_of(row: dict[str, Any], part: str) -> bool:
    """Say whether a label belongs to a part of the labels."""
    if part == "later rounds":
        return "round" in row
    return part == "all" or is_held_out(row) == (part == "held out")


def score(part: str = "all", *, errors: bool = False) -> dict[str, float]:
    """Return precision, recall and the shares of right days, phases and holders, 0…1."""
    lexicon = Lexicon.load()
    right, found, wanted = 0, 0, 0
    agree = dict.fromkeys(("since", "until", "phase", "holders"), 0)
    for row, report, sentence in labelled("states"):
        if not is_of(row, part):
            continue
        states = states_of(report, sentence, lexicon)
        wanted += len(row["states"])
        found += len(states)
        for label, state in paired(report.text, row["states"], states):
            if errors and (label is None or state is None):
                shown = "missed" if state is None else "false "
                kind = label["kind"] if label else state.kind
                print(shown, kind, "|", sentence.of(report.text).strip())
                print(
                    "       ",
                    state.span.of(report.text) if state else Span(*label["span"]).of(report.text),
                )
            if label is None or state is None:
                continue
            right += 1
            got = {
                "since": edtf(state.since) == label["since"],
                "until": edtf(state.until) == label["until"],
                "phase": state.phase == label["phase"],
                "holders": [side_of(code) for code in state.holders] == label["holders"],
            }
            for name, fits in got.items():
                agree[name] += fits
                if errors and not fits and name != "holders":
                    mine = getattr(state, name)
                    mine = mine if name == "phase" else edtf(mine)
                    print("  ", name, mine, "for", label[name], "|", state.span.of(report.text))
    return {
        "precision": right / max(1, found),
        "recall": right / max(1, wanted),
        **{name: count / max(1, right) for name, count in agree.items()},
        "wanted": wanted,
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true", help="show those of the development half")
    if parser.parse_args().errors:
        score("development", errors=True)
    for part in PARTS:
        print(part, {name: round(value, 3) for name, value in score(part).items()})
