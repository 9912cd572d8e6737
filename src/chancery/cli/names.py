"""Turns what the user called an actor or a deed into the ledger's codes, or says what is close."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from chancery.cli.verbs import closest
from chancery.errors import UsageError
from chancery.lexicon import Lexicon
from chancery.model import Actor
from chancery.outputs.words import BODIES

CLOSE_SHOWN: Final = 3


def resolve_who(words: Iterable[str], lexicon: Lexicon) -> list[str]:
    """Return the codes of actors given by code or name; raises `UsageError` for an unknown one."""
    asked = [word.strip() for group in words for word in group.split(",")]
    return [_resolve_actor(word, lexicon) for word in asked if word]


def _resolve_actor(word: str, lexicon: Lexicon) -> str:
    if _is_code(word, lexicon):
        return word
    if word.upper() in lexicon.actors and _is_code(word.upper(), lexicon):
        return word.upper()
    close = lexicon.find(word)
    named = [actor for actor in close if _bears(actor, word)]
    for actor in named:
        if actor.code:
            return actor.code
    if named:
        raise UsageError(
            f"the code of {named[0].names[0]} depends on the day",
            hint=f"ask for a code, such as {_codes_of(named[0])}",
        )
    raise UsageError(f"no actor {word!r}. {_told(close)}", hint=f"chancery lexicon find {word}")


def _is_code(word: str, lexicon: Lexicon) -> bool:
    """Say whether a word is the code of a known actor, or of a sector of a known state."""
    actor = lexicon.actors.get(word)
    if actor:
        return actor.code == word
    state, _, sector = word.partition(".")
    known = lexicon.actors.get(state)
    return bool(known and known.code and sector.isalpha() and sector.isupper()) or (
        state in BODIES and not sector
    )


def _bears(actor: Actor, word: str) -> bool:
    return word.casefold() in {name.casefold() for name in actor.names}


def _codes_of(actor: Actor) -> str:
    return ", ".join(sorted({office.code for office in actor.offices if office.code})[:CLOSE_SHOWN])


def _told(close: list[Actor]) -> str:
    if not close:
        return "Nothing is close"
    return "Close: " + ", ".join(f"{one.id} ({one.names[0]})" for one in close[:CLOSE_SHOWN])


def resolve_what(word: str, lexicon: Lexicon) -> str:
    """Return the frame, type or mode that is meant; raises `UsageError` for an unknown one."""
    frames = lexicon.frames.values()
    known = {frame.id for frame in frames} | {frame.type for frame in frames}
    known |= {frame.mode for frame in frames if frame.mode}
    for spelling in (word, word.upper(), word.lower(), word.lower().replace(" ", "-")):
        if spelling in known:
            return spelling
    raise UsageError(f"no frame, type or mode {word!r}", hint=closest(word.lower(), sorted(known)))
