"""The versions of one article, each set against the one before it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from typing import Final

import msgspec

from chancery.ledger.edits import lay
from chancery.ledger.fates import follow_claims
from chancery.ledger.versions import (
    OLDEST,
    ONLY,
    Articles,
    Printed,
    Version,
    find_notices,
    load_version_policy,
)
from chancery.model import Claim, Report

TAKEN_BACK: Final = "a notice that it is withdrawn: proposed, a person decides"


def order_of(articles: Articles, report: str) -> list[str]:
    """Return the versions of a report's article, oldest first; a notice of withdrawal comes last.

    The report alone, where it has no other versions.
    """
    notices = [one for one in articles.retractions if report in (one.report, *one.of)]
    known = sorted({id_ for one in notices for id_ in one.of}) or [report]
    article = next(filter(None, map(articles.of, known)), ())
    return [*([one.report for one in article] or known), *(one.report for one in notices)]


def describe(
    articles: Articles,
    order: Sequence[str],
    reports: Mapping[str, Report],
    claims_of: Callable[[str], Sequence[Claim]],
    withdrawn: set[str],
) -> list[Version]:
    """Return the versions of one article, each with its differences from the one before."""
    printed = {one.report: one for one in chain.from_iterable(articles.versions)}
    notices = {one.report: one for one in articles.retractions}
    ties = {**articles.ties, **{id_: one.ties for id_, one in notices.items()}}
    article = [id_ for id_ in order if id_ not in notices]
    newest = [id_ for id_ in article if _words(id_, printed) == _words(article[-1], printed)]
    versions = []
    for at, id_ in enumerate(order):
        report, retracts = reports[id_], id_ in notices
        before = reports[order[at - 1]] if at and not retracts else None
        version = Version(
            report=id_,
            ordinal=at + 1,
            newest=id_ in newest,
            title=report.title,
            source=report.source,
            url=report.url,
            published=report.published,
            ties=ties.get(id_, ()) if len(order) > 1 else (),
            because=TAKEN_BACK if retracts else _because(before, report, printed),
            notices=find_notices(report.text, load_version_policy(), retracts=retracts),
            retracts=retracts,
            withdrawn=id_ in withdrawn,
        )
        versions.append(_compare(version, before, report, claims_of) if before else version)
    return versions


def _compare(
    version: Version, before: Report, report: Report, claims_of: Callable[[str], Sequence[Claim]]
) -> Version:
    texts = (before.text, report.text)
    laid = lay(*texts)
    claims = follow_claims(claims_of(before.id), claims_of(report.id), texts, laid)
    return msgspec.structs.replace(version, edits=laid.edits, claims=claims)


def _words(report: str, printed: Mapping[str, Printed]) -> str:
    return printed[report].words if report in printed else report


def _because(before: Report | None, report: Report, printed: Mapping[str, Printed]) -> str:
    if before is None:
        return ONLY if report.id not in printed else OLDEST
    return printed[report.id].after(printed[before.id])
