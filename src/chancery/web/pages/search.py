"""Search: reports by words, actors by names, questions to the brief, ids to their page."""

from __future__ import annotations

from typing import Final

from chancery.ledger import Hit
from chancery.ledger.filters import VOICE_KINDS
from chancery.model import Actor
from chancery.outputs.rows import plain
from chancery.outputs.sheet import plain_sheet
from chancery.outputs.words import date_words
from chancery.web.marks import Mark, Segment, segments
from chancery.web.page import Moved, Page
from chancery.web.visit import Visit

MOST_HITS: Final = 50
MOST_ACTORS: Final = 5
QUESTIONS: Final = ("why ", "what led to ", "what followed ", "who said ")
PAGES_OF: Final = {"hap": "happening", "clm": "happening", "rep": "report"}
"""Where an id leads, by its beginning."""


def search(visit: Visit) -> Page | Moved:
    """Search for words; what reads as a question goes to the brief, an id to its page."""
    words = visit.address.get("q").strip()
    if words.casefold().startswith(QUESTIONS) or words.endswith("?"):
        return Moved(visit.links.to("/brief", q=words))
    prefix, mark, _ = words.partition("_")
    if mark and prefix in PAGES_OF and words.replace("_", "").isalnum():
        return Moved(visit.links.to(f"/{PAGES_OF[prefix]}/{words}"))
    hits = visit.ledger.search(words, limit=MOST_HITS, as_of=visit.as_of)
    facts = {
        "words": words,
        "hits": [(hit, hit_parts(hit), date_words(hit.published)) for hit in hits],
        "actors": [(one.names[0], one.code) for one in _actors(visit, words)],
        "most": MOST_HITS,
    }
    return Page(
        template="search.html",
        title=f"Search: {words}" if words else "Search",
        facts=facts,
        rows=[plain(hit) for hit in hits],
        sheet=plain_sheet(Hit.__struct_fields__),
        command=f"chancery search {words!r} --limit {MOST_HITS}" if words else "",
    )


def hit_parts(hit: Hit) -> list[Segment]:
    """Return the passage of a hit with the words that were met marked."""
    marks = [Mark(span, "met") for span in hit.spans]
    shift = hit.passage.start
    # The passage alone is at hand, so the marks are moved to where it begins.
    moved = [
        Mark(type(one.span)(one.span.start - shift, one.span.end - shift), one.kind)
        for one in marks
    ]
    return list(segments(hit.words, type(hit.passage)(0, len(hit.words)), moved))


def _actors(visit: Visit, words: str) -> list[Actor]:
    """Return the actors that bear these words as a name, to look up their happenings."""
    if not words or words in VOICE_KINDS:
        return []
    close = visit.lexicon.find(words)
    named = [one for one in close if one.code and words.casefold() in map(str.casefold, one.names)]
    return named[:MOST_ACTORS]
