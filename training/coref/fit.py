"""Fits what makes signs of two mentions a chance that they speak of one happening.

    python training/coref/fit.py --data WORK

The examples are those of `examples.py`. Topics are held out by folds; the limit for joining is
chosen within what a fold is fitted on, by folds again. Groups out of fold are kept for the tests,
weights fitted on all go into `read/data/corefer.npz`, the limit into `corefer.toml`.
"""

from __future__ import annotations

import argparse
import pickle
import re
import sys
import zipfile
from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import torch
from examples import EXAMPLES, FOLDS, ROOT, Topic
from torch import nn

from chancery.read.corefer import Networks, chances_of, unpacked
from chancery.read.linkage import groups_of

sys.path.insert(0, str(ROOT / "tests" / "quality"))

import coref

NETWORKS = 4
HIDDEN, SECOND = 32, 16
PASSES, BATCH, RATE, DECAY = 6, 1024, 4e-3, 1e-2
DROP_SIGNS, DROP_HIDDEN = 0.1, 0.15
LEVEL = 0.5
"""A topic's pairs weigh by their number to this power, in all."""
SIZE = 0.5
"""A pair weighs by the mean of 1 / the size of its mentions' clusters, to this power: the scorer
counts mentions and clusters, and a cluster of thirty has more pairs than all others together."""
LIMITS = [round(0.15 + 0.05 * step, 2) for step in range(9)]
DATA = ROOT / "src" / "chancery" / "read" / "data"


def table_of(topics: Sequence[Topic], names: Sequence[str]) -> tuple[Any, Any, Any]:
    """Return the signs, labels and weights of all pairs of some topics."""
    signs, labels, weights = [], [], []
    for topic in topics:
        pairs = np.triu_indices(len(topic.clusters), 1)
        signs.append(np.stack([topic.signs[name][pairs] for name in names], axis=1))
        labels.append(topic.clusters[pairs[0]] == topic.clusters[pairs[1]])
        shares = 1 / np.bincount(topic.clusters)[topic.clusters]
        sized = ((shares[pairs[0]] + shares[pairs[1]]) / 2) ** SIZE
        weights.append(sized / sized.mean() * float(len(sized)) ** -LEVEL)
    whole = np.concatenate(weights)
    return (
        np.concatenate(signs),
        np.concatenate(labels).astype(np.float32),
        (whole / whole.mean()).astype(np.float32),
    )


def fit(topics: Sequence[Topic], count: int = NETWORKS) -> Networks:
    """Fit some networks on all pairs of some topics, rounded as they are stored."""
    names = sorted(topics[0].signs)
    signs, labels, weights = table_of(topics, names)
    mean, spread = signs.mean(0), signs.std(0) + 1e-3
    inputs = torch.from_numpy((signs - mean) / spread)
    answers = [
        fit_one(inputs, torch.from_numpy(labels), torch.from_numpy(weights), seed)
        for seed in range(count)
    ]
    layers = [np.stack([net[place] for net in answers]) for place in range(6)]
    return unpacked(BytesIO(packed(Networks(tuple(names), mean, spread, *layers))))


def fit_one(inputs: Any, labels: Any, weights: Any, seed: int) -> list[Any]:
    """Fit one network; returns its weights and biases, layer by layer."""
    torch.manual_seed(seed)
    net = nn.Sequential(
        nn.Dropout(DROP_SIGNS),
        nn.Linear(inputs.shape[1], HIDDEN),
        nn.ReLU(),
        nn.Dropout(DROP_HIDDEN),
        nn.Linear(HIDDEN, SECOND),
        nn.ReLU(),
        nn.Linear(SECOND, 1),
    )
    steps = PASSES * (len(inputs) // BATCH)
    optimizer = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=steps + 1)
    order = torch.Generator().manual_seed(seed)
    for _ in range(PASSES):
        shuffled = torch.randperm(len(inputs), generator=order)
        for start in range(0, len(inputs) - BATCH + 1, BATCH):
            rows = shuffled[start : start + BATCH]
            losses = nn.functional.binary_cross_entropy_with_logits(
                net(inputs[rows])[:, 0], labels[rows], reduction="none"
            )
            optimizer.zero_grad()
            (losses * weights[rows]).mean().backward()
            optimizer.step()
            schedule.step()
    return [
        array
        for layer in (net[1], net[4], net[6])
        for array in (layer.weight.T.detach().numpy(), layer.bias[None].detach().numpy())
    ]


def packed(networks: Networks) -> bytes:
    """Return the weights as the bytes of an `.npz`, half precision, the same for the same ones."""
    whole = BytesIO()
    with zipfile.ZipFile(whole, "w") as stored:
        for name, value in networks._asdict().items():
            array = np.frombuffer(" ".join(value).encode(), np.uint8) if name == "names" else value
            buffer = BytesIO()
            np.save(buffer, array if name == "names" else np.asarray(array, np.float16))
            info = zipfile.ZipInfo(f"{name}.npy")
            stored.writestr(info, buffer.getvalue(), zipfile.ZIP_DEFLATED, 9)
    return whole.getvalue()


def out_of_fold(topics: Sequence[Topic], count: int) -> dict[str, Any]:
    """Return the chances for each topic by networks that have not seen its fold."""
    chances = {}
    for fold in sorted({topic.fold for topic in topics}):
        networks = fit([topic for topic in topics if topic.fold != fold], count)
        for topic in topics:
            if topic.fold == fold:
                chances[topic.id] = chances_of(topic.signs, networks)
    return chances


def best_limit(topics: Sequence[Topic], chances: dict[str, Any]) -> float:
    """Return the limit for joining that does best, with those beside it, on some topics."""
    scores = [figure(topics, chances, dict.fromkeys(chances, limit)) for limit in LIMITS]
    stretches = [scores[max(0, n - 1) : n + 2] for n in range(len(scores))]
    middling = [sum(stretch) / len(stretch) for stretch in stretches]

    return LIMITS[int(np.argmax(middling))]


def figure(topics: Iterable[Topic], chances: dict[str, Any], limits: dict[str, float]) -> float:
    """Return the CoNLL F1 of some topics."""
    gold, said = [], []
    for topic in topics:
        groups = groups_of(chances[topic.id], limits[topic.id])
        said += [frozenset((topic.id, n) for n in members) for members in groups]
        for cluster in np.unique(topic.clusters):
            members = np.where(topic.clusters == cluster)[0].tolist()
            gold.append(frozenset((topic.id, n) for n in members))
    return coref.conll(gold, said)


def store(topics: Sequence[Topic], chances: dict[str, Any], limits: dict[str, float]) -> None:
    """Keep the groups out of fold for the tests."""
    lines = []
    for topic in topics:
        groups = groups_of(chances[topic.id], limits[topic.id])
        clusters = [[topic.batch.mentions[n] for n in members] for members in groups]
        lines.append(coref.line_of(topic.id, topic.names, clusters))
    coref.keep(lines)


def main() -> None:
    """Fit the folds and keep their groups, then fit what is shipped; print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    torch.set_num_threads(1)
    rows = pickle.loads((parser.parse_args().data / EXAMPLES).read_bytes())
    topics = [Topic(**row) for row in rows]
    chances, limits = out_of_fold(topics, NETWORKS), {}
    for fold in range(FOLDS):
        others = [topic for topic in topics if topic.fold != fold]
        limit = best_limit(others, out_of_fold(others, NETWORKS // 2))
        limits |= {topic.id: limit for topic in topics if topic.fold == fold}
        print(f"fold {fold}: limit {limit}")
    print(f"CoNLL F1 out of fold {figure(topics, chances, limits):.4f}")
    print(
        {
            limit: round(figure(topics, chances, dict.fromkeys(chances, limit)), 4)
            for limit in LIMITS
        }
    )
    store(topics, chances, limits)
    shipped = packed(fit(topics))
    (DATA / "corefer.npz").write_bytes(shipped)
    limit = best_limit(topics, chances)
    table = DATA / "corefer.toml"
    least = re.sub(r"(?m)^least = [\d.]+", f"least = {limit:.2f}", table.read_text("utf-8"))
    table.write_text(least, "utf-8")
    print(f"corefer.npz: {len(shipped)} bytes, limit {limit}")


if __name__ == "__main__":
    main()
