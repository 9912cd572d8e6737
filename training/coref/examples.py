"""Reads ECB+ and keeps, for each topic, the signs of every pair of its mentions.

    python training/coref/examples.py --out WORK

Of the gold, only texts and spans go in; the clusters are kept beside the signs. The sub-topic in a
document's name is not used: texts are handed over by number.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import pickle
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from chancery.model import Span
from chancery.read.corefer import Batch, look
from chancery.read.deed_likeness import signs_of
from chancery.read.deed_mentions import DeedMention
from chancery.read.encoder import Encoder

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT.parent / "shared" / "gold" / "coref" / "ecbplus.jsonl"
FOLDS = 5
EXAMPLES = "ecbplus.pickle"


class Topic(NamedTuple):
    """A topic: its fold, the batch with texts by number, signs by name, and each mention's cluster.

    `names` are the documents' names by those numbers; `clusters`: one number a mention.
    """

    id: str
    fold: int
    names: list[str]
    batch: Batch
    signs: dict[str, Any]
    clusters: Any


def fold_of(name: str) -> int:
    """Return the fold of a record, by its id."""
    return int(hashlib.sha256(name.encode()).hexdigest()[:8], 16) % FOLDS


def read_topic(record: dict[str, Any], encoder: Encoder) -> Topic:
    """Read one topic's texts and compare all its mentions."""
    names = [doc["id"] for doc in record["docs"]]
    number = {name: str(place) for place, name in enumerate(names)}
    gold = {
        DeedMention(number[m["doc"]], Span(*m["span"])): place
        for place, cluster in enumerate(record["clusters"])
        for m in cluster
    }
    texts = {number[doc["id"]]: doc["text"] for doc in record["docs"]}
    batch = look(texts, gold, encoder)
    signs = {name: np.float32(table) for name, table in signs_of(batch.texts, batch.seen).items()}
    clusters = np.asarray([gold[mention] for mention in batch.mentions])
    return Topic(record["id"], fold_of(record["id"]), names, batch, signs, clusters)


def main() -> None:
    """Read every topic."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    out = parser.parse_args().out
    encoder = Encoder.load()
    records = map(json.loads, GOLD.read_text("utf-8").splitlines())
    topics = [read_topic(record, encoder) for record in records]
    out.mkdir(parents=True, exist_ok=True)
    (out / EXAMPLES).write_bytes(pickle.dumps([topic._asdict() for topic in topics]))
    print(f"{len(topics)} topics, {sum(len(topic.clusters) for topic in topics)} mentions")


if __name__ == "__main__":
    main()
