"""Two or three series side by side, from a CSV or from a dyad: what the models of answers take."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Sequence
from os import PathLike
from pathlib import Path

import msgspec
import numpy as np

from chancery.errors import UsageError
from chancery.relating import Refusal
from chancery.relations.flows import Array, Dyad, Flow
from chancery.relations.settings import settings


class SeriesTable(msgspec.Struct, frozen=True, kw_only=True):
    """Series by name: `values` has a row a step and a column a series; `steps` are labels."""

    names: tuple[str, ...]
    steps: tuple[str, ...]
    values: Array


def read_series(path: str | PathLike[str]) -> SeriesTable:
    """Read two or three series from a CSV with a header; other columns are labels of the steps.

    A column is a series where all its fields are numbers. Raises `UsageError` for any other file.
    """
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as stream:
            rows = [row for row in csv.reader(stream) if row]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"cannot read {str(path)!r}: {error}", hint="a CSV in UTF-8") from error
    if len(rows) < 2 or any(len(row) != len(rows[0]) for row in rows):
        raise UsageError(
            f"{str(path)!r} is no table of series", hint="a header, then as many fields in each row"
        )
    header, body = rows[0], rows[1:]
    columns = {name: [row[at] for row in body] for at, name in enumerate(header)}
    numbers = {name: found for name, fields in columns.items() if (found := _numbers(fields))}
    if header[0] in numbers and _is_run(numbers[header[0]]) and len(numbers) > 2:
        del numbers[header[0]]  # a first column that only counts up is no series: 1, 2, 3 or years
    if len(numbers) not in (2, 3):
        raise UsageError(
            f"{str(path)!r} holds {len(numbers)} series", hint="two or three columns of numbers"
        )
    labels = next((columns[name] for name in header if name not in numbers), None)
    steps = labels or [str(at + 1) for at in range(len(body))]
    return SeriesTable(
        names=tuple(numbers), steps=tuple(steps), values=np.array(list(numbers.values())).T.copy()
    )


def _numbers(fields: Sequence[str]) -> list[float] | None:
    try:
        found = [float(field) for field in fields]
    except ValueError:
        return None
    return found if all(np.isfinite(found)) else None


def _is_run(values: Sequence[float]) -> bool:
    return all(b - a == 1 for a, b in itertools.pairwise(values))


def dyad_series(dyad: Dyad) -> SeriesTable | Refusal:
    """Return what each side does to the other as sums of scores; refused where none is directed.

    What both do together is left out: it is no answer of the one to the other.
    """
    policy = settings().reciprocity
    flows = (dyad.there, dyad.back)
    directed = sum(float(flow.rows.sum()) for flow in flows)
    mutual = float(dyad.mutual.rows.sum())
    if mutual and mutual / (mutual + directed) >= policy.most_undirected:
        return Refusal(
            code="undirected", words="undirected data: who answers whom cannot be told"
        )  # fmt: skip
    for flow in flows:
        if (refusal := sparse(flow)) is not None:
            return refusal
    return SeriesTable(
        names=tuple(f"{flow.actor}>{flow.target}" for flow in flows),
        steps=tuple(step.isoformat() for step in dyad.there.steps),
        values=np.column_stack([flow.intensity for flow in flows]),
    )


def sparse(flow: Flow) -> Refusal | None:
    """Say why a flow has too few steps, or too few with anything in them; none where it has not."""
    policy = settings().reciprocity
    filled = int((flow.rows > 0).sum())
    if len(flow.steps) >= policy.fewest_steps and filled >= policy.fewest_filled:
        return None
    return Refusal(
        code="too-few",
        words=f"too few happenings: {flow.actor} to {flow.target} has some in {filled} of "
        f"{len(flow.steps)} steps; answers need {policy.fewest_filled} of {policy.fewest_steps}",
    )
