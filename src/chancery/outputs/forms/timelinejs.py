"""Happenings as slides of TimelineJS 3.

TimelineJS puts headline, text and shown date into its page as HTML: all words are escaped, those of
reports and our own. It asks for a start of every slide, so that undated happenings are left out and
counted on the title slide. A date is written as far as it is known; one that is bounded on one side
stands at that bound, and is shown in words ("by 10 Feb 2020").
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from datetime import date
from typing import BinaryIO, Final

from chancery.model import Cite, Happening, When
from chancery.outputs.addresses import web_address
from chancery.outputs.chronology import phrase_of
from chancery.outputs.day_parts import Parts, day_parts
from chancery.outputs.evidence import report_words
from chancery.outputs.forms.export import Export, json_array, write_text
from chancery.outputs.rows import Row, json_line
from chancery.outputs.visible import one_line
from chancery.outputs.words import (
    STANDING_WORDS,
    certainty_word,
    counted,
    date_words,
    listed,
    pair_words,
    voice_words,
)

UNITS: Final = ("year", "month", "day")


def write_timeline(export: Export, target: BinaryIO) -> int:
    """Write the title slide and a slide for each dated happening; return how many of these."""
    dated = [row for row in export.rows if row.when.known]

    def pieces() -> Iterator[str]:
        yield f'{{"title":{json_line(_title(len(dated), len(export.rows)))},"events":'
        yield from json_array(_slides(export))
        yield "}\n"

    write_text(pieces(), target)
    return len(dated)


def _title(dated: int, total: int) -> Row:
    told = [f"{counted(dated, 'happening')} with a date"]
    if total > dated:
        told.append(f"{counted(total - dated, 'undated happening')} left out")
    return {"text": {"headline": "Chronology", "text": paragraph(listed(told))}}


def _slides(export: Export) -> Iterator[Row]:
    frames, evidence = export.lexicon.frames, export.evidence
    for row, cites in export.voiced():
        if row.when.known:
            yield slide(row, cites, phrase_of(row.frame, frames), evidence.voice_text(row))


def slide(happening: Happening, cites: Sequence[Cite], phrase: str, voice: str | None) -> Row:
    """Make one slide; `voice` are the report's words for who says so."""
    row = happening
    facts = (
        "" if row.standing == "happened" else STANDING_WORDS[row.standing],
        voice_words(row.voice, voice),
        counted(len(row.reports), "report"),
        counted(row.origin_count, "origin"),
        certainty_word(row.certainty),
    )
    quotations = "".join(map(_quotation, cites))
    return {
        **slide_dates(row.when),
        "display_date": escaped(date_words(row.when)),
        "unique_id": row.id,
        "text": {
            "headline": escaped(f"{pair_words(row.actors, row.targets)}: {phrase}"),
            "text": paragraph(listed(facts)) + quotations,
        },
        "autolink": False,
    }


def slide_dates(when: When) -> Row:
    """Write start and end: a day, month or year alone, or a stretch up to its last day."""
    parts = day_parts(when)
    if len(parts) == 1:
        return {"start_date": _date(parts[0])}
    if len(parts) == 2 and when.last:
        return {"start_date": _date(parts[0]), "end_date": _date(_whole(when.last))}
    bound = when.first or when.last
    return {"start_date": _date(_whole(bound))} if bound else {}


def _whole(day: date) -> Parts:
    return day.year, day.month, day.day


def _date(parts: Parts) -> dict[str, int]:
    return dict(zip(UNITS, parts, strict=False))


def _quotation(cite: Cite) -> str:
    address = web_address(cite.url)
    told = escaped(listed((report_words(cite), f"¶{cite.paragraph}")))
    source = (
        f'<a href="{escaped(address)}" rel="noopener noreferrer">{told}</a>' if address else told
    )
    return f"<blockquote>{escaped(cite.words)}</blockquote><p>{source}</p>"


def paragraph(words: str) -> str:
    """Set words in a paragraph of HTML."""
    return f"<p>{escaped(words)}</p>"


def escaped(words: str) -> str:
    """Make words harmless within HTML and its attributes: on one line, control characters shown."""
    return html.escape(one_line(words), quote=True)
