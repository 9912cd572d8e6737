"""What the encoder says of one report's sentences, each of them encoded once, when first asked.

Two stages read them: statements need the words' states and the trees of all sentences, claims the
trunks of all and the trees of some. A sentence that is too long to be read whole has none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from chancery.read.encoder import Encoder, Trunk
from chancery.read.parse import Tree, parse_trunk, tree_of
from chancery.read.sentences import Sentence

if TYPE_CHECKING:
    from chancery.read.encoder import Scores


class Encodings:
    """The sentences of one report as the encoder sees them, by their number."""

    def __init__(self, text: str, sentences: Sequence[Sentence], encoder: Encoder) -> None:
        self.text = text
        self.sentences = sentences
        self.encoder = encoder
        self._trunks: dict[int, Trunk | None] = {}
        self._trees: dict[int, Tree] = {}
        self._words: dict[int, Scores] = {}

    def trunk(self, number: int) -> Trunk | None:
        """Return the lower layers' states of a sentence; none where it does not fit."""
        if number not in self._trunks:
            forms = [word.of(self.text) for word in self.sentences[number].words]
            fits = bool(forms) and self.encoder.fits(forms)
            self._trunks[number] = self.encoder.trunk(forms) if fits else None
        return self._trunks[number]

    def tree(self, number: int) -> Tree | None:
        """Parse a sentence; none where it does not fit."""
        trunk = self.trunk(number)
        if trunk and number not in self._trees:
            self._trees[number] = parse_trunk(self.sentences[number], trunk, self.encoder)
        return self._trees.get(number)

    def words(self, number: int) -> Scores | None:
        """Return the states of a sentence's words, as `Encoder.climb` has them, or none.

        Its tree comes of the same pass. Only a model that knows statements gives them.
        """
        trunk = self.trunk(number)
        if trunk and number not in self._words:
            encoded, self._words[number] = self.encoder.climb(trunk)
            self._trees[number] = tree_of(self.sentences[number], encoded, self.encoder)
        return self._words.get(number)
