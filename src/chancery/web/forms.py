"""What forms send: fields by name, none of them trusted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from chancery.errors import UsageError
from chancery.web.address import Address

Form: TypeAlias = Mapping[str, str]


def needed(form: Form, name: str) -> str:
    """Return a field that must be there; raises `UsageError` where it is empty."""
    value = form.get(name, "").strip()
    if not value:
        raise UsageError(f"{name} is missing")
    return value


def address_back(form: Form, name: str = "back") -> Address:
    """Return where a form leads back to: an address of this server, whatever was sent."""
    sent = form.get(name, "/")
    path, _, query = sent.partition("#")[0].partition("?")
    if not path.startswith("/") or path.startswith(("//", "/\\")):
        path, query = "/", ""
    return Address.read(path, query)
