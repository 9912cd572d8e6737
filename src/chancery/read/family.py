"""Of which state the relatives are of whom a report speaks: "the sailor's father", "his relatives".

Such a word names the same people through a report. What tells their state once, a place ("the
relatives in Lisbon") or a name, holds wherever they come up again; else they are of the state of
the one whose family they are, where a name tells it: "Kovacs's husband".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from chancery.read.phrases import Phrase, mention_words

_WHOSE: Final = re.compile(
    r"(?:^|\W)(?:[Tt]he|[Hh]is|[Hh]er|[Tt]heir"
    r"|(?P<owner>(?:[A-Z][\w-]+\s)*[A-Z]?[\w-]+)['’]s?)\s+(?:[\w-]+\s+)?$"
)
BEFORE: Final = 40
"""Characters before a word in which the one whose family it is may stand."""


class Family:
    """Remembers relatives; `named` are the codes of those named so far, by surname."""

    def __init__(self, text: str, named: Mapping[str, tuple[str | None, str]]) -> None:
        self._text = text
        self._named = named
        self._codes: dict[str, str] = {}

    def keep(self, phrase: Phrase, code: str | None) -> None:
        """Remember the code of a phrase, if it speaks of relatives."""
        word = self._word(phrase)
        if word and code:
            self._codes.setdefault(word, code)

    def code_of(self, phrase: Phrase) -> str | None:
        """Return the code of relatives known already, or of whose they are; else none."""
        word = self._word(phrase)
        start = phrase.span.start
        whose = _WHOSE.search(self._text, max(0, start - BEFORE), start)
        if not word or not whose:
            return None
        known = self._codes.get(word)
        if known or not whose["owner"]:
            return known
        code, name = self._named.get(whose["owner"].split()[-1], (None, ""))
        if not (code and phrase.role and name.endswith(whose["owner"])):
            return None
        return f"{code.partition('.')[0]}.{phrase.role.entities[0]}"

    def _word(self, phrase: Phrase) -> str | None:
        word = phrase.role.span.of(self._text).lower() if phrase.role else ""
        return word if word in mention_words().family else None
