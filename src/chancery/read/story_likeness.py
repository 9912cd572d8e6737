"""How likely two texts of a batch tell one story: by their words, by their embeddings, by company.

Words are weighed by how few texts of the batch have them. Two texts are also alike where both are
like the same others: average linkage joins them early, and a walk from text to like text leads from
one to the other. In a batch on like happenings ("an earthquake in A", "an earthquake in B") this
parts the stories where pairs alone do not (as Barhoum et al. 2019 and Held et al. 2021 part them
first).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from chancery.read.deed_mentions import SeenText
from chancery.read.linkage import joined_at

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Table = NDArray[np.float64]

SHORT_WALK: Final = 2
LONG_WALK: Final = 6
"""Steps from text to like text."""

TINY: Final = 1e-6


def rarity_of(texts: Sequence[SeenText]) -> tuple[dict[str, float], float]:
    """Return how rare each stem is in a batch (idf, 0 where it is everywhere), and a stem in none.

    A stem counts half a text less than it has, so that one in a single text is told from one in
    none.
    """
    spread = Counter(stem for text in texts for stem in text.stems)
    rarity = {
        stem: max(0.0, math.log((len(texts) + 1) / (count + 0.5))) for stem, count in spread.items()
    }
    return rarity, math.log((len(texts) + 1) / 0.5)


def story_likeness(
    texts: Sequence[SeenText], rarity: Mapping[str, float]
) -> dict[str, NDArray[np.float32]]:
    """Return several likenesses of n texts, each n × n, by name."""
    import numpy as np

    words = unit(_weighted(texts, rarity))
    by_words = words @ words.T
    meanings = np.stack([text.meaning for text in texts]).astype(np.float64)
    by_meaning = meanings @ meanings.T
    linked = unit(_without_self(by_words))
    relative, relative_meaning = _compared(by_words), _compared(by_meaning)
    found = {
        "story_words": by_words,
        "story_meaning": by_meaning,
        "story_links": linked @ linked.T,
        "story_words_compared": relative,
        "story_meaning_compared": relative_meaning,
        "story_words_joined": joined_at(relative),
        "story_joined": joined_at(_compared(relative + relative_meaning)),
        "story_short_walk": _walked(by_words, SHORT_WALK),
        "story_long_walk": _walked(by_words, LONG_WALK),
    }
    return {name: table.astype(np.float32) for name, table in found.items()}


def unit(rows: Table) -> Table:
    """Return rows at length 1; rows of zeros as they are."""
    import numpy as np

    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    shortened: Table = rows / np.maximum(lengths, TINY)
    return shortened


def _weighted(texts: Sequence[SeenText], rarity: Mapping[str, float]) -> Table:
    import numpy as np

    columns = {stem: number for number, stem in enumerate(sorted(rarity))}
    rows = np.zeros((len(texts), max(1, len(columns))))
    for row, text in zip(rows, texts, strict=True):
        for stem, count in text.stems.items():
            row[columns[stem]] = (1 + math.log(count)) * rarity[stem]
    return rows


def _without_self(likeness: Table) -> Table:
    import numpy as np

    others = likeness.copy()
    np.fill_diagonal(others, 0)
    return others


def _compared(likeness: Table) -> Table:
    """Return likenesses by how far they are from the mean of all pairs, in standard deviations."""
    import numpy as np

    pairs = likeness[np.triu_indices(len(likeness), 1)]
    if not len(pairs):
        return np.zeros_like(likeness)
    compared: Table = (likeness - pairs.mean()) / (pairs.std() + TINY)
    return compared


def _walked(likeness: Table, steps: int) -> Table:
    """Return how alike the ends of walks from two texts are, the common drift left out.

    Diffusion maps (Coifman and Lafon 2006): the cosine in the space of a walk of `steps` steps
    without its stationary part.
    """
    import numpy as np

    links = np.maximum(_without_self(likeness), 0)
    roots = np.sqrt(links.sum(1) + TINY)
    moves = np.linalg.matrix_power(links / np.outer(roots, roots), steps)
    drift = roots / np.linalg.norm(roots)
    left = moves - np.outer(drift, drift)
    lengths = np.sqrt(np.maximum(np.diag(left), TINY * TINY))
    alike: Table = np.clip(left / np.outer(lengths, lengths), -1, 1)
    return alike
