"""What speaks for and against two mentions being of one happening, for all pairs of a batch.

Signs of four kinds: the deed's own words (stem, root, kin, embeddings), what stands beside it
(subject, objects, names, numbers), what sort of mention each is (verb, denied, a word for saying;
how rare its word is in the batch), and how alike their texts are (`story_likeness.py`). Each sign
is the same whichever of the two comes first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from rapidfuzz.distance import Levenshtein

from chancery.read.corefer_tables import tables
from chancery.read.deed_mentions import SeenMention, SeenText
from chancery.read.stems import base, stem
from chancery.read.story_likeness import rarity_of, story_likeness, unit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Table = NDArray[np.float32]

LEAST_WEIGHT: Final = 0.1
"""Of a stem that every text of the batch has."""

TINY: Final = 1e-6

Signs = dict[str, Any]
"""A table n × n for each sign, float32."""


def signs_of(texts: Sequence[SeenText], mentions: Sequence[SeenMention]) -> Signs:
    """Return every sign for n mentions, each n × n, symmetric; `texts` are those of the batch."""
    rarity, unseen = rarity_of(texts)
    weigh = _Weigher(rarity, unseen)
    signs: Signs = {}
    signs |= _story_signs(texts, mentions, rarity)
    signs |= _word_signs(mentions)
    signs |= _meaning_signs(mentions)
    signs |= _argument_signs(mentions, weigh)
    signs |= _sentence_signs(mentions, weigh)
    signs |= _sort_signs(mentions)
    signs |= _count_signs(mentions, weigh)
    return signs


def _story_signs(
    texts: Sequence[SeenText], mentions: Sequence[SeenMention], rarity: Mapping[str, float]
) -> Signs:
    import numpy as np

    text = np.asarray([mention.text for mention in mentions])
    sentence = np.asarray([mention.sentence for mention in mentions])
    same = text[:, None] == text
    found = {
        name: table[np.ix_(text, text)] for name, table in story_likeness(texts, rarity).items()
    }
    places = np.log1p(sentence)
    return found | {
        "same_text": same.astype(np.float32),
        "same_sentence": (same & (sentence[:, None] == sentence)).astype(np.float32),
        "place_low": np.minimum(places[:, None], places),
        "place_high": np.maximum(places[:, None], places),
    }


def _word_signs(mentions: Sequence[SeenMention]) -> Signs:
    """Compare the words of the deeds themselves."""
    import numpy as np

    stems = sorted({mention.stem for mention in mentions})
    row = np.asarray([stems.index(mention.stem) for mention in mentions])
    far = np.asarray([[Levenshtein.normalized_similarity(a, b) for b in stems] for a in stems])
    start = np.asarray([[_shared_start(a, b) for b in stems] for a in stems])
    kin = unit(_incidence([mention.kin for mention in mentions]).astype(np.float64))
    unknown = np.asarray([not mention.kin for mention in mentions])
    return {
        "same_word": _same(mentions, lambda mention: mention.head),
        "same_stem": _same(mentions, lambda mention: mention.stem),
        "same_root": _same(mentions, lambda mention: mention.root),
        "shared_stems": _shares(mentions, lambda mention: mention.stems),
        "shared_roots": _shares(mentions, lambda mention: mention.roots),
        "particles_differ": 1 - _same(mentions, lambda m: m.roles.get("particle", frozenset())),
        "spelling": far[np.ix_(row, row)],
        "shared_start": start[np.ix_(row, row)],
        "kin": kin @ kin.T,
        "kin_unknown": unknown[:, None].astype(np.float32) + unknown,
    }


def _meaning_signs(mentions: Sequence[SeenMention]) -> Signs:
    import numpy as np

    states = np.stack([mention.state for mention in mentions]).astype(np.float64)
    centred = unit(states - states.mean(0))
    signs = {"state": centred @ centred.T}
    for name in ("meaning", "own_meaning", "phrase_meaning"):
        rows = np.stack([getattr(mention, name) for mention in mentions])
        signs[name] = rows @ rows.T
    return signs


def _argument_signs(mentions: Sequence[SeenMention], weigh: _Weigher) -> Signs:
    import numpy as np

    def role(name: str) -> Callable[[SeenMention], frozenset[str]]:
        return lambda mention: mention.roles.get(name, frozenset())

    subjects, objects = role("subject"), role("object")
    crossed = _meet(mentions, subjects, objects)
    own = [frozenset([mention.stem]) for mention in mentions]
    governed = _meeting(own, [role("governor")(mention) for mention in mentions])
    argued = _meeting(own, [mention.arguments for mention in mentions])
    around = _meet(mentions, lambda m: m.arguments, lambda m: m.around)
    alike, weight = weigh.overlap([mention.arguments for mention in mentions])
    return {
        "subject": _shares(mentions, subjects),
        "object": _shares(mentions, objects),
        "crossed": crossed + crossed.T,
        "subject_differs": _differs(mentions, subjects),
        "object_differs": _differs(mentions, objects),
        "oblique": _shares(mentions, role("oblique")),
        "governor": _shares(mentions, role("governor")),
        "governs": governed + governed.T,
        "is_argument": argued + argued.T,
        "argument_around": around + around.T,
        "arguments": alike,
        "arguments_weight": np.minimum(weight, 12) / 4,
        "pronoun": _shares(mentions, lambda mention: mention.pronouns),
    }


def _sentence_signs(mentions: Sequence[SeenMention], weigh: _Weigher) -> Signs:
    import numpy as np

    signs: Signs = {}
    for name, most in (("named", 20), ("around", 30), ("near", 20)):
        alike, weight = weigh.overlap([getattr(mention, name) for mention in mentions])
        signs[name] = alike
        signs[f"{name}_weight"] = np.minimum(weight, most) * 4 / most
    numbers = _incidence([dict.fromkeys(mention.numbers, 1.0) for mention in mentions])
    signs["numbers"] = numbers @ numbers.T
    signs["numbers_differ"] = _differs(mentions, lambda mention: mention.numbers)
    return signs


def _sort_signs(mentions: Sequence[SeenMention]) -> Signs:
    """Say of what sort both mentions are, and where only one is."""
    import numpy as np

    lists = tables().words
    saying = frozenset(map(stem, lists["saying"]))
    light = frozenset(map(stem, lists["light"]))
    sorts: dict[str, Callable[[SeenMention], bool]] = {
        "verb": lambda mention: mention.upos == "VERB",
        "negated": lambda mention: mention.negated,
        "open": lambda mention: mention.open,
        "saying": lambda mention: mention.stem in saying,
        "light": lambda mention: base(mention.head) in lists["light"] or mention.stem in light,
        "pointing": lambda mention: mention.upos in ("PRON", "DET"),
    }
    signs: Signs = {}
    for name, holds in sorts.items():
        held = np.asarray([float(holds(mention)) for mention in mentions], np.float32)
        signs[f"{name}_both"] = held[:, None] * held
        signs[f"{name}_one"] = np.abs(held[:, None] - held)
    return signs


def _count_signs(mentions: Sequence[SeenMention], weigh: _Weigher) -> Signs:
    import numpy as np

    rare = np.asarray([weigh.rarity.get(mention.stem, weigh.unseen) for mention in mentions])
    told = Counter(mention.stem for mention in mentions)
    often = np.log([told[mention.stem] for mention in mentions])
    return {
        "rarity": np.minimum(rare[:, None], rare),
        "told_low": np.minimum(often[:, None], often),
        "told_high": np.maximum(often[:, None], often),
    }


class _Weigher:
    """Weighs stems by how rare they are in the batch."""

    def __init__(self, rarity: Mapping[str, float], unseen: float) -> None:
        self.rarity = rarity
        self.unseen = unseen

    def overlap(self, sets: Sequence[frozenset[str]]) -> tuple[Any, Any]:
        """Return the weight that two sets share, as a part of the lighter one's and in all."""
        import numpy as np

        rows = _incidence([{word: self._weight(word) for word in words} for words in sets])
        present = (rows > 0).astype(np.float32)
        shared = rows @ present.T
        whole = rows.sum(1)
        return shared / np.maximum(np.minimum(whole[:, None], whole), TINY), shared

    def _weight(self, word: str) -> float:
        return max(self.rarity.get(word, self.unseen), LEAST_WEIGHT)


def _shared_start(one: str, other: str) -> float:
    """Return how much of the longer stem is the same from its first letter on."""
    same = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        same += 1
    return same / max(len(one), len(other), 1)


def _incidence(rows: Sequence[Mapping[Any, float]]) -> Table:
    """Lay out rows of weights as a table, a column for each key."""
    import numpy as np

    columns = {key: number for number, key in enumerate(sorted({k for row in rows for k in row}))}
    table = np.zeros((len(rows), max(1, len(columns))), np.float32)
    for place, row in enumerate(rows):
        for key, weight in row.items():
            table[place, columns[key]] = weight
    return table


def _same(mentions: Sequence[SeenMention], of: Callable[[SeenMention], Any]) -> Table:
    import numpy as np

    numbers: dict[Any, int] = {}
    held = np.asarray([numbers.setdefault(of(mention), len(numbers)) for mention in mentions])
    same: Table = (held[:, None] == held).astype(np.float32)
    return same


def _shares(mentions: Sequence[SeenMention], of: Callable[[SeenMention], frozenset[str]]) -> Table:
    return _meet(mentions, of, of)


def _meet(
    mentions: Sequence[SeenMention],
    one: Callable[[SeenMention], frozenset[str]],
    other: Callable[[SeenMention], frozenset[str]],
) -> Table:
    """Say where a set of a row's mention has a word of another set of a column's."""
    return _meeting([one(m) for m in mentions], [other(m) for m in mentions])


def _meeting(rows: Sequence[frozenset[str]], columns: Sequence[frozenset[str]]) -> Table:
    import numpy as np

    both = _incidence([dict.fromkeys(words, 1.0) for words in (*rows, *columns)])
    return (both[: len(rows)] @ both[len(rows) :].T > 0).astype(np.float32)


def _differs(mentions: Sequence[SeenMention], of: Callable[[SeenMention], frozenset[str]]) -> Table:
    """Say where both have such words, but none in common."""
    import numpy as np

    filled = np.asarray([bool(of(mention)) for mention in mentions])
    apart: Table = (filled[:, None] & filled & (_shares(mentions, of) == 0)).astype(np.float32)
    return apart
