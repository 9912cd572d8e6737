"""The claims of an official release, with the meeting or call that its title tells.

Mostly the body tells it too, in its first sentence: on the day of the release, or on one that the
sentence names. Where the body gives some of the parties only, the others are filled in; where it
gives one that is talked about ("spoke about Chad"), that one goes; where it was not understood, or
tells of another meeting only, the title tells it. Calls with each of several leaders are as many.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Final, NamedTuple

import msgspec

from chancery.model import Claim, Frame, Mention, Report, Span, TimeExpression, When
from chancery.read.contexts import contexts_of
from chancery.read.listed import BETWEEN, SHARED, TITLES, with_sides
from chancery.read.sentences import Sentence
from chancery.read.states import state_of
from chancery.read.title_deeds import TitleDeed, title_table
from chancery.read.whens import looks_back

TOLD: Final = frozenset({"happened", "ongoing"})

_JOINED: Final = re.compile(rf"(?:{BETWEEN.pattern}|\s(?:with|between|by)\s+{TITLES})$")
"""What stands before a party that takes part, and is no mere topic."""

REACH: Final = 60
"""Characters before a party in which the word that brings it in is looked for."""


class TitleTold(NamedTuple):
    """A title's deed with its frame and day, the body's first sentence, and the run that reads."""

    report: Report
    deed: TitleDeed
    frame: Frame
    when: When
    opening: Span
    run: str

    def claims_with(self, claims: Sequence[Claim]) -> list[Claim]:
        """Return a report's claims, sorted, with the deed that its title tells on a day."""
        found = list(claims)
        for others in self._companies(claims):
            self._tell(found, others)
        return sorted(found, key=lambda claim: (claim.trigger, claim.id))

    def _companies(self, claims: Sequence[Claim]) -> list[tuple[Mention, ...]]:
        """Return with whom the publisher met at once: with all, or with those of each state.

        The body may know better: "had a telephone conversation with A and B" was one.
        """
        if not self.deed.apart or any(self._is_one(claim) for claim in claims):
            return [self.deed.others]
        of_state: dict[str, list[Mention]] = {}
        for one in self.deed.others:
            of_state.setdefault(state_of(one.actor or ""), []).append(one)
        return [tuple(some) for some in of_state.values()]

    def _is_one(self, claim: Claim) -> bool:
        theirs = {state_of(one.actor or "") for one in self.deed.others}
        single = title_table().single.search(claim.trigger.of(self.report.text))
        return single is not None and self._opens(claim) and theirs <= parties(claim)

    def _opens(self, claim: Claim) -> bool:
        return self.opening.covers(claim.trigger)

    def _tell(self, found: list[Claim], others: tuple[Mention, ...]) -> None:
        wanted = {state_of(one.actor or "") for one in (self.deed.own, *others)}
        self._tell_to(found, others, wanted)
        told = [one for one in found if self._may_tell(one)]
        if any(wanted <= parties(one) for one in told):
            # What the title tells of it in part says no more.
            less = [one for one in told if self._is_title(one) and parties(one) < wanted]
            found[:] = [one for one in found if one not in less]

    def _is_title(self, claim: Claim) -> bool:
        return claim.trigger.end <= len(self.report.title)

    def _tell_to(self, found: list[Claim], others: tuple[Mention, ...], wanted: set[str]) -> None:
        told = [one for one in found if self._may_tell(one)]
        opening = [one for one in told if self._opens(one)]
        best = next((one for one in opening if parties(one) == wanted), None)
        if best:
            found[found.index(best)] = self._dated(best)
            return
        wider = next((one for one in opening if wanted < parties(one)), None)
        if wider:
            found[found.index(wider)] = self._dated(self._of(wider, wanted))
            if self._parts(wider):
                found += self._rest(wider, wanted)
            return
        partial = next((one for one in told if self._lacks_some(one, others, wanted, told)), None)
        elsewhere = any(wanted <= parties(one) and self._on_the_day(one) for one in told)
        if partial and (partial in opening or not elsewhere):
            found[found.index(partial)] = self._dated(self._completed(partial, others))
        elif not (elsewhere or self.deed.announced):
            found.append(self._claim(others))

    def _may_tell(self, claim: Claim) -> bool:
        """Say whether a claim is of the kind and the days of the title's deed."""
        modes = {claim.mode, self.frame.mode} - {None}
        if claim.type != self.frame.type or claim.standing not in TOLD or len(modes) > 1:
            return False
        day, told = self.when.first, claim.when.last
        return not (day and told) or abs((day - told).days) <= title_table().near_days

    def _on_the_day(self, claim: Claim) -> bool:
        return claim.when.first == claim.when.last == self.when.last

    def _dated(self, claim: Claim) -> Claim:
        """Return a claim on the title's day, where the words give it none."""
        when = claim.when
        if when.known and (when.words or when.first == when.last):
            return claim
        return msgspec.structs.replace(claim, when=self.when)

    def _parts(self, claim: Claim) -> bool:
        """Say whether a claim that names several sums up a talk with each."""
        return self.deed.apart and not self._is_one(claim)

    def _of(self, claim: Claim, wanted: set[str]) -> Claim:
        """Return a claim without the parties that are only talked about.

        Of calls with several, with none of the others.
        """
        sides = [
            tuple(
                one
                for one in side
                if state_of(one.actor or "") in wanted
                or not (self._parts(claim) or self._is_topic(one))
            )
            for side in (claim.actors, claim.targets)
        ]
        return with_sides(claim, *sides)

    def _rest(self, claim: Claim, wanted: set[str]) -> Iterator[Claim]:
        """Yield what else a claim of calls with several tells: those with the others."""
        own = state_of(self.deed.own.actor or "")
        left = parties(claim) - wanted
        if left:
            sides = [
                tuple(one for one in side if state_of(one.actor or "") in left | {own})
                for side in (claim.actors, claim.targets)
            ]
            yield with_sides(claim, *sides)

    def _is_topic(self, party: Mention) -> bool:
        """Say whether words name somebody whom neither the title nor a list of guests names."""
        start = party.span.start
        title = self.report.title.casefold()
        words = self.report.text[max(self.opening.start, start - REACH) : start]
        return party.span.of(self.report.text).casefold() not in title and not _JOINED.search(words)

    def _lacks_some(
        self,
        claim: Claim,
        others: Sequence[Mention],
        wanted: set[str],
        told: Sequence[Claim],
    ) -> bool:
        """Say whether a claim tells the title's deed with some parties, and leaves others unsaid.

        That the publisher alone did something of the kind is told of the title's deed only by the
        first such claim: it meets its own people too. So it is for one of several others.
        """
        known = parties(claim)
        if not known < wanted:
            return False
        theirs = {state_of(one.actor or "") for one in others}
        return known == theirs or claim is told[0]

    def _completed(self, claim: Claim, others: Sequence[Mention]) -> Claim:
        """Return a claim with all parties in place of those that are known."""
        own = state_of(self.deed.own.actor or "")
        said = [one for one in (*claim.actors, *claim.targets) if one.actor]
        ours = tuple(one for one in said if state_of(one.actor or "") == own)
        theirs = {state_of(one.actor or ""): one for one in (*others, *said)}
        theirs.pop(own, None)
        return with_sides(claim, ours or (self.deed.own,), tuple(theirs.values()))

    def _claim(self, others: tuple[Mention, ...]) -> Claim:
        report, deed, frame = self.report, self.deed, self.frame
        actors = (deed.own,)
        return Claim(
            id=Claim.make_id(
                report=report.id, frame=frame.id, trigger=deed.trigger,
                actors=actors, targets=others,
            ),
            report=report.id, frame=frame.id, type=frame.type, mode=frame.mode, cameo=frame.cameo,
            words=Span(0, len(report.title)), trigger=deed.trigger,
            actors=actors, targets=others,
            when=self.when,
            contexts=contexts_of(report.text, Span(0, len(report.title))),
            score=title_table().score,
            run=self.run,
        )  # fmt: skip


def parties(claim: Claim) -> set[str]:
    """Return the states and bodies that take part in a deed, those of them that are known."""
    return {state_of(one.actor) for one in (*claim.actors, *claim.targets) if one.actor}


def opening_of(report: Report, sentences: Sequence[Sentence]) -> Span:
    """Return the first sentence of a report's body; an empty span where there is none."""
    body = next((one for one in sentences if one.span.start >= len(report.title)), None)
    return body.span if body else Span(0, 0)


def occasion_of(report: Report, sentences: Sequence[Sentence]) -> Span:
    """Return the body's second sentence, where it only says on which occasion the first was said.

    "This was stated by the President after talks with her." An empty span where there is none.
    """
    body = [one for one in sentences if one.span.start >= len(report.title)][1:2]
    told = body and title_table().said.search(body[0].span.of(report.text))
    return body[0].span if told else Span(0, 0)


def day_of_title(report: Report, opening: Span, times: Sequence[TimeExpression]) -> When:
    """Return the day that the first sentence of the body names, if near; else the release's own."""
    published = report.published.first
    for time in times:
        first = time.when.first
        if not (opening.covers(time.span) and first and first == time.when.last):
            continue
        if published and timedelta(0) <= published - first <= timedelta(title_table().story_days):
            return time.when
    return own_day(report)


def own_day(report: Report) -> When:
    """Return the day of a report as that of what it tells."""
    return When(first=report.published.first, last=report.published.last, basis="published")


def on_own_day(report: Report, opening: Span, claim: Claim) -> Claim:
    """Return a claim on the day of its release, if it is the meeting that this opens with.

    Whatever other days a release goes on to name, what its opening tells as done, without a day
    and without looking back, was done on its own.
    """
    when = claim.when
    bounded = when.basis == "bounded" and not when.words
    if not (bounded and claim.type == SHARED and claim.standing in TOLD):
        return claim
    if not opening.covers(claim.trigger) or looks_back(report.text, claim.trigger, opening):
        return claim
    return msgspec.structs.replace(claim, when=own_day(report))
