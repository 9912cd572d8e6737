"""Reasons given, and by whom: passages that say the same are one reason, on all their voices."""

from __future__ import annotations

from collections.abc import Sequence

from chancery.model import Reason
from chancery.outputs.brief.material import Material
from chancery.outputs.brief.notes import NoteBook, line_of
from chancery.outputs.brief.nouns import Line, Saying
from chancery.outputs.brief.passages import Passage
from chancery.outputs.brief.settings import cues, weights, wording
from chancery.outputs.words import counted


def reason_lines(passages: Sequence[Passage], book: NoteBook) -> list[Line]:
    """Make a line of each reason: its theme, whom it names, and each voice in its own words."""
    groups: dict[str, list[Passage]] = {}
    for passage in passages:
        if passage.theme == "other" and not passage.tied:
            continue
        groups.setdefault(passage.theme, []).append(passage)
    kept = sorted(groups.values(), key=lambda group: _worth(group, book.material))
    return [_reason_line(group, book) for group in kept[: weights().reasons.most]]


def _worth(group: Sequence[Passage], material: Material) -> tuple[bool, float, str]:
    """Order reasons: tied to the subject first, then by the best passage and further voices."""
    voices = {(one.row.report, material.voice(one.row)) for one in group}
    best = max(one.score for one in group)
    return not any(one.tied for one in group), -(best + 0.5 * (len(voices) - 1)), group[0].theme


def _reason_line(group: Sequence[Passage], book: NoteBook) -> Line:
    material = book.material
    chosen: list[Passage] = []
    for one in group:
        voices = {material.voice(other.row) for other in chosen}
        if len(chosen) < weights().reasons.most_sayings and material.voice(one.row) not in voices:
            chosen.append(one)
    sayings: list[Saying] = [book.saying(one.row, one.span) for one in chosen]
    reports = {one.row.report for one in chosen}
    label = next(theme.label for theme in cues().themes if theme.key == group[0].theme)
    if group[0].theme == "other" and isinstance(group[0].row, Reason):
        label = wording().reasons[group[0].row.kind]
    return line_of(
        label,
        sayings,
        [one.row.id for one in chosen],
        support=counted(len(reports), "report"),
    )


def voices_of(lines: Sequence[Line]) -> list[str]:
    """Return the badges of all who give reasons, each once, in the order of the page."""
    return list(dict.fromkeys(one.voice for line in lines for one in line.sayings))
