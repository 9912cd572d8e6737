"""Happenings in the field's own formats: PLOVER's JSON and the columns of POLECAT.

PLOVER writes a deed that is not yet done as another type: a planned visit is AGREE. The ledger
keeps the type of the deed itself beside its standing, so the rule is applied here, from the table
of boundary rules (PLOVER manual 0.8, on time). A deed that is negated, denied, only possible or
only expected by others is left out, as PLOVER codes no modality.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec

from chancery.lexicon.boundaries import plover_type
from chancery.model import Cite, EventType, Frame, Happening
from chancery.outputs.rows import cell
from chancery.outputs.words import party

SCORES: Final[Mapping[EventType, tuple[float, int]]] = {
    "AGREE": (2.5, 1),
    "CONCEDE": (4.5, 1),
    "THREATEN": (-3.5, 3),
}
"""PLOVER score and quad class of the types that a planned deed can become."""

MISSING: Final = "None"
"""POLECAT's word for a value that is not there."""

POLECAT_COLUMNS: Final = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors",
    "Actor Title", "Actor Name Raw", "Wikipedia Actor ID", "Recipient Name", "Recipient Country",
    "Recipient COW", "Primary Recipient Sector", "Recipient Sectors", "Recipient Title",
    "Recipient Name Raw", "Wikipedia Recipient ID", "Placename", "City", "District", "Province",
    "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type", "Source",
    "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language",
    "Version",
)  # fmt: skip
"""The 40 columns of POLECAT (Dataverse doi:10.7910/DVN/AJGVIT), in their order."""


class Coded(msgspec.Struct, frozen=True):
    """A happening as PLOVER writes it: type, mode, score and quad class."""

    type: EventType
    mode: str | None
    score: float | None
    quad: int | None


def coded(happening: Happening, frames: Mapping[str, Frame]) -> Coded | None:
    """Apply PLOVER's rules to a happening; none where PLOVER would leave it out."""
    changed = plover_type(happening.type, happening.standing)
    if changed is None:
        return None
    if changed != happening.type:
        score, quad = SCORES[changed]
        return Coded(changed, None, score, quad)
    frame = frames.get(happening.frame)
    if frame is None:
        return Coded(happening.type, happening.mode, None, None)
    return Coded(happening.type, happening.mode, frame.intensity, frame.quad)


def plover_event(
    happening: Happening, cites: Sequence[Cite], frames: Mapping[str, Frame]
) -> dict[str, Any] | None:
    """Write one PLOVER JSON object; none where PLOVER leaves the deed out."""
    event = coded(happening, frames)
    if event is None:
        return None
    when = happening.when
    first = cites[0] if cites else None
    return {
        "id": happening.id,
        "date": str(when.first or when.last) if when.known else None,
        "enddate": str(when.last) if when.first and when.last else None,
        "actor": [_plover_actor(code) for code in happening.actors],
        "event": [event.type],
        "recipient": [_plover_actor(code) for code in happening.targets],
        "mode": [event.mode] if event.mode else [],
        "context": list(happening.contexts),
        "quad_code": event.quad,
        "event_scale": event.score,
        "event_loc": {"country_code": happening.where} if happening.where else {},
        "event_text": _trigger_words(first) if first else None,
        "text": [cite.words for cite in cites],
        "text_info": [{"start": cite.span.start, "end": cite.span.end} for cite in cites],
        "cite_info": [
            {"citation": cite.report, "url": cite.url, "title": cite.title,
             "publication": cite.source}
            for cite in cites
        ],
        "coder": "chancery",
        "comment": f"standing: {happening.standing}",
    }  # fmt: skip


def _trigger_words(cite: Cite) -> str:
    return cite.words[cite.trigger.start - cite.span.start : cite.trigger.end - cite.span.start]


def _plover_actor(code: str) -> dict[str, Any]:
    country, sectors = split_code(code)
    return {"code": country, "sector": sectors}


def split_code(code: str) -> tuple[str, list[str]]:
    """Part a code into its state or body and its sectors: `BLR.GOV` into `BLR` and `["GOV"]`."""
    state = party(code)
    return state, [part for part in code[len(state) :].split(".") if part]


def polecat_row(
    happening: Happening, cites: Sequence[Cite], frames: Mapping[str, Frame], version: str
) -> list[str] | None:
    """Fill POLECAT's 40 columns; what the ledger does not know is `None`, as POLECAT writes it."""
    event = coded(happening, frames)
    if event is None:
        return None
    when = happening.when
    first = cites[0] if cites else None
    known = {
        "Event ID": happening.id,
        "Event Date": when.first or when.last,
        "Event Type": event.type,
        "Event Mode": event.mode,
        "Intensity": event.score,
        "Quad Code": event.quad,
        "Contexts": ";".join(happening.contexts),
        **_side("Actor", happening.actors),
        **_side("Recipient", happening.targets),
        "Country": happening.where,
        "Source": first.source if first else None,
        "Publication Date": first.published.first if first else None,
        "Version": version,
    }
    return [_polecat_cell(known.get(column)) for column in POLECAT_COLUMNS]


def _side(name: str, codes: Sequence[str]) -> dict[str, str]:
    parted = [split_code(code) for code in codes]
    sectors = [sector for _, found in parted for sector in found]
    return {
        f"{name} Country": ";".join(dict.fromkeys(state for state, _ in parted)),
        f"Primary {name} Sector": sectors[0] if sectors else "",
        f"{name} Sectors": ";".join(dict.fromkeys(sectors)),
    }


def _polecat_cell(value: object) -> str:
    text = str(cell(value)) if value is not None else ""
    return " ".join(text.split()) or MISSING
