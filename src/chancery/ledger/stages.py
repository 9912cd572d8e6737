"""Stages of one course: planned and held, agreed and delivered, threatened and done, and answers.

Two claims are compared by the rules of `stages.toml`, the first rule that fits tells. A stage is a
link between two happenings, never a reason to make one of them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator
from functools import cache, lru_cache
from importlib import resources
from itertools import combinations
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from chancery.ledger.policy import Policy
from chancery.model import Claim, Mention

if TYPE_CHECKING:
    from chancery.ledger.told import Told

Sides = Literal["same", "answer", "share"]
Found = tuple[str, tuple[str, ...]]
"""A stage, and the reasons to believe it."""

NO_MODE: Final = "-"
AHEAD: Final = frozenset({"planned", "predicted"})
"""Standings of what is told before it is done: its own day says nothing of when it was told."""
NO_ORDER: Final = "no day tells which was first"
SHARED_PARTIES: Final = 2
NAME_LETTERS: Final = 4
"""So many letters in common with somebody's name make a word a form of it: *Russia, Russian*."""
CLAUSES_KEPT: Final = 1 << 16
"""Clauses whose words are kept: each is compared with many others."""
_WORD: Final = re.compile(r"[^\W\d_][\w’'-]*[^\W_]")


class Deed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which claims a rule takes: types, standings and frames; none: any."""

    standings: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    frames: frozenset[str] = frozenset()

    def takes(self, claim: Claim) -> bool:
        """Say whether a claim is such a deed."""
        return (
            (not self.standings or claim.standing in self.standings)
            and (not self.types or claim.type in self.types)
            and (not self.frames or claim.frame in self.frames)
        )


class StageRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line of the table; the head of `stages.toml` says what each field means."""

    stage: str
    kind: Literal["stage", "answer"]
    sides: Sides
    first: Deed
    second: Deed
    deed: bool = False
    fits: bool = False
    days: int = 0
    goods: int = 0
    words: int = 0
    frames: frozenset[tuple[str, str]] = frozenset()
    cues: tuple[str, ...] = ()
    first_cues: tuple[str, ...] = ()
    meeting: bool = False
    later: bool = False


class StageTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All rules, and what they measure by."""

    time: dict[str, int]
    rare: dict[str, frozenset[str]]
    same_deed: dict[str, tuple[frozenset[str], ...]]
    words: dict[str, str]
    rules: tuple[StageRule, ...]


@cache
def stage_table() -> StageTable:
    """Return the table that ships with the package."""
    words = (resources.files("chancery.ledger") / "stages.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(words), StageTable)


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(stage_table().words[name].split())


def kind_of(stage: str) -> Literal["stage", "answer"]:
    """Return whether a stage is one of a course, or an answer."""
    return next(rule.kind for rule in stage_table().rules if rule.stage == stage)


def opens(claim: Claim, stages: Collection[str]) -> bool:
    """Say whether a claim can be the first of some stages."""
    return any(rule.stage in stages and rule.first.takes(claim) for rule in stage_table().rules)


def stage_between(first: Told, second: Told, policy: Policy) -> Found | None:
    """Return the stage that leads from one claim to another, and why; none where none does."""
    if first.claim.report == second.claim.report:
        return None  # what one report tells beside each other are two deeds, or two words for one
    for rule in stage_table().rules:
        if not (rule.first.takes(first.claim) and rule.second.takes(second.claim)):
            continue
        reasons = _reasons(rule, first, second, policy)
        if reasons:
            return rule.stage, reasons
    return None


def _reasons(rule: StageRule, first: Told, second: Told, policy: Policy) -> tuple[str, ...]:
    """Return why two claims are the stages of a rule; empty where they are not."""
    sides = _sides_reason(rule.sides, first.claim, second.claim, policy)
    if sides is None or (rule.deed and not _same_deed(first.claim, second.claim)):
        return ()
    if rule.cues and not _has_cue(second.words, rule.cues):
        return ()
    if rule.first_cues and not _has_cue(first.words, rule.first_cues):
        return ()
    if rule.meeting and _listed("meetings").isdisjoint(_WORD.findall(second.words)):
        return ()
    time = _time_reason(rule, first, second)
    if time is None:
        return ()
    return _about_reasons(rule, first, second, (sides, time))


def _has_cue(words: str, cues: Iterable[str]) -> bool:
    return any(cue in words for cue in cues)


# Parties -----------------------------------------------------------------------------------------


def parties_of(side: Iterable[Mention], policy: Policy) -> frozenset[str]:
    """Return the states and bodies on one side."""
    return frozenset(policy.party_of(one.actor) for one in side if one.actor)


def pairs_of(claim: Claim, policy: Policy) -> Iterator[frozenset[str]]:
    """Yield each pair of parties of a claim, on whichever sides: what stages must share."""
    parties = sorted(parties_of((*claim.actors, *claim.targets), policy))
    yield from (frozenset(pair) for pair in combinations(parties, SHARED_PARTIES))


def _sides_reason(kind: Sides, first: Claim, second: Claim, policy: Policy) -> str | None:
    doers, others = (parties_of(side, policy) for side in (first.actors, first.targets))
    later_doers, later_others = (
        parties_of(side, policy) for side in (second.actors, second.targets)
    )
    if kind == "share" or (kind == "same" and first.type in policy.mutual_types):
        return _share_reason(doers, others, later_doers | later_others, policy)
    if kind == "answer":
        later_doers, later_others = later_others, later_doers
        # Whoever answers need not say whom.
        whole = bool(others & later_others) and (not later_doers or bool(doers & later_doers))
    else:
        whole = _is_part(doers, later_doers) and bool(others & later_others)
    if not whole or doers & others or later_doers & later_others:
        return None
    return _between((doers & later_doers) | (others & later_others))


def _is_part(first: frozenset[str], second: frozenset[str]) -> bool:
    return bool(first and second) and (first <= second or second <= first)


def _share_reason(
    doers: frozenset[str], others: frozenset[str], after: frozenset[str], policy: Policy
) -> str | None:
    """Return what two deeds have in common.

    Two of three states that meet are another meeting than all three; but who visits two countries
    is told in each of them.
    """
    before = doers | others
    shared = before & after
    bodies = {code for code in shared if code.partition(".")[0] in policy.class_codes}
    fewer = len(before - bodies) > SHARED_PARTIES and not before <= after
    one_by_one = bool(others) and doers <= shared
    if len(shared) < SHARED_PARTIES or (fewer and not bodies and not one_by_one):
        return None
    return _between(shared)


def _between(parties: Iterable[str]) -> str:
    return f"same parties: {' and '.join(sorted(parties))}"


def _same_deed(first: Claim, second: Claim) -> bool:
    if first.type != second.type:
        return False
    modes = {first.mode or NO_MODE, second.mode or NO_MODE}
    groups = stage_table().same_deed.get(first.type)
    if groups is None:
        return len(modes) == 1 or NO_MODE in modes
    return len(modes) == 1 or any(modes <= group for group in groups)


# Days --------------------------------------------------------------------------------------------


def _time_reason(rule: StageRule, before: Told, after: Told) -> str | None:
    """Return how the days of two stages go together; none where they do not."""
    first, second = before.claim, after.claim
    told, said = before.published, after.published
    last = second.when.last
    if (told and last and last < told) or (told and said and said < told):
        return None  # what was over before the first was told is no later stage of it
    if rule.fits and _is_close(first):
        return _fit_reason(first, second)
    if not rule.days:
        return None
    begin = told if first.standing in AHEAD else first.when.first or told
    day = second.when.first or last or said
    if day is None and not (rule.fits or rule.later):
        return NO_ORDER
    if begin is None or day is None:
        return None
    gap = (day - begin).days
    return f"{gap} days later" if int(rule.fits or rule.later) <= gap <= rule.days else None


def _is_close(claim: Claim) -> bool:
    return _width(claim) <= stage_table().time["closest"]


def _width(claim: Claim) -> float:
    first, last = claim.when.first, claim.when.last
    return (last - first).days if first and last else float("inf")


def _fit_reason(first: Claim, second: Claim) -> str | None:
    """Return how the second's day fits the one that was told before; none where it does not."""
    time = stage_table().time
    begin, end, one, other = (
        first.when.first, first.when.last, second.when.first, second.when.last
    )  # fmt: skip
    if not (begin and end and other):
        return None
    if _width(first) > time["narrow"] and first.frame != second.frame:
        return None
    told = f"on the day that was told before: {first.when.edtf()}"
    if one is None:
        return told if 0 <= (other - begin).days <= time["after"] + (end - begin).days else None
    if _width(second) <= time["slack"] + (end - begin).days:
        fits = (begin - one).days <= time["slack"] and (other - end).days <= time["slack"]
        return told if fits else None
    wide = first.frame == second.frame in stage_table().rare["frames"] and _is_close(second)
    return told if wide and one <= begin and end <= other else None


# What it is about --------------------------------------------------------------------------------


def _about_reasons(
    rule: StageRule, first: Told, second: Told, reasons: tuple[str, ...]
) -> tuple[str, ...]:
    """Add what both clauses are about, where the rule asks for it; empty where it is not there."""
    if (first.claim.frame, second.claim.frame) in rule.frames:
        return (*reasons, f"{first.claim.frame}, then {second.claim.frame}")
    if not (rule.goods or rule.words):
        return reasons
    shared = object_words(first) & object_words(second)
    numbers = _same_numbers(first.claim, second.claim)
    if numbers and shared:
        return (*reasons, f"same number: {numbers}", f"same words: {', '.join(sorted(shared))}")
    goods = shared & _listed("goods")
    more = 0 if not rule.fits or _is_close(first.claim) else 1
    if rule.goods and len(goods) >= rule.goods + more:
        return (*reasons, f"both about: {', '.join(sorted(goods))}")
    if NO_ORDER not in reasons and rule.words and len(shared) >= rule.words + 2 * more:
        return (*reasons, f"same words: {', '.join(sorted(shared))}")
    return ()


def _same_numbers(first: Claim, second: Claim) -> str:
    numbers = {(one.value, one.unit) for one in first.quantities if one.unit != "percent"}
    same = sorted(numbers & {(one.value, one.unit) for one in second.quantities})
    return ", ".join(f"{value:,.0f} {unit}" for value, unit in same)


def object_words(told: Told) -> frozenset[str]:
    """Return the words of a clause that say what it is about: no names, no common words."""
    start = told.claim.words.start
    spans = [one.span for one in (*told.claim.actors, *told.claim.targets)]
    places = ((max(0, span.start - start), max(0, span.end - start)) for span in spans)
    return _words_about(told.words, tuple(places))


@lru_cache(CLAUSES_KEPT)
def _words_about(clause: str, names: tuple[tuple[int, int], ...]) -> frozenset[str]:
    """Return the words of a clause but those of names, which stand at some places of it.

    Runs of blanks may have moved a name from its place; then some of its words are left.
    """
    beginnings = {
        word[:NAME_LETTERS]
        for start, end in names
        for word in _WORD.findall(clause[start:end])
    }  # fmt: skip
    words = {_bare(word) for word in _WORD.findall(clause)}
    return frozenset(
        word for word in words
        if word in _listed("goods")
        or (word not in _listed("common") and word[:NAME_LETTERS] not in beginnings)
    )  # fmt: skip


def _bare(word: str) -> str:
    """Return a word without its possessive; a thing handed over also without its plural."""
    word = word.removesuffix("’s").removesuffix("'s")
    single = word.removesuffix("s")
    return single if single in _listed("goods") else word
