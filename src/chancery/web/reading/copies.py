"""Other reports that have the same root as one: copies, re-translations, words of one agency."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from chancery.outputs.evidence import report_words
from chancery.outputs.visible import one_line
from chancery.outputs.words import short_id
from chancery.web.reading.material import Material
from chancery.web.visit import Visit


class Copy(msgspec.Struct, frozen=True):
    """Another report, or an agency by its name, and why both count as one origin, or do not."""

    words: str
    href: str
    reasons: tuple[str, ...]
    holds: bool


def copies_of(visit: Visit, found: Material) -> list[Copy]:
    """Return what a report shares its origin with, those that count as one first."""
    here = found.report.id
    reasons: dict[str, list[str]] = {}
    held: set[str] = set()
    for tie in found.ties:
        other = tie["second"] if tie["first"] == here else tie["first"]
        reasons.setdefault(other, []).append(one_line(tie["reason"]))
        if tie["holds"]:
            held.add(other)
    return sorted(_shown(visit, reasons, held), key=lambda one: not one.holds)


def _shown(visit: Visit, reasons: dict[str, list[str]], held: set[str]) -> Iterator[Copy]:
    for name, why in reasons.items():
        if name.startswith("rep_"):
            words = report_words(visit.desk.evidence.report(name)) or short_id(name)
            yield Copy(one_line(words), visit.links.report(name), tuple(why), name in held)
        else:
            yield Copy(one_line(name), "", tuple(why), name in held)
