"""Adds what reads statements to a model: `export_roles.py --weights FILE --out FOLDER`.

Writes `small.statements.onnx` (int8, one window a call) and enters it into the folder's manifest.
`--base` copies a model there first.
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

import torch
from torch import Tensor, nn

HERE = Path(__file__).resolve().parent
TRAINING = HERE.parent
sys.path[:0] = [str(TRAINING.parent / "src"), str(HERE), str(TRAINING), str(TRAINING / "deeds")]

from export import OPSET, quantise  # noqa: E402
from export_deeds import shorten  # noqa: E402
from lighten import lighten  # noqa: E402
from role_network import Inputs, RoleNetwork  # noqa: E402

from chancery.read.encoder import MANIFEST, ROLE_OUTPUTS, STATEMENTS  # noqa: E402
from chancery.read.role_layout import TIES  # noqa: E402


class Window(nn.Module):
    """The network over one window as a graph."""

    def __init__(self, network: RoleNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(
        self, words: Tensor, quotes: Tensor, places: Tensor, told: Tensor, sentences: Tensor,
        ties: Tensor, distances: Tensor,
    ) -> tuple[Tensor, ...]:  # fmt: skip
        """Return roles, cues and sources, as `RoleScores` has them."""
        inputs = Inputs(words, quotes, places, told, sentences, ties, None, distances)
        roles, pointers = self.network(inputs)
        return roles, pointers[0], pointers[1]


def write_window(network: RoleNetwork, path: Path, states: int) -> None:
    """Trace the network in float32; the number of words stays open."""
    column = torch.tensor([[0, 1, 2]])
    names = ["words", "quotes", "places", "told", "sentences", "ties", "distances"]
    torch.onnx.export(
        Window(network.eval()),
        (
            torch.randn(1, 3, states),
            column,
            column,
            column,
            column,
            torch.zeros(1, len(TIES), 3, 3),
            torch.zeros(3, 3).long(),
        ),
        str(path),
        input_names=names,
        output_names=list(ROLE_OUTPUTS),
        dynamic_axes={
            **{name: {1: "words"} for name in (*names[:5], "roles")},
            "ties": {2: "words", 3: "words"},
            "distances": {0: "words", 1: "words"},
            "cues": {1: "words", 2: "words"},
            "sources": {1: "words", 2: "words"},
        },
        opset_version=OPSET,
        dynamo=False,
    )


def enter(folder: Path, network: RoleNetwork) -> None:
    """Enter the file, and the scores of moves, into a model's manifest."""
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    manifest["sha256"][STATEMENTS] = hashlib.sha256((folder / STATEMENTS).read_bytes()).hexdigest()
    rows = [network.all_begins(), *network.all_moves()]
    manifest["moves"] = [[round(score, 4) for score in row.tolist()] for row in rows]
    text = json.dumps(manifest, indent=1, ensure_ascii=False)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def main() -> None:
    """Read the arguments and do it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True, help="a .pt file train.py wrote")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--base", type=Path, help="a model to copy to --out first")
    arguments = parser.parse_args()
    options = tomllib.loads((HERE / "config.toml").read_text(encoding="utf-8"))["network"]
    network = RoleNetwork(options)
    network.load_state_dict(torch.load(arguments.weights, weights_only=True))
    if arguments.base:
        shutil.copytree(arguments.base, arguments.out, dirs_exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / STATEMENTS
        write_window(network, plain, options["states"])
        quantise(plain, arguments.out / STATEMENTS)
    shorten(arguments.out / STATEMENTS)
    lighten(arguments.out / STATEMENTS)
    enter(arguments.out, network)


if __name__ == "__main__":
    main()
