"""Help: the keys, the words and the limits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from chancery.ledger.filters import CERTAINTY_WORDS
from chancery.outputs.limits import limits as all_limits
from chancery.outputs.words import STANDING_WORDS, VOICE_SHAPES
from chancery.web.page import Page
from chancery.web.visit import Visit

KEYS: Final = (
    ("j  k", "next and previous row"),
    ("Enter", "open the evidence"),
    ("Esc", "back, or out of a field"),
    ("/", "search"),
    ("f", "filters"),
    ("[  ]", "previous and next claim"),
    ("c", "copy the citation"),
    ("e", "correct"),
    ("a  x  d", "accept, reject, put off"),
    ("u", "undo"),
    ("n", "add an entry of your own"),
    ("1 … 9", "pick the n-th value"),
    ("g then c r p s v b", "chronology, relations, reports, sources, review, brief"),
    ("?", "this page"),
)
NOUNS: Final = {
    "Source": "an outlet that publishes",
    "Report": "one article or dispatch as published, with its versions",
    "Mention": "words in a report that name an actor",
    "Claim": "one report says one deed",
    "Happening": "one thing that took place, or is said to have, built from claims",
    "Statement": "a passage on somebody's word",
    "Forecast": "a statement about the future, with deadline and test if it has them",
    "Voice": "on whose word: own voice, named, anonymous, document",
    "Origin": "an independent root of reporting: copies of one wire are one origin",
    "Dispute": "two values that cannot both be right",
    "Snapshot": "a dated state of the ledger",
    "Decision": "what a person settled",
}
"""What the words of the pages mean."""
VOICES: Final = {
    "own": "the outlet's own voice",
    "named": "a person or body by name",
    "anonymous": "somebody described, not named",
    "document": "a document",
}


def help_page(visit: Visit) -> Page:
    """Show the keys and the words."""
    voices = [(VOICE_SHAPES[kind], words) for kind, words in VOICES.items()]
    facts = {
        "keys": KEYS,
        "nouns": list(NOUNS.items()),
        "voices": voices,
        "standings": list(STANDING_WORDS.items()),
        "certainties": [(word, f"from {least:.2f}") for word, least in CERTAINTY_WORDS.items()],
    }
    return Page(template="help.html", title="Help", facts=facts, scripts=("help.js",))


def limits(visit: Visit) -> Page:
    """Show what Chancery does not do, or does badly, with the figures measured."""

    def lines() -> Iterator[str]:
        yield "# Limits"
        for part in all_limits():
            yield f"\n## {part.title}\n"
            yield from (f"- {line}" for line in part.lines)
            yield from (f"- {one.says}: {one.value:.2f}" for one in part.figure)

    return Page(
        template="limits.html", title="Limits", facts={"parts": all_limits()},
        document=list(all_limits()), markdown=lines,
    )  # fmt: skip
