"""Finds times that somebody was in office: "during the Trump administration", "under Yeltsin".

In: a text, its sentences and the lexicon, which has the offices of persons with their days. Out:
time expressions whose days are bounds: whatever was done then was done between them. They are of
type DURATION and their value is an interval; what leads to them lies in `data/terms.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, Final, TypeAlias

import msgspec

from chancery.lexicon import Lexicon, NameMatch
from chancery.model import Office, Span, TimeExpression, When
from chancery.read.sentences import Sentence

LEAD_REACH: Final = 60
"""Characters before a name in which "under former president" may stand."""

MOST_BEARERS: Final = 2
"""A surname of more persons than this says nothing of when."""

PERSONS: Final = frozenset({"person", "surname"})


def with_terms(
    text: str,
    sentences: Sequence[Sentence],
    times: Sequence[TimeExpression],
    lexicon: Lexicon,
    published: When,
) -> list[TimeExpression]:
    """Return the times of a text with those of terms in office, in order, none overlapping.

    Of a person's stretches in office only those count that began by the report's day; one that
    goes on then is open at its end.
    """
    words = term_words()
    if not words.hint.search(text):
        return list(times)
    taken = {place for time in times for place in range(time.span.start, time.span.end)}
    persons = [
        match
        for match in lexicon.find_names(text)
        if match.kind in PERSONS and len(match.entities) <= MOST_BEARERS
    ]
    found = [
        TimeExpression(span=span, type="DURATION", value=when.edtf(), when=when)
        for sentence in sentences
        for span, when in _in_sentence(text, sentence.span, persons, lexicon, published)
        if taken.isdisjoint(range(span.start, span.end))
    ]
    return sorted([*times, *found], key=lambda time: time.span)


def _in_sentence(
    text: str,
    sentence: Span,
    persons: Sequence[NameMatch],
    lexicon: Lexicon,
    published: When,
) -> Iterator[tuple[Span, When]]:
    here = [match for match in persons if sentence.covers(match.span)]
    for match in here:
        for span, posts, number in _named(text, sentence, match):
            yield from _dated(span, match, posts, number, lexicon, published)
    for found in term_words().own.finditer(text, sentence.start, sentence.end):
        span = Span(found.start("phrase"), found.end())
        holder = _holder(span, sentence, persons)
        if holder and found["noun"].lower() not in term_words().places:
            posts = (found["post"].lower(),) if found["post"] else _posts(found["noun"])
            yield from _dated(span, holder, posts, _number(found["number"]), lexicon, published)


def _named(
    text: str, sentence: Span, match: NameMatch
) -> Iterator[tuple[Span, tuple[str, ...], int]]:
    """Yield the phrase that a name makes a time of, with the posts it means and which term."""
    words = term_words()
    start = max(sentence.start, match.span.start - LEAD_REACH)
    lead = words.lead.search(text, start, match.span.start)
    if lead is None:
        return
    after = words.after.match(text, match.span.end, sentence.end)
    preposition = lead["lead"].lower()
    if after is None:
        opens = lead["lead"] == "Under" and text[match.span.end] == " "
        if preposition == "under" and (opens or not words.goes_on.match(text, match.span.end)):
            yield Span(lead.start("lead"), match.span.end), (), 0
        return
    if preposition == "in" and after["noun"].lower() in words.places:
        return
    posts, number = _posts(after["noun"]), _number(after["number"])
    yield Span(lead.start("phrase"), after.end()), posts, number


def _holder(span: Span, sentence: Span, persons: Sequence[NameMatch]) -> NameMatch | None:
    """Return whose "his" is: the last person named before, or the next where it comes first."""
    before = [match for match in persons if match.span.end <= span.start]
    after = [match for match in persons if span.end <= match.span.start < sentence.end]
    if after and not any(match.span.start >= sentence.start for match in before):
        return after[0]
    return before[-1] if before else None


def _posts(noun: str) -> tuple[str, ...]:
    return term_words().nouns[" ".join(noun.lower().split())]


def _number(word: str | None) -> int:
    return term_words().ordinals[word.lower()] if word else 0


def _dated(
    span: Span,
    match: NameMatch,
    posts: Sequence[str],
    number: int,
    lexicon: Lexicon,
    published: When,
) -> Iterator[tuple[Span, When]]:
    wanted = frozenset(posts) or term_words().heads
    stretches = [
        stretch
        for entity in match.entities
        if (actor := lexicon.actors.get(entity))
        for stretch in _stretches(actor.offices, wanted, number, published.last)
    ]
    if stretches:
        first = min(first for first, _ in stretches)
        ends = [last for _, last in stretches]
        last = None if None in ends else max(end for end in ends if end)
        yield span, When(first=first, last=last, basis="bounded", words=span)


Stretch: TypeAlias = tuple[date, date | None]


def _stretches(
    offices: Sequence[Office], posts: frozenset[str], number: int, today: date | None
) -> list[Stretch]:
    """Return from when until when somebody held any of some posts; of one term where it is known.

    Where no term has a known length, a first one lies in the first stretch, any other in all.
    """
    held = [
        (office.since, office)
        for office in offices
        if office.post in posts and office.since and (today is None or office.since <= today)
    ]
    held.sort(key=lambda item: item[0])
    stretches = [(first, office.until) for first, office in held]
    terms = [term for first, office in held for term in _terms(first, office)]
    if number and terms:
        stretches = terms[number - 1 : number]
    elif number == 1:
        stretches = stretches[:1]
    return [
        (first, None if last is None or (today and last > today) else last)
        for first, last in stretches
        if today is None or first <= today
    ]


def _terms(first: date, office: Office) -> Iterator[Stretch]:
    """Yield the terms within one stretch in office, where the length of a term is known."""
    years = term_words().lengths.get((office.code.partition(".")[0], office.post))
    while years:
        end = _years_after(first, years)
        if office.until is None or office.until <= end:
            yield first, office.until
            return
        yield first, end
        first = end


def _years_after(day: date, years: int) -> date:
    last = 28 if day.month == 2 else 31
    return day.replace(year=day.year + years, day=min(day.day, last))


# The table ---------------------------------------------------------------------------------------


class TermWords(msgspec.Struct, frozen=True):
    """The words of `data/terms.toml`, as patterns and look-ups."""

    heads: frozenset[str]
    nouns: Mapping[str, tuple[str, ...]]
    places: frozenset[str]
    ordinals: Mapping[str, int]
    lengths: Mapping[tuple[str, str], int]
    hint: re.Pattern[str]
    lead: re.Pattern[str]
    after: re.Pattern[str]
    goes_on: re.Pattern[str]
    own: re.Pattern[str]


def term_table() -> Mapping[str, Any]:
    """Load `data/terms.toml` with its examples."""
    source = resources.files("chancery.read") / "data" / "terms.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


@cache
def term_words() -> TermWords:
    """Return the words, loaded once per process."""
    table = term_table()
    heads = table["heads"]["posts"]
    nouns = _either(table["nouns"])
    number = rf"(?:(?P<number>{_either(table['ordinals'])})\s)?"
    return TermWords(
        heads=frozenset(heads),
        nouns={noun: tuple(posts) for noun, posts in table["nouns"].items()},
        places=frozenset(table["places"]["nouns"]),
        ordinals=table["ordinals"],
        lengths={(row["state"], row["post"]): row["years"] for row in table["length"]},
        hint=re.compile(rf"\b(?:[Uu]nder|{nouns})\b"),
        lead=re.compile(
            rf"(?<!\w)(?P<lead>[Dd]uring|[Tt]hroughout|[Uu]nder|[Ii]n)\s(?P<phrase>"
            rf"(?:the\s)?(?:(?:then|former|late|ex)[\s-])?(?:[A-Z][\w.]+\s){{0,2}}"
            rf"(?:(?:{_either(heads)}|Mr|Mrs|Ms)\.?\s)?)$"
        ),
        after=re.compile(rf"(?:['’]s?)?\s{number}(?P<noun>{nouns})\b", re.IGNORECASE),
        goes_on=re.compile(r"['’]|[\s-][A-Z]|-\w"),
        own=re.compile(
            rf"(?<!\w)(?:during|throughout|in)\s(?P<phrase>(?:his|her)\s{number}"
            rf"(?P<noun>{nouns})(?:\sas\s(?P<post>{_either(heads)}))?)\b",
            re.IGNORECASE,
        ),
    )


def _either(words: Iterable[str]) -> str:
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s") for word in ordered)
