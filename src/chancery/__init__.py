"""Chancery reads news reports and keeps a cited ledger of what states did to one another.

Reports go in, claims come out of each, claims become happenings, and every row opens the sentence
it rests on. `chancery.pipeline` is that path on one page: read it first.

The names below are the whole public interface. They load on first use, so that importing the
package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from chancery.version import __version__

if TYPE_CHECKING:
    from chancery.errors import ChanceryError, Problem
    from chancery.ingest import ingest
    from chancery.ledger import Ledger
    from chancery.lexicon import Lexicon
    from chancery.model import (
        Actor,
        Anchor,
        Cite,
        Claim,
        Context,
        Decision,
        Facets,
        Forecast,
        Frame,
        Happening,
        HeldState,
        Link,
        Mention,
        Nested,
        Outcome,
        Place,
        Point,
        Quantity,
        Reading,
        Reason,
        Refusal,
        Relation,
        Report,
        Rival,
        SameSource,
        Signature,
        Source,
        Span,
        Statement,
        Tie,
        TimeExpression,
        Trait,
        TraitEvidence,
        Turn,
        Voice,
        When,
    )
    from chancery.outputs.brief import brief
    from chancery.pipeline import run
    from chancery.read import Reader
    from chancery.relations.relate import relate

__all__ = [
    "Actor",
    "Anchor",
    "ChanceryError",
    "Cite",
    "Claim",
    "Context",
    "Decision",
    "Facets",
    "Forecast",
    "Frame",
    "Happening",
    "HeldState",
    "Ledger",
    "Lexicon",
    "Link",
    "Mention",
    "Nested",
    "Outcome",
    "Place",
    "Point",
    "Problem",
    "Quantity",
    "Reader",
    "Reading",
    "Reason",
    "Refusal",
    "Relation",
    "Report",
    "Rival",
    "SameSource",
    "Signature",
    "Source",
    "Span",
    "Statement",
    "Tie",
    "TimeExpression",
    "Trait",
    "TraitEvidence",
    "Turn",
    "Voice",
    "When",
    "__version__",
    "brief",
    "ingest",
    "relate",
    "run",
]

_HOMES = {
    "ChanceryError": "errors",
    "brief": "outputs.brief",
    "Problem": "errors",
    "ingest": "ingest",
    "Ledger": "ledger",
    "Lexicon": "lexicon",
    "Reader": "read",
    "relate": "relations.relate",
    "run": "pipeline",
}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module 'chancery' has no attribute {name!r}")
    return getattr(import_module(f"chancery.{_HOMES.get(name, 'model')}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
