"""What a person knows themselves, entered beside a report's words: an entry made of a form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from chancery.errors import UsageError
from chancery.ledger import Entry
from chancery.ledger.verdicts import parse_stretch
from chancery.lexicon import Lexicon
from chancery.model import When
from chancery.outputs.names import resolve_who
from chancery.web.forms import Form, needed
from chancery.web.page import Page
from chancery.web.preview import preview
from chancery.web.room import Room
from chancery.web.visit import Visit

LONGEST_WORDS: Final = 2_000


def enter(room: Room, visit: Visit, form: Form) -> Page:
    """Show what an entry would change before it is kept: a decision like any other.

    Fields: `what` in words, `when`, `who`, `whom`, `frame`, `note`, and `reference`, which is
    `rep_…:start-end` where it was entered beside words of a report.
    """
    entry = entry_of(form, visit.lexicon)
    return preview(room, visit, {**form, "about": entry.id, "verdict": entry.verdict})


def entry_of(form: Form, lexicon: Lexicon) -> Entry:
    """Make an entry of a form; raises `UsageError` for what cannot be meant.

    A name that nobody is found for is kept as words.
    """
    what = " ".join(needed(form, "what").split())
    if len(what) > LONGEST_WORDS:
        raise UsageError("these words are too long", hint=f"at most {LONGEST_WORDS:,} characters")
    first, last = parse_stretch(form.get("when", "").strip() or "..")
    who, whom = (_names(form.get(name, "")) for name in ("who", "whom"))
    return Entry(
        when=When(first=first, last=last, basis="stated" if first or last else "unknown"),
        what=what,
        actors=_codes(who, lexicon),
        targets=_codes(whom, lexicon),
        who=who,
        whom=whom,
        frame=_frame(form.get("frame", ""), lexicon),
        note=form.get("note", "").strip(),
        reference=form.get("reference", "").strip(),
    )


def _names(words: str) -> tuple[str, ...]:
    return tuple(" ".join(one.split()) for one in words.split("+") if one.strip())


def _codes(names: Sequence[str], lexicon: Lexicon) -> tuple[str, ...]:
    codes: set[str] = set()
    for name in names:
        try:
            codes.update(resolve_who([name], lexicon))
        except UsageError:
            continue
    return tuple(sorted(codes))


def _frame(words: str, lexicon: Lexicon) -> str | None:
    """Return the frame that is meant, by its name or its phrase; none where none is given."""
    given = " ".join(words.split()).casefold()
    if not given:
        return None
    for frame in lexicon.frames.values():
        if given in (frame.id, frame.phrase) or given.replace(" ", "-") == frame.id:
            return frame.id
    raise UsageError(f"the lexicon has no frame {words.strip()!r}", hint="frames look like "
                     "expel-diplomats")  # fmt: skip
