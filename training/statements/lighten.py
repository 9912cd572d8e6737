"""Takes waste out of the graph that reads statements: `lighten.py FOLDER`, after every export.

What the graph computes stays the same to the last bit; only the way there is shorter. Sums over a
few ties become products of matrices, for onnxruntime is slow at `Einsum`; and three tables that
are looked up by the same distances are looked up as one. A second run changes nothing.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import NodeProto, helper, numpy_helper

TRAINING = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TRAINING.parent / "src")]

from chancery.read.encoder import MANIFEST, STATEMENTS  # noqa: E402

SUMS = {"bkij,kh->bhij": "heads second", "bkij,kp->pbij": "heads first"}
"""The sums over ties, and where their result has the axis that the weights bring in."""


class Graph:
    """A graph with its constants by name; nodes are put in their order by whoever changes it."""

    def __init__(self, path: Path) -> None:
        self.model = onnx.load(path)
        self.graph = self.model.graph
        self.values = {item.name: numpy_helper.to_array(item) for item in self.graph.initializer}

    def constant(self, name: str, value: Any) -> str:
        """Add a constant and return its name."""
        if name not in self.values:
            self.values[name] = np.ascontiguousarray(value)
            self.graph.initializer.append(numpy_helper.from_array(self.values[name], name))
        return name

    def save(self, path: Path, nodes: list[NodeProto]) -> None:
        """Write the graph with these nodes, without the constants that none of them asks for."""
        del self.graph.node[:]
        self.graph.node.extend(nodes)
        asked = {name for node in nodes for name in node.input}
        kept = [item for item in self.graph.initializer if item.name in asked]
        del self.graph.initializer[:]
        self.graph.initializer.extend(kept)
        onnx.checker.check_model(self.model)
        onnx.save(self.model, path)


def sum_ties(graph: Graph, node: NodeProto) -> list[NodeProto]:
    """Sum ties, each with its weight, as one product: weights' columns × ties' rows."""
    ties, weights = node.input
    made = node.output[0]
    columns = graph.values[weights].T
    second = SUMS[_equation(node)] == "heads second"
    lead = [1, len(columns)] if second else [len(columns), 1]
    # By the names of its axes onnxruntime fuses sums with norms as before, and rounds as before.
    named = helper.make_tensor_value_info(made, onnx.TensorProto.FLOAT, [*lead, "words", "words"])
    graph.graph.value_info.append(named)
    flat = graph.constant("flat", np.asarray([0, 0, -1], np.int64))
    turned = graph.constant(f"{made}_weights", columns)
    leading = graph.constant(f"{made}_lead", np.asarray(lead, np.int64))
    return [
        helper.make_node("Reshape", [ties, flat], [f"{made}_rows"]),
        helper.make_node("MatMul", [turned, f"{made}_rows"], [f"{made}_sums"]),
        helper.make_node("Shape", [ties], [f"{made}_size"], start=2),
        helper.make_node("Concat", [leading, f"{made}_size"], [f"{made}_shape"], axis=0),
        helper.make_node("Reshape", [f"{made}_sums", f"{made}_shape"], [made]),
    ]


def look_up_together(graph: Graph, nodes: list[NodeProto]) -> list[NodeProto]:
    """Join the tables that distances are looked up in, and turn and part what is found."""
    single = [node for node in nodes if node.op_type == "Gather" and node.input[1] == "distances"]
    if len(single) < 2:
        return nodes
    turned = {node.input[0]: node for node in nodes if node.op_type == "Transpose"}
    turns = [turned[node.output[0]] for node in single]
    tables = [graph.values[node.input[0]] for node in single]
    joined = graph.constant("apart", np.concatenate(tables, axis=1))
    widths = graph.constant("apart_widths", np.asarray([t.shape[1] for t in tables], np.int64))
    together = [
        helper.make_node("Gather", [joined, "distances"], ["apart_found"]),
        helper.make_node("Transpose", ["apart_found"], ["apart_turned"], perm=[2, 0, 1]),
        helper.make_node(
            "Split", ["apart_turned", widths], [turn.output[0] for turn in turns], axis=0
        ),
    ]
    return together + [node for node in nodes if node not in [*single, *turns]]


def _equation(node: NodeProto) -> str:
    return str(helper.get_attribute_value(node.attribute[0]).decode())


def lighten(path: Path) -> None:
    """Take the waste out of one graph of statements."""
    graph = Graph(path)
    nodes = [
        new
        for node in graph.graph.node
        for new in (sum_ties(graph, node) if node.op_type == "Einsum" else [node])
    ]
    graph.save(path, look_up_together(graph, nodes))


def main() -> None:
    """Read the arguments and do it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="a model's folder")
    folder = parser.parse_args().folder
    lighten(folder / STATEMENTS)
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    manifest["sha256"][STATEMENTS] = hashlib.sha256((folder / STATEMENTS).read_bytes()).hexdigest()
    text = json.dumps(manifest, indent=1, ensure_ascii=False)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
