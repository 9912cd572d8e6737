"""Pronouns and phrases that point back: "he", "they", "its", "the two sides", "the country".

Only the plainest cases are read. A pronoun means the first fitting party of its own sentence
before it, else of the nearest earlier sentence that has one; "the two sides" are the two states
whose people a report names first, else the two with which the last sentences began; "the council"
is the last one named; "I" and "we" within a statement mean its speaker, outside of
statements the signer whom the title names, or the government whose release it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final, NamedTuple

import msgspec

from chancery.model import Mention, Span, Statement
from chancery.read.phrases import Phrase, mention_words

POINTED: Final = 0.6
"""The score of a mention that only points back."""

TOLD: Final = 0.9
"""The score of "the council" and the like, which say of what sort the one is that they mean."""

STATE_CODE: Final = 3
"""Letters of a state's code; alliances and armed groups have longer ones."""

UNIONS: Final = frozenset({"EUR", "UNO"})
"""Codes as short as a state's of what no government rules."""

STATELESS: Final = frozenset({"IGO", "NGO", "MNC", "IMG", "ISM"})
"""What the codes of bodies and movements that belong to no one state begin with."""

LONGEST_MEMORY: Final = 3
"""How many sentences back an antecedent is looked for."""

_NEAR: Final = re.compile(r"(?:the\s+)?(?:[A-Z][\w.'’-]*\s+){0,3}")
"""What may stand between "statement by" and the name of who signs it: "the Deputy Spokesman"."""

_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Oo]ur|[Mm]y)\b")


class Named(NamedTuple):
    """A phrase of a sentence with what it was resolved to."""

    phrase: Phrase
    mentions: tuple[Mention, ...]

    @property
    def sort(self) -> str:
        """Say which pronoun fits: `person`, `group` or `thing`."""
        if self.phrase.kind in ("person", "unknown"):
            return "person"
        if self.phrase.kind in ("state", "body"):
            return "thing"
        role = self.phrase.role
        return "person" if role is not None and role.kind == "title" else "group"


class Memory:
    """What the sentences so far have named."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.sentences: list[list[Named]] = []
        self.heads: dict[str, Mention] = {}
        self.states: list[str] = []
        self.openers: list[Mention] = []

    def find(self, sentence: Span, here: Sequence[Named]) -> list[Mention]:
        """Return the mentions that a sentence's pronouns and pointing phrases make."""
        found: list[Mention] = []
        for match in _pattern().finditer(self.text, sentence.start, sentence.end):
            span = Span(match.start(), match.end())
            if any(named.phrase.span.overlaps(span) for named in here if not _is_vague(named)):
                continue
            before = [named for named in here if named.phrase.span < span]
            found += [
                Mention(span=span, actor=m.actor, name=m.name, score=POINTED if m.actor else 0.0)
                for m in (
                    self._pair()
                    if match["agreed"]
                    else self._antecedents(match.group().lower(), before)
                )
            ]
        return found + self._bodies(sentence, here)

    def _bodies(self, sentence: Span, here: Sequence[Named]) -> list[Mention]:
        """Return the bodies and groups that "the council" or "the armed group" stand for."""
        found = []
        for match in _bodies_pattern().finditer(self.text, sentence.start, sentence.end):
            span = Span(match.start(), match.end())
            if any(named.phrase.span.overlaps(span) for named in here if not _is_vague(named)):
                continue
            before = [named for named in here if named.phrase.span < span]
            meant = self._body(match["noun"].lower(), before, span)
            found += [Mention(span=span, actor=m.actor, name=m.name, score=TOLD) for m in meant]
        return found

    def _body(self, noun: str, before: Sequence[Named], span: Span) -> tuple[Mention, ...]:
        """Return the last body that a noun fits; none where one that is not named came since."""
        for sentence in (before, *reversed(self.sentences)):
            for named in reversed(sentence):
                if _fits(named, noun, self.text):
                    since = self.text[named.phrase.span.end : span.start]
                    other = re.search(
                        rf"\b(?:an?|another)\s(?:[\w-]+\s){{0,2}}{noun}\b", since, re.I
                    )
                    return () if other else named.mentions[:1]
        return ()

    def _antecedents(self, words: str, before: Sequence[Named]) -> tuple[Mention, ...]:
        lists = mention_words()
        if words in lists.pairs:
            pair = self._pair()
            governing = not lists.governing.isdisjoint(words.split())
            return tuple(map(_governing, pair)) if governing else pair
        if words in lists.country:
            return (Mention(span=Span(0, 0), actor=self.states[-1]),) if self.states else ()
        sort = next(kind for kind, forms in lists.pronouns.items() if words in forms)
        own = before if words not in lists.objects else ()
        found = self._latest(sort, own)
        return found or (self._pair() if sort == "group" else ())

    def _latest(self, sort: str, own: Sequence[Named]) -> tuple[Mention, ...]:
        for named_there in (own, *reversed(self.sentences[-LONGEST_MEMORY:])):
            for named in named_there:
                if named.sort == sort:
                    return named.mentions
        return ()

    def _pair(self) -> tuple[Mention, ...]:
        """Return the two states whose people were named first, if there are just such two."""
        pair = list(self.heads.values())[:2]
        return tuple(pair) if len(pair) == 2 else self._openers()

    def _openers(self) -> tuple[Mention, ...]:
        """Return the last two states, bodies or groups with which sentences began."""
        pair: dict[str, Mention] = {}
        for opener in reversed(self.openers[-LONGEST_MEMORY:]):
            if opener.actor and len(pair) < 2:
                pair.setdefault(opener.actor.split(".")[0], opener)
        return tuple(reversed(pair.values())) if len(pair) == 2 else ()

    def remember(self, here: Sequence[Named], pointing: Sequence[Mention] = ()) -> None:
        """Keep what a sentence has named, and pointed to, for those that follow."""
        told = [*(mention for named in here for mention in named.mentions), *pointing]
        self.openers += sorted(told, key=lambda mention: mention.span)[:1]
        if here:
            self.sentences.append(list(here))
        for named in here:
            for mention in named.mentions:
                if mention.actor:
                    state = mention.actor.split(".")[0]
                    self.states += [state] if named.sort == "thing" else []
                    if named.sort == "person" or (
                        named.phrase.kind == "role" and named.phrase.givers
                    ):
                        self.heads.setdefault(state, mention)


def _is_vague(named: Named) -> bool:
    """Say whether a phrase is a bare role, such as "leaders" in "the two leaders"."""
    return named.phrase.kind == "role" and not named.phrase.givers


def _governing(mention: Mention) -> Mention:
    """Return who governs the state of a mention: of its soldiers "the ministers" are not."""
    state, _, sector = (mention.actor or "").partition(".")
    if not sector or len(state) != STATE_CODE or state in UNIONS | STATELESS:
        return mention
    return msgspec.structs.replace(mention, actor=f"{state}.GOV")


def _fits(named: Named, noun: str, text: str) -> bool:
    """Say whether a noun can stand for a body or group: by its own name, or by its sort."""
    givers = named.phrase.givers
    if named.phrase.kind != "body" or not named.mentions or not named.mentions[0].actor:
        return False
    code = named.mentions[0].actor
    sorts = mention_words().bodies[noun]
    of_sort = any(code == sort or code.startswith(f"{sort}.") for sort in sorts)
    return (
        noun in named.phrase.span.of(text).lower().split()
        or of_sort
        or ("group" in sorts and givers[0].kind == "group")
    )


@cache
def _bodies_pattern() -> re.Pattern[str]:
    nouns = _any(mention_words().bodies)
    return re.compile(rf"\b[Tt]he\s(?:[a-z\d-]+\s){{0,2}}?(?P<noun>{nouns})\b(?!\s+of\b)")


@cache
def _pattern() -> re.Pattern[str]:
    lists = mention_words()
    words = [*lists.country, *(w for forms in lists.pronouns.values() for w in forms)]
    agreed = r"it(?=\s+was\s+(?:also\s+)?(?:agreed|decided))"
    # "The parties to the conflict", "the leaders of Mali and Niger" are told by what follows.
    pairs = rf"(?:{_any(lists.pairs)})\b(?!\s+(?:to\s+(?:the|this|that|an?)|of)\s)"
    return re.compile(rf"\b(?:(?P<agreed>{agreed})|{pairs}|{_any(words)})\b", re.IGNORECASE)


def _any(words: Iterable[str]) -> str:
    """Return the pattern of any of some words, the longest first."""
    return "|".join(map(re.escape, sorted(set(words), key=lambda word: (-len(word), word))))


def find_first_person(
    text: str,
    title_end: int,
    statements: Sequence[Statement],
    mentions: Sequence[Mention],
    issuer: str | None = None,
) -> list[Mention]:
    """Return what "I", "we", "our" and "my" mean: a statement's speaker, or the title's signer.

    Where the title names none it is the government whose release the text is (`issuer`, a code).
    """
    signer = _signer(text, title_end, mentions) or issuer
    found = []
    for match in _FIRST_PERSON.finditer(text, title_end):
        span = Span(match.start(), match.end())
        speaker = _speaker(span, statements)
        actor = speaker or (signer if not _is_quoted(span, statements) else None)
        if actor:
            found.append(Mention(span=span, actor=actor, score=POINTED))
    return found


def _speaker(span: Span, statements: Sequence[Statement]) -> str | None:
    around = [s for s in statements if s.content.covers(span) and s.mode != "indirect"]
    nearest = min(around, key=lambda s: s.content.end - s.content.start, default=None)
    return nearest.voice.actor if nearest else None


def _is_quoted(span: Span, statements: Sequence[Statement]) -> bool:
    return any(s.content.covers(span) for s in statements)


def _signer(text: str, title_end: int, mentions: Sequence[Mention]) -> str | None:
    """Return whose statement the text is by its title: "Statement by the President"."""
    match = _signed().match(text, 0, title_end)
    if not match:
        return None
    after = (m for m in mentions if m.actor and match.end() <= m.span.start < title_end)
    first = next(after, None)
    near = first and _NEAR.fullmatch(text, match.end(), first.span.start)
    return first.actor if first and near else None


@cache
def _signed() -> re.Pattern[str]:
    kinds = "|".join(sorted(mention_words().signed))
    return re.compile(rf"[^\n]*?\b(?:{kinds})(?:\b[^\n]*?\b(?:by|from)|\s+of)\s", re.IGNORECASE)
