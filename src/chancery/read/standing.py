"""Whether a deed came about: the cues in whose scope its words stand.

The cues lie in `data/standing.toml`. Scope is shallow: the verb group itself, and what stands
within a few words before it in its clause. A noun, a gerund and a joined verb stand as the verb
that governs them: "will expand sanctions", "will target them by imposing sanctions". Duties and
wishes ("must", "should") tell no deed.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Final, NamedTuple

from chancery.model import Standing, When
from chancery.read.sides import Roles
from chancery.read.subjects import group_start, is_finite
from chancery.read.triggers import PLAIN_FORMS, Trigger, View, clause_words

SCOPE: Final = 8
"""How many words before the verb group a cue is looked for."""

GOVERNING_REACH: Final = 16
"""How many words from a noun or gerund the verb that governs it is looked for."""

PASSED: Final = frozenset({"that", "'s", "having", "been", "it", "they", "he", "she"})
"""Words that may stand between a cue and its deed, beside articles, adverbs and names."""

ORDER: Final[tuple[Standing, ...]] = (
    "denied", "negated", "hypothetical", "alleged", "planned", "predicted"
)  # fmt: skip
"""Of several cues the first of these holds."""


class StandingCues(NamedTuple):
    """The tables of `data/standing.toml`."""

    negation: frozenset[str]
    planned: frozenset[str]
    would: frozenset[str]
    hypothetical: frozenset[str]
    alleged_before: frozenset[str]
    disasters: frozenset[str]
    harm: frozenset[str]
    vowing: frozenset[str]
    about: frozenset[str]
    bringing: frozenset[str]
    already: frozenset[str]
    passed_after: frozenset[str]
    settled: frozenset[str]
    unsure: frozenset[str]
    appointed: frozenset[str]
    accompanying: frozenset[str]
    trying: frozenset[str]
    counts_when_tried: frozenset[str]
    before: dict[str, tuple[tuple[str, ...], ...]]


@cache
def standing_cues() -> StandingCues:
    """Load the cues, once per process."""
    source = resources.files("chancery.read") / "data" / "standing.toml"
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    words = {
        name: frozenset(table[name].split()) for name in StandingCues._fields if name != "before"
    }
    return StandingCues(
        **words,
        before={
            standing: tuple(tuple(cue.split()) for cue in cues)
            for standing, cues in table["before"].items()
        },
    )


def standing_of(view: View, trigger: Trigger, roles: Roles) -> Standing | None:
    """Return how a deed stands, or none where they tell a wish or a mishap."""
    lists = clause_words()
    cues = standing_cues()
    head = roles.head
    while head > 0 and lists.is_adverb(view.word(head - 1)):
        head -= 1
    group = view.words[head : max(trigger.first, trigger.turned)]
    if head > trigger.last and trigger.turned < 0 and "," not in view.words[trigger.last : head]:
        group = view.words[group_start(view, head) : head + 1]
    if any(word in lists.wishes for word in group):
        return None
    if trigger.cue.frame in cues.harm and not cues.disasters.isdisjoint(view.words):
        return None
    if any(word in cues.negation for word in group) or _names_nobody(view, trigger, roles):
        return "negated"
    found = _by_scope(view, roles, trigger)
    if found in ("denied", "negated"):
        return found
    if roles.governor in lists.blaming:
        return "alleged"
    if any(word in cues.alleged_before for word in group):
        return "alleged"
    told = _by_modal(view, group, roles.head)
    if told == "planned" or (not told and roles.governor in lists.planned):
        return "predicted" if found == "predicted" else "planned"
    return told or found or _inherited(view, trigger, roles) or _real(view, trigger, group)


def by_date(standing: Standing, trigger: Trigger, when: When, published: When) -> Standing:
    """Return the standing in the light of the deed's days: an appointment ahead is planned."""
    noun = trigger.cue.kind == "noun" or "G" in trigger.tags
    appointment = noun and trigger.cue.frame in standing_cues().appointed
    if standing != "happened" or not appointment or when.basis not in ("stated", "reckoned"):
        return standing
    ahead = when.first and published.last and when.first > published.last
    return "planned" if ahead else standing


def _by_modal(view: View, group: Sequence[str], head: int) -> Standing | None:
    """Return how the words of a verb group say that it is not done, or not yet."""
    cues = standing_cues()
    if not cues.hypothetical.isdisjoint(group):
        return "hypothetical"
    if not cues.would.isdisjoint(group):
        return "planned" if _told_by_somebody(view, head) else "hypothetical"
    if tuple(group[:1]) == ("be",) and view.word(head - 1) != "to":
        return "hypothetical"  # "urged that sanctions be imposed"
    be_to = any(word in clause_words().be and after == "to" for word, after in pairwise(group))
    to_be = tuple(group[:2]) == ("to", "be")  # "the talks to be held in Oman"
    return "planned" if be_to or to_be or not cues.planned.isdisjoint(group) else None


def _by_scope(view: View, roles: Roles, trigger: Trigger) -> Standing | None:
    """Return the strongest standing that a cue before the deed gives it."""
    places = {roles.head, min(roles.subject, roles.head), trigger.first}
    near = set(view.words[max(0, min(places) - SCOPE - 1) : trigger.first])
    for standing in ORDER:
        for cue in standing_cues().before.get(standing, ()):
            # Most cues are nowhere near: their last word tells that at once.
            if cue[-1] in near and any(
                _stands_before(view, cue, place, trigger.first) for place in places
            ):
                return standing
    return None


def _stands_before(view: View, cue: tuple[str, ...], place: int, first: int) -> bool:
    """Say whether a cue ends right before a place, but for articles, adverbs and parties."""
    lists = clause_words()
    end = min(place, first)
    words: list[str] = []
    for position in range(end - 1, max(-1, end - 1 - SCOPE), -1):
        word = view.word(position)
        passed = (
            word in lists.determiners or lists.is_adverb(word) or word in PASSED
            or view.party_at(position) is not None
        )  # fmt: skip
        if tuple(view.words[max(0, position + 1 - len(cue)) : position + 1]) == cue and not words:
            return True
        if not passed:
            words.insert(0, word)
        if len(words) >= len(cue):
            break
    return bool(words) and tuple(words[-len(cue) :]) == cue


def _names_nobody(view: View, trigger: Trigger, roles: Roles) -> bool:
    """Say whether nobody did it, or it was done to nobody: "none of them", "attacked no one"."""
    nobody = clause_words().nobody
    after = trigger.last + 1
    before = min(roles.subject, roles.head)
    led = view.words[max(0, before - 3) : before]
    return (
        view.word(after) in nobody
        or view.words[after : after + 2] == ("no", "one")
        or view.word(before - 1) == "no"
        or ((led[-1:] == ("of",) or led[-2:] == ("of", "the")) and not nobody.isdisjoint(led))
    )  # fmt: skip


def _told_by_somebody(view: View, head: int) -> bool:
    told = clause_words().saying | standing_cues().vowing
    return any(word in told for word in view.words[:head])


def _inherited(view: View, trigger: Trigger, roles: Roles) -> Standing | None:
    """Return the standing of the verb that governs a noun, a gerund or a verb joined to it."""
    start = min(roles.head, trigger.first)
    if trigger.turned >= 0 or roles.passive:
        return None
    if trigger.cue.kind == "verb":
        return (
            _of_verb_before(view, trigger, roles) if _is_dependent(view, trigger, start) else None
        )
    lists = clause_words()
    while start > 0 and (
        view.word(start - 1) in lists.determiners or lists.is_adverb(view.word(start - 1))
    ):
        start -= 1
    phrase = view.words[start : trigger.first + 1]
    if not standing_cues().unsure.isdisjoint((view.word(start - 1), *phrase)):
        return "hypothetical"
    if _was_there(view, trigger, phrase):
        return None
    if trigger.cue.frame in standing_cues().appointed:
        return _of_appointed(view, trigger, start)
    return _of_object(view, start, phrase)


def _is_dependent(view: View, trigger: Trigger, start: int) -> bool:
    """Say whether a bare verb hangs on one before it: "by imposing", "and impose"."""
    if start != trigger.first:
        return False
    before = view.word(start - 1)
    if "G" in trigger.tags:
        free = not view.party_at(start - 1) and before not in clause_words().prepositions
        return before == "by" or free
    return before in ("and", "or") and not PLAIN_FORMS.isdisjoint(trigger.tags)


def _was_there(view: View, trigger: Trigger, phrase: Sequence[str]) -> bool:
    """Say whether words in or after a noun's phrase tell that the deed lies behind."""
    cues = standing_cues()
    end = trigger.last + 1
    while end < min(len(view.words), trigger.last + SCOPE) and view.word(end) != ",":
        end += 1
    after = view.words[trigger.last + 1 : end]
    return not (cues.already.isdisjoint(phrase) and cues.passed_after.isdisjoint(after))


def _of_appointed(view: View, trigger: Trigger, start: int) -> Standing | None:
    """Return the standing of a meeting or visit, by the verb before it or else the one after."""
    before = view.word(start - 1)
    if before in clause_words().prepositions and before not in standing_cues().accompanying:
        return None
    place = _governing(view, start)
    if place is not None:
        return _by_group_at(view, place) if place >= 0 else None
    after = _next_finite(view, trigger.last + 1)
    # "The visit would help" may speak of a visit that took place; "will" of one to come.
    return "planned" if _by_group_at(view, after) == "planned" else None


def _of_object(view: View, start: int, phrase: Sequence[str]) -> Standing | None:
    """Return the standing of a noun that is the object of a verb in the scope of a modal."""
    lists, cues = clause_words(), standing_cues()
    place = _governing(view, start)
    if place is None or place < 0:
        return None
    between = view.words[place + 1 : start]
    loose = any(
        word in lists.prepositions and word != "to" for word in (*between, view.word(start - 1))
    )
    verbs = {*between, *phrase}
    owned = view.party_at(start) is not None or start in view.owners
    definite = owned or view.word(start) in ("the", "this", "that", "these", "those")
    if loose or view.word(start - 1) in ("to", ",") or not cues.about.isdisjoint(verbs):
        return None
    if definite and cues.bringing.isdisjoint(between):
        return None
    return _by_group_at(view, place)


def _of_verb_before(view: View, trigger: Trigger, roles: Roles) -> Standing | None:
    """Return the standing of the verb before a gerund, or before a verb of the same subject.

    "We would like to thank you and express our support" does what it says.
    """
    place = _governing(view, trigger.first)
    if place is None or place < 0 or view.word(place + 1) == "like":
        return None
    if "G" not in trigger.tags:
        subject = view.party_at(roles.subject)
        between = view.words[subject.last + 1 : place] if subject else ("",)
        if not all(clause_words().is_adverb(word) for word in between):
            return None
    return _by_group_at(view, place)


def _governing(view: View, start: int) -> int | None:
    """Return the place of the modal, or of the plan's "to", whose scope reaches a place.

    It is -1 where another finite verb or the clause's end stands between, and none where the
    clause holds no verb before the place.
    """
    lists, cues = clause_words(), standing_cues()
    scoped = cues.planned | cues.would | cues.hypothetical
    for place in range(start - 1, max(-1, start - 1 - GOVERNING_REACH), -1):
        word = view.word(place)
        if view.party_at(place) or word in ("be", "have") or word in cues.negation:
            continue
        if word in scoped and not _is_month(view, place):
            return place
        if word == "to" and (_plans(view, place - 1) or _is_be(view, place - 1)):
            return place - 1
        if word in lists.openers or word in lists.marks or word in lists.relatives:
            return None
        if is_finite(view, place):
            return -1
    return None


def _is_month(view: View, place: int) -> bool:
    beside = (view.word(place - 1), view.word(place + 1))
    return view.word(place) == "may" and any(word.isdigit() for word in beside)


def _plans(view: View, place: int) -> bool:
    word = view.word(place)
    return word in clause_words().planned and word not in standing_cues().settled


def _is_be(view: View, place: int) -> bool:
    return view.word(place) in ("is", "are", "was", "were")


def _next_finite(view: View, start: int) -> int:
    """Return the place of the first finite verb after a place in its clause, or -1."""
    lists = clause_words()
    for place in range(start, min(len(view.words), start + GOVERNING_REACH)):
        word = view.word(place)
        if word in lists.openers or word in lists.marks or word in lists.relatives:
            return -1
        if is_finite(view, place):
            return place
    return -1


def _by_group_at(view: View, place: int) -> Standing | None:
    """Return what the verb group at a modal's or plan's place gives to what hangs on it."""
    if view.word(place) in clause_words().planned:
        return "planned"
    if not standing_cues().negation.isdisjoint(view.words[place + 1 : place + 3]):
        return "negated"
    return _by_modal(view, view.words[place : place + 2], place)


def _real(view: View, trigger: Trigger, group: tuple[str, ...]) -> Standing:
    lists = clause_words()
    present = any(word in ("is", "are", "been", "'s", "'re") for word in group)
    # "Is in Chile on a visit": the verb group is the trigger's own first word.
    stays = trigger.cue.kind == "verb" and view.words[trigger.first : trigger.first + 2] in (
        ("is", "in"), ("are", "in"),
    )  # fmt: skip
    ongoing = stays or (trigger.cue.kind == "verb" and "G" in trigger.tags and present)
    return "ongoing" if ongoing and not set(group) & lists.modals else "happened"
