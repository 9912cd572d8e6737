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
    ("a  x  d", "accept, reject, defer"),
    ("u", "undo"),
    ("n", "add an entry of your own"),
    ("1 … 9", "pick the n-th value"),
    ("g then c r p s v b", "chronology, relations, reports, sources, review, brief"),
    ("?", "this page"),
)
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
