"""The nouns: what a report says, what we hold took place, and on whose word.

All are frozen `msgspec.Struct`s: one definition serves Python, JSON Lines, the lexicon's TOML and
the web API. Ids are short hashes of what makes the thing itself (`identify`), so the same input
gives the same id on any machine and in any order. A claim never copies words: a `Span` points at
them, and `report.text[span.start:span.end]` are the words, exactly as stored.

Event types, modes and quad classes are PLOVER's (PLOVER manual 0.8); CAMEO codes are kept beside
them for exchange.
"""

from __future__ import annotations

from datetime import date
from typing import Final, Literal, TypeAlias

from chancery.errors import Problem
from chancery.line import ClaimLine
from chancery.noun import ID_HEX_DIGITS as ID_HEX_DIGITS
from chancery.noun import Basis as Basis
from chancery.noun import Noun as Noun
from chancery.noun import Span as Span
from chancery.noun import When as When
from chancery.noun import identify as identify
from chancery.provenance import Context as Context
from chancery.provenance import Facets as Facets
from chancery.provenance import Nested as Nested
from chancery.provenance import NestingKind as NestingKind
from chancery.provenance import SameSource as SameSource
from chancery.provenance import Signature as Signature
from chancery.provenance import Tenure as Tenure
from chancery.provenance import Trait as Trait
from chancery.provenance import TraitEvidence as TraitEvidence
from chancery.reconciled import Anchor as Anchor
from chancery.reconciled import Link as Link
from chancery.reconciled import Outcome as Outcome
from chancery.reconciled import Rival as Rival
from chancery.reconciled import Tie as Tie
from chancery.relating import Point as Point
from chancery.relating import Refusal as Refusal
from chancery.relating import Relation as Relation
from chancery.relating import Turn as Turn

EventType: TypeAlias = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
Standing: TypeAlias = Literal[
    "happened", "ongoing", "planned", "predicted", "hypothetical", "negated", "denied", "alleged"
]
VoiceKind: TypeAlias = Literal["own", "named", "anonymous", "document"]
Stance: TypeAlias = Literal["says", "denies", "doubts", "foresees"]
QuoteMode: TypeAlias = Literal["direct", "indirect", "mixed"]
TimexType: TypeAlias = Literal["DATE", "TIME", "DURATION", "SET"]
Bound: TypeAlias = Literal["exact", "about", "at_most", "at_least"]
ReasonKind: TypeAlias = Literal["cause", "purpose", "response", "justification"]
Phase: TypeAlias = Literal["opens", "closes", "holds"]


class Aside(Noun, frozen=True):
    """A part of the text that is not the reporting: kept in the text, left out of reading.

    `kind` is `byline`, `credit`, `dateline`, `related`, `boilerplate` or `date`.
    """

    kind: str
    span: Span


class Report(Noun, frozen=True):
    """One published text.

    `text` is the title, a newline and the body, or the body alone where there is no title; all
    spans count its characters. `published` is *stated*, *inferred* or *unknown*: never the clock,
    never a file's date. `key` is the input's own name for it (the `id` of a JSON line).
    `language` is ISO 639-1, or `und` where it could not be told.
    """

    id: str
    text: str
    title: str = ""
    published: When = When()
    source: str | None = None
    url: str | None = None
    language: str = "en"
    key: str | None = None
    traits: tuple[str, ...] = ()
    asides: tuple[Aside, ...] = ()

    @staticmethod
    def make_id(
        *, text: str, title: str, published: When, source: str | None, url: str | None,
        key: str | None,
    ) -> str:  # fmt: skip
        """Name a report by its words, outlet, address, day and own key."""
        return identify("rep", source, url, key, published.edtf(), title, text)


class Mention(Noun, frozen=True):
    """Words that name an actor.

    `actor` is its code (`BLR.GOV`, `IGO.NATO`) as of the report, or none where it stays open;
    `name` the person's or body's full name where one is meant; `candidates` the codes it may be,
    best first; `score` 0…1.
    """

    span: Span
    actor: str | None = None
    name: str | None = None
    candidates: tuple[str, ...] = ()
    score: float = 0.0


class Place(Noun, frozen=True):
    """Words that name where a deed took place; `country` is ISO 3166-1 alpha-3 where known."""

    span: Span
    country: str | None = None


class TimeExpression(Noun, frozen=True):
    """Words that name a time: TIMEX3 `type` and `value` (TimeML 1.2.1) beside our own `When`."""

    span: Span
    type: TimexType
    value: str
    when: When = When()


class Quantity(Noun, frozen=True):
    """A number that belongs to a deed: `value` of `unit`, and how it is bounded."""

    span: Span
    value: float
    unit: str
    bound: Bound = "exact"


class Voice(Noun, frozen=True):
    """On whose word: the outlet's own, a named or an anonymous person's, or a document's.

    `chain` are the voices that the words passed through, from the outermost pair to the innermost.
    """

    kind: VoiceKind = "own"
    actor: str | None = None
    name: Span | None = None
    full_name: str | None = None
    cue: Span | None = None
    stance: Stance = "says"
    chain: tuple[Nested, ...] = ()


OWN_VOICE: Final = Voice()


class Statement(Noun, frozen=True):
    """A passage on somebody's word; a split quotation gives one statement a piece.

    `facets` are those of an anonymous voice.
    """

    id: str
    report: str
    content: Span
    voice: Voice
    mode: QuoteMode
    foresees: bool = False
    deadline: When | None = None
    facets: Facets | None = None

    @staticmethod
    def make_id(*, report: str, content: Span, voice: Voice) -> str:
        """Name a statement by its report, its passage and the words that name its voice."""
        return identify("stm", report, content, voice.kind, voice.name)


class Claim(Noun, frozen=True):
    """One report says one deed: a coded event mention, in the field's terms.

    `type` and `mode` are PLOVER's and always those of the deed itself; `standing` says whether it
    came about. `actors` and `targets` are lists (PLOVER manual, section on actors). `words` is
    the clause that tells the deed, `trigger` the verb or noun that names it, `contexts` PLOVER's
    contexts that those words show. `run` names the
    reader, model and lexicon that made the claim.
    """

    id: str
    report: str
    frame: str
    type: EventType
    words: Span
    trigger: Span
    mode: str | None = None
    cameo: str | None = None
    actors: tuple[Mention, ...] = ()
    targets: tuple[Mention, ...] = ()
    when: When = When()
    where: Place | None = None
    standing: Standing = "happened"
    voice: Voice = OWN_VOICE
    quantities: tuple[Quantity, ...] = ()
    contexts: tuple[str, ...] = ()
    score: float = 0.0
    run: str = ""

    @staticmethod
    def make_id(
        *, report: str, frame: str, trigger: Span,
        actors: tuple[Mention, ...], targets: tuple[Mention, ...],
    ) -> str:  # fmt: skip
        """Name a claim by its report, its deed, the words that name it, and both sides."""
        sides = [[(party.actor, party.span) for party in side] for side in (actors, targets)]
        return identify("clm", report, frame, trigger, *sides)

    def __str__(self) -> str:
        own = self.voice.kind == "own"
        return str(
            ClaimLine(
                when=self.when.edtf(),
                actors=_known_codes(self.actors),
                frame=self.frame,
                targets=_known_codes(self.targets),
                report=self.report,
                start=self.words.start,
                end=self.words.end,
                standing=self.standing,
                stance=None if own else self.voice.stance,
                voice=None if own else self.voice.actor or self.voice.kind,
            )
        )


def _known_codes(side: tuple[Mention, ...]) -> tuple[str, ...]:
    return tuple(sorted({party.actor for party in side if party.actor}))


class Reason(Noun, frozen=True):
    """Why somebody did something, as somebody says: an account, never a fact.

    `deed` names the deed, `cue` brings in the `passage`; `claim` is the id of the deed's claim.
    """

    id: str
    report: str
    deed: Span
    passage: Span
    kind: ReasonKind
    cue: Span
    claim: str | None = None
    voice: Voice = OWN_VOICE

    @staticmethod
    def make_id(*, report: str, claim: str | None, deed: Span, passage: Span, cue: Span) -> str:
        """Name a reason by its report, its claim, its deed, its passage and its cue."""
        return identify("rsn", report, claim, deed, passage, cue)


class Forecast(Noun, frozen=True):
    """What is to come about: by a day, or under a condition, or both.

    `span` is the passage with the words of its deadline, `test` what must be true, `deadline` the
    last day it can come about on. `statement` is the statement it stands in, `voice` whose.
    """

    id: str
    report: str
    span: Span
    test: Span
    cue: Span
    deadline: When | None = None
    condition: Span | None = None
    statement: str | None = None
    voice: Voice = OWN_VOICE

    @staticmethod
    def make_id(*, report: str, span: Span, cue: Span) -> str:
        """Name a forecast by its report, its passage and the words that show it."""
        return identify("fct", report, span, cue)


class HeldState(Noun, frozen=True):
    """One passage that opens a state, closes it or shows it holding (`phase`), in its clause.

    `holders` are actor codes: who set the measure, whose office or troops, who detains. `since`
    and `until` are the days on which it opened and closed, none where the words do not say.
    `claims` are ids of claims told by the same clause.
    """

    id: str
    report: str
    kind: str
    phase: Phase
    span: Span
    cue: Span
    holders: tuple[str, ...] = ()
    since: When | None = None
    until: When | None = None
    claims: tuple[str, ...] = ()

    @staticmethod
    def make_id(*, report: str, kind: str, phase: Phase, cue: Span) -> str:
        """Name a state's passage by its report, its kind, its phase and the words that show it."""
        return identify("sta", report, kind, phase, cue)


class Reading(Noun, frozen=True):
    """All that one pass of a reader found in one report; `unread` says why nothing was read."""

    report: str
    run: str
    mentions: tuple[Mention, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    statements: tuple[Statement, ...] = ()
    claims: tuple[Claim, ...] = ()
    reasons: tuple[Reason, ...] = ()
    forecasts: tuple[Forecast, ...] = ()
    states: tuple[HeldState, ...] = ()
    traits: tuple[Trait, ...] = ()
    contexts: tuple[Context, ...] = ()
    same_sources: tuple[SameSource, ...] = ()
    signature: Signature | None = None
    problems: tuple[Problem, ...] = ()
    unread: str | None = None


class Decision(Noun, frozen=True):
    """What a person settled: about what, the verdict, why, who and when; `undoes` an earlier one.

    `made` is an instant in ISO 8601, UTC. Decisions are only ever added. `anchors` say where the
    claims stood that it names, so that it outlives their being read again.
    """

    id: str
    about: str
    verdict: str
    reason: str = ""
    who: str = ""
    made: str = ""
    undoes: str | None = None
    anchors: tuple[Anchor, ...] = ()

    @staticmethod
    def make_id(*, about: str, verdict: str, who: str, made: str, undoes: str | None) -> str:
        """Name a decision by what it settles, how, by whom and when."""
        return identify("dec", about, verdict, who, made, undoes)


class Happening(Noun, frozen=True):
    """One deed, from all its claims: a de-duplicated event, in the field's terms.

    `actors` and `targets` are codes, sorted. `claims` and `reports` are ids, sorted;
    `origin_count` counts independent roots of reporting, so that a copy adds none. A field on
    which the claims differ is named in `disputed`. `certainty` is 0…1, or none: not assessed, and
    `signals` are what raised and lowered it. `contexts` are PLOVER's that the words of any of the
    claims show.
    """

    id: str
    frame: str
    type: EventType
    claims: tuple[str, ...]
    reports: tuple[str, ...]
    origin_count: int
    actors: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    mode: str | None = None
    cameo: str | None = None
    when: When = When()
    where: str | None = None
    standing: Standing = "happened"
    voice: Voice = OWN_VOICE
    disputed: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    certainty: float | None = None
    signals: tuple[str, ...] = ()
    lead: str = ""

    def __str__(self) -> str:
        sides = ["+".join(side) or "-" for side in (self.actors, self.targets)]
        parts = [f"{self.when.edtf()} {sides[0]} {self.frame} {sides[1]}"]
        if self.standing != "happened":
            parts.append(self.standing)
        if self.voice.kind != "own":
            parts.append(f"{self.voice.stance} {self.voice.actor or self.voice.kind}")
        return f"{', '.join(parts)} {self.id}"

    @staticmethod
    def make_id(claims: tuple[str, ...]) -> str:
        """Name a happening by the least of its claims' ids, so that new claims seldom rename it."""
        return identify("hap", min(claims))


class Cite(Noun, frozen=True):
    """The words a row rests on, fetched from the report's text at their offsets."""

    claim: str
    report: str
    source: str | None
    published: When
    title: str
    words: str
    span: Span
    trigger: Span
    paragraph: int
    sentence: str
    url: str | None = None


# What the lexicon holds -------------------------------------------------------------------------


class Source(Noun, frozen=True):
    """An outlet that publishes; `official` marks a government's own.

    `chief`: the posts that it names bare when it means its own: "the President" of a presidency.
    """

    id: str
    name: str
    names: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    country: str | None = None
    owner: str | None = None
    official: bool = False
    chief: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None


class Frame(Noun, frozen=True):
    """A kind of deed: PLOVER `type` and `mode`, CAMEO code, intensity and the words that tell it.

    `intensity` is PLOVER's score, −10…10; `quad` its quad class, 1…4. `phrase` is the plain verb
    phrase shown to people ("expel diplomats").
    """

    id: str
    type: EventType
    phrase: str
    cameo: str
    intensity: float
    quad: int
    mode: str | None = None


ActorKind: TypeAlias = Literal["state", "territory", "body", "seat", "group", "person"]


class Office(Noun, frozen=True, gc=False):
    """A post that somebody holds, or a standing that a group has, for a stretch of days.

    `code` is the actor code it gives (`BLR.GOV`). `since` and `until` are inclusive; an end that
    is known to the month or year only is widened to the whole of it.
    """

    post: str
    code: str
    since: date | None = None
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Say whether the office is held on that day."""
        return (self.since or date.min) <= day <= (self.until or date.max)


class Actor(Noun, frozen=True, gc=False):
    """A state, territory, body, seat, group or person of the lexicon.

    `id` names it (`BLR`, `BLR.lukashenko`, `IGO.NATO`); the first of `names` is shown to people.
    `code` is the actor code that it has at all times, none where it depends on the day: then
    `offices` tell. `part_of` is the actor it belongs to: a person's or a body's state.
    `checked` is how sure the table's writer was of the row, 0…1.
    """

    id: str
    kind: ActorKind
    names: tuple[str, ...]
    code: str | None = None
    part_of: str | None = None
    adjectives: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    offices: tuple[Office, ...] = ()
    checked: float | None = None
