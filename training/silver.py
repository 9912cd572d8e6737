"""Tags names in unlabelled news: `python training/silver.py --model FOLDER --out FILE`.

The lexicon's names and a first model's sure ones become tags over the openly licensed corpus;
words on which neither is sure stay untagged and bear no loss. Reports of our own name test
(`tests/quality/news_names.jsonl`) are left out.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "src")]

import msgspec  # noqa: E402
import numpy as np  # noqa: E402
from treebank import UNTAGGED, Example  # noqa: E402

from chancery.lexicon import Lexicon, NameMatch  # noqa: E402
from chancery.read.encoder import Encoder  # noqa: E402
from chancery.read.names import names_with_lexicon  # noqa: E402
from chancery.read.parse import tree_of  # noqa: E402
from chancery.read.sentences import Sentence, split_sentences  # noqa: E402

CORPUS = HERE.parents[1] / "shared" / "corpus"
FILES = ("corpus.jsonl", "general.jsonl")
NAME_TEST = HERE.parent / "tests" / "quality" / "news_names.jsonl"
SURE, SURELY_NONE = 0.9, 0.95
SHARES = {"wn": 1000, "kh": 150, "kr": 150, "ua": 250, "wh": 250}  # sentences by kind of report
LENGTHS = range(6, 50)


def silver_examples(encoder: Encoder, lexicon: Lexicon) -> Iterator[Example]:
    """Yield tagged sentences that bear a name, picked by the hash of their place."""
    left = dict(SHARES)
    for report, start, sentence, matches in _candidates(lexicon):
        kind = report["id"].partition("-")[0]
        if not left.get(kind):
            continue
        text = _text(report)
        words = [word.of(text) for word in sentence.words]
        if not encoder.fits(words):
            continue
        example = Example(key=f"{report['id']}:{start}", words=words)
        example.names = tag(text, sentence, matches, words, encoder)
        if any(name.startswith("B-") for name in example.names):
            left[kind] -= 1
            yield example


def _text(report: dict[str, Any]) -> str:
    return f"{report['title']}\n{report['text']}"


def _candidates(
    lexicon: Lexicon,
) -> Iterator[tuple[dict[str, Any], int, Sentence, Sequence[NameMatch]]]:
    rows = NAME_TEST.read_text(encoding="utf-8").splitlines()
    held_out = {json.loads(row)["report"] for row in rows}
    found = []
    for file in FILES:
        with (CORPUS / file).open(encoding="utf-8") as lines:
            reports = list(map(json.loads, lines))
        for report in reports:
            if report["id"] in held_out or report["id"].partition("-")[0] not in SHARES:
                continue
            for sentence in split_sentences(_text(report)):
                if len(sentence.words) in LENGTHS:
                    key = f"{report['id']}:{sentence.span.start}".encode()
                    found.append((hashlib.sha256(key).hexdigest(), report, sentence))
    found.sort(key=lambda row: row[0])
    matches: dict[str, Sequence[NameMatch]] = {}
    for _, report, sentence in found:
        if report["id"] not in matches:
            matches[report["id"]] = lexicon.find_names(_text(report))
        yield report, sentence.span.start, sentence, matches[report["id"]]


def tag(
    text: str, sentence: Sentence, matches: Sequence[NameMatch], words: Sequence[str],
    encoder: Encoder,
) -> list[str]:  # fmt: skip
    """Return name tags: the lexicon's, the model's where it is sure, else untagged."""
    encoded = encoder.encode(words)
    chances = np.exp(encoded.names - encoded.names.max(1, keepdims=True))
    chances /= chances.sum(1, keepdims=True)
    nothing = encoder.manifest.names.index("O")
    tree = tree_of(sentence, encoded, encoder)
    known = set(names_with_lexicon(msgspec.structs.replace(tree, names=()), matches))
    tags = ["O"] * len(words)
    for number, word in enumerate(words):
        if chances[number, nothing] < SURELY_NONE and word[:1].isupper():
            tags[number] = UNTAGGED
    for name in names_with_lexicon(tree, matches):
        places = range(name.first, name.last + 1)
        sure = name in known or min(chances[n].max() for n in places) >= SURE
        for n in places:
            tags[n] = f"{'B' if n == name.first else 'I'}-{name.kind}" if sure else UNTAGGED
    return tags


def read_silver(path: Path) -> list[Example]:
    """Read what `main` wrote."""
    rows = map(json.loads, path.read_text(encoding="utf-8").rstrip("\n").split("\n"))
    return [Example(key=row["key"], words=row["words"], names=row["names"]) for row in rows]


def main() -> None:
    """Read the arguments and do it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    examples = silver_examples(Encoder.load(arguments.model), Lexicon.load())
    with arguments.out.open("w", encoding="utf-8") as file:
        for example in examples:
            row = {"key": example.key, "words": example.words, "names": example.names}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
