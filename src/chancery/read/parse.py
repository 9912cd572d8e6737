"""Reads a tree, names and an embedding off the encoder's scores for one sentence.

Greedy heads are no tree in about one sentence in twenty; those are mended by the maximum spanning
tree with a single root (Chu & Liu 1965, Edmonds 1967), and their arcs labelled anew. Name tags are
the best sequence that is well formed (Viterbi).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from chancery.model import Span
from chancery.read.encoder import Encoded, Encoder, Trunk
from chancery.read.sentences import Sentence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Scores = NDArray[np.float32]
    Places = NDArray[np.intp]

ROOT: Final = -1
ROOT_LABEL: Final = "root"
NEVER: Final = -1e9


class Name(NamedTuple):
    """A name the model found: words `first` to `last` inclusive; kind PER, LOC, ORG or DEM."""

    first: int
    last: int
    kind: str


class Tree(msgspec.Struct, frozen=True, dict=True):
    """A sentence's words with their classes, tree, names and embedding.

    All tuples have one entry per word of the sentence. `upos` is the universal word class, `xpos`
    the Penn tag, `heads` the index of the word it depends on (`ROOT`, −1, for the root), `deprels`
    the Universal Dependencies relation to it. `meaning` is float32 of shape (384,), length 1.
    """

    sentence: Sentence
    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    heads: tuple[int, ...]
    deprels: tuple[str, ...]
    names: tuple[Name, ...]
    meaning: Scores

    @property
    def words(self) -> tuple[Span, ...]:
        """The words' places in the report's text."""
        return self.sentence.words

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """The words that depend on each word, in order."""
        found: list[list[int]] = [[] for _ in self.heads]
        for word, head in enumerate(self.heads):
            if head != ROOT:
                found[head].append(word)
        return tuple(map(tuple, found))

    @property
    def root(self) -> int:
        """The index of the root."""
        return self.heads.index(ROOT)

    def below(self, word: int) -> list[int]:
        """Return the word and all that depends on it, however far, in order."""
        found, waiting = [], [word]
        while waiting:
            current = waiting.pop()
            found.append(current)
            waiting.extend(self.children[current])
        return sorted(found)


def parse(text: str, sentence: Sentence, encoder: Encoder) -> Tree | None:
    """Parse one sentence; None where it is too long to be read whole (over 510 word pieces).

    The answer depends on the sentence's own words alone.
    """
    forms = [word.of(text) for word in sentence.words]
    if not forms or not encoder.fits(forms):
        return None
    return parse_trunk(sentence, encoder.trunk(forms), encoder)


def parse_trunk(sentence: Sentence, trunk: Trunk, encoder: Encoder) -> Tree:
    """Parse a sentence from `encoder.trunk` of its words, for a caller who needs the trunk too."""
    return tree_of(sentence, encoder.finish(trunk), encoder)


def tree_of(sentence: Sentence, encoded: Encoded, encoder: Encoder) -> Tree:
    """Decode the scores of one sentence."""
    labels = encoder.manifest
    heads = best_tree(encoded.arcs)
    upos, xpos = encoded.upos.argmax(1).tolist(), encoded.xpos.argmax(1).tolist()
    tags = best_tags(encoded.names, labels.names)
    return Tree(
        sentence=sentence,
        upos=tuple(labels.upos[number] for number in upos),
        xpos=tuple(labels.xpos[number] for number in xpos),
        heads=tuple(int(head) - 1 for head in heads),
        deprels=_label(encoded, heads, encoder),
        names=tuple(names_of(tags)),
        meaning=encoded.meaning,
    )


def _label(encoded: Encoded, heads: Places, encoder: Encoder) -> tuple[str, ...]:
    """Label each arc; the root's arc, and no other, is the root."""
    deprels = encoder.manifest.deprels
    scores = encoder.label(encoded.dependents, encoded.heads[heads])
    root = deprels.index(ROOT_LABEL)
    scores[:, root] = NEVER
    best = scores.argmax(1)
    best[heads == 0] = root
    return tuple(deprels[number] for number in best.tolist())


def best_tree(arcs: Scores) -> Places:
    """Return each word's head (0 the root, word i is i + 1) so that all form one rooted tree.

    `arcs` is n × (1 + n), as in `Encoded`. Greedy where that is a tree, else maximal.
    """
    import numpy as np

    scores = arcs.astype(np.float64)
    count = len(scores)
    scores[np.arange(count), np.arange(1, count + 1)] = NEVER
    heads: Places = scores.argmax(1)
    if (heads == 0).sum() == 1 and not _find_cycle(heads.tolist()):
        return heads
    # A root arc dear enough is taken only once, and then the best one.
    scores[:, 0] -= 10 * (1 + np.ptp(arcs)) * count
    full = np.full((count + 1, count + 1), NEVER * 10)
    full[1:] = scores
    return np.asarray(_spanning_tree(full)[1:], dtype=np.intp)


def _find_cycle(heads: Sequence[int]) -> list[int]:
    """Return the words (from 1) of one cycle of heads, or none."""
    settled = {0}
    for start in range(1, len(heads) + 1):
        path, word = [], start
        while word not in settled and word not in path:
            path.append(word)
            word = heads[word - 1]
        if word not in settled:
            return path[path.index(word) :]
        settled.update(path)
    return []


def _spanning_tree(scores: NDArray[np.float64]) -> list[int]:
    """Return the heads of the maximum spanning tree from node 0; `scores[dependent, head]`.

    Chu, Liu and Edmonds: take the best heads; while they make a cycle, contract it to one node,
    solve the smaller graph, and break the cycle where an arc enters it.
    """
    import numpy as np

    heads = [0, *scores[1:].argmax(1).tolist()]
    cycle = _find_cycle(heads[1:])
    if not cycle:
        return heads
    within = np.asarray(cycle)
    rest = np.delete(np.arange(len(scores)), within)
    kept = scores[within, np.asarray(heads)[within]]
    gains = scores[within[:, None], rest] - kept[:, None]
    leaving = scores[rest[:, None], within]
    size = len(rest)
    smaller = np.full((size + 1, size + 1), NEVER * 100)
    smaller[:size, :size] = scores[rest[:, None], rest]
    smaller[:size, size] = leaving.max(1)
    smaller[size, :size] = gains.max(0)
    solved = _spanning_tree(smaller)
    for place in range(1, size):
        head = solved[place]
        source = within[leaving[place].argmax()] if head == size else rest[head]
        heads[rest[place]] = int(source)
    entered = within[gains[:, solved[size]].argmax()]
    heads[entered] = int(rest[solved[size]])
    return heads


def best_tags(scores: Scores, labels: Sequence[str]) -> list[str]:
    """Return the best well-formed BIO tags; `scores` is n × labels."""
    greedy = [labels[number] for number in scores.argmax(1).tolist()]
    starts = all(tag[0] != "I" for tag in greedy)
    if starts or all(_may_follow(*pair) for pair in zip(["O", *greedy], greedy, strict=False)):
        return greedy
    import numpy as np

    moves = np.asarray(
        [[0.0 if _may_follow(before, after) else NEVER for after in labels] for before in labels]
    )
    # Scores of different words are comparable only as logarithms of probabilities.
    shifted = scores - scores.max(1, keepdims=True)
    chances = shifted - np.log(np.exp(shifted).sum(1, keepdims=True))
    total = moves[labels.index("O")] + chances[0]
    back = []
    for row in chances[1:]:
        ways = total[:, None] + moves
        back.append(ways.argmax(0))
        total = ways.max(0) + row
    best = [int(total.argmax())]
    for pointers in reversed(back):
        best.append(int(pointers[best[-1]]))
    return [labels[number] for number in reversed(best)]


def _may_follow(before: str, after: str) -> bool:
    return not after.startswith("I-") or before[2:] == after[2:]


def names_of(tags: Sequence[str]) -> list[Name]:
    """Return the names that well-formed BIO tags spell out."""
    names: list[Name] = []
    for index, tag in enumerate(tags):
        if tag.startswith("B-"):
            names.append(Name(index, index, tag[2:]))
        elif tag.startswith("I-"):
            names[-1] = names[-1]._replace(last=index)
    return names
