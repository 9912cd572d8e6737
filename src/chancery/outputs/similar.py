"""Rules that say of other claims what was decided of one: proposed, listed, never taken unasked.

A rule exists for what a claim's kind of deed, its doer or its target is, and for leaving claims
out. A day belongs to one claim, so no rule is proposed for it; a name's decision holds for its
words in every report already; which voices are one source is judged pair by pair.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from chancery.ledger import Ledger
from chancery.ledger.decide import verdict_of
from chancery.ledger.verdicts import NAME, RULE, subject_of
from chancery.model import Claim, Decision, Mention, Report

RULED: Final = ("type", "actor", "target", "reject")
"""Verdicts about one claim of which a rule can be made."""


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """A rule, what it would decide, and the other claims that it holds for."""

    about: str
    verdict: str
    claims: tuple[Claim, ...]


def why_none(decision: Decision) -> str:
    """Say why no rule can be made of a decision; nothing where one can."""
    verdict = verdict_of(decision)
    if verdict is None or verdict.kind in ("seen", "later"):
        return "it decides nothing about claims"
    if decision.about.startswith(NAME):
        return "it holds for these words in every report already"
    if subject_of(decision.about) != "clm_" or verdict.kind not in RULED:
        return f"a rule cannot say “{verdict.kind}”: it is judged case by case"
    return ""


def propose_rules(
    ledger: Ledger, decision: Decision, claim: Claim, report: Report, as_of: str
) -> list[Proposal]:
    """Return rules for claims like the one decided, the narrower first, each with its matches.

    A rule that holds for no other claim is left out, and one that holds for the same as another.
    """
    decided = {decision.about, claim.id, *(one.claim for one in decision.anchors)}
    found: list[Proposal] = []
    for conditions in dict.fromkeys(_conditions(decision, claim, report)):
        about = RULE + conditions
        claims = tuple(
            one for one in ledger.matching(about, as_of=as_of) if one.id not in decided
        )  # fmt: skip
        if claims and all(claims != one.claims for one in found):
            found.append(Proposal(about=about, verdict=decision.verdict, claims=claims))
    return found


def _conditions(decision: Decision, claim: Claim, report: Report) -> Iterator[str]:
    kind = decision.verdict.partition(" ")[0]
    if kind in ("actor", "target"):
        side = claim.actors if kind == "actor" else claim.targets
        yield from _of_party(kind, side, claim, report)
    deed = [f"frame={claim.frame}", _quoted("trigger=", claim.trigger.of(report.text))]
    if all(deed):
        if report.source and (source := _quoted("source=", report.source)):
            yield " ".join((*deed, source))
        yield " ".join(deed)


def _of_party(kind: str, side: Sequence[Mention], claim: Claim, report: Report) -> Iterator[str]:
    """Ask for the same words on the same side, read as the same actor."""
    for one in side:
        words = _quoted("words~", one.span.of(report.text))
        if words:
            read = [f"{kind}={one.actor}"] if one.actor else []
            yield " ".join((f"frame={claim.frame}", *read, words))
            if read:
                yield " ".join((*read, words))


def _quoted(condition: str, words: str) -> str:
    """Write a condition; nothing for words that no rule can hold."""
    plain = " ".join(words.split())
    return f'{condition}"{plain}"' if plain and '"' not in plain else ""
