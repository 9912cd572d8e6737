"""Splits text into words as the Universal Dependencies treebanks of English do, keeping offsets.

Contractions, possessives and hyphens are split ("do n't", "Minsk 's", "all - girl"); prefixes
("ex-minister"), abbreviations, numbers, addresses and times are not. What only a word list can
tell lies in `data/words.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Final, NamedTuple

from chancery.model import Span

# Lengths are those of RFC 1035 and RFC 5321; without a bound, hostile text costs its square.
DOMAINS: Final = "com|org|net|gov|edu|int|info|eu|uk|ru|ua|by|pl|de|fr|us|ca|au|in|io|tv|co"


class WordTables(NamedTuple):
    """The word lists of `data/words.toml`, as sets."""

    titles: frozenset[str]
    abbreviations: frozenset[str]
    prefixes: frozenset[str]
    joined: dict[str, int]
    openers: frozenset[str]
    telling: frozenset[str]
    credits: frozenset[str]


@cache
def word_tables() -> WordTables:
    """Load the word lists, once per process."""
    source = resources.files("chancery.read") / "data" / "words.toml"
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    kinds = {kind: frozenset(words.split()) for kind, words in table["abbreviations"].items()}
    return WordTables(
        titles=kinds["titles"],
        abbreviations=frozenset().union(*kinds.values()),
        prefixes=frozenset(table["prefixes"]["words"].split()),
        joined=table["joined"],
        openers=frozenset(table["openers"]["words"].split()),
        telling=frozenset(table["telling"]["words"].split()),
        credits=frozenset(table["credits"]["words"].split()),
    )


def split_words(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Return the words of `text[start:end]` in order, as character spans of `text`."""
    stop = len(text) if end is None else end
    joined = word_tables().joined
    spans: list[Span] = []
    for match in _word_pattern().finditer(text, start, stop):
        word = match[0]
        may_split = match.lastgroup == "word" and ("'" in word or "’" in word)
        if may_split or word.lower() in joined:
            spans.extend(_parts_of_word(text, match.start(), match.end()))
        else:
            spans.append(Span(match.start(), match.end()))
    return spans


@cache
def _word_pattern() -> re.Pattern[str]:
    tables = word_tables()
    abbreviations = "|".join(sorted(tables.abbreviations, key=lambda word: (-len(word), word)))
    prefixes = "|".join(sorted(tables.prefixes, key=lambda word: (-len(word), word)))
    # Most words are plain ones; they come first, for they are none of the others.
    return re.compile(
        rf"""
        (?P<plain> [A-Za-z]+(?=\s) )
      | (?P<address> (?:https?://|www\.)[^\s<>"”’]*[^\s<>"”’.,;:!?)\]]
            | [\w.+-]{{1,64}}+@[\w-]{{1,63}}+(?:\.[\w-]{{1,63}}+){{1,8}}
            | \b[A-Za-z][\w-]{{0,62}}(?:\.[\w-]{{1,63}}){{0,8}}\.(?:{DOMAINS})\b
              (?:/[^\s<>"”’,)]*[\w/])?(?!\.?\w) )
      | (?P<handle> [@\#]\w+ )
      | (?P<acronym> \b(?:[A-Za-z]\.){{2,}} | \bPh\.D\. )
      | (?P<abbreviation> \b(?:{abbreviations})\.(?!\w) )
      | (?P<initial> \b[A-Z]\.(?=\s+[A-Z(]|[A-Z][a-z]|,) )
      | (?P<number> (?<!\w)(?:\.\d+|\d+(?:[.,:/]\d+)*)(?:(?:st|nd|rd|th|s)\b)? )
      | (?P<prefixed> \b(?i:{prefixes})-[^\W\d_]+(?=\W|$) )
      | (?P<currency> \b(?:US|C|A|HK|NZ|NT|R)\$ )
      | (?P<decade> ['’]\d\ds\b )
      | (?P<word> [^\W\d_](?:[\w&](?<!_)|['’](?=[^\W\d_])|&(?=[A-Z]))* )
      | (?P<marks> \.{{2,}} | -{{2,}} | [!?]+ | ``|'' | ['’](?:s|S)\b )
      | (?P<rest> \w+ | \S )
        """,
        re.VERBOSE,
    )


def _parts_of_word(text: str, start: int, end: int) -> Iterator[Span]:
    """Split contractions, possessives and joined words: "don't" is "do", "n't"."""
    word = text[start:end]
    cut = word_tables().joined.get(word.lower())
    if cut is None and (clitic := _CLITIC.search(word)) and clitic.start() > 0:
        cut = clitic.start()
    if cut is None:
        yield Span(start, end)
        return
    yield from _parts_of_word(text, start, start + cut)
    yield Span(start + cut, end)


_CLITIC: Final = re.compile(r"(?:n['’]t|['’](?:s|m|d|re|ve|ll))$", re.IGNORECASE)
