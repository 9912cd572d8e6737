"""Turns what the user called an actor or a deed into the ledger's codes, or says what is close."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from chancery.errors import UsageError
from chancery.ledger.filters import VOICE_KINDS, split_words
from chancery.lexicon import Lexicon
from chancery.model import Actor
from chancery.outputs.close import closest
from chancery.outputs.words import BODIES

CLOSE_SHOWN: Final = 3


def resolve_who(words: Iterable[str], lexicon: Lexicon) -> list[str]:
    """Return the codes of actors given by code or name; raises `UsageError` for an unknown one."""
    return [_resolve_actor(word, lexicon) for word in split_words(words) or ()]


def _resolve_actor(word: str, lexicon: Lexicon) -> str:
    for spelling in (word, word.upper()):
        if _is_code(spelling, lexicon):
            return spelling
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


def resolve_voice(word: str, lexicon: Lexicon) -> str:
    """Return a kind of voice as it is, or the code of the actor on whose word something is."""
    return word if word in VOICE_KINDS else _resolve_actor(word, lexicon)


def resolve_what(words: Iterable[str], lexicon: Lexicon) -> list[str]:
    """Return the frames, types and modes that are meant; raises `UsageError` for an unknown one."""
    known = known_deeds(lexicon)
    return [_resolve_deed(word, known) for word in split_words(words) or ()]


def known_deeds(lexicon: Lexicon) -> list[str]:
    """Return every frame, type and mode of the lexicon, sorted."""
    frames = lexicon.frames.values()
    return sorted({
        word for frame in frames for word in (frame.id, frame.type, frame.mode) if word
    })  # fmt: skip


def _resolve_deed(word: str, known: Sequence[str]) -> str:
    for spelling in (word, word.upper(), word.lower(), word.lower().replace(" ", "-")):
        if spelling in known:
            return spelling
    raise UsageError(f"no frame, type or mode {word!r}", hint=closest(word.lower(), known))


def resolve_kinds(words: str | None) -> list[str] | None:
    """Return the kinds of states that are meant; raises `UsageError` for an unknown one."""
    from chancery.read.holding import kind_table

    kinds, known = split_words(words), sorted(kind_table())
    for kind in kinds or ():
        if kind not in known:
            raise UsageError(f"no kind of state {kind!r}", hint=f"one of: {', '.join(known)}")
    return kinds
