"""What a deed is about: PLOVER's 37 contexts, by the words of its sentence or of its report.

The words lie in `data/contexts.toml`. One cue suffices within a claim's own words. A report has a
context where different cues of it occur, or one occurs often: it may be about an election while
none of its deeds is, so the two levels are kept apart (PLOVER manual 0.8, section on contexts).
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Final

import msgspec

from chancery.lexicon.wording import Met, Wordings, plain_words
from chancery.model import Context, Span
from chancery.read.extents import placed_words

FEWEST_CUES: Final = 2
"""A report has a context of which it holds so many different cues."""

OFTEN: Final = 3
"""Or one cue so many times."""


class ContextRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One context: its cues, phrases that only look like them, and contexts that replace it."""

    cues: tuple[str, ...]
    examples: tuple[str, ...]
    not_examples: tuple[str, ...]
    not_: tuple[str, ...] = msgspec.field(name="not", default=())
    narrower: tuple[str, ...] = ()


@cache
def context_table() -> Mapping[str, ContextRow]:
    """Load the table, once per process, in the order of PLOVER's list."""
    source = resources.files("chancery.read") / "data" / "contexts.toml"
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    return msgspec.convert(table, dict[str, ContextRow])


class _Sign(msgspec.Struct, frozen=True):
    """What a phrase stands for: a context, or by a false friend none."""

    context: str
    phrase: str
    counts: bool


@cache
def _signs() -> Wordings[_Sign]:
    return Wordings(
        (phrase, _Sign(name, phrase, counts))
        for name, row in context_table().items()
        for counts, phrases in ((True, row.cues), (False, row.not_))
        for phrase in phrases
    )


def contexts_of(text: str, words: Span) -> tuple[str, ...]:
    """Return the contexts of a claim from its own words, in the order of PLOVER's list."""
    return _listed({one.label.context for one in _met_in(plain_words(words.of(text)))})


def contexts_of_report(text: str) -> tuple[Context, ...]:
    """Return the contexts of a whole report with their cues, in the order of PLOVER's list."""
    words = placed_words(text, Span(0, len(text)))
    met: dict[str, list[Met[_Sign]]] = {}
    for one in _met_in([word for word, _ in words]):
        met.setdefault(one.label.context, []).append(one)
    names = _listed({name for name, cues in met.items() if _suffice(cues)})
    return tuple(Context(name=name, cues=_places(words, met[name])) for name in names)


def _places(words: Sequence[tuple[str, Span]], cues: Sequence[Met[_Sign]]) -> tuple[Span, ...]:
    return tuple(Span(words[one.first][1].start, words[one.last][1].end) for one in cues)


def _suffice(cues: Sequence[Met[_Sign]]) -> bool:
    times = Counter(one.label.phrase for one in cues)
    return len(times) >= FEWEST_CUES or max(times.values()) >= OFTEN


def _listed(found: set[str]) -> tuple[str, ...]:
    table = context_table()
    return tuple(name for name in table if name in found and found.isdisjoint(table[name].narrower))


def _met_in(words: Sequence[str]) -> Iterator[Met[_Sign]]:
    """Yield the cues among words but for those that a false friend of their context covers."""
    met = list(_signs().find(words))
    for one in met:
        if one.label.counts and not _is_covered(one, met):
            yield one


def _is_covered(cue: Met[_Sign], met: Sequence[Met[_Sign]]) -> bool:
    return any(
        not other.label.counts
        and other.label.context == cue.label.context
        and other.first <= cue.last
        and cue.first <= other.last
        for other in met
    )
