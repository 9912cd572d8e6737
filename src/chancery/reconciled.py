"""What follows when many claims are laid side by side: disputes, stages, outcomes, and anchors.

The nouns beside a `Happening` and a `Decision`. All but the anchor are derived: they can be thrown
away and made again. `model.py` has the other nouns.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from chancery.noun import Noun, Span, When

LinkKind: TypeAlias = Literal["stage", "reason", "answer"]
TieKind: TypeAlias = Literal[
    "same-text", "copy", "excerpt", "wire", "retranslation", "quotes", "outlet"
]
OutcomeState: TypeAlias = Literal[
    "borne out", "partly", "not borne out", "overtaken", "open", "not testable"
]


class Anchor(Noun, frozen=True):
    """Where a claim stood when a person settled something about it: its report and its words.

    A later reader may name the claim anew; the anchor finds it again.
    """

    claim: str
    report: str
    trigger: Span
    frame: str


class Rival(Noun, frozen=True):
    """One of the values that the claims of a happening give to a disputed field.

    `value` is as shown, `claims` are ids; `origin_count` counts independent roots behind them.
    One value `leads`, and `because` says by which rule of the policy.
    """

    happening: str
    field: str
    value: str
    claims: tuple[str, ...]
    origin_count: int
    leads: bool = False
    because: str = ""


class Link(Noun, frozen=True):
    """One happening bears on another: a later stage of one course, a reason, an answer.

    `stage` says which (`planned → happened`), `reasons` why a person may believe it.
    """

    kind: LinkKind
    first: str
    second: str
    stage: str
    reasons: tuple[str, ...] = ()


class Outcome(Noun, frozen=True):
    """What became of a forecast, with the claims that show it; `because` says how it was told.

    `overdue` where its deadline has passed before the newest report without any evidence.
    `decided` where a person said so.
    """

    forecast: str
    state: OutcomeState
    deadline: When | None = None
    evidence: tuple[str, ...] = ()
    because: str = ""
    overdue: bool = False
    decided: bool = False


class Tie(Noun, frozen=True):
    """Why two reports have one root, in words that a person can check.

    `first` and `second` are ids of reports, sorted. Of `wire` and `quotes`, the second is the name
    of the agency or outlet that the first rests on: two that rest on one have one root. The first
    of `quotes` may be the id of a claim: then that claim alone is on the outlet's word. `share` is
    how much of one text stands in the other, 0…1, and `part` the id of the report that has it. A
    tie does not `hold` where a third report explains one of the two far better.
    """

    first: str
    second: str
    kind: TieKind
    reason: str
    share: float = 1.0
    part: str | None = None
    holds: bool = True
