"""Finds, sentence by sentence, who says what: each cue with its speaker and the passages said.

What is said stands after the verb ("said that …"), before the speaker ("…, officials said"), in
a quotation beside it, or round it in pieces. A sentence longer than `MOST_WORDS` words is no
prose: only its beginning is read, so that the work stays linear.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from chancery.model import Span
from chancery.read.cues import Cue, find_cues, voice_words
from chancery.read.page import Page
from chancery.read.quotes import Quote
from chancery.read.sentences import Sentence
from chancery.read.speakers import (
    Words,
    is_quote_mark,
    speaker_after,
    speaker_before,
    subject_of,
    words_of,
)

MOST_WORDS: Final = 400

TRIM: Final = " \t\n\u00a0,.;:!?–—-\"“”'‘’«»`_"
"""Characters that separate a passage from what is beside it."""


class Attribution(NamedTuple):
    """A cue with its parts, as spans of the text; a passage may have several pieces."""

    speaker: Span | None
    cue: Span | None
    base: str
    pieces: tuple[Span, ...]
    spoken: bool = False


def attributions(page: Page, sentence: Sentence) -> Iterator[Attribution]:
    """Yield a sentence's attributions: each cue with its speaker and what is said."""
    times = [time.span for time in page.times_in(sentence.span) if time.type in {"DATE", "TIME"}]
    words = words_of(page.text, sentence.words[:MOST_WORDS], times)
    cues = [
        cue for cue in find_cues(page.text, words.spans)
        if not page.quote_at(words.spans[cue.first].start)
    ]  # fmt: skip
    subject: tuple[int, int] | None = None
    stretch = sentence.span
    for position, cue in enumerate(cues):
        after = cues[position + 1] if position + 1 < len(cues) else None
        item, subject = _attribution(page, stretch, words, cue, after, subject)
        if item and item.pieces:
            yield item
            # What one speaker says is not part of what a later one in the sentence says before.
            if item.cue and item.pieces[0].start >= item.cue.end:
                stretch = Span(item.pieces[0].start, stretch.end)


def _attribution(
    page: Page,
    stretch: Span,
    words: Words,
    cue: Cue,
    after: Cue | None,
    subject: tuple[int, int] | None,
) -> tuple[Attribution | None, tuple[int, int] | None]:
    """Return one attribution, and the subject that a later "adding" leans on."""
    if cue.kind == "source":
        speaker = speaker_after(words, cue.last, len(words.spans), is_source=True)
        pieces = _around_source(page, stretch, words, cue, speaker)
        return _make(words, cue, speaker, pieces), subject
    if words.lower[cue.first].endswith("ing") and cue.first == cue.last:
        speaker = subject or speaker_before(words, cue.first) or subject_of(words)
        pieces = _complement(page, stretch, words, cue, after)
        return _make(words, cue, speaker, pieces), subject
    if _is_inverted(page, words, cue):
        speaker = speaker_after(words, cue.last, len(words.spans))
        pieces = _said_before(page, stretch, words, cue.first)
        pieces += _said_after_speaker(page, words, speaker)
        return _make(words, cue, speaker, pieces), speaker or subject
    speaker = speaker_before(words, cue.first)
    if speaker is None or words.lower[speaker[0]] == "you":
        return None, subject
    pieces = _passages(page, stretch, words, cue, speaker, after)
    return _make(words, cue, speaker, pieces), speaker


def _make(
    words: Words, cue: Cue, speaker: tuple[int, int] | None, pieces: Sequence[Span]
) -> Attribution:
    return Attribution(
        words.span(*speaker) if speaker else None,
        words.span(cue.first, cue.last),
        cue.base,
        tuple(pieces),
    )


def _is_inverted(page: Page, words: Words, cue: Cue) -> bool:
    """Say whether the speaker follows the verb: right after a quotation or a comma."""
    if (
        cue.base not in voice_words().inverting
        or cue.first == 0
        or cue.last + 1 >= len(words.forms)
    ):
        return False
    before, following = words.forms[cue.first - 1], words.forms[cue.last + 1]
    if not (before == "," or is_quote_mark(before)):
        return False
    quoted = page.quote_ending(words.spans[cue.first - 1].start)
    if before == "," and not quoted and speaker_before(words, cue.first):
        return False
    tables = voice_words()
    lower = words.lower[cue.last + 1]
    return (
        following[:1].isupper()
        or lower in tables.determiners
        or lower in tables.pronouns
        or lower in tables.anonymous
    )


def _passages(
    page: Page,
    stretch: Span,
    words: Words,
    cue: Cue,
    speaker: tuple[int, int],
    after: Cue | None,
) -> list[Span]:
    """Return what a speaker says: what follows the verb, or what stands before the speaker."""
    closed_before = _closes_before(page, words, speaker[0])
    right = _complement(page, stretch, words, cue, after)
    start = _complement_start(page, words, cue)
    rest = words.forms[start] if start < len(words.forms) else ""
    if (
        rest == ","
        and start + 1 < len(words.forms)
        and is_quote_mark(words.forms[start + 1])
        and not closed_before
    ):
        return right
    if closed_before and not _clearly_follows(page, words, start):
        pieces = _said_before(page, stretch, words, speaker[0])
        return pieces + _said_after(page, words, cue.last)
    if speaker[0] > 1 and words.forms[speaker[0] - 1] == "," and rest in {"", ".", ",", ";"}:
        pieces = _said_before(page, stretch, words, speaker[0])
        return pieces + (_rest_after_comma(words, start) if rest == "," else [])
    return right


def _closes_before(page: Page, words: Words, first: int) -> bool:
    """Say whether a quotation ends right before a word."""
    return first > 0 and page.quote_ending(words.spans[first - 1].end) is not None


def _clearly_follows(page: Page, words: Words, start: int) -> bool:
    """Say whether what is said stands after the verb: "that …"."""
    return start < len(words.lower) and words.lower[start] == "that"


def _complement_start(page: Page, words: Words, cue: Cue) -> int:
    """Return the index of the word that what is said starts with, past whom it is said to."""
    index = cue.last + 1
    size = len(words.forms)
    if cue.base in voice_words().addressing and cue.kind == "say":
        index = _past_addressee(words, index)
    index = _past_circumstance(page, words, index)
    if index < size and words.forms[index] == ":":
        index += 1
    return index


def _past_addressee(words: Words, index: int) -> int:
    """Step over "reporters" or "The Daily Beast" to "that", a comma or a quotation."""
    limit = min(len(words.forms), index + 14)
    for position in range(index, limit):
        form = words.forms[position]
        if words.lower[position] == "that" and position > index:
            return position
        if is_quote_mark(form) or form in {",", ":", "."}:
            return position
    if index < len(words.lower) and words.lower[index] in voice_words().addressed:
        return index + 1
    position = index
    if position < limit and words.lower[position] in voice_words().determiners:
        position += 2
    while position < limit and (
        words.forms[position][:1].isupper() or words.lower[position] in {"'s", "of"}
    ):
        position += 1
    return position


def _past_circumstance(page: Page, words: Words, index: int) -> int:
    """Step over when and where it was said: "on Friday", "in a statement", "to reporters"."""
    size = len(words.forms)
    while index < size:
        lower = words.lower[index]
        moved = _past_time(page, words, index)
        if moved > index:
            index = moved
        elif lower in voice_words().adverbs or (lower.endswith("ly") and lower.isalpha()):
            index += 1
        elif lower in {"in", "during", "at", "on", "to", "via", "of", "through"} and (
            end := _circumstance_end(words, index)
        ):
            index = end
        else:
            return index
    return index


def _past_time(page: Page, words: Words, index: int) -> int:
    """Step over a time expression, with the preposition before it."""
    first = (
        index + 1
        if words.lower[index] in {"on", "in", "late", "early", "earlier", "at", "last"}
        else index
    )
    for place in {first, index}:
        if place >= len(words.spans):
            continue
        time = page.time_at(words.spans[place].start)
        if time and time.type in {"DATE", "TIME"}:
            while place < len(words.spans) and words.spans[place].start < time.span.end:
                place += 1
            return place
    return index


def _circumstance_end(words: Words, index: int) -> int:
    """Return where "in a statement" or "to reporters" ends, or 0 where it is none."""
    limit = min(len(words.forms), index + 9)
    for position in range(index + 1, limit):
        lower = words.lower[position]
        if lower in voice_words().media or lower in voice_words().addressed:
            following = words.lower[position + 1] if position + 1 < len(words.lower) else ""
            return position + 1 if following not in {"-", "'s"} else 0
        if (
            lower in voice_words().stops
            or is_quote_mark(words.forms[position])
            or words.forms[position] == ","
        ):
            return 0
    return 0


def _complement(page: Page, stretch: Span, words: Words, cue: Cue, after: Cue | None) -> list[Span]:
    """Return what follows the verb, to the end of the sentence or where another speaker begins."""
    start = _complement_start(page, words, cue)
    size = len(words.forms)
    if (
        start < size
        and words.forms[start] == ","
        and start + 1 < size
        and is_quote_mark(words.forms[start + 1])
    ):
        start += 1
    if start >= size or words.forms[start] in {".", ",", ";", ")", "!", "?"}:
        return []
    first = words.spans[start].start
    quote = page.quote_at(first)
    starts_quoted = quote is not None and quote.outer.start == first and cue.kind == "say"
    if quote and starts_quoted and _ends_with_quote(page, stretch, quote):
        return pieces_of(page, quote)
    end = _complement_end(page, words, start, after)
    return trimmed(page, Span(first, max(end, first)))


def _ends_with_quote(page: Page, stretch: Span, quote: Quote) -> bool:
    """Say whether nothing but stops follows a quotation in its sentence, or another cue's part."""
    rest = page.text[quote.outer.end : stretch.end]
    return not rest.strip(TRIM) or quote.outer.end >= stretch.end or rest.lstrip()[:1] in {",", ";"}


def _complement_end(page: Page, words: Words, start: int, after: Cue | None) -> int:
    """Return where a clause ends: at the sentence's end, or before ", adding", ", but X said"."""
    last = len(words.forms) - 1
    if after and after.first > start:
        cut = _cut_before(words, start, after)
        if cut is not None:
            return words.spans[cut].start
    end = words.spans[last].end
    quote = page.quote_at(end - 1)
    return quote.outer.end if quote and quote.outer.end > end else end


def _cut_before(words: Words, start: int, after: Cue) -> int | None:
    """Return the word at which a later cue's clause begins, where a comma or "and" parts it."""
    first = after.first
    if after.kind == "say" and not words.lower[first].endswith("ing"):
        speaker = speaker_before(words, after.first)
        if speaker is None:
            return None
        first = speaker[0]
    if first <= start:
        return None
    position = first - 1
    while position > start and words.lower[position] in {
        "and",
        "but",
        "while",
        "though",
        "as",
        "although",
    }:
        position -= 1
    if words.forms[position] in {",", ";"} or (
        is_quote_mark(words.forms[position]) and position > start
    ):
        return position
    return (
        position + 1
        if position < first - 1 and words.lower[position + 1] in {"but", "while", "though"}
        else None
    )


def _said_before(page: Page, stretch: Span, words: Words, first: int) -> list[Span]:
    """Return what stands before a speaker: the quotation that ends there, or the clause."""
    if first == 0:
        return []
    end = words.spans[first - 1].end
    quote = page.quote_ending(end)
    if quote is None:
        return trimmed(page, Span(stretch.start, words.spans[first - 1].start))
    led = page.text[max(stretch.start, 0) : quote.outer.start]
    if quote.outer.start > stretch.start and led.strip(TRIM):
        earlier = page.quotes_between(stretch.start, quote.outer.start)
        if earlier and earlier[0].outer.start == stretch.start:
            return pieces_of(page, quote)
        return trimmed(page, Span(stretch.start, end))
    return pieces_of(page, quote)


def _said_after(page: Page, words: Words, last: int) -> list[Span]:
    """Return the quotation that goes on after "…, X said, …" in the same sentence."""
    if last + 1 >= len(words.spans):
        return []
    begin = words.spans[last].end
    end = words.spans[-1].end
    later = page.quotes_between(begin, end)
    return [piece for quote in later for piece in pieces_of(page, quote)]


def _said_after_speaker(page: Page, words: Words, speaker: tuple[int, int] | None) -> list[Span]:
    return _said_after(page, words, speaker[1]) if speaker else []


def _rest_after_comma(words: Words, comma: int) -> list[Span]:
    """Return the clause that goes on after ", officials said,"."""
    last = len(words.spans) - 1
    if comma + 2 >= last:
        return []
    return [Span(words.spans[comma + 1].start, words.spans[last - 1].end)]


_LEADS: Final = frozenset({"and", "but", "in", "on", "at"})


def _around_source(
    page: Page, stretch: Span, words: Words, cue: Cue, speaker: tuple[int, int] | None
) -> list[Span]:
    """Return what stands beside "according to X": after it at a sentence's start, else before."""
    if speaker is None:
        return []
    after = speaker[1] + 1
    if cue.first <= 1:
        if after < len(words.spans) and words.forms[after] == ",":
            after += 1
        if after >= len(words.spans):
            return []
        return trimmed(page, Span(words.spans[after].start, words.spans[-1].end))
    pieces = _said_before(page, stretch, words, cue.first)
    if not pieces or words.forms[cue.first - 1] != ",":
        pieces = trimmed(page, Span(stretch.start, words.spans[cue.first - 1].end))
    if after + 2 < len(words.spans) and words.forms[after] == ",":
        # "But in May, according to X, …": what is said begins after the source.
        lead = range(cue.first - 1)
        if all(index in words.times or words.lower[index] in _LEADS for index in lead):
            pieces = []
        # "Its answer, according to X, was a refusal": one clause, parted by its source.
        goes_on = pieces and words.lower[after + 1] in voice_words().auxiliaries
        start = pieces[0].start if goes_on else words.spans[after + 1].start
        rest = trimmed(page, Span(start, words.spans[-1].end))
        pieces = rest if goes_on else pieces + rest
    return pieces


def pieces_of(page: Page, quote: Quote) -> list[Span]:
    """Return a quotation's words without its marks."""
    return trimmed(page, quote.inner)


def trimmed(page: Page, span: Span) -> list[Span]:
    """Cut white space and stops off a passage; keep the marks of quotations inside it."""
    start, end = span.start, span.end
    while start < end and (page.text[start].isspace() or page.text[start] in ",.;:–—-"):
        start += 1
    while end > start and (page.text[end - 1].isspace() or page.text[end - 1] in ",;:.–—-"):
        end -= 1
    return [Span(start, end)] if end > start else []
