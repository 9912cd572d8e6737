"""Whose somebody is, by what stands on either side of a name.

"Foreign Minister Jonas Petraitis of Lithuania" is Lithuania's, though the state stands behind the
name; so is whoever is "of" a body. A society that is at home in many states is, after a state's
name, that state's own: "the British Red Cross".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from chancery.lexicon import NameMatch
from chancery.model import Span
from chancery.read.phrases import Phrase, mention_words

SOCIETY: Final = "NGO"
"""The sector of a state's own branch of a society."""

OWNERS: Final = frozenset({"state", "territory", "demonym"})
PEOPLE: Final = "people"
FULL_NAME: Final = 2
"""So many words a name has at least that no title tells to be a person's."""

_OF: Final = re.compile(r"\sof\s(?:the\s)?(?:Republic\sof\s)?")
_ARTICLE: Final = re.compile(r"\b(?:the|an?|this|that|its|their|our)\s$", re.IGNORECASE)
_NEXT: Final = re.compile(r"\s(?:[A-Z]\w+\s)?")
_WHOLE: Final = re.compile(r"\sSociety\b")


def with_owners(text: str, phrases: Sequence[Phrase]) -> list[Phrase]:
    """Join "of STATE" to the name of a person right before it; phrases are in order."""
    joined: list[Phrase] = []
    for phrase in phrases:
        before = joined[-1] if joined else None
        if before and _is_of(text, before, phrase):
            joined[-1] = Phrase(
                span=Span(before.span.start, phrase.span.end),
                givers=phrase.givers, role=before.role, name=before.name,
            )  # fmt: skip
        else:
            joined.append(phrase)
    return joined


def _is_of(text: str, person: Phrase, owner: Phrase) -> bool:
    """Say whether a phrase names a person without a state, and the next one whose he is."""
    if not person.name or person.givers or person.person:
        return False
    alone = owner.givers and not (owner.role or owner.person or owner.name)
    if not alone or owner.givers[0].kind == "demonym":
        return False
    if not _OF.fullmatch(text, person.span.end, owner.span.start):
        return False
    # A body has an article, a person none: "the Commercial Bank of Ethiopia".
    named = len(person.name.of(text).split()) >= FULL_NAME
    return bool(person.role) or (named and not _ARTICLE.search(text, 0, person.span.start))


def with_branches(text: str, matches: Sequence[NameMatch]) -> Iterator[NameMatch]:
    """Yield the names of a sentence, societies that are a state's own as nouns of that sector."""
    for place, match in enumerate(matches):
        owner = matches[place - 1] if place else None
        if owner and _is_branch(text, owner, match):
            whole = _WHOLE.match(text, match.span.end)
            span = Span(match.span.start, whole.end() if whole else match.span.end)
            yield NameMatch(span, "sector", (SOCIETY,), match.span.of(text))
        else:
            yield match


def _is_branch(text: str, owner: NameMatch, match: NameMatch) -> bool:
    if owner.kind not in OWNERS or owner.row == PEOPLE:
        return False
    known = not set(match.entities).isdisjoint(mention_words().federated)
    return known and _NEXT.fullmatch(text, owner.span.end, match.span.start) is not None
