"""The one door to onnxruntime: words of a sentence in, frozen arrays of scores out.

A model is a folder: `small.trunk.onnx` (the encoder's lower layers), `small.onnx` (the other layers
with the heads for words, trees, names and the embedding), `small.labels.onnx` (what labels arcs),
`vocabulary.txt` (its word pieces), `small.json` (label names, and the SHA-256 of each of these
files) and `CARD.md`; and where it knows deeds, `small.deeds.onnx` (layers and heads of their own on
the same trunk) and `small.sides.onnx` (what pairs deeds with parties); where it knows statements,
`small.statements.onnx` (what reads the words of some sentences together). One sentence makes one
call, on one thread: weights are int8 and take one scale from all that is in a call, so only thus
does the answer depend on the sentence alone. For two cores run two processes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import msgspec

from chancery.errors import ChanceryError, Problem
from chancery.read.wordpiece import MOST_PIECES as MOST_PIECES_A_WORD
from chancery.read.wordpiece import WordPiece

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Scores = NDArray[np.float32]
    Array = TypeVar("Array", bound=NDArray[Any])

SHIPPED: Final = Path(__file__).resolve().parent / "model"
TRUNK: Final = "small.trunk.onnx"
WEIGHTS: Final = "small.onnx"
LABELS: Final = "small.labels.onnx"
DEEDS: Final = "small.deeds.onnx"
SIDES: Final = "small.sides.onnx"
STATEMENTS: Final = "small.statements.onnx"
DEPTHS: Final = ("middle", "last")
"""The graph's outputs with the states of the last two layers: 1 × pieces × 384."""

VOCABULARY: Final = "vocabulary.txt"
MANIFEST: Final = "small.json"
MOST_PIECES: Final = 510
REINSTALL: Final = "reinstall the package: pip install --force-reinstall --no-deps chancery"


class Manifest(msgspec.Struct, frozen=True):
    """What `small.json` says: the names of labels in the order of the scores, and file hashes.

    `types` and `modes` are empty where the model knows no deeds. `moves` are scores of roles: a
    row of those at the start, then a row a role of those that follow it; empty where the model
    knows no statements.
    """

    name: str
    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    deprels: tuple[str, ...]
    names: tuple[str, ...]
    sha256: dict[str, str]
    types: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    moves: tuple[tuple[float, ...], ...] = ()


class Trunk(msgspec.Struct, frozen=True):
    """The lower layers' states for one sentence of n words, read-only; any top goes on from them.

    `states`: float32, (1 + layers) × pieces × 384, the embeddings first; 4 × pieces × 384 in the
    shipped model. `firsts`: int64, 1 + n, the places of the sentence's start and of each word's
    first piece.
    """

    states: Scores
    firsts: NDArray[np.int64]


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


class DeedScores(msgspec.Struct, frozen=True):
    """What the model says of the deeds in one sentence of n words; arrays are float32, read-only.

    `types`: n × types and `modes`: n × modes, scores in the order of the manifest, of each word as
    the trigger of a deed. `doers` and `parties`: n × 192, each word's features as a deed and as a
    party to one, for `Encoder.sides`. `pair`: what the graph says of the sentence as a whole.
    """

    types: Scores
    modes: Scores
    doers: Scores
    parties: Scores
    pair: Scores


class RoleScores(msgspec.Struct, frozen=True):
    """What the model says of n words of a report read together; arrays are float32, read-only.

    `roles`: n × 7, scores of each word as outside, or as the begin or the inside of a source, a
    cue, a content. `cues`: n × n, row a word of a content, column the first word of its cue, or
    the content's own first word where it has none. `sources`: n × n, row a cue's first word,
    column its source's, or its own where it has none. `moves`: 7 × 7, scores of one role after
    another, and `begins`: 7, of a role at the start.
    """

    roles: Scores
    cues: Scores
    sources: Scores
    moves: Scores
    begins: Scores


ROLE_OUTPUTS: Final = RoleScores.__struct_fields__[:3]
"""Those that the graph gives; the others stand in the manifest."""


class ModelDamaged(ChanceryError):  # noqa: N818 -- named for what is the matter
    """The model's files are missing or cannot be used."""


class Encoder:
    """The model, loaded; `encode` is deterministic and knows nothing of earlier calls."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest = _read_manifest(folder)
        self._trunk = _open_session(folder / TRUNK)
        self._top = _open_session(folder / WEIGHTS)
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
        """SHA-256 over the names and hashes of all files, as the manifest states them."""
        stated = sorted(self.manifest.sha256.items())
        return hashlib.sha256(msgspec.json.encode(stated)).hexdigest()

    def fits(self, words: Sequence[str]) -> bool:
        """Say whether a sentence is short enough to be read whole."""
        if len(words) * MOST_PIECES_A_WORD <= MOST_PIECES:
            return True
        return sum(len(self._pieces.pieces(word)) for word in words) <= MOST_PIECES

    def encode(self, words: Sequence[str]) -> Encoded:
        """Encode one sentence of at least one word; raises ValueError where it does not fit."""
        return self.finish(self.trunk(words))

    def trunk(self, words: Sequence[str]) -> Trunk:
        """Run the lower layers on a sentence of at least one word.

        Raises ValueError where it does not fit.
        """
        feeds = self.feeds(words)
        return Trunk(_frozen(self._run_trunk(feeds)[0]), _frozen(feeds["firsts"][0]))

    def finish(self, trunk: Trunk) -> Encoded:
        """Go on from a trunk to the scores for words, trees, names, and to the embedding."""
        arrays = self._run_top(trunk.states[None], trunk.firsts[None])
        return Encoded(*(_frozen(array[0]) for array in arrays))

    def climb(self, trunk: Trunk) -> tuple[Encoded, Scores]:
        """Go on from a trunk as `finish` does, and return the states of the words too.

        They are those of each word's first piece in the trunk's last layer and in the encoder's
        last two, one after the other: n × 1152 in the shipped model, float32, read-only.
        """
        import numpy as np

        names = (*Encoded.__struct_fields__, *DEPTHS)
        feeds = {"states": trunk.states[None], "firsts": trunk.firsts[None]}
        *arrays, middle, last = self._top.run(names, feeds)
        firsts = trunk.firsts[1:]
        layers = (trunk.states[-1], middle[0], last[0])
        states = np.concatenate([layer[firsts] for layer in layers], axis=1)
        return Encoded(*(_frozen(array[0]) for array in arrays)), _frozen(states)

    def roles(
        self,
        words: Scores,
        columns: dict[str, list[int]],
        ties: Scores,
        distances: NDArray[np.int64],
    ) -> RoleScores:
        """Score words of a report, n × 1152 as `climb` has them, as parts of statements.

        `columns` are `quotes`, `places`, `told` and `sentences`, one number a word, in the codes
        that the model was trained with; `ties`: 5 × n × n and `distances`: n × n say how words are
        to each other. Raises ModelDamaged where the model knows no statements.
        """
        import numpy as np

        feeds: dict[str, NDArray[Any]] = {
            name: np.asarray([column], dtype=np.int64) for name, column in columns.items()
        }
        feeds |= {"words": words[None], "ties": ties[None], "distances": distances}
        arrays = self._statements.run(ROLE_OUTPUTS, feeds)
        moves, begins = self._moves
        roles, cues, sources = (_frozen(array[0]) for array in arrays)
        return RoleScores(roles, cues, sources, moves, begins)

    @property
    def knows_statements(self) -> bool:
        """Say whether the model comes with what reads statements."""
        return STATEMENTS in self.manifest.sha256

    @cached_property
    def _moves(self) -> tuple[Scores, Scores]:
        import numpy as np

        begins, *moves = self.manifest.moves
        return _frozen(np.asarray(moves, np.float32)), _frozen(np.asarray(begins, np.float32))

    @cached_property
    def _statements(self) -> Any:
        return _open_session(self.folder / STATEMENTS)

    def deeds(
        self,
        trunk: Trunk,
        cues: Sequence[int],
        kinds: Sequence[int],
        marks: Sequence[int] | None = None,
    ) -> DeedScores:
        """Score each word as the trigger of a deed, and the features that pair it with parties.

        `cues`, `kinds` and `marks` have one number a word, in the codes that the model was trained
        with; marks are all 0 where not given. Raises ValueError where the lengths differ, and
        ModelDamaged where the model knows no deeds.
        """
        feeds = _deed_feeds(trunk, cues, kinds, marks)
        arrays = self._deeds.run(DeedScores.__struct_fields__, feeds)
        return DeedScores(*(_frozen(array[0]) for array in arrays))

    def sides(self, doers: Scores, parties: Scores) -> Scores:
        """Score n pairs of a deed and a party: n × 2, from the features of each, n × 192.

        Raises ModelDamaged where the model knows no deeds.
        """
        feeds = {"doers": doers, "parties": parties}
        scores: Scores = self._sides.run(["sides"], feeds)[0]
        return scores

    @cached_property
    def _deeds(self) -> Any:
        return _open_session(self.folder / DEEDS)

    @cached_property
    def _sides(self) -> Any:
        return _open_session(self.folder / SIDES)

    def feeds(self, words: Sequence[str]) -> dict[str, NDArray[np.int64]]:
        """Lay a sentence out as the graphs take it: each array 1 × pieces, or 1 × (1 + words)."""
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
        """Run the bare graphs; arrays in the order of `Encoded`, each with a first axis of 1."""
        return self._run_top(self._run_trunk(feeds), feeds["firsts"])

    def _run_trunk(self, feeds: dict[str, NDArray[np.int64]]) -> Scores:
        pieces = {"ids": feeds["ids"], "shapes": feeds["shapes"]}
        states: Scores = self._trunk.run(["states"], pieces)[0]
        return states

    def _run_top(self, states: Scores, firsts: NDArray[np.int64]) -> list[Scores]:
        feeds = {"states": states, "firsts": firsts}
        arrays: list[Scores] = self._top.run(Encoded.__struct_fields__, feeds)
        return arrays

    def label(self, dependents: Scores, heads: Scores) -> Scores:
        """Score the labels of n arcs: n × labels, from the features of each side, n × 192."""
        feeds = {"dependents": dependents, "heads": heads}
        scores: Scores = self._labels.run(None, feeds)[0]
        return scores


def _deed_feeds(
    trunk: Trunk, cues: Sequence[int], kinds: Sequence[int], marks: Sequence[int] | None
) -> dict[str, NDArray[Any]]:
    """Lay a trunk and what the lexicon knows of its words out as the graph of deeds takes them."""
    import numpy as np

    count = len(trunk.firsts) - 1
    columns = {"cues": cues, "kinds": kinds, "marks": [0] * count if marks is None else marks}
    if any(len(column) != count for column in columns.values()):
        raise ValueError(f"one number for each of {count} words is needed")
    feeds: dict[str, NDArray[Any]] = {
        name: np.asarray([column], dtype=np.int64) for name, column in columns.items()
    }
    return feeds | {"states": trunk.states[None, -1], "firsts": trunk.firsts[None]}


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


def _frozen(array: Array) -> Array:
    array.setflags(write=False)
    return array
