"""Commitments under a condition: "if Oslo was in earnest, Lisbon would sign as well".

In: a sentence. Out: both halves, the condition with the word that opens it and the consequence
with the word that commits. What only may follow, what would have followed had things been
otherwise, and "if" that asks are left out. The words lie in `data/forecasts.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from typing import Final, NamedTuple

import msgspec

from chancery.model import Span, TimeExpression
from chancery.read.extents import clause_round


class Conditional(NamedTuple):
    """A condition and what follows from it; `cue` is the word that commits."""

    condition: Span
    consequence: Span
    cue: Span


class ConditionRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The words of conditions, as `data/forecasts.toml` lists them."""

    opens: tuple[str, ...]
    not_after: frozenset[str]
    not_before: tuple[str, ...]
    commits: tuple[str, ...]
    not_commits: tuple[str, ...]
    examples: tuple[tuple[str, str], ...]
    not_examples: tuple[str, ...]


@cache
def condition_row() -> ConditionRow:
    """Load the table, once per process."""
    source = resources.files("chancery.read") / "data" / "forecasts.toml"
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    return msgspec.convert(table["condition"], ConditionRow)


def _any(words: Sequence[str]) -> str:
    return "|".join(word.replace(" ", r"\s") for word in sorted(words, key=len, reverse=True))


@cache
def _opening() -> re.Pattern[str]:
    row = condition_row()
    return re.compile(
        rf"\b(?:{_any(row.opens)})\b(?!\s(?:{_any(row.not_before)})\b)"
        r"|(?:(?<=[.:;“\"]\s)|(?<=^)|(?<=,\s))Should\b(?=\s)|\b(?:until)\b",
        re.IGNORECASE | re.MULTILINE,
    )


@cache
def _commits() -> re.Pattern[str]:
    row = condition_row()
    return re.compile(
        rf"(?!{_any(row.not_commits)})(?:\b(?:{_any(row.commits)})\b|(?<=\w)[’']ll\b)",
        re.IGNORECASE,
    )


_NOT: Final = re.compile(r"\b(?:not|never|n[’']t|no)\b|n[’']t\b", re.IGNORECASE)
_STOP: Final = re.compile(r"[;“”\"]|\s[–—]\s|,\s(?!if\b)|\.(?=\s|$)")


def find_conditionals(
    text: str, sentence: Span, times: Sequence[TimeExpression]
) -> Iterator[Conditional]:
    """Yield the commitments of a sentence with their conditions."""
    taken = sentence.start
    for match in _opening().finditer(text, sentence.start, sentence.end):
        if match.start() < taken or _is_question(text, sentence, match.start()):
            continue
        end = _end(text, sentence, match.end(), times)
        condition = Span(match.start(), end)
        word = match[0].lower()
        after = None if word == "until" else _after(text, sentence, condition, times)
        found = after or _before(text, sentence, condition, times, until=word == "until")
        if found:
            taken = max(found.condition.end, found.consequence.end)
            yield found


def _is_question(text: str, sentence: Span, start: int) -> bool:
    """Say whether the word before an "if" makes it ask or compare."""
    words = re.findall(r"\w+", text[sentence.start : start])
    return bool(words) and words[-1].lower() in condition_row().not_after


def _end(text: str, sentence: Span, start: int, times: Sequence[TimeExpression]) -> int:
    """Return where a condition ends: at a comma that no date and no second "if" carries on."""
    for stop in _STOP.finditer(text, start, sentence.end):
        if any(time.span.start <= stop.start() < time.span.end for time in times):
            continue
        return stop.start()
    return sentence.end


def _after(
    text: str, sentence: Span, condition: Span, times: Sequence[TimeExpression]
) -> Conditional | None:
    """Return the consequence that follows a condition at the head of its clause."""
    if condition.end >= sentence.end or text[condition.end] != ",":
        return None
    before = text[sentence.start : condition.start].rstrip()
    if before and before[-1].isalnum() and not _HEAD.search(before):
        return None
    cue = _commits().search(text, condition.end, sentence.end)
    if cue is None or _STRONG.search(text, condition.end + 1, cue.start()):
        return None
    return _joined(text, sentence, condition, Span(cue.start(), cue.end()), times)


_HEAD: Final = re.compile(
    r"\b(?:and|but|that|then|so|time|again|however|because|or)$", re.IGNORECASE
)
_STRONG: Final = re.compile(r"[;“”\"]")


def _before(
    text: str,
    sentence: Span,
    condition: Span,
    times: Sequence[TimeExpression],
    *,
    until: bool,
) -> Conditional | None:
    """Return the consequence that stands before its condition: "will sign if …"."""
    start = sentence.start
    for stop in re.finditer(r"[;“”\"]", text[sentence.start : condition.start]):
        start = sentence.start + stop.end()
    cues = list(_commits().finditer(text, start, condition.start))
    if not cues or (until and not _NOT.search(text, cues[-1].start(), condition.start)):
        return None
    if until and any(
        time.span.start <= condition.end + 12 and time.span.start > condition.start
        for time in times
    ):
        return None
    cue = Span(cues[-1].start(), cues[-1].end())
    return _joined(text, Span(start, condition.start), condition, cue, times)


def _joined(
    text: str,
    stretch: Span,
    condition: Span,
    cue: Span,
    times: Sequence[TimeExpression],
) -> Conditional | None:
    from_here = Span(
        max(stretch.start, condition.end) if condition.end <= cue.start else stretch.start,
        stretch.end,
    )
    clause = clause_round(text, from_here, cue, times)
    span = clause.span
    if cue.of(text).lower().endswith(("d to", "s to")):
        span = Span(cue.end - len("to"), span.end)
    if span.end <= cue.end:
        return None
    while condition.end > condition.start and text[condition.end - 1] in " ,.":
        condition = Span(condition.start, condition.end - 1)
    return Conditional(condition, span, cue)
