"""What stands above a report's text: its day, outlet, language, what is odd about it, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Final

import msgspec

from chancery.ledger import Version
from chancery.model import Report, Span, TraitEvidence, When
from chancery.outputs.visible import one_line
from chancery.outputs.words import BASIS_WORDS, counted, date_words, language_words, short_id
from chancery.web.reading.material import Material
from chancery.web.shown import safe_url
from chancery.web.visit import Visit

SHORT_HASH: Final = 8
WITHDRAWN: Final = "withdrawn"
UNDATED: Final = "undated report"


class Evidence(msgspec.Struct, frozen=True):
    """One reason for a trait: in words, with the report's own words and where they stand."""

    reason: str
    words: str = ""
    href: str = ""


class Chip(msgspec.Struct, frozen=True):
    """What is odd about a report, with its reasons; `href` leads further."""

    name: str
    evidence: Sequence[Evidence] = ()
    href: str = ""


class Settled(msgspec.Struct, frozen=True):
    """A decision that stands, about this report or words in it."""

    id: str
    short: str
    about: str
    verdict: str
    reason: str
    who: str
    made: str


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """The facts of a report."""

    title: str
    date: str
    date_reason: str
    edtf: str
    dated: bool
    outlet: str
    language: str
    key: str
    retrieved: str
    digest: str
    characters: str
    versions: str
    versions_href: str
    original: str
    chips: Sequence[Chip]
    problems: Sequence[tuple[str, str]]
    settled: Sequence[Settled]


def head_of(visit: Visit, found: Material) -> Head:
    """Put what is known of a report into words."""
    report = found.report
    digest = sha256(report.text.encode("utf-8", "surrogatepass")).hexdigest()
    several = len(found.versions) > 1
    return Head(
        title=report.title or "(no title)",
        date=date_words(report.published),
        date_reason=date_reason(report, found),
        edtf=report.published.edtf(),
        dated=report.published.known,
        outlet=report.source or "no outlet named",
        language=language_words(report.language),
        key=report.key or "",
        retrieved=found.taken_in.made[:10],
        digest=digest,
        characters=f"{len(report.text):,} characters",
        versions=counted(len(found.versions), "version"),
        versions_href=visit.links.to(f"/report/{report.id}/versions") if several else "",
        original=safe_url(report.url),
        chips=tuple(chips_of(visit, found)),
        problems=[(one.message, one.hint or "") for one in found.problems if one.code != "undated"],
        settled=[
            Settled(one.id, short_id(one.id), _about(one.about), _verdict(one.verdict), one.reason,
                    one.who, one.made[:10])
            for one in found.decisions
        ],
    )  # fmt: skip


def date_reason(report: Report, found: Material) -> str:
    """Say how a report's date is known: by its words, by its page, or because somebody said so."""
    said = [
        one for one in found.decisions
        if one.about == report.id and one.verdict.startswith("date ")
    ]  # fmt: skip
    if said:
        return f"settled by {said[-1].who or 'somebody'}"
    words = _quoted(report.published, report.text)
    return f"{BASIS_WORDS[report.published.basis]}{f': “{words}”' if words else ''}"


def _quoted(when: When, text: str) -> str:
    return one_line(when.words.of(text)) if when.words else ""


def _about(about: str) -> str:
    return short_id(about) if "_" in about[:4] else about


def _verdict(verdict: str) -> str:
    """Shorten what people entered themselves: the whole is in the margin."""
    return "entry" if verdict.startswith("entry ") else verdict


def chips_of(visit: Visit, found: Material) -> Iterator[Chip]:
    """Show what is odd about a report, each with why."""
    reasons: dict[str, Sequence[TraitEvidence]] = {
        trait.name: trait.evidence for trait in found.traits
    }
    for name in found.report.traits:
        if name != WITHDRAWN:
            told = [_evidence(visit, found.report, one) for one in reasons.get(name, ())]
            yield Chip(name, tuple(told))
    yield from _standing(visit, found)


def _standing(visit: Visit, found: Material) -> Iterator[Chip]:
    """Say where a report stands among the versions of its article."""
    report, texts = found.report, [one for one in found.versions if not one.retracts]
    here = next((one for one in found.versions if one.report == report.id), None)
    if WITHDRAWN in report.traits:
        yield Chip(WITHDRAWN, (Evidence("the outlet took it back, as was settled: its claims make "
                                        "no happening"),))  # fmt: skip
    if here is None or len(found.versions) < 2:
        return
    href = visit.links.to(f"/report/{report.id}/versions")
    if here.notices:
        yield Chip("corrected", tuple(_notices(visit, report, here)), href)
    if texts and not here.newest and not here.retracts:
        yield Chip("corrected later", (Evidence(f"a newer version: {_because(texts)}"),), href)
    if any(one.retracts for one in found.versions) and WITHDRAWN not in report.traits:
        told = "a notice says that it was taken back; nothing is withdrawn until a person says so"
        yield Chip("withdrawal proposed", (Evidence(told),), href)


def _because(texts: Sequence[Version]) -> str:
    return texts[-1].because


def _notices(visit: Visit, report: Report, version: Version) -> Iterator[Evidence]:
    for span in version.notices:
        yield Evidence(
            "the report says so", one_line(span.of(report.text)), _at(visit, report, span)
        )


def _evidence(visit: Visit, report: Report, one: TraitEvidence) -> Evidence:
    if one.words is None:
        return Evidence(one.reason)
    return Evidence(one.reason, one_line(one.words.of(report.text)), _at(visit, report, one.words))


def _at(visit: Visit, report: Report, span: Span) -> str:
    return visit.links.report(report.id, span=span)
