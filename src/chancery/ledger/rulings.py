"""Decisions as they reach the deriving of happenings: who leads, whose frames, what follows."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Final

import msgspec

from chancery.ledger.corrections import Frames
from chancery.ledger.decide import named_claims, standing_decisions, verdict_of
from chancery.ledger.query import Answer
from chancery.ledger.rules import Rule, Words, fold, parse_rule
from chancery.ledger.settled import Settlement, Surroundings, no_words, settle
from chancery.ledger.tables import CLAIMS, FORECASTS, STATEMENTS, decoder
from chancery.ledger.verdicts import ASIDE, NAME, RULE, SAME, SOURCE, VOICE, subject_of
from chancery.model import Claim, Decision, Forecast, Span, Statement

Fetch = Callable[[str, Mapping[str, Any]], Answer]

TAG_DIGITS = 8

ASKED_OF_CODES: Final = ("frame", "type", "mode", "standing", "report", "actor", "target")
"""Fields of a rule that need no words: the claims are narrowed by them where they are stored."""


class Rulings:
    """The decisions that one derivation follows, the lead reviewer, and the lexicon's frames."""

    def __init__(
        self,
        decisions: Sequence[Decision] = (),
        lead_reviewer: str = "",
        frames: Callable[[], Frames] = dict,
    ) -> None:
        self.decisions = decisions
        self.lead_reviewer = lead_reviewer
        self.frames = frames

    @cached_property
    def standing(self) -> list[Decision]:
        """Return the decisions that nobody has undone."""
        return standing_decisions(self.decisions)

    @cached_property
    def tag(self) -> str:
        """Return what, beside the decisions themselves, changes what follows from them.

        The decisions are part of the snapshot's name. The lead reviewer and the frames that
        verdicts name are not: empty where neither plays a part.
        """
        names = {v.value for one in self.standing if (v := verdict_of(one)) and v.kind == "type"}
        frames = self.frames() if names else {}
        parts = [self.lead_reviewer, [(name, frames.get(name)) for name in sorted(names)]]
        if not self.standing or parts == ["", []]:
            return ""
        return "-" + hashlib.sha256(msgspec.json.encode(parts)).hexdigest()[:TAG_DIGITS]


def load_settlement(fetch: Fetch, rulings: Rulings) -> Settlement:
    """Return what decisions come to for the claims of the newest readings.

    Only what they need is looked up: the claims of the reports that they name, those for which a
    rule may hold, and those where a name may be met.
    """
    if not rulings.standing:
        return Settlement()
    subjects = {subject_of(one.about) for one in rulings.standing}
    claims = {one.id: one for one in load_claims(fetch, rulings.standing)}
    for_many = not subjects.isdisjoint({NAME, RULE})
    if for_many:
        claims |= {one.id: one for one in _load_for_many(fetch, rulings.standing)}
    around = Surroundings(
        words=load_words(fetch, claims) if for_many else no_words,
        sources=dict(fetch("report_sources", {}).rows) if subjects & {"rep_", RULE} else None,
        forecasts=load_forecasts(fetch) if "fct_" in subjects else (),
        statements=load_statements(fetch, rulings.standing) if "stm_" in subjects else (),
        voices=load_voices(fetch, rulings.standing) if subjects & {VOICE, SOURCE} else frozenset(),
        frames=rulings.frames,
        lead_reviewer=rulings.lead_reviewer,
    )
    return settle((claims[id_] for id_ in sorted(claims)), rulings.decisions, around)


def load_claims(fetch: Fetch, decisions: Sequence[Decision]) -> list[Claim]:
    """Return the claims of the newest readings that stand in the reports that decisions name."""
    reports = {anchor.report for one in decisions for anchor in one.anchors}
    reports |= {one.about for one in decisions if subject_of(one.about) == "rep_"}
    ids = {claim for one in decisions if (v := verdict_of(one)) for claim in named_claims(one, v)}
    return _claims(fetch("claims_named", {"reports": sorted(reports), "ids": sorted(ids)}))


def _load_for_many(fetch: Fetch, decisions: Sequence[Decision]) -> Iterator[Claim]:
    """Give the claims that decisions about names, or rules, may be about, and perhaps others."""
    names = {
        fold(one.about[len(NAME) :]) for one in decisions
        if subject_of(one.about) == NAME and (v := verdict_of(one)) and v.kind not in ASIDE
    }  # fmt: skip
    if names:
        yield from _claims(fetch("claims_said", {"names": sorted(names)}))
    for one in decisions:
        if subject_of(one.about) == RULE and verdict_of(one):
            yield from load_ruled(fetch, parse_rule(one.about[len(RULE) :]))


def load_ruled(fetch: Fetch, rule: Rule) -> list[Claim]:
    """Return the claims for which a rule may hold: all for which it does, and perhaps others."""
    asked: dict[str, str | None] = dict.fromkeys(ASKED_OF_CODES)
    for one in rule.conditions:
        if one.field in asked and not one.within:
            asked[one.field] = one.words
    return _claims(fetch("claims_ruled", asked))


def _claims(answer: Answer) -> list[Claim]:
    return list(map(decoder(CLAIMS, answer.columns), answer.rows))


def load_words(fetch: Fetch, claims: Iterable[str]) -> Words:
    """Return what gives the words of some claims, of their triggers, parties and voices."""
    rows = fetch("said", {"ids": list(claims)}).rows
    words: dict[tuple[str, int, int], str] = {tuple(row[:3]): row[3] for row in rows}

    def words_at(report: str, span: Span) -> str:
        return words.get((report, span.start, span.end), "")

    return words_at


def load_forecasts(fetch: Fetch) -> list[Forecast]:
    """Return the forecasts of the newest readings."""
    answer = fetch("all_forecasts", {})
    return list(map(decoder(FORECASTS, answer.columns), answer.rows))


def load_statements(fetch: Fetch, decisions: Sequence[Decision]) -> list[Statement]:
    """Return the statements of the reports that decisions about statements name."""
    about = [one for one in decisions if subject_of(one.about) == "stm_"]
    reports = sorted({anchor.report for one in about for anchor in one.anchors})
    answer = fetch("statements_named", {"name": None, "reports": reports})
    return list(map(decoder(STATEMENTS, answer.columns), answer.rows))


def load_voices(fetch: Fetch, decisions: Sequence[Decision]) -> frozenset[str]:
    """Return which of the voices and outlets that decisions are about there are."""
    about = [one for one in decisions if subject_of(one.about) in (VOICE, SOURCE)]
    same = [v.value for one in about if (v := verdict_of(one)) and v.kind == SAME]
    abouts = sorted({*(one.about for one in about), *(VOICE + slug for slug in same)})
    return frozenset(row[0] for row in fetch("slugs_known", {"abouts": abouts}).rows)
