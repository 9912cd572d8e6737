"""A text with what was found in it before, arranged so that any place is looked up quickly."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import Final

from chancery.model import Span, TimeExpression
from chancery.read.cues import voice_words
from chancery.read.quotes import Quote, find_quotes, paragraphs
from chancery.read.sentences import Sentence

_FULL_NAME: Final = re.compile(r"[A-Z][\w’'-]{0,30}\.?(?: [A-Z][\w’'-]{0,30}\.?){1,7}")


class Page:
    """A report's text, its sentences, quotations, paragraphs and times, each in order."""

    def __init__(
        self, text: str, sentences: Sequence[Sentence], times: Sequence[TimeExpression]
    ) -> None:
        self.text = text
        self.sentences = sentences
        self.times = times
        self.quotes: Sequence[Quote] = find_quotes(text, sentences)
        self.paragraphs: Sequence[Span] = paragraphs(text, sentences)
        self._quote_starts = [quote.outer.start for quote in self.quotes]
        self._time_starts = [time.span.start for time in times]
        self._paragraph_starts = [paragraph.start for paragraph in self.paragraphs]

    def quote_at(self, position: int) -> Quote | None:
        """Return the quotation that holds a position, its marks included."""
        index = bisect_right(self._quote_starts, position) - 1
        quote = self.quotes[index] if index >= 0 else None
        return quote if quote and position < quote.outer.end else None

    def quote_ending(self, position: int) -> Quote | None:
        """Return the closed quotation that ends at a position, or a comma before it."""
        index = bisect_left(self._quote_starts, position) - 1
        quote = self.quotes[index] if index >= 0 else None
        if quote is None or quote.outer.end == quote.inner.end:
            return None
        return quote if quote.outer.end in {position, position - 1} else None

    def quotes_between(self, start: int, end: int) -> Sequence[Quote]:
        """Return the quotations that start in a stretch of the text."""
        return self.quotes[
            bisect_left(self._quote_starts, start) : bisect_left(self._quote_starts, end)
        ]

    def quotes_touching(self, span: Span) -> Sequence[Quote]:
        """Return the quotations that share a character with a stretch of the text."""
        first = bisect_right(self._quote_starts, span.start) - 1
        if first < 0 or self.quotes[first].outer.end <= span.start:
            first += 1
        return self.quotes[first : bisect_left(self._quote_starts, span.end)]

    def time_at(self, position: int) -> TimeExpression | None:
        """Return the time expression that starts at a position."""
        index = bisect_left(self._time_starts, position)
        if index < len(self.times) and self._time_starts[index] == position:
            return self.times[index]
        return None

    def times_in(self, span: Span) -> Sequence[TimeExpression]:
        """Return the times that start in a stretch of the text."""
        return self.times[
            bisect_left(self._time_starts, span.start) : bisect_left(self._time_starts, span.end)
        ]

    def paragraph_of(self, position: int) -> int:
        """Return the index of the paragraph that holds a position."""
        return bisect_right(self._paragraph_starts, position) - 1

    def full_name(self, last: str, until: int) -> str | None:
        """Return the first fuller name ending in `last` that stands before a place in the text."""
        for end, name in self._names.get(last, ()):
            return name if end <= until else None
        return None

    @cached_property
    def _names(self) -> dict[str, list[tuple[int, str]]]:
        """Full names by their last word, with where each first ends; titles left out."""
        found: dict[str, list[tuple[int, str]]] = {}
        titles = voice_words().titles | voice_words().determiners
        for match in _FULL_NAME.finditer(self.text):
            words = match[0].split()
            while words and words[0].lower().strip(".") in titles:
                words.pop(0)
            words = words[-4:]
            last = words[-1].removesuffix("'s").removesuffix("’s").rstrip(".") if words else ""
            if len(words) > 1 and last not in found:
                found[last] = [(match.end(), " ".join([*words[:-1], last]))]
        return found
