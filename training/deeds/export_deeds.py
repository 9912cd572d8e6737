"""Adds the deed heads to a model: `export_deeds.py --weights FILE --start FOLDER --out FOLDER`.

Writes `small.deeds.onnx` (int8, one sentence a call, on the trunk's last states) and
`small.sides.onnx` (float: what links a trigger to a party's head word), and enters both, with the
names of types and modes, into the folder's manifest. `--base` copies a model there first.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import sys
import tempfile
import tomllib
from pathlib import Path

import onnx
import torch
from torch import Tensor, nn

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1] / "src"), str(HERE), str(HERE.parent)]

from deed_network import DeedNetwork  # noqa: E402
from export import OPSET, forget_length, quantise  # noqa: E402
from train import MODE_LABELS, load_start  # noqa: E402

from chancery.read.deeds import TYPES  # noqa: E402
from chancery.read.encoder import DEEDS, MANIFEST, SIDES  # noqa: E402


class Heads(nn.Module):
    """The deed heads of one sentence as a graph."""

    def __init__(self, network: DeedNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(
        self, states: Tensor, firsts: Tensor, cues: Tensor, kinds: Tensor, marks: Tensor
    ) -> tuple[Tensor, ...]:
        """Return types, modes, doers, parties and pair, as `DeedScores` has them."""
        words, begins = self.network.encode(states, firsts, cues, kinds, marks)
        return (
            self.network.types(words),
            self.network.modes(words),
            self.network.doer_features(words),
            self.network.party_features(words),
            self.network.pair_scores(words, begins, marks),
        )


class Sides(nn.Module):
    """The scores of lined-up triggers and words as a graph."""

    def __init__(self, network: DeedNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, doers: Tensor, parties: Tensor) -> Tensor:
        """Score n lined-up rows: n × 2."""
        return self.network.side_scores(doers, parties)


def write_heads(network: DeedNetwork, path: Path) -> None:
    """Trace the heads in float32; the numbers of pieces and words stay open."""
    words = torch.tensor([[0, 1, 2]])
    none = torch.zeros(1, 2, dtype=torch.long)
    names = ["states", "firsts", "cues", "kinds", "marks"]
    outputs = ["types", "modes", "doers", "parties", "pair"]
    axes = {"states": {1: "pieces"}, "firsts": {1: "places"}}
    axes |= {name: {1: "words"} for name in (*names[2:], *outputs[:4])}
    torch.onnx.export(
        Heads(network.eval()),
        (torch.randn(1, 4, 384), words, none, none, torch.tensor([[1, 2]])),
        str(path),
        input_names=names,
        output_names=outputs,
        dynamic_axes=axes,
        opset_version=OPSET,
        dynamo=False,
    )
    forget_length(path)


def shorten(path: Path) -> None:
    """Take what only people read out of a graph: names of nodes and tensors, and noted shapes."""
    graph = onnx.load(path)
    given = {value.name for value in (*graph.graph.input, *graph.graph.output)}
    names: dict[str, str] = {}

    def short(name: str) -> str:
        if not name or name in given:
            return name
        return names.setdefault(name, f"t{len(names)}")

    for tensor in graph.graph.initializer:
        tensor.name = short(tensor.name)
    for node in graph.graph.node:
        node.name, node.doc_string = "", ""
        node.input[:] = [short(name) for name in node.input]
        node.output[:] = [short(name) for name in node.output]
    del graph.graph.value_info[:]
    onnx.save(graph, path)


def write_sides(network: DeedNetwork, path: Path) -> None:
    """Trace what scores sides; the number of rows stays open."""
    torch.onnx.export(
        Sides(network.eval()),
        (torch.zeros(2, 192), torch.zeros(2, 192)),
        str(path),
        input_names=["doers", "parties"],
        output_names=["sides"],
        dynamic_axes={name: {0: "rows"} for name in ("doers", "parties", "sides")},
        opset_version=OPSET,
        dynamo=False,
    )


def enter(folder: Path) -> None:
    """Enter the two files and the label names into a model's manifest."""
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    manifest["types"] = ["", *TYPES]
    manifest["modes"] = MODE_LABELS
    for name in (DEEDS, SIDES):
        manifest["sha256"][name] = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    text = json.dumps(manifest, indent=1, ensure_ascii=False)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def main() -> None:
    """Read the arguments and do it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True, help="a .pt file train.py wrote")
    parser.add_argument("--start", type=Path, required=True, help="as for train.py")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--base", type=Path, help="a model to copy to --out first")
    arguments = parser.parse_args()
    config = tomllib.loads((HERE / "config.toml").read_text(encoding="utf-8"))
    network = load_start(arguments.start, config)
    network.load_state_dict(torch.load(arguments.weights, weights_only=True))
    if arguments.base:
        shutil.copytree(arguments.base, arguments.out, dirs_exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / DEEDS
        write_heads(network, plain)
        quantise(plain, arguments.out / DEEDS)
    shorten(arguments.out / DEEDS)
    write_sides(network, arguments.out / SIDES)
    enter(arguments.out)


if __name__ == "__main__":
    main()
