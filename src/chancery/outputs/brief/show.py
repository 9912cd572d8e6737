"""Briefs as text for a terminal and as Markdown; both make report text harmless."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from typing import Final

from chancery.outputs.brief.nouns import Brief, Line, Note, Saying, Told, Unanswered
from chancery.outputs.brief.settings import wording
from chancery.outputs.table import PLAIN, Style
from chancery.outputs.visible import one_line
from chancery.outputs.words import counted, listed

INDENT: Final = "  "
HANG: Final = "      "
_MARKDOWN: Final = re.compile(r"([\\`*_{}\[\]<>#|~])")


def brief_lines(
    answer: Brief | Unanswered, width: int = 100, style: Style = PLAIN
) -> Iterator[str]:
    """Print a brief for a terminal: sections, numbered notes, reports, the coverage line."""
    page = _Text(max(width, 40), style)
    if isinstance(answer, Unanswered):
        yield from page.unanswered(answer)
    else:
        yield from page.brief(answer)


def brief_markdown(answer: Brief | Unanswered) -> str:
    """Write a brief as Markdown, with everything that a report or question says escaped."""
    lines = _markdown_unanswered(answer) if isinstance(answer, Unanswered) else _markdown(answer)
    return "\n".join(lines) + "\n"


def head_words(answer: Brief) -> str:
    """Say what a brief rests on: `brief · 3 reports · as of snp_… · templates`."""
    reports = counted(len(answer.reports), "report")
    return listed(("brief", reports, f"as of {answer.snapshot}", "templates", answer.joined))


def quoted(saying: Saying, notes: Sequence[Note]) -> str:
    """Set a quotation in its marks, with dots where its sentence goes on before it or after."""
    whole = one_line(notes[saying.note - 1].cite.words)
    words = one_line(saying.words)
    before = "" if whole.startswith(words) else "… "
    after = "" if whole.endswith(words) else " …"
    return f"“{before}{words}{after}”"


def refs(notes: Sequence[int]) -> str:
    """Show the numbers of notes: `[1] [4–6]`."""
    return " ".join(f"[{words}]" for _, words in runs_of(notes))


def runs_of(notes: Sequence[int]) -> list[tuple[int, str]]:
    """Return the first of each run of numbers, with the run in words: `1`, `4–6`."""
    runs: list[list[int]] = []
    for number in sorted(set(notes)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [
        (run[0], str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}") for run in runs
    ]  # fmt: skip


def told_words(told: Told) -> str:
    """Say which report it is, with what is odd about it: `reads as translation`."""
    return listed((told.words, *told.traits))


def place_words(note: Note) -> str:
    """Say where a note's words stand: `A ¶14, characters 3967–4072`."""
    span = note.cite.span
    return f"{note.letter} ¶{note.cite.paragraph}, characters {span.start}–{span.end}"


def head_of(line: Line) -> str:
    """Return a line's own words: its date, where it has one, and its text."""
    parts = (line.date if line.sayings else "", one_line(line.text))
    return " · ".join(part for part in parts if part)


class _Text:
    """Lays a brief out in a width."""

    def __init__(self, width: int, style: Style) -> None:
        self.width, self.style = width, style

    def brief(self, answer: Brief) -> Iterator[str]:
        yield self.style.bold(one_line(answer.title))
        yield self.style.dim(head_words(answer))
        for line in answer.also:
            yield from self._wrap(f"also meant? {head_of(line)} {refs(line.notes)}", "", INDENT)
        for section in answer.sections:
            yield ""
            yield self.style.bold(section.title)
            group = ""
            for at, line in enumerate(section.lines, start=1):
                if line.group and line.group != group:
                    yield self.style.dim(f"{INDENT}{line.group}")
                group = line.group
                number = f"{at} " if section.key == "reasons" and line.sayings else ""
                yield from self._line(line, number, answer.notes)
        yield from self._foot(answer.notes, answer.reports, answer.coverage)

    def unanswered(self, answer: Unanswered) -> Iterator[str]:
        yield self.style.bold(one_line(answer.question.words))
        yield wording().fixed["unanswered"]
        yield one_line(answer.searched)
        if answer.nearest:
            yield ""
            yield self.style.bold("NEAREST ROWS")
            for line in answer.nearest:
                yield from self._line(line, "", answer.notes)
        yield from self._foot(answer.notes, answer.reports, answer.coverage)

    def _line(self, line: Line, number: str, notes: Sequence[Note]) -> Iterator[str]:
        head = head_of(line)
        if not line.sayings:
            yield from self._wrap(f"{head} {refs(line.notes)}".rstrip(), INDENT, INDENT)
            return
        support = f"  {self.style.dim(line.support)}" if line.support else ""
        if head:
            yield f"{INDENT}{number}{head}{support}"
        for one in line.sayings:
            badge = f"{one.voice} [{one.note}]".replace("◇ ", "◇\u00a0").replace("◆ ", "◆\u00a0")
            badge = badge.replace("● ", "●\u00a0").replace("■ ", "■\u00a0")
            words = f"{quoted(one, notes)}  {badge}"
            yield from self._wrap(words, HANG, HANG)

    def _foot(self, notes: Sequence[Note], reports: Sequence[Told], coverage: str) -> Iterator[str]:
        if notes:
            yield ""
            yield self.style.bold("NOTES")
        for note in notes:
            words = f"[{note.number}] {place_words(note)}  “{one_line(note.cite.words)}”"
            yield from self._wrap(words, INDENT, HANG)
        if reports:
            yield ""
        for told in reports:
            yield f"{told.letter} = {told.report}  {told_words(told)}"
        yield one_line(coverage)

    def _wrap(self, words: str, first: str, rest: str) -> list[str]:
        return textwrap.wrap(
            words, self.width, initial_indent=first, subsequent_indent=rest,
            break_long_words=False, break_on_hyphens=False,
        )  # fmt: skip


# Markdown ---------------------------------------------------------------------------------------


def escaped(text: str) -> str:
    """Make text harmless in Markdown: on one line, its marks escaped."""
    return _MARKDOWN.sub(r"\\\1", one_line(text))


def _markdown(answer: Brief) -> Iterator[str]:
    yield f"# {escaped(answer.title)}"
    yield ""
    yield f"*{escaped(head_words(answer))}*"
    for line in answer.also:
        yield ""
        yield f"Also meant? {escaped(head_of(line))} {escaped(refs(line.notes))}"
    for section in answer.sections:
        yield ""
        yield f"## {section.title}"
        yield ""
        group = ""
        for line in section.lines:
            if line.group and line.group != group:
                yield ""
                yield f"*{escaped(line.group)}*"
                yield ""
            group = line.group
            yield from _markdown_line(line, answer.notes, numbered=section.key == "reasons")
    yield from _markdown_foot(answer.notes, answer.reports, answer.coverage)


def _markdown_unanswered(answer: Unanswered) -> Iterator[str]:
    yield f"# {escaped(answer.question.words)}"
    yield ""
    yield wording().fixed["unanswered"]
    yield ""
    yield escaped(answer.searched)
    if answer.nearest:
        yield ""
        yield "## NEAREST ROWS"
        yield ""
        for line in answer.nearest:
            yield from _markdown_line(line, answer.notes, numbered=False)
    yield from _markdown_foot(answer.notes, answer.reports, answer.coverage)


def _markdown_line(line: Line, notes: Sequence[Note], *, numbered: bool) -> Iterator[str]:
    if not line.sayings:
        yield f"- {escaped(f'{head_of(line)} {refs(line.notes)}'.rstrip())}"
        return
    mark = "1." if numbered else "-"
    told = [
        f"{escaped(quoted(one, notes))} {escaped(one.voice)} {escaped(f'[{one.note}]')}"
        for one in line.sayings
    ]
    head = escaped(head_of(line))
    support = f" ({line.support})" if line.support else ""
    if len(told) == 1:
        yield f"{mark} " + (f"**{head}**{support} — {told[0]}" if head else told[0])
        return
    yield f"{mark} **{head}**{support}"
    yield from (f"   - {one}" for one in told)


def _markdown_foot(
    notes: Sequence[Note], reports: Sequence[Told], coverage: str
) -> Iterator[str]:  # fmt: skip
    if notes:
        yield ""
        yield "## NOTES"
        yield ""
    for note in notes:
        words = f"{place_words(note)} “{one_line(note.cite.words)}”"
        yield f"- {escaped(f'[{note.number}]')} {escaped(words)}"
    yield ""
    for told in reports:
        yield f"- {told.letter} = {told.report} {escaped(told_words(told))}"
    yield ""
    yield escaped(coverage)
