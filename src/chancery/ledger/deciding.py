"""What people settle, and what that comes to: a part of the ledger, for `store.Ledger` alone."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from difflib import get_close_matches
from functools import cache, partial
from typing import TYPE_CHECKING, TypeVar

import msgspec

from chancery.errors import UsageError
from chancery.ledger import tables
from chancery.ledger.anchors import make_anchor
from chancery.ledger.corrections import CHANGES, Frames
from chancery.ledger.decide import WITHDRAWN, check_made, check_verdict, in_order, named_claims
from chancery.ledger.effects import Effect, foresee
from chancery.ledger.findings import AsOf
from chancery.ledger.labels import Label, make_labels
from chancery.ledger.moving import Imported, read_decisions, write_decision
from chancery.ledger.pairs import JOIN, SPLIT, Conflict
from chancery.ledger.policy import load_policy
from chancery.ledger.reviewers import Reviewers, load_reviewers, signature
from chancery.ledger.rules import find_matches, parse_rule
from chancery.ledger.rulings import load_ruled, load_words
from chancery.ledger.settled import LEAD, OUTCOME, REJECT, Orphan, Settled
from chancery.ledger.shelf import Shelf
from chancery.ledger.verdicts import (
    RULE,
    SAME,
    SOURCE,
    VOICE,
    Verdict,
    check_words,
    parse_verdict,
    subject_of,
)
from chancery.ledger.write import Writer
from chancery.model import Anchor, Claim, Decision, Forecast, Happening, Statement

if TYPE_CHECKING:
    from chancery.ledger.folder import Folder
    from chancery.ledger.rows import Rows
    from chancery.ledger.voices import VoiceSummary
    from chancery.lexicon import Lexicon
    from chancery.model import SameSource

T = TypeVar("T")

READ_AGAIN = "the report is read again for its new day: `chancery report date` does both"


class Deciding(ABC):
    """Decisions: made, looked at before they are made, undone, moved, and what they come to."""

    _shelf: Shelf
    _writer: Writer
    _folder: Folder
    _pin: int
    lexicon: Lexicon | None

    @abstractmethod
    def _at(self, as_of: AsOf) -> int: ...
    @abstractmethod
    def _report_id(self, name: str, pin: int | None = None) -> str: ...
    @abstractmethod
    def writing(self) -> AbstractContextManager[None]:
        """Hold the write lease."""

    @abstractmethod
    def decisions(self, *, as_of: AsOf = None) -> list[Decision]:
        """Return all decisions."""

    @abstractmethod
    def claim(self, name: str, *, as_of: AsOf = None) -> Claim:
        """Return one claim."""

    @abstractmethod
    def happening(self, name: str, *, as_of: AsOf = None) -> Happening:
        """Return one happening."""

    @abstractmethod
    def forecasts(self, *, as_of: AsOf = None) -> Rows[Forecast]:
        """Return all forecasts."""

    @abstractmethod
    def same_sources(self, *, as_of: AsOf = None) -> Rows[SameSource]:
        """Return all proposals."""

    @property
    def signature(self) -> str:
        """Return the name that decisions are signed with where none is given; may be empty."""
        return signature(self._reviewers())

    @abstractmethod
    def voice(self, name: str, *, as_of: AsOf = None) -> VoiceSummary:
        """Return one voice."""

    @abstractmethod
    def outlet_slug(self, name: str, *, as_of: AsOf = None) -> str:
        """Return how an outlet is named in addresses."""

    def decide(
        self,
        about: str,
        verdict: str,
        *,
        reason: str = "",
        who: str = "",
        made: str | None = None,
        undoes: str | None = None,
    ) -> Decision:
        """Settle something for good, until it is undone; `docs/deciding.md` has every verdict.

        `about` is an id or the beginning of one, `name:…` or `rule:…`; a happening stands for its
        leading claim. `who` is the ledger's or the environment's user where left out, `made` the
        instant (ISO 8601, UTC), now where left out. Raises `UsageError` for what cannot be settled
        so.
        """
        with self.writing():
            decision = self._make(about, verdict, reason, who, made, undoes)
            self._writer.decide([decision])
        return decision

    def preview(
        self, about: str, verdict: str, *, who: str = "", undoes: str | None = None
    ) -> Effect:
        """Return what `decide` would change, without writing: happenings before and after."""
        decision = self._make(about, verdict, "", who, None, undoes)
        effect = foresee(self._shelf, self._pin, decision)
        dated = subject_of(decision.about) == "rep_" and decision.verdict != WITHDRAWN
        return msgspec.structs.replace(effect, note=READ_AGAIN) if dated else effect

    def settled(self, *, as_of: AsOf = None) -> Settled:
        """Return what people's decisions come to for the claims of the newest readings."""
        return self._shelf.settlement(self._at(as_of)).settled

    def orphans(self, *, as_of: AsOf = None) -> list[Orphan]:
        """Return the decisions that find nothing to hold for, each with the reason."""
        return list(self._shelf.settlement(self._at(as_of)).orphans)

    def conflicts(self, *, as_of: AsOf = None) -> list[Conflict]:
        """Return the decisions that cannot both hold, with the one that stands."""
        return list(self._shelf.settlement(self._at(as_of)).conflicts)

    def matching(self, rule: str, *, as_of: AsOf = None) -> list[Claim]:
        """Return the claims that a rule, such as `frame=meet trigger="talks"`, would hold for."""
        fetch = partial(self._shelf.fetch, self._at(as_of))
        parsed = parse_rule(rule.removeprefix(RULE))
        claims = load_ruled(fetch, parsed)
        words = load_words(fetch, [one.id for one in claims])
        return find_matches(parsed, claims, words, dict(fetch("report_sources").rows))

    def export_decisions(self, *, as_of: AsOf = None) -> Iterator[str]:
        """Give all decisions as JSON Lines, in the order in which they were made."""
        yield from map(write_decision, in_order(self.decisions(as_of=as_of)))

    def import_decisions(self, lines: Iterable[str | bytes]) -> Imported:
        """Take decisions in that another ledger gave out: each once; orphans are kept and listed.

        What is none, or was tampered with, becomes a problem with its line.
        """
        decisions, problems = read_decisions(lines, self._texts_held)
        with self.writing():
            new = self._writer.decide(decisions)
        ids = {one.id for one in decisions}
        return Imported(
            new=len(new),
            known=len(decisions) - len(new),
            orphans=tuple(one for one in self.orphans() if one.decision.id in ids),
            problems=tuple(problems),
        )

    def labels(self, *, as_of: AsOf = None) -> list[Label]:
        """Return what people judged right or wrong, one or two, as labelled data."""
        keys = dict(self._shelf.fetch(self._at(as_of), "report_keys").rows)
        return make_labels(self.decisions(as_of=as_of), keys)

    # Within -------------------------------------------------------------------------------------

    def _texts_held(self, reports: Sequence[str]) -> dict[str, int]:
        """Return how long the texts of those reports are that the ledger holds."""
        return dict(self._shelf.fetch(self._pin, "text_lengths", {"ids": list(reports)}).rows)

    def _reviewers(self) -> Reviewers:
        return load_reviewers(self._folder.settings)

    def _frames(self) -> Frames:
        return (self.lexicon or _shipped()).frames

    def _make(
        self, about: str, verdict: str, reason: str, who: str, made: str | None, undoes: str | None
    ) -> Decision:
        check_words(about=about, verdict=verdict, reason=reason, who=who)
        who = who or self.signature
        made = made or datetime.now(UTC).isoformat(timespec="microseconds")
        check_made(made)
        whole = [one for one in (about, *verdict.split()) if one.startswith("hap_")]
        about, undoes = self._subject(about, undoes)
        verdict = verdict.strip() if undoes else self._with_whole_ids(about, verdict)
        check_verdict(about, verdict, undoes)
        anchors = () if undoes else self._anchors(whole, about, verdict)
        return Decision(
            id=Decision.make_id(about=about, verdict=verdict, who=who, made=made, undoes=undoes),
            about=about,
            verdict=verdict,
            reason=reason,
            who=who,
            made=made,
            undoes=undoes,
            anchors=anchors,
        )

    def _subject(self, about: str, undoes: str | None) -> tuple[str, str | None]:
        """Return what a decision is about, by its whole name, and which decision it undoes."""
        undone = undoes or (about if about.startswith("dec_") else None)
        if undone is not None:
            matching = [one for one in self.decisions() if one.id.startswith(undone)]
            found = only_one(matching, undone, "decision", "chancery log lists them")
            return found.about, found.id
        subject = subject_of(about)
        if subject == "hap_":
            return self.happening(about).lead, None
        if subject == "clm_":
            return self.claim(about).id, None
        if subject in ("fct_", "sam_"):
            held = self.forecasts() if subject == "fct_" else self.same_sources()
            ids = sorted({one.id for one in held if one.id.startswith(about)})
            return only_one(
                ids, about, "forecast or proposal", "chancery forecasts lists them"
            ), None
        if subject == "stm_":
            named = sorted({one.id for one in self._statements_named(about)})
            return only_one(named, about, "statement", "chancery statements lists them"), None
        if subject == VOICE:
            return VOICE + self.voice(about.removeprefix(VOICE)).slug, None
        if subject == SOURCE:
            return SOURCE + self.outlet_slug(about.removeprefix(SOURCE)), None
        return (about if subject.endswith(":") else self._report_id(about)), None

    def _statements_named(self, name: str) -> list[Statement]:
        parameters = {"name": name, "reports": None}
        rows = self._shelf.rows(self._pin, "statements_named", tables.STATEMENTS, parameters)
        return list(rows)

    def _with_whole_ids(self, about: str, verdict: str) -> str:
        """Return a verdict that names claims by whole ids; a happening stands for its lead."""
        kind, *rest = verdict.split() or [""]
        if kind == SAME and rest and subject_of(about) == VOICE:
            return f"{kind} {self.voice(rest[0].removeprefix(VOICE)).slug}"
        if kind not in (JOIN, SPLIT, OUTCOME):
            return verdict.strip()
        return " ".join([kind, *map(self._whole_id, rest)])

    def _whole_id(self, word: str) -> str:
        if word.startswith("hap_"):
            return self.happening(word).lead
        return self.claim(word).id if word.startswith("clm_") else word

    def _anchors(self, whole: Sequence[str], about: str, verdict: str) -> tuple[Anchor, ...]:
        """Return where all stands that a decision names, its subject first.

        `whole` are happenings that it names: it then holds for all their claims.
        """
        parsed = parse_verdict(about, verdict)
        self._check_known(parsed)
        ids = list(named_claims(Decision(id="", about=about, verdict=verdict), parsed))
        if about in parsed.claims:
            raise UsageError(f"{about} is the claim itself", hint=f"{parsed.kind} another one")
        if parsed.kind in (*CHANGES, REJECT, JOIN):
            ids += [claim for one in whole for claim in self.happening(one).claims]
        elif parsed.kind == LEAD and subject_of(about) == "clm_":
            ids += self.happening(about).claims
        ids = list(dict.fromkeys(ids))
        forecasts = [one for one in ids if one.startswith("fct_")]
        nouns: list[Forecast | Statement] = []
        nouns += [one for one in self.forecasts() if one.id in forecasts] if forecasts else []
        nouns += self._statements_named(about) if subject_of(about) == "stm_" else []
        found = self._shelf.rows(self._pin, "claims_by_id", tables.CLAIMS, {"ids": ids})
        anchors = {noun.id: make_anchor(noun) for noun in (*nouns, *found)}
        return tuple(anchors[one] for one in ids)

    def _check_known(self, verdict: Verdict) -> None:
        """Refuse a frame or an actor that the lexicon does not know."""
        if verdict.kind == "type" and verdict.value not in (frames := self._frames()):
            close = get_close_matches(verdict.value, frames, n=3, cutoff=0.5)
            hint = f"close: {', '.join(close)}" if close else "chancery lexicon find lists frames"
            raise UsageError(f"the lexicon has no frame {verdict.value!r}", hint=hint)
        if self.lexicon is None:
            return
        known = {*self.lexicon.actors, *load_policy().class_codes}
        for code in verdict.codes:
            if code not in known and code.partition(".")[0] not in known:
                raise UsageError(
                    f"the lexicon has no actor {code!r}", hint=f"chancery lexicon find {code}"
                )


@cache
def _shipped() -> Lexicon:
    """Return the lexicon that ships with the package: loaded once, as each claim asks."""
    from chancery.lexicon import Lexicon

    return Lexicon.load()


def only_one(found: Sequence[T], name: str, noun: str, hint: str) -> T:
    """Return the one thing that a name means; raises `UsageError` where it means none, or more."""
    if len(found) != 1:
        many = f"more than one {noun} answers to" if found else f"no {noun}"
        raise UsageError(f"{many} {name!r}", hint=hint)
    return found[0]
