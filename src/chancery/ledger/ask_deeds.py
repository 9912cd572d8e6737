"""Questions about deeds: rival values, happenings that nearly joined, doubtful rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Final

from chancery.ledger.material import Material, pairs_apart
from chancery.ledger.questions import GAP, Asks, Option, Question, answer, numbered, seen
from chancery.line import write_days
from chancery.model import Claim, Happening, Rival

FIELD_WORDS: Final = {
    "when": "When was it",
    "actors": "Who did it",
    "targets": "To whom was it done",
    "where": "Where was it",
    "standing": "Did it come about",
    "type": "What was it",
}
SETS: Final[dict[str, tuple[str, Asks]]] = {
    "when": ("date", "date"),
    "actors": ("actor", "actor"),
    "targets": ("target", "actor"),
    "type": ("type", "type"),
}
"""The verdict that sets a field of a claim, and what has to be typed for it."""

JUDGED: Final = ("right", "reject", "type", "date", "actor", "target")
"""Verdicts about a claim after which its reading is no longer in doubt."""

Days = tuple[int, int]


def ask_disputes(material: Material) -> Iterator[Question]:
    """Ask which of the rival values of a happening's field leads."""
    happenings = {one.id: one for one in material.happenings}
    by_field = groupby(material.rivals, key=lambda one: (one.happening, one.field))
    for (name, field), values in by_field:
        rivals = sorted(values, key=lambda one: (not one.leads, one.claims))
        if name in happenings and len(rivals) > 1:
            yield _dispute(happenings[name], field, rivals, material)


def _dispute(
    happening: Happening, field: str, rivals: Sequence[Rival], material: Material
) -> Question:
    lead, *others = rivals
    about = lead.claims[0]
    options = [
        answer(f"{_shown(one, material)} leads", one.claims[0], f"lead {field}", claims=one.claims)
        for one in rivals
    ]
    options += [
        answer(
            f"both: “{_shown(one, material)}” is another deed",
            about, f"split {one.claims[0]}", claims=(about, *one.claims),
        )
        for one in others
    ]  # fmt: skip
    if field in SETS:
        verdict, asks = SETS[field]
        options.append(answer("another value", about, f"{verdict} {GAP}", asks=asks))
    topic = f"dispute-{field}"
    claims = [id_ for one in rivals for id_ in one.claims]
    return Question(
        kind="standing" if field == "standing" else "dispute",
        about=about,
        topic=topic,
        words=f"{FIELD_WORDS.get(field, field)}? {material.deed(happening)}",
        options=numbered(*options, seen("leave them side by side", about, topic)),
        passages=material.quote(one.claims[0] for one in rivals),
        reasons=tuple(f"{_shown(one, material)}: {_support(one)}" for one in rivals),
        settled_by=("lead", f"lead {field}"),
        touches=material.touched({*happening.claims, *claims}),
    )


def _shown(rival: Rival, material: Material) -> str:
    """Show a value: days in words, all others as they are."""
    claim = material.claims.get(rival.claims[0])
    if rival.field == "when" and claim:
        return write_days(claim.when.first, claim.when.last)
    return rival.value


def _support(rival: Rival) -> str:
    origins = f"{rival.origin_count} origin{'' if rival.origin_count == 1 else 's'}"
    return f"{origins}{f'; leads: {rival.because}' if rival.leads and rival.because else ''}"


# Same happening? --------------------------------------------------------------------------------


def ask_same_happening(material: Material) -> Iterator[Question]:
    """Ask whether two happenings that nearly joined are one: for each, its nearest other."""
    apart = set(pairs_apart(material.standing, ("split", "join")))
    nearest: dict[frozenset[str], tuple[float, Happening, Happening]] = {}
    for block in _blocks(material).values():
        best: dict[str, tuple[float, str, frozenset[str]]] = {}
        pairs: dict[frozenset[str], tuple[float, Happening, Happening]] = {}
        for first, second in _side_by_side(block, material):
            if _settled(first, second, apart):
                continue
            near = compare(first, second, material)
            pair = frozenset((first.id, second.id))
            if near is None:
                continue
            pairs[pair] = near, first, second
            for one, other in ((first, second), (second, first)):
                best[one.id] = max(best.get(one.id, (0.0, "", pair)), (near, other.id, pair))
        nearest |= {pair: pairs[pair] for _, _, pair in best.values() if pair in pairs}
    for near, first, second in nearest.values():
        yield _same(near, first, second, material)


def compare(first: Happening, second: Happening, material: Material) -> float | None:
    """Say how near two happenings of one dyad and type are to being one, 0…1; none if not near.

    They are near where their leading claims share words. On days side by side only what two outlets
    tell is near: what one outlet tells on two days running is two deeds.
    """
    if in_common(first, second) is None and not _other_outlet(first, second, material):
        return None
    shared = material.wording.alike(material.wording.of(first.lead), second.lead)
    return shared if shared >= material.queue.same.least_alike else None


def in_common(first: Happening, second: Happening) -> date | None:
    """Return the first day that two happenings share; none where they share none."""
    days = [max(filter(None, (first.when.first, second.when.first)), default=None),
            min(filter(None, (first.when.last, second.when.last)), default=None)]  # fmt: skip
    return days[0] if days[0] and days[1] and days[0] <= days[1] else None


def _other_outlet(first: Happening, second: Happening, material: Material) -> bool:
    sources = [
        {material.reports[id_].source for id_ in one.reports if id_ in material.reports}
        for one in (first, second)
    ]
    return sources[0].isdisjoint(sources[1])


def _blocks(material: Material) -> dict[tuple[object, ...], list[Happening]]:
    """Lay happenings out by what must be the same for them to be one."""
    policy = material.policy
    blocks: dict[tuple[object, ...], list[Happening]] = {}
    for one in material.happenings:
        sides = [
            tuple(sorted({policy.party_of(code) for code in side}))
            for side in (one.actors, one.targets)
        ]
        if one.type in policy.mutual_types:
            sides = [tuple(sorted({*sides[0], *sides[1]}))]
        if all(sides) and one.lead in material.claims:
            key = (one.type, policy.family_of(one.standing), *sides)
            blocks.setdefault(key, []).append(one)
    return blocks


def _side_by_side(
    block: Sequence[Happening], material: Material
) -> Iterator[tuple[Happening, Happening]]:
    """Give the pairs of happenings whose days meet or lie side by side."""
    slack, most = material.policy.slack_days, material.queue.same.most_days
    dated = sorted(
        ((days, one) for one in block if (days := _days(one, most))),
        key=lambda pair: (pair[0], pair[1].id),
    )
    for place, (days, first) in enumerate(dated):
        for other, second in dated[place + 1 :]:
            if other[0] > days[1] + slack:
                break
            if first.mode is None or second.mode is None or first.mode == second.mode:
                yield first, second


def _days(row: Happening, most: int) -> Days | None:
    """Return the days a row may be of, where they are few enough to tell it from others."""
    first, last = row.when.first, row.when.last
    if first is None or last is None or (last - first).days >= most:
        return None
    return first.toordinal(), last.toordinal()


def _settled(first: Happening, second: Happening, apart: set[frozenset[str]]) -> bool:
    return any(frozenset((one, other)) in apart for one in first.claims for other in second.claims)


def _same(near: float, first: Happening, second: Happening, material: Material) -> Question:
    one, other = sorted((first, second), key=lambda row: (row.when.first is None, row.when.last,
                                                          row.id))  # fmt: skip
    leads = (one.lead, other.lead)
    claims = [material.claims[id_] for id_ in leads]
    options = numbered(
        answer("one happening", leads[0], f"join {leads[1]}", claims=leads),
        answer("two happenings", leads[0], f"split {leads[1]}", key="x", claims=leads),
    )
    return Question(
        kind="same happening",
        about=leads[0],
        topic=f"same {leads[1]}",
        words=f"Is it one happening? {material.deed(one)} / {material.deed(other)}",
        options=options,
        passages=material.quote(leads),
        reasons=_same_reasons(near, claims),
        closer=near,
        touches=material.touched({*one.claims, *other.claims}),
    )


def _same_reasons(near: float, claims: Sequence[Claim]) -> tuple[str, ...]:
    first, second = claims
    reasons = [f"the same parties, {round(100 * near)} % of the words alike"]
    if first.report == second.report:
        reasons.append("both are told by one report")
    bases = sorted({one.when.basis for one in claims})
    reasons.append(f"days: {' and '.join(bases)}")
    return tuple(reasons)


# Doubtful rows ----------------------------------------------------------------------------------


def ask_low_certainty(material: Material) -> Iterator[Question]:
    """Ask about rows that matter and whose reading is doubtful."""
    doubt = material.queue.doubt
    linked = {id_ for one in material.links for id_ in (one.first, one.second)}
    for row in material.happenings:
        if row.certainty is None or row.certainty >= doubt.below or row.lead not in material.claims:
            continue
        matters = [
            f"{len(row.reports)} reports tell it"
            if len(row.reports) >= doubt.least_reports
            else "",
            "it is a stage of a course" if row.id in linked else "",
            "it is a grave deed" if _intensity(row, material) >= doubt.least_intensity else "",
        ]
        if any(matters):
            yield _doubtful(row, tuple(filter(None, (*matters, *row.signals))), material)


def _intensity(row: Happening, material: Material) -> float:
    frame = material.lexicon.frames.get(row.frame) if material.lexicon else None
    return abs(frame.intensity) if frame else 0.0


def _doubtful(row: Happening, reasons: tuple[str, ...], material: Material) -> Question:
    return Question(
        kind="low certainty",
        about=row.lead,
        topic="certainty",
        words=f"Is it read right? {material.deed(row)}",
        options=correcting(row.lead),
        passages=material.quote([row.lead]),
        reasons=reasons,
        settled_by=JUDGED,
        touches=material.touched(row.claims),
    )


def correcting(claim: str) -> tuple[Option, ...]:
    """Return the answers that a doubtful reading of a claim can be given."""
    return numbered(
        answer("it is right", claim, "right", claims=(claim,)),
        answer("another deed", claim, f"type {GAP}", asks="type"),
        answer("another day", claim, f"date {GAP}", asks="date"),
        answer("somebody else did it", claim, f"actor {GAP}", asks="actor"),
        answer("it was done to somebody else", claim, f"target {GAP}", asks="actor"),
        answer("no such thing is said", claim, "reject", key="x"),
    )
