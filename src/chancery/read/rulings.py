"""PLOVER's boundary rules (`chancery.lexicon.boundaries`) on what a report's sentences tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from chancery.lexicon.boundaries import UNKNOWN, Deed, Ruling, apply_together
from chancery.model import EventType, Frame, Mention, Standing
from chancery.read.deeds import settings
from chancery.read.triggers import View

if TYPE_CHECKING:
    from chancery.read.telling_contexts import Telling


def rulings_of(told: Iterable[tuple[View, Telling]]) -> list[Ruling]:
    """Return what the rules make of all that one report tells, in the order given."""
    return apply_together(
        [
            deed_of(
                view, telling.trigger.first, telling.trigger.last, telling.frame.type,
                telling.mode, telling.standing, telling.roles.actors, telling.roles.targets,
            )
            for view, telling in told
        ]
    )  # fmt: skip


def frame_after(ruling: Ruling, frame: Frame, frames: Mapping[str, Frame]) -> Frame:
    """Return the frame of a deed after a ruling: its own, or one of its new type and mode."""
    if not ruling.rules or (ruling.type, ruling.mode) == (frame.type, frame.mode):
        return frame
    named = settings().frames
    same = sorted(
        name for name, one in frames.items() if (one.type, one.mode) == (ruling.type, ruling.mode)
    )
    usual = named.get(f"{ruling.type}/{ruling.mode}") if ruling.mode else named[ruling.type]
    return frames[usual or next(iter(same), named[ruling.type])]


def deed_of(
    view: View,
    first: int,
    last: int,
    type_: EventType,
    mode: str | None,
    standing: Standing,
    actors: tuple[Mention, ...] = (),
    targets: tuple[Mention, ...] = (),
) -> Deed:
    """Return a deed as the rules look at it; `first` and `last` are its trigger's words.

    The place of its sentence in the report stands for the sentence's number.
    """
    return Deed.of_words(
        view.words, first, last, type=type_, mode=mode, standing=standing,
        actors=_codes(actors), targets=_codes(targets), sentence=view.sentence.span.start,
    )  # fmt: skip


def _codes(side: tuple[Mention, ...]) -> tuple[str, ...]:
    return tuple(mention.actor or mention.name or UNKNOWN for mention in side)
