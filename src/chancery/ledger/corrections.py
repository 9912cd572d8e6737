"""What verdicts make of a claim: another kind of deed, other days, other parties; the same id."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

import msgspec

from chancery.ledger.verdicts import Verdict
from chancery.model import Claim, Frame, Mention, Span, Voice, When

Frames: TypeAlias = Mapping[str, Frame]
Names: TypeAlias = Mapping[str, "Ruling"]
"""What people settled of each name, by its folded words."""


class Ruling(msgspec.Struct, frozen=True):
    """Whose name it is, none where that stays open, and whose it is not."""

    code: str | None = None
    others: frozenset[str] = frozenset()

    def code_of(self, code: str | None) -> str | None:
        """Return whose name it is, where the reader took it for some actor's or for nobody's."""
        if self.code:
            return self.code
        barred = code and any(code == one or code.startswith(f"{one}.") for one in self.others)
        return None if barred else code


def change_claim(claim: Claim, verdict: Verdict, frames: Frames) -> Claim:
    """Return a claim as a verdict has it; other fields stay as they were read."""
    return _CHANGES[verdict.kind](claim, verdict, frames)


def _type(claim: Claim, verdict: Verdict, frames: Frames) -> Claim:
    frame = frames[verdict.value]
    return msgspec.structs.replace(
        claim, frame=frame.id, type=frame.type, mode=frame.mode, cameo=frame.cameo
    )


def _date(claim: Claim, verdict: Verdict, frames: Frames) -> Claim:
    first, last = verdict.days
    when = When(first=first, last=last, basis="stated") if first or last else When()
    return msgspec.structs.replace(claim, when=when)


def _actor(claim: Claim, verdict: Verdict, frames: Frames) -> Claim:
    return msgspec.structs.replace(claim, actors=_side(claim, claim.actors, verdict.codes))


def _target(claim: Claim, verdict: Verdict, frames: Frames) -> Claim:
    return msgspec.structs.replace(claim, targets=_side(claim, claim.targets, verdict.codes))


_CHANGES: Final[Mapping[str, Callable[[Claim, Verdict, Frames], Claim]]] = {
    "type": _type, "date": _date, "actor": _actor, "target": _target,
}  # fmt: skip
CHANGES: Final = tuple(_CHANGES)
"""The verdicts that change a claim."""


def _side(claim: Claim, side: tuple[Mention, ...], codes: tuple[str, ...]) -> tuple[Mention, ...]:
    """Return mentions with these codes, at the words that were read as them where there are any."""
    read = {one.actor: one for one in side}
    spare = side[0].span if side else claim.trigger
    return tuple(read.get(code) or Mention(span=spare, actor=code, score=1.0) for code in codes)


def change_names(claim: Claim, names: Names, name_at: Callable[[str, Span], str]) -> Claim:
    """Return a claim with the actors that people settled for names, on its sides and in its voice.

    `name_at` gives the folded words of a report at a span.
    """

    def settle(mention: Mention) -> Mention:
        ruling = names.get(name_at(claim.report, mention.span))
        code = ruling.code_of(mention.actor) if ruling else mention.actor
        return mention if code == mention.actor else msgspec.structs.replace(mention, actor=code)

    actors, targets = tuple(map(settle, claim.actors)), tuple(map(settle, claim.targets))
    voice = _voice(claim.report, claim.voice, names, name_at)
    if (actors, targets, voice) == (claim.actors, claim.targets, claim.voice):
        return claim
    return msgspec.structs.replace(claim, actors=actors, targets=targets, voice=voice)


def _voice(report: str, voice: Voice, names: Names, name_at: Callable[[str, Span], str]) -> Voice:
    ruling = names.get(name_at(report, voice.name)) if voice.name else None
    code = ruling.code_of(voice.actor) if ruling else voice.actor
    return voice if code == voice.actor else msgspec.structs.replace(voice, actor=code)
