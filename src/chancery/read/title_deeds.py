"""The meeting or call that an official release is about, as its title tells it.

A government's own releases are titled by what its office did: "Telephone conversation with the
president of …", "Readout of the minister's call with …". The publisher is one party, though a
title seldom says so; who stands after "with" is the other. Some name both: "Talks between A and B".

The forms lie in `data/title_deeds.toml`; what follows for claims is in `title_claims.py`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from itertools import takewhile
from typing import Final, NamedTuple

import msgspec

from chancery.model import Mention, Report, Span
from chancery.read.listed import listed_after
from chancery.read.states import state_of

OFFICE: Final = "GOV"
"""The sector of who publishes: a release of an office tells what the office did."""

WITH: Final = r"\s+with\b"
SIGNED: Final = "signed"
"""The kind of form in which those named before the deed are the publisher's own people."""

ANNOUNCED: Final = "announced"
"""The same, where the deed may be to come."""

JOINT: Final = "joint"
"""The kind of form that names all who took part, the publisher among them."""

_SIGNED: Final = re.compile(r"\b(?:of|from|on)\s+(?P<who>[A-Z].*?)(?:['’]s?)?\s+$")


class Form(NamedTuple):
    """One way in which a title tells a deed of a frame.

    The words of group `deed` name it. The other party stands after all of it, or within its group
    `party`: "at the … summit". Of a `joint` form that group names all who took part. What stands
    in its group `said` is a sentence of its own: "There is hope - President after talks with …".
    """

    pattern: re.Pattern[str]
    frame: str
    kind: str

    def of(self, report: Report) -> MetForm | None:
        """Return what this form has for what in a report's title."""
        met = self.pattern.match(report.text, 0, len(report.title))
        if met is None:
            return None
        groups = met.groupdict()
        party = Span(*met.span("party")) if groups.get("party") else None
        said = met.end("said") if groups.get("said") else 0
        if title_table().ahead.search(report.text, said, met.end("deed")):
            return None
        return MetForm(Span(*met.span("deed")), party, said, met.end())


class MetForm(NamedTuple):
    """A form met in a title: the deed's words, the place of the party, where it begins and ends."""

    deed: Span
    party: Span | None
    start: int
    end: int

    @property
    def led(self) -> Span:
        """Return what stands before the deed and the party: who did it."""
        first = min(self.deed, self.party or self.deed).start
        return Span(self.start, max(first, self.start))


class Table(NamedTuple):
    """The forms of titles, and what follows from one.

    `talks` are the words of talks by frame, `opening` how a sentence of the body begins with one.
    """

    forms: tuple[Form, ...]
    opening: str
    talks: Mapping[str, str]
    ahead: re.Pattern[str]
    several: re.Pattern[str]
    single: re.Pattern[str]
    stretch: re.Pattern[str]
    posts: re.Pattern[str]
    private: re.Pattern[str]
    said: re.Pattern[str]
    story_days: int
    near_days: int
    score: float


class TitleDeed(NamedTuple):
    """What a title tells: the words of the deed, its frame, the publisher, the other parties.

    Where they met `apart`, each of the others met the publisher alone. What is `announced` may be
    to come: only the body tells whether it was held.
    """

    trigger: Span
    frame: str
    own: Mention
    others: tuple[Mention, ...]
    apart: bool
    announced: bool


@cache
def title_table() -> Table:
    """Load the table, once per process."""
    source = resources.files("chancery.read") / "data" / "title_deeds.toml"
    read = tomllib.loads(source.read_text(encoding="utf-8"))
    forms = []
    for frame, words in read["deeds"].items():
        told = SIGNED if frame in read["statement_frames"] else ANNOUNCED
        forms += [_form(one + WITH, words, frame, SIGNED) for one in read["readouts"]]
        forms += [_form(one + WITH, words, frame, told) for one in read["statements"]]
        forms += [_form(one + WITH, words, frame) for one in read["forms"]]
        forms += [_form(one + WITH, words, frame) for one in read["occasions"]]
    for frame, words in read["deed_verbs"].items():
        forms += [_form(one, words, frame) for one in read["verbs"]]
    for frame, words in read["gatherings"].items():
        forms += [_form(one, words, frame) for one in read["speeches"]]
    for frame, words in {**read["deeds"], **read["gatherings"]}.items():
        forms += [_form(one, words, frame, JOINT) for one in read["joint"]]
    return Table(
        forms=tuple(forms),
        opening=read["opening"],
        talks=read["deeds"],
        ahead=re.compile(read["ahead"], re.IGNORECASE),
        several=re.compile(read["several"], re.IGNORECASE),
        single=re.compile(read["single"], re.IGNORECASE),
        stretch=re.compile(read["stretch"]),
        posts=re.compile(read["posts"], re.IGNORECASE),
        private=re.compile(read["private"], re.IGNORECASE),
        said=re.compile(read["said"], re.IGNORECASE),
        story_days=read["story_days"],
        near_days=read["near_days"],
        score=read["score"],
    )


def _form(form: str, words: str, frame: str, kind: str = "") -> Form:
    pattern = form.replace("{deed}", rf"(?P<deed>\b(?:{words}))")
    return Form(re.compile(pattern, re.IGNORECASE), frame, kind)


def find_title_deed(report: Report, state: str, mentions: Sequence[Mention]) -> TitleDeed | None:
    """Return the meeting or call that the title of a state's release tells in one of the forms."""
    for form in title_table().forms:
        met = form.of(report)
        deed = met and _deed_of(report, state, mentions, form, met)
        if deed:
            return deed
    return None


def _deed_of(
    report: Report, state: str, mentions: Sequence[Mention], form: Form, met: MetForm
) -> TitleDeed | None:
    named = [one for one in mentions if one.actor and one.span.end <= len(report.title)]
    office = f"{state}.{OFFICE}"
    own = next((one for one in mentions if one.actor == office), None)
    if form.kind in (SIGNED, ANNOUNCED):
        own = own or _signed_by(report, met, office)
    elif any(not _is_of(one, state) for one in named if met.led.covers(one.span)):
        return None
    if met.party:
        others = [one for one in named if met.party.start <= one.span.start < met.party.end]
    else:
        beside = listed_after(report.text, met.end, named)
        others = list(takewhile(lambda one: not _is_of(one, state), beside))
        others = others or list(_at_post(report, met.end, named))
    if form.kind == JOINT:
        ours = [one for one in others if _is_of(one, state)]
        if not ours:
            return None
        own = own or ours[0]
        others = [one for one in others if one not in ours]
    if own is None or not others or any(_is_of(one, state) for one in others):
        return None
    several = title_table().several.fullmatch(met.deed.of(report.text)) is not None
    return TitleDeed(
        trigger=met.deed,
        frame=form.frame,
        own=msgspec.structs.replace(own, candidates=()),
        others=_plain_once(others),
        apart=several and form.kind != JOINT,
        announced=form.kind == ANNOUNCED,
    )


def _signed_by(report: Report, met: MetForm, office: str) -> Mention | None:
    """Return the person whose deed a readout is of, where nobody else of the office is named.

    "Readout of the Deputy Adviser's call": who stands before the deed is of the publisher.
    """
    words = _SIGNED.search(report.title, met.start, met.led.end)
    if words is None:
        return None
    return Mention(span=Span(*words.span("who")), actor=office, score=title_table().score)


def _is_of(party: Mention, state: str) -> bool:
    return state_of(party.actor or "") == state


def _plain_once(parties: Sequence[Mention]) -> tuple[Mention, ...]:
    """Leave out a state's bare name where somebody of that state is named: "X of Chad"."""
    told = {state_of(one.actor or "") for one in parties if one.actor != state_of(one.actor or "")}
    return tuple(one for one in parties if one.actor not in told)


def _at_post(report: Report, after: int, named: Sequence[Mention]) -> Iterator[Mention]:
    """Yield who holds a post that is told at length: "with the Director of the Cabinet of Chad".

    One state alone is named there, and it is that of the post.
    """
    table = title_table()
    stretch = table.stretch.match(report.text, after, len(report.title))
    if stretch is None or not table.posts.search(stretch[0]) or table.private.search(stretch[0]):
        return
    within = [one for one in named if Span(*stretch.span()).covers(one.span)]
    if len({state_of(one.actor or "") for one in within}) == 1:
        yield within[0]
