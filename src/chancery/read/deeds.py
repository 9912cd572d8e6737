"""What the model holds to be deeds: triggers with their types, and the words of both sides.

The heads stand on the shared encoder (`encoder.py`). Beside the sentence they are told what the
lexicon knows: which words are a frame's cue, and of what kind the names are. They answer for every
word how likely it names a deed of each PLOVER type, and for a trigger which words head the parties
that do it and to whom it is done. What follows here is only reading off: thresholds lie in
`data/deeds.toml`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias, get_args

from chancery.lexicon import Lexicon
from chancery.model import EventType
from chancery.read.states import Line
from chancery.read.triggers import Trigger

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from chancery.read.encoder import DeedScores, Encoder, Trunk

    Scores = NDArray[np.float32]
    Chances = NDArray[np.float32]

TYPES: Final[tuple[EventType, ...]] = get_args(EventType)
TYPE_NUMBER: Final = {name: number for number, name in enumerate(TYPES, 1)}
"""Numbers of the types as cues are told to the model; 0 is no cue."""

KINDS: Final = ("none", "state", "person", "body", "role", "open", "pronoun", "name")
POINTERS: Final = frozenset(
    {
        "he", "she", "it", "they", "him", "her", "them", "his", "its", "their", "we", "our", "i",
        "us", "who", "which",
    }
)  # fmt: skip
BODIES: Final = ("IGO", "NGO", "IMG", "ISM", "MNC")


Side: TypeAlias = tuple[tuple[int, float], ...]
"""Head words of parties, each with its chance."""


class Settings(NamedTuple):
    """The thresholds and frames of `data/deeds.toml`."""

    deed: float
    lone_deed: float
    title: float
    lone_cue: float
    sure_cue: float
    faint: float
    side: float
    likeliest_side: float
    state: float
    unsaid_state: float
    hidden_doer: float
    nobody: float
    cue_weight: float
    denials: frozenset[str]
    answered: dict[str, str]
    frames: dict[str, str]


class Deed(NamedTuple):
    """A deed in one sentence: the words of its trigger and parties, and how sure each is.

    `doers` and `done_to` are the head words of parties with their chances, in order.
    """

    trigger: int
    type: EventType
    mode: str | None
    chance: float
    type_chance: float
    doers: Side
    done_to: Side


@cache
def settings() -> Settings:
    """Load the settings, once per process."""
    source = resources.files("chancery.read") / "data" / "deeds.toml"
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    return Settings(
        denials=frozenset(table["denials"]["words"].split()),
        answered={
            noun: kind for kind, nouns in table["answered"].items() for noun in nouns.split()
        },
        frames=table["frames"],
        **table["thresholds"],
    )


def cue_numbers(triggers: Iterable[Trigger], lexicon: Lexicon, count: int) -> list[int]:
    """Tell for each word of a sentence whose frame's cue it is: a type's number, or 0."""
    numbers = [0] * count
    for trigger in triggers:
        number = TYPE_NUMBER[lexicon.frames[trigger.cue.frame].type]
        for place in trigger.fixed or (trigger.first,):
            if 0 <= place < count:
                numbers[place] = number
    return numbers


def kind_numbers(line: Line) -> list[int]:
    """Tell for each word of a sentence what kind of name covers it, as an index into `KINDS`."""
    numbers = [0] * len(line.words)
    for place in line.places:
        actor, name = place.mention.actor, place.mention.name
        for word in place.words:
            if line.lower[word] in POINTERS:
                kind = "pronoun"
            elif not actor:
                kind = "name" if name else "open"
            elif "." in actor and actor.split(".")[0] in BODIES:
                kind = "body"
            elif name:
                kind = "person"
            else:
                kind = "role" if "." in actor else "state"
            numbers[word] = KINDS.index(kind)
    return numbers


class DeedFinder:
    """Reads deeds off the model's scores; knows nothing of other sentences."""

    def __init__(self, encoder: Encoder, lexicon: Lexicon) -> None:
        self.encoder = encoder
        self.lexicon = lexicon

    def scores(self, line: Line, trunk: Trunk, triggers: Sequence[Trigger]) -> DeedScores:
        """Run the deed heads over one sentence."""
        cues = cue_numbers(triggers, self.lexicon, len(line.words))
        return self.encoder.deeds(trunk, cues, kind_numbers(line))

    def marked(
        self, line: Line, trunk: Trunk, triggers: Sequence[Trigger], marks: Sequence[int]
    ) -> DeedScores:
        """Run the deed heads over a sentence with words marked as one side, 1, or the other, 2."""
        cues = cue_numbers(triggers, self.lexicon, len(line.words))
        return self.encoder.deeds(trunk, cues, kind_numbers(line), marks)

    def between(self, scores: DeedScores, marks: Sequence[int]) -> dict[EventType, float]:
        """Return how likely some word names a deed of each type that the marked sides share.

        A word counts as far as the one side does its deed and it is done to the other: half for
        each.
        """
        import numpy as np

        chances = softmax(scores.types)[:, 1:]
        words = [word for word, each in enumerate(chances) if each.sum() >= settings().faint]
        doers, done_to = ([w for w, mark in enumerate(marks) if mark == side] for side in (1, 2))
        parties = doers + done_to
        if not words or not parties:
            return {}
        # All words with all parties at once: a run of the graph costs more than its rows.
        rows = self.encoder.sides(
            np.repeat(scores.doers[words], len(parties), axis=0),
            np.tile(scores.parties[parties], (len(words), 1)),
        )
        shares = (1 / (1 + np.exp(-rows))).reshape(len(words), len(parties), 2)
        does = shares[:, : len(doers), 0].max(axis=1, initial=0.0)
        suffers = shares[:, len(doers) :, 1].max(axis=1, initial=0.0)
        told = chances[words] * ((does + suffers) / 2)[:, None]
        return dict(zip(TYPES, told.max(axis=0).tolist(), strict=True))

    def find(self, line: Line, scores: DeedScores, triggers: Sequence[Trigger] = ()) -> list[Deed]:
        """Return the deeds of one sentence that are likelier than the threshold, in order.

        The type that a cue of a frame tells weighs more than the others.
        """
        chances = softmax(scores.types)
        places = _likely_places(line, chances, triggers)
        if not places:
            return []
        weighed = chances.copy()
        for trigger in triggers:
            number = TYPE_NUMBER[self.lexicon.frames[trigger.cue.frame].type]
            weighed[trigger.first : trigger.last + 1, number] *= 1 + settings().cue_weight
        return [self._deed(place, scores, chances, weighed) for place in places]

    def places(self, line: Line, scores: DeedScores, triggers: Sequence[Trigger] = ()) -> list[int]:
        """Return the words likely to be triggers; of two neighbours the likelier.

        In a sentence without any, less is asked of the likeliest (`_lone_place`).
        """
        return _likely_places(line, softmax(scores.types), triggers)

    def _deed(self, place: int, scores: DeedScores, chances: Chances, weighed: Chances) -> Deed:
        number = int(weighed[place, 1:].argmax()) + 1
        told = float(1 - chances[place, 0])
        doers, done_to = self.sides_of(place, scores)
        return Deed(
            trigger=place,
            type=TYPES[number - 1],
            mode=self._mode(place, TYPES[number - 1], scores),
            chance=told,
            type_chance=float(chances[place, number]) / told,
            doers=doers,
            done_to=done_to,
        )

    def chance_at(self, scores: DeedScores, first: int, last: int) -> float:
        """Return how likely the likeliest of some words is a trigger."""
        return float((1 - softmax(scores.types)[first : last + 1, 0]).max())

    def _mode(self, place: int, kind: EventType, scores: DeedScores) -> str | None:
        """Return the likeliest mode among those of a type; none is one of them."""
        labels = self.encoder.manifest.modes
        own = [n for n, label in enumerate(labels) if label.split("/")[0] == kind]
        best = max(own, key=lambda number: (float(scores.modes[place, number]), -number))
        return labels[best].partition("/")[2] or None

    def sides_of(self, place: int, scores: DeedScores) -> tuple[Side, Side]:
        """Return the head words of both sides of a trigger at a place, with their chances."""
        import numpy as np

        limits = settings()
        doers = np.repeat(scores.doers[place : place + 1], len(scores.parties), axis=0)
        chances = 1 / (1 + np.exp(-self.encoder.sides(doers, scores.parties)))
        sides = []
        # A word does a deed or suffers it: the likelier of the two.
        chances = np.where(chances >= chances.max(axis=1, keepdims=True), chances, 0.0)
        for column in chances.T:
            chosen = np.flatnonzero(column >= limits.side).tolist()
            if not chosen and column.max() >= limits.likeliest_side:
                chosen = [int(column.argmax())]
            sides.append(tuple((word, float(column[word])) for word in chosen))
        return sides[0], sides[1]


def _likely_places(line: Line, chances: Chances, triggers: Sequence[Trigger]) -> list[int]:
    """Return the words likely to be triggers, as `DeedFinder.places` does, given their chances."""
    import numpy as np

    limits = settings()
    told = 1 - chances[:, 0]
    likely = told >= (limits.title if line.is_title else limits.deed)
    likely[1:] &= told[1:] >= told[:-1]
    likely[:-1] &= told[:-1] >= told[1:]
    return np.flatnonzero(likely).tolist() or _lone_place(line, told, triggers)


def _lone_place(line: Line, told: Chances, triggers: Sequence[Trigger]) -> list[int]:
    """Return the likeliest word of a sentence that tells no likely deed, if more speaks for it.

    That is a cue beside the name of a state, or two states in one sentence, which seldom stand
    there for nothing. A title is mostly told again below.
    """
    place = int(told.argmax())
    if line.is_title or told[place] < settings().lone_deed:
        return []
    states = {one.state for one in line.places if one.state}
    cued = any(trigger.first <= place <= trigger.last for trigger in triggers)
    return [place] if len(states) + cued > 1 else []


def softmax(scores: Scores) -> Chances:
    """Turn scores into chances, along the last axis."""
    import numpy as np

    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    chances: Chances = raised / raised.sum(axis=-1, keepdims=True)
    return chances
