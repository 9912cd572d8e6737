"""Which reports rest on a wire agency: by a credit, a byline or a dateline, or by their own words.

Credits are the asides that `ingest` marks. Where it marked none, an agency may still stand in the
first or last words of a text, written as agencies are credited: "(AFP)", "Source: Interfax".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from chancery.ledger.policy import Policy
from chancery.reconciled import Tie

_BETWEEN = r"(?<!\w){}(?!\w)"


def find_wires(rows: Sequence[tuple[Any, ...]], policy: Policy) -> Iterator[Tie]:
    """Yield the ties of reports to the agencies that they credit.

    A row is the report's id, its source, its credits, and its first and last words (`credits.sql`).
    """
    for report, source, credits, edges in rows:
        for agency, words in _credited([source or "", *credits], policy).items():
            yield _tie(report, agency, f"credits {agency}: “{words}”")
        for agency, words in _written(edges, policy).items():
            yield _tie(report, agency, f"credits {agency} in its text: “{words}”")


def _tie(report: str, agency: str, reason: str) -> Tie:
    return Tie(first=report, second=agency, kind="wire", reason=reason)


def find_agencies(credits: Sequence[str], policy: Policy) -> frozenset[str]:
    """Return the wire agencies that the words of a report's credits name."""
    return frozenset(_credited(credits, policy))


def _credited(credits: Sequence[str], policy: Policy) -> dict[str, str]:
    found: dict[str, str] = {}
    for words in credits:
        for name, pattern in _compile(tuple(policy.agencies.items()), (_BETWEEN,)):
            if pattern.search(words):
                found.setdefault(name, " ".join(words.split()))
    return found


def _written(edges: Sequence[str], policy: Policy) -> dict[str, str]:
    found: dict[str, str] = {}
    for words in edges:
        for name, pattern in _compile(tuple(policy.agencies.items()), policy.credit_forms):
            if match := pattern.search(words):
                found.setdefault(name, " ".join(match[0].split()))
    return found


@cache
def _compile(
    agencies: tuple[tuple[str, tuple[str, ...]], ...], forms: tuple[str, ...]
) -> list[tuple[str, re.Pattern[str]]]:
    """Compile what names each agency, in one of some forms (patterns with `{}` for the name)."""
    return [
        (name, re.compile("|".join(
            form.replace("{}", f"(?:{'|'.join(map(re.escape, words))})") for form in forms)))
        for name, words in agencies
    ]  # fmt: skip
