"""Labelled words for deeds in, with what the model sees of them: what `fit.py` learns from.

Four sources, each told apart by `part`: `number` (It-Happened, a number from -3 to 3), `whole`
(MEANTIME: polarity, certainty and time), `standing` (the gold set's annotated reports that may be
trained on) and `own` (our own reports, in `../deeds/own`, trained on in every fold).

    python training/assess/examples.py --out WORK
"""

from __future__ import annotations

import argparse
import hashlib
import json
import pickle
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from chancery.model import Span
from chancery.read.assess import Seen, look
from chancery.read.encoder import Encoder

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
OWN = ROOT / "training" / "deeds" / "own"
FACTUALITY = SHARED / "gold" / "factuality"
FOLDS = 5
FILE = "assess.pickle"

MARK = re.compile(r"\{([^{}|]+)\|(\d+)\}")
EVENT = re.compile(
    r"= (\d+) [A-Z]+(?:/[a-z-]+)?(?: alt [A-Z,]+)? (?P<standing>[a-z]+) (?:core|background) "
)

sys.path.insert(0, str(ROOT / "tests" / "quality"))
sys.path.insert(0, str(ROOT / "training" / "deeds"))


class Example(NamedTuple):
    """One deed: where it stands, its labels, and what is seen of it; fold -1 is in every fold."""

    part: str
    id: str
    fold: int
    span: Span
    labels: dict[str, Any]
    seen: Seen


def fold_of(text: str) -> int:
    """Return a text's fold, as the gold set's README fixes it."""
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16) % FOLDS


def labelled() -> Iterator[tuple[str, str, str, list[tuple[Span, dict[str, Any]]]]]:
    """Yield the part, id and words of each text, and its deeds with their labels."""
    for part, name in (("number", "uds_ih2"), ("whole", "meantime")):
        for line in (FACTUALITY / f"{name}.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            deeds = [(Span(*event.pop("span")), event) for event in row["events"]]
            yield part, row["id"], row["text"], deeds
    yield from _reports()
    for path in sorted(OWN.glob("*.txt")):
        for block in path.read_text("utf-8").split("\n\n# "):
            yield _own(block)


def _reports() -> Iterator[tuple[str, str, str, list[tuple[Span, dict[str, Any]]]]]:
    import articles
    from out_of_fold import TRAINED
    from reports import locate

    for row in (row for part in TRAINED for row in articles.rows_of(part)):
        text = f"{row['title']}\n{row['text']}" if row.get("title") else row["text"]
        path = articles.GOLD / "events" / f"{row['id']}.jsonl"
        events = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line]
        found = [(locate(event, text), {"standing": event["standing"]}) for event in events]
        yield "standing", row["id"], text, [(Span(*at), labels) for at, labels in found if at]


def _own(block: str) -> tuple[str, str, str, list[tuple[Span, dict[str, Any]]]]:
    head, *lines = block.split("\n")
    events = [match for line in lines if (match := EVENT.match(line))]
    marked = "\n".join(line for line in lines if not line.startswith("= "))
    text, last, spans = "", 0, {}
    for mark in MARK.finditer(marked):
        text += marked[last : mark.start()]
        spans[mark[2]] = Span(len(text), len(text) + len(mark[1]))
        text += mark[1]
        last = mark.end()
    deeds = [(spans[e[1]], {"standing": e["standing"]}) for e in events if e[1] in spans]
    return "own", head.split(" | ")[0].lstrip("# "), text + marked[last:], deeds


def read_examples(encoder: Encoder) -> Iterator[Example]:
    """Yield every labelled deed with what is seen of it."""
    for part, name, text, deeds in labelled():
        fold = -1 if part == "own" else fold_of(name)
        seen = look(text, [span for span, _ in deeds], encoder)
        for (span, labels), one in zip(deeds, seen, strict=True):
            yield Example(part, name, fold, span, labels, one)


def main() -> None:
    """Read all that is labelled and keep it; one file of about 80 MB."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    folder = parser.parse_args().out
    folder.mkdir(parents=True, exist_ok=True)
    kept = [(*e[:3], tuple(e.labels.items()), (e.span.start, e.span.end), *e.seen)
            for e in read_examples(Encoder.load())]  # fmt: skip
    (folder / FILE).write_bytes(pickle.dumps(kept))
    print(f"{len(kept)} deeds")


def load_examples(folder: Path) -> list[Example]:
    """Load what `main` kept."""
    rows = pickle.loads((folder / FILE).read_bytes())
    return [
        Example(part, name, fold, Span(*span), dict(labels), Seen(signs, states))
        for part, name, fold, labels, span, signs, states in rows
    ]


if __name__ == "__main__":
    main()
