"""Trains the deed heads: `train.py --data FOLDER --start FOLDER --out FOLDER --fold 0 1`.

`--data` is what `prepare.py` wrote, `--start` a folder with the encoder's float weights
(`weights.pt`, `labels.json`). The first stages of `config.toml` read what we annotated, the last
the gold reports: all of them with `--fold all`, else those outside the fold. Writes `STAGE.pt`
after each (taken up where it exists) and `FOLD.pt` after the last.
"""

from __future__ import annotations

import argparse
import json
import pickle
import random
import sys
import time
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1] / "src"), str(HERE), str(HERE.parent)]

from batches import (  # noqa: E402
    IGNORED,
    Batch,
    Item,
    batch_of,
    groups_of,
    items_of,
    padded,
    pair_item,
    pairs_within,
)
from deed_network import DeedNetwork  # noqa: E402
from network import Network  # noqa: E402

from chancery.lexicon.frames import MODES  # noqa: E402
from chancery.read.deeds import TYPES  # noqa: E402
from chancery.read.wordpiece import WordPiece  # noqa: E402

OURS = ("own", "wire", "real")
"""The parts that we annotated: in no fold."""

NEWSWIRE = "newswire"
"""The part of the gold set that may be looked at, but not trained on."""

MODE_LABELS = [f"{kind}/{mode}" for kind in TYPES for mode in ("", *sorted(MODES.get(kind, ())))]


def loss_of(network: DeedNetwork, batch: Batch, weights: dict[str, float]) -> Tensor:
    """Add up the losses of triggers, their types and modes, their sides, and pairs."""
    words, begins = network.encode(
        batch.states, batch.firsts, batch.cues, batch.kinds, batch.marks, batch.mask
    )
    loss = torch.zeros(())
    gold = padded([item.types for item in batch.items], IGNORED)
    if bool((gold != IGNORED).any()):
        scores = network.types(words).float()
        total = nn.functional.cross_entropy(
            scores.flatten(0, 1), gold.flatten(), ignore_index=IGNORED, reduction="sum"
        )
        loss = loss + weights["trigger"] * total / (gold != IGNORED).sum()
        loss = loss + _of_triggers(network, batch, words, scores, weights)
    paired = [number for number, item in enumerate(batch.items) if item.pair]
    if paired:
        scores = network.pair_scores(words[paired], begins[paired], batch.marks[paired]).float()
        kinds = torch.tensor([item.pair[0] for item in batch.items if item.pair])
        standings = torch.tensor([item.pair[1] for item in batch.items if item.pair])
        count = len(TYPES) + 1
        loss = loss + weights["pair"] * (
            nn.functional.cross_entropy(scores[:, :count], kinds)
            + 0.5 * nn.functional.cross_entropy(scores[:, count:], standings)
        )
    return loss


def _of_triggers(
    network: DeedNetwork, batch: Batch, words: Tensor, scores: Tensor, weights: dict[str, float]
) -> Tensor:
    """Return the losses at the triggers: type among types, mode, and the words of both sides."""
    rows = [(n, target) for n, item in enumerate(batch.items) for target in item.targets]
    if not rows:
        return torch.zeros(())
    sentences = torch.tensor([number for number, _ in rows])
    places = torch.tensor([target.place for _, target in rows])
    wanted = torch.from_numpy(np.stack([target.types for _, target in rows]))
    chances = scores[sentences, places][:, 1:].log_softmax(-1)
    loss = weights["type"] * -(chances * wanted[:, 1:]).sum(-1).sum() / len(batch.items)
    modes = torch.tensor([target.mode for _, target in rows])
    if bool((modes != IGNORED).any()):
        said = network.modes(words[sentences, places]).float()
        loss = loss + weights["mode"] * nn.functional.cross_entropy(
            said, modes, ignore_index=IGNORED, reduction="sum"
        ) / len(batch.items)
    doers = network.doer_features(words[sentences, places]).unsqueeze(1)
    parties = network.party_features(words)[sentences]
    said = network.side_scores(doers.expand_as(parties), parties).float()
    right = torch.zeros_like(said)
    for row, (_, target) in enumerate(rows):
        right[row, target.doers, 0] = 1.0
        right[row, target.done_to, 1] = 1.0
    real = (batch.firsts[:, 1:] > 0)[sentences].unsqueeze(-1)
    each = nn.functional.binary_cross_entropy_with_logits(said, right, reduction="none")
    return loss + weights["side"] * (each * real).sum() / len(batch.items)


def run_stage(
    network: DeedNetwork, main: list[Item], extra: list[Item], stage: dict[str, Any],
    config: dict[str, Any], seed: int,
) -> None:  # fmt: skip
    """Train for a stage's passes; each pass draws its pairs, and its share of `extra`, anew."""
    chance = random.Random(seed)
    torch.manual_seed(seed)
    top = [p for name, p in network.named_parameters() if name.startswith("layers.")]
    heads = [p for name, p in network.named_parameters() if not name.startswith("layers.")]
    rates = [stage["top_rate"], stage["head_rate"]]
    optimiser = torch.optim.AdamW(
        [{"params": top, "lr": rates[0]}, {"params": heads, "lr": rates[1]}],
        betas=(0.9, 0.98), weight_decay=0.01, fused=True,
    )  # fmt: skip
    most, begun, step = config["data"]["batch_pieces"], time.monotonic(), 0
    for number in range(stage["passes"]):
        items = list(main)
        items += chance.sample(extra, int(stage["extra_share"] * len(extra)))
        if stage["pair_share"]:
            whole = [item for item in items if not item.pair]
            some = chance.sample(whole, int(stage["pair_share"] * len(whole)))
            drawn = [pairs_within(item, chance) for item in some]
            items += [item for item in drawn if item]
        groups = list(groups_of(items, most, chance))
        steps = len(groups) * stage["passes"]
        sums = 0.0
        for group in groups:
            network.train()
            share = min(1.0, (step + 1) / 60) * max(0.02, 1 - step / steps)
            for row, rate in zip(optimiser.param_groups, rates, strict=True):
                row["lr"] = rate * share
            with torch.autocast("cpu", torch.bfloat16):
                loss = loss_of(
                    network, batch_of(group, chance, config["data"]["hide"]), config["loss"]
                )
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            step += 1
            sums += float(loss.detach())
        spent = time.monotonic() - begun
        print(f"{stage['name']} pass {number + 1} loss {sums / len(groups):.3f} {spent:.0f} s",
              flush=True)  # fmt: skip


def load_start(folder: Path, config: dict[str, Any]) -> DeedNetwork:
    """Build the network on the encoder's float weights."""
    labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
    encoder = tomllib.loads((HERE.parent / "config.toml").read_text(encoding="utf-8"))
    trunk = Network(encoder, labels)
    trunk.load_state_dict(torch.load(folder / "weights.pt", weights_only=True))
    options = config["network"]
    return DeedNetwork(trunk, options["shared"], len(MODE_LABELS), options)


def main() -> None:
    """Read the arguments and do it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--start", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--fold", nargs="+", default=["all"])
    parser.add_argument("--config", type=Path, default=HERE / "config.toml")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    config = tomllib.loads(arguments.config.read_text(encoding="utf-8"))
    with (arguments.data / "examples.pickle").open("rb") as file:
        stored = pickle.load(file)
    reports, pairs = stored["reports"], stored["pairs"]
    examples = [example for report in reports for example in report.examples]
    owners = [report for report in reports for _ in report.examples]
    table = np.load(arguments.data / "states.npy", mmap_mode="r")
    pieces = WordPiece.load(arguments.data / "vocabulary.txt")
    items = items_of([*examples, *(p.example for p in pairs)], table, pieces, MODE_LABELS)
    marked = [pair_item(p, i) for p, i in zip(pairs, items[len(examples) :], strict=True)]
    of_part: dict[str, list[Item]] = defaultdict(list)
    for item, owner in zip(items, owners, strict=False):
        of_part[owner.part].append(item)
    ours = [item for part in OURS for item in of_part[part]] + marked
    network = load_start(arguments.start, config)
    *firsts, last = config["stages"]
    for stage in firsts:
        done = arguments.out / f"{stage['name']}.pt"
        if done.exists():
            network.load_state_dict(torch.load(done, weights_only=True))
            continue
        main = [item for part in stage["parts"] for item in of_part[part]] + marked
        extra = [item for part in stage["extra"] for item in of_part[part]]
        run_stage(network, main, extra, stage, config, arguments.seed)
        torch.save(network.state_dict(), done)
    for fold in arguments.fold:
        network.load_state_dict(torch.load(done, weights_only=True))
        gold = [
            item
            for item, owner in zip(items, owners, strict=False)
            if owner.part not in (*OURS, NEWSWIRE) and str(owner.fold) != fold
        ]
        run_stage(network, gold, ours, last, config, arguments.seed)
        torch.save(network.state_dict(), arguments.out / f"{fold}.pt")


if __name__ == "__main__":
    main()
