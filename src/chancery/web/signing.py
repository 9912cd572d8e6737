"""Who signs what is settled on a page: each reader under a name of their own, asked for once.

A served ledger may be settled by several people, and all they do runs in one process, under one
user of its computer. So a reader gives a name with the first decision; the browser keeps it in a
cookie, and sends it along from then on. A name is a name: it proves nothing, and is shown escaped.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import quote, unquote

from chancery.errors import UsageError
from chancery.ledger.verdicts import check_words
from chancery.web.forms import Form
from chancery.web.room import Room
from chancery.web.visit import Visit

COOKIE: Final = "chancery-who"
KEPT_SECONDS: Final = 400 * 24 * 3600
"""The longest that browsers keep a cookie."""


def read_name(words: str) -> str:
    """Return a name on one line; raises `UsageError` for what cannot be one."""
    name = " ".join(words.split())
    check_words(who=name)
    return name


def name_in(cookies: Mapping[str, str]) -> str:
    """Return the name that a browser keeps; none where it keeps none that can be one."""
    try:
        return read_name(unquote(cookies.get(COOKIE, "")))
    except UsageError:
        return ""


def cookie_of(name: str) -> str:
    """Write a name so that a cookie can hold it."""
    return quote(name)


def signed(room: Room, visit: Visit, form: Form) -> str:
    """Return who signs a form: the name in it, else the browser's; the ledger's own where neither.

    Raises `UsageError` where nobody says so and the ledger is open to others.
    """
    name = read_name(form.get("who", "")) or visit.who
    if not name and room.token:
        raise UsageError("say who you are", hint="sign with your name: it is asked for once")
    return name
