"""Places beside capitals: which names in a text are places, and of which state.

Names of `data/places.toml` count wherever they stand, those of the gazetteer where the words about
them show a place. A name that several states' places bear ("Tripoli", "Georgia") is that of the
state right behind it ("Paris, Texas"), else of the one that the report speaks of; where neither
tells it stays open.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from chancery.lexicon import NameMatch
from chancery.lexicon.names import fold
from chancery.model import Span
from chancery.read.phrases import mention_words
from chancery.read.placenames import Hit, place_names

PLACE = "place"
"""The `row` of a match that is a place within a state."""

RIVAL: Final = 0.15
"""A namesake elsewhere is taken for meant where it has more than this share of the people."""

KNOWN_TO_ALL: Final = 1_000_000
"""A town of more people than this is meant after "in", whoever else bears its name."""

CLEARLY: Final = 2
"""Of several states that a report names, one named more than so many times as often is meant."""

HOME_SHARE: Final = 0.5
"""A report is about a state that more than this share of its named states are."""

OWN_WEIGHT: Final = 3
"""What names its own state tells more of a shared name than what names another state."""

REACH: Final = 72
"""Characters before a name in which a preposition and the words after it may stand."""

NAMING: Final = frozenset(
    {"state", "territory", "seat", "body", "group", "person", "surname", "demonym"}
)
SHARED: Final = frozenset({"state", "territory"})

_WORDS: Final = re.compile(r"(?:(?:[A-Z][\w'.-]*\w|[SFM]t\.) ){0,2}[A-Z][\w'.-]*\w(?=, $)")
_LED: Final = re.compile(r"\b(?:in|near|outside|at|from|to|around|of) $", re.IGNORECASE)
_CLOSED: Final = re.compile(
    r"""[,.;:)\]"”–—]|\s*$|\s+[–—(-]|\n
    |\s+(?:on|in|at|for|by|with|after|before|when|where|near|since|during|last|this|to|from)\b""",
    re.VERBOSE,
)
_THE_CAPITAL: Final = re.compile(
    r"""\b(?:in|near|outside|around|from|to|into|across|of|on)\ the\ (?P<word>capital)
    (?=\ city\b | [.;:)"”] | ,(?!\ [A-Z]) | \s*\n | \s*$
    | \ (?:on|in|after|before|when|where|as|and|by|for|to|from|since|during|late|early|last|this)\b)
    """,
    re.VERBOSE | re.IGNORECASE,
)


def with_places(text: str, matches: Sequence[NameMatch]) -> list[NameMatch]:
    """Add the places a text names to the names that the lexicon found; these go before.

    A lexicon's name is left out where it is part of a sea's, and where a place of that name may be
    a state or another state's region and nothing tells which. A town takes in the state behind it
    ("Waco, Texas").
    """
    return _Places(text, matches).all()


class _Places:
    """The places of one text, found from the surest to those that need the others."""

    def __init__(self, text: str, matches: Sequence[NameMatch]) -> None:
        self.text = text
        self.plain = fold(text)
        self.known = place_names()
        self.hits = list(self.known.find(self.plain))
        matches = [match for match in matches if not self._is_town(match)]
        waters = [Span(hit.start, hit.end) for hit in self.hits if hit.name in self.known.waters]
        self.matches = [
            match for match in matches if not any(water.covers(match.span) for water in waters)
        ]
        self.taken = {
            place
            for span in (*waters, *(match.span for match in matches))
            for place in range(span.start, span.end)
        }
        self.states = _states_of(self.matches)

    def all(self) -> list[NameMatch]:
        """Return the names and the places, sorted."""
        self._add(self._anywhere)
        self._add(self._shown)
        self.matches = [settled for match in self.matches for settled in self._settle(match)]
        self.matches.sort(key=_span)
        self._take_in_states()
        self.matches += self._capitals()
        return sorted(self.matches, key=_span)

    def _is_town(self, match: NameMatch) -> bool:
        """Say whether a known surname is that of a town here: "in Lagos"."""
        if match.kind != "surname":
            return False
        name, start = match.span.of(self.plain), match.span.start
        before = self.plain[max(0, start - REACH) : start]
        people = max(self.known.bearers.get(name, {}).values(), default=0)
        return people > KNOWN_TO_ALL and bool(self.known.surely.search(before))

    def _add(self, state_of: Callable[[Hit], str | None]) -> None:
        """Add the hits that are places, the longest at each place."""
        found: list[NameMatch] = []
        for hit in sorted(self.hits, key=lambda hit: (hit.start - hit.end, hit.start)):
            if hit.start in self.taken or hit.end - 1 in self.taken:
                continue
            state = state_of(hit)
            if state:
                self.taken.update(range(hit.start, hit.end))
                found.append(_place(hit.start, hit.end, state))
        self.matches += found
        self.states += _states_of(found)

    def _anywhere(self, hit: Hit) -> str | None:
        """Return the state of a name that needs no word beside it."""
        usual = self.known.named.get(hit.name)
        return usual and (self._namesake(hit.name, usual) or usual)

    def _namesake(self, name: str, usual: str) -> str | None:
        """Return the state of a namesake that the report speaks of, and not of the usual one."""
        bearers = self.known.bearers.get(name, {})
        if self.states[usual] or usual not in bearers:
            return None
        least = RIVAL * bearers[usual]
        rivals = [s for s in bearers if s != usual and self.states[s] and bearers[s] > least]
        return rivals[0] if len(rivals) == 1 else None

    def _shown(self, hit: Hit) -> str | None:
        """Return the state of a gazetteer's name that the words about it show to be a place."""
        bearers = self.known.bearers.get(hit.name)
        if not bearers or self._goes_on(hit.end):
            return None
        before = self.plain[max(0, hit.start - REACH) : hit.start]
        doubtful = hit.name in self.known.doubtful
        surely = self.known.surely.search(before)
        if not surely and (doubtful or not self.known.perhaps.search(before)):
            return None
        counts = Counter({state: self.states[state] for state in bearers if self.states[state]})
        if len(bearers) == 1 and not doubtful:
            return next(iter(bearers))
        best = counts.most_common(2)
        if len(best) == 2 and best[0][1] <= CLEARLY * best[1][1]:
            return None
        return best[0][0] if best else None

    def _led(self, start: int) -> bool:
        """Say whether a preposition leads to a name as to a place."""
        before = self.plain[max(0, start - REACH) : start]
        return bool(self.known.surely.search(before) or self.known.perhaps.search(before))

    def _goes_on(self, end: int) -> bool:
        """Say whether the name goes on with another capitalised word: "Victoria Nuland"."""
        after = self.plain[end : end + 24]
        if not (after[:1] in (" ", "-") and after[1:2].isupper()):
            return False
        return re.split(r"\W", after[1:], maxsplit=1)[0] not in self.known.may_follow

    def _settle(self, match: NameMatch) -> Iterator[NameMatch]:
        """Yield the match with one meaning where a state and a region share the name.

        Other states beside it speak for the state, places of the region's country for the region.
        Where neither side outweighs the other an actor keeps all its meanings; a place stays open.
        """
        if match.row == "capital":
            yield self._capital_or_namesake(match)
            return
        regions = [e for e in match.entities if "." in e]
        states = [e for e in match.entities if "." not in e]
        if match.kind not in SHARED or len(regions) != 1 or len(states) != 1:
            yield match
            return
        state, (country, _, _) = states[0], regions[0].partition(".")
        meant = self._said_beside(match.span)
        if not meant:
            within = sum(m.row == PLACE and m.entities[0] == country for m in self.matches)
            others = {s for s, n in self.states.items() if n and s not in (state, country)}
            for_state = OWN_WEIGHT * self.states[state] + len(others)
            meant = (for_state > within) - (within > for_state)
        if meant > 0:
            yield NameMatch(match.span, "state", (state,), match.row)
        elif meant < 0:
            yield _place(match.span.start, match.span.end, country)
        elif not self._led(match.span.start):
            yield match

    def _capital_or_namesake(self, match: NameMatch) -> NameMatch:
        """Return a capital, or its namesake of some size in the state the report is about."""
        name, own = match.span.of(self.plain), _head(match)
        bearers = self.known.bearers.get(name, {})
        if len(bearers) < 2 or own not in bearers:
            return match
        others = _states_of([m for m in self.matches if m.span.of(self.plain) != name])
        state = None if others[own] else next(_home(others), None)
        if state is None or bearers.get(state, 0) <= RIVAL * bearers[own]:
            return match
        return _place(match.span.start, match.span.end, state)

    def _said_beside(self, span: Span) -> int:
        """Return 1 where the words beside a shared name make it a state, −1 a region, else 0."""
        before = self.plain[max(0, span.start - REACH) : span.start]
        behind, ahead = self.known.region_words
        if self.known.state_words.search(before):
            return 1
        is_region = behind.search(before) or ahead.match(self.plain, span.end)
        return -1 if is_region else 0

    def _take_in_states(self) -> None:
        """Let a town take in the state or region behind it, whatever else bears the town's name."""
        for state in [match for match in self.matches if match.kind in (*SHARED, "seat")]:
            town = self._town_before(state)
            if town:
                span = Span(town.start, state.span.end)
                kept = [match for match in self.matches if not span.overlaps(match.span)]
                self.matches = [*kept, _place(span.start, span.end, _head(state))]
                self.matches.sort(key=_span)

    def _town_before(self, match: NameMatch) -> Span | None:
        """Return the town that the state or region is said of: "in Waco, Texas"."""
        start = match.span.start
        words = _WORDS.search(self.plain, max(0, start - REACH), start)
        if not self.plain.endswith(", ", 0, start) or not words:
            return None
        town, name = Span(words.start(), words.end()), words[0]
        state, region = _head(match), (match.span.of(self.plain), _head(match))
        is_region = region in self.known.regions or match.span.of(self.text).endswith(".")
        known = state in self.known.bearers.get(name, ())
        told = [other for other in self.matches if other.span.overlaps(town)]
        closed = match.span.of(self.text).endswith(".") or _CLOSED.match(self.plain, match.span.end)
        if not closed or set(name.split()) <= mention_words().not_actors:
            return None
        if match.kind == "seat" and not (is_region and told and _head(told[0]) == state):
            return None
        if told:
            elsewhere = any(_head(other) != state for other in told) or match.kind == "seat"
            whole = told[0].span == town and told[0].kind in ("seat", "territory")
            return town if whole and elsewhere and (is_region or known) else None
        led = _LED.search(self.plain, max(0, town.start - REACH), town.start)
        return town if led and (is_region or known) else None

    def _capitals(self) -> Iterator[NameMatch]:
        """Yield "the capital" as a place of the one state that its sentence or report is about."""
        starts = [match.span.start for match in self.matches]
        for found in _THE_CAPITAL.finditer(self.plain):
            start, end = found.span("word")
            sentence = max(self.plain.rfind(mark, 0, start) for mark in (". ", "\n", "? ", "! "))
            near = self.matches[bisect_left(starts, sentence + 1) : bisect_left(starts, start)]
            states = set(_states_of(near)) or set(_home(self.states))
            if len(states) == 1:
                yield _place(start, end, states.pop())


def _home(states: Counter[str]) -> Iterator[str]:
    """Yield the state that most names belong to, if there is one."""
    yield from (state for state, n in states.items() if n > HOME_SHARE * states.total())


def _states_of(matches: Sequence[NameMatch]) -> Counter[str]:
    """Count the states that names belong to; a name of several states' tells none."""
    counts: Counter[str] = Counter()
    for match in matches:
        heads = {entity.split(".")[0] for entity in match.entities}
        if match.kind in NAMING and len(heads) == 1:
            counts.update(head for head in heads if len(head) == 3)
    return counts


def _place(start: int, end: int, state: str) -> NameMatch:
    return NameMatch(Span(start, end), "territory", (state,), PLACE)


def _head(match: NameMatch) -> str:
    return match.entities[0].split(".")[0]


def _span(match: NameMatch) -> Span:
    return match.span
