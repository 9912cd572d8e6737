"""Names of any script in plain Latin letters, as a reporter would write them.

Letters are turned one by one, by `spellings/scripts.toml` or, where a script has no table, by the
sound in the letter's Unicode name. No dictionary is asked: a Japanese name in Chinese characters,
which is read otherwise, is not understood.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from importlib import resources
from typing import Any, Final

ABJADS: Final = ("ARABIC", "HEBREW")
"""Scripts that leave short vowels out."""

SYLLABIC: Final = ("HANGUL SYLLABLE", "CJK UNIFIED")
"""Signs that stand for a whole syllable."""

CARRIES_A: Final = ("DEVANAGARI", "BENGALI", "GUJARATI", "GURMUKHI", "KANNADA", "MALAYALAM",
                    "ORIYA", "SINHALA", "TAMIL", "TELUGU")  # fmt: skip
"""Scripts whose consonants carry an "a" unless a sign takes it away."""

BARE: Final = ("THAI", "LAO", "KHMER", "MYANMAR")
"""Scripts whose consonants are named with a vowel that they do not carry."""

_PAIRS: Final = "_pairs"
_VARIANTS: Final = "han_variants"
_SOUND: Final = re.compile(
    r"(?:LETTER|SYLLABLE|VOWEL SIGN|CHARACTER SARA|CHARACTER) (?:SMALL )?([A-Z]+)"
)
_VOWEL: Final = re.compile("SIGN|SARA|VOWEL")
_KILLER: Final = re.compile("VIRAMA|ASAT")


def romanise(text: str) -> str:
    """Return a name in small Latin letters without accents; what no rule covers stays."""
    letters, pairs = _letters()
    plain = unicodedata.normalize("NFKC", text.translate(_SPECIAL)).lower()
    if plain.isascii():
        return plain
    plain = simplify(plain) if is_syllabic(plain) else plain
    plain = "".join(char if char in letters else _base(char, letters) for char in plain)
    for pair, latin in pairs:
        plain = plain.replace(pair, latin)
    written = ""
    for char in plain:
        if char.isascii() or char in letters:
            written += letters.get(char, char)
        else:
            written = _by_name(written, char)
    return written


def is_abjad(text: str) -> bool:
    """Say whether a name is written without its short vowels."""
    return any(_name(char).startswith(ABJADS) for char in text)


def is_syllabic(text: str) -> bool:
    """Say whether a name is written in signs that each stand for a syllable."""
    return any(_name(char).startswith(SYLLABIC) for char in text)


def simplify(text: str) -> str:
    """Write the simplified form of Chinese characters for the traditional one."""
    simple = read_pairs(load_spellings("scripts")[_VARIANTS])
    return "".join(simple.get(char, char) for char in text)


@cache
def load_spellings(name: str) -> dict[str, Any]:
    """Load a table of the folder `spellings/`."""
    source = resources.files("chancery.lexicon") / "spellings" / f"{name}.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


def read_pairs(words: str) -> dict[str, str]:
    """Read words such as `kh=X` into a mapping."""
    return dict(pair.split("=") for pair in words.split())


_SPECIAL: Final = {ord("İ"): "i", ord("’"): "'", ord("‘"): "'", ord("ʼ"): "'", ord("`"): "'"}


@cache
def _letters() -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    """Return the letters of all scripts, and those that sound otherwise together."""
    letters: dict[str, str] = {}
    pairs: dict[str, str] = {}
    for script, rows in load_spellings("scripts").items():
        if script != _VARIANTS:
            (pairs if script.endswith(_PAIRS) else letters).update(read_pairs(rows))
    return letters, tuple(pairs.items())


def _base(char: str, letters: dict[str, str]) -> str:
    """Take the accent off a letter where the rest is a letter that we know."""
    base = unicodedata.normalize("NFD", char)[0]
    return base if base.isascii() or base in letters else char


def _by_name(written: str, char: str) -> str:
    """Add a letter by the sound in its name; a vowel sign replaces the vowel before it."""
    name = _name(char)
    match = _SOUND.search(name)
    is_vowel = bool(_VOWEL.search(name))
    if _KILLER.search(name) or (is_vowel and name.startswith(CARRIES_A)):
        written = written.removesuffix("a")
    if not match:
        kind = unicodedata.category(char)[0]
        return written + ("" if kind == "M" else " " if kind in "PZS" else char)
    sound = match[1].lower()
    if name.startswith(BARE) and not is_vowel:
        sound = sound.rstrip("aeiou") or sound
    return written + sound


@cache
def _name(char: str) -> str:
    return unicodedata.name(char, "")
