"""Writes the shipped files: `python training/export.py --weights FOLDER --out FOLDER`.

The lower layers are a graph of their own, the trunk, so that another set of heads can share them.
The graphs take one sentence a call (no padding, no mask). Weights become int8 per channel, with
`reduce_range` so that products cannot overflow on processors without VNNI. What labels
arcs is a third graph, in float, because heads are only settled after the second (tree repair).
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
from typing import Any

import torch
from network import Network
from torch import Tensor, nn

HERE = Path(__file__).resolve().parent
TRUNK, WEIGHTS, LABELS = "small.trunk.onnx", "small.onnx", "small.labels.onnx"
VOCABULARY, MANIFEST, CARD = "vocabulary.txt", "small.json", "CARD.md"
OPSET = 17
DEPTHS = ("middle", "last")
"""Outputs with the states of the encoder's last two layers, for other heads to read."""

AXES = {"heads": "places", **dict.fromkeys(DEPTHS, "pieces")}
"""What the second axis of an output counts where it is not words."""


class Trunk(nn.Module):
    """The embeddings and the shared layers as a graph."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, shapes: Tensor) -> Tensor:
        """Return all states of one sentence: 1 × (1 + layers) × pieces × width."""
        return torch.stack(self.network.trunk(ids, shapes), dim=1)


class Top(nn.Module):
    """The other layers and the heads as a graph: every head's outputs, and two layers' states."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network
        self.names: list[str] = []

    def forward(self, states: Tensor, firsts: Tensor) -> tuple[Tensor, ...]:
        """Go on from the trunk's states of one sentence and return what the heads put out."""
        read = self.network.finish(list(states.unbind(1)), firsts)
        outputs: dict[str, Tensor] = {}
        for head in self.network.heads.values():
            outputs |= head.outputs(read)
        outputs |= dict(zip(DEPTHS, read.layers[-len(DEPTHS) :], strict=True))
        self.names = list(outputs)
        return tuple(outputs.values())


def write_trunk(network: Network, path: Path) -> None:
    """Trace the trunk in float32; the number of pieces stays open."""
    torch.onnx.export(
        Trunk(network.eval()),
        (torch.tensor([[2, 5, 6, 3]]), torch.tensor([[7, 1, 0, 7]])),
        str(path),
        input_names=["ids", "shapes"],
        output_names=["states"],
        dynamic_axes={"ids": {1: "pieces"}, "shapes": {1: "pieces"}, "states": {2: "pieces"}},
        opset_version=OPSET,
        dynamo=False,
    )


def write_top(network: Network, path: Path) -> None:
    """Trace what stands on the trunk in float32; the numbers of pieces and words stay open."""
    top, size = Top(network.eval()), network.size
    sample = (torch.randn(1, 1 + size.shared, 4, size.width), torch.tensor([[0, 1, 2]]))
    top(*sample)
    axes = {"states": {2: "pieces"}, "firsts": {1: "places"}}
    for name in top.names:
        if name != "meaning":
            axes[name] = {1: AXES.get(name, "words")}
    axes["arcs"][2] = "places"
    torch.onnx.export(
        top,
        sample,
        str(path),
        input_names=["states", "firsts"],
        output_names=top.names,
        dynamic_axes=axes,
        opset_version=OPSET,
        dynamo=False,
    )
    forget_length(path)


def forget_length(path: Path) -> None:
    """Take the name off the number of pieces in the `states` that a graph on the trunk takes.

    By that name onnxruntime would see that sums before a norm have one shape, and fuse each with
    its norm: slower (3 %), and rounded otherwise than in one graph from the words up.
    """
    import onnx

    graph = onnx.load(path)
    for given in graph.graph.input:
        if given.name == "states":
            given.type.tensor_type.shape.dim[-2].ClearField("dim_param")
    onnx.save(graph, path)


def quantise(source: Path, target: Path) -> None:
    """Turn constant matrices and embedding tables into int8, one scale per channel."""
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    prepared = source.with_suffix(".prepared.onnx")
    quant_pre_process(str(source), str(prepared), skip_symbolic_shape=True)
    quantize_dynamic(
        str(prepared),
        str(target),
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
        extra_options={"MatMulConstBOnly": True},
    )


class Labelling(nn.Module):
    """The scores of labels for arcs whose two sides are lined up."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.tree = network.heads["tree"]

    def forward(self, dependents: Tensor, heads: Tensor) -> Tensor:
        """Score arcs × labels from arcs × features of each side."""
        return self.tree.label_scores(dependents, heads)


def write_labels(network: Network, path: Path) -> None:
    """Trace what labels arcs; the number of arcs stays open."""
    width = network.heads["tree"].widths[-1]
    torch.onnx.export(
        Labelling(network.eval()),
        (torch.zeros(2, width), torch.zeros(2, width)),
        str(path),
        input_names=["dependents", "heads"],
        output_names=["labels"],
        dynamic_axes={name: {0: "arcs"} for name in ("dependents", "heads", "labels")},
        opset_version=OPSET,
        dynamo=False,
    )


def export(weights: Path, out: Path, config: dict[str, Any], *, int8: bool = True) -> None:
    """Write the graphs, the vocabulary and the manifest of the weights in a training folder."""
    labels = json.loads((weights / "labels.json").read_text(encoding="utf-8"))
    network = Network(config, labels)
    network.load_state_dict(torch.load(weights / "weights.pt", weights_only=True))
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, write in ((TRUNK, write_trunk), (WEIGHTS, write_top)):
            plain = Path(folder) / name
            write(network, plain)
            if int8:
                quantise(plain, out / name)
            else:
                shutil.copyfile(plain, out / name)
    write_labels(network, out / LABELS)
    shutil.copyfile(weights / VOCABULARY, out / VOCABULARY)
    files = (TRUNK, WEIGHTS, LABELS, VOCABULARY)
    manifest = {
        "name": "small",
        "upos": labels["upos"],
        "xpos": labels["xpos"],
        "deprels": labels["labels"],
        "names": labels["names"],
        "sha256": {name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in files},
    }
    text = json.dumps(manifest, indent=1, ensure_ascii=False)
    (out / MANIFEST).write_text(text + "\n", encoding="utf-8")


def main() -> None:
    """Read the arguments and do it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True, help="a folder train.py wrote")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--config", type=Path, default=HERE / "config.toml")
    parser.add_argument("--float", action="store_true", help="leave weights in float32")
    arguments = parser.parse_args()
    config = tomllib.loads(arguments.config.read_text(encoding="utf-8"))
    export(arguments.weights, arguments.out, config, int8=not arguments.float)


if __name__ == "__main__":
    sys.exit(main())
