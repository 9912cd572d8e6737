"""Who says what, as rows: a part of the ledger, for `store.Ledger` alone.

Voices are named by slugs, `baltic-official~daily-post~52590dac`: what the report calls them, the
outlet, and the report where they are known within that one only. A slug cut off after its name or
after its outlet means all voices whose slugs begin so.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any, Final, Literal, TypeAlias, get_args

import msgspec

from chancery.errors import UsageError
from chancery.ledger import tables
from chancery.ledger.audit import RIGHT, marks_of
from chancery.ledger.decide import by_rank, standing_decisions
from chancery.ledger.filters import read_filters
from chancery.ledger.findings import AsOf
from chancery.ledger.rows import Rows
from chancery.ledger.settled import OUTCOME
from chancery.ledger.shelf import Shelf
from chancery.ledger.verdicts import CREDIBILITY, RELIABILITY, SAME, VOICE, subject_of
from chancery.ledger.versions import find_articles
from chancery.ledger.voices import (
    NOT_JUDGED,
    VOICES,
    Link,
    SourcePage,
    VoiceSummary,
    link,
    read_by,
    read_grouping,
)
from chancery.model import Decision, Happening

Show: TypeAlias = Literal["own", "first", "alone", "copied"]
SHOWN: Final[tuple[Show, ...]] = get_args(Show)
"""Which of an outlet's happenings: told in its own voice, first, by it alone, from others only."""


class Voicing(ABC):
    """The questions to a ledger about who says what, and what came of it."""

    _shelf: Shelf

    @abstractmethod
    def _at(self, as_of: AsOf) -> int:
        """Return the commit that is meant."""

    @abstractmethod
    def decisions(self, *, as_of: AsOf = None) -> list[Decision]:
        """Return all decisions."""

    def voices(
        self,
        *,
        group: str = "voice",
        who: str | Iterable[str] = (),
        voice: str | None = None,
        by: str | None = None,
        source: str | None = None,
        institution: str | None = None,
        as_of: AsOf = None,
        limit: int | None = None,
        offset: int | None = None,
    ) -> Rows[VoiceSummary]:
        """Return voices, those that say most first; or what they say by `outlet`, `institution`.

        `who` and `voice` are as for statements; `by` is the slug of a voice, `source` of an outlet,
        `institution` the code of a state or body, exactly, `-` for none. Raises `UsageError` for
        another grouping.
        """
        pin = self._at(as_of)
        asked = self._asked(pin, group, by, source, institution)
        asked |= {"graded": self._graded(pin), "name": None, "offset": offset}
        filters = read_filters(who=who, voice=voice, limit=limit)
        asked |= {name: filters[name] for name in ("who", "voice", "limit")}
        return self._shelf.rows(pin, "voices", VOICES, asked, derived=True)

    def tally_voices(
        self,
        *,
        group: str = "voice",
        who: str | Iterable[str] = (),
        voice: str | None = None,
        by: str | None = None,
        source: str | None = None,
        institution: str | None = None,
        as_of: AsOf = None,
    ) -> int:
        """Return how many rows `voices` has under the same filters."""
        pin = self._at(as_of)
        filters = read_filters(who=who, voice=voice)
        asked = self._asked(pin, group, by, source, institution)
        asked |= {"who": filters["who"], "voice": filters["voice"]}
        return int(self._shelf.fetch(pin, "tally_voices", asked).rows[0][0])

    def voice(self, name: str, *, as_of: AsOf = None) -> VoiceSummary:
        """Return one voice by its whole slug, or by that of a voice that is one with it.

        Raises `UsageError` where there is none.
        """
        pin = self._at(as_of)
        asked = self._asked(pin, "voice", None, None, None)
        asked |= dict.fromkeys(("who", "voice", "limit", "offset"))
        asked |= {"graded": self._graded(pin), "name": _root(name, self._linked(pin))}
        found: Rows[VoiceSummary] = self._shelf.rows(pin, "voices", VOICES, asked, derived=True)
        if not found:
            raise UsageError(f"no voice {name!r}", hint="chancery voices lists them")
        return found[0]

    def source_page(self, name: str, *, as_of: AsOf = None) -> SourcePage:
        """Return what an outlet has done, by its slug or its name; `-` is no outlet.

        Raises `UsageError` where the ledger has no report of it.
        """
        pin = self._at(as_of)
        facts = self._outlet(pin, name)
        slug, names = facts["slug"], set(facts["names"])
        counts = self._counts(pin, "outlet_tallies", {"outlet": slug})
        articles = find_articles(partial(self._shelf.fetch, pin)).versions
        voices = self.tally_voices(source=slug, as_of=as_of) - bool(counts["own_count"])
        grade, judged = self._grade(pin, "source:" + slug)
        return SourcePage(
            **{**facts, "names": tuple(facts["names"]), "languages": tuple(facts["languages"]),
               "withdrawn": tuple(facts["withdrawn"])},
            voice_count=voices,
            corrected=tuple(one[-1].report for one in articles if one[-1].source in names),
            reliability=grade, judged=judged, **counts,
        )  # fmt: skip

    def outlet_slug(self, name: str, *, as_of: AsOf = None) -> str:
        """Return how an outlet is named in addresses; raises `UsageError` for an unknown one."""
        return str(self._outlet(self._at(as_of), name)["slug"])

    def outlet_slugs(self, *, as_of: AsOf = None) -> dict[str, str]:
        """Return how outlets are named in addresses, by their names as reports state them."""
        return dict(self._shelf.fetch(self._at(as_of), "outlet_slugs").rows)

    def source_happenings(
        self,
        slug: str,
        show: str,
        *,
        as_of: AsOf = None,
        limit: int | None = None,
        offset: int | None = None,
    ) -> Rows[Happening]:
        """Return happenings that an outlet tells: `own`, `first`, `alone` or `copied`.

        `own` are told in its own voice; `first` on a day before any other outlet that tells them,
        by a report that is no copy and credits no agency; `copied` only by such ones.
        """
        if show not in SHOWN:
            raise UsageError(f"no happenings {show!r}", hint=f"one of: {', '.join(SHOWN)}")
        pin = self._at(as_of)
        parameters = {"outlet": slug, "show": show, "limit": limit, "offset": offset}
        return self._shelf.rows(pin, "happenings_told", tables.HAPPENINGS, parameters, derived=True)

    def same_voices(self, voice: str, *, as_of: AsOf = None) -> list[tuple[str, str, str]]:
        """Return the proposals that a voice is one with another: their ids and both slugs."""
        pin = self._at(as_of)
        slugs = self.voice(voice, as_of=as_of).slugs
        pairs = self._shelf.fetch(pin, "voices_joined", {"ids": None, "slugs": list(slugs)}).rows
        return [(id_, one, other) for id_, one, other in pairs if one != other]

    def voices_of(self, ids: Iterable[str], *, as_of: AsOf = None) -> dict[str, str]:
        """Return the slug of the voice of each statement or forecast of some, by their ids."""
        pin = self._at(as_of)
        asked = {"ids": sorted(ids), "linked": _plain(self._linked(pin))}
        return dict(self._shelf.fetch(pin, "voices_of", asked).rows)

    def judgements(self, *, as_of: AsOf = None) -> dict[str, tuple[str, Decision]]:
        """Return how people judged voices, outlets and statements: the grade, and by what decision.

        By `voice:SLUG`, `source:SLUG` or a statement's id; what nobody judged is left out.
        """
        judged = self._shelf.settlement(self._at(as_of)).judged
        return {
            about: (verdict.value, decision)
            for about, kinds in judged.items()
            for kind, (decision, verdict) in kinds.items()
            if kind in (RELIABILITY, CREDIBILITY)
        }

    def outcome_decisions(self, *, as_of: AsOf = None) -> dict[str, Decision]:
        """Return the decisions that settle what became of forecasts, by the forecasts' ids."""
        standing = standing_decisions(self.decisions(as_of=as_of))
        lead = self._shelf.rulings(self._at(as_of)).lead_reviewer
        return {
            one.about: one for one in by_rank(standing, lead)
            if not one.undoes and one.about.startswith("fct_")
            and one.verdict.partition(" ")[0] == OUTCOME
        }  # fmt: skip

    # Within -------------------------------------------------------------------------------------

    def _said_by(
        self, pin: int, what: str, by: str | None, source: str | None, institution: str | None
    ) -> list[str] | None:
        """Return the ids of what is meant by a voice, an outlet, an institution; none for all."""
        if not (by or source or institution):
            return None
        asked = self._asked(pin, "voice", by, source, institution)
        del asked["grouped"]
        return [row[0] for row in self._shelf.fetch(pin, "said_by", {**asked, "what": what}).rows]

    def _asked(
        self, pin: int, group: str, by: str | None, source: str | None, institution: str | None
    ) -> dict[str, Any]:
        """Return the parameters that say which voices are meant."""
        linked = self._linked(pin)
        who = read_by(_root(by, linked) if by else None)
        return {
            "grouped": read_grouping(group), "linked": _plain(linked),
            "by": who and who.slug, "called": who and who.called, "by_outlet": who and who.outlet,
            "by_report": who and who.report, "source": source or None,
            "institution": institution or None,
        }  # fmt: skip

    def _graded(self, pin: int) -> list[dict[str, str]]:
        """Return how people judged voices and outlets, as rows that the step of voices joins."""
        linked, graded = self._linked(pin), {}
        for about, kinds in self._shelf.settlement(pin).judged.items():
            if RELIABILITY in kinds:
                decision, verdict = kinds[RELIABILITY]
                name = about
                if subject_of(about) == VOICE:
                    name = VOICE + _root(about.removeprefix(VOICE), linked)
                graded[name] = {"about": name, "grade": verdict.value, "decision": decision.id}
        return list(graded.values())

    def _linked(self, pin: int) -> list[Link]:
        """Return which voices people said are one: by a decision, or by taking a proposal."""
        rulings = self._shelf.rulings(pin)
        if not any(one.about.startswith((VOICE, "sam_")) for one in rulings.standing):
            return []
        pairs = [
            (about.removeprefix(VOICE), verdict.value)
            for about, kinds in self._shelf.settlement(pin).judged.items()
            for kind, (_, verdict) in kinds.items() if kind.startswith(SAME)
        ]  # fmt: skip
        marks = marks_of(by_rank(rulings.standing, rulings.lead_reviewer))
        right = sorted(id_ for id_, mark in marks.items() if mark == RIGHT and id_[:4] == "sam_")
        if right:
            joined = self._shelf.fetch(pin, "voices_joined", {"ids": right, "slugs": None}).rows
            pairs += [(one, other) for _, one, other in joined if one != other]
        return link(pairs)

    def _grade(self, pin: int, about: str) -> tuple[str, str | None]:
        kinds: Mapping[str, Any] = self._shelf.settlement(pin).judged.get(about, {})
        if RELIABILITY not in kinds:
            return NOT_JUDGED, None
        decision, verdict = kinds[RELIABILITY]
        return verdict.value, decision.id

    def _outlet(self, pin: int, name: str) -> dict[str, Any]:
        found = self._counts(pin, "outlet", {"outlet": name})
        if not found:
            raise UsageError(f"no outlet {name!r}", hint="chancery sources lists them")
        return found

    def _counts(self, pin: int, name: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """Return the only row of a step by its columns; nothing where there is none."""
        answer = self._shelf.fetch(pin, name, parameters, derived=True)
        return dict(zip(answer.columns, answer.rows[0], strict=True)) if answer.rows else {}


def _root(name: str, linked: Iterable[Link]) -> str:
    """Return the slug that a voice is shown as."""
    return {one.slug: one.root for one in linked}.get(name, name)


def _plain(linked: Iterable[Link]) -> list[dict[str, str]]:
    return [msgspec.to_builtins(one) for one in linked]
