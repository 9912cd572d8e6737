"""The one door to onnxruntime: words of a sentence in, frozen arrays of scores out.

A model is a folder: `small.onnx` (the encoder with its heads), `small.labels.onnx` (what labels
arcs), `vocabulary.txt` (its word pieces), `small.json` (label names, and the SHA-256 of each
of these files) and `CARD.md`. One sentence makes one call, on one thread: weights are int8 and take
one scale from all that is in a call, so only thus does the answer depend on the sentence alone.
For two cores run two processes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from chancery.errors import ChanceryError, Problem
from chancery.read.wordpiece import MOST_PIECES as MOST_PIECES_A_WORD
from chancery.read.wordpiece import WordPiece

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Scores = NDArray[np.float32]

SHIPPED: Final = Path(__file__).resolve().parent / "model"
WEIGHTS: Final = "small.onnx"
LABELS: Final = "small.labels.onnx"
VOCABULARY: Final = "vocabulary.txt"
MANIFEST: Final = "small.json"
MOST_PIECES: Final = 510
REINSTALL: Final = "reinstall the package: pip install --force-reinstall --no-deps chancery"


class Manifest(msgspec.Struct, frozen=True):
    """What `small.json` says: the names of labels in the order of the scores, and file hashes."""

    name: str
    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    deprels: tuple[str, ...]
    names: tuple[str, ...]
    sha256: dict[str, str]


class Encoded(msgspec.Struct, frozen=True):
    """What the encoder says of one sentence of n words; all arrays are float32 and read-only.

    `upos`, `xpos`, `names`: n × labels, scores in the order of the manifest. `arcs`: n × (1 + n),
    row a dependent, column a head, column 0 the root. `dependents`: n × 192 and `heads`:
    (1 + n) × 192 are the two sides' features for labelling an arc. `meaning`: 384, the sentence's
    embedding, of length 1.
    """

    upos: Scores
    xpos: Scores
    names: Scores
    arcs: Scores
    dependents: Scores
    heads: Scores
    meaning: Scores


class ModelDamaged(ChanceryError):  # noqa: N818 -- named for what is the matter
    """The model's files are missing or cannot be used."""


class Encoder:
    """The model, loaded; `encode` is deterministic and knows nothing of earlier calls."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest = _read_manifest(folder)
        self._session = _open_session(folder / WEIGHTS)
        self._labels = _open_session(folder / LABELS)
        self._pieces = WordPiece.load(folder / VOCABULARY)

    @classmethod
    def load(cls, path: str | Path | None = None) -> Encoder:
        """Load a model's folder; the one shipped in the package where none is given.

        Raises ModelDamaged where a file is missing or is no model.
        """
        return cls(SHIPPED if path is None else Path(path))

    def __reduce__(self) -> tuple[Callable[[Path], Encoder], tuple[Path]]:
        return type(self), (self.folder,)

    @property
    def hash(self) -> str:
        """SHA-256 of the weights, as the manifest states it."""
        return self.manifest.sha256[WEIGHTS]

    def fits(self, words: Sequence[str]) -> bool:
        """Say whether a sentence is short enough to be read whole."""
        if len(words) * MOST_PIECES_A_WORD <= MOST_PIECES:
            return True
        return sum(len(self._pieces.pieces(word)) for word in words) <= MOST_PIECES

    def encode(self, words: Sequence[str]) -> Encoded:
        """Encode one sentence of at least one word; raises ValueError where it does not fit."""
        return Encoded(*(_frozen(array[0]) for array in self.run(self.feeds(words))))

    def feeds(self, words: Sequence[str]) -> dict[str, NDArray[np.int64]]:
        """Lay a sentence out as the graph takes it: each array 1 × pieces, or 1 × (1 + words)."""
        import numpy as np

        laid_out = self._pieces.arrange(words)
        if not words or len(laid_out.ids) > MOST_PIECES + 2:
            raise ValueError(f"a sentence has 1 word to {MOST_PIECES} pieces: {len(words)} words")
        return {
            "ids": np.asarray([laid_out.ids], dtype=np.int64),
            "shapes": np.asarray([laid_out.shapes], dtype=np.int64),
            "firsts": np.asarray([laid_out.firsts], dtype=np.int64),
        }

    def run(self, feeds: dict[str, NDArray[np.int64]]) -> list[Scores]:
        """Run the bare graph; arrays in the order of `Encoded`, each with a first axis of 1."""
        arrays: list[Scores] = self._session.run(Encoded.__struct_fields__, feeds)
        return arrays

    def label(self, dependents: Scores, heads: Scores) -> Scores:
        """Score the labels of n arcs: n × labels, from the features of each side, n × 192."""
        feeds = {"dependents": dependents, "heads": heads}
        scores: Scores = self._labels.run(None, feeds)[0]
        return scores


def check_weights(folder: Path | None = None) -> list[Problem]:
    """Compare each file of the model with its hash in the manifest; no problems if all agree."""
    folder = SHIPPED if folder is None else folder
    try:
        manifest = _read_manifest(folder)
    except ModelDamaged as damage:
        return [_damaged(str(folder / MANIFEST), damage.message)]
    problems = []
    for name, stated in sorted(manifest.sha256.items()):
        file = folder / name
        if not file.is_file():
            problems.append(_damaged(str(file), f"the model's file {name} is missing"))
        elif hashlib.sha256(file.read_bytes()).hexdigest() != stated:
            problems.append(_damaged(str(file), f"the model's file {name} is not the one shipped"))
    return problems


def _damaged(place: str, message: str) -> Problem:
    return Problem(stage="read", code="model-damaged", message=message, place=place, hint=REINSTALL)


def _read_manifest(folder: Path) -> Manifest:
    try:
        return msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
    except (OSError, msgspec.DecodeError) as cause:
        raise ModelDamaged(f"no usable model in {folder}: {cause}", hint=REINSTALL) from cause


def _open_session(weights: Path) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(
            str(weights), sess_options=options, providers=["CPUExecutionProvider"]
        )
    except Exception as cause:
        raise ModelDamaged(f"cannot load {weights}: {cause}", hint=REINSTALL) from cause


def _frozen(array: Scores) -> Scores:
    array.setflags(write=False)
    return array
