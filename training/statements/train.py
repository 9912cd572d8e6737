"""Trains what reads statements: `train.py --data FOLDER --out FOLDER --fold all 0 1 2 3 4`.

`--data` is what `prepare.py` wrote. Learns from all texts but newswire, with a fold given from
those outside of it. Writes `FOLD.pt`.
"""

from __future__ import annotations

import argparse
import pickle
import random
import sys
import time
import tomllib
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1] / "src"), str(HERE), str(HERE.parent)]

import numpy as np  # noqa: E402
import torch  # noqa: E402
from role_network import RoleNetwork  # noqa: E402
from torch import Tensor, nn  # noqa: E402
from windows import IGNORED, Batch, Example, batch_of, groups_of, windows_of  # noqa: E402

LEAST = 0.01
"""The share of the rate that is left at the end."""


def loss_of(network: RoleNetwork, batch: Batch, weights: dict[str, float]) -> Tensor:
    """Add up the losses of roles, of where contents point and of where cues point, a word."""
    mask = batch.inputs.mask
    assert mask is not None
    with torch.autocast("cpu", torch.bfloat16):
        scores, pointers = network(batch.inputs)
    loss = network.chain_loss(scores, batch.roles, mask)
    pairs = zip(pointers.float(), (batch.cues, batch.sources), ("cue", "source"), strict=True)
    for said, right, name in pairs:
        total = nn.functional.cross_entropy(
            said.flatten(0, 1), right.flatten(), ignore_index=IGNORED, reduction="sum"
        )
        loss = loss + weights[name] * total / mask.sum()
    return loss


def train(
    examples: list[Example], states: list[np.ndarray], config: dict[str, Any], seed: int
) -> RoleNetwork:
    """Train a network on some texts, given with the states of their words."""
    chance = random.Random(seed)
    torch.manual_seed(seed)
    network = RoleNetwork(config["network"])
    schedule = config["schedule"]
    optimiser = torch.optim.AdamW(
        network.parameters(), lr=schedule["rate"], betas=(0.9, 0.98), weight_decay=0.01, fused=True
    )
    begun, step = time.monotonic(), 0
    network.train()
    for number in range(schedule["passes"]):
        windows = [
            window
            for example, rows in zip(examples, states, strict=True)
            for window in windows_of(example, rows, chance)
        ]
        groups = groups_of(windows, schedule["batch_words"], chance)
        steps, total = len(groups) * schedule["passes"], 0.0
        for group in groups:
            loss = loss_of(network, batch_of(group), config["loss"])
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            share = min(1.0, (step + 1) / schedule["warm_up"]) * max(LEAST, 1 - step / steps)
            for row in optimiser.param_groups:
                row["lr"] = schedule["rate"] * share
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            step += 1
            total += float(loss.detach())
        spent = time.monotonic() - begun
        print(f"pass {number + 1} loss {total / len(groups):.4f} {spent:.0f} s", flush=True)
    return network


def main() -> None:
    """Read the arguments and do it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--fold", nargs="+", default=["all"])
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    config = tomllib.loads((HERE / "config.toml").read_text(encoding="utf-8"))
    with (arguments.data / "examples.pickle").open("rb") as file:
        examples: list[Example] = pickle.load(file)
    table = np.load(arguments.data / "states.npy", mmap_mode="r")
    ends = np.cumsum([len(example.layout.words) for example in examples])
    states = np.split(table, ends[:-1])
    for fold in arguments.fold:
        kept = [
            number
            for number, example in enumerate(examples)
            if example.gold.part != "newswire" and str(example.gold.fold) != fold
        ]
        chosen = [examples[number] for number in kept], [states[number] for number in kept]
        network = train(*chosen, config, arguments.seed)
        torch.save(network.state_dict(), arguments.out / f"{fold}.pt")
        print(f"fold {fold} trained", flush=True)


if __name__ == "__main__":
    main()
