"""Happenings on a map: a GeoJSON FeatureCollection (RFC 7946).

Only a place within a state is a point. What has none is counted in the foreign member `left_out`:
a map that says nothing of it would show a part as the whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO, Final

from chancery.lexicon.gazetteer import Locality
from chancery.model import Cite, Happening
from chancery.outputs.addresses import web_address
from chancery.outputs.chronology import phrase_of
from chancery.outputs.forms.export import Export, json_array, write_text
from chancery.outputs.rows import SCHEMA, Row, json_line
from chancery.outputs.whereabouts import STATE, Whereabouts

NO_PLACE: Final = "no_place"
STATE_ONLY: Final = "state_only"
NOT_FOUND: Final = "place_not_found"


def write_geojson(export: Export, target: BinaryIO) -> int:
    """Write the features; return how many there are, which may be fewer than the rows."""
    left_out: Counter[str] = Counter({NO_PLACE: 0, STATE_ONLY: 0, NOT_FOUND: 0})

    def pieces() -> Iterator[str]:
        yield '{"type":"FeatureCollection","features":'
        yield from json_array(_features(export, left_out))
        yield f',"schema":{SCHEMA},"left_out":{json_line(dict(left_out))}}}\n'

    write_text(pieces(), target)
    return len(export.rows) - left_out.total()


def _features(export: Export, left_out: Counter[str]) -> Iterator[Row]:
    places = Whereabouts(export.evidence.ledger, export.evidence.pinned)
    frames = export.lexicon.frames
    for row, cites in export.quoted():
        place = places.find(row)
        if place is None or place.kind == STATE:
            known = STATE_ONLY if place else NOT_FOUND
            left_out[known if row.where else NO_PLACE] += 1
            continue
        yield feature(row, cites, place, phrase_of(row.frame, frames))


def feature(happening: Happening, cites: Sequence[Cite], place: Locality, phrase: str) -> Row:
    """Make one point of a happening; longitude comes before latitude."""
    row, when = happening, happening.when
    properties: dict[str, Any] = {
        "deed": phrase,
        "frame": row.frame,
        "type": row.type,
        "mode": row.mode,
        "cameo": row.cameo,
        "actors": list(row.actors),
        "targets": list(row.targets),
        "when": when.edtf() if when.known else None,
        "first_day": str(when.first) if when.first else None,
        "last_day": str(when.last) if when.last else None,
        "basis": when.basis,
        "place": place.name,
        "place_kind": place.kind,
        "country": row.where,
        "standing": row.standing,
        "voice": row.voice.kind,
        "stance": row.voice.stance,
        "certainty": row.certainty,
        "reports": len(row.reports),
        "origins": row.origin_count,
        "disputed": list(row.disputed),
        "quotations": [quotation(cite) for cite in cites],
    }
    point = {"type": "Point", "coordinates": [place.longitude, place.latitude]}
    return {"type": "Feature", "id": row.id, "geometry": point, "properties": properties}


def quotation(cite: Cite) -> Row:
    """Make the JSON of a quotation: the words, and where they stand."""
    return {
        "words": cite.words,
        "claim": cite.claim,
        "report": cite.report,
        "outlet": cite.source,
        "title": cite.title,
        "published": cite.published.edtf() if cite.published.known else None,
        "paragraph": cite.paragraph,
        "start": cite.span.start,
        "end": cite.span.end,
        "url": web_address(cite.url),
    }
