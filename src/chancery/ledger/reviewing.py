"""What a person is asked about a ledger, and what was answered: a part of `store.Ledger` alone."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import msgspec

from chancery.errors import Problem, UsageError
from chancery.ledger import tables
from chancery.ledger.anchors import Finder
from chancery.ledger.audit import Sample, begun_on, draw, marks_of
from chancery.ledger.cite import cite_passage, find_paragraph, find_sentence
from chancery.ledger.decide import standing_decisions
from chancery.ledger.entries import Entry, Taken, Ties, days_meet, read_entries, takes_part
from chancery.ledger.filters import parse_days, read_filters
from chancery.ledger.findings import AsOf
from chancery.ledger.listing import any_happening
from chancery.ledger.material import Material, Name, Oddity, Wording, load_queue_policy
from chancery.ledger.policy import load_policy
from chancery.ledger.questions import Passage, Question, ReviewItem
from chancery.ledger.queue import Queue, ask, make_item, read_kinds
from chancery.ledger.shelf import REPORTS_PER_FETCH, Shelf
from chancery.ledger.summaries import REPORT_SUMMARIES
from chancery.ledger.versions import find_articles
from chancery.ledger.write import Writer, in_batches
from chancery.model import Cite, Claim, Decision, Report, Span, When

if TYPE_CHECKING:
    from chancery.ledger.control import Snapshot
    from chancery.ledger.rows import Rows
    from chancery.lexicon import Lexicon
    from chancery.model import Forecast, SameSource


REPORT_FILTERS: Final = ("since", "until", "limit", "source", "language", "unread", "dated")


class Reviewing(ABC):
    """The questions that a ledger has for a person."""

    _shelf: Shelf
    _writer: Writer
    lexicon: Lexicon | None

    @abstractmethod
    def _at(self, as_of: AsOf) -> int: ...
    @abstractmethod
    def writing(self) -> AbstractContextManager[None]:
        """Hold the write lease."""

    @abstractmethod
    def _make(
        self, about: str, verdict: str, reason: str, who: str, made: str | None, undoes: str | None
    ) -> Decision:
        """Make a decision without keeping it."""

    @property
    @abstractmethod
    def snapshot(self) -> Snapshot:
        """Return the pinned snapshot."""

    @abstractmethod
    def snapshot_at(self, as_of: str | date) -> Snapshot:
        """Return the snapshot that is meant."""

    @abstractmethod
    def snapshots(self) -> list[Snapshot]:
        """Return all snapshots."""

    @abstractmethod
    def decisions(self, *, as_of: AsOf = None) -> list[Decision]:
        """Return all decisions."""

    @abstractmethod
    def forecasts(self, *, as_of: AsOf = None) -> Rows[Forecast]:
        """Return all forecasts."""

    @abstractmethod
    def same_sources(self, *, as_of: AsOf = None) -> Rows[SameSource]:
        """Return all proposals."""

    def review(
        self,
        kinds: str | Iterable[str] | None = None,
        *,
        until: str | date | None = None,
        as_of: AsOf = None,
        limit: int | None = None,
    ) -> list[ReviewItem]:
        """Return the questions that wait for a person, those that touch most first.

        `kinds` narrows them; `limit` is how many at most. What was put off until a day is left out
        while the newest report, or the day given as `until`, is not later than that.
        """
        asked = self.left(self.queue(kinds, as_of=as_of), until=until, as_of=as_of)
        return self.review_items(asked[:limit], as_of=as_of)

    def queue(self, kinds: str | Iterable[str] | None = None, *, as_of: AsOf = None) -> Queue:
        """Return what a snapshot gives reason to ask, answered or not, without quotations."""
        return ask(self._material(self._at(as_of), as_of), read_kinds(kinds))

    def left(
        self, queue: Queue, *, until: str | date | None = None, as_of: AsOf = None
    ) -> list[Question]:  # fmt: skip
        """Return the questions that the decisions of a snapshot leave open.

        The queue may be of an earlier snapshot: what only newer rows raise is not in it then.
        """
        day = parse_days(until)[1] if until else None
        return queue.left(_answers(self.decisions(as_of=as_of)), day)

    def differing(self, queue: Queue, *, as_of: AsOf = None) -> int:
        """Count the decisions by which a snapshot differs from that of a queue."""
        return len(
            queue.standing.keys() ^ {one.id for one in _answers(self.decisions(as_of=as_of))}
        )

    def review_items(
        self, questions: Sequence[Question], *, as_of: AsOf = None
    ) -> list[ReviewItem]:  # fmt: skip
        """Return questions with the quotations that they rest on."""
        return self._make_items(questions, self._at(as_of))

    def claims_by_id(self, ids: Iterable[str], *, as_of: AsOf = None) -> list[Claim]:
        """Return the claims of some whole ids, by id; those that are not held are left out."""
        return list(self._claims_by_id(self._at(as_of), ids))

    def sample(self, size: int, *, seed: int = 0, as_of: AsOf = None) -> Sample:
        """Draw claims at random for an audit, with the judgements made so far.

        A sample of the same size and seed is that of the snapshot it was begun on.
        """
        if size < 1:
            raise UsageError(f"a sample of {size} claims is none")
        made = self.decisions(as_of=as_of)
        begun = begun_on(made, size, seed, {one.id for one in self.snapshots()})
        pin = self._at(begun or as_of)
        ids = draw((row[0] for row in self._shelf.fetch(pin, "claim_ids").rows), size, seed)
        claims = {one.id: one for one in self._claims_by_id(pin, ids)}
        held = self._shelf.rows(
            pin, "happenings_of_claims", tables.HAPPENINGS, {"ids": ids}, derived=True
        )
        return Sample(
            snapshot=begun or self.snapshot_at(as_of or self.snapshot.id).id,
            seed=seed,
            size=size,
            claims=tuple(claims[id_] for id_ in ids),
            marks=marks_of(_answers(made)),
            certainties={id_: one.certainty for one in held for id_ in one.claims},
        )

    # One's own chronology ------------------------------------------------------------------------

    def take_entries(self, entries: Iterable[Entry], *, who: str = "") -> Taken:
        """Keep a person's own entries, each once, tied to the claims that say the same.

        An entry that cannot be kept becomes a problem with its row.
        """
        with self.writing():
            claims, words = self._told(self._at(None))
            ties = Ties(claims, Wording(words), load_policy(), load_queue_policy().own)
            held = {one.about for one in _answers(self.decisions())}
            new: dict[str, Decision] = {}
            problems: list[Problem] = []
            known = tied = 0
            for entry in entries:
                if entry.id in held or entry.id in new:
                    known += 1
                    continue
                kept = ties.tie(entry)
                try:
                    new[entry.id] = self._make(entry.id, kept.verdict, "", who, None, None)
                except UsageError as error:
                    problems.append(_refused(entry, error))
                    continue
                tied += kept.claim is not None
            self._writer.decide(list(new.values()))
        return Taken(new=len(new), known=known, tied=tied, problems=tuple(problems))

    def entries(
        self,
        *,
        who: str | Iterable[str] = (),
        what: str | Iterable[str] | None = None,
        since: str | date | None = None,
        until: str | date | None = None,
        as_of: AsOf = None,
        limit: int | None = None,
    ) -> list[Entry]:
        """Return what people entered from their own knowledge, by day; the filters are as ever."""
        pin = self._at(as_of)
        asked = read_filters(who=who, what=what, since=since, until=until, limit=limit)
        claims, _ = self._told(pin)
        standing = _answers(self.decisions(as_of=as_of))
        span = When(first=asked["since"], last=asked["until"])
        found = [
            entry
            for entry in read_entries(standing, Finder(claims.values()))
            if takes_part(entry, asked["who"] or ())
            and (not asked["what"] or entry.frame in asked["what"])
            and (not span.known or days_meet(entry.when, span))
        ]
        return found[:limit]

    # Within -------------------------------------------------------------------------------------

    def _told(self, pin: int) -> tuple[dict[str, Claim], dict[str, str]]:
        """Return the claims of the newest readings and the words they rest on, by their ids."""
        answer = self._shelf.fetch(pin, "claims_with_words")
        claim_of = tables.decoder(tables.CLAIMS, answer.columns[:-1])
        claims = [claim_of(values[:-1]) for values in answer.rows]
        words = {claim.id: row[-1] for claim, row in zip(claims, answer.rows, strict=True)}
        return {claim.id: claim for claim in claims}, words

    def _make_items(self, questions: Sequence[Question], pin: int) -> list[ReviewItem]:
        passages = [place for one in questions for place in one.passages]
        claims = {
            one.id: one
            for one in self._claims_by_id(pin, {place.claim for place in passages if place.claim})
        }
        texts = self._texts(pin, {place.report for place in passages})
        return [
            make_item(one, [_cite(place, claims, texts) for place in one.passages])
            for one in questions
        ]

    def _claims_by_id(self, pin: int, ids: Iterable[str]) -> Sequence[Claim]:
        wanted = sorted(ids)
        if not wanted:
            return ()
        return self._shelf.rows(pin, "claims_by_id", tables.CLAIMS, {"ids": wanted})

    def _texts(self, pin: int, ids: Iterable[str]) -> dict[str, Report]:
        return {
            report.id: report
            for part in in_batches(sorted(ids), REPORTS_PER_FETCH)
            for report in self._shelf.reports_by_id(pin, part)
        }

    def _material(self, pin: int, as_of: AsOf) -> Material:
        rows = partial(self._shelf.rows, pin)
        claims, words = self._told(pin)
        reports = rows("report_summaries", REPORT_SUMMARIES, dict.fromkeys(REPORT_FILTERS))
        forecasts, made = list(self.forecasts(as_of=as_of)), self.decisions(as_of=as_of)
        finder = Finder(claims.values(), forecasts)
        queue = load_queue_policy()
        return Material(
            claims=claims,
            words=words,
            happenings=list(rows("happenings", tables.HAPPENINGS, any_happening(), derived=True)),
            rivals=list(rows("all_rivals", tables.RIVALS, derived=True)),
            links=list(rows("all_links", tables.LINKS, derived=True)),
            outcomes=list(rows("all_outcomes", tables.OUTCOMES, derived=True)),
            forecasts=forecasts,
            same_sources=self._other_descriptions(pin, as_of),
            reports={one.id: one for one in reports},
            articles=find_articles(partial(self._shelf.fetch, pin)),
            names=_names(self._shelf.fetch(pin, "names_told").rows),
            oddities=self._oddities(pin, queue.suspicion.traits),
            standing=[_now(one, finder) for one in _answers(made)],
            policy=load_policy(),
            lexicon=self.lexicon,
            queue=queue,
        )

    def _other_descriptions(self, pin: int, as_of: AsOf) -> list[SameSource]:
        """Return the proposals whose two descriptions differ: the same one twice is no question."""
        pairs = list(self.same_sources(as_of=as_of))
        texts = self._texts(pin, {one.report for one in pairs})

        def words(one: SameSource, span: Span) -> list[str]:
            return span.of(texts[one.report].text).casefold().split()

        return [one for one in pairs if words(one, one.first) != words(one, one.second)]

    def _oddities(self, pin: int, traits: Any) -> list[Oddity]:
        """Return what is odd about reports, each with the sentence that its words stand in."""
        found = self._shelf.fetch(pin, "oddities", {"names": sorted(traits)}).rows
        whole = {row[0] for row in found if traits[row[1]].reach == "sentence"}
        texts = self._texts(pin, whole)
        return [
            Oddity(
                report,
                name,
                reason, words := None if start is None else Span(start, end),
                _sentence(texts[report], words)
                if words and traits[name].reach == "sentence" else None,
            )
            for report, name, reason, start, end, weight in found
            if weight >= traits[name].least_weight
        ]  # fmt: skip


def _answers(made: Sequence[Decision]) -> list[Decision]:
    """Return the decisions that stand and say something themselves: no undoing."""
    return [one for one in standing_decisions(made) if not one.undoes]


def _refused(entry: Entry, error: UsageError) -> Problem:
    return Problem(
        stage="import", code="bad-entry", message=error.message, place=entry.row, hint=error.hint
    )


def _now(decision: Decision, finder: Finder) -> Decision:
    """Return a decision with the ids that the claims it names have in the newest readings."""
    about, verdict = decision.about, decision.verdict
    for anchor in decision.anchors:
        if found := finder.find(anchor.claim, [anchor]):
            about, verdict = (words.replace(anchor.claim, found) for words in (about, verdict))
    return msgspec.structs.replace(decision, about=about, verdict=verdict)


def _sentence(report: Report, words: Span) -> Span:
    _, around = find_paragraph(report, words)
    return find_sentence(report.text, words, around)


def _names(rows: Iterable[tuple[Any, ...]]) -> list[Name]:
    """Bring the places of the same words, taken for the same actor, together."""
    places: dict[tuple[Any, ...], list[Passage]] = {}
    for report, start, end, name, actor, candidates, words in rows:
        key = (words, name if actor else None, actor, tuple(sorted(candidates or ())))
        places.setdefault(key, []).append(Passage(report=report, span=Span(start, end)))
    ordered = sorted(places.items(), key=lambda one: tuple(str(part) for part in one[0]))
    return [
        Name(words=words, name=name, actor=actor, candidates=candidates, places=tuple(found))
        for (words, name, actor, candidates), found in ordered
    ]


def _cite(place: Passage, claims: dict[str, Claim], texts: dict[str, Report]) -> Cite:
    claim = claims.get(place.claim)
    trigger = claim.trigger if claim else place.span
    return cite_passage(texts[place.report], place.span, trigger, place.claim)
