"""Finds passages in which sides seem to have changed places, against what the lexicon knows.

A person with another state's office or with a post never held, a deed that a state cannot do to
itself, a known deed the other way round, and two sentences that tell one deed with its sides
exchanged. The words lie in `data/traits.toml`.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any, Final, NamedTuple

from chancery.lexicon import Lexicon, NameMatch
from chancery.model import Actor, Span
from chancery.read.sentences import Sentence
from chancery.read.spellings import Doubt

STATES: Final = frozenset({"state", "demonym", "territory"})

_TO_TITLE: Final = re.compile(
    r"(?:['’]s)?\s(?:(?:then|former|new|newly|elected|acting|outgoing|current)\s){0,2}"
)
_TO_NAME: Final = re.compile(r",?\s(?:Mr\.?\s|Dr\.?\s)?")
_OF_STATE: Final = re.compile(r"\sof\s(?:the\s)?")
_APPOSED: Final = re.compile(r",\s(?:the\s)?(?:(?:then|former|new|current)\s)?")
_LED_BY: Final = re.compile(
    r"(?:^|[.!?;:,“\"(\n]\s?|\b(?:by|with|to|and|of|from|between|that|when|as|for|then|former|new))"
    r"\s?$"
)


def find_turned_roles(text: str, sentences: Sequence[Sentence], lexicon: Lexicon) -> list[Doubt]:
    """Return what raises the doubt that sides have changed places, in order of the text."""
    matches = lexicon.find_names(text)
    doubts: list[Doubt] = []
    told: dict[tuple[str, str, str], Span] = {}
    starts = [match.span.start for match in matches]
    for sentence in sentences:
        first = bisect_left(starts, sentence.span.start)
        last = bisect_left(starts, sentence.span.end)
        here = [match for match in matches[first:last] if sentence.span.covers(match.span)]
        doubts += _wrong_offices(text, sentence.span, here, lexicon)
        doubts += _to_itself(text, here)
        doubts += _known_deeds(text, here)
        for deed, span in _one_way(text, here):
            doer, name, target = deed
            if (target, name, doer) in told:
                doubts.append(Doubt(span, "another sentence tells it the other way round"))
            told.setdefault(deed, span)
    return sorted(set(doubts))


# Offices -----------------------------------------------------------------------------------------


class _Held(NamedTuple):
    """A person with an office as the text has it: of which state, if one is named."""

    state: NameMatch | None
    title: NameMatch
    person: NameMatch
    words: Span


def _wrong_offices(
    text: str, sentence: Span, here: Sequence[NameMatch], lexicon: Lexicon
) -> Iterator[Doubt]:
    for held in _offices(text, here):
        bearers = [lexicon.actors[one] for one in held.person.entities if one in lexicon.actors]
        if not bearers or not all(actor.offices for actor in bearers):
            continue
        name = held.person.span.of(text)
        if held.state:
            state = _root(held.state)
            if not any(state in _states(actor) for actor in bearers):
                theirs = " or ".join(sorted({_states(actor)[0] for actor in bearers}))
                yield Doubt(held.words, f"the lexicon has {name} in office of {theirs}")
                continue
        if _is_plain(text, sentence, held) and not any(
            _held_alike(actor, held.title.row) for actor in bearers
        ):
            yield Doubt(
                held.words, f"the lexicon knows of no time when {name} was {held.title.row}"
            )


def _offices(text: str, here: Sequence[NameMatch]) -> Iterator[_Held]:
    """Yield persons with the title and state that stand by them."""
    for place, title in enumerate(here):
        if title.kind != "title":
            continue
        if _SERVES.search(text, max(0, title.span.start - 40), title.span.start):
            continue
        before = here[place - 1] if place else None
        after = here[place + 1 : place + 3]
        state = before if before and before.kind in STATES else None
        if state and not _joins(text, state, title, _TO_TITLE):
            state = None
        if after and after[0].kind in _PERSONS and _joins(text, title, after[0], _TO_NAME):
            if "," not in text[title.span.end : after[0].span.start] or state:
                yield _held(state, title, after[0])
        elif after and after[0].kind in STATES and _joins(text, title, after[0], _OF_STATE):
            if (
                len(after) > 1
                and after[1].kind in _PERSONS
                and _joins(text, after[0], after[1], _TO_NAME)
            ):
                yield _held(after[0], title, after[1])
            elif before and before.kind in _PERSONS and _apposed(text, before, title, after[0]):
                yield _held(after[0], title, before)
        elif state and place > 1:
            yield from _before_state(text, here[place - 2], state, title)


def _before_state(
    text: str, person: NameMatch, state: NameMatch, title: NameMatch
) -> Iterator[_Held]:
    """Yield "PERSON, the STATE TITLE," as an office held."""
    if person.kind in _PERSONS and _apposed(text, person, state, title):
        yield _held(state, title, person)


_PERSONS: Final = frozenset({"person", "surname"})
_SERVES: Final = re.compile(
    r"\b(?:[Aa]dvis[eo]r|[Dd]eputy|[Aa]ssistant|[Ss]pokes\w+|[Ww]ife|[Aa]ides?|[Ee]nvoy|Office"
    r"|[Rr]epresentative|[Ss]ecretary|[Aa]dministration)\s(?:to|of|for)\s(?:the\s)?$"
)


def _held(state: NameMatch | None, title: NameMatch, person: NameMatch) -> _Held:
    spans = [one.span for one in (state, title, person) if one]
    words = Span(min(span.start for span in spans), max(span.end for span in spans))
    return _Held(state, title, person, words)


def _joins(text: str, one: NameMatch, other: NameMatch, pattern: re.Pattern[str]) -> bool:
    if other.span.start <= one.span.end:
        return False
    return pattern.fullmatch(text, one.span.end, other.span.start) is not None


def _apposed(text: str, person: NameMatch, first: NameMatch, last: NameMatch) -> bool:
    """Say whether an office stands between commas after a person, not as the next subject."""
    closed = text[last.span.end : last.span.end + 1] in {",", ".", ";", ")", ""}
    return closed and _joins(text, person, first, _APPOSED)


def _is_plain(text: str, sentence: Span, held: _Held) -> bool:
    """Say whether a title stands bare or after its state: no "party president" or "vice" before."""
    if held.title.row not in _tables().posts or held.person.span.start < held.title.span.start:
        return False
    if held.state and held.state.span.start > held.title.span.start:
        return True
    start = held.state.span.start if held.state else held.title.span.start
    if held.state:
        return True
    return _LED_BY.search(text[sentence.start : start]) is not None


def _held_alike(actor: Actor, post: str) -> bool:
    posts = {office.post for office in actor.offices}
    if post in posts:
        return True
    groups = [*_tables().alike, *(_tables().of_state.get(actor.part_of or "", ()))]
    return any(post in group and posts & group for group in groups)


def _states(actor: Actor) -> list[str]:
    codes = [office.code.split(".")[0] for office in reversed(actor.offices)]
    return list(dict.fromkeys([*([actor.part_of] if actor.part_of else []), *codes]))


def _root(match: NameMatch) -> str:
    return match.entities[0].split(".")[0]


# Deeds -------------------------------------------------------------------------------------------


def _to_itself(text: str, here: Sequence[NameMatch]) -> Iterator[Doubt]:
    """Yield deeds that a state is said to do to itself or to its own envoys."""
    tables = _tables()
    for one, other in _neighbours(here):
        if one.kind not in ("state", "demonym") or other.span.start - one.span.end > 60:
            continue
        if not tables.outward.fullmatch(text, one.span.end, other.span.start):
            continue
        if _root(one) != _root(other) or text[other.span.end : other.span.end + 1] == "-":
            continue
        words = Span(one.span.start, other.span.end)
        envoy = tables.envoy.match(text, other.span.end)
        owner = text[other.span.end : other.span.end + 2] in ("'s", "’s")
        if other.kind == "demonym" and other.row == "adjective":
            if envoy:
                span = Span(words.start, envoy.end())
                yield Doubt(span, "a state is said to do this to its own")
        elif not owner:
            yield Doubt(words, "a state is said to do this to itself")


def _neighbours(here: Sequence[NameMatch]) -> Iterator[tuple[NameMatch, NameMatch]]:
    for place, one in enumerate(here):
        for other in here[place + 1 : place + 3]:
            yield one, other


def _known_deeds(text: str, here: Sequence[NameMatch]) -> Iterator[Doubt]:
    """Yield deeds everybody knows, told with their sides exchanged."""
    for known in _tables().known:
        for one, other in _neighbours(here):
            if not (one.kind in STATES and other.kind in STATES):
                continue
            roots = (_root(one), _root(other))
            words = Span(one.span.start, other.span.end)
            between = text[one.span.end : other.span.start]
            led = text[max(0, one.span.start - 40) : one.span.start]
            active = known.active.fullmatch(between) and roots == (known.target, known.doer)
            passive = known.passive.fullmatch(between) and roots == (known.doer, known.target)
            noun = (
                known.noun.search(led)
                and _BY.fullmatch(between)
                and roots == (known.doer, known.target)
            )
            if active or passive or noun:
                reason = f"{known.doer} is known to have done this to {known.target}"
                yield Doubt(words, reason)


_BY: Final = re.compile(r"\s(?:by|from)\s(?:the\s)?")


def _one_way(text: str, here: Sequence[NameMatch]) -> Iterator[tuple[tuple[str, str, str], Span]]:
    """Yield deeds that two states do not do to one another: who, what, to whom."""
    for one, other in _neighbours(here):
        if one.kind != "state" or other.kind != "state":
            continue
        for known in _tables().known:
            if known.active.fullmatch(text, one.span.end, other.span.start):
                deed = (_root(one), known.deed, _root(other))
                yield deed, Span(one.span.start, other.span.end)
                break


# The table ---------------------------------------------------------------------------------------


class _Known(NamedTuple):
    deed: str
    doer: str
    target: str
    active: re.Pattern[str]
    passive: re.Pattern[str]
    noun: re.Pattern[str]


class _Tables(NamedTuple):
    posts: frozenset[str]
    alike: tuple[frozenset[str], ...]
    of_state: Mapping[str, tuple[frozenset[str], ...]]
    outward: re.Pattern[str]
    envoy: re.Pattern[str]
    known: tuple[_Known, ...]


@cache
def _tables() -> _Tables:
    source = resources.files("chancery.read") / "data" / "traits.toml"
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    reversal = table["reversal"]
    outward = [*reversal["outward"].split(), *(p.replace(" ", r"\s") for p in reversal["phrases"])]
    return _Tables(
        posts=frozenset(table["roles"]["posts"]),
        alike=tuple(frozenset(group) for group in table["roles"]["alike"]),
        of_state={
            state: tuple(frozenset(group) for group in groups)
            for state, groups in table["roles"]["of_state"].items()
        },
        outward=re.compile(
            rf"(?:\s(?:government|authorities|army|parliament|president|ministry))?\s(?:(?:has|had|have|also|then|later)\s){{0,2}}(?:{'|'.join(outward)})\s"
            r"(?:(?:the|an?|its|all|ten|two|several)\s){0,2}"
        ),
        envoy=re.compile(rf"\s(?:{'|'.join(reversal['own_envoys'])})\b"),
        known=tuple(_known(row) for row in table["known"]),
    )


def _known(row: dict[str, Any]) -> _Known:
    forms = "|".join(row["forms"])
    return _Known(
        deed=row["deed"],
        doer=row["doer"],
        target=row["target"],
        active=re.compile(rf"(?:['’]s)?\s(?:has\s|had\s)?(?:{forms})\s(?:of\s)?(?:the\s)?"),
        passive=re.compile(rf"\s(?:was|were|had been|has been)\s(?:{forms})\sby\s(?:the\s)?"),
        noun=re.compile(rf"\b(?:{forms})\sof\s(?:the\s)?$"),
    )
