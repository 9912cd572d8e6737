"""The lines `chancery code` writes: one JSON object a claim, statement, reason or other noun.

A stable contract that other tools score against. `doc` is the input's own id where it has one,
else the report's; offsets are characters (Unicode code points) of the report's text, its title and
a newline included, end exclusive; all words are verbatim.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from chancery.model import (
    Claim,
    Context,
    Facets,
    Forecast,
    HeldState,
    Mention,
    Nested,
    Place,
    Quantity,
    Reading,
    Reason,
    Report,
    SameSource,
    Span,
    Statement,
    TimeExpression,
    Trait,
    Voice,
    When,
)

UNKNOWN_ACTOR: Final = "UNK"

Line = dict[str, Any]


def code_lines(report: Report, reading: Reading, what: str) -> Iterable[Line]:
    """Write what was found in one report; `what` is one of `WHAT`."""
    found, write = WHAT[what]
    doc = report.key or report.id
    return ({"doc": doc, **write(item, report.text)} for item in found(reading))


def _claim(claim: Claim, text: str) -> Line:
    return {
        "words": claim.words.of(text),
        "trigger": claim.trigger.of(text),
        "start": claim.words.start,
        "end": claim.words.end,
        "actors": [_party(party, text) for party in claim.actors],
        "targets": [_party(party, text) for party in claim.targets],
        "type": claim.type,
        "mode": claim.mode,
        "standing": claim.standing,
        "when": _when(claim.when, text),
        "where": _place(claim.where, text),
        "voice": _voice(claim.voice, text),
        "quantity": [_quantity(one, text) for one in claim.quantities] or None,
        "contexts": list(claim.contexts),
        "cameo": claim.cameo,
        "score": claim.score,
        "frame": claim.frame,
    }


def _party(mention: Mention, text: str) -> Line:
    party: Line = {"id": mention.actor or UNKNOWN_ACTOR, "text": mention.span.of(text)}
    if mention.name:
        party["name"] = mention.name
    return party


def _when(when: When, text: str) -> Line:
    value = {"value": day_value(when)}
    return {"text": when.words.of(text), **value} if when.words else value


def day_value(when: When) -> str | None:
    """Write a stretch of days as ISO day, month, year, `a/b`, `../b` or `a/..`; none if unknown."""
    return when.edtf() if when.known else None


def _place(place: Place | None, text: str) -> Line | None:
    return {"text": place.span.of(text), "id": place.country} if place else None


def _voice(voice: Voice, text: str) -> Line | None:
    if voice.kind == "own":
        return None
    line: Line = {
        "text": _words(voice.name, text),
        "kind": voice.kind,
        "id": voice.actor,
        "cue": _words(voice.cue, text),
    }
    return line | _chain(voice.chain, text)


def _chain(chain: Iterable[Nested], text: str) -> Line:
    """Write through whom words came, where they came through anybody: the outermost pair first."""
    told = [
        {
            "outer": _place_of(one.outer, text),
            "inner": _place_of(one.inner, text),
            "cue": _place_of(one.cue, text),
            "kind": one.kind,
        }
        for one in chain
    ]
    return {"chain": told} if told else {}


def _words(span: Span | None, text: str) -> str | None:
    return span.of(text) if span else None


def _quantity(quantity: Quantity, text: str) -> Line:
    return {
        "text": quantity.span.of(text),
        "value": quantity.value,
        "unit": quantity.unit,
        "bound": quantity.bound,
    }


def _statement(statement: Statement, text: str) -> Line:
    voice = statement.voice
    line: Line = {
        "content": statement.content.of(text),
        "start": statement.content.start,
        "end": statement.content.end,
        "speaker": {
            "text": _words(voice.name, text),
            "kind": voice.kind,
            "id": voice.actor,
            "name": voice.full_name,
        },
        "cue": _words(voice.cue, text),
        "mode": statement.mode,
        "foresees": statement.foresees,
    }
    for name, span in (("speaker", voice.name), ("cue", voice.cue)):
        if span:
            line |= {f"{name}_start": span.start, f"{name}_end": span.end}
    if statement.deadline:
        line["deadline"] = day_value(statement.deadline)
    if statement.facets:
        line["facets"] = _facets(statement.facets, text)
    return line | _chain(voice.chain, text)


def _facets(facets: Facets, text: str) -> Line:
    return {
        "description": _place_of(facets.description, text),
        "number": facets.number,
        "rank": _words(facets.rank, text),
        "institution": _words(facets.institution, text),
        "tenure": facets.tenure,
        "reason": _words(facets.reason, text),
    }


def _reason(reason: Reason, text: str) -> Line:
    return {
        **_place_of(reason.passage, text),
        "kind": reason.kind,
        "deed": _place_of(reason.deed, text),
        "cue": reason.cue.of(text),
        "claim": reason.claim,
        "voice": _voice(reason.voice, text),
    }


def _forecast(forecast: Forecast, text: str) -> Line:
    return {
        **_place_of(forecast.span, text),
        "test": _place_of(forecast.test, text),
        "cue": forecast.cue.of(text),
        "deadline": _day(forecast.deadline),
        "condition": _place_of(forecast.condition, text) if forecast.condition else None,
        "voice": _voice(forecast.voice, text),
    }


def _state(state: HeldState, text: str) -> Line:
    return {
        **_place_of(state.span, text),
        "kind": state.kind,
        "phase": state.phase,
        "cue": state.cue.of(text),
        "holders": list(state.holders),
        "since": _day(state.since),
        "until": _day(state.until),
        "claims": list(state.claims),
    }


def _day(when: When | None) -> str | None:
    return day_value(when) if when else None


def _time(time: TimeExpression, text: str) -> Line:
    return {
        **_place_of(time.span, text),
        "type": time.type,
        "value": time.value,
        "interval": day_value(time.when),
    }


def _mention(mention: Mention, text: str) -> Line:
    return {
        **_place_of(mention.span, text),
        "id": mention.actor,
        "candidates": list(mention.candidates),
    }


def _trait(trait: Trait, text: str) -> Line:
    return {
        "trait": trait.name,
        "evidence": [
            {
                "reason": one.reason,
                "words": _place_of(one.words, text) if one.words else None,
                "weight": one.weight,
            }
            for one in trait.evidence
        ],
    }


def _context(context: Context, text: str) -> Line:
    return {"context": context.name, "cues": [_place_of(cue, text) for cue in context.cues]}


def _same_source(proposal: SameSource, text: str) -> Line:
    return {
        "first": _place_of(proposal.first, text),
        "second": _place_of(proposal.second, text),
        "reason": proposal.reason,
    }


def _place_of(span: Span, text: str) -> Line:
    return {"text": span.of(text), "start": span.start, "end": span.end}


WHAT: Final[dict[str, tuple[Callable[[Reading], Iterable[Any]], Callable[[Any, str], Line]]]] = {
    "claims": (lambda reading: reading.claims, _claim),
    "statements": (lambda reading: reading.statements, _statement),
    "reasons": (lambda reading: reading.reasons, _reason),
    "forecasts": (lambda reading: reading.forecasts, _forecast),
    "states": (lambda reading: reading.states, _state),
    "times": (lambda reading: reading.times, _time),
    "mentions": (lambda reading: reading.mentions, _mention),
    "traits": (lambda reading: reading.traits, _trait),
    "contexts": (lambda reading: reading.contexts, _context),
    "same-sources": (lambda reading: reading.same_sources, _same_source),
}
