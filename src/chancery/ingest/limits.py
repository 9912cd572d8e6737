"""How much ingest takes in before it says no: every bound in one visible place."""

from __future__ import annotations

from typing import Final

HEAD_BYTES: Final = 65_536
"""Bytes looked at to tell what kind of file it is."""

MAX_REPORT_BYTES: Final = 8 * 1024 * 1024
"""The largest single report: a text, a page, a message, or a line of JSON Lines."""

MAX_WHOLE_FILE_BYTES: Final = 256 * 1024 * 1024
"""The largest file that must be held in memory as a whole (a JSON array)."""

MAX_UNPACKED_BYTES: Final = 2 * 1024 * 1024 * 1024
"""The most bytes drawn from one compressed file."""

MAX_UNPACK_RATIO: Final = 200
"""The most bytes unpacked for each packed one, past the first `MAX_REPORT_BYTES`: text packs to
a fifth or a tenth; a thousandth is a bomb."""

MAX_JSON_DEPTH: Final = 64
"""The deepest nesting of lists and objects in a record."""

MAX_TAGS: Final = 200_000
"""The most tags in one page; the longest pages seen have some 30,000."""

MAX_ATTRIBUTES: Final = 500
"""The most attributes on one tag."""

MAX_MAIL_PARTS: Final = 50
"""The most parts of one message that hold parts themselves."""

MAX_HEADER_BYTES: Final = 20_000
"""The longest header of a message: the parser's time grows with the square of it."""

MAX_HEADLINE_CHARS: Final = 200
"""The longest first line still taken for a headline."""

MAX_FIELD_CHARS: Final = 2_000
"""The longest title, outlet name, address or key."""
