"""Rules over many claims: `rule:frame=expel-diplomats trigger="blow" words~"off the coast"`.

A rule is a row of conditions, all of which must hold. `=` asks for the whole value, `~` for words
within it; case, accents and runs of blanks do not matter. A rule is asked of claims as they were
read, never of what other decisions made of them, so that no rule can wake another.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

import msgspec

from chancery.errors import UsageError
from chancery.model import Claim, Mention, Span

Words = Callable[[str, Span], str]
"""Gives the words of a report at a span, as stored."""

MOST_CONDITIONS: Final = 20

_CONDITION: Final = re.compile(
    r'\s*(?P<key>\w+)(?P<sign>[=~])(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s"]+))'
)
_BLANKS: Final = re.compile(r"\s+")


class Condition(msgspec.Struct, frozen=True):
    """One condition: a field, whether its words need only be within it, and the folded words."""

    field: str
    within: bool
    words: str


class Rule(msgspec.Struct, frozen=True):
    """Conditions that must all hold."""

    conditions: tuple[Condition, ...]


class Origin(msgspec.Struct, frozen=True):
    """What a rule may ask of a claim's report: its id and the outlet it came from."""

    id: str
    source: str | None = None


def fold(words: str) -> str:
    """Return words so that case, accents and runs of blanks do not matter."""
    plain = unicodedata.normalize("NFKD", words.casefold())
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return _BLANKS.sub(" ", bare).strip()


def parse_rule(words: str) -> Rule:
    """Read a filter; raises `UsageError` where it is none, or holds for everything."""
    conditions, place = [], 0
    while words[place:].strip():
        match = _CONDITION.match(words, place)
        if not match or (match.end() < len(words) and not words[match.end()].isspace()):
            raise UsageError(f"not a condition: {words[place:].strip()!r}", hint=_HINT)
        value = match["bare"] if match["quoted"] is None else match["quoted"]
        conditions.append(_condition(match["key"], match["sign"] == "~", value))
        place = match.end()
    if not conditions:
        raise UsageError("a rule without conditions would hold for every claim", hint=_HINT)
    if len(conditions) > MOST_CONDITIONS:
        raise UsageError(f"a rule has at most {MOST_CONDITIONS} conditions")
    return Rule(tuple(conditions))


def _condition(field: str, within: bool, value: str) -> Condition:
    if field not in _VALUES:
        raise UsageError(f"no field {field!r} in a rule", hint=_HINT)
    if not fold(value):
        raise UsageError(f"{field} is compared with nothing", hint=_HINT)
    return Condition(field, within, fold(value))


def matches(rule: Rule, claim: Claim, words: Words, report: Origin) -> bool:
    """Say whether a rule holds for a claim, `words` giving the report's words at a span."""
    return all(_holds(condition, claim, words, report) for condition in rule.conditions)


def find_matches(
    rule: Rule, claims: Iterable[Claim], words: Words, sources: Mapping[str, str | None]
) -> list[Claim]:
    """Return the claims that a rule holds for, by id."""
    found = (
        claim for claim in claims
        if matches(rule, claim, words, Origin(claim.report, sources.get(claim.report)))
    )  # fmt: skip
    return sorted(found, key=lambda claim: claim.id)


def _holds(condition: Condition, claim: Claim, words: Words, report: Origin) -> bool:
    values = map(fold, _VALUES[condition.field](claim, words, report))
    if condition.within:
        return any(condition.words in value for value in values)
    if condition.field in _CODED:
        return any(
            value == condition.words or value.startswith(f"{condition.words}.") for value in values
        )
    return any(value == condition.words for value in values)


def _codes(side: Iterable[Mention]) -> Iterator[str]:
    return (one.actor for one in side if one.actor)


def _voices(claim: Claim) -> Iterator[str]:
    yield claim.voice.kind
    yield from filter(None, (claim.voice.actor, claim.voice.full_name))


Values = Callable[[Claim, Words, Origin], Iterable[str]]
_VALUES: Final[Mapping[str, Values]] = {
    "frame": lambda claim, words, report: [claim.frame],
    "type": lambda claim, words, report: [claim.type],
    "mode": lambda claim, words, report: filter(None, [claim.mode]),
    "standing": lambda claim, words, report: [claim.standing],
    "actor": lambda claim, words, report: _codes(claim.actors),
    "target": lambda claim, words, report: _codes(claim.targets),
    "voice": lambda claim, words, report: _voices(claim),
    "report": lambda claim, words, report: [report.id],
    "source": lambda claim, words, report: filter(None, [report.source]),
    "trigger": lambda claim, words, report: [words(claim.report, claim.trigger)],
    "words": lambda claim, words, report: [words(claim.report, claim.words)],
}
_CODED: Final = frozenset({"actor", "target", "voice"})
"""Fields of actors' codes: `USA` takes in `USA.GOV`, as in every other filter."""
_HINT: Final = (
    f'write conditions such as frame=meet words~"off the coast"; fields: {", ".join(_VALUES)}'
)
