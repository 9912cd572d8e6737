"""What people settle on a page: decisions, their preview and their undoing.

Every POST comes here. It carries the word of our own pages (`csrf`), and goes back where it came
from.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from typing import Final

import msgspec

from chancery.errors import UsageError
from chancery.ledger.verdicts import UNDO
from chancery.model import Decision
from chancery.outputs.words import counted
from chancery.pipeline import RunResult, run
from chancery.web.forms import Form, address_back, needed
from chancery.web.owning import enter
from chancery.web.page import Moved, NotFound, Page
from chancery.web.pages.adding import keep
from chancery.web.preview import preview
from chancery.web.room import Room
from chancery.web.signing import read_name, signed
from chancery.web.typed import verdict_of
from chancery.web.visit import Visit
from chancery.web.work import SOON_SECONDS, Tell, Work


def settle(room: Room, visit: Visit, form: Form) -> Moved | Page:
    """Do what a form asks.

    Raises `UsageError` for a form that is not ours, or that asks for what cannot be settled here.
    """
    if not hmac.compare_digest(form.get("csrf", "").encode(), room.csrf.encode()):
        raise UsageError("this form is out of date", hint="load its page again")
    action = ACTIONS.get(visit.address.path)
    if action is None:
        raise NotFound(f"nothing to do at {visit.address.path!r}")
    if not visit.live and action is not stop:
        raise UsageError("nothing can be settled here", hint="this view is pinned or read-only")
    return action(room, visit, form)


def decide(room: Room, visit: Visit, form: Form) -> Moved:
    """Take a decision and go back; the decision's id comes along as `done`."""
    about, verdict = needed(form, "about"), verdict_of(form, visit.lexicon)
    return _settle(room, visit, form, about, verdict)


def undo(room: Room, visit: Visit, form: Form) -> Moved:
    """Take a decision back."""
    return _settle(room, visit, form, "", UNDO, undoes=needed(form, "decision"))


def sign(room: Room, visit: Visit, form: Form) -> Moved:
    """Keep the name that a reader signs with from now on."""
    name = read_name(needed(form, "who"))
    return msgspec.structs.replace(back(form), signed=name)


def _settle(
    room: Room, visit: Visit, form: Form, about: str, verdict: str, undoes: str | None = None
) -> Moved:  # fmt: skip
    reason, who = form.get("reason", "").strip(), signed(room, visit, form)
    with room.settling() as ledger:
        made = ledger.decide(about, verdict, reason=reason, who=who, undoes=undoes)
        ledger.reconcile()
    after = msgspec.structs.replace(back(form, done=made.id), signed=who)
    return _read_again(room, after, made)


def stop(room: Room, visit: Visit, form: Form) -> Moved:
    """Stop a piece of work."""
    work = room.works.get(needed(form, "work"))
    if work is None:
        raise NotFound("this work does not go on any more")
    work.stop()
    work.ended(SOON_SECONDS)
    return Moved(f"/doing/{work.id}")


def _read_again(room: Room, after: Moved, decision: Decision) -> Moved:
    """Read again what a decision bears on: a report whose day was settled means other days."""
    if not (decision.about.startswith("rep_") and decision.verdict.startswith(("date ", UNDO))):
        return after

    def job(tell: Tell) -> str:
        def progress(result: RunResult) -> None:
            tell(counted(result.read, "report") + " read again")

        with room.settling() as ledger:
            result = run([], ledger, room.reader, progress=progress)
        return counted(result.read, "report") + " read again"

    work = room.begin(Work("Reading again", job, after.to))
    there = after.to if work.ended(SOON_SECONDS) else f"/doing/{work.id}"
    return msgspec.structs.replace(after, to=there)


ACTIONS: Final[Mapping[str, Callable[[Room, Visit, Form], Moved | Page]]] = {
    "/preview": preview,
    "/entry": enter,
    "/decide": decide,
    "/undo": undo,
    "/sign": sign,
    "/stop": stop,
    "/own": keep,
}


def back(form: Form, **told: str) -> Moved:
    """Go back to the page the form stood on, telling it what was done."""
    return Moved(str(address_back(form).with_(at=None, **told)), 303)
