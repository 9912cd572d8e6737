"""The chronology as text: dated rows in order, undated ones in their own block at the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from chancery.model import Claim, Frame, Happening
from chancery.outputs.evidence import Evidence
from chancery.outputs.table import PLAIN, Column, Style, table_lines
from chancery.outputs.visible import visible
from chancery.outputs.words import (
    BASIS_WORDS,
    STANDING_WORDS,
    certainty_word,
    counted,
    date_words,
    listed,
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
    evidence.prepare(rows, words=True, quotes=quotes)
    columns = happening_columns(frames, evidence)

    dated = [row for row in rows if row.when.known]
    undated = [row for row in rows if not row.when.known]

    def above(row: Happening) -> Iterable[str]:
        if undated and row is undated[0]:
            yield style.bold(f"{counted(len(undated), 'undated row')}:")

    def below(row: Happening) -> Iterable[str]:
        return evidence.quote_lines(row, style) if quotes else ()

    rows = [*dated, *undated]
    yield from table_lines(rows, columns, width, style, header=False, above=above, below=below)
    if quotes and rows:
        yield ""
        yield from evidence.legend()


def happening_lines(
    happening: Happening,
    frames: Mapping[str, Frame],
    evidence: Evidence,
    claims: Iterable[Claim],
    style: Style = PLAIN,
) -> Iterator[str]:
    """Print one happening in full: what is held, and each claim with its words."""
    row = happening
    deed = f"{pair_words(row.actors, row.targets, whole=True)}  {phrase_of(row.frame, frames)}"
    mode = f" ({row.mode})" if row.mode else ""
    cameo = f", CAMEO {row.cameo}" if row.cameo else ""
    yield style.bold(f"{deed}  {row.id}")
    facts = {
        "when": f"{date_words(row.when, evidence.date_text(row))}  ({BASIS_WORDS[row.when.basis]})",
        "where": row.where or "",
        "deed": f"{row.type}{mode}{cameo}, frame {row.frame}",
        "standing": STANDING_WORDS[row.standing],
        "voice": voice_words(row.voice, evidence.voice_text(row)),
        "support": listed(
            (counted(len(row.reports), "report"), counted(row.origin_count, "origin"))
        ),
        "certainty": listed((certainty_word(row.certainty), *row.signals)),
        "disputed": ", ".join(row.disputed),
    }
    for name, words in facts.items():
        if words:
            yield f"  {style.dim(name.ljust(LONGEST_FACT))}  {words}"
    yield ""
    for claim in claims:
        yield f"{visible(str(claim))}  {claim.id}"
        yield from evidence.quote_lines(claim, style)
    yield ""
    yield from evidence.legend()


LONGEST_FACT: Final = len("certainty")


def happening_columns(
    frames: Mapping[str, Frame], evidence: Evidence
) -> tuple[Column[Happening], ...]:
    """Give the columns of a chronology, from date to id."""
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


LOOSE_ENDS: Final = ("with", "of", "to", "from", "against", "between", "at")
"""Words at the end of a phrase that wait for a target, which a row shows in another column."""


def phrase_of(frame: str, frames: Mapping[str, Frame]) -> str:
    """Return the plain verb phrase of a frame, or its id spelt out where the lexicon lacks it."""
    known = frames.get(frame)
    phrase = known.phrase if known else frame.replace("-", " ")
    deed, _, last = phrase.rpartition(" ")
    return deed if last in LOOSE_ENDS else phrase
