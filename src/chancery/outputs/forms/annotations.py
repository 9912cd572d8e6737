"""Claims and statements as W3C Web Annotations: an AnnotationCollection with its one page.

Each annotation points at the report as the ledger keeps it, by characters and by the words with a
few about them; the address that the report came from stands beside as `via`, for its page may read
otherwise. What was read there stands in the bodies, a tag each. Web Annotation Data Model,
https://www.w3.org/TR/annotation-model/.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO, Final

from chancery.model import Claim, Statement, identify
from chancery.outputs.addresses import urn, web_address
from chancery.outputs.forms.export import Export, json_array, write_text
from chancery.outputs.passages import Passage
from chancery.outputs.rows import Row, json_line
from chancery.outputs.words import certainty_word

CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"
NOT_ASSESSED: Final = certainty_word(None)


def write_annotations(export: Export, target: BinaryIO) -> int:
    """Write the collection; return how many annotations it holds."""
    rows = export.rows
    name = identify("ann", *(row.id for row in rows))
    head = {
        "@context": CONTEXT,
        "id": urn(name),
        "type": "AnnotationCollection",
        "label": "What Chancery read, and where",
        "total": len(rows),
    }
    page = {"id": urn(name, "1"), "type": "AnnotationPage", "partOf": urn(name), "startIndex": 0}

    def pieces() -> Iterator[str]:
        yield f'{json_line(head)[:-1]},"first":{json_line(page)[:-1]},"items":'
        yield from json_array(_annotations(export))
        yield "}}\n"

    write_text(pieces(), target)
    return len(rows)


def _annotations(export: Export) -> Iterator[Row]:
    held = happenings_of(export) if export.rows and isinstance(export.rows[0], Claim) else {}
    found = export.passages().of(export.rows)
    for row, passage in export.telling(found):
        tags = _claim_tags(row, held.get(row.id)) if isinstance(row, Claim) else _said_tags(row)
        yield annotation(row, passage, tags)


def happenings_of(export: Export) -> dict[str, tuple[str, float | None]]:
    """Return the happening of each claim, and how certain it is held to be."""
    ids = {row.id for row in export.rows}
    rows = export.evidence.ledger.sql(
        "SELECT id, certainty, claims FROM happenings", as_of=export.evidence.pinned
    )
    return {
        claim: (row["id"], row["certainty"]) for row in rows for claim in row["claims"]
        if claim in ids
    }  # fmt: skip


def annotation(row: Claim | Statement, passage: Passage, tags: Sequence[str]) -> Row:
    """Make one annotation: its target is the passage, its bodies the tags."""
    cite = passage.cite
    source: dict[str, Any] = {"id": urn(cite.report), "type": "Text", "format": "text/plain"}
    if address := web_address(cite.url):
        source["via"] = address
    place = {"type": "TextPositionSelector", "start": cite.span.start, "end": cite.span.end}
    words = {
        "type": "TextQuoteSelector",
        "exact": cite.words,
        "prefix": passage.before,
        "suffix": passage.after,
    }
    made = {"id": urn(row.id), "type": "Annotation", "motivation": "tagging"}
    if isinstance(row, Claim) and row.run:
        made["generator"] = urn(row.run)
    bodies = [{"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in tags]
    return {**made, "body": bodies, "target": {"source": source, "selector": [place, words]}}


def _claim_tags(claim: Claim, held: tuple[str, float | None] | None) -> list[str]:
    name, certainty = held or ("", None)
    deed = f"{claim.type}/{claim.mode}" if claim.mode else claim.type
    return _tags(
        {
            "type": [deed],
            "frame": [claim.frame],
            "actor": [one.actor for one in claim.actors],
            "target": [one.actor for one in claim.targets],
            "date": [claim.when.edtf() if claim.when.known else None],
            "standing": [claim.standing],
            **_voice_tags(claim),
            "certainty": [_certainty(certainty)],
            "happening": [name],
        }
    )


def _said_tags(statement: Statement) -> list[str]:
    return _tags(
        {
            "type": ["statement"],
            "mode": [statement.mode],
            **_voice_tags(statement),
            "foresees": ["yes" if statement.foresees else None],
            "deadline": [statement.deadline.edtf() if statement.deadline else None],
            "certainty": [NOT_ASSESSED],
        }
    )


def _voice_tags(row: Claim | Statement) -> Mapping[str, Sequence[str | None]]:
    voice = row.voice
    return {"voice": [voice.kind], "stance": [voice.stance], "speaker": [voice.actor]}


def _certainty(certainty: float | None) -> str:
    word = certainty_word(certainty)
    return word if certainty is None else f"{word} {certainty:.2f}"


def _tags(told: Mapping[str, Sequence[str | None]]) -> list[str]:
    """Write tags as `standing: planned`; what is not known has none."""
    return [f"{name}: {value}" for name, values in told.items() for value in values if value]
