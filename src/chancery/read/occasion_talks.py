"""Talks that an official release names as the occasion of what was said at them.

"During a conversation with the president of Chad, the minister thanked him": the clause tells what
was said, and the meeting only in passing, so that the model often sees no deed there. In a release
of one side's own government it is an account of that meeting. The words lie in
`data/title_deeds.toml`; whom it was with is read as in a title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Final

from chancery.model import Claim, Frame, Mention, Report, Span, TimeExpression
from chancery.read.contexts import contexts_of
from chancery.read.listed import SHARED, listed_after
from chancery.read.own_talks import OFFICE, is_foreign_office
from chancery.read.sentences import Sentence
from chancery.read.states import state_of
from chancery.read.title_deeds import WITH, title_table
from chancery.read.whens import bounded_by_standing, when_of

CHANCE: Final = 0.7
"""How likely such a talk is read rightly. By hand: of those that were read nearly all are right."""


class OccasionTalks:
    """Finds the talks that the sentences of one state's release open with."""

    def __init__(
        self,
        report: Report,
        state: str,
        mentions: Sequence[Mention],
        times: Sequence[TimeExpression],
        frames: Mapping[str, Frame],
    ) -> None:
        self._report = report
        self._state = state
        self._mentions = [one for one in mentions if one.actor]
        self._times = times
        self._frames = frames

    def find(
        self, sentences: Sequence[Sentence], claims: Sequence[Claim], run: str
    ) -> Iterator[Claim]:
        """Yield a claim for each sentence of the body that opens so and tells no known talk yet."""
        told = [one.trigger for one in claims if one.type == SHARED]
        for sentence in sentences:
            in_title = sentence.span.start < len(self._report.title)
            if in_title or any(sentence.span.covers(trigger) for trigger in told):
                continue
            if claim := self._claim(sentence, run):
                yield claim

    def _claim(self, sentence: Sentence, run: str) -> Claim | None:
        report, text = self._report, self._report.text
        for frame, pattern in _openings():
            met = pattern.match(text, sentence.span.start, sentence.span.end)
            if met is None or title_table().ahead.search(text, met.end(), sentence.span.end):
                continue
            within = [one for one in self._mentions if sentence.span.covers(one.span)]
            others = tuple(
                one
                for one in listed_after(text, met.end(), within)
                if is_foreign_office(one, self._state)
            )
            own = others and self._own(within, others[-1].span.end)
            if not own:
                continue
            trigger, named = Span(*met.span("deed")), self._frames[frame]
            when = when_of(trigger, sentence, text, self._times, report.published)
            return Claim(
                id=Claim.make_id(
                    report=report.id, frame=frame, trigger=trigger, actors=(own, *others),
                    targets=(),
                ),
                report=report.id, frame=frame, type=named.type, mode=named.mode, cameo=named.cameo,
                words=sentence.span, trigger=trigger,
                actors=(own, *others),
                when=bounded_by_standing(when, "happened", report.published),
                contexts=contexts_of(text, sentence.span),
                score=CHANCE,
                run=run,
            )  # fmt: skip
        return None

    def _own(self, within: Sequence[Mention], after: int) -> Mention | None:
        """Return who of the publisher's side is the next to be named: the one who speaks there.

        "After a meeting with the king of Jordan, the president of Chad said" tells whose it was.
        """
        later = min((one for one in within if one.span.start >= after), default=None, key=_place)
        if later is None or state_of(later.actor or "") != self._state:
            return None
        return later if (later.actor or "").endswith(OFFICE) else None


def _place(mention: Mention) -> tuple[int, int]:
    return (mention.span.start, -mention.span.end)


@cache
def _openings() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return, by frame, how a sentence opens with a talk as the occasion of the rest."""
    lead = title_table().opening
    return tuple(
        (frame, re.compile(lead.replace("{deed}", rf"(?P<deed>(?:{words}))") + WITH, re.IGNORECASE))
        for frame, words in title_table().talks.items()
    )
