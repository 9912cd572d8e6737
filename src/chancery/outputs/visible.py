"""Makes untrusted text safe to print: control characters are shown, never obeyed.

A report may carry terminal escapes, or marks that turn the direction of writing round so that a
line reads as something it is not. Each is replaced by a character or code that shows what stood
there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_UNSAFE: Final = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f"  # C0 but for tab and line feed, and DELETE
    "\x80-\x9f"  # C1: some terminals obey these as escapes
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # marks that turn the direction of writing
    "\u2028\u2029\ufeff\ufff9-\ufffb"  # line separators, byte order mark, annotations
    "\ud800-\udfff"  # lone halves of a pair: no terminal can be sent them
    "\U000e0000-\U000e007f"  # invisible tag characters
    "]"
)
_ODD_RUNS: Final = re.compile(f"(?:{_UNSAFE.pattern})+")
_SPACES: Final = re.compile(r"\s+")

CONTROL_PICTURES: Final = 0x2400
"""Unicode's pictures of the control characters start here, in the order of their codes."""


def visible(text: str) -> str:
    """Show control characters as pictures or codes; tabs and line feeds stay."""
    return _UNSAFE.sub(_show, text)


def odd_runs(text: str) -> Iterator[tuple[int, int]]:
    """Give where runs of characters stand that `visible` would show otherwise."""
    return (match.span() for match in _ODD_RUNS.finditer(text))


def one_line(text: str) -> str:
    """Put text on one line, white space folded, control characters shown."""
    return visible(_SPACES.sub(" ", visible(text))).strip()


def _show(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x20:
        return chr(CONTROL_PICTURES + code)
    if code == 0x7F:
        return "\u2421"
    return f"<U+{code:04X}>"


def escape_in_json(document: str) -> str:
    r"""Write unsafe characters of a JSON document as `\uXXXX`: the same document, safe to print."""
    return _UNSAFE.sub(_escape, document)


def _escape(match: re.Match[str]) -> str:
    units = match.group().encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))
