"""Takes out of a model's files what English news never needs: `python training/prune.py FOLDER`.

Out go word pieces that no word can be cut into (unused slots, joined punctuation) and those in
other scripts than Latin, Greek and Cyrillic, with their rows of the embedding table; and long names
in the graphs that only people read. Pieces that stay keep their rows, so what is read from a
text without those scripts stays the same, bit for bit; words in them become unknown ones.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import unicodedata
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "src"))

import numpy as np  # noqa: E402
import onnx  # noqa: E402

from chancery.read.encoder import (  # noqa: E402
    LABELS,
    MANIFEST,
    TRUNK,
    VOCABULARY,
    WEIGHTS,
)
from chancery.read.wordpiece import BEGIN, END, UNKNOWN, stands_alone  # noqa: E402

LEFT_OUT = frozenset(
    {
        "ARABIC", "ARMENIAN", "BENGALI", "CJK", "DEVANAGARI", "GEORGIAN", "HANGUL", "HEBREW",
        "HIRAGANA", "KANNADA", "KATAKANA", "KATAKANA-HIRAGANA", "MYANMAR", "SINHALA", "TAMIL",
        "THAI", "TIBETAN",
    }
)  # fmt: skip
"""Scripts, as the names of their characters begin."""


def is_needed(piece: str) -> bool:
    """Say whether a word of English news can be cut into a piece."""
    if piece in (UNKNOWN, BEGIN, END):
        return True
    if re.fullmatch(r"\[\w+\]", piece):
        return False
    goes_on = piece.startswith("##") and len(piece) > 2
    characters = piece[2:] if goes_on else piece
    alone = any(stands_alone(c, unicodedata.category(c)) for c in characters)
    if alone and (goes_on or len(characters) > 1):
        return False
    return all(unicodedata.name(c, "?").split()[0] not in LEFT_OUT for c in characters)


def keep_rows(trunk: Path, count: int, rows: Sequence[int]) -> None:
    """Keep some of the `count` rows of the embedding table in a trunk."""
    graph = onnx.load(trunk)
    (table,) = (t for t in graph.graph.initializer if t.dims[:1] == [count])
    kept = onnx.numpy_helper.to_array(table)[np.asarray(rows)]
    table.CopyFrom(onnx.numpy_helper.from_array(kept, table.name))
    onnx.save(graph, trunk)


def rename(path: Path) -> None:
    """Give all that a graph keeps to itself short names.

    Noted shapes stay: without them onnxruntime fuses otherwise, and rounds otherwise.
    """
    graph = onnx.load(path)
    given = {value.name for value in (*graph.graph.input, *graph.graph.output)}
    names: dict[str, str] = {}

    def short(name: str) -> str:
        return name if not name or name in given else names.setdefault(name, f"t{len(names)}")

    for named in (*graph.graph.initializer, *graph.graph.value_info):
        named.name = short(named.name)
    for node in graph.graph.node:
        node.name, node.doc_string = "", ""
        node.input[:] = [short(name) for name in node.input]
        node.output[:] = [short(name) for name in node.output]
    onnx.save(graph, path)


def main() -> None:
    """Read the arguments and do it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    pieces = (folder / VOCABULARY).read_text(encoding="utf-8").rstrip("\n").split("\n")
    rows = [number for number, piece in enumerate(pieces) if is_needed(piece)]
    text = "".join(f"{pieces[number]}\n" for number in rows)
    (folder / VOCABULARY).write_text(text, encoding="utf-8")
    keep_rows(folder / TRUNK, len(pieces), rows)
    for name in (TRUNK, WEIGHTS, LABELS):
        rename(folder / name)
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    for name in (VOCABULARY, TRUNK, WEIGHTS, LABELS):
        manifest["sha256"][name] = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    text = json.dumps(manifest, indent=1, ensure_ascii=False)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")
    print(f"{len(rows)} of {len(pieces)} pieces stay")


if __name__ == "__main__":
    main()
