"""How voices and outlets are shown: whose word, how often it held, how reliable people find it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from chancery.ledger.audit import Share
from chancery.ledger.voices import LEAST_SETTLED, SourcePage, VoiceSummary
from chancery.outputs.rows import Row, flatten, plain, row_of
from chancery.outputs.sheet import Medium, Sheet
from chancery.outputs.table import Column
from chancery.outputs.visible import one_line
from chancery.outputs.words import RELIABILITY_WORDS, VOICE_SHAPES, counted, listed

TOO_FEW: Final = f"too few settled statements to rate anyone (needs {LEAST_SETTLED})"
NO_OUTLET: Final = "no outlet named"


def voice_name(row: VoiceSummary) -> str:
    """Say who it is: a name, a description in quotation marks, an outlet, or a code."""
    if row.grouped == "outlet":
        return one_line(row.name or "") or NO_OUTLET
    if row.grouped == "institution":
        return row.actor or "no institution known"
    if row.kind == "own":
        return "own voice"
    if not row.name:
        return "anonymous, not described"
    return f"“{one_line(row.name)}”" if row.kind == "anonymous" else one_line(row.name)


def voice_badge(row: VoiceSummary) -> str:
    """Show who it is with the shape of its kind."""
    return f"{VOICE_SHAPES[row.kind]} {voice_name(row)}" if row.kind else voice_name(row)


def rate_words(rate: Share | None) -> str:
    """Say how much of what was settled came about, as a range; nothing below ten."""
    if rate is None:
        return ""
    low, high = 100 * rate.low, 100 * rate.high
    return f"{rate.right} of {rate.judged} borne out, {low:.0f}–{high:.0f} %"


def facet_words(row: VoiceSummary) -> str:
    """Say in short what the description of an anonymous voice tells, in the report's words."""
    tenure = "current and former" if row.tenure == "both" else row.tenure
    told = (row.number, tenure, row.rank, row.institution, row.reason)
    return listed(one_line(word) for word in told if word)


def voice_sheet() -> Sheet[VoiceSummary]:
    """Show voices as counts; a rate stands only where enough was settled."""

    def rate(row: VoiceSummary) -> Row | None:
        found = row.rate
        if found is None:
            return None
        return {
            "right": found.right, "judged": found.judged, "low": found.low, "high": found.high
        }  # fmt: skip

    def whole(row: VoiceSummary) -> Row:
        return {**row_of(row), "settled": row.settled_count, "rate": rate(row)}

    def flat(row: VoiceSummary) -> Row:
        ends = rate(row) or dict.fromkeys(("right", "judged", "low", "high"))
        return flatten({**plain(row), "settled": row.settled_count, "rate": ends})

    return Sheet(
        columns=(
            Column("voice", voice_badge, shrinks=True),
            Column("outlets", lambda row: ", ".join(row.outlets), shrinks=True),
            Column("deeds", lambda row: _number(row.claim_count), right=True),
            Column("statements", lambda row: _number(row.statement_count), right=True),
            Column("forecasts", lambda row: _number(row.forecast_count), right=True),
            Column("borne out", lambda row: _number(row.borne_out), right=True),
            Column("partly", lambda row: _number(row.partly), right=True),
            Column("ruled out", lambda row: _number(row.not_borne_out), right=True),
            Column("open", lambda row: _number(row.open), right=True),
            Column("no deadline", lambda row: _number(row.open_ended_count), right=True),
            Column("rate", lambda row: rate_words(row.rate), shrinks=True),
            Column("", lambda row: row.reliability),
            Column("name", lambda row: row.slug, shrinks=True),
        ),
        fields=[*VoiceSummary.__struct_fields__, "settled", *RATE_FIELDS],
        flat=flat,
        row=whole,
    )


RATE_FIELDS: Final = ("rate_right", "rate_judged", "rate_low", "rate_high")


def rated_note(rows: Iterable[VoiceSummary]) -> str:
    """Say why nobody is rated, where nobody is."""
    return "" if any(row.rate for row in rows) else f"{TOO_FEW} · "


def source_sheet() -> Sheet[Mapping[str, Any]]:
    """Show what one outlet has done: rows are its plain values."""
    fields = SourcePage.__struct_fields__

    def lines(rows: Sequence[Mapping[str, Any]], output: Medium) -> Iterable[str]:
        for row in rows:
            yield output.style.bold(", ".join(map(one_line, row["names"])) or NO_OUTLET)
            for counts, noun, told in SOURCE_LINES:
                yield f"  {counted(row[counts], noun)} {told}".rstrip()
            yield f"  {counted(len(row['corrected']), 'article')} printed again with another text"
            yield f"  {counted(len(row['withdrawn']), 'report')} withdrawn"
            grade = row["reliability"]
            yield f"  reliability {grade}: {RELIABILITY_WORDS[grade]}"

    return Sheet(
        columns=(), fields=fields, flat=flatten, lines=lines,
    )  # fmt: skip


SOURCE_LINES: Final = (
    ("report_count", "report", ""),
    ("own_count", "happening", "told in its own voice"),
    ("voice_count", "voice", "quoted"),
    ("first_count", "happening", "told first, before any other outlet that tells it too"),
    ("alone_count", "happening", "told by no other outlet"),
    ("copied_count", "happening", "told only by copies, or on an agency's word"),
)
"""An outlet's counts: the field, what is counted, and what it did with it."""


def _number(count: int) -> str:
    return f"{count:,}" if count else "–"
