"""Says what is odd about a report: a flag with its reasons, the text is never mended.

In: a report, its sentences and statements, and the lexicon. Out: `Trait`s, each with the words it
rests on. `data/traits.toml` holds the signs and how much each weighs; `spellings.py` looks at
names, `strained_grammar.py` at trees, `lost_words.py` at denials that seem to have gone,
`turned_roles.py` at sides that seem to have changed places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Final, Literal, TypeAlias

import msgspec

from chancery.lexicon import Lexicon
from chancery.model import Report, Span, Statement, Trait, TraitEvidence
from chancery.provenance import TraitName
from chancery.read.lost_words import find_lost_negations
from chancery.read.needs import Needs
from chancery.read.parse import Tree
from chancery.read.sentences import Sentence
from chancery.read.spellings import find_foreign_spellings
from chancery.read.strained_grammar import find_strains
from chancery.read.turned_roles import find_turned_roles

Where: TypeAlias = Literal["text", "body", "title", "head", "tail", "line", "own"]

HEAD: Final = 400
"""Characters of a body's beginning, and of its end, where signs of its kind stand."""

LONGEST_LINE: Final = 320
LONGEST_TEXT: Final = 60_000
"""Characters of a report in which signs are looked for."""


def find_traits(
    report: Report,
    sentences: Sequence[Sentence],
    statements: Sequence[Statement],
    lexicon: Lexicon,
    trees: Sequence[Tree] = (),
) -> list[Trait]:
    """Return the traits of a report, sorted by name; spans count characters of its text.

    `trees` are those of its sentences, where there is a model: grammar is judged with them only.
    """
    evidence: dict[TraitName, list[TraitEvidence]] = {}
    for name, item in _all_evidence(report, sentences, statements, lexicon):
        evidence.setdefault(name, []).append(item)
    for strain in find_strains(report.text, trees, lexicon):
        item = TraitEvidence(reason=strain.reason, words=strain.words, weight=strain.weight)
        evidence.setdefault("reads as translation", []).append(item)
    given = {
        name: Trait(name=name, evidence=tuple(sorted(items, key=_place)))
        for name, items in sorted(evidence.items())
        if sum(item.weight for item in items) >= _needed(name, report.text) - 1e-9
    }
    if "official release" in given:
        # There "I believe" is the speaker's word, who is named, not the outlet's.
        given.pop("opinion", None)
    return list(given.values())


def _place(item: TraitEvidence) -> tuple[Span, str]:
    return item.words or Span(0, 0), item.reason


def _needed(name: TraitName, text: str) -> float:
    table = trait_table()
    per_words = table.per_words.get(name)
    longer = len(text[:LONGEST_TEXT].split()) / per_words if per_words else 0.0
    return max(table.needed.get(name, 0.0), longer)


def _all_evidence(
    report: Report,
    sentences: Sequence[Sentence],
    statements: Sequence[Statement],
    lexicon: Lexicon,
) -> Iterator[tuple[TraitName, TraitEvidence]]:
    text = report.text[:LONGEST_TEXT]
    within = [sentence for sentence in sentences if sentence.span.end <= len(text)]
    if not report.published.known:
        yield "undated report", TraitEvidence(reason="no date is stated or found")
    source = lexicon.source(report.source, report.url)
    if source and source.official:
        yield "official release", TraitEvidence(reason=f"published by {source.name}")
    held = _needs().held(text)
    for sign in trait_table().sign:
        if not _needs().met(filled_once(sign), held):
            continue
        for span in _hits(sign, text, len(report.title), statements):
            yield sign.trait, TraitEvidence(reason=sign.reason, words=span, weight=sign.weight)
    for spelling in find_foreign_spellings(text, lexicon):
        yield "reads as translation", TraitEvidence(reason=spelling.reason, words=spelling.words)
    for doubt in find_lost_negations(text, within):
        yield "lost negation suspected", TraitEvidence(reason=doubt.reason, words=doubt.words)
    for doubt in find_turned_roles(text, within, lexicon):
        yield "role reversal suspected", TraitEvidence(reason=doubt.reason, words=doubt.words)


# Signs -------------------------------------------------------------------------------------------


def _hits(sign: Sign, text: str, title: int, statements: Sequence[Statement]) -> Iterator[Span]:
    """Yield where a sign stands, no more often than it may count."""
    pattern = _compiled(sign)
    found = 0
    for region in _regions(sign.where, text, title):
        matches = (
            [pattern.fullmatch(text, region.start, region.end)]
            if sign.where == "line"
            else pattern.finditer(text, region.start, region.end)
        )
        for match in matches:
            if match is None or (sign.where == "own" and _is_said(text, match, statements)):
                continue
            yield _inner(text, match)
            found += 1
            if found == sign.most:
                return


def _inner(text: str, match: re.Match[str]) -> Span:
    words = match[0]
    start = match.start() + len(words) - len(words.lstrip(' .!?”"\n\t'))
    return Span(start, max(start, match.start() + len(words.rstrip())))


def _regions(where: Where, text: str, title: int) -> Iterator[Span]:
    body = title + 1 if title else 0
    if where == "text":
        yield Span(0, len(text))
    elif where == "title":
        yield Span(0, title)
    elif where in ("body", "own"):
        yield Span(body, len(text))
    elif where == "head":
        yield Span(body, min(len(text), body + HEAD))
    elif where == "tail":
        yield Span(max(body, len(text) - HEAD), len(text))
    else:
        yield from _lines(text, body)


def _lines(text: str, start: int) -> Iterator[Span]:
    for line in text[start:].split("\n"):
        inner = line.strip()
        if inner and len(inner) <= LONGEST_LINE:
            at = start + line.index(inner)
            yield Span(at, at + len(inner))
        start += len(line) + 1


def _is_said(text: str, match: re.Match[str], statements: Sequence[Statement]) -> bool:
    """Say whether words stand in a quotation or are somebody else's word."""
    span = Span(*match.span())
    line = text.rfind("\n", 0, span.start) + 1
    before = text[line : span.start]
    quoted = before.count("“") > before.count("”") or before.count('"') % 2 == 1
    return quoted or any(
        item.content.overlaps(span) and not _is_own_word(text, item) for item in statements
    )


def _is_own_word(text: str, statement: Statement) -> bool:
    """Say whether the writer speaks: "I believe that …"."""
    name = statement.voice.name
    return name is None or name.of(text).lower() in {"i", "we", "this newspaper", "this paper"}


# The table ---------------------------------------------------------------------------------------


class Sign(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A pattern that speaks for a trait, how much it weighs and how often it may count."""

    trait: TraitName
    reason: str
    pattern: str
    examples: tuple[str, ...]
    not_examples: tuple[str, ...]
    where: Where = "text"
    weight: float = 1.0
    most: int = 4


class TraitTable(msgspec.Struct, frozen=True):
    """The signs of `data/traits.toml`, their weights and the sums that are needed."""

    needed: Mapping[TraitName, float]
    per_words: Mapping[TraitName, float]
    part: Mapping[str, str]
    sign: tuple[Sign, ...]


@cache
def trait_table() -> TraitTable:
    """Load the table, once per process."""
    source = resources.files("chancery.read") / "data" / "traits.toml"
    return msgspec.toml.decode(source.read_bytes(), type=TraitTable)


@cache
def _needs() -> Needs:
    return Needs(map(filled_once, trait_table().sign))


@cache
def filled_once(sign: Sign) -> str:
    """Return a sign's pattern with its parts put in."""
    return filled(sign.pattern, trait_table().part)


@cache
def _compiled(sign: Sign) -> re.Pattern[str]:
    return re.compile(filled_once(sign), re.MULTILINE)


def filled(pattern: str, parts: Mapping[str, str]) -> str:
    """Put the named parts into a pattern and let a blank stand for any one space."""
    for name, part in parts.items():
        pattern = pattern.replace(f"<{name}>", part)
    return pattern.replace(" ", r"\s")


def sign_matches(sign: Sign, words: str) -> bool:
    """Say whether a sign is found in words that stand alone, as its examples do."""
    pattern = _compiled(sign)
    if sign.where == "line":
        return pattern.fullmatch(words) is not None
    return pattern.search(words) is not None
