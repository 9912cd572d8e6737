"""What `chancery read` did, in four lines for people or one row for programs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath
from typing import Final

from chancery.errors import Problem
from chancery.ingest.draft import UNDATED
from chancery.ledger import Ledger
from chancery.model import Report
from chancery.outputs.rows import Row
from chancery.outputs.table import PLAIN, Style, fit
from chancery.outputs.visible import one_line
from chancery.outputs.words import counted, listed, short_id
from chancery.pipeline import RunResult

NAME_CHARACTERS: Final = 48

VOICES: Final = """
SELECT count(DISTINCT [
    voice_kind,
    coalesce(
        CASE WHEN voice_kind <> 'anonymous' THEN voice_full_name END,
        lower(substring(text, voice_name_start + 1, voice_name_end - voice_name_start)),
        voice_actor),
    CASE voice_kind WHEN 'anonymous' THEN source END
]) AS voices
FROM statements JOIN reports ON reports.id = statements.report
"""
"""People and bodies count by full name, or as the report calls them; the same description in
another outlet may be of somebody else."""


def rejected_problems(result: RunResult) -> list[Problem]:
    """Return the problems for which no report was kept."""
    return [problem for problem in result.problems if problem.report is None]


def run_row(result: RunResult, ledger: Ledger) -> Row:
    """Count what a run did and what the ledger now holds, as one row."""
    coverage = ledger.coverage()
    return {
        "taken_in": result.added,
        "known": result.known,
        "rejected": len(rejected_problems(result)),
        "read": result.read,
        "unread": result.unread,
        "undated": undated_reports(result, ledger),
        "claims": coverage.claim_count,
        "statements": coverage.statement_count,
        "voices": count_voices(ledger),
        "happenings": result.happenings,
        "snapshot": coverage.snapshot,
    }


def summary_lines(
    result: RunResult, ledger: Ledger, where: str, style: Style = PLAIN
) -> Iterator[str]:
    """Say what a run did, what the ledger now holds, and where it lies."""
    coverage = ledger.coverage()
    undated = undated_reports(result, ledger)
    how_to_date = f" ({_how_to_date(undated[0], result, ledger)})" if undated else ""
    voices = counted(count_voices(ledger), "voice")
    yield "  " + listed(
        (
            f"{result.read:,} read",
            f"{result.known:,} already held" if result.known else "",
            f"{result.unread:,} kept but not read" if result.unread else "",
            f"{len(rejected_problems(result)):,} rejected",
            f"{len(undated):,} undated{how_to_date}" if undated else "",
        )
    )
    claims, happenings = counted(coverage.claim_count, "claim"), result.happenings
    forecast_count = len(ledger.statements(foresees=True))
    yield "  " + listed(
        (
            f"{claims} → {counted(happenings, 'happening')}",
            f"{counted(coverage.statement_count, 'statement')} by {voices}",
            counted(forecast_count, "forecast"),
        )
    )
    snapshot = style.bold(short_id(coverage.snapshot))
    yield f"Ledger: {one_line(where)}    snapshot {snapshot}    nothing was sent anywhere"


def undated_reports(result: RunResult, ledger: Ledger) -> list[str]:
    """Return the reports that came without a date and were not given one since, by id."""
    undated = {report.id for report in ledger.reports(dated=False)} if result.undated else set()
    return sorted(undated.intersection(result.undated))


def count_voices(ledger: Ledger) -> int:
    """Count on whose word statements are: people and bodies by name, the unnamed by outlet."""
    return int(ledger.sql(VOICES)[0]["voices"])


def _how_to_date(undated: str, result: RunResult, ledger: Ledger) -> str:
    """Name an undated report by its file, else by its title, and say how to give it a date."""
    told = [one for one in result.problems if one.report == undated and one.place]
    name = _near_end(told[0].place) if told else _name_of(ledger.report(undated))
    hint = next((one.hint for one in told if one.code == UNDATED), None)
    hint = hint or f"set one with: chancery report date {short_id(undated)} 2020-05"
    return f"{one_line(name)}: no date found; {one_line(hint)}"


def _near_end(place: str) -> str:
    """Shorten an absolute path, which would not fit a line, to its end."""
    parts = PurePath(place).parts
    return f"…/{'/'.join(parts[-2:])}" if PurePath(place).is_absolute() else place


def _name_of(report: Report) -> str:
    name = one_line(report.key or report.title or report.text[:NAME_CHARACTERS])
    return f"“{fit(name, NAME_CHARACTERS)}”"
