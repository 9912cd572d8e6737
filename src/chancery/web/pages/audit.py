"""An audit: claims drawn at random, right or wrong, and the precision that they show."""

from __future__ import annotations

from typing import Any, Final

from chancery.errors import UsageError
from chancery.ledger.ask_deeds import correcting
from chancery.ledger.audit import RIGHT, WRONG, Audit, Sample
from chancery.model import Claim
from chancery.outputs.chronology import phrase_of
from chancery.outputs.review import audit_lines, audit_rows, audit_sheet, audit_source
from chancery.outputs.words import date_words, pair_words
from chancery.web.asking import answer_shown
from chancery.web.done import today
from chancery.web.page import Page
from chancery.web.shown import quotes_shown
from chancery.web.visit import Visit

MOST_DRAWN: Final = 10_000


def audit(visit: Visit) -> Page:
    """Ask of one claim after the other whether it is right; show what is found so far."""
    address = visit.address
    size, seed = address.number("audit"), address.number("seed")
    if not 1 <= size <= MOST_DRAWN:
        raise UsageError(f"a sample of {size:,} claims", hint=f"from 1 to {MOST_DRAWN:,}")
    sample = visit.ledger.sample(size, seed=seed, as_of=visit.as_of)
    found = sample.audit()
    command = f"chancery review sample {size} --seed {seed} --report"
    return Page(
        template="audit.html",
        title="Audit",
        screen="review",
        facts=_facts(visit, sample, found) if address.form == "html" else {},
        rows=audit_rows(found),
        sheet=audit_sheet(),
        markdown=lambda: ["# Audit", "", *audit_lines(found), "", visit.coverage_line],
        command=command,
        scripts=("review.js",),
    )


def _facts(visit: Visit, sample: Sample, found: Audit) -> dict[str, Any]:
    address = visit.address
    asked = _asked(sample, address.get("wrong"), address.get("after"))
    wrong = bool(asked and asked.id == address.get("wrong"))
    here = address.to("/review", "audit", "seed")
    judged = sample.marks.keys() & {one.id for one in sample.claims}
    return {
        "summary": str(found.all),
        "source": audit_source(found),
        "place": min(len(judged) + 1, len(sample.claims)),
        "size": len(sample.claims),
        "groups": [
            ("Type", list(found.by_type.items())), ("Certainty", list(found.by_certainty.items()))
        ],
        "claim": _claim_words(visit, asked) if asked else "",
        "quotes": quotes_shown(visit, [asked]) if asked else [],
        "about": asked.id if asked else "",
        "label": sample.label,
        "wrong": wrong,
        "answers": [
            answer_shown(visit, one) for one in correcting(asked.id) if one.verdict != RIGHT
        ] if asked and wrong else [],
        "back": str(here),
        "here": str(here.with_(wrong=asked.id)) if asked else "",
        "skip": str(here.with_(after=asked.id)) if asked else "",
        "done_back": str(here),
        "verdicts": (RIGHT, WRONG),
        "today": today(visit.ledger, visit.as_of, visit.signs) if visit.live else None,
    }  # fmt: skip


def _asked(sample: Sample, wrong: str, after: str) -> Claim | None:
    """Return the claim to be put right, else the next that nobody has judged.

    Whatever comes `after` a claim that was skipped is asked first.
    """
    for claim in sample.claims:
        if claim.id == wrong:
            return claim
    waiting = sample.open_claims()
    ids = [one.id for one in sample.claims]
    passed = set(ids[: ids.index(after) + 1]) if after in ids else set()
    ahead = [one for one in waiting if one.id not in passed]
    return next(iter([*ahead, *waiting]), None)


def _claim_words(visit: Visit, claim: Claim) -> str:
    sides = [[one.actor for one in side if one.actor] for side in (claim.actors, claim.targets)]
    deed = phrase_of(claim.frame, visit.lexicon.frames)
    standing = "" if claim.standing == "happened" else f", {claim.standing}"
    return f"{pair_words(*sides, whole=True)}: {deed}, {date_words(claim.when)}{standing}"
