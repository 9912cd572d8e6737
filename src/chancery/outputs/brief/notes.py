"""Numbers quotations in the order in which a reader meets them, and names reports by letters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from chancery.ledger.cite import cite_passage
from chancery.model import Claim, Forecast, Happening, Reason, Span, Statement
from chancery.outputs.brief.material import Material
from chancery.outputs.brief.nouns import Line, Note, Saying, Section, Told
from chancery.outputs.brief.settings import cues, weights
from chancery.outputs.evidence import letters, report_words
from chancery.outputs.words import support_words

LONGEST_NOTE: Final = 900
"""Characters of a note: a longer sentence gives way to the words that the row rests on."""

Key = tuple[str, Span]
Passage = Claim | Statement | Reason | Forecast


class NoteBook:
    """Collects passages while lines are made; they are numbered when all lines are there."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self._keys: list[Key] = []
        self._places: dict[Key, tuple[int, Span, str]] = {}

    def take(self, report: str, span: Span, trigger: Span | None = None, claim: str = "") -> int:
        """Keep a passage with the sentence around it, once, and return its number for now."""
        sentence = self.material.sentence(report, span)
        kept = sentence if sentence.end - sentence.start <= LONGEST_NOTE else span
        key = report, kept
        if key not in self._places:
            self._places[key] = len(self._keys), trigger or span, claim
            self._keys.append(key)
        return self._places[key][0]

    def saying(self, row: Passage, span: Span, trigger: Span | None = None) -> Saying:
        """Quote words on their voice; words too long to stand in a line are cut at a space."""
        claim = row.id if isinstance(row, Claim) else ""
        note = self.take(row.report, span, trigger, claim)
        words = cut(_opened(span.of(self.material.text(row.report)).strip()))
        return Saying(words=words, voice=self.material.voice(row), note=note)

    def told(self, row: Claim) -> Saying:
        """Quote the sentence that tells a claim, or its clause where that is too long."""
        text, most = self.material.text(row.report), weights().limits.quotation
        sentence = self.material.sentence(row.report, row.words)
        span = sentence if sentence.end - sentence.start <= most else row.words
        if span.end - span.start > most:
            span = _around(text, span, row.trigger, most)
        return self.saying(row, span, row.trigger)

    def reports_of(self, lines: Iterable[Line]) -> list[str]:
        """Return the reports that lines quote, in their order."""
        notes = (note for line in lines for note in line.notes)
        return list(dict.fromkeys(self._keys[note][0] for note in notes))

    def number(
        self, sections: Sequence[Section], also: Sequence[Line] = ()
    ) -> tuple[tuple[Section, ...], tuple[Line, ...], tuple[Note, ...], tuple[Told, ...]]:
        """Number the notes of all lines in the order of the page; drop those of no line."""
        lines = [*(line for section in sections for line in section.lines), *also]
        order = list(dict.fromkeys(number for line in lines for number in line.notes))
        numbers = {old: new for new, old in enumerate(order, start=1)}
        named = list(dict.fromkeys(self._keys[old][0] for old in order))
        lettered = {report: letters(at) for at, report in enumerate(named)}
        notes = tuple(self._note(old, numbers[old], lettered) for old in order)
        done = tuple(
            msgspec.structs.replace(
                section, lines=tuple(_numbered(line, numbers, lettered) for line in section.lines)
            )
            for section in sections
        )
        told = tuple(
            Told(
                letter=letter,
                report=report,
                words=report_words(self.material.report(report)),
                traits=self.material.report(report).traits,
            )
            for report, letter in lettered.items()
        )
        return done, tuple(_numbered(line, numbers, lettered) for line in also), notes, told

    def _note(self, old: int, new: int, lettered: dict[str, str]) -> Note:
        report, span = self._keys[old]
        _, trigger, claim = self._places[report, span]
        cite = cite_passage(self.material.report(report), span, trigger, claim)
        return Note(number=new, letter=lettered[report], cite=cite)


def cut(words: str) -> str:
    """Cut words that are too long for a line at a space."""
    most = weights().limits.quotation
    return words if len(words) <= most else words[:most].rsplit(None, 1)[0]


def _opened(words: str) -> str:
    """Leave out the word that only brings a clause in: `that he wants` reads `he wants`."""
    first, _, rest = words.partition(" ")
    return rest if first.lower() in cues().openings.words and rest else words


def _around(text: str, span: Span, trigger: Span, most: int) -> Span:
    """Return so many characters of a clause, with the word that names the deed in them."""
    start = span.start
    if trigger.end - start > most:
        start = text.find(" ", max(span.start, trigger.start - most // 2)) + 1
    end = min(span.end, start + most)
    end = end if end == span.end else text.rfind(" ", start, end)
    return Span(start, max(end, trigger.end))


def _numbered(line: Line, numbers: dict[int, int], lettered: dict[str, str]) -> Line:
    text = line.text
    for report, letter in lettered.items():
        text = text.replace(f"<{report}>", letter)
    return msgspec.structs.replace(
        line,
        text=text,
        sayings=tuple(msgspec.structs.replace(one, note=numbers[one.note]) for one in line.sayings),
        notes=tuple(sorted(numbers[note] for note in line.notes)),
    )


def line_of(
    text: str, sayings: Sequence[Saying], rows: Iterable[str], *,
    support: str = "", date: str = "", group: str = "", notes: Iterable[int] = (),
) -> Line:  # fmt: skip
    """Make a line that rests on quotations."""
    kept = tuple(dict.fromkeys((*(one.note for one in sayings), *notes)))
    return Line(
        text=text, rows=tuple(dict.fromkeys(rows)), sayings=tuple(sayings), notes=kept,
        support=support, date=date, group=group,
    )  # fmt: skip


def fixed(text: str) -> Line:
    """Make a line of the template's own, which rests on no words."""
    return Line(text=text, fixed=True)


def support_of(rows: Sequence[Happening], material: Material) -> str:
    """Show how many reports and origins tell a happening, or several that are told as one."""
    reports = {report for row in rows for report in row.reports}
    return support_words(len(reports), material.origin_count(rows))
