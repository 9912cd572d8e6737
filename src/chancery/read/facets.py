"""Tells what the words for an anonymous voice say: how many, what rank, of what body, and why.

In: a text, its sentences and the words that name its voices. Out: `Facets`, one for each
description of an anonymous voice; the words are kept as they stand. Descriptions that may be one
source under several labels are proposed, with the reason, and never merged. The words lie in
`data/facets.toml`.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Final, NamedTuple

from chancery.model import Facets, SameSource, Span, Tenure
from chancery.read.sentences import Sentence

REACH: Final = 90
"""Characters before and after the speaker's words in which the description may go on."""

_WORD: Final = re.compile(r"[\w’'-]+")
_TAIL: Final = re.compile(
    r",?\s(?:who|speaking|whom)\s[^,.;:“”\"]{3,120}|\s(?:to|with)\s[^,.;:]{3,60}"
)


def find_facets(text: str, sentences: Sequence[Sentence], voices: Iterable[Span]) -> list[Facets]:
    """Return the facets of the anonymous voices of a text, in order, each description once.

    `voices` are the words that name those who speak: of statements and of nested voices.
    """
    found: dict[int, Facets] = {}
    starts = [sentence.span.start for sentence in sentences]
    for name in sorted(set(voices)):
        place = bisect_right(starts, name.start) - 1
        inside = place >= 0 and sentences[place].span.covers(name)
        description = _described(text, sentences[place].span, name) if inside else None
        if description:
            found.setdefault(description.start, _facets(text, description))
    return [found[start] for start in sorted(found)]


def facets_of(text: str, description: Span) -> Facets:
    """Return the facets of one description, such as a voice's `name`."""
    return _facets(text, description)


# Where a description begins and ends -------------------------------------------------------------


def _described(text: str, sentence: Span, name: Span) -> Span | None:
    """Return the whole of a description, or none where the words name a person or no people.

    The speaker's words may be its end alone: "Two people briefed on the matter".
    """
    tables = facet_words()
    span = name if _has_head(text, name) else _widened(text, sentence, name)
    if span is None:
        return None
    before = tables.before.search(text, max(sentence.start, span.start - REACH), span.start)
    if before:
        span = Span(before.start("all"), span.end)
    tail = _TAIL.match(text, span.end, min(sentence.end, span.end + REACH))
    if tail and not _TOLD.search(tail[0]) and _is_apart(text, span, tail):
        span = Span(span.start, tail.end())
    return span


_TOLD: Final = re.compile(r"\b(?:said|says|told|tells|added|wrote)\b")


def _is_apart(text: str, span: Span, tail: re.Match[str]) -> bool:
    """Say whether words after a description still belong to it: "… who were not authorised to"."""
    opens = tail[0].lstrip(" ,").startswith(("who", "whom", "speaking"))
    return opens or text[span.start : span.end].split()[-1].lower() in {"authorised", "authorized"}


def _has_head(text: str, span: Span) -> bool:
    """Say whether a description has a noun of people for its head and no name beside it."""
    tables = facet_words()
    head = _head(text, span)
    if head is None:
        return False
    after = text[head.end() : min(span.end, head.end() + 40)]
    if re.match(r"\s+[A-Z]\w+", after):
        return False
    words = text[span.start : head.start()].split()
    definite = words[:1] in (["the"], ["The"]) and head[0].lower() in tables.one
    alone = not tables.unique.isdisjoint(word.lower() for word in words)
    return not (definite and (alone or head[0].lower() in tables.single_office))


def _head(text: str, span: Span) -> re.Match[str] | None:
    """Return the first noun of people in a description that a preposition or nothing follows."""
    tables = facet_words()
    matches = list(_WORD.finditer(text, span.start, span.end))
    for place, match in enumerate(matches):
        word = match[0].lower().removeprefix("ex-")
        if word not in tables.one | tables.several:
            continue
        if place + 1 == len(matches):
            return match
        gap = text[match.end() : matches[place + 1].start()]
        if "," in gap or matches[place + 1][0].lower() in tables.tails:
            return match
        if matches[place + 1][0].lower().removeprefix("ex-") not in tables.one | tables.several:
            return match
    return None


def _widened(text: str, sentence: Span, name: Span) -> Span | None:
    """Return the noun of people, and what belongs to it, that stands right before some words."""
    start = max(sentence.start, name.start - REACH)
    found = None
    for match in facet_words().headed.finditer(text, start, name.start):
        if match.end() == name.start:
            found = match
    if found is None:
        return None
    return Span(found.start("head"), name.end)


# Facets ------------------------------------------------------------------------------------------


def _facets(text: str, description: Span) -> Facets:
    words = description.of(text)
    lower = words.lower().replace("’", "'")
    head = _head(text, description)
    end = head.end() if head else description.end
    return Facets(
        description=description,
        number=_number(lower, head[0].lower() if head else ""),
        rank=_find(facet_words().rank, text, description.start, end),
        institution=_institution(text, description, head),
        tenure=_tenure(text[description.start : end].lower()),
        reason=_reason(text, description),
    )


def _number(lower: str, head: str) -> str | None:
    for pattern, value in facet_words().numbers:
        if pattern.match(lower):
            return value
    if head.removeprefix("ex-") in facet_words().one:
        return "one"
    return "several" if head in facet_words().several else None


def _find(pattern: re.Pattern[str], text: str, start: int, end: int) -> Span | None:
    match = pattern.search(text, start, end)
    return Span(*match.span()) if match else None


def _tenure(words: str) -> Tenure | None:
    for value, pattern in facet_words().tenures:
        if pattern.search(words):
            return value
    return None


def _institution(text: str, description: Span, head: re.Match[str] | None) -> Span | None:
    """Return the body before the head ("a defence ministry source"), else the one after it."""
    if head is None:
        return None
    tables = facet_words()
    found = tables.body_before.search(text, description.start, head.start())
    if found:
        return Span(*found.span("body"))
    comma = text.find(",", head.end(), description.end)
    after = tables.body_after.match(text, head.end(), comma if comma > 0 else description.end)
    return Span(*after.span("body")) if after else None


def _reason(text: str, description: Span) -> Span | None:
    tables = facet_words()
    alone = tables.reason_alone.search(text, description.start, description.end)
    if alone:
        return Span(*alone.span("why"))
    led = tables.reason_led.search(text, description.start, description.end)
    return Span(*led.span("why")) if led else None


# One source under several labels -----------------------------------------------------------------


def propose_same(report: str, text: str, facets: Sequence[Facets]) -> list[SameSource]:
    """Return which descriptions may mean one source, each with the latest earlier one that fits.

    `report` is the id of the report whose text it is.
    """
    proposed: list[SameSource] = []
    for index, later in enumerate(facets):
        for earlier in reversed(facets[:index]):
            reason = _reason_for_same(text, earlier, later)
            if reason:
                first, second = earlier.description, later.description
                name = SameSource.make_id(report=report, first=first, second=second)
                proposed.append(
                    SameSource(id=name, report=report, first=first, second=second, reason=reason)
                )
                break
    return proposed


def _reason_for_same(text: str, earlier: Facets, later: Facets) -> str:
    """Say why two descriptions may mean one source, or nothing where they cannot or need not."""
    if not _agree(text, earlier, later):
        return ""
    one, two = _content(text, earlier.description), _content(text, later.description)
    first, second = earlier.description.of(text), later.description.of(text)
    points = second.lower().startswith(("the ", "that ", "those ", "these "))
    if points and two and (two <= one or (one <= two and later.tenure == earlier.tenure)):
        return f"“{second}” takes up the words of “{first}”"
    groups = _groups(one) & _groups(two)
    if groups and (points or not _is_counted(later)) and one != two:
        return f"“{first}” and “{second}” both are of {min(groups)}"
    return ""


def _agree(text: str, earlier: Facets, later: Facets) -> bool:
    """Say whether no facet of the later description speaks against its being the earlier one."""
    if (earlier.number == "one") != (later.number == "one"):
        return False
    vague = {"several", "some", None}
    if later.number != earlier.number and vague.isdisjoint((later.number, earlier.number)):
        return False
    if later.tenure and earlier.tenure not in (later.tenure, "both"):
        return False
    return not (
        later.rank and earlier.rank and later.rank.of(text).lower() != earlier.rank.of(text).lower()
    )


def _is_counted(facets: Facets) -> bool:
    return facets.number not in ("several", "some", None)


def _content(text: str, span: Span) -> frozenset[str]:
    """Return the words of a description that tell something, heads cut to their singular."""
    words = (match[0].lower() for match in _WORD.finditer(text, span.start, span.end))
    return frozenset(word.removesuffix("s") for word in words if word not in _EMPTY)


_EMPTY: Final = frozenset(
    {"the", "a", "an", "one", "two", "three", "several", "some", "that", "those", "who", "of", "in"}
)


def _groups(words: frozenset[str]) -> frozenset[str]:
    return frozenset(
        name for name, members in facet_words().groups.items() if not members.isdisjoint(words)
    )


# The table ---------------------------------------------------------------------------------------


class FacetWords(NamedTuple):
    """The words of `data/facets.toml`, as sets and patterns."""

    numbers: tuple[tuple[re.Pattern[str], str], ...]
    rank: re.Pattern[str]
    tenures: tuple[tuple[Tenure, re.Pattern[str]], ...]
    body_before: re.Pattern[str]
    body_after: re.Pattern[str]
    one: frozenset[str]
    several: frozenset[str]
    single_office: frozenset[str]
    unique: frozenset[str]
    tails: frozenset[str]
    headed: re.Pattern[str]
    before: re.Pattern[str]
    reason_alone: re.Pattern[str]
    reason_led: re.Pattern[str]
    groups: Mapping[str, frozenset[str]]


@cache
def facet_words() -> FacetWords:
    """Load the table, once per process."""
    source = resources.files("chancery.read") / "data" / "facets.toml"
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    numbers = [(word, value) for value, words in table["number"].items() for word in words]
    numbers.sort(key=lambda item: (-len(item[0]), item[0]))
    one, several = frozenset(table["heads"]["one"].split()), table["heads"]["several"].split()
    heads = _either([*one, *several])
    nouns = _either(table["institution"]["nouns"].split())
    names = _either(table["institution"]["names"].split())
    modifier = r"(?!(?i:the|an?|one|two|several|senior|former|top|current|junior)\b)[\w’'-]+\s"
    tails = table["heads"]["tails"].split()
    tenure = table["tenure"]
    quantity = _either([word for word, _ in numbers if word not in ("one",)])
    return FacetWords(
        numbers=tuple((re.compile(rf"(?:the\s)?{word}\b"), value) for word, value in numbers),
        rank=re.compile(rf"(?i)\b(?:{_either(table['rank']['words'])})(?=\s)"),
        tenures=(
            ("both", re.compile(rf"\b(?:{_either(tenure['both'])})\b")),
            ("former", re.compile(rf"\b(?:{_either(tenure['former'])})(?=\s|-)")),
            ("current", re.compile(rf"\b(?:{_either(tenure['current'])})\b")),
        ),
        body_before=re.compile(
            rf"(?<![\w’'-])(?P<body>(?:{modifier}){{0,4}}?(?:(?i:{nouns})|{names}))(?:[’']s)?\s"
            rf"(?=(?:[\w-]+\s){{0,1}}$)|(?P<end>(?!))"
        ),
        body_after=re.compile(
            rf"\s(?:{_either(table['institution']['prepositions'].split())})\s"
            rf"(?P<body>(?:(?:the|his|her|their|its|an?)\s)?(?:[\w’'.-]+\s){{0,5}}?"
            rf"(?:(?i:{nouns})|{names})(?:\sof(?:\s[A-Z][\w’'-]+)+)?)\b"
        ),
        one=one,
        several=frozenset(several),
        single_office=frozenset(table["heads"]["offices"].split()),
        unique=frozenset(table["heads"]["unique"].split()),
        tails=frozenset(tails),
        headed=re.compile(
            rf"(?P<head>(?:(?:the|an?|{quantity}|one)\s)?(?:[\w’'-]+\s){{0,3}}?(?:{heads})\s"
            rf"(?:(?:{_either(tails)})\s)(?:[\w’'-]+\s){{0,4}})$",
            re.IGNORECASE,
        ),
        before=re.compile(
            rf"(?P<all>\b(?:(?:(?:the|an?|{quantity})\s)?(?:current|serving|past)\sand\s"
            rf"|(?:{quantity})\s(?:of\s)?))$",
            re.IGNORECASE,
        ),
        reason_alone=re.compile(
            rf"(?i)\b(?P<why>(?:{_either(table['reason']['alone'])})\s[^,.;]{{3,80}})"
        ),
        reason_led=re.compile(
            rf"(?i)\b(?:{_either(table['reason']['leads'])})\s"
            rf"(?P<why>(?:{_either(table['reason']['opens'])})\s[^,.;]{{3,100}})"
        ),
        groups={
            group["name"]: frozenset(word.removesuffix("s") for word in group["words"])
            for group in table["group"]
        },
    )


def _either(words: Sequence[str]) -> str:
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s") for word in ordered)
