"""How dates, voices, standings, certainty, parties and ids are put into words, everywhere.

One word, one meaning: the command line, the pages and the printed brief all ask here. Unknown is
said plainly ("no date", "not assessed"), never filled in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from chancery.ledger.filters import CERTAINTY_WORDS
from chancery.line import write_days
from chancery.model import Standing, Voice, When
from chancery.outputs.visible import one_line

STANDING_WORDS: Final[dict[Standing, str]] = {
    "happened": "happened",
    "ongoing": "ongoing",
    "planned": "planned: announced, agreed, scheduled",
    "predicted": "predicted",
    "hypothetical": "hypothetical: may, if, could",
    "negated": "negated: said not to have happened",
    "denied": "denied",
    "alleged": "alleged: the report itself marks doubt",
}

VOICE_SHAPES: Final = {"own": "●", "named": "◆", "anonymous": "◇", "document": "■"}

BASIS_WORDS: Final = {
    "stated": "stated",
    "reckoned": "reckoned from another date",
    "bounded": "bounded: only limits are known, such as the report's own day",
    "published": "the report's own date",
    "inferred": "inferred from the page",
    "unknown": "nothing to go on",
}

LANGUAGE_WORDS: Final = {
    "ar": "Arabic", "be": "Belarusian", "cs": "Czech", "de": "German", "en": "English",
    "es": "Spanish", "et": "Estonian", "fa": "Persian", "fr": "French", "he": "Hebrew",
    "it": "Italian", "ja": "Japanese", "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian",
    "nl": "Dutch", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian",
    "tr": "Turkish", "uk": "Ukrainian", "zh": "Chinese", "und": "language not told",
}  # fmt: skip
"""Languages by their ISO 639-1 codes, those that reports are most often in."""
RELIABILITY_WORDS: Final = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
"""How far a voice or an outlet can be relied on (NATO's STANAG 2511)."""

CREDIBILITY_WORDS: Final = {
    "1": "confirmed by other sources",
    "2": "probably true",
    "3": "possibly true",
    "4": "doubtful",
    "5": "improbable",
    "6": "truth cannot be judged",
}
"""How far a statement can be believed, whoever made it (likewise)."""

BODIES: Final = frozenset({"IGO", "IMG", "ISM", "NGO", "MNC"})
"""First parts of a code that name no state: the body itself is the second part."""

SECTOR_WORDS: Final = {
    "GOV": "government", "MIL": "military", "COP": "police", "JUD": "courts", "LEG": "parliament",
    "SPY": "intelligence", "PTY": "party", "OPP": "opposition", "REB": "rebels",
    "PRM": "paramilitaries", "UAF": "armed group", "UNK": "unknown", "CVL": "people",
    "AGR": "farmers", "BUS": "business", "CRM": "criminals", "EDU": "education",
    "ELI": "former officials", "JRN": "journalists", "LAB": "workers", "MED": "health workers",
    "REF": "refugees", "PRE": "de facto authorities", "REL": "clergy", "SOC": "civil society",
    "NGO": "organisations",
}  # fmt: skip
"""What PLOVER's sectors are called (manual 0.8, section on actors), after the name of a state."""

SHORT_ID_DIGITS: Final = 8


def date_words(when: When, words: str | None = None) -> str:
    """Show exactly what is known: `Jan 2019`, `1–10 Feb 2020`, `by 10 Feb 2020`, `no date`.

    `words` are the report's own, shown where they give no day ("Friday", undated).
    """
    first, last = when.first, when.last
    if first is None and last is None:
        return f"“{one_line(words)}”, undated" if words else "no date"
    return write_days(first, last)


def reason_of_date(when: When, words: str | None, published: When) -> str:
    """Say how a date is known: `“earlier this month”, report dated 10 Feb 2020 → 1–10 Feb 2020`.

    `words` are those of the report that the date rests on, `published` the report's own day.
    """
    said = f"“{one_line(words)}”" if words else ""
    dated = f"report dated {date_words(published)}" if published.known else "report without a date"
    if when.basis == "unknown":
        return f"{said}, {dated}" if said else BASIS_WORDS["unknown"]
    if when.basis == "stated":
        return f"stated: {said}" if said else "stated"
    if said:
        return f"{when.basis}: {said}, {dated} → {date_words(when)}"
    if when.basis == "bounded" and published.known:
        return f"bounded: no day in the words, {dated} → {date_words(when)}"
    return f"{BASIS_WORDS[when.basis]}: {date_words(when)}"


def spoken_count(count: int, noun: str) -> str:
    """Say how many as one reads it aloud: `one report`, `two reports`, `12 reports`."""
    words = NUMBER_WORDS[count] if count < len(NUMBER_WORDS) else f"{count:,}"
    return f"{words} {noun if count == 1 else noun + 's'}"


NUMBER_WORDS: Final = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"
)  # fmt: skip


def voice_words(voice: Voice, words: str | None = None, chain: str = "") -> str:
    """Show on whose word as a badge: shape, name or description, and any stance but *says*.

    `words` are those that name the voice in the report; without them, its full name or kind.
    `chain` are all voices that the words came through, this one among them.
    """
    stance = "" if voice.stance == "says" else f" {voice.stance}"
    return f"{VOICE_SHAPES[voice.kind]} {chain or _who(voice, words)}{stance}"


def _who(voice: Voice, words: str | None) -> str:
    if voice.kind == "own":
        return "own voice"
    named = one_line(words or "")
    if voice.kind == "anonymous":
        return f"“{named}”" if named else "anonymous"
    return one_line(voice.full_name or "") or named or voice.kind


def certainty_word(certainty: float | None) -> str:
    """Put a certainty (0…1, or none) into its word."""
    if certainty is None:
        return "not assessed"
    return next((word for word, least in CERTAINTY_WORDS.items() if certainty >= least), "doubtful")


def language_words(code: str) -> str:
    """Name a language; one that is not known here by its code."""
    return LANGUAGE_WORDS.get(code, f"language {code}")


def support_words(report_count: int, origin_count: int) -> str:
    """Show support in short: `2r/1o` is two reports of one origin."""
    return f"{report_count}r/{origin_count}o"


def pair_words(actors: Sequence[str], targets: Sequence[str], *, whole: bool = False) -> str:
    """Show who and to whom: `BLR → USA`, `BLR ↔ USA` where all are on one side, `?` for unknown.

    Codes are shortened to the state or body, unless both sides then read the same or `whole`.
    """
    shorten = (lambda code: code) if whole else party
    sides = [sorted({shorten(code) for code in side}) for side in (actors, targets)]
    if not whole and sides[0] == sides[1] and sides[0]:
        return pair_words(actors, targets, whole=True)
    if not sides[1] and len(sides[0]) > 1:
        return " ↔ ".join(sides[0])
    if not sides[1]:
        return sides[0][0] if sides[0] else "?"
    return f"{'+'.join(sides[0]) or '?'} → {'+'.join(sides[1])}"


def party(code: str) -> str:
    """Shorten an actor's code to its state or body: `BLR.GOV` to `BLR`, `IGO.NATO` as it is."""
    parts = code.split(".")
    return ".".join(parts[: 2 if parts[0] in BODIES else 1])


def short_id(whole: str) -> str:
    """Shorten an id for a table; every command takes the short form."""
    prefix, _, digits = whole.partition("_")
    return f"{prefix}_{digits[:SHORT_ID_DIGITS]}" if digits else whole


def counted(count: int, noun: str, nouns: str | None = None) -> str:
    """Say how many: `1 report`, `2 reports`."""
    return f"{count:,} {noun if count == 1 else nouns or noun + 's'}"


def listed(parts: Iterable[str]) -> str:
    """Set short facts side by side: `2 read · 0 rejected`."""
    return " · ".join(part for part in parts if part)
