"""What is left of a word when its ending is taken off, so that its forms and kin meet.

`stem` joins the forms of one word ("hires", "hiring"), `root` also the noun with its verb
("appointment", "appointed"). Neither is a word: they are only compared. Irregular verbs are those
of the lexicon and some more; these and the endings lie in `data/corefer.toml`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from chancery.lexicon.verbs import verb_tables
from chancery.read.corefer_tables import tables

VOWELS: Final = frozenset("aeiouy")
FEWEST_LEFT: Final = 3
FEWEST_LEFT_OF_KIN: Final = 4
TO_BE_AND_HAVE: Final = {
    "is": "be", "are": "be", "was": "be", "were": "be", "been": "be", "am": "be", "being": "be",
    "'s": "be", "has": "have", "had": "have", "having": "have",
}  # fmt: skip


@cache
def _irregular() -> dict[str, str]:
    found = dict(tables().irregular)
    for lemma, forms in verb_tables().irregular.items():
        for form in re.split(r"[/ ,]", " ".join(forms)):
            found.setdefault(form, lemma)
    return found | TO_BE_AND_HAVE


def base(word: str) -> str:
    """Return the dictionary form of an irregular verb's form, any other word in small letters."""
    small = word.lower().replace("’", "'")
    return _irregular().get(small, small)


@cache
def stem(word: str) -> str:
    """Return what the forms of a word share."""
    word = base(word)
    for ending in tables().forms:
        bare = word.removesuffix(ending)
        if bare != word and len(bare) >= FEWEST_LEFT and not VOWELS.isdisjoint(bare):
            word = bare + "y" * (ending in ("ies", "ied"))
            break
    if len(word) > FEWEST_LEFT and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    if len(word) > FEWEST_LEFT:
        word = word.removesuffix("e")
    if len(word) > FEWEST_LEFT and word[-1] == "y":
        word = word[:-1] + "i"
    return word


@cache
def root(word: str) -> str:
    """Return what a verb and the nouns made of it share."""
    word = base(word)
    for ending in tables().kin:
        bare = word.removesuffix(ending)
        if bare != word and len(bare) >= FEWEST_LEFT_OF_KIN:
            word = bare
            break
    if len(word) > FEWEST_LEFT_OF_KIN and word[-1] == word[-2]:
        word = word[:-1]
    return word[:-1] if len(word) > FEWEST_LEFT and word[-1] in "ey" else word
