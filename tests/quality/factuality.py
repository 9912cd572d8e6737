"""Hands words for deeds over to Chancery and scores what it says of them.

    python tests/quality/factuality.py [SET …]

In: a text and the spans of its deeds, never a label. Out: one line of figures a set, from the
scorer, which knows nothing of Chancery. `uds_ih2` and `meantime` were trained on: for them the
answers are scored that weights gave which never saw the text (`training/assess/fit.py`); they are
stored as ids, offsets and answers in `predictions/factuality.jsonl`. The other sets have numbers
too, which say something else: in them what is planned lies above 0.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from chancery.model import Span
from chancery.read import Reader

HERE = Path(__file__).resolve().parent
GOLD = HERE.parents[2] / "shared" / "gold"
PREDICTIONS = HERE / "predictions" / "factuality.jsonl"
DIGEST = HERE / "predictions" / "factuality-digest.txt"
TRAINED = ("meantime", "uds_ih2")
SETS = (*TRAINED, "uw", "cb", "rp", "mv2")

POLARITY = {"positive": "POS", "negative": "NEG", "unknown": "UNDERSPECIFIED"}
CERTAINTY = {
    "certain": "CERTAIN", "probable": "PROBABLE", "possible": "POSSIBLE",
    "unknown": "UNDERSPECIFIED",
}  # fmt: skip
TIME = {"future": "FUTURE", "not_future": "NON_FUTURE"}


def gold_of(name: str) -> Path:
    """Return where a set lies."""
    return GOLD / "factuality" / f"{name}.jsonl"


def rows_of(name: str) -> list[dict[str, Any]]:
    """Return the texts of a set with their deeds."""
    return [json.loads(line) for line in gold_of(name).read_text("utf-8").splitlines()]


def digest() -> str:
    """Name the gold of the sets trained on by its content."""
    found = hashlib.sha256()
    for name in TRAINED:
        found.update(gold_of(name).read_bytes())
    return found.hexdigest()[:16]


def renamed(start: int, end: int, said: list[Any]) -> dict[str, Any]:
    """Return an answer in gold's words: a number, or polarity, certainty and time."""
    if len(said) == 1:
        return {"span": [start, end], "label": said[0]}
    polarity, certainty, time = said
    return {
        "span": [start, end],
        "polarity": POLARITY[polarity],
        "certainty": CERTAINTY[certainty],
        "time": TIME[time],
    }


def stored(name: str) -> Iterator[dict[str, Any]]:
    """Yield the stored answers on a set, a line a text."""
    for line in PREDICTIONS.read_text("utf-8").splitlines():
        text, deeds = json.loads(line)
        if text.split(":")[0] == name:
            yield {"id": text, "events": [renamed(deed[0], deed[1], deed[2:]) for deed in deeds]}


def assessed(name: str, reader: Reader) -> Iterator[dict[str, Any]]:
    """Yield the reader's own answers on a set, a line a text."""
    for row in rows_of(name):
        spans = [Span(*event["span"]) for event in row["events"]]
        said = reader.assess(row["text"], spans)
        deeds = [
            renamed(span.start, span.end, [one.factuality])
            for span, one in zip(spans, said, strict=True)
        ]
        yield {"id": row["id"], "events": deeds}


def score(name: str, reader: Reader | None = None) -> dict[str, Any]:
    """Score the stored answers on a set, or without any a reader's; `floor` is "all happened"."""
    lines = list(assessed(name, reader) if reader else stored(name))
    result = _scored(name, lines)
    if "mae" in result:
        result["floor"] = _scored(name, [])
    else:
        result["uncertain"] = _uncertain(name, lines)
    return result


def _scored(name: str, lines: list[dict[str, Any]]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        predicted = Path(folder) / "predicted.jsonl"
        predicted.write_text("\n".join(map(json.dumps, lines)), "utf-8")
        command = [sys.executable, GOLD / "score_factuality.py", gold_of(name), predicted]
        answer = subprocess.run(list(map(str, command)), capture_output=True, check=True, text=True)
    result: dict[str, Any] = json.loads(answer.stdout)
    return result


def _uncertain(name: str, lines: list[dict[str, Any]]) -> float:
    """Return the F1 of probable and possible taken together, which the scorer does not print."""
    doubtful = ("PROBABLE", "POSSIBLE")
    said = {
        (line["id"], *deed["span"]): deed["certainty"] for line in lines for deed in line["events"]
    }
    pairs = [
        (deed["certainty"] in doubtful, said.get((row["id"], *deed["span"])) in doubtful)
        for row in rows_of(name)
        for deed in row["events"]
    ]
    both = sum(gold and told for gold, told in pairs)
    return round(2 * both / max(1, sum(gold + told for gold, told in pairs)), 4)


def show(name: str, result: dict[str, Any]) -> None:
    """Print the figures of a set on one line, those of "all happened" in brackets."""
    if "mae" in result:
        floor = result["floor"]
        figures = " ".join(
            f"{figure} {result[figure]:.3f} ({floor[figure]:.3f})"
            for figure in ("mae", "pearson_r", "sign_accuracy")
        )
    else:
        kinds = {kind: result[kind] for kind in ("polarity", "certainty", "time")}
        figures = " ".join(
            f"{kind} {part['macro_f1']:.3f}/{part['accuracy']:.3f}" for kind, part in kinds.items()
        )
        figures += f" NEG {kinds['polarity']['f1']['NEG']:.3f}"
        figures += f" FUTURE {kinds['time']['f1']['FUTURE']:.3f}"
        figures += f" uncertain {result['uncertain']:.3f}"
    print(f"{name:9} n={result['events']} {figures}")


def main(arguments: list[str]) -> None:
    """Print one line of figures a set."""
    reader = Reader.load()
    for name in [word for word in arguments if word in SETS] or list(SETS):
        show(name, score(name, None if name in TRAINED else reader))


if __name__ == "__main__":
    main(sys.argv[1:])
