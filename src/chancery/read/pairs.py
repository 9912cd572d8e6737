"""The type of a deed between two sides that are handed over, as they stand in a text.

`classify` is the one way in. It asks the frames what the text says the one side did to the other:
a deed that has both on its sides, else one with one of them there, else the best trigger between
them. A learned scorer may be put in front (`Scorer`, `pair_model.py`): then the likeliest type by
both is the answer, and the frames give mode and standing where they agree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Final, NamedTuple, TypeAlias

import msgspec

from chancery.errors import UsageError
from chancery.lexicon import Lexicon
from chancery.lexicon.boundaries import apply
from chancery.lexicon.frames import Cue
from chancery.model import EventType, Mention, Span, Standing, When
from chancery.read.clauses import find_roles
from chancery.read.framing import Framing, framing_of
from chancery.read.mentions import find_mentions
from chancery.read.pair_places import side_in
from chancery.read.rulings import deed_of
from chancery.read.sentences import Sentence, split_sentences
from chancery.read.sides import Roles
from chancery.read.standing import standing_of
from chancery.read.subjects import group_start
from chancery.read.triggers import Trigger, View, clause_words

ACTOR: Final = "XXA"
TARGET: Final = "XXB"
"""Codes that stand for the two sides handed over: ISO 3166 leaves them to users."""

WITHOUT_DIRECTION: Final = frozenset({"CONSULT", "COOPERATE"})
"""Types whose sides may stand either way."""

TOLD: Final = {"verb": 1.0, "noun": 0.85}
"""How sure a deed is by the kind of its trigger."""

BOTH, TURNED, DOER, DONE_TO, BETWEEN, BESIDE = 1.0, 0.9, 0.65, 0.55, 0.4, 0.25
"""How sure a type is by how both sides were met: `_fit`, and triggers between or beside them."""

LONGEST_SENTENCE: Final = 300
"""Words; a longer sentence is a table, and is not read."""

FRAMES_WEIGHT: Final = 4.0
"""How much the frames' type gains in the scorer's eyes, at a frame's score of 1."""

TRIGGERS_WEIGHT: Final = 4.0
"""What the scorer's word on single triggers counts beside its chances of the types."""

NONE_WEIGHT: Final = 0.5
"""What the scorer's chance of no deed counts: a pair is handed over where one is looked for."""


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """A text and both sides, as they stand in it; either side may be missing."""

    text: str
    actor: str | None = None
    target: str | None = None


class Typed(msgspec.Struct, frozen=True, kw_only=True):
    """What a text says that the one side did to the other; no type where it says nothing.

    `score` is how sure that is, 0…1.
    """

    type: EventType | None = None
    mode: str | None = None
    standing: Standing | None = None
    score: float = 0.0


class Scored(NamedTuple):
    """A learned scorer's word on a pair: chances of the types and of none, and a standing.

    `triggers` are the types of the deeds that single words name, each as likely as that word names
    it with these two for its sides; they do not sum up to 1.
    """

    types: Mapping[EventType | None, float]
    standing: Standing
    triggers: Mapping[EventType, float] = {}


Scorer: TypeAlias = Callable[[Pair, "SeenText"], Scored | None]
"""A learned scorer; it has nothing to say where a text is too long for it."""

NOTHING: Final = Typed()


def classify(pair: Pair, lexicon: Lexicon, scorer: Scorer | None = None) -> Typed:
    """Return the type, mode and standing of what the actor did to the target.

    Without either side, the surest deed of the text is typed. Raises `UsageError` where a side
    does not stand in the text.
    """
    seen = look(pair.text, lexicon)
    laid = _lay_out(pair, lexicon, seen)
    told = _surest(_by_roles(laid)) or _surest(_by_triggers(laid)) or NOTHING
    scored = scorer(pair, seen) if scorer else None
    return told if scored is None else _settled(told, scored)


def _surest(typed: Iterable[Typed]) -> Typed | None:
    return max(typed, key=lambda one: one.score, default=None)


def _settled(told: Typed, scored: Scored) -> Typed:
    """Let the scorer choose the type, with the frames' word as so much more weight on theirs.

    What single words tell is added, not multiplied: the frames read the same words.
    """
    weighed = {
        kind: chance
        * (1 + FRAMES_WEIGHT * told.score * (kind == told.type))
        * (NONE_WEIGHT if kind is None else 1.0)
        for kind, chance in scored.types.items()
    }
    for kind, chance in scored.triggers.items():
        weighed[kind] += TRIGGERS_WEIGHT * chance
    likeliest, chance = max(weighed.items(), key=lambda item: (item[1], item[0] or ""))
    score = round(chance / sum(weighed.values()), 3)
    if likeliest is None:
        return Typed(score=score)
    if likeliest == told.type:
        return msgspec.structs.replace(told, score=score)
    return Typed(type=likeliest, standing=scored.standing, score=score)


# Both sides in the text --------------------------------------------------------------------------


class SeenText(NamedTuple):
    """The sentences of a text and who is named in them, before any side is handed over."""

    sentences: list[Sentence]
    mentions: list[Mention]


def look(text: str, lexicon: Lexicon) -> SeenText:
    """Return what frames and scorer both need of a text, so that it is found once."""
    sentences = split_sentences(text)
    return SeenText(sentences, find_mentions(text, sentences, lexicon, When()))


class LaidOut(NamedTuple):
    """A pair whose sides stand among the mentions of its text, and what its sentences tell.

    `wanted` are the codes of the sides that were handed over.
    """

    wanted: frozenset[str]
    framing: Framing
    views: list[tuple[View, list[Trigger]]]


def _lay_out(pair: Pair, lexicon: Lexicon, seen: SeenText) -> LaidOut:
    given = [
        (code, _places(side, words.strip(), pair.text, seen.mentions, lexicon))
        for side, code, words in (("actor", ACTOR, pair.actor), ("target", TARGET, pair.target))
        if words and words.strip()
    ]
    sides: list[Mention] = []
    for code, spans in sorted(given, key=lambda item: item[1][0].start - item[1][0].end):
        taken = [mention.span for mention in sides]
        free = [span for span in spans if not any(span.overlaps(other) for other in taken)]
        sides += [Mention(span=span, actor=code, score=1.0) for span in free]
    sentences = [s for s in seen.sentences if len(s.words) <= LONGEST_SENTENCE]
    named = seen.mentions
    if len(sentences) < len(seen.sentences):
        named = find_mentions(pair.text, sentences, lexicon, When())
    others = [
        mention for mention in named if not any(mention.span.overlaps(side.span) for side in sides)
    ]
    mentions = sorted([*sides, *others], key=lambda mention: (mention.span, mention.actor or ""))
    framing = framing_of(lexicon)
    views = [framing.view(pair.text, sentence, mentions) for sentence in sentences]
    return LaidOut(
        wanted=frozenset(code for code, _ in given),
        framing=framing,
        views=[(view, framing.cues.find(view)) for view in views],
    )


def _places(
    side: str, words: str, text: str, mentions: list[Mention], lexicon: Lexicon
) -> list[Span]:
    found = side_in(words, text, mentions, lexicon)
    if not found:
        raise UsageError(
            f"the {side} does not stand in the text", hint="give it letter by letter as it stands"
        )
    return found


# What the frames say -----------------------------------------------------------------------------


def _by_roles(laid: LaidOut) -> Iterator[Typed]:
    """Yield the deeds that have one of both on their sides, or both."""
    for view, triggers in laid.views:
        for trigger in triggers:
            roles = find_roles(view, trigger)
            told = _told(laid, view, trigger, roles) if roles else None
            fit = _fit(laid.wanted, roles, told.type) if roles and told else 0.0
            if told and fit:
                score = round(TOLD[trigger.cue.kind] * fit, 3)
                yield msgspec.structs.replace(told, score=score)


def _fit(wanted: frozenset[str], roles: Roles, kind: EventType | None) -> float:
    """Return how well the sides of a deed are those handed over, 0 where they are not."""
    doers = {mention.actor for mention in roles.actors}
    done_to = {mention.actor for mention in roles.targets}
    forwards = wanted & {ACTOR} <= doers and wanted & {TARGET} <= done_to
    if forwards or (wanted <= doers and not done_to):
        return BOTH
    if TARGET in doers or ACTOR in done_to:
        return TURNED if kind in WITHOUT_DIRECTION and wanted <= doers | done_to else 0.0
    if ACTOR in doers:
        return DOER
    return DONE_TO if TARGET in done_to else 0.0


def _by_triggers(laid: LaidOut) -> Iterator[Typed]:
    """Yield of each sentence the best trigger between both sides, or beside them."""
    for view, triggers in laid.views:
        if laid.wanted and not any(
            mention.actor in laid.wanted for party in view.parties for mention in party.mentions
        ):
            continue
        between = _between(view)
        scored = [
            (_likely(trigger.cue) * (BETWEEN if trigger.first in between else BESIDE), trigger)
            for trigger in triggers
        ]
        scored.sort(key=lambda item: (-item[0], item[1].first))
        found = (
            msgspec.structs.replace(told, score=round(score, 3))
            for score, trigger in scored
            if (told := _loosely_told(laid, view, trigger))
        )
        yield from islice(found, 1)


def _loosely_told(laid: LaidOut, view: View, trigger: Trigger) -> Typed | None:
    """Return what a trigger tells without sides of its own; a duty is asked of somebody.

    "Mali said that Togo must withdraw": between Mali and Togo that is a request.
    """
    head = group_start(view, trigger.first) if trigger.cue.kind == "verb" else trigger.first
    told = _told(laid, view, trigger, Roles(head=head, subject=head))
    if told is None and not clause_words().wishes.isdisjoint(view.words[head : trigger.first]):
        return Typed(type="REQUEST", standing="happened")
    return told


def _between(view: View) -> range:
    """Return the words between both sides; none where one of them is not in the sentence."""
    first = {
        code: party
        for party in reversed(view.parties)
        for code in (ACTOR, TARGET)
        if any(mention.actor == code for mention in party.mentions)
    }
    if len(first) < 2:
        return range(0)
    left, right = sorted(first.values())
    return range(left.last + 1, right.first)


def _told(laid: LaidOut, view: View, trigger: Trigger, roles: Roles) -> Typed | None:
    """Return a trigger's type, mode and standing; none where it tells a wish, or no deed."""
    standing = standing_of(view, trigger, roles)
    if standing is None:
        return None
    frame = laid.framing.frames[trigger.cue.frame]
    ruling = apply(
        deed_of(
            view, trigger.first, trigger.last, frame.type, frame.mode, standing,
            roles.actors, roles.targets,
        )
    )  # fmt: skip
    return Typed(type=ruling.type, mode=ruling.mode, standing=standing) if ruling.keep else None


def _likely(cue: Cue) -> float:
    """Return how surely a cue tells the deed of a sentence: more words, and verbs, more so."""
    return TOLD[cue.kind] * (1 - 0.5 ** len(cue.parts))
