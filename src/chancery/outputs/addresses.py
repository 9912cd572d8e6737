"""Names and addresses that may stand in a file for other programs.

A row goes by its id as a URN (`urn:chancery:hap_4f2a…`). A report's address comes from outside: it
is written only where it is an ordinary web address, and whatever might end a field or a tag in it
is percent-encoded (RFC 3986).
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, urlsplit

URN: Final = "urn:chancery:"
SCHEMES: Final = ("http", "https")

_KEPT: Final = "%/:?#@!$&*+,;=-._~"
"""What stays as it is: RFC 3986's characters but for brackets and quotation marks."""
_LONE_PERCENT: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_HOST: Final = re.compile(r"[A-Za-z0-9._~-]+|\[[0-9A-Fa-f:.]+\]")


def urn(name: str, *parts: str) -> str:
    """Name a row by its id; `parts` name something that belongs to it."""
    return URN + ":".join(quote(part, safe="_-", errors="replace") for part in (name, *parts))


def web_address(url: str | None) -> str | None:
    """Return a report's address where it is a web address, made safe; else none."""
    try:
        parts = urlsplit((url or "").strip())
        host = (parts.hostname or "").encode("idna").decode()
        port = f":{parts.port}" if parts.port else ""
    except (ValueError, UnicodeError):
        return None
    host = f"[{host}]" if ":" in host else host
    if parts.scheme.lower() not in SCHEMES or not _HOST.fullmatch(host):
        return None
    rest = parts._replace(scheme="", netloc="").geturl()
    path = quote(_LONE_PERCENT.sub("%25", rest), safe=_KEPT, errors="replace")
    return f"{parts.scheme.lower()}://{host}{port}{path}"
