"""Full-text search: what a person types, turned into an expression, and hits into passages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from chancery.ledger.summaries import Hit
from chancery.model import Report, Span

PASSAGE_CHARACTERS: Final = 240
"""How much of the text around the first words met is shown."""

_TERM: Final = re.compile(r'"([^"]*)"|(\S+)')
_WORD: Final = re.compile(r"[^\W_]+")


def find_terms(words: str) -> list[tuple[str, ...]]:
    """Return the terms a person typed: words, or several words in quotation marks.

    A term is a tuple of words; a last `*` in a word asks for words that begin so.
    """
    terms = []
    for match in _TERM.finditer(words):
        star = "*" if match[0].endswith("*") else ""
        parts = _WORD.findall(match[1] if match[1] is not None else match[2])
        if parts:
            terms.append((*parts[:-1], parts[-1] + star))
    return terms


def match_expression(terms: Sequence[tuple[str, ...]]) -> str:
    """Return the FTS5 expression for terms that must all be met; each is quoted, so is no code."""
    return " AND ".join(_quote(term) for term in terms)


def _quote(term: tuple[str, ...]) -> str:
    phrase = " ".join(term)
    return f'"{phrase[:-1]}" *' if phrase.endswith("*") else f'"{phrase}"'


def make_hit(report: Report, terms: Sequence[tuple[str, ...]]) -> Hit:
    """Return where a report meets the terms, and a passage round the first place in its body."""
    spans = find_spans(report.text, terms)
    body = len(report.title) + 1 if report.title else 0
    first = next((span for span in spans if span.start >= body), spans[0] if spans else None)
    passage = find_passage(report.text, first or Span(body, body), body)
    return Hit(
        report=report.id,
        title=report.title,
        published=report.published,
        source=report.source,
        passage=passage,
        words=passage.of(report.text),
        spans=tuple(span for span in spans if passage.covers(span)),
    )


def find_spans(text: str, terms: Sequence[tuple[str, ...]]) -> list[Span]:
    """Return where the terms stand in a text, blind to case and accents, sorted."""
    places = [match.span() for match in _WORD.finditer(text)]
    plain = [fold(text[start:end]) for start, end in places]
    found = set()
    for term in terms:
        wanted = [fold(word) for word in term]
        for index in range(len(plain) - len(wanted) + 1):
            met = zip(plain[index : index + len(wanted)], wanted, strict=True)
            if all(_meets(word, want) for word, want in met):
                found.add(Span(places[index][0], places[index + len(wanted) - 1][1]))
    return sorted(found)


def find_passage(text: str, around: Span, body: int = 0) -> Span:
    """Return a stretch of the text round some words, from word to word, apart from its title."""
    spare = max(0, PASSAGE_CHARACTERS - (around.end - around.start)) // 2
    least = body if around.start >= body else 0
    start, end = max(least, around.start - spare), min(len(text), around.end + spare)
    if start > least:
        start = next((at + 1 for at in range(start, around.start) if text[at].isspace()), start)
    if end < len(text):
        end = next((at for at in range(end, around.end, -1) if text[at].isspace()), end)
    return Span(start, end)


def fold(word: str) -> str:
    """Return a word as the index has it: lower case, without accents."""
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _meets(word: str, wanted: str) -> bool:
    return word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted
