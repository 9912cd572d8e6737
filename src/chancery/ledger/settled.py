"""What people's decisions come to: claims as they are to be taken, and what may share a happening.

`reconcile` takes claims as `Settled` gives them. Decisions name claims by id; what they come to for
the claims that a ledger holds now, after re-reading, is worked out by `settle` once before
reconciling. What finds nothing to hold for is an orphan: listed, never dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

import msgspec

from chancery.ledger.anchors import Finder
from chancery.ledger.corrections import CHANGES, Frames, Ruling, change_claim, change_names
from chancery.ledger.decide import (
    WITHDRAWN,
    by_rank,
    named_claims,
    standing_decisions,
    verdict_of,
)
from chancery.ledger.pairs import JOIN, SPLIT, Conflict, Pair, Paired, settle_pairs
from chancery.ledger.pairs import pair_of as pair_of
from chancery.ledger.rules import Origin, Words, fold, matches, parse_rule
from chancery.ledger.verdicts import (
    ASIDE,
    NAME,
    OWN,
    RULE,
    SAME,
    SOURCE,
    VOICE,
    Verdict,
    subject_of,
)
from chancery.model import Anchor, Claim, Decision, Forecast, Noun, Statement

REJECT: Final = "reject"
LEAD: Final = "lead"
OUTCOME: Final = "outcome"
MOST_SHOWN: Final = 5
"""Claims named one by one where many were not found again; `missing` has them all."""
NEWER: Final = "it is the newer one"
LEADER: Final = "the lead reviewer's stands before others', then the newer one"


Said = tuple[Decision, Verdict]


class Settled(msgspec.Struct, frozen=True):
    """All that people settled about the claims of one snapshot.

    `together` and `apart` are pairs of claims that are, or are not, of one happening; no pair is in
    both. `rejected` are claims that are none. `leads` names, for a claim, the fields on which it
    leads (`*` for all), the newest decision's claim first. `changed` holds claims whose type, day
    or parties a person has set. `outcomes` gives, for a forecast, its state and the claims that
    show it.
    """

    together: tuple[Pair, ...] = ()
    apart: frozenset[Pair] = frozenset()
    rejected: frozenset[str] = frozenset()
    leads: Mapping[str, frozenset[str]] = {}
    changed: Mapping[str, Claim] = {}
    outcomes: Mapping[str, tuple[str, tuple[str, ...]]] = {}

    def take(self, claim: Claim) -> Claim | None:
        """Return a claim as people settled it; none where they rejected it."""
        return None if claim.id in self.rejected else self.changed.get(claim.id, claim)


class Orphan(Noun, frozen=True):
    """A decision that finds nothing to hold for, or, `partly`, not all that it names; and why.

    `missing` are the anchors of the claims that were not found again.
    """

    decision: Decision
    because: str
    missing: tuple[Anchor, ...] = ()
    partly: bool = False


class Settlement(msgspec.Struct, frozen=True):
    """What decisions come to, which of them are orphans, and which contradict one another.

    `judged` are verdicts on voices, outlets and statements, by what they are about and by kind:
    they change no happening.
    """

    settled: Settled = Settled()
    judged: Mapping[str, Mapping[str, Said]] = {}
    orphans: tuple[Orphan, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


def no_words(report: str, span: object) -> str:
    """Know no words: for settling that asks for none."""
    return ""


class Surroundings(msgspec.Struct, frozen=True):
    """What settling may look up beside the claims.

    `words` gives a report's words at a span, `sources` the outlet of every report held (none: not
    known which are held), `frames` the lexicon's frames, asked for only where a verdict names one.
    `voices` are the voices and outlets there are, as decisions name them.
    """

    words: Words = no_words
    sources: Mapping[str, str | None] | None = None
    forecasts: Sequence[Forecast] = ()
    statements: Sequence[Statement] = ()
    voices: frozenset[str] = frozenset()
    frames: Callable[[], Frames] = dict
    lead_reviewer: str = ""


def settle(
    claims: Iterable[Claim],
    decisions: Sequence[Decision],
    around: Surroundings = Surroundings(),  # noqa: B008 -- frozen
) -> Settlement:
    """Work out what all decisions come to for these claims, whatever their order."""
    standing = standing_decisions(decisions)
    if not standing:
        return Settlement()
    known = frozenset(one.id for one in decisions)
    settling = _Settling(claims, around)
    for decision in by_rank(standing, around.lead_reviewer):
        settling.take(decision, known)
    return settling.settlement()


class _Settling:
    """Takes decisions one by one, so that the later ones lead, and sums up."""

    def __init__(self, claims: Iterable[Claim], around: Surroundings) -> None:
        self._around = around
        self._finder = Finder(claims, [*around.forecasts, *around.statements])
        self._orphans: list[Orphan] = []
        self._conflicts: list[Conflict] = []
        self._paired: list[Paired] = []
        self._leads: list[tuple[Decision, str, str, frozenset[str]]] = []
        self._names: dict[str, dict[str, Decision]] = {}
        self._withdrawn: set[str] = set()
        self._outcomes: dict[str, dict[str, Said]] = {}
        self._judged: dict[str, dict[str, Said]] = {}
        self._by_rule: dict[str, dict[str, Said]] = {}
        self._by_claim: dict[str, dict[str, Said]] = {}
        self._because = LEADER if around.lead_reviewer else NEWER

    def take(self, decision: Decision, known: frozenset[str]) -> None:
        """Take one decision more; it leads over those taken before."""
        if decision.undoes:
            if decision.undoes not in known:
                self._orphan(decision, f"there is no decision {decision.undoes} to undo")
            return
        verdict = verdict_of(decision)
        if verdict is None:
            self._orphan(decision, "this version of the program does not know the verdict")
            return
        subject = subject_of(decision.about)
        if subject in (NAME, OWN):
            if subject == NAME and verdict.kind not in ASIDE:
                self._take_name(decision, verdict)
        elif subject == RULE:
            self._take_rule(decision, verdict)
        elif subject in (VOICE, SOURCE):
            self._take_voice(decision, verdict)
        elif subject == "rep_":
            self._take_report(decision, verdict)
        elif subject != "sam_":
            self._take_claims(decision, verdict)

    def _orphan(
        self, decision: Decision, because: str, missing: Sequence[Anchor] = (), *,
        partly: bool = False,
    ) -> None:  # fmt: skip
        self._orphans.append(Orphan(
            decision=decision, because=because, missing=tuple(missing), partly=partly,
        ))  # fmt: skip

    def _take_report(self, decision: Decision, verdict: Verdict) -> None:
        sources = self._around.sources
        if sources is not None and decision.about not in sources:
            self._orphan(decision, "the ledger does not hold the report")
        elif verdict.kind == WITHDRAWN:
            self._withdrawn.add(decision.about)

    def _take_voice(self, decision: Decision, verdict: Verdict) -> None:
        """Take what is said of a voice or outlet; it may be one with several others."""
        named = [decision.about, *([VOICE + verdict.value] if verdict.kind == SAME else [])]
        if lost := [one for one in named if one not in self._around.voices]:
            self._orphan(decision, f"no voice or outlet of the ledger is {lost[0]}")
            return
        field = verdict
        if verdict.kind == SAME:
            field = msgspec.structs.replace(verdict, kind=f"{SAME} {verdict.value}")
        self._set(self._judged, decision.about, decision, field)

    def _take_claims(self, decision: Decision, verdict: Verdict) -> None:
        if verdict.kind in (*CHANGES, REJECT):
            self._take_change(decision, verdict)
            return
        named = named_claims(decision, verdict)
        found = {one: self._finder.find(one, decision.anchors) for one in named}
        if lost := [one for one, now in found.items() if now is None]:
            missing = [one for one in decision.anchors if one.claim in lost]
            because = f"not found in the newest reading: {', '.join(lost[:MOST_SHOWN])}"
            self._orphan(decision, because, missing)
            return
        ids = [one for one in found.values() if one]
        if verdict.kind in (JOIN, SPLIT):
            self._take_pair(decision, verdict, ids)
        elif verdict.kind == OUTCOME:
            settled = msgspec.structs.replace(verdict, claims=tuple(sorted(set(ids[1:]))))
            self._set(self._outcomes, ids[0], decision, settled)
        elif subject_of(decision.about) == "stm_":
            self._set(self._judged, ids[0], decision, verdict)
        elif verdict.kind == LEAD:
            members = (self._finder.find(one.claim, [one]) for one in decision.anchors)
            others = frozenset(filter(None, members))
            self._leads.append((decision, ids[0], verdict.value, others))

    def _take_pair(self, decision: Decision, verdict: Verdict, ids: Sequence[str]) -> None:
        """Take a split of two claims; or a join of them, and of all others that are named."""
        first, second = ids[0], ids[-1]
        if verdict.kind == SPLIT and first == second:
            self._orphan(decision, "the newest reading has one claim in the place of the two")
            return
        now = {one: self._finder.find(one.claim, [one]) for one in decision.anchors}
        if verdict.kind == JOIN:
            self._lose(decision, [one for one, id_ in now.items() if id_ is None])
        others = [second, *filter(None, now.values())] if verdict.kind == JOIN else [second]
        for other in sorted({*others} - {first}):
            self._paired.append(Paired(decision, verdict.kind, pair_of(first, other)))

    def _lose(self, decision: Decision, missing: Sequence[Anchor]) -> None:
        """List a decision that holds for what is found, but not for all that it names."""
        if missing:
            lost = ", ".join(one.claim for one in missing[:MOST_SHOWN])
            because = f"not found in the newest reading: {lost}"
            self._orphan(decision, because, missing, partly=True)

    def _take_change(self, decision: Decision, verdict: Verdict) -> None:
        """Change, or reject, the claim that is meant, or all claims of a happening."""
        if self._lacks_frame(decision, verdict):
            return
        named = {decision.about: None, **{one.claim: one for one in decision.anchors}}
        now = {one: self._finder.find(one, decision.anchors) for one in named}
        if lost := [one for one, id_ in now.items() if id_ is None]:
            self._orphan(
                decision,
                f"not found in the newest reading: {', '.join(lost[:MOST_SHOWN])}",
                [anchor for one in lost if (anchor := named[one])],
                partly=len(lost) < len(now),
            )
        for id_ in sorted(filter(None, set(now.values()))):
            self._set(self._by_claim, id_, decision, verdict)

    def _take_rule(self, decision: Decision, verdict: Verdict) -> None:
        if self._lacks_frame(decision, verdict):
            return
        rule, sources = parse_rule(decision.about[len(RULE) :]), self._around.sources or {}
        found = [
            id_ for id_, claim in self._finder.claims.items()
            if matches(rule, claim, self._around.words, Origin(claim.report,
                                                               sources.get(claim.report)))
        ]  # fmt: skip
        if not found:
            self._orphan(decision, "the rule holds for no claim")
        for id_ in sorted(found):
            self._set(self._by_rule, id_, decision, verdict)

    def _set(
        self, settled: dict[str, dict[str, Said]], id_: str, decision: Decision, verdict: Verdict
    ) -> None:
        """Put a verdict about one field of a claim in the place of an earlier one."""
        fields = settled.setdefault(id_, {})
        if before := fields.get(verdict.kind):
            self._contradict(decision, before[0], id_, verdict.kind, differs=before[1] != verdict)
        fields[verdict.kind] = decision, verdict

    def _contradict(
        self, stands: Decision, yields: Decision, about: str, field: str, *, differs: bool = True
    ) -> None:
        """List two decisions of different people; one's own later word is no contradiction."""
        if differs and stands.who != yields.who:
            self._conflicts.append(Conflict(
                stands=stands.id, yields=yields.id, about=about, field=field, because=self._because,
            ))  # fmt: skip

    def _lacks_frame(self, decision: Decision, verdict: Verdict) -> bool:
        lacking = verdict.kind == "type" and verdict.value not in self._around.frames()
        if lacking:
            self._orphan(decision, f"the lexicon has no frame {verdict.value}")
        return lacking

    def _take_name(self, decision: Decision, verdict: Verdict) -> None:
        said = self._names.setdefault(fold(decision.about[len(NAME) :]), {})
        code = verdict.codes[0]
        against = f"is not {code}" if verdict.kind == "is" else f"is {code}"
        contrary = [one for one in said if one == against]
        if verdict.kind == "is":
            contrary += [one for one in said if not one.startswith("is not ")]
        for one in dict.fromkeys(contrary):
            before = said.pop(one)
            differs = one != f"{verdict.kind} {code}"
            self._contradict(decision, before, decision.about, "name", differs=differs)
        said[f"{verdict.kind} {code}"] = decision

    # Summing up ---------------------------------------------------------------------------------

    def settlement(self) -> Settlement:
        """Return what all decisions taken come to."""
        pairs = settle_pairs(self._paired, self._because)
        changed = self._change_names()
        rejected = {
            id_ for id_, claim in self._finder.claims.items() if claim.report in self._withdrawn
        }
        for id_ in sorted({*self._by_rule, *self._by_claim}):
            # What is said of one claim outranks what a rule says of many.
            fields = {**self._by_rule.get(id_, {}), **self._by_claim.get(id_, {})}
            if fields.pop(REJECT, None):
                rejected.add(id_)
            claim = changed.get(id_, self._finder.claims[id_])
            for kind in CHANGES:
                if kind in fields:
                    claim = change_claim(claim, fields[kind][1], self._around.frames())
            if claim != self._finder.claims[id_]:
                changed[id_] = claim
        settled = Settled(
            together=pairs.together,
            apart=pairs.apart,
            rejected=frozenset(rejected),
            leads=self._settle_leads(),
            changed=dict(sorted(changed.items())),
            outcomes={
                id_: (said[OUTCOME][1].value, said[OUTCOME][1].claims)
                for id_, said in sorted(self._outcomes.items())
            },
        )
        return Settlement(
            settled=settled,
            judged=dict(sorted(self._judged.items())),
            orphans=tuple(sorted(self._orphans, key=lambda one: one.decision.id)),
            conflicts=tuple(sorted(
                {*self._conflicts, *pairs.conflicts},
                key=lambda one: (one.stands, one.yields, one.about, one.field),
            )),
        )  # fmt: skip

    def _settle_leads(self) -> dict[str, frozenset[str]]:
        """Return which claims lead on what; of two in one happening, the later decision's does."""
        leads: dict[str, set[str]] = {}
        taken: list[tuple[Decision, str, str, frozenset[str]]] = []
        for decision, id_, field, others in reversed(self._leads):
            rival = next(
                (one for one in taken if one[2] == field and one[1] != id_
                 and (id_ in one[3] or one[1] in others)), None,
            )  # fmt: skip
            if rival:
                self._contradict(rival[0], decision, id_, f"lead {field}")
                continue
            taken.append((decision, id_, field, others))
            leads.setdefault(id_, set()).add(field)
        return {id_: frozenset(fields) for id_, fields in leads.items()}

    def _change_names(self) -> dict[str, Claim]:
        """Return the claims that rulings on names change; names met nowhere are orphans."""
        if not self._names:
            return {}
        rulings = {name: _ruling(said) for name, said in self._names.items()}
        met: set[str] = set()

        def name_at(report: str, span: object) -> str:
            name = fold(self._around.words(report, span))  # type: ignore[arg-type]
            met.add(name)
            return name

        changed = {}
        for id_, claim in self._finder.claims.items():
            settled = change_names(claim, rulings, name_at)
            if settled is not claim:
                changed[id_] = settled
        for name in sorted(rulings.keys() - met):
            for decision in self._names[name].values():
                self._orphan(decision, "no claim's party or voice is named so")
        return changed


def _ruling(said: Mapping[str, Decision]) -> Ruling:
    codes = [one.removeprefix("is ") for one in said if not one.startswith("is not ")]
    others = [one.removeprefix("is not ") for one in said if one.startswith("is not ")]
    return Ruling(codes[0] if codes else None, frozenset(others))
