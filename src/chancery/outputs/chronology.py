"""The chronology as text: dated rows in order, undated ones in their own block at the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from chancery.model import Frame, Happening
from chancery.outputs.evidence import Evidence
from chancery.outputs.table import PLAIN, Column, Style, table_lines
from chancery.outputs.words import (
    certainty_word,
    counted,
    date_words,
    pair_words,
    short_id,
    support_words,
    voice_words,
)


def chronology_lines(
    happenings: Iterable[Happening],
    frames: Mapping[str, Frame],
    evidence: Evidence,
    width: int,
    style: Style = PLAIN,
    *,
    quotes: bool = False,
) -> Iterator[str]:
    """Print one line a happening, with its quotations under it where asked for."""
    rows = list(happenings)
    columns = happening_columns(frames, evidence)

    def below(row: Happening) -> Iterable[str]:
        return evidence.quote_lines(row, style) if quotes else ()

    dated = [row for row in rows if row.when.known]
    undated = [row for row in rows if not row.when.known]
    yield from table_lines(dated, columns, width, style, header=False, below=below)
    if undated:
        yield style.bold(f"{counted(len(undated), 'undated row')}:")
        yield from table_lines(undated, columns, width, style, header=False, below=below)
    if quotes and rows:
        yield ""
        yield from evidence.legend()


def happening_columns(
    frames: Mapping[str, Frame], evidence: Evidence
) -> tuple[Column[Happening], ...]:
    """Give the columns of a chronology: date, pair, deed, voice, standing, support, certainty, id."""
    return (
        Column("date", lambda row: date_words(row.when, evidence.date_text(row))),
        Column("who", lambda row: pair_words(row.actors, row.targets), shrinks=True),
        Column("deed", lambda row: phrase_of(row.frame, frames), shrinks=True),
        Column("voice", lambda row: voice_words(row.voice, evidence.voice_text(row)), shrinks=True),
        Column("standing", lambda row: f"{row.standing}{' ⇄' if row.disputed else ''}"),
        Column("support", lambda row: support_words(len(row.reports), row.origin_count)),
        Column("certainty", lambda row: certainty_word(row.certainty)),
        Column("id", lambda row: short_id(row.id)),
    )


def phrase_of(frame: str, frames: Mapping[str, Frame]) -> str:
    """Return the plain verb phrase of a frame, or its id spelt out where the lexicon lacks it."""
    known = frames.get(frame)
    return known.phrase if known else frame.replace("-", " ")
