"""What a reader types into an answer, brought into the words of a verdict.

Names are taken as well as codes, and phrases as well as frames: `Belarus` for `BLR`, `expel
diplomats` for `expel-diplomats`. What cannot be meant is refused with what would do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from chancery.errors import UsageError
from chancery.ledger.entries import ENTRY
from chancery.ledger.filters import parse_days
from chancery.ledger.questions import ASKS_WORDS, GAP, LATER
from chancery.ledger.verdicts import NOBODY, parse_stretch
from chancery.lexicon import Lexicon
from chancery.outputs.names import resolve_who
from chancery.web.forms import Form

ASKED_BY: Final[Mapping[str, str]] = {
    "date": "date", "later": "date", "actor": "actor", "target": "actor", "is": "code",
    "type": "type",
}  # fmt: skip
"""What the gap of a verdict asks for, by the verdict's first word."""


def verdict_of(form: Form, lexicon: Lexicon) -> str:
    """Return the verdict that a form asks for, its gap filled with what was typed.

    Raises `UsageError`, saying what is to be typed, where nothing was or it cannot be meant.
    """
    verdict = form.get("verdict", "").strip()
    if not verdict:
        raise UsageError("verdict is missing")
    if GAP not in verdict or verdict.startswith(ENTRY):
        return verdict
    kind = verdict.partition(" ")[0]
    asks = ASKED_BY.get(kind, "")
    typed = " ".join(form.get("typed", "").split())
    if not typed:
        raise UsageError(f"type {ASKS_WORDS.get(asks) or f'what goes into “{verdict}”'}")
    read = _READERS.get(LATER if kind == LATER else asks)
    return verdict.replace(GAP, read(typed, lexicon) if read else typed, 1)


def _days(typed: str, lexicon: Lexicon) -> str:
    parse_stretch(typed)
    return typed


def _last_day(typed: str, lexicon: Lexicon) -> str:
    """Put off until a month means until its last day."""
    last = parse_days(typed)[1]
    if last is None:
        raise UsageError(f"not a day: {typed!r}", hint=f"type {ASKS_WORDS['date']}")
    return last.isoformat()


def _codes(typed: str, lexicon: Lexicon) -> str:
    if typed == NOBODY:
        return typed
    return "+".join(_code(one.strip(), lexicon) for one in typed.split("+"))


def _code(typed: str, lexicon: Lexicon) -> str:
    """Take a code as it stands; the ledger knows some that are no actor's."""
    if "." in typed and typed == typed.upper():
        return typed
    found = resolve_who([typed], lexicon)
    if len(found) != 1:
        raise UsageError(f"not one actor: {typed!r}", hint=f"type {ASKS_WORDS['code']}")
    return found[0]


def _frame(typed: str, lexicon: Lexicon) -> str:
    spelt = typed.casefold().replace(" ", "-")
    if spelt in lexicon.frames:
        return spelt
    phrased = [one.id for one in lexicon.frames.values() if one.phrase == typed.casefold()]
    return phrased[0] if len(phrased) == 1 else typed


_READERS: Final[Mapping[str, Callable[[str, Lexicon], str]]] = {
    "date": _days, LATER: _last_day, "actor": _codes, "code": _code, "type": _frame,
}  # fmt: skip
