"""What rows say in the words of a reader: sentences, names, days and voices."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, cached_property
from itertools import pairwise
from typing import Final

import msgspec

from chancery.ledger import Ledger
from chancery.ledger.cite import find_paragraph, find_sentence
from chancery.lexicon import Lexicon
from chancery.lexicon.frames import Cue
from chancery.model import (
    OWN_VOICE,
    Claim,
    Forecast,
    Happening,
    Mention,
    Reason,
    Span,
    Statement,
    Voice,
)
from chancery.outputs.brief.deed_words import is_firm
from chancery.outputs.brief.gathered import Gathered
from chancery.outputs.brief.settings import cues, has_cue, weights
from chancery.outputs.visible import one_line
from chancery.outputs.words import VOICE_SHAPES, date_words, party, voice_words

PLAIN_SECTORS: Final = frozenset({"", "GOV", "MIL", "ELI"})
"""Parts of a code for whom the state's name stands; for others the report's own words do."""
LONGEST_NAME: Final = 60
PASSING_REACH: Final = 45
"""Characters before the words of a deed in which a word may show that it is named by the way."""
MOST_NAMES: Final = 4
SHORTEST_HEAD: Final = 5
"""Characters of a name before a full stop that is no initial's."""
_FIRST_WORDS: Final = re.compile(r"\W*(\w+(?:\s+\w+)?)")


class Material(Gathered):
    """What the rows of one ledger say in a reader's words: sentences, names, days, voices."""

    def __init__(self, ledger: Ledger, lexicon: Lexicon, as_of: str | None) -> None:
        super().__init__(ledger, lexicon, as_of)
        self.sentence = cache(self._sentence)
        self.paragraph = cache(self._paragraph)
        self.firm = cache(self._firm)

    # Words ---------------------------------------------------------------------------------------

    def _sentence(self, report: str, span: Span) -> Span:
        """Return the sentence, or sentences, in which words stand."""
        return find_sentence(self.text(report), span, self.paragraph(report, span)[1])

    def _paragraph(self, report: str, span: Span) -> tuple[int, Span]:
        """Return the number of the paragraph in which words begin, and its span."""
        return find_paragraph(self.report(report), span)

    def _firm(self, claim: Claim) -> bool:
        return is_firm(claim, self.text(claim.report), self._cues.get(claim.frame, ()))

    @cached_property
    def _cues(self) -> dict[str, list[Cue]]:
        found: dict[str, list[Cue]] = {}
        for cue in self.lexicon.cues:
            found.setdefault(cue.frame, []).append(cue)
        return found

    def sentence_words(self, claim: Claim) -> str:
        """Return the sentence that a claim stands in."""
        return self.sentence(claim.report, claim.words).of(self.text(claim.report))

    # Names ---------------------------------------------------------------------------------------

    def party_name(self, code: str) -> str:
        """Return the reader's name for a state or body: `United States`."""
        short = party(code)
        actor = self.lexicon.actors.get(short) or self.lexicon.actors.get(code)
        return actor.names[0] if actor else short

    def mention_name(self, mention: Mention, report: str, *, state: bool = False) -> str:
        """Return the reader's name for whom a mention means; with a person's state if asked for."""
        home = self.party_name(mention.actor) if mention.actor else ""
        words = one_line(mention.span.of(self.text(report)))
        # "The two governments" may be taken for their heads: the words name nobody.
        described = words[1:].islower() and not starts_loose(words, whole=True)
        if described and home and mention.name:
            return home
        if mention.name and mention.name.lower() not in cues().pronouns.words:
            named = one_line(mention.name)
            return f"{named} ({home})" if state and home and home != named else named
        sector = (mention.actor or "?").removeprefix(party(mention.actor or "")).strip(".")
        plain = sector.split(".")[0] in PLAIN_SECTORS and mention.actor
        if plain and home and self.names_another(mention, report):
            return words[:LONGEST_NAME]
        if plain or (home and (starts_loose(words) or len(words) > LONGEST_NAME)):
            return home
        return words[:LONGEST_NAME]

    def names_another(self, mention: Mention, report: str) -> bool:
        """Say whether words name somebody by name, and not who the code says."""
        words = one_line(mention.span.of(self.text(report)))
        rest = words.removeprefix("The ").removeprefix("the ")
        by_name = any(word[0].isupper() for word in rest.split())
        if not by_name or mention.name or not mention.actor or starts_loose(words):
            return False
        return party(mention.actor) not in self.named(words)

    def stands_for_another(self, claim: Claim) -> bool:
        """Say whether a pronoun may have been taken for the wrong one.

        Of those taking part one is only a "he" in the sentence, which names others that do not.
        """
        text, around = self.text(claim.report), self.sentence(claim.report, claim.words)
        mentions = (*claim.actors, *claim.targets)
        loose = any(starts_loose(one.span.of(text), whole=True) for one in mentions)
        known = {party(one.actor) for one in mentions if one.actor}
        return loose and not set(self.named(around.of(text))) <= known

    def in_passing(self, claim: Claim) -> bool:
        """Say whether a deed is only named by the way, after a word such as "about"."""
        text, around = self.text(claim.report), self.sentence(claim.report, claim.words)
        before = text[max(around.start, claim.trigger.start - PASSING_REACH) : claim.trigger.start]
        return has_cue(before, cues().passing.words)

    def named(self, words: str) -> tuple[str, ...]:
        """Return the states and bodies that words name, each once, in the order of the words."""
        found = []
        for match in self.lexicon.find_names(words):
            actor = self.lexicon.actors.get(match.entities[0]) if match.entities else None
            if actor and match.kind not in ("title", "sector"):
                found.append(party(actor.part_of or actor.code or actor.id))
        return tuple(dict.fromkeys(found))

    def together(self, claim: Claim) -> bool:
        """Say whether those of one side who are of several states are named side by side."""
        if not claim.targets:
            return True
        return all(self._side_by_side(side) for side in (claim.actors, claim.targets))

    def _side_by_side(self, side: Sequence[Mention]) -> bool:
        spans = sorted(one.span for one in side if one.actor)
        if len({party(one.actor) for one in side if one.actor}) < 2:
            return True
        gaps = [two.start - one.end for one, two in pairwise(spans)]
        return all(gap <= weights().voices.side_by_side for gap in gaps)

    def sides(self, claim: Claim, *, state: bool = False) -> tuple[list[str], list[str]]:
        """Return the names of both sides; only of those named in the sentence that tells it."""
        around = self.sentence(claim.report, claim.words)

        def named(mentions: Iterable[Mention]) -> list[str]:
            near = [one for one in mentions if one.span.overlaps(around)]
            sure = [one for one in near if not self.names_another(one, claim.report)]
            near = sure or near
            names = (self.mention_name(one, claim.report, state=state) for one in near)
            return list(dict.fromkeys(names))

        actors, targets = named(claim.actors), named(claim.targets)
        return actors, [name for name in targets if name not in actors]

    def pair(self, row: Happening, *, state: bool = False) -> str:
        """Show who and to whom in the reader's words: `Belarus → United States`."""
        actors, targets = self.sides(self.lead(row), state=state)
        if not targets:
            return _some(actors, " ↔ ") or "somebody"
        return f"{_some(actors, ', ') or 'somebody'} → {_some(targets, ', ')}"

    def date(self, row: Happening) -> str:
        """Show the days of a happening, or the report's own words for them."""
        words = None if row.when.known else row.when.words
        return date_words(row.when, words.of(self.text(self.lead(row).report)) if words else None)

    def parties(self, row: Happening) -> list[str]:
        """Return the states and bodies that take part, each once, actors first."""
        return list(dict.fromkeys(map(party, (*row.actors, *row.targets))))

    # Voices --------------------------------------------------------------------------------------

    def voice(self, row: Claim | Statement | Reason | Forecast) -> str:
        """Show on whose word a row is; words that stand for another are not shown as a name."""
        name = row.voice.name
        words = name.of(self.text(row.report)) if name else None
        if row.voice.kind == "own" or self.is_own(row):
            return voice_words(OWN_VOICE)
        shown = words or row.voice.full_name or ""
        home = self.party_name(row.voice.actor) if row.voice.actor else ""
        whose = f" ({home})" if home and home not in shown else ""
        if starts_loose(shown, whole=True) or starts_loose(row.voice.full_name or "", whole=True):
            return f"{VOICE_SHAPES['anonymous']} not named{whose}"
        if row.voice.kind == "named" and is_title(row.voice.full_name or shown):
            title = one_line(shown).removeprefix("The ").removeprefix("the ")
            return f"{VOICE_SHAPES['named']} {title}{whose}"
        return voice_words(self._true_voice(row.voice, words), words)

    def _true_voice(self, voice: Voice, words: str | None) -> Voice:
        """Leave out a full name that is not in what names the voice, but in what is said of it.

        `Jonathan Doe, who had worked with the Bank`, is not the Bank.
        """
        head, dot, _ = (voice.full_name or "").partition(". ")
        if dot and len(head) > SHORTEST_HEAD:
            return msgspec.structs.replace(voice, full_name=head)
        head = (words or "").split(",")[0]
        if not voice.full_name or not words or "," not in words:
            return voice
        if voice.full_name.split()[-1].lower() in head.lower():
            return voice
        return msgspec.structs.replace(voice, full_name=one_line(head))

    def is_own(self, row: Claim | Statement | Reason | Forecast) -> bool:
        """Say whether the outlet speaks: its own voice, or a cue that tells of no speaking."""
        cue = row.voice.cue
        if row.voice.kind == "own" or cue is None:
            return row.voice.kind == "own"
        return has_cue(cue.of(self.text(row.report)), cues().not_speech.words)

    def trusted(self, row: Claim | Statement | Reason | Forecast) -> bool:
        """Say whether the words that name a voice stand close enough to those that bring it in."""
        name, cue = row.voice.name, row.voice.cue
        if name and has_cue(name.of(self.text(row.report)), cues().not_speakers.words):
            return False
        if name is None or cue is None or self.is_own(row):
            return True
        gap = max(name.start - cue.end, cue.start - name.end)
        together = self.sentence(row.report, cue).covers(name)
        return together or gap <= weights().voices.farthest


def _some(names: Sequence[str], mark: str) -> str:
    """Set names side by side; of many, the first few."""
    more = len(names) - MOST_NAMES
    return mark.join(names[:MOST_NAMES]) + (f" and {more} more" if more > 0 else "")


def is_title(name: str) -> bool:
    """Say whether a name is that of an office alone: `Minister`, `the Head of State`."""
    parts = name.lower().split()
    return bool(parts) and all(part in cues().titles.words for part in parts)


def starts_loose(words: str, *, whole: bool = False) -> bool:
    """Say whether words begin with (or, if `whole`, are only) one that stands for another."""
    if whole:
        return words.strip().lower() in cues().pronouns.words
    match = _FIRST_WORDS.match(words)
    first = " ".join(match[1].lower().split()) if match else ""
    return first in cues().pronouns.words or first.split(" ")[0] in cues().pronouns.words
