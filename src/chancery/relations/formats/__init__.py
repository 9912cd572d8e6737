"""The layouts of data sets that can be imported, from `formats.toml` and one SQL step each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Final

import msgspec

from chancery.errors import UsageError

EVENT_COLUMNS: Final = (
    "id", "day", "day_last", "actor", "actor_raw", "actor_sectors", "target", "target_raw",
    "target_sectors", "type", "mode", "cameo", "quad", "intensity", "mentions", "sources",
    "directed", "country", "lat", "lon", "stratum", "source_file", "source_row", "remark",
)  # fmt: skip
"""The columns of every layer, in their order."""

STRATUM: Final = "stratum"


class Layout(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where one kind of file has its columns; without a header by place, else by name."""

    title: str
    delimiter: str
    quote: str = ""
    width: int = 0
    at: dict[str, int] = {}
    named: dict[str, tuple[str, ...]] = {}
    optional: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    official: tuple[str, ...] = ()
    broken: bool = False


class Format(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One data set's format; `mapped` are the columns that `--map` may name."""

    says: str
    actors: tuple[str, ...]
    places: tuple[str, ...]
    own: str
    goldstein: str = "icews"
    short_codes: bool = False
    several: bool = False
    long_before: int = 0
    types: dict[str, str] = {}
    joined: dict[str, str] = {}
    layout: tuple[Layout, ...] = ()
    mapped: tuple[str, ...] = ()


class Fitted(msgspec.Struct, frozen=True, kw_only=True):
    """A layout as it fits one file: each field's place (from 1), and how many columns there are."""

    layout: Layout
    places: dict[str, int]
    width: int
    header: tuple[str, ...] = ()


@cache
def formats() -> Mapping[str, Format]:
    """Return every format by its name."""
    words = (resources.files(__name__) / "formats.toml").read_bytes()
    return msgspec.toml.decode(words, type=dict[str, Format])


@cache
def rows_of(name: str) -> str:
    """Return the SQL step that reads one format's rows."""
    return (resources.files(__name__) / f"{name}.sql").read_text("utf-8")


def mapped_layout(form: Format, mapping: Mapping[str, str], delimiter: str) -> Layout:
    """Make the layout of a table whose columns the user names; raises `UsageError`."""
    unknown = sorted(set(mapping) - set(form.mapped))
    if unknown or "day" not in mapping or "actor" not in mapping:
        raise UsageError(
            f"--map knows no {', '.join(unknown)}" if unknown else "--map must give day and actor",
            hint=f"--map day=…,actor=…; known: {', '.join(form.mapped)}",
        )
    return Layout(
        title="mapped table",
        delimiter=delimiter,
        quote="" if delimiter == "\t" else '"',
        named={field: (column,) for field, column in mapping.items()},
        absent=tuple(field for field in form.mapped if field not in mapping),
    )


def fit(
    layouts: Sequence[Layout], rows: Sequence[Sequence[str]], stratum: str | None, name: str
) -> Fitted:
    """Choose the layout of a file by its first rows; raises `UsageError` where none fits."""
    for layout in layouts:
        fitted = _by_place(layout, rows) if layout.at else _by_name(layout, rows[0])
        if fitted is not None:
            return _with_stratum(fitted, stratum, name)
    titles = "; ".join(layout.title for layout in layouts)
    raise UsageError(
        f"{name}: its columns fit none of these: {titles}",
        hint=_what_lacks(layouts, rows),
    )


def _by_place(layout: Layout, rows: Sequence[Sequence[str]]) -> Fitted | None:
    widths = [len(row) for row in rows]
    usual = max(set(widths), key=lambda width: (widths.count(width), width))
    if usual != layout.width:
        return None
    return Fitted(layout=layout, places=dict(layout.at), width=layout.width)


def _by_name(layout: Layout, header: Sequence[str]) -> Fitted | None:
    found = [name.strip().strip('"').lower() for name in header]
    places = {}
    for field, names in layout.named.items():
        at = [found.index(name.lower()) + 1 for name in names if name.lower() in found]
        if at:
            places[field] = at[0]
        elif field not in layout.optional:
            return None
    return Fitted(layout=layout, places=places, width=len(found), header=tuple(header))


def _with_stratum(fitted: Fitted, stratum: str | None, name: str) -> Fitted:
    if stratum is None:
        return fitted
    if stratum not in fitted.header:
        raise UsageError(
            f"{name}: no column {stratum!r}",
            hint=f"its columns: {', '.join(fitted.header) or 'without names'}",
        )
    places = {**fitted.places, STRATUM: fitted.header.index(stratum) + 1}
    return msgspec.structs.replace(fitted, places=places)


def _what_lacks(layouts: Sequence[Layout], rows: Sequence[Sequence[str]]) -> str:
    found = {name.strip().lower() for name in rows[0]}
    for layout in layouts:
        lacking = [
            names[0] for field, names in layout.named.items()
            if field not in layout.optional and not {name.lower() for name in names} & found
        ]  # fmt: skip
        if lacking and len(lacking) < len(layout.named) / 2:
            return f"{layout.title} needs the column {', '.join(lacking)}"
    widths = sorted({len(row) for row in rows})
    return f"its first rows have {', '.join(map(str, widths))} columns"
