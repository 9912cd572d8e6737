"""Words of reports that lists show, held for all visits: a report's text never changes."""

from __future__ import annotations

from typing import Final

from chancery.ledger.wording import Place

MOST_WORDS: Final = 250_000
"""Places held, about 60 MB: two for each of 100,000 happenings, and some."""


class Words(dict[Place, str]):
    """Words by their places; where there are too many, all are let go of and looked up again."""

    def __setitem__(self, place: Place, words: str) -> None:
        if len(self) >= MOST_WORDS:
            self.clear()
        super().__setitem__(place, words)
