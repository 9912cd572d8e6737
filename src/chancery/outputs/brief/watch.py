"""What to watch: forecasts that touch the parties, with their deadlines and what became of them."""

from __future__ import annotations

from typing import Final

from chancery.model import Forecast, Outcome, Statement
from chancery.outputs.brief.notes import NoteBook, line_of
from chancery.outputs.brief.nouns import Line
from chancery.outputs.brief.passages import Finder
from chancery.outputs.brief.settings import cues, has_cue, weights, wording
from chancery.outputs.words import date_words

UNTESTED: Final = Outcome(forecast="", state="not testable")


def watch_lines(finder: Finder, book: NoteBook) -> list[Line]:
    """Make a line of each forecast, those with a deadline first, then of what is only foreseen."""
    material = book.material
    outcomes = material.outcomes(finder.reports)
    lines: list[Line] = []
    reports = [report for report in finder.reports if finder.is_near(report)]
    later = [one for one in reports if one in finder.home or finder.is_later(one)]
    later += [one for one in reports if not material.published(one).known and one not in later]
    for report in reports:
        forecasts = [
            one
            for one in material.forecasts(report)
            if _touches(one, finder) and _ahead(one, finder)
        ]
        lines += [
            _forecast_line(one, outcomes.get(one.id), book)
            for one in forecasts
            if one.deadline or outcomes.get(one.id, UNTESTED).state != UNTESTED.state
        ]
    lines.sort(key=lambda line: line.date == wording().watch["none"])
    seen = {note for line in lines for note in line.notes}
    foreseen: list[Line] = []
    for report in later:
        for statement in material.statements(report):
            line = _foreseen_line(statement, finder, book)
            if line and not set(line.notes) & seen:
                seen |= set(line.notes)
                foreseen.append(line)
    lines += foreseen[: weights().limits.foreseen]
    return lines[: weights().limits.watch]


def _ahead(row: Forecast, finder: Finder) -> bool:
    """Say whether a forecast's last day is not before the subject."""
    last, first = row.deadline and row.deadline.last, finder.subject.when.first
    return not (last and first and last < first)


def _touches(row: Forecast | Statement, finder: Finder) -> bool:
    """Say whether a passage's sentence names a party of the subject, on a voice that is trusted."""
    material = finder.material
    span = row.span if isinstance(row, Forecast) else row.content
    text = material.text(row.report)
    named = material.named(material.sentence(row.report, span).of(text))
    named = named or material.named(material.paragraph(row.report, span)[1].of(text))
    return bool(set(named) & set(finder.parties)) and material.trusted(row)


def _forecast_line(row: Forecast, outcome: Outcome | None, book: NoteBook) -> Line:
    words = wording().watch
    dated = row.deadline and row.deadline.known
    deadline = date_words(row.deadline) if row.deadline and dated else words["none"]
    state = outcome.state if outcome else "open"
    text = state + (words["overdue"] if outcome and outcome.overdue else "")
    whole = book.material.sentence(row.report, row.span)
    short = whole.end - whole.start <= weights().limits.quotation
    shown = whole if short else row.span
    evidence = outcome.evidence if outcome else ()
    return line_of(text, [book.saying(row, shown)], [row.id, *evidence], date=deadline)


def _foreseen_line(row: Statement, finder: Finder, book: NoteBook) -> Line | None:
    """Make a line of a statement about the future that no forecast covers."""
    words = row.content.of(book.material.text(row.report))
    around = book.material.sentence(row.report, row.content).of(book.material.text(row.report))
    never = has_cue(around, cues().foresees.never)
    foresees = row.foresees and has_cue(words, cues().foresees.words)
    if never or not foresees or not _touches(row, finder):
        return None
    saying = book.saying(row, row.content)
    return line_of(wording().watch["foreseen"], [saying], [row.id])
