"""Why claims were brought together, or not, and what bears on a happening: as lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chancery.ledger import Comparison
    from chancery.model import Happening
    from chancery.outputs.desk import Desk
    from chancery.outputs.table import Style


def joined_lines(happening: Happening, desk: Desk, style: Style) -> Iterator[str]:
    """Print why the claims of a happening were joined, join by join, and its links."""
    from chancery.outputs.visible import one_line
    from chancery.outputs.words import short_id

    joins = desk.ledger.why(happening.id, happening.id, as_of=desk.as_of)
    links = desk.ledger.links(happening.id, as_of=desk.as_of)
    if joins:
        yield ""
        yield style.bold("joined because")
    for join in joins:
        yield f"  {one_line(join)}"
    if links:
        yield ""
        yield style.bold("bears on others")
    for link in links:
        way = f"{short_id(link.first)} → {short_id(link.second)}"
        yield f"  {link.stage}: {way}  {one_line('; '.join(link.reasons))}"


def pair_lines(first: str, second: str, desk: Desk, style: Style) -> Iterator[str]:
    """Print whether two claims, or two happenings, are one, and what speaks for it and against."""
    from chancery.outputs.visible import one_line

    found = desk.ledger.compare(first, second, as_of=desk.as_of)
    yield style.bold(verdict_words(first, second, desk, found))
    for reason in found.reasons:
        yield f"  {one_line(reason)}"
    for join in desk.ledger.why(first, second, as_of=desk.as_of):
        yield f"  {style.dim('joined')}  {one_line(join)}"


def pair_rows(first: str, second: str, desk: Desk) -> list[dict[str, str]]:
    """Return the same as rows: what is said, and the reasons one by one."""
    found = desk.ledger.compare(first, second, as_of=desk.as_of)
    verdict = verdict_words(first, second, desk, found)
    return [
        {"what": "verdict", "value": verdict},
        *({"what": "reason", "value": reason} for reason in found.reasons),
    ]


def verdict_words(first: str, second: str, desk: Desk, found: Comparison) -> str:
    """Say whether two are one happening, and whether the two alone would be."""
    one, other = (desk.ledger.happening(name, as_of=desk.as_of) for name in (first, second))
    if one.id == other.id:
        return f"one happening: {one.id}"
    sum_words = f" (sum {found.score:.1f})" if found.score > float("-inf") else ""
    alone = "the two alone would be one" if found.joins else "they are not taken for one deed"
    return f"two happenings: {one.id} and {other.id}; {alone}{sum_words}"
