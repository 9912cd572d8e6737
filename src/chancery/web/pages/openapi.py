"""The JSON side in OpenAPI 3.1, for programs that ask for rows."""

from __future__ import annotations

from typing import Any, Final

from chancery.outputs.rows import SCHEMA
from chancery.version import __version__
from chancery.web.page import Page
from chancery.web.visit import Visit

TEXT: Final = {"type": "string"}
COUNT: Final = {"type": "integer", "minimum": 0}
FILTERS: Final[dict[str, dict[str, Any]]] = {
    "who": {**TEXT, "description": "codes or names, with commas: all take part"},
    "what": {**TEXT, "description": "frames, types or modes, with commas: any of them"},
    "from": {**TEXT, "description": "a day, month or year"},
    "to": {**TEXT, "description": "a day, month or year"},
    "voice": {**TEXT, "description": "own, named, anonymous, document, or an actor"},
    "min": {**TEXT, "description": "a word of certainty, or 0 to 1"},
}
PAGED: Final = {"page": COUNT}
ROWS: Final[dict[str, dict[str, dict[str, Any]]]] = {
    "/chronology.json": {**FILTERS, **PAGED},
    "/happening/{id}.json": {},
    "/reports.json": {"source": TEXT, "language": TEXT, "from": TEXT, "to": TEXT, **PAGED},
    "/report/{id}.json": {},
    "/relations/{parties}.json": {"step": TEXT, "measure": TEXT, "from": TEXT, "to": TEXT},
    "/sources.json": {"group": TEXT},
    "/statements.json": {"who": TEXT, "voice": TEXT, "report": TEXT, **PAGED},
    "/forecasts.json": {"who": TEXT, "voice": TEXT, "state": TEXT},
    "/review.json": {"kind": TEXT},
    "/decisions.json": {},
    "/search.json": {"q": TEXT},
    "/diff.json": {"first": TEXT, "second": TEXT, "of": TEXT},
    "/brief.json": {"q": TEXT},
    "/news.json": {"since": TEXT},
    "/limits.json": {},
}
"""Every address that gives JSON, with the fields it knows; `asof` goes with all."""


def openapi(visit: Visit) -> Page:
    """Describe every address that gives JSON."""
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Chancery", "version": __version__},
        "paths": {path: {"get": _operation(path, fields)} for path, fields in ROWS.items()},
    }
    return Page(template="news.html", title="OpenAPI", facts={"words": ""}, document=document)


def _operation(path: str, fields: dict[str, dict[str, Any]]) -> dict[str, Any]:
    names = [part[1:].partition("}")[0] for part in path.split("/") if part.startswith("{")]
    parameters = [
        {"name": name, "in": "path", "required": True, "schema": TEXT} for name in names
    ] + [
        {"name": name, "in": "query", "schema": {"type": kind["type"]},
         "description": kind.get("description", "")}
        for name, kind in {**fields, "asof": TEXT}.items()
    ]  # fmt: skip
    refusal = {"description": "what cannot be meant, said on a page"}
    return {
        "operationId": path.strip("/").replace("/", "_").replace(".json", "").replace("{", "")
        .replace("}", ""),
        "summary": f"rows of schema {SCHEMA}",
        "parameters": parameters,
        "responses": {
            "200": {"description": "rows", "content": {"application/json": {"schema": {}}}},
            "302": {"description": "the thing is at another address"},
            "400": refusal, "404": refusal, "409": refusal, "422": refusal,
        },
    }  # fmt: skip
