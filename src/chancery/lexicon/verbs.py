"""The forms of English verbs and nouns, made from their dictionary form.

Each form carries the tags that it may be read as: `B` base, `S` third person, `D` past tense,
`N` past participle, `G` -ing form. Irregular verbs lie in `data/verbs.toml`; all else follows the
spelling rules of English.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Final, NamedTuple


class VerbTables(NamedTuple):
    """The tables of `data/verbs.toml`."""

    irregular: dict[str, tuple[str, str]]
    doubled: frozenset[str]
    fixed: frozenset[str]
    our: frozenset[str]


@cache
def verb_tables() -> VerbTables:
    """Load the tables, once per process."""
    source = resources.files("chancery.lexicon") / "data" / "verbs.toml"
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    return VerbTables(
        irregular={lemma: (past, part) for lemma, (past, part) in table["irregular"].items()},
        doubled=frozenset(table["doubled"]["verbs"].split()),
        fixed=frozenset(table["spelling"]["fixed"].split()),
        our=frozenset(table["spelling"]["our"].split()),
    )


BRITISH_AND_AMERICAN: Final = (("ise", "ize"), ("our", "or"))
_VOWEL_Y = re.compile(r"[aeiou]y$")


def verb_forms(lemma: str) -> dict[str, str]:
    """Return every form of a verb with the tags it may bear, British and American spelling."""
    forms: dict[str, str] = {}
    for spelling in _spellings(lemma):
        past, participle = verb_tables().irregular.get(spelling, (_past(spelling),) * 2)
        for form, tag in (
            (spelling, "B"), (_third_person(spelling), "S"), (past, "D"), (participle, "N"),
            (_ing(spelling), "G"),
        ):  # fmt: skip
            forms[form] = forms.get(form, "") + tag
    if lemma == "be":
        forms = {"be": "B", "is": "S", "are": "S", "am": "S", "was": "D", "were": "D"}
        forms |= {"been": "N", "being": "G"}
    if lemma == "have":
        forms = {"have": "BS", "has": "S", "had": "DN", "having": "G"}
    return forms


def noun_forms(noun: str) -> tuple[str, ...]:
    """Return the singular and the plural of a noun, British and American spelling."""
    forms: list[str] = []
    for spelling in _spellings(noun):
        forms += [spelling, _third_person(spelling)]
    return tuple(dict.fromkeys(forms))


def _spellings(word: str) -> tuple[str, ...]:
    for british, american in BRITISH_AND_AMERICAN:
        if word.endswith(british) and len(word) > 5 and word not in verb_tables().fixed:
            return (word, word[: -len(british)] + american)
        if british == "our" and british in word and word in verb_tables().our:
            return (word, word.replace("our", "or"))
    return (word,)


def _third_person(word: str) -> str:
    if word.endswith("y") and not _VOWEL_Y.search(word):
        return word[:-1] + "ies"
    if word.endswith(("s", "x", "z", "ch", "sh", "o")):
        return word + "es"
    return word + "s"


def _past(word: str) -> str:
    if word.endswith("e"):
        return word + "d"
    if word.endswith("y") and not _VOWEL_Y.search(word):
        return word[:-1] + "ied"
    return _doubled(word) + "ed"


def _ing(word: str) -> str:
    if word.endswith("ie"):
        return word[:-2] + "ying"
    if word.endswith("e") and not word.endswith(("ee", "oe", "ye")) and word != "be":
        return word[:-1] + "ing"
    return _doubled(word) + "ing"


def _doubled(word: str) -> str:
    return word + word[-1] if word in verb_tables().doubled else word
