"""The model's word on a pair that is handed over: the deed's type, or none, and its standing.

The same heads as in `deeds.py` read the sentence, with the words of both sides marked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from chancery.lexicon import Lexicon
from chancery.model import EventType, Mention, Span, Standing
from chancery.read.deeds import TYPES, DeedFinder, softmax
from chancery.read.framing import framing_of
from chancery.read.pair_places import side_in
from chancery.read.pairs import Pair, Scored, SeenText
from chancery.read.sentences import Sentence
from chancery.read.states import lay_out

if TYPE_CHECKING:
    from chancery.read.encoder import Encoder

STANDINGS: Final[tuple[Standing, ...]] = (
    "happened", "planned", "hypothetical", "negated", "alleged"
)  # fmt: skip
"""The standings that the head tells apart, in the order of its scores; each stands for its kin."""


class PairModel:
    """Scores pairs; made once for a model and a lexicon."""

    def __init__(self, encoder: Encoder, lexicon: Lexicon) -> None:
        self.encoder = encoder
        self.lexicon = lexicon
        self.framing = framing_of(lexicon)
        self.deeds = DeedFinder(encoder, lexicon)

    def __call__(self, pair: Pair, seen: SeenText) -> Scored | None:
        """Return the chances of the types, and the standing; none where the text is too long."""
        sentences, mentions = seen
        sides = [self._first(words, pair.text, mentions) for words in (pair.actor, pair.target)]
        sentence = _holding(sentences, [span for span in sides if span])
        if sentence is None or not self.encoder.fits([w.of(pair.text) for w in sentence.words]):
            return None
        here = [mention for mention in mentions if sentence.span.covers(mention.span)]
        line = lay_out(pair.text, sentence, None, here, is_title=False)
        view = self.framing.view(pair.text, sentence, here)
        trunk = self.encoder.trunk(line.words)
        marks = _marks(sentence, sides)
        scores = self.deeds.marked(line, trunk, self.framing.cues.find(view), marks)
        count = len(TYPES) + 1
        kinds: tuple[EventType | None, ...] = (None, *TYPES)
        chances = softmax(scores.pair[:count]).tolist()
        return Scored(
            types=dict(zip(kinds, chances, strict=True)),
            standing=STANDINGS[int(scores.pair[count:].argmax())],
            triggers=self.deeds.between(scores, marks),
        )

    def _first(self, words: str | None, text: str, mentions: list[Mention]) -> Span | None:
        found = side_in(words.strip(), text, mentions, self.lexicon) if words else []
        return found[0] if found else None


def _holding(sentences: list[Sentence], sides: list[Span]) -> Sentence | None:
    """Return the sentence that holds both sides, or all sentences as one where none does."""
    for sentence in sentences:
        if all(sentence.span.covers(side) for side in sides):
            return sentence
    words = tuple(word for sentence in sentences for word in sentence.words)
    return Sentence(span=Span(words[0].start, words[-1].end), words=words) if words else None


def _marks(sentence: Sentence, sides: list[Span | None]) -> list[int]:
    marks = [0] * len(sentence.words)
    for mark, side in enumerate(sides, 1):
        for place, word in enumerate(sentence.words):
            if side and word.overlaps(side):
                marks[place] = mark
    return marks
