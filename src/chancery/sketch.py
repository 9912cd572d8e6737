"""Sketches of texts: 64 numbers from which two texts' likeness can be told.

A sketch is the bottom-k of the 64-bit hashes of all runs of five words, blind to case and
punctuation (Broder 1997, "On the resemblance and containment of documents"). It is the same on
every machine.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import Final

SIZE: Final = 64
SHINGLE_WORDS: Final = 5

_WORD = re.compile(r"[^\W_]+")


def sketch(text: str) -> tuple[int, ...]:
    """Return the `SIZE` smallest hashes of a text's shingles, sorted, each below 2**64.

    A text of fewer than five words is one shingle; one without words has an empty sketch.
    """
    words = _WORD.findall(text.casefold())
    last = max(len(words) - SHINGLE_WORDS, 0)
    shingles = {" ".join(words[start : start + SHINGLE_WORDS]) for start in range(last + 1)}
    return tuple(sorted(_hash(shingle) for shingle in shingles if shingle)[:SIZE])


def resemblance(a: Sequence[int], b: Sequence[int]) -> float:
    """Estimate the share of shingles two texts have in common, 0…1, from their sketches.

    The estimate is |S(A∪B) ∩ A ∩ B| / |S(A∪B)| with S the bottom-k; its standard error is about
    0.06 at the most. Two empty sketches resemble each other in nothing: 0.
    """
    both = sorted({*a, *b})[:SIZE]
    shared = set(a) & set(b)
    return sum(number in shared for number in both) / len(both) if both else 0.0


def _hash(shingle: str) -> int:
    return int.from_bytes(hashlib.blake2b(shingle.encode(), digest_size=8).digest(), "big")
