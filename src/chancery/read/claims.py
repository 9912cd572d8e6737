"""From tellings to claims: what one report says that somebody did.

What the sentences tell (`tellings.py`) gets its date, its voice, its place and its quantities. A
deed that a report tells twice is kept once (`retellings.py`).

A claim's first score is the product of three plain parts: how sure the sides are linked (the least
of their scores), how sure the words tell a deed (the model's chance, or without a model the kind of
the trigger), and the standing (a claim read from a doubtful scope less). With a model `sureness.py`
turns it into the chance that the claim is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec

from chancery.lexicon import Lexicon
from chancery.model import (
    Claim,
    Mention,
    Place,
    Report,
    Span,
    Standing,
    Statement,
    TimeExpression,
)
from chancery.read.contexts import contexts_of
from chancery.read.datelines import find_dateline
from chancery.read.deeds import DeedFinder
from chancery.read.encoder import Encoder
from chancery.read.encodings import Encodings
from chancery.read.framing import framing_of
from chancery.read.listed import with_all_listed
from chancery.read.occasion_talks import OccasionTalks
from chancery.read.occasions import with_occasions
from chancery.read.own_talks import with_teller
from chancery.read.parse import Tree
from chancery.read.parties import PartyFinder
from chancery.read.quantities import find_quantities
from chancery.read.retellings import (
    beside_verbs,
    once_each,
    sayings_of,
    surest_in_sentence,
    surest_in_words,
)
from chancery.read.rulings import frame_after, rulings_of
from chancery.read.sentences import Sentence
from chancery.read.sides import Roles
from chancery.read.standing import by_date
from chancery.read.states import Line, StateFinder, lay_out, publisher_of
from chancery.read.sureness import is_brief, likely
from chancery.read.talks import Scene, with_talks
from chancery.read.telling_contexts import Telling
from chancery.read.tellings import TellingFinder, Told
from chancery.read.title_claims import (
    TitleTold,
    day_of_title,
    occasion_of,
    on_own_day,
    opening_of,
)
from chancery.read.title_deeds import find_title_deed
from chancery.read.tree_sides import without_home
from chancery.read.triggers import Trigger, View
from chancery.read.voices import voice_of
from chancery.read.whens import bounded_by_standing, when_of

if TYPE_CHECKING:
    from chancery.read.state_model import Values

TOLD: Final = {
    ("verb", True): 1.0,
    ("verb", False): 0.8,
    ("noun", True): 0.85,
    ("noun", False): 0.6,
}
"""How sure a deed is by the kind of its trigger, and whether both sides are known."""

LONGEST_WORDS: Final = 45
"""Words of the passage that tells a claim."""

UNLINKED: Final = 0.3
"""The score of sides of which none is linked."""

DOUBTFUL: Final = 0.8
"""The factor of a claim whose standing is not simply happened or ongoing."""

Trees: TypeAlias = Sequence[Tree | None]
"""One for each sentence of a report; none where no deed was likely, so that none was made."""

_QUOTES: Final = '"“”'
_IN_PLACE = re.compile(r"\b(?:in|at|near|outside|inside|across)\s+(?:the\s+)?$", re.IGNORECASE)


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What earlier stages found in one report."""

    sentences: Sequence[Sentence]
    mentions: Sequence[Mention]
    times: Sequence[TimeExpression]
    statements: Sequence[Statement]
    encodings: Encodings | None = None

    def within(self, sentence: Sentence) -> list[Mention]:
        """Return the mentions that stand in a sentence."""
        return [mention for mention in self.mentions if sentence.span.covers(mention.span)]


class ClaimFinder:
    """Finds the claims of reports; made once for a lexicon, with the model or without."""

    def __init__(self, lexicon: Lexicon, encoder: Encoder | None = None) -> None:
        self.lexicon = lexicon
        self.encoder = encoder
        self.framing = framing_of(lexicon)
        self.deeds = DeedFinder(encoder, lexicon) if encoder else None
        self.tellings = TellingFinder(self.framing, self.deeds)

    def find(self, report: Report, found: Found, run: str) -> tuple[list[Claim], Trees]:
        """Return the claims of one report, sorted by where they stand, and its sentences' trees."""
        told, trees = self.told(report, found)
        if is_brief(report):
            # A sentence alone tells what was done; what that is about is told by its own words,
            # and what it takes as known was told before. What is unlikely has no report around it.
            told = [
                (view, telling._replace(roles=without_home(telling.roles)))
                for view, telling in told
                if not (telling.content or telling.background or telling.lone)
            ]
        claims = [self._claim(report, found, view, telling, run) for view, telling in told]
        state = publisher_of(report, self.lexicon)
        opening = opening_of(report, found.sentences)
        if state:
            for span in (opening, occasion_of(report, found.sentences)):
                claims = [on_own_day(report, span, claim) for claim in claims]
            claims = [_with_guests(report, found, claim) for claim in claims]
        sayings = sayings_of(report, zip(claims, told, strict=True))
        cued = {c.id for c, (_, telling) in zip(claims, told, strict=True) if telling.cued}
        beside = beside_verbs(zip(claims, told, strict=True))
        places = {c.id: view.sentence.span.start for c, (view, _) in zip(claims, told, strict=True)}
        claims = surest_in_words(report.text, once_each(claims, sayings))
        if self.encoder:
            claims = surest_in_sentence(report.text, places, beside, claims)
        if state:
            # Only now, so that two meetings with people of one state are no retelling.
            whole = [with_teller(report, state, claim, found.mentions) for claim in claims]
            cued |= {new.id for old, new in zip(claims, whole, strict=True) if old.id in cued}
            claims = whole
        claims.sort(key=lambda claim: (claim.trigger, claim.id))
        claims = likely(report, claims, cued, state) if self.encoder else claims
        return self._with_forms(report, found, claims, run), trees

    def _with_forms(
        self, report: Report, found: Found, claims: list[Claim], run: str
    ) -> list[Claim]:
        """Add what a government's release tells by its form: talks as occasions, and its title."""
        state = publisher_of(report, self.lexicon)
        if state is None:
            return claims
        finder = OccasionTalks(report, state, found.mentions, found.times, self.framing.frames)
        claims = [*claims, *finder.find(found.sentences, claims, run)]
        claims.sort(key=lambda claim: (claim.trigger, claim.id))
        deed = find_title_deed(report, state, found.mentions) if report.title else None
        if deed is None:
            return claims
        opening = opening_of(report, found.sentences)
        when = day_of_title(report, opening, found.times)
        frame = self.framing.frames[deed.frame]
        return TitleTold(report, deed, frame, when, opening, run).claims_with(claims)

    def told(self, report: Report, found: Found) -> tuple[list[tuple[View, Telling]], Trees]:
        """Return what the report's sentences tell, after PLOVER's boundary rules, and their trees.

        There is a tree for each sentence in which the model expects deeds.
        """
        trees: list[Tree | None] = [None] * len(found.sentences)
        if self.encoder:
            listed, trees = self._with_model(report, found)
        else:
            listed = list(self._by_frames(report, found))
        frames = self.framing.frames
        kept = [
            (
                view,
                telling._replace(
                    frame=frame_after(ruling, telling.frame, frames), mode=ruling.mode
                ),
            )
            for (view, telling), ruling in zip(listed, rulings_of(listed), strict=True)
            if ruling.keep and _is_of_somebody(telling) and not is_asked(view, telling)
        ]
        return kept, trees

    def _by_frames(self, report: Report, found: Found) -> Iterator[tuple[View, Telling]]:
        for sentence in found.sentences:
            mentions = found.within(sentence)
            if mentions:
                view = self.framing.view(report.text, sentence, mentions)
                for telling in self.tellings.by_frames(view, self.framing.cues.find(view)):
                    yield view, telling

    def _with_model(
        self, report: Report, found: Found
    ) -> tuple[list[tuple[View, Telling]], list[Tree | None]]:
        """Read with the model: the parser looks only at sentences in which deeds are likely."""
        assert self.deeds
        encodings = found.encodings
        assert encodings
        seen: list[tuple[View, list[Trigger], Told]] = []
        lines: list[Line] = []
        whole: list[Line] = []
        looks: list[Values | None] = []
        scenes: list[Scene] = []
        for number, sentence in enumerate(found.sentences):
            mentions = found.within(sentence)
            view = self.framing.view(report.text, sentence, mentions)
            triggers = self.framing.cues.find(view)
            is_title = bool(report.title) and sentence.span.end <= len(report.title) + 1
            line = lay_out(report.text, sentence, None, mentions, is_title)
            look = None
            trunk = encodings.trunk(number)
            if trunk:
                scores = self.deeds.scores(line, trunk, triggers)
                if self.deeds.places(line, scores, triggers):
                    line = line._replace(tree=encodings.tree(number))
                seen.append((view, triggers, Told(number, line, scores)))
                look = trunk.states[-1][trunk.firsts[1:]]
            lines.append(line)
            # What ties a name to a state elsewhere counts too, and trees of all are at hand.
            whole.append(line._replace(tree=encodings.tree(number)))
            scenes.append(Scene(view, whole[-1], triggers))
            looks.append(look)
        states = StateFinder(
            report.text,
            whole,
            publisher_of(report, self.lexicon),
            looks,
            find_dateline(report.text, self.lexicon),
        )
        parties = PartyFinder(report.text, lines, states)
        tellings = [
            (view, telling)
            for view, triggers, told in seen
            for telling in self.tellings.by_both(view, triggers, told, parties)
        ]
        frames = self.framing.frames
        tellings = with_occasions(with_talks(tellings, scenes, frames), scenes, frames)
        return tellings, [line.tree for line in lines]

    def _claim(self, report: Report, found: Found, view: View, telling: Telling, run: str) -> Claim:
        frame, roles, trigger = telling.frame, telling.roles, telling.trigger
        words = words_of(view, telling)
        span = view.span(trigger.first, trigger.last)
        when = when_of(span, view.sentence, report.text, found.times, report.published)
        standing = by_date(telling.standing, trigger, when, report.published)
        return Claim(
            id=Claim.make_id(
                report=report.id, frame=frame.id, trigger=span,
                actors=roles.actors, targets=roles.targets,
            ),
            report=report.id, frame=frame.id, type=frame.type, mode=telling.mode,
            cameo=frame.cameo,
            words=words, trigger=span, actors=roles.actors, targets=roles.targets,
            when=bounded_by_standing(when, standing, report.published),
            where=place_in(view, roles),
            standing=standing,
            voice=voice_of(span, found.statements),
            quantities=find_quantities(report.text, words),
            contexts=contexts_of(report.text, words),
            score=score_of(telling, standing),
            run=run,
        )  # fmt: skip


def _with_guests(report: Report, found: Found, claim: Claim) -> Claim:
    """Return what an official release tells with all whom it lists as met."""
    sentence = next((one for one in found.sentences if one.span.covers(claim.trigger)), None)
    if sentence is None:
        return claim
    return with_all_listed(report.text, claim, sentence.span, found.mentions)


def _is_of_somebody(telling: Telling) -> bool:
    """Say whether one party at least is linked: a deed of nobody known is none for a ledger."""
    parties = (*telling.roles.actors, *telling.roles.targets)
    return any(mention.actor for mention in parties)


def is_asked(view: View, telling: Telling) -> bool:
    """Say whether a deed is told in a question, which tells none: "Did Mali expel them?".

    Who is quoted as asking has done that: of his words only the deeds within are asked about.
    """
    sentence = view.sentence.span.of(view.text).rstrip(f" {_QUOTES}")
    if not sentence.endswith("?"):
        return False
    start = view.span(telling.trigger.first, telling.trigger.first).start
    before = view.text[view.sentence.span.start : start]
    whole = view.sentence.span.of(view.text)
    return any(mark in before for mark in _QUOTES) or not any(mark in whole for mark in _QUOTES)


def words_of(view: View, telling: Telling) -> Span:
    """Return the clause that tells a deed, else its sentence, or the stretch about the trigger."""
    longest, trigger, roles = LONGEST_WORDS, telling.trigger, telling.roles
    if telling.clause and telling.clause[1] - telling.clause[0] < longest:
        return view.span(*telling.clause)
    count = len(view.words)
    if count <= longest:
        return view.sentence.span
    first = max(0, min(roles.subject, roles.head, trigger.first))
    if trigger.last - first >= longest:
        first = max(0, trigger.last - longest + 1)
    last = min(count - 1, first + longest - 1)
    return view.span(first, last)


def place_in(view: View, roles: Roles) -> Place | None:
    """Return the first place that a sentence names after "in", "at" or "near", not being a side."""
    sides = {mention.span for mention in (*roles.actors, *roles.targets)}
    for party in view.parties:
        mention = party.mentions[0]
        if mention.span in sides or not mention.actor:
            continue
        if _IN_PLACE.search(view.text, view.sentence.span.start, mention.span.start):
            country = mention.actor.split(".")[0]
            return Place(span=mention.span, country=country if len(country) == 3 else None)
    return None


def score_of(telling: Telling, standing: Standing) -> float:
    """Return how sure a claim is, 0…1: the product that the module's docstring states."""
    roles, cue = telling.roles, telling.trigger.cue
    linked = [m.score for m in (*roles.actors, *roles.targets) if m.actor]
    known_actor = any(m.actor for m in roles.actors)
    both = known_actor and (cue.mutual or any(m.actor for m in roles.targets))
    told = TOLD[cue.kind, both] if telling.chance is None else telling.chance
    doubt = 1.0 if standing in ("happened", "ongoing") else DOUBTFUL
    return round(min(linked, default=UNLINKED) * told * doubt, 4)
