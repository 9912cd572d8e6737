"""Turns bytes into text, and owns up where the encoding was a guess."""

from __future__ import annotations

import codecs
from typing import Final

from chancery.errors import Problem
from chancery.ingest.sniff import looks_utf16

BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
FEW_BROKEN: Final = 0.01
"""The share of undecodable bytes up to which a text is UTF-8 with faults, not another encoding."""

WESTERN: Final = "cp1252"
NEAR: Final = 0.035
"""How much less coherent (0…1, by charset-normalizer) than the best guess still counts as equal."""

SAMPLE_BYTES: Final = 65_536


def decode(data: bytes, place: str, declared: str | None = None) -> tuple[str, list[Problem]]:
    """Return the text of some bytes, and the doubt there is about it.

    A byte-order mark goes first, then UTF-8, then the charset the input declares, then what
    charset-normalizer finds. The mark itself is no part of the text. Never fails: bytes that no
    encoding explains become U+FFFD, and a problem says how many.
    """
    for mark, name in BOMS:
        if data.startswith(mark):
            return _decode_surely(data[len(mark) :], name, place)
    if looks_utf16(data):
        little = data[1:2000:2].count(0) >= data[:2000:2].count(0)
        return _decode_surely(data, "utf-16-le" if little else "utf-16-be", place)
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        pass
    if declared and (text := _declared_text(data, declared)) is not None:
        return text, []
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if broken <= max(1, FEW_BROKEN * len(text)):
        return text, [_broken(broken, "UTF-8", place)]
    return _decode_by_guess(data, text, place)


def _decode_surely(data: bytes, name: str, place: str) -> tuple[str, list[Problem]]:
    text = data.decode(name, "replace")
    broken = text.count("\ufffd")
    return text, [_broken(broken, name.upper(), place)] if broken else []


def _declared_text(data: bytes, declared: str) -> str | None:
    """Decode as declared, or give nothing where the name is unknown or the bytes do not fit."""
    try:
        codec = codecs.lookup(declared.strip())
        if not codec._is_text_encoding or codec.name.startswith(("unicode", "raw", "idna", "puny")):
            return None
        return data.decode(codec.name)
    except (LookupError, ValueError):
        return None


def _decode_by_guess(data: bytes, fallback: str, place: str) -> tuple[str, list[Problem]]:
    name = guess(data[:SAMPLE_BYTES])
    if name is None:
        return fallback, [_broken(fallback.count("\ufffd"), "UTF-8", place)]
    return data.decode(name, "replace"), [_guessed(name, place)]


def guess(sample: bytes) -> str | None:
    """Guess the encoding of bytes that are not UTF-8, or give up.

    Where Western European (cp1252) explains them about as well as the best, it is taken: that is
    what most news in English that is not UTF-8 was written in.
    """
    from charset_normalizer import from_bytes

    found = from_bytes(sample)
    best = found.best()
    if best is None or best.encoding in ("ascii", "utf_8"):
        return None
    for match in found:
        near = match.chaos == best.chaos and match.coherence >= best.coherence - NEAR
        if near and WESTERN in match.could_be_from_charset:
            return WESTERN
    return best.encoding


class LineDecoder:
    """Decodes the lines of one file: guesses its encoding once, from a sample, and says so once.

    A line that is UTF-8 is taken as that, whatever was guessed for another.
    """

    def __init__(self, sample: bytes) -> None:
        self._sample = sample
        self._guess: str | None = None
        self._asked = False

    def decode(self, line: bytes, place: str) -> tuple[str, list[Problem]]:
        """Return one line's text, and the doubt there is about it."""
        try:
            return line.removeprefix(codecs.BOM_UTF8).decode("utf-8"), []
        except UnicodeDecodeError:
            pass
        if self._guess:
            return line.decode(self._guess, "replace"), []
        if not self._asked:
            self._asked = True
            self._guess = guess(self._sample)
        if self._guess:
            return line.decode(self._guess, "replace"), [_guessed(self._guess, place)]
        text = line.decode("utf-8", "replace")
        return text, [_broken(text.count("\ufffd"), "UTF-8", place)]


def _guessed(name: str, place: str) -> Problem:
    return Problem(
        stage="ingest",
        code="encoding",
        message=f"encoding not stated and not UTF-8; read as {name}",
        place=place,
        hint="kept; save it as UTF-8 if letters look wrong",
    )


def _broken(count: int, name: str, place: str) -> Problem:
    return Problem(
        stage="ingest",
        code="encoding",
        message=f"broken {name}: {count} {'place' if count == 1 else 'places'} replaced by U+FFFD",
        place=place,
        hint="kept; save it again as UTF-8 from the original",
    )
