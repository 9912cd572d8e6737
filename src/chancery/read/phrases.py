"""Noun phrases that name somebody: known names, roles and titles joined within one sentence.

"Belarusian troops", "the foreign minister of Poland", "Russia's ambassador to Ukraine" and "U.S.
Secretary of State Mike Pompeo" are each one phrase with a state, a sector and perhaps a name.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Final, Literal, NamedTuple, TypeAlias

import msgspec

from chancery.lexicon import NameMatch
from chancery.model import Span
from chancery.read.triggers import is_function_word

PhraseKind: TypeAlias = Literal["state", "body", "person", "role", "people", "unknown"]
ROLES: Final = frozenset({"title", "sector"})
GIVERS: Final = frozenset({"state", "territory", "demonym", "body", "seat", "group"})
PERSONS: Final = frozenset({"person", "surname"})
WIDEST_GAP: Final = 3

_GENITIVE = re.compile(r"(?:['’]s?)?\s")
_OF = re.compile(r"\s+of\s+(?:the\s+)?(?:Republic\s+of\s+)?", re.IGNORECASE)
_FROM = re.compile(r"\s+from\s+(?:the\s+)?")
_SCENE = re.compile(r"\b(?:in|at|near|from|to)\s+$", re.IGNORECASE)
_AT = re.compile(r"\s+(?:to|in|at)\s+(?:the\s+)?")
_AND = re.compile(r"\s*(?:,|,?\s+and|\s*[-–/])\s+|[-–/]")
_APPOSITION = re.compile(r"\s*,\s+(?:the\s+|an?\s+)?|\s+\(")


class MentionWords(NamedTuple):
    """The word lists of `data/mentions.toml`."""

    premodifiers: frozenset[str]
    accredited: frozenset[str]
    determiners: frozenset[str]
    not_actors: frozenset[str]
    given: frozenset[str]
    particles: frozenset[str]
    courtesies: frozenset[str]
    signed: frozenset[str]
    people: frozenset[str]
    family: frozenset[str]
    doer_endings: tuple[str, ...]
    objects: frozenset[str]
    peers: frozenset[str]
    federated: frozenset[str]
    diplomatic: frozenset[str]
    abroad: frozenset[str]
    pronouns: dict[str, frozenset[str]]
    speaking: frozenset[str]
    meeting_places: frozenset[str]
    pairs: tuple[str, ...]
    governing: frozenset[str]
    country: tuple[str, ...]
    bodies: dict[str, tuple[str, ...]]


@cache
def mention_words() -> MentionWords:
    """Load the word lists, once per process."""
    source = resources.files("chancery.read") / "data" / "mentions.toml"
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    return MentionWords(
        premodifiers=frozenset(table["premodifiers"].split()),
        accredited=frozenset(table["accredited"].split()),
        determiners=frozenset(table["determiners"].split()),
        not_actors=frozenset(table["not_actors"].split()),
        given=frozenset(table["given"].split()),
        particles=frozenset(table["name_particles"].split()),
        courtesies=frozenset(table["courtesies"].split()),
        signed=frozenset(table["signed"].split()),
        people=frozenset(table["people"].split()),
        family=frozenset(table["family"].split()),
        doer_endings=tuple(table["doer_endings"].split()),
        objects=frozenset(table["objects"].split()),
        peers=frozenset(table["peers"].split()),
        federated=frozenset(table["federated"].split()),
        diplomatic=frozenset(table["diplomatic"].split()),
        abroad=frozenset(table["abroad"].split()),
        pronouns={kind: frozenset(words.split()) for kind, words in table["pronouns"].items()},
        speaking=frozenset(table["speaking"].split()),
        meeting_places=frozenset(table["meeting_places"]),
        pairs=tuple(table["anaphora"]["pairs"]),
        governing=frozenset(table["anaphora"]["governing"]),
        country=tuple(table["anaphora"]["country"]),
        bodies={noun: tuple(codes.split()) for noun, codes in table["anaphora"]["bodies"].items()},
    )


class Phrase(msgspec.Struct, frozen=True, kw_only=True):
    """Words that name somebody: which entities or sector, and whose.

    `givers` are the names that say of which state or body; `role` the title or sector noun;
    `person` a known person; `name` an unknown person's or body's name.
    """

    span: Span
    givers: tuple[NameMatch, ...] = ()
    role: NameMatch | None = None
    person: NameMatch | None = None
    name: Span | None = None

    @property
    def kind(self) -> PhraseKind:
        """Say what sort of thing the phrase names."""
        if self.person or (self.name and (self.role or self.givers)):
            return "person"
        if self.role:
            return "role"
        if self.givers:
            giver = self.givers[0]
            people = giver.kind == "demonym" and giver.row == "people"
            return "people" if people else "body" if giver.kind in ("body", "group") else "state"
        return "unknown"


def find_phrases(text: str, sentence: Span, matches: Sequence[NameMatch]) -> list[Phrase]:
    """Return the phrases of one sentence in order, none overlapping."""
    items = _with_people(text, sentence, matches)
    phrases: list[Phrase] = []
    place = 0
    while place < len(items):
        phrase, place = _phrase_at(text, items, place)
        phrases.append(phrase)
    phrases = [_with_name(text, sentence, phrase, phrases) for phrase in phrases]
    return _joined(text, _with_unknown_names(text, sentence, phrases))


def _with_people(text: str, sentence: Span, matches: Sequence[NameMatch]) -> list[NameMatch]:
    """Add the plain words for people ("a man") to the names that the tables know."""
    people = (
        NameMatch(Span(found.start(), found.end()), "sector", ("CVL",), found.group())
        for found in _people_pattern().finditer(text, sentence.start, sentence.end)
    )
    peers = (
        NameMatch(Span(found.start("peer"), found.end()), "sector", ("GOV",), found["peer"])
        for giver in matches
        if giver.kind in GIVERS and (found := _peer_pattern().match(text, giver.span.end))
    )
    fresh = [o for o in (*people, *peers) if not any(o.span.overlaps(m.span) for m in matches)]
    return sorted([*matches, *fresh], key=lambda match: match.span)


@cache
def _peer_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?:['’]s?)?\s(?P<peer>{'|'.join(sorted(mention_words().peers))})\b")


@cache
def _people_pattern() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(mention_words().people))})\b")


def _phrase_at(text: str, items: list[NameMatch], place: int) -> tuple[Phrase, int]:
    """Build the phrase that starts with `items[place]`; return it and the place after it."""
    first = items[place]
    if first.kind in PERSONS:
        return Phrase(span=first.span, person=first), place + 1
    if first.kind in GIVERS and not _is_scene(text, first):
        givers, after = _coordinated(text, items, place)
        role, after_role = _role_after(text, items, after, givers[-1])
        if role:
            return _complete(text, items, after_role, first.span.start, tuple(givers), role)
        return Phrase(span=first.span, givers=(first,)), place + 1
    if first.kind in GIVERS:
        return Phrase(span=first.span, givers=(first,)), place + 1
    role, after = _last_role(text, items, place)
    return _complete(text, items, after, first.span.start, (), role)


def _is_scene(text: str, giver: NameMatch) -> bool:
    """Say whether a town after "in" is only where it was: "in Geneva President …"."""
    return giver.row in ("capital", "place") and bool(
        _SCENE.search(text, max(0, giver.span.start - 8), giver.span.start)
    )


def _coordinated(text: str, items: list[NameMatch], place: int) -> tuple[list[NameMatch], int]:
    """Take "Iranian and Russian" together where both stand before one role."""
    givers = [items[place]]
    after = place + 1
    while (
        after < len(items)
        and items[after].kind == "demonym"
        and givers[-1].kind == "demonym"
        and _AND.fullmatch(text, givers[-1].span.end, items[after].span.start)
    ):
        givers.append(items[after])
        after += 1
    if len(givers) > 1 and not _role_after(text, items, after, givers[-1])[0]:
        return [items[place]], place + 1
    return givers, after


def _role_after(
    text: str, items: list[NameMatch], after: int, giver: NameMatch
) -> tuple[NameMatch | None, int]:
    if after >= len(items) or items[after].kind not in ROLES:
        return None, after
    gap = text[giver.span.end : items[after].span.start]
    if not _leads_to_role(gap, giver):
        return None, after
    role, after_role = _last_role(text, items, after)
    return role, after_role


def _leads_to_role(gap: str, giver: NameMatch) -> bool:
    """Say whether only words that belong to the noun phrase stand between a state and a role."""
    genitive = gap.startswith(("'", "’"))
    if not gap.strip("'’s"):
        return bool(gap)
    if not _GENITIVE.match(gap):
        return False
    words = re.sub(r"^['’]s?", "", gap).split()
    if len(words) > WIDEST_GAP or not all(re.fullmatch(r"[\w-]+", word) for word in words):
        return False
    known = mention_words().premodifiers
    loose = genitive or (giver.kind == "demonym" and giver.row != "people")
    return all(
        word.lower() in known or word[0].isupper() or (loose and _may_modify(word))
        for word in words
    )


def _may_modify(word: str) -> bool:
    return word.endswith(("al", "ic", "ive", "ary", "ist", "ous", "ian")) or word[0].isupper()


def _last_role(text: str, items: list[NameMatch], place: int) -> tuple[NameMatch, int]:
    """Take the last of several roles that follow one another: "government troops" are troops.

    Who speaks or acts for others is of theirs: "a rebel spokesman", "union officials".
    """
    role = items[place]
    while (
        place + 1 < len(items)
        and items[place + 1].kind in ROLES
        and text[items[place].span.end : items[place + 1].span.start] in (" ", "'s ", "’s ")
    ):
        place += 1
        after = items[place]
        if role.kind == "sector" and after.row in mention_words().speaking:
            span = Span(role.span.start, after.span.end)
            role = msgspec.structs.replace(role, span=span, kind=after.kind)
        else:
            role = after
    return role, place + 1


def _complete(
    text: str, items: list[NameMatch], after: int, start: int,
    givers: tuple[NameMatch, ...], role: NameMatch,
) -> tuple[Phrase, int]:  # fmt: skip
    """Add what follows a role: "of Poland", "to Ukraine", or the person's name."""
    end = role.span.end
    if after < len(items) and items[after].kind in GIVERS:
        following = items[after]
        if not givers and _belongs(text, role, following):
            givers, end, after = (following,), following.span.end, after + 1
        elif _accredited(text, role) and _AT.fullmatch(text, end, following.span.start):
            end, after = following.span.end, after + 1
    if (
        after < len(items)
        and items[after].kind in PERSONS
        and _names_holder(text, end, role, items[after])
    ):
        person = items[after]
        return Phrase(span=Span(start, person.span.end), givers=givers, role=role, person=person), (
            after + 1
        )
    return Phrase(span=Span(start, end), givers=givers, role=role), after


def _belongs(text: str, role: NameMatch, giver: NameMatch) -> bool:
    """Say whether a role is said to be of a state: "president of Peru", "farmers from Peru"."""
    if _OF.fullmatch(text, role.span.end, giver.span.start):
        return True
    before = text[: role.span.start].rsplit(maxsplit=1)[-1:]
    if before and before[0].lower() in mention_words().determiners:
        return False
    return bool(_FROM.fullmatch(text, role.span.end, giver.span.start))


def _accredited(text: str, role: NameMatch) -> bool:
    return bool(set(role.span.of(text).lower().split()) & mention_words().accredited)


def _names_holder(text: str, end: int, role: NameMatch, person: NameMatch) -> bool:
    """Say whether a person's name after a role is its holder's: no name alone for several."""
    gap = text[end : person.span.start]
    plural = _PLURAL.search(role.span.of(text)) is not None
    return (gap == " " and role.kind == "title") or (gap == ", " and not plural)


_PLURAL: Final = re.compile(r"(?:[^su]s|people|police|troops|men|women)$")


def _with_name(text: str, sentence: Span, phrase: Phrase, phrases: Sequence[Phrase]) -> Phrase:
    """Add the unknown name that follows a title: "Foreign Minister Jonas Petraitis"."""
    if not phrase.role or phrase.person:
        return phrase
    limit = min(
        [sentence.end, *(p.span.start for p in phrases if p.span.start > phrase.span.start)]
    )
    match = _name_pattern().match(text, phrase.span.end, limit)
    if not match or (phrase.role.span.end != phrase.span.end and not phrase.givers):
        return phrase
    name = Span(match.start("name"), match.end("name"))
    if _is_no_name(name.of(text).split()):
        return phrase
    return Phrase(
        span=Span(phrase.span.start, name.end), givers=phrase.givers, role=phrase.role, name=name
    )


@cache
def _name_pattern() -> re.Pattern[str]:
    particles = "|".join(sorted(mention_words().particles))
    courtesies = "|".join(re.escape(word) for word in sorted(mention_words().courtesies))
    word = r"[A-Z][\w’'-]*[a-z][\w-]*|[A-Z]\."
    return re.compile(
        rf"\s(?:(?:{courtesies})\s)?(?P<name>(?:{word})(?:\s(?:(?:{particles})\s)?(?:{word})){{0,3}})"
    )


@cache
def _unknown_pattern() -> re.Pattern[str]:
    particles = "|".join(sorted(mention_words().particles))
    word = r"[A-Z][\w’-]*[a-z][\w-]*|[A-Z]\."
    return re.compile(rf"(?<![\w.])(?:{word})(?:\s(?:(?:{particles})\s)?(?:{word}))*(?!\w)")


def _with_unknown_names(text: str, sentence: Span, phrases: list[Phrase]) -> list[Phrase]:
    """Add capitalised names that no table knows, so that they are not taken for nobody."""
    taken = sorted(phrase.span for phrase in phrases)
    found = list(phrases)
    start = sentence.start
    for gap_end, next_start in [*((span.start, span.end) for span in taken), (sentence.end, -1)]:
        for match in _unknown_pattern().finditer(text, start, gap_end):
            span = _without_opening_word(text, sentence, Span(match.start(), match.end()))
            if span and _may_be_name(text, sentence, span):
                found.append(Phrase(span=span, name=span))
        start = next_start
    return sorted(found, key=lambda phrase: phrase.span)


def _without_opening_word(text: str, sentence: Span, span: Span) -> Span | None:
    """Leave out a plain word that is capitalised only because it opens the sentence: "Later …"."""
    first, _, rest = span.of(text).partition(" ")
    before = text[sentence.start : span.start]
    if before.strip("\"'“”‘’(–—- ") or not is_function_word(first.lower()):
        return span
    return Span(span.end - len(rest), span.end) if rest else None


def _is_no_name(words: Sequence[str]) -> bool:
    """Say whether capitalised words name a day, a street or the like; "Jan Novak" is a man."""
    called = words[0] in mention_words().given and len(words) > 1
    return not mention_words().not_actors.isdisjoint(words[called:])


def _may_be_name(text: str, sentence: Span, span: Span) -> bool:
    words = span.of(text).split()
    if _is_no_name(words):
        return False
    before = text[sentence.start : span.start].strip(" '‘’(–—-")
    opens = not before or before.endswith(tuple('"“”.:;?!'))
    return not opens or len(words) > 1


def _joined(text: str, phrases: list[Phrase]) -> list[Phrase]:
    """Join an unknown name and the role that stands in apposition to it, either way round."""
    joined: list[Phrase] = []
    for phrase in phrases:
        before = joined[-1] if joined else None
        if before and _APPOSITION.fullmatch(text, before.span.end, phrase.span.start):
            span = Span(before.span.start, phrase.span.end)
            if before.kind == "unknown" and phrase.role and not phrase.person and not phrase.name:
                joined[-1] = Phrase(
                    span=span, givers=phrase.givers, role=phrase.role, name=before.name
                )
                continue
            told = phrase.kind == "role" and phrase.givers
            if before.kind == "person" and told and not _of_others(before, phrase):
                joined[-1] = Phrase(
                    span=span, givers=before.givers, role=before.role, person=before.person,
                    name=before.name,
                )  # fmt: skip
                continue
        joined.append(phrase)
    return joined


def _of_others(person: Phrase, role: Phrase) -> bool:
    """Say whether a role is of another state: "US envoy Hale, the Polish premier, met"."""
    both = [{name for giver in one.givers for name in giver.entities} for one in (person, role)]
    return all(both) and both[0].isdisjoint(both[1])
