"""Trains the encoder and its heads: `python training/train.py --out FOLDER`.

Reads `config.toml` and the treebanks beside the repository; writes `weights.pt` (the running mean
of the weights), `labels.json` and a log with the scores on the dev parts after each pass.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import torch
from batches import Item, batches_of, label_sets, tensors_of
from network import Network, original_folder
from silver import read_silver
from torch import Tensor
from treebank import (
    Example,
    add_names,
    add_names_from_gum,
    name_spans,
    read_conllu,
    read_names,
    title_words,
    usual_kinds,
)

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "src"))

from chancery.read.wordpiece import WordPiece  # noqa: E402

MARKS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
TREEBANK = HERE.parents[1] / "shared" / "treebank"


def load_examples(files: list[str], config: dict[str, Any]) -> list[Example]:
    """Read treebank files with name tags: the names layer's, or for GUM those of its entities."""
    tags: dict[str, list[str]] = {}
    for file in config["data"]["names"]:
        tags |= read_names(TREEBANK / file)
    taught = list(read_conllu(TREEBANK / config["data"]["train"][0]))
    add_names(taught, tags)
    titles = title_words(taught) | set(config["data"]["posts"].split())
    usual = usual_kinds(taught)
    examples: list[Example] = []
    for file in files:
        found = list(read_conllu(TREEBANK / file))
        if file.startswith("gum"):
            add_names_from_gum(found, titles, usual)
        else:
            add_names(found, tags)
        examples += found
    return examples


def items_of(
    examples: list[Example], pieces: WordPiece, labels: dict[str, list[str]]
) -> list[Item]:
    """Turn sentences into numbers."""
    numbers = {
        column: {label: n for n, label in enumerate(found)} for column, found in labels.items()
    }
    return [Item(example, pieces, numbers) for example in examples]


def embed_with_original(items: list[Item], config: dict[str, Any], labels: dict[str, Any]) -> None:
    """Give each sentence the embedding that the original encoder has for the same pieces."""
    original = Network({**config, "heads": []}, labels)
    original.start_from_original()
    original.eval()
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        for group in batches_of(items, 6000):
            batch = tensors_of(group)
            shapes = torch.zeros_like(batch["shapes"])
            states = original(batch["ids"], shapes, batch["firsts"], batch["mask"])
            for item, vector in zip(group, states.mean().float(), strict=True):
                item.meaning = vector


def vocabulary_of(examples: list[Example], config: dict[str, Any], out: Path) -> WordPiece:
    """Return the original's word pieces, or as many as the size has: those the texts use most."""
    whole = WordPiece.load(original_folder() / "vocab.txt")
    kept = list(whole.ids)
    if "size" in config["encoder"]:
        used = Counter(
            number for e in examples for word in e.words for number in whole.pieces(word)
        )
        marks = [piece for piece in kept if piece in MARKS]
        often = [kept[number] for number, _ in used.most_common() if kept[number] not in MARKS]
        kept = [*marks, *often][: config["encoder"]["size"]["pieces"]]
    (out / "vocabulary.txt").write_text("\n".join(kept) + "\n", encoding="utf-8")
    return WordPiece(kept)


class Average:
    """A running mean of the weights: steadier than the last ones."""

    def __init__(self, network: Network, decay: float) -> None:
        self.state = {name: value.clone() for name, value in network.state_dict().items()}
        self.decay, self.taken = decay, 0

    def take(self, network: Network) -> None:
        """Move the mean a little towards the network's weights; faster at first."""
        self.taken += 1
        decay = min(self.decay, self.taken / (self.taken + 10))
        current = network.state_dict()
        names = [name for name, value in current.items() if value.is_floating_point()]
        torch._foreach_lerp_([self.state[n] for n in names], [current[n] for n in names], 1 - decay)


def optimiser_of(network: Network, schedule: dict[str, Any]) -> torch.optim.Optimizer:
    """Two rates: a low one for the encoder, a high one for heads, mixtures and shapes."""
    new = ("heads.", "mixtures.", "shapes.")
    groups: dict[tuple[bool, bool], list[Tensor]] = {}
    for name, weights in network.named_parameters():
        groups.setdefault((name.startswith(new), weights.dim() > 1), []).append(weights)
    rows = [
        {
            "params": weights,
            "lr": schedule["head_rate" if is_new else "encoder_rate"],
            "weight_decay": schedule["weight_decay"] if is_matrix else 0.0,
        }
        for (is_new, is_matrix), weights in groups.items()
    ]
    return torch.optim.AdamW(rows, betas=(0.9, 0.98), fused=True)


def rate_at(step: int, steps: int, schedule: dict[str, Any]) -> float:
    """Share of the peak rate: a short warm-up, then a straight line down to `last_rate`."""
    warm = schedule["warm_up"]
    if step < warm:
        return (step + 1) / warm
    gone = min(1.0, (step - warm) / max(1, steps - warm))
    return 1 - (1 - float(schedule["last_rate"])) * gone


def train(
    network: Network, items: list[Item], dev: dict[str, list[Item]], labels: dict[str, list[str]],
    config: dict[str, Any], out: Path,
) -> None:  # fmt: skip
    """Train for the configured passes, saving the averaged weights after each one."""
    schedule = config["schedule"]
    chance = random.Random(schedule["seed"])
    torch.manual_seed(schedule["seed"])
    optimiser = optimiser_of(network, schedule)
    peaks = [group["lr"] for group in optimiser.param_groups]
    average = Average(network, schedule["average"])
    order = random.Random(schedule["seed"])
    steps = _count_steps(items, schedule)
    step, begun = 0, time.monotonic()
    for number in range(schedule["stop_after"]):
        sums: dict[str, float] = {}
        taken = 0
        for group in batches_of(items, schedule["batch_pieces"], order):
            share = rate_at(step, steps, schedule)
            for row, peak in zip(optimiser.param_groups, peaks, strict=True):
                row["lr"] = peak * share
            losses = _step(
                network, tensors_of(group, chance, config["encoder"]), optimiser, schedule
            )
            for name, loss in losses.items():
                sums[name] = sums.get(name, 0.0) + loss
            step, taken = step + 1, taken + 1
            if step % schedule["average_every"] == 0:
                average.take(network)
            if step % 100 == 0:
                print(f"  step {step}/{steps} {time.monotonic() - begun:.0f} s", flush=True)
        torch.save(average.state, out / "weights.pt")
        mean = {name: round(total / taken, 4) for name, total in sums.items()}
        scores = score_average(network, average, dev, labels)
        line = {"pass": number + 1, "seconds": round(time.monotonic() - begun), "loss": mean}
        print(json.dumps({**line, "dev": scores}), flush=True)
    torch.save(network.state_dict(), out / "last.pt")
    print(json.dumps({"dev of the last weights": score(network, dev, labels)}), flush=True)


def _count_steps(items: list[Item], schedule: dict[str, Any]) -> int:
    """Count the steps of all passes; jitter makes a pass a little longer than sorting alone."""
    order = random.Random(schedule["seed"])
    passes = range(schedule["passes"])
    return sum(len(list(batches_of(items, schedule["batch_pieces"], order))) for _ in passes)


def _step(
    network: Network, batch: dict[str, Tensor], optimiser: torch.optim.Optimizer,
    schedule: dict[str, Any],
) -> dict[str, float]:  # fmt: skip
    network.train()
    with torch.autocast("cpu", torch.bfloat16):
        states = network(batch["ids"], batch["shapes"], batch["firsts"], batch["mask"])
        losses = {name: head.loss(states, batch) for name, head in network.heads.items()}
    total = sum(network.weights[name] * loss for name, loss in losses.items())
    optimiser.zero_grad(set_to_none=True)
    total.backward()
    torch.nn.utils.clip_grad_norm_(network.parameters(), schedule["clip"])
    optimiser.step()
    return {name: float(loss.detach()) for name, loss in losses.items()}


def score_average(
    network: Network, average: Average, dev: dict[str, list[Item]], labels: dict[str, list[str]]
) -> dict[str, dict[str, float]]:
    """Score the averaged weights, then put the current ones back."""
    current = {name: value.clone() for name, value in network.state_dict().items()}
    network.load_state_dict(average.state)
    scores = score(network, dev, labels)
    network.load_state_dict(current)
    return scores


@torch.no_grad()
def score(
    network: Network, dev: dict[str, list[Item]], labels: dict[str, list[str]]
) -> dict[str, dict[str, float]]:
    """Quick scores with greedy heads, per dev part: percent, and the cosine to the original."""
    network.eval()
    return {part: _score_part(network, items, labels) for part, items in dev.items()}


def _score_part(
    network: Network, items: list[Item], labels: dict[str, list[str]]
) -> dict[str, float]:
    right = {"upos": 0, "xpos": 0, "uas": 0, "las": 0}
    words, cosine = 0, 0.0
    spans = {"gold": 0, "found": 0, "both": 0}
    tree = network.heads["tree"]
    for group in batches_of(items, 4000):
        batch = tensors_of(group)
        with torch.autocast("cpu", torch.bfloat16):
            states = network(batch["ids"], batch["shapes"], batch["firsts"], batch["mask"])
            out = {n: network.heads[n].outputs(states)[n] for n in ("upos", "xpos", "names")}
            arcs, dependents, heads = tree.features(states)
            arcs = arcs.float().masked_fill(~batch["places"].unsqueeze(1), -1e4)
            chosen = arcs.argmax(-1)
            at = chosen.unsqueeze(-1).expand(-1, -1, heads.shape[-1])
            label = tree.label_scores(dependents, heads.gather(1, at)).argmax(-1)
        real = batch["heads"] >= 0
        words += int(real.sum())
        for name in ("upos", "xpos"):
            right[name] += int(((out[name].argmax(-1) == batch[name]) & real).sum())
        arc_right = (chosen == batch["heads"]) & real
        right["uas"] += int(arc_right.sum())
        right["las"] += int((arc_right & (label == batch["labels"])).sum())
        if "meaning" in batch:
            pairs = (states.mean().float(), batch["meaning"])
            cosine += float(torch.nn.functional.cosine_similarity(*pairs).sum())
        _count_names(spans, batch["names"], out["names"].argmax(-1), labels["names"])
    scores = {name: round(100 * count / words, 2) for name, count in right.items()}
    scores["names"] = round(200 * spans["both"] / max(1, spans["gold"] + spans["found"]), 2)
    scores["cosine"] = round(cosine / len(items), 4)
    return scores


def _count_names(counts: dict[str, int], gold: Tensor, found: Tensor, labels: list[str]) -> None:
    for gold_row, found_row in zip(gold.tolist(), found.tolist(), strict=True):
        kept = [index for index, tag in enumerate(gold_row) if tag >= 0]
        wanted = _true_names([labels[gold_row[i]] for i in kept])
        got = _true_names([labels[found_row[i]] for i in kept])
        counts["gold"] += len(wanted)
        counts["found"] += len(got)
        counts["both"] += len(wanted & got)


def _true_names(tags: list[str]) -> set[tuple[int, int, str]]:
    return {span for span in name_spans(tags) if span[2] != "DEM"}


def split_watched(
    config: dict[str, Any], silver: Path | None
) -> tuple[list[Example], list[Example]]:
    """Return what to train on and what to score: the dev parts, or where they train, a share."""
    examples = load_examples(config["data"]["train"], config)
    dev = load_examples(config["data"]["dev"], config)
    every = config["data"].get("watch")
    if every:
        examples += [example for number, example in enumerate(dev) if number % every]
        dev = dev[::every]
    if silver:
        examples += read_silver(silver)
    longest = config["data"]["longest_sentence"]
    return [example for example in examples if len(example.words) <= longest], dev


def read_config(paths: list[Path]) -> dict[str, Any]:
    """Read the configuration; tables of later files are laid over those of earlier ones."""
    config: dict[str, Any] = {}
    for path in paths:
        for name, table in tomllib.loads(path.read_text(encoding="utf-8")).items():
            config[name] = {**config.get(name, {}), **table} if isinstance(table, dict) else table
    return config


def main() -> None:
    """Read the arguments and do it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--config", type=Path, nargs="+", default=[HERE / "config.toml"])
    parser.add_argument("--start", type=Path, help="a folder of an earlier phase to go on from")
    parser.add_argument("--silver", type=Path, help="silver name tags, as silver.py writes them")
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    config = read_config(arguments.config)
    arguments.out.mkdir(parents=True, exist_ok=True)
    examples, watched = split_watched(config, arguments.silver)
    start: Path | None = arguments.start
    if start:
        labels = json.loads((start / "labels.json").read_text(encoding="utf-8"))
    else:
        columns = {row["column"] for row in config["heads"] if "column" in row}
        labels = label_sets(examples, sorted(columns))
    pieces = vocabulary_of(examples, config, arguments.out)
    (arguments.out / "labels.json").write_text(json.dumps(labels), encoding="utf-8")
    items = items_of(examples, pieces, labels)
    dev = {
        "ewt": items_of([e for e in watched if not e.key.startswith("GUM")], pieces, labels),
        "gum": items_of([e for e in watched if e.key.startswith("GUM")], pieces, labels),
    }
    torch.manual_seed(config["schedule"]["seed"])
    network = Network(config, labels)
    if "size" not in config["encoder"]:
        embed_with_original([*items, *dev["ewt"], *dev["gum"]], config, labels)
        network.start_from_original()
    if start:
        network.load_state_dict(torch.load(start / "weights.pt", weights_only=True))
    train(network, items, dev, labels, config, arguments.out)


if __name__ == "__main__":
    main()
