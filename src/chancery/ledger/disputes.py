"""Disputes: fields on which the claims of one happening cannot all be right, value beside value.

A value that only says less is no rival: *in February* within *2–20 February*, `USA` beside
`USA.GOV`, *15 million* within *up to 18 million*. Nor does one teller dispute with himself: two
values in one voice of one report, or of its copies, are two words for one thing, or two things.
Which value leads follows from one list of rules, in `disputes.toml`; `because` says by which.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, Generic, TypeVar

import msgspec

from chancery.ledger.origins import Kinship
from chancery.ledger.policy import Policy
from chancery.ledger.settled import Settled
from chancery.ledger.values import (
    Field,
    Rule,
    dispute_policy,
    fields_of,
    is_own_account,
)
from chancery.model import Claim, Rival

V = TypeVar("V")

ANY_FIELD: Final = "*"


class Group(msgspec.Struct, Generic[V]):
    """One rival: its value, and the claims that say it or that fit it alone."""

    value: V
    claims: list[Claim]


class Bench(msgspec.Struct, frozen=True):
    """All that rivals are judged by."""

    kinship: Kinship
    policy: Policy
    settled: Settled


def find_rivals(
    happening_id: str,
    claims: Sequence[Claim],
    kinship: Kinship,
    policy: Policy,
    settled: Settled,
) -> tuple[tuple[str, ...], list[Rival]]:
    """Return the fields on which claims of one happening clash, sorted, and the rival values.

    A claim that fits several of the rivals (*in 2020* beside two days of it) stands with none.
    """
    if len(claims) < 2:
        return (), []
    bench = Bench(kinship, policy, settled)
    ordered = sorted(claims, key=lambda claim: claim.id)
    found: dict[str, list[Rival]] = {}
    for field in fields_of(ordered, policy):
        groups = group_rivals(ordered, field, kinship)
        if groups:
            found[field.name] = _rivals(happening_id, field, groups, bench)
    return tuple(sorted(found)), [rival for name in sorted(found) for rival in found[name]]


def settle_fields(
    claims: Sequence[Claim], rivals: Iterable[Rival], policy: Policy
) -> dict[str, Claim]:
    """Return, for each disputed field, the claim that gives the leading value itself."""
    by_id = {claim.id: claim for claim in claims}
    fields = {field.name: field for field in fields_of(list(claims), policy)}

    def rank(rival: Rival, claim: Claim) -> tuple[bool, float, str]:
        field = fields[rival.field]
        return field.show(field.value_of(claim)) != rival.value, -claim.score, claim.id

    return {
        rival.field: min((by_id[one] for one in rival.claims), key=lambda one: rank(rival, one))
        for rival in rivals
        if rival.leads
    }


def group_rivals(claims: Sequence[Claim], field: Field[Any], kinship: Kinship) -> list[Group[Any]]:
    """Part claims by the values that clash between tellers; none where none do.

    The heads are clashing values, the narrowest first; every claim then stands with the one head
    that it does not clash with.
    """
    values: dict[Any, Any] = {}
    saying: dict[Any, list[Claim]] = {}
    for claim in claims:
        if (value := field.value_of(claim)) is not None:
            values[field.key(value)] = value
            saying.setdefault(field.key(value), []).append(claim)
    if len(values) < 2:
        return []

    def disputed(first: Any, second: Any) -> bool:
        return field.clash(first, second) and any(
            _tellers_differ(one, other, field, kinship)
            for one in saying[field.key(first)]
            for other in saying[field.key(second)]
        )

    ranked = sorted(values.values(), key=lambda value: (field.width(value), field.show(value)))
    heads: list[Any] = []
    for value in ranked:
        if any(disputed(value, other) for other in ranked) and all(
            field.clash(value, head) for head in heads
        ):
            heads.append(value)
    groups = [Group(head, []) for head in heads]
    for key, value in values.items():
        fits = [group for group in groups if not field.clash(value, group.value)]
        if len(fits) == 1:
            fits[0].claims += saying[key]
    return groups if len(groups) > 1 else []


def _tellers_differ(first: Claim, second: Claim, field: Field[Any], kinship: Kinship) -> bool:
    """Say whether two claims are told by two: by reports of other texts, or by two voices in one.

    A clause does not dispute with itself, and day and place of a text are the text's own.
    """
    if kinship.story_of(first.report) != kinship.story_of(second.report):
        return True
    voices = [(one.voice.kind, one.voice.actor, one.voice.full_name) for one in (first, second)]
    same_clause = first.report == second.report and first.words.overlaps(second.words)
    return field.voiced and voices[0] != voices[1] and not same_clause


def _rivals(
    happening: str, field: Field[Any], groups: Sequence[Group[Any]], bench: Bench
) -> list[Rival]:
    rules = dispute_policy().rules_for(field.name)
    marks = {id(group): _marks(field, group, rules, bench) for group in groups}
    ranked = sorted(groups, key=lambda group: [rank for rank, _ in marks[id(group)]])
    leader = ranked[0]
    rivals = []
    for place, group in enumerate(ranked):
        against = ranked[1] if place == 0 else leader
        pair = (group, against) if place == 0 else (leader, group)
        because = _because(rules, *(marks[id(one)] for one in pair))
        lead = "" if place == 0 else f"behind {field.show(leader.value)}: "
        rivals.append(
            Rival(
                happening=happening,
                field=field.name,
                value=field.show(group.value),
                claims=tuple(sorted(claim.id for claim in group.claims)),
                origin_count=_origins(group, bench),
                leads=place == 0,
                because=f"{lead}{because}",
            )
        )
    return rivals


def _because(
    rules: Sequence[Rule], first: Sequence[tuple[Any, str]], second: Sequence[tuple[Any, str]]
) -> str:
    """Say by which rule the first value comes before the second."""
    for rule, (mine, my_words), (other, other_words) in zip(rules, first, second, strict=True):
        if mine != other:
            return rule.words.format(mine=my_words, other=other_words)
    return rules[-1].words


def _marks(
    field: Field[Any], group: Group[Any], rules: Sequence[Rule], bench: Bench
) -> list[tuple[Any, str]]:
    """Return a rank (the least leads) by each rule, with the words for it."""
    return [_MEASURES[rule.name](field, group, bench) for rule in rules]


def _decided(field: Field[Any], group: Group[Any], bench: Bench) -> tuple[bool, str]:
    wanted = {ANY_FIELD, field.name, field.name.partition(".")[0]}
    settled = bench.settled
    said = any(
        not wanted.isdisjoint(settled.leads.get(claim.id, ())) or claim.id in settled.changed
        for claim in group.claims
    )
    return not said, ""


def _basis(field: Field[Any], group: Group[Any], bench: Bench) -> tuple[int, str]:
    order = dispute_policy().bases["order"]
    best = min(order.index(claim.when.basis) for claim in _saying(field, group))
    return best, order[best]


def _saying(field: Field[Any], group: Group[Any]) -> list[Claim]:
    """Return the claims that give the group's very value, not a wider one."""
    shown = field.show(group.value)
    return [one for one in group.claims if field.show(field.value_of(one)) == shown]


def _origins(group: Group[Any], bench: Bench) -> int:
    return len(bench.kinship.origins({claim.report for claim in group.claims}))


def _more_origins(field: Field[Any], group: Group[Any], bench: Bench) -> tuple[int, str]:
    count = _origins(group, bench)
    return -count, str(count)


def _narrow(field: Field[Any], group: Group[Any], bench: Bench) -> tuple[float, str]:
    return field.width(group.value), ""


def _standing(field: Field[Any], group: Group[Any], bench: Bench) -> tuple[int, str]:
    return dispute_policy().standings["order"].index(group.value), group.value


def _own_account(field: Field[Any], group: Group[Any], bench: Bench) -> tuple[bool, str]:
    return not any(is_own_account(claim, bench.policy) for claim in group.claims), ""


def _score(field: Field[Any], group: Group[Any], bench: Bench) -> tuple[float, str]:
    best = max(claim.score for claim in group.claims)
    return -best, f"{best:.2f}"


def _first(field: Field[Any], group: Group[Any], bench: Bench) -> tuple[str, str]:
    return min(claim.id for claim in group.claims), ""


_MEASURES: Final[Mapping[str, Callable[[Field[Any], Group[Any], Bench], tuple[Any, str]]]] = {
    "decided": _decided,
    "basis": _basis,
    "origins": _more_origins,
    "standing": _standing,
    "narrow": _narrow,
    "own_account": _own_account,
    "score": _score,
    "first": _first,
}
