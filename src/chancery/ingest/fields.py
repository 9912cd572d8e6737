"""A record of named fields (a JSON object, a row of a table) → a report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from chancery.errors import Problem
from chancery.ingest.draft import Draft, finish, problem
from chancery.model import Report

FIELDS: Final = ("id", "title", "text", "published", "publisher", "url", "language")
"""The fields of a report; other names of the input are mapped onto these."""


def read_record(
    record: Mapping[str, object], place: str, mapping: Mapping[str, str] | None = None
) -> Iterator[Report | Problem]:
    """Read one record; `mapping` gives, for a field of ours, the record's own name for it.

    The text and the title are taken exactly as they stand, so that places in them stay those of
    the input.
    """
    names = {field: (mapping or {}).get(field, field) for field in FIELDS}
    text = record.get(names["text"])
    if text is None or (isinstance(text, str) and not text.strip()):
        yield _no_text(record, names["text"], place, missing=text is None)
        return
    if not isinstance(text, str):
        message = f"field {names['text']!r} holds {_sort_of(text)}, not words"
        yield problem("bad-field", message, place, "write the article's text as one string")
        return
    values: dict[str, str | None] = {}
    problems: list[Problem] = []
    for field in FIELDS:
        if field != "text":
            values[field], fault = _words(record.get(names[field]), names[field], place)
            problems += fault
    yield from finish(
        Draft(
            place=place,
            body=text,
            title=values["title"] or "",
            given=values["published"],
            source=values["publisher"],
            url=values["url"],
            language=values["language"],
            key=values["id"],
            not_taken=names_of(key for key in record if key not in names.values()),
            problems=tuple(problems),
        )
    )


def _no_text(record: Mapping[str, object], name: str, place: str, *, missing: bool) -> Problem:
    if not missing:
        return problem("no-text", f"field {name!r} is empty", place, "nothing to read; left out")
    return problem(
        "missing-field",
        f"no field {name!r}; the fields here are: {names_of(record) or 'none'}",
        place,
        "name the field that holds the text: --map text=NAME",
    )


def names_of(keys: Iterable[object]) -> str:
    """Return the first dozen of a record's own names in quotation marks, in order."""
    return ", ".join(sorted(repr(str(key)[:40]) for key in keys)[:12])


def _words(value: object, name: str, place: str) -> tuple[str | None, list[Problem]]:
    """Return a field's value as words; numbers are written out, anything deeper is a problem."""
    if value is None or isinstance(value, str):
        return value, []
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value), []
    message = f"field {name!r} holds {_sort_of(value)}, not words; left out"
    return None, [problem("bad-field", message, place, "kept without it; write it as a string")]


def _sort_of(value: object) -> str:
    names = {list: "a list", dict: "an object", bool: "true or false"}
    return names.get(type(value), "a number")
