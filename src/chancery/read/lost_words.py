"""Finds passages in which a denial seems to have been lost, most often in translation.

Three signs: words that are said only where something is denied or asked ("at all", "free or
fair"), a reproach whose reason is praise, and two sentences of which one denies what the other
says. The words lie in `data/traits.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from typing import Final, NamedTuple

from chancery.model import Span
from chancery.read.needs import Needs
from chancery.read.sentences import Sentence
from chancery.read.spellings import Doubt

OBJECT_WORDS: Final = 3
"""Words after a verb that must be alike for two sentences to speak of one thing."""


MOST_DENIALS: Final = 100
"""Different denials of a report for which the contrary is looked for."""


def find_lost_negations(text: str, sentences: Sequence[Sentence]) -> list[Doubt]:
    """Return what raises the doubt that a "not" has been lost, in order of the text."""
    doubts = [*_polar(text, sentences)]
    for sentence in sentences:
        doubts += _clashes(text, sentence.span)
    return sorted([*doubts, *_contradictions(text, sentences)])


def _polar(text: str, sentences: Sequence[Sentence]) -> Iterator[Doubt]:
    """Yield words that need a denial before them in their sentence, no question, and have none."""
    held = _needs().held(text)
    for pattern, reason in _tables().polar:
        if not _needs().met(pattern.pattern, held):
            continue
        for sentence in (one.span for one in sentences):
            for match in pattern.finditer(text, sentence.start, sentence.end):
                asked = sentence.of(text).rstrip("”\"’' ").endswith("?")
                if not asked and not _is_licensed(text[sentence.start : match.start()]):
                    yield Doubt(Span(*match.span()), reason)


def _is_licensed(before: str) -> bool:
    words = re.findall(r"n['’]t|\w+(?=n['’]t)|\w+", before.lower())
    licences = _tables().licences
    return any(word.replace("’", "'") in licences for word in words)


def _clashes(text: str, sentence: Span) -> Iterator[Doubt]:
    """Yield praise that is given as the reason or the wording of a reproach."""
    tables = _tables()
    reproach = tables.reproach.search(text, sentence.start, sentence.end)
    if reproach:
        for match in tables.praised.finditer(text, reproach.end(), sentence.end):
            between = text[reproach.end() : match.start("praise")]
            if tables.linked.search(between) and not tables.denied.search(between):
                yield Doubt(
                    Span(*match.span("praise")),
                    f"“{reproach[0]}” for what is called “{match['praise']}”",
                )
                break
    if tables.protest.search(text, sentence.start, sentence.end):
        assent = tables.assent.search(text, sentence.start, sentence.end)
        if assent:
            yield Doubt(Span(*assent.span()), f"a protest with which somebody {assent[0]}")


# One sentence denies what another says -----------------------------------------------------------


class _Denied(NamedTuple):
    """Who is said not to do what: subject, stem of the verb, and the words after it."""

    subject: str
    stem: str
    rest: tuple[str, ...]
    span: Span


_NOT: Final = re.compile(
    r"(?P<subject>[A-Za-z]+) (?P<aux>will|did|does|do|has|have|had|would|can) ?(?:not|n['’]t) "
    r"(?P<verb>[a-z]{3,}) (?P<rest>\w+(?: \w+){0,3})"
)
_NO: Final = re.compile(
    r"(?P<subject>[A-Za-z]+) (?P<verb>[a-z]{3,}(?: (?:down|up|out|off|in))?) no (?P<rest>\w+)"
)
_WORD: Final = re.compile(r"\w+")
_MARKS: Final = ("not ", "n't ", "n’t ", " no ")
_EMPTY: Final = frozenset({"the", "a", "an", "its", "their", "his", "her", "to"})


def _contradictions(text: str, sentences: Sequence[Sentence]) -> Iterator[Doubt]:
    """Yield what one sentence denies and another says; at most `MOST_DENIALS` are looked up."""
    told: list[list[str]] = []
    looked: set[tuple[str, str, tuple[str, ...]]] = set()
    for place, sentence in enumerate(sentences):
        for denied in _denials(text, sentence.span):
            key = (denied.subject, denied.stem, denied.rest)
            if key in looked or len(looked) >= MOST_DENIALS:
                continue
            looked.add(key)
            told = told or [_words(text, one.span) for one in sentences]
            others = (n for n, words in enumerate(told) if n != place and _says(words, denied))
            other = next(others, None)
            if other is not None:
                words = sentences[other].span.of(text)
                yield Doubt(denied.span, f"another sentence says the contrary: “{words[:80]}”")


def _words(text: str, sentence: Span) -> list[str]:
    return [match[0].lower() for match in _WORD.finditer(text, sentence.start, sentence.end)]


def _denials(text: str, sentence: Span) -> Iterator[_Denied]:
    words = sentence.of(text)
    if not any(mark in words for mark in _MARKS):
        return
    for pattern in (_NOT, _NO):
        for match in pattern.finditer(text, sentence.start, sentence.end):
            rest = tuple(w for w in match["rest"].lower().split() if w not in _EMPTY)
            subject = match["subject"].lower()
            if rest and subject not in _PRONOUNS:
                yield _Denied(
                    subject, _stem(match["verb"]), rest[:OBJECT_WORDS], Span(*match.span())
                )


_DENYING: Final = frozenset(
    {"not", "t", "never", "no", "nor", "neither", "refused", "refuses", "failed", "denied", "if"}
)
_PRONOUNS: Final = frozenset(
    {"he", "she", "it", "they", "we", "i", "you", "that", "which", "who", "this", "there", "and"}
)


def _stem(verb: str) -> str:
    first = verb.split()[0]
    return first[:-1] if first.endswith(("e", "y")) else first


def _says(words: Sequence[str], denied: _Denied) -> bool:
    """Say whether a sentence says of the same subject what the other denies, and denies nothing."""
    for place, word in enumerate(words[:-2]):
        if word != denied.subject:
            continue
        after = [w for w in words[place + 1 : place + 9] if w not in _EMPTY]
        if _DENYING.intersection(after[:4]):
            continue
        while after and after[0] in {"will", "has", "have", "had", "would", "also", "did"}:
            after = after[1:]
        while len(after) > 1 and after[1] in {"down", "up", "out", "off", "in"}:
            after = [after[0], *after[2:]]
        if after and after[0].startswith(denied.stem):
            rest = tuple(after[1 : 1 + len(denied.rest)])
            shared = min(2, len(denied.rest))
            if rest[:shared] == denied.rest[:shared]:
                return True
    return False


# The table ---------------------------------------------------------------------------------------


class _Tables(NamedTuple):
    polar: tuple[tuple[re.Pattern[str], str], ...]
    licences: frozenset[str]
    reproach: re.Pattern[str]
    praised: re.Pattern[str]
    linked: re.Pattern[str]
    denied: re.Pattern[str]
    protest: re.Pattern[str]
    assent: re.Pattern[str]


@cache
def _needs() -> Needs:
    return Needs(pattern.pattern for pattern, _ in _tables().polar)


@cache
def _tables() -> _Tables:
    source = resources.files("chancery.read") / "data" / "traits.toml"
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    clash = table["clash"]
    praises = "|".join(clash["praises"].split())
    return _Tables(
        polar=tuple(
            (re.compile(row["pattern"].replace(" ", r"\s")), row["reason"])
            for row in table["polar"]
        ),
        licences=frozenset(table["negation"]["licences"].split()),
        reproach=re.compile(rf"\b(?:{'|'.join(clash['reproaches'].split())})\b"),
        praised=re.compile(
            rf"\b(?:as|was|were|is|are|been|be|called|considered|could \w+|can \w+)\s(?:\w+ly\s)?"
            rf"(?:\w+(?:,|\sand)\s){{0,2}}(?P<praise>{praises})\b(?!\s(?:by|for|from|to)\b)"
        ),
        linked=re.compile(rf"\b(?:{'|'.join(clash['links'].split())})\b(?!\s(?:for|on|upon)\b)"),
        denied=re.compile(
            r"\b(?:not|no|never|neither|nor|unless|until|whether|if|less|hardly|without|un\w+"
            r"|should|must|demand\w*|insist\w*|but)\b|n['’]t"
        ),
        protest=re.compile("|".join(map(re.escape, clash["reproach_before"]))),
        assent=re.compile("|".join(map(re.escape, clash["assents"]))),
    )
